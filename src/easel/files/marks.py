"""What a member says of the images of some jobs: which are favourites, and in which collections they are."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, Connection, bindparam, null, select, union_all

from easel.db.mark_tables import collection_images, collections, favourites
from easel.db.scope import within
from easel.domain import Caller, Scope

JOBS: BindParameter[str] = bindparam("jobs", expanding=True)


def _statement(*, test: bool) -> CompoundSelect[Any]:
    """The favourites, without a collection, and the entries of collections."""
    own = within(collections, Scope("team", "user", test), bindparam)
    marked = select(favourites.c.image, null().label("collection_id"))
    added = select(collection_images.c.image, collection_images.c.collection_id).join(collections)
    return union_all(
        marked.where(favourites.c.user_id == bindparam("user"), favourites.c.job_id.in_(JOBS)),
        added.where(collection_images.c.job_id.in_(JOBS), own),
    )


# Every job that is shown asks for them: building a statement costs more than running it.
MARKS = {test: _statement(test=test) for test in (False, True)}


@dataclass(frozen=True, slots=True)
class Marks:
    """By the names of the files."""

    favourites: Collection[str]
    collections: Mapping[str, Sequence[str]]


NO_MARKS = Marks((), {})


def marks_of_jobs(connection: Connection, caller: Caller, job_ids: Sequence[str]) -> Marks:
    """One look for all of them."""
    given = {"jobs": job_ids, "user": caller.user_id, "team": caller.team_id}
    favourite, by_image = set(), defaultdict(list)
    for image, collection_id in connection.execute(MARKS[caller.scope.test_only], given):
        if collection_id is None:
            favourite.add(image)
        else:
            by_image[image].append(collection_id)
    return Marks(favourite, {image: sorted(ids) for image, ids in by_image.items()})

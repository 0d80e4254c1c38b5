"""What a member says of the images of some jobs: which are favourites, and in which collections they are."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, null, select, union_all

from easel.db.mark_tables import collection_images, collections, favourites
from easel.domain import Caller
from easel.files.collections import own


@dataclass(frozen=True, slots=True)
class Marks:
    """By the names of the files."""

    favourites: Collection[str]
    collections: Mapping[str, Sequence[str]]


NO_MARKS = Marks((), {})


def marks_of_jobs(connection: Connection, caller: Caller, job_ids: Sequence[str]) -> Marks:
    """One look for all of them."""
    marked = select(favourites.c.image, null().label("collection_id")).where(
        favourites.c.user_id == caller.user_id, favourites.c.job_id.in_(job_ids)
    )
    collected = (
        select(collection_images.c.image, collection_images.c.collection_id)
        .join(collections, collections.c.id == collection_images.c.collection_id)
        .where(collection_images.c.job_id.in_(job_ids), own(caller))
    )
    favourite, by_image = set(), defaultdict(list)
    for image, collection_id in connection.execute(union_all(marked, collected)):
        if collection_id is None:
            favourite.add(image)
        else:
            by_image[image].append(collection_id)
    return Marks(favourite, {image: sorted(ids) for image, ids in by_image.items()})

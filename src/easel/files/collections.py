"""Collections: images that a member put together under a name. An entry is deleted with its image.

A test key sees the collections that test keys created, and of their images those of test jobs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, func, insert, select, update

from easel.db.engine import Transaction
from easel.db.mark_tables import collection_images as entries
from easel.db.mark_tables import collections
from easel.db.scope import within
from easel.db.tables import files
from easel.domain import Caller
from easel.errors import Conflict, NotFound
from easel.files.rows import FileRow, find_files, lock_image
from easel.kit.ids import new_id

MOST = 200  # collections of a member


@dataclass(frozen=True, slots=True)
class Collection:
    """One of a member's collections. `preview` is an image of its newest job."""

    id: str
    name: str
    created_at: int
    images: int
    preview: FileRow | None


def own(caller: Caller) -> ColumnElement[bool]:
    """The collections that a caller sees: their own."""
    return within(collections, caller.scope.of_user(caller.user_id))


def list_collections(connection: Connection, caller: Caller) -> Sequence[Collection]:
    """In the order of their names."""
    rows = connection.execute(_listing(caller)).all()
    return sorted(_shown(connection, caller, rows), key=lambda one: (one.name.casefold(), one.id))


def find_collection(connection: Connection, caller: Caller, collection_id: str) -> Collection:
    """Raises NotFound, also for another member's."""
    rows = connection.execute(_listing(caller).where(collections.c.id == collection_id)).all()
    if not rows:
        raise _missing()
    return _shown(connection, caller, rows)[0]


def create_collection(tx: Transaction, caller: Caller, name: str, *, now: int) -> Collection:
    """Raises Conflict when the member has as many as are allowed."""
    tx.alone_in(f"collections {caller.user_id}")
    count = tx.execute(select(func.count()).where(collections.c.user_id == caller.user_id)).scalar_one()
    if count >= MOST:
        raise Conflict(
            f"A member can have at most {MOST} collections.",
            code="too_many_collections",
            hint="Delete a collection that is no longer needed; its images stay.",
        )
    made = Collection(new_id(), name, now, 0, None)
    owner = {"team_id": caller.team_id, "user_id": caller.user_id, "test": caller.test}
    tx.execute(insert(collections), {"id": made.id, "name": name, "created_at": now, **owner})
    return made


def rename_collection(tx: Transaction, caller: Caller, collection_id: str, name: str) -> Collection:
    """Raises NotFound."""
    tx.execute(update(collections).where(collections.c.id == collection_id, own(caller)).values(name=name))
    return find_collection(tx.connection, caller, collection_id)


def delete_collection(tx: Transaction, caller: Caller, collection_id: str) -> None:
    """Its images stay. Raises NotFound."""
    if not tx.execute(delete(collections).where(collections.c.id == collection_id, own(caller))).rowcount:
        raise _missing()


def add_image(tx: Transaction, caller: Caller, collection_id: str, job_id: str, number: int) -> None:
    """Raises NotFound when there is no such collection or image. Adding it again changes nothing."""
    _lock(tx, caller, collection_id)
    image = lock_image(tx, caller.scope, job_id, number).name
    added = (entries.c.collection_id == collection_id, entries.c.image == image)
    if tx.execute(select(entries.c.image).where(*added)).first() is None:
        tx.execute(insert(entries), {"collection_id": collection_id, "job_id": job_id, "image": image})


def remove_image(tx: Transaction, caller: Caller, collection_id: str, job_id: str, number: int) -> None:
    """Raises NotFound when there is no such collection or image."""
    _lock(tx, caller, collection_id)
    image = lock_image(tx, caller.scope, job_id, number).name
    tx.execute(delete(entries).where(entries.c.collection_id == collection_id, entries.c.image == image))


def _lock(tx: Transaction, caller: Caller, collection_id: str) -> None:
    """It is not deleted until the transaction ends."""
    query = select(collections.c.id).where(collections.c.id == collection_id, own(caller))
    if tx.execute(query.with_for_update(read=True, key_share=True)).first() is None:
        raise _missing()


def _listing(caller: Caller) -> Select[Any]:
    """With what each has of the images that the caller may see: an admin who became a member sees fewer."""
    seen = select(entries.c.image).join(files, files.c.name == entries.c.image)
    seen = seen.where(entries.c.collection_id == collections.c.id, within(files, caller.scope))
    count = seen.with_only_columns(func.count()).scalar_subquery()
    newest = seen.order_by(entries.c.job_id.desc(), entries.c.image.desc()).limit(1).scalar_subquery()
    return select(collections, count.label("images"), newest.label("newest")).where(own(caller))


def _shown(connection: Connection, caller: Caller, rows: Sequence[Row[Any]]) -> Sequence[Collection]:
    names = [row.newest for row in rows if row.newest]
    found = {file.name: file for file in find_files(connection, caller.scope, names)}
    return [Collection(row.id, row.name, row.created_at, row.images, found.get(row.newest)) for row in rows]


def _missing() -> NotFound:
    return NotFound("Collection not found", code="collection_not_found")

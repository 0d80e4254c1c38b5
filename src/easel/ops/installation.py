"""Links database and store: the installation's random id is in both.

Three stores are suspicious: one of another installation, one with objects while the database has no files, and one that
has seen a newer database (an older backup was restored). Their files are served, but objects without a row are not
deleted until an operator confirms that the two belong together: `easel store adopt`.

Each marking has the next generation, in the database first and then in the store. So a database with a lower generation
than its store is an older one, whatever any clock says.
"""

import contextlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, literal, select, update

from easel.db.engine import Database, Transaction
from easel.db.fleet_tables import installation
from easel.db.tables import files
from easel.kit.ids import new_id
from easel.storage import MARK, Storage

NAME = "easel"
ADOPT = "Objects without a row are not deleted until `easel store adopt` confirms that they belong together."
ROW = select(installation).where(installation.c.name == NAME)


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark in the store: the installation, and how often it was marked. A damaged mark has an unknown id."""

    id: str
    generation: int


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts on both sides: rows of files, and objects."""

    rows: int
    objects: int


async def bind(db: Database, storage: Storage) -> str | None:
    """Mark the store as this database's; returns a sentence, and marks nothing, when they do not belong together.

    Runs at every start, and before each purge. Raises StorageUnavailable.
    """
    async with db.lock("installation"):
        mark = await read_mark(storage)
        row = await db.write(made)
        problem = await _problem(db, storage, row, mark)
        if problem is None:
            if mark is None:  # so that a crash before the next step leaves a known store
                await _write_mark(storage, Mark(row.id, row.generation))
            await _mark_next(db, storage, row.generation + 1)
    return problem


async def compare(db: Database, storage: Storage) -> str | None:
    """The same without marking anything."""
    mark, row = await read_mark(storage), await db.read(_row)
    return await _problem(db, storage, row, mark) if row else None


async def adopt(db: Database, storage: Storage) -> None:
    """The operator's confirmation: this store is this database's."""
    async with db.lock("installation"):
        mark = await read_mark(storage)
        row = await db.write(made)
        await _mark_next(db, storage, max(row.generation, mark.generation if mark else 0) + 1)


async def count_both(db: Database, storage: Storage) -> Counts:
    return Counts(await db.read(_count_files), sum([1 async for _ in storage.listing()]))


async def belongs_to_another(db: Database, target: Storage) -> Sequence[str]:
    """Whether a move would fill the store of another installation."""
    row, mark = await db.read(_row), await read_mark(target)
    if mark is None or (row is not None and mark.id == row.id):
        return []
    return [f"The target store belongs to another installation: its {MARK} says {mark.id or 'nothing'}."]


async def mark_copy(db: Database, target: Storage) -> None:
    """Mark a store that a move has filled, for the row that follows."""
    if row := await db.read(_row):
        await _write_mark(target, Mark(row.id, row.generation))


async def read_mark(storage: Storage) -> Mark | None:
    data = await storage.get(MARK)
    if data is None:
        return None
    with contextlib.suppress(ValueError, TypeError, KeyError):  # else another process wrote something there
        read = json.loads(data)
        return Mark(str(read["id"]), int(read["generation"]))
    return Mark("", 0)


async def _problem(db: Database, storage: Storage, row: Row[Any], mark: Mark | None) -> str | None:
    if mark is None and row.generation:
        return f"The store has no {MARK}, though this database has marked one: is it the right store? {ADOPT}"
    if mark is None:
        if await db.read(_knows_files) or await _is_empty(storage):
            return None
        return f"The store has objects, and this database knows none of them: was another database lost? {ADOPT}"
    if mark.id != row.id:
        return f"The store belongs to another database (store: {mark.id}, this database: {row.id}). {ADOPT}"
    if mark.generation > row.generation:
        return f"The store has seen a newer database than this one: was an older backup restored? {ADOPT}"
    return None


def made(tx: Transaction) -> Row[Any]:
    """The database's row, created when missing."""
    tx.alone_in("installation row")
    if (row := _row(tx.connection)) is None:
        tx.execute(insert(installation).values(name=NAME, id=new_id(), generation=0))
        row = tx.execute(ROW).one()
    return row


async def _mark_next(db: Database, storage: Storage, generation: int) -> None:
    row = await db.write(_next_generation, generation)
    await _write_mark(storage, Mark(row.id, row.generation))


def _next_generation(tx: Transaction, generation: int) -> Row[Any]:
    tx.execute(update(installation).values(generation=generation))
    return tx.execute(ROW).one()


async def _write_mark(storage: Storage, mark: Mark) -> None:
    await storage.write(MARK, json.dumps({"id": mark.id, "generation": mark.generation}).encode())


def _row(connection: Connection) -> Row[Any] | None:
    return connection.execute(ROW).first()


def _count_files(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(files)).scalar_one())


def _knows_files(connection: Connection) -> bool:
    return connection.execute(select(literal(1)).select_from(files).limit(1)).first() is not None


async def _is_empty(storage: Storage) -> bool:
    async for key, _ in storage.listing():
        if not key.startswith(".ping-"):
            return False
    return True

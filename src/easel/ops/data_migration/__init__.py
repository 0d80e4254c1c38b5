"""Moves an installation's rows and objects to another database, another store, or both, and compares the result.

The source is only read, and nobody else writes to it meanwhile. Objects go first; rows follow in one transaction,
committed after everything was compared. So an interrupted move leaves no rows in the target and can be repeated:
objects that are in the store already are not copied again. The installation's id is moved too, in its row and in the
store's mark.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Connection, Table

from easel.db.engine import Database, Transaction
from easel.db.tables import metadata
from easel.jobs.load import unfinished_jobs
from easel.kit.clock import Clock
from easel.ops.data_migration.objects import Objects, copy_objects, count_objects, unknown_objects
from easel.ops.data_migration.rows import TABLES, Sum, copy_rows, first_full, sum_of, unfit
from easel.ops.doctor import check_books
from easel.ops.doctor.files import missing_rows
from easel.ops.doctor.finding import shortened
from easel.ops.installation import belongs_to_another, mark_copy
from easel.runtime import runtime_of
from easel.runtime.base import JobQueue
from easel.storage import Storage


class CannotMove(Exception):
    """A check failed, and the target has no rows. The message has one line per problem."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))


@dataclass(frozen=True, slots=True)
class Place:
    """A source or target. What both share stays in place."""

    db: Database
    storage: Storage
    clock: Clock


class Watcher(Protocol):
    """Receives the progress of a move."""

    def planned(self, rows: int, objects: Objects) -> None: ...

    def progress(self, what: str, done: int, total: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved and compared."""

    tables: Mapping[str, Sum]
    objects: Objects


async def move(source: Place, target: Place, *, queue: JobQueue, at_once: int, watcher: Watcher) -> Moved:
    """Move and compare everything. `queue` is the target's; `at_once` objects are held in memory.

    Both schemas must be current. Raises CannotMove.
    """
    await source.db.read(refuse_used, source)
    async with frozen(source.db):
        await source.db.read(refuse_used, source)
        await source.db.read(refuse_unsound)
        sums: Mapping[str, Sum] = {}
        if source.db is not target.db:
            await target.db.read(refuse_full)
            if (source.db.dialect, target.db.dialect) == ("sqlite", "postgresql"):
                refuse(shortened([line for table in TABLES for line in await source.db.read(unfit, table)]))
            sums = {table.name: await source.db.read(sum_of, table) for table in TABLES}
        objects = await source.db.read(count_objects)
        watcher.planned(sum(one.rows for one in sums.values()), objects)
        if source.storage is not target.storage:
            refuse(await unknown_objects(source.db, target.storage))
            refuse(await belongs_to_another(source.db, target.storage))

        def on_copied(done: int) -> None:
            watcher.progress("objects", done, objects.count)

        refuse(shortened(await copy_objects(source.db, source.storage, target.storage, at_once, on_copied)))
        if source.storage is not target.storage:
            await mark_copy(source.db, target.storage)
        if source.db is not target.db:
            await target.db.write(copy_all_rows, source.db, queue, sums, watcher)
    return Moved(sums, objects)


@asynccontextmanager
async def frozen(db: Database) -> AsyncIterator[None]:
    """Nobody else can write to a database meanwhile."""
    with ExitStack() as stack:  # SQLite is locked by the data folder's lock already
        tx = await asyncio.to_thread(stack.enter_context, db.transaction())
        await asyncio.to_thread(db.freeze, tx, [table.name for table in metadata.sorted_tables])
        yield


def copy_all_rows(
    tx: Transaction, source: Database, queue: JobQueue, sums: Mapping[str, Sum], watcher: Watcher
) -> None:
    """Copy and compare all rows, into an empty database. A server that is started on it meanwhile waits for the end."""
    for name in ("identity", "bootstrap"):
        tx.alone_in(name)
    refuse_full(tx.connection)
    done, total = 0, sum(one.rows for one in sums.values())
    with source.reading() as connection:
        for table in TABLES:
            for rows in copy_rows(connection, tx, table):
                done += rows
                watcher.progress(table.name, done, total)
    queue.enqueue_forgotten(tx, unfinished_jobs(tx.connection))
    refuse([line for table in TABLES for line in differences(tx, table, sums[table.name])])
    refuse_unsound(tx.connection)


def differences(tx: Transaction, table: Table, expected: Sum) -> Sequence[str]:
    actual = sum_of(tx.connection, table)
    if actual == expected:
        return []
    rows = f"{expected.rows:,} rows in the source, {actual.rows:,} in the target"
    return [f"Table {table.name} differs after the move: {rows if actual.rows != expected.rows else 'other values'}."]


def refuse(problems: Sequence[str]) -> None:
    if problems:
        raise CannotMove(*problems)


def refuse_used(connection: Connection, place: Place) -> None:
    """On SQLite the lock of the data folder detects them."""
    refuse(
        [
            f"A {process.kind} uses the source: {process.name}. Stop it; a killed one disappears after 30 seconds."
            for process in runtime_of(place.db).live_processes(connection, place.clock.now())
        ]
    )


def refuse_unsound(connection: Connection) -> None:
    problems = [line for finding in check_books(connection) for line in finding.problems]
    refuse([*problems, *shortened(missing_rows(connection))])


def refuse_full(connection: Connection) -> None:
    if full := first_full(connection):
        raise CannotMove(f"The target database is not empty: table {full} has rows. Migrate into an empty database.")

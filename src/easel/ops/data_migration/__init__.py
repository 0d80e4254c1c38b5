"""Moves an installation's rows and objects to another database, another store, or both, and compares the result.

The source is only read, and nobody else writes to it meanwhile. Objects go first; rows follow in one transaction,
committed after everything was compared. So an interrupted move leaves no rows in the target and can be repeated:
objects that are in the store already are not copied again. The installation's id is moved too, in its row and in the
store's mark.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from easel.db.engine import Database, Transaction
from easel.db.tables import metadata
from easel.jobs.load import unfinished_jobs
from easel.kit.clock import Clock
from easel.ops.data_migration.objects import Objects, bring_objects, count_objects, strangers
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


async def move(source: Place, target: Place, *, engine: JobQueue, at_once: int, watcher: Watcher) -> Moved:
    """Move and compare everything. `engine` is the target's; `at_once` objects are held in memory.

    Both schemas must be current. Raises CannotMove.
    """
    async with source.db.read() as connection:
        await refuse_used(source.db, connection, source.clock)
    async with frozen(source.db) as connection:
        await refuse_used(source.db, connection, source.clock)
        await refuse_unsound(connection)
        sums: Mapping[str, Sum] = {}
        if source.db is not target.db:
            async with target.db.read() as there:
                await refuse_full(there)
            if (source.db.dialect, target.db.dialect) == ("sqlite", "postgresql"):
                refuse(shortened([line for table in TABLES for line in await unfit(connection, table)]))
            sums = {table.name: await sum_of(connection, table) for table in TABLES}
        objects = await count_objects(connection)
        watcher.planned(sum(one.rows for one in sums.values()), objects)
        if source.storage is not target.storage:
            refuse(await strangers(connection, target.storage))
            refuse(await belongs_to_another(connection, target.storage))

        def brought(done: int) -> None:
            watcher.progress("objects", done, objects.count)

        refuse(shortened(await bring_objects(connection, source.storage, target.storage, at_once, brought)))
        if source.storage is not target.storage:
            await mark_copy(connection, target.storage)
        if source.db is not target.db:
            async with target.db.write() as tx:
                await bring_rows(connection, tx, sums, watcher)
                await engine.enqueue_forgotten(tx, await unfinished_jobs(tx.connection))
                refuse([line for table in TABLES for line in await differences(tx, table, sums[table.name])])
                await refuse_unsound(tx.connection)
    return Moved(sums, objects)


@asynccontextmanager
async def frozen(db: Database) -> AsyncIterator[AsyncConnection]:
    """A connection to a database that nobody else can write to meanwhile."""
    async with db.write() as tx:  # SQLite is locked by the data folder's lock already
        await db.freeze(tx, [table.name for table in metadata.sorted_tables])
        yield tx.connection


async def bring_rows(connection: AsyncConnection, tx: Transaction, sums: Mapping[str, Sum], watcher: Watcher) -> None:
    """Into an empty database. A server that is started on it meanwhile waits for the end."""
    for name in ("identity", "bootstrap"):
        await tx.alone_in(name)
    await refuse_full(tx.connection)
    done, total = 0, sum(one.rows for one in sums.values())
    for table in TABLES:
        async for rows in copy_rows(connection, tx, table):
            done += rows
            watcher.progress(table.name, done, total)


async def differences(tx: Transaction, table: Table, expected: Sum) -> Sequence[str]:
    actual = await sum_of(tx.connection, table)
    if actual == expected:
        return []
    rows = f"{expected.rows:,} rows in the source, {actual.rows:,} in the target"
    return [f"Table {table.name} differs after the move: {rows if actual.rows != expected.rows else 'other values'}."]


def refuse(problems: Sequence[str]) -> None:
    if problems:
        raise CannotMove(*problems)


async def refuse_used(db: Database, connection: AsyncConnection, clock: Clock) -> None:
    """On SQLite the lock of the data folder detects them."""
    refuse(
        [
            f"A {process.kind} uses the source: {process.name}. Stop it; a killed one disappears after 30 seconds."
            for process in await runtime_of(db).live_processes(connection, clock.now())
        ]
    )


async def refuse_unsound(connection: AsyncConnection) -> None:
    problems = [line for finding in await check_books(connection) for line in finding.problems]
    refuse([*problems, *shortened(await missing_rows(connection))])


async def refuse_full(connection: AsyncConnection) -> None:
    if full := await first_full(connection):
        raise CannotMove(f"The target database is not empty: table {full} has rows. Migrate into an empty database.")

"""Opening the database, and the two ways in: `read` for one look, `write` for one transaction.

SQLite has one writer at a time, so all writing of this process goes through one connection and queues in order,
instead of colliding; readers have their own connections and never wait for it (write-ahead log).
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import AsyncAdaptedQueuePool, Connection, CursorResult, Executable, event
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from easel.db.sqlite import open_sqlite

# Faults that pass by themselves: the disk, a lock, the connection. Anything else the database says is a fault of ours.
PASSING: tuple[type[SQLAlchemyError], ...] = (OperationalError, InterfaceError, PoolTimeout)

MIGRATIONS = Path(__file__).parent / "migrations"


class Transaction:
    """One open transaction, and what must happen once it is committed (wake an engine, ring a bell)."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self._afterwards: list[Callable[[], None]] = []

    async def execute(self, statement: Executable, values: Mapping[str, Any] | None = None) -> CursorResult[Any]:
        return await self.connection.execute(statement, values)

    def after_commit(self, action: Callable[[], None]) -> None:
        """Run `action` once the commit has succeeded; never if it did not."""
        self._afterwards.append(action)

    def committed(self) -> None:
        for action in self._afterwards:
            action()


class Database:
    """The one door to the database: for now, one SQLite file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer = _open(path, connections=1)
        event.listen(self._writer.sync_engine, "begin", _begin_immediate)
        self._readers = _open(path, connections=4, isolation_level="AUTOCOMMIT")

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection for looking. Each statement sees what was last committed."""
        async with self._readers.connect() as connection:
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """One transaction: committed when the block ends, rolled back when it raises.

        Await nothing but the database inside: every other writer is waiting.
        """
        async with self._writer.connect() as connection:
            transaction = Transaction(connection)
            async with connection.begin():
                yield transaction
        transaction.committed()

    async def migrate(self) -> None:
        """Bring the schema to the newest revision."""
        async with self._writer.connect() as connection:
            await connection.run_sync(_upgrade)

    async def close(self) -> None:
        await asyncio.gather(self._writer.dispose(), self._readers.dispose())


def _open(path: Path, *, connections: int, **options: Any) -> AsyncEngine:
    # Every transaction of ours ends itself, so the pool need not roll back once more on each return.
    return create_async_engine(
        "sqlite+aiosqlite://",
        async_creator=partial(open_sqlite, path),
        poolclass=AsyncAdaptedQueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=30,
        pool_reset_on_return=None,
        hide_parameters=True,  # an error in the log must not carry prompts and tokens
        **options,
    )


def _begin_immediate(connection: Connection) -> None:
    """Take the write lock at once, so that a transaction cannot find out half-way that it is too late.

    A task cancelled in the middle of its rollback may have left a transaction open: it never happened.
    """
    if connection.connection.driver_connection.in_transaction:  # type: ignore[union-attr] # an aiosqlite connection
        connection.exec_driver_sql("ROLLBACK")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")

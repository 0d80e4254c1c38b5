"""The two ways into the database: `read` for one look, `write` for one transaction. Knows no particular database."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, CursorResult, Executable, text
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

# Faults that pass by themselves: the disk, a lock, the connection. Anything else the database says is a fault of ours.
TRANSIENT_ERRORS: tuple[type[SQLAlchemyError], ...] = (OperationalError, InterfaceError, PoolTimeout)
# A database that is away, and a machine that has no descriptor left to reach it with.
UNAVAILABLE_ERRORS: tuple[type[Exception], ...] = (*TRANSIENT_ERRORS, OSError)

LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
MIGRATIONS = Path(__file__).parent / "migrations"


class SchemaTooNew(Exception):
    """A newer Easel has brought the schema further than this one knows."""


class Transaction:
    """One open transaction, and what must happen once it is committed (wake an engine, ring a notifier)."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self._afterwards: list[Callable[[], None]] = []

    @property
    def dialect(self) -> str:
        return self.connection.dialect.name

    async def alone_in(self, name: str) -> None:
        """Let no other transaction that says the same name go on before this one has ended.

        On SQLite every transaction is alone.
        """
        if self.dialect == "postgresql":
            await self.connection.execute(LOCK, {"name": name})

    async def execute(self, statement: Executable, values: Mapping[str, Any] | None = None) -> CursorResult[Any]:
        return await self.connection.execute(statement, values)

    def after_commit(self, action: Callable[[], None]) -> None:
        """Run `action` once the commit has succeeded; never if it did not."""
        self._afterwards.append(action)

    def committed(self) -> None:
        for action in self._afterwards:
            action()


class Database:
    """The one door to the database: `read` for one look, `write` for one transaction."""

    def __init__(self, *, writer: AsyncEngine, readers: AsyncEngine) -> None:
        self._writer, self._readers = writer, readers

    @property
    def dialect(self) -> str:
        """sqlite or postgresql, for the few statements that differ."""
        return self._writer.dialect.name

    @property
    def folder(self) -> Path | None:
        """Where it lies on this host's disk, if it does."""
        return None

    async def freeze(self, transaction: Transaction, tables: Sequence[str]) -> None:
        """Let nobody write to these tables until the transaction ends."""

    async def is_read_only(self, transaction: Transaction) -> bool:
        """Whether the server accepts no writes now."""
        return False

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection for looking. Each statement sees what was last committed."""
        async with self._readers.connect() as connection:
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """One transaction: committed when the block ends, rolled back when it raises.

        Await nothing but the database inside: other writers may be waiting.
        """
        async with self._writer.connect() as connection:
            transaction = Transaction(connection)
            async with connection.begin():
                yield transaction
        transaction.committed()

    @asynccontextmanager
    async def lock(self, name: str) -> AsyncIterator[None]:
        """Let no other process of the installation do what has this name meanwhile; waits for the one that does."""
        yield

    @asynccontextmanager
    async def try_lock(self, name: str) -> AsyncIterator[bool]:
        """The same without waiting: false when another process is doing it."""
        yield True

    async def migrate(self, revision: str = "head") -> None:
        """Bring the schema to the newest revision, or to an older one."""
        async with self._writer.connect() as connection:
            await connection.run_sync(_upgrade, revision)

    async def close(self) -> None:
        await asyncio.gather(self._writer.dispose(), self._readers.dispose())


async def schema_of(connection: AsyncConnection) -> str | None:
    """The revision of a database's schema; None when it has none yet."""
    return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())


def newest_schema() -> str:
    """The revision that this Easel brings a database to."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def _upgrade(connection: Connection, revision: str) -> None:
    config = _config()
    found = MigrationContext.configure(connection).get_current_revision()
    connection.rollback()  # looking began a transaction, and the migration begins its own
    if found and found not in {one.revision for one in ScriptDirectory.from_config(config).walk_revisions()}:
        raise SchemaTooNew(f"The database's schema ({found}) is of a newer Easel. Start that one.")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config

"""Access to the database: `read` for queries, `write` for one transaction. Independent of the dialect."""

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

# Temporary faults: disk, lock, connection. Any other database error is a bug.
TRANSIENT_ERRORS: tuple[type[SQLAlchemyError], ...] = (OperationalError, InterfaceError, PoolTimeout)
# The database is unavailable, or the machine has no file descriptor left.
UNAVAILABLE_ERRORS: tuple[type[Exception], ...] = (*TRANSIENT_ERRORS, OSError)

LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
MIGRATIONS = Path(__file__).parent / "migrations"


class SchemaTooNew(Exception):
    """The database has a newer schema than this version of Easel."""


class Transaction:
    """One open transaction, and the actions to run once it is committed (for example a notification)."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self._afterwards: list[Callable[[], None]] = []

    @property
    def dialect(self) -> str:
        return self.connection.dialect.name

    async def alone_in(self, name: str) -> None:
        """Serialise transactions: block others with the same name until this one has ended.

        On SQLite write transactions are serial anyway.
        """
        if self.dialect == "postgresql":
            await self.connection.execute(LOCK, {"name": name})

    async def execute(self, statement: Executable, values: Mapping[str, Any] | None = None) -> CursorResult[Any]:
        return await self.connection.execute(statement, values)

    def after_commit(self, action: Callable[[], None]) -> None:
        """Run `action` after the commit; never if the transaction is rolled back."""
        self._afterwards.append(action)

    def committed(self) -> None:
        for action in self._afterwards:
            action()


class Database:
    """The only access to the database: `read` for queries, `write` for one transaction."""

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
        """A connection for queries. Each statement sees the last commit."""
        async with self._readers.connect() as connection:
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """One transaction: committed when the block ends, rolled back when it raises.

        Inside, await only the database: other writers may be waiting.
        """
        async with self._writer.connect() as connection:
            transaction = Transaction(connection)
            async with connection.begin():
                yield transaction
        transaction.committed()

    @asynccontextmanager
    async def lock(self, name: str) -> AsyncIterator[None]:
        """A lock by name over all processes of the installation; waits until it is free."""
        yield

    @asynccontextmanager
    async def try_lock(self, name: str) -> AsyncIterator[bool]:
        """The same without waiting: false when another process has the lock."""
        yield True

    async def migrate(self, revision: str = "head") -> None:
        """Migrate the schema to the newest revision, or to a named one."""
        async with self._writer.connect() as connection:
            await connection.run_sync(_upgrade, revision)

    async def close(self) -> None:
        await asyncio.gather(self._writer.dispose(), self._readers.dispose())


async def schema_of(connection: AsyncConnection) -> str | None:
    """The schema revision of a database; None before the first migration."""
    return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())


def newest_schema() -> str:
    """The newest schema revision of this version."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def _upgrade(connection: Connection, revision: str) -> None:
    config = _config()
    found = MigrationContext.configure(connection).get_current_revision()
    connection.rollback()  # reading began a transaction, and the migration begins its own
    if found and found not in {one.revision for one in ScriptDirectory.from_config(config).walk_revisions()}:
        raise SchemaTooNew(f"The database schema ({found}) belongs to a newer version of Easel. Start that version.")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config

"""The grown database: PostgreSQL, for as many processes as are wanted.

Writers run side by side, each statement seeing what was last committed. What must not be done twice is therefore
decided by one conditional statement, or under a lock that the transaction holds until its end.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from easel.db.engine import Database, Transaction

CONNECTIONS = 10
READ_ONLY = text("SELECT current_setting('transaction_read_only') = 'on'")
_NUMBER = "hashtextextended(:name, 0)"  # locks are numbers


class PostgresDatabase(Database):
    """A database server, by its address: postgresql://user:password@host/name."""

    def __init__(self, address: str, *, connections: int = CONNECTIONS) -> None:
        self.address = address
        writer = _open(address, connections)
        super().__init__(writer=writer, readers=writer.execution_options(isolation_level="AUTOCOMMIT"))

    async def freeze(self, transaction: Transaction, tables: Sequence[str]) -> None:
        await transaction.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        await transaction.execute(text(f"LOCK TABLE {', '.join(tables)} IN SHARE MODE"))

    async def is_read_only(self, transaction: Transaction) -> bool:
        return bool((await transaction.execute(READ_ONLY)).scalar_one())

    async def migrate(self, revision: str = "head") -> None:
        """Bring the schema to the newest revision; processes that start together take turns."""
        async with self.lock("migrate"):
            await super().migrate(revision)

    @asynccontextmanager
    async def lock(self, name: str) -> AsyncIterator[None]:
        async with self._locked("pg_advisory_lock", name):
            yield

    @asynccontextmanager
    async def try_lock(self, name: str) -> AsyncIterator[bool]:
        async with self._locked("pg_try_advisory_lock", name) as got:
            yield got is not False

    @asynccontextmanager
    async def _locked(self, how: str, name: str) -> AsyncIterator[bool | None]:
        """A lock of the connection: it goes with it, should this process die."""
        async with self._readers.connect() as connection:
            got: bool | None = await connection.scalar(text(f"SELECT {how}({_NUMBER})"), {"name": name})
            try:
                yield got
            finally:
                await connection.execute(text(f"SELECT pg_advisory_unlock({_NUMBER})"), {"name": name})


def plain_address(address: str) -> str:
    """The address as libpq knows it, whatever driver it names."""
    return make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)


def _open(address: str, connections: int, **options: Any) -> AsyncEngine:
    return create_async_engine(
        make_url(address).set(drivername="postgresql+psycopg"),
        pool_size=connections,
        max_overflow=connections,
        pool_timeout=30,
        pool_pre_ping=True,  # a server that was restarted is noticed before a statement is lost
        hide_parameters=True,  # an error in the log must not carry prompts and tokens
        **options,
    )


async def raw(tx: Transaction) -> Any:
    """The transaction's own psycopg connection, for a library that speaks to nothing else."""
    connection = await tx.connection.get_raw_connection()
    return connection.driver_connection

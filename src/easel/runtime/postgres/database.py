"""The grown database: PostgreSQL, for as many processes as are wanted.

Writers run side by side, each statement seeing what was last committed. What must not be done twice is therefore
decided by one conditional statement, or under a lock that the transaction holds until its end.
"""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from easel.db.engine import LONGEST_WAIT, Database, SharedSessions, Transaction
from easel.db.schema import NEWEST

CONNECTIONS = 10
UNASKED = 1.0  # seconds since its last use for which a connection is taken to be alive
# Those of these jobs that the queue has.
KNOWN_JOBS = text(
    "SELECT args->>'job_id' FROM procrastinate_jobs WHERE queue_name = 'jobs' AND status IN ('todo', 'doing') "
    "AND args->>'job_id' = ANY(:ids)"
)
HAS_QUEUE = text("SELECT to_regclass('procrastinate_jobs') IS NOT NULL")
READ_ONLY = text("SELECT current_setting('transaction_read_only') = 'on'")
TRY_LOCK = text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))")
UNLOCK = text("SELECT pg_advisory_unlock(hashtextextended(:name, 0))")
SHARED = (
    "The database is behind a pooler in transaction mode, in which locks and LISTEN do not work. Connect to PostgreSQL "
    "itself, or use session mode."
)
LOOK_AGAIN = 0.1  # seconds until another try for a lock that is taken


class PostgresDatabase(Database):
    """A database server, by its address: postgresql://user:password@host/name."""

    def __init__(self, address: str, *, connections: int = CONNECTIONS) -> None:
        self.address = address
        writer = _open(address, connections)
        readers = writer.execution_options(isolation_level="AUTOCOMMIT")
        super().__init__(writer=writer, readers=readers, threads=connections)

    def freeze(self, transaction: Transaction, tables: Sequence[str]) -> None:
        transaction.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        transaction.execute(text(f"LOCK TABLE {', '.join(tables)} IN SHARE MODE"))

    def is_read_only(self, transaction: Transaction) -> bool:
        return bool(transaction.execute(READ_ONLY).scalar_one())

    async def migrate(self, revision: str = NEWEST) -> None:
        """Bring the schema to the newest revision; processes that start together take turns.

        Raises SharedSessions where locks lock nobody out and LISTEN hears nothing.
        """
        async with self.lock("migrate"):
            async with self.try_lock("migrate") as again:
                if again:  # a session that has a lock gets it once more
                    raise SharedSessions(SHARED)
            await super().migrate(revision)

    @asynccontextmanager
    async def lock(self, name: str) -> AsyncIterator[None]:
        while True:
            async with self.try_lock(name) as got:
                if got:
                    yield
                    return
            await asyncio.sleep(LOOK_AGAIN)

    @asynccontextmanager
    async def try_lock(self, name: str) -> AsyncIterator[bool]:
        """A lock of a connection: it goes with it, should this process die."""
        lock = _Lock(self._readers, name)
        try:
            yield await asyncio.to_thread(lock.take)
        finally:
            await asyncio.shield(asyncio.to_thread(lock.release))


class _Lock:
    """A lock by name and the connection that holds it. Who is cancelled while taking it releases it all the same."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine, self._values = engine, {"name": name}
        self._turn = threading.Lock()
        self._released = self._taken = False
        self._connection: Connection | None = None

    def take(self) -> bool:
        with self._turn:
            if not self._released:
                self._connection = self._engine.connect()
                self._taken = bool(self._connection.execute(TRY_LOCK, self._values).scalar_one())
            return self._taken

    def release(self) -> None:
        with self._turn:
            self._released = True
            if self._connection is not None:
                with self._connection as connection:
                    if self._taken:
                        connection.execute(UNLOCK, self._values)


def plain_address(address: str) -> str:
    """The address as libpq knows it, whatever driver it names."""
    return make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)


def _open(address: str, connections: int, **options: Any) -> Engine:
    engine = create_engine(
        make_url(address).set(drivername="postgresql+psycopg"),
        pool_size=connections,
        max_overflow=connections,
        pool_timeout=LONGEST_WAIT,
        connect_args={"connect_timeout": 10},
        hide_parameters=True,  # an error in the log must not carry prompts and tokens
        **options,
    )
    _ping_after_pauses(engine)
    return engine


def _ping_after_pauses(engine: Engine) -> None:
    """A server that was restarted is noticed before a statement is lost; a connection in use is not asked each time.

    `pool_pre_ping` would ask before every transaction: a quarter of all round trips of a busy server.
    """
    dialect = engine.dialect

    @event.listens_for(engine, "checkin")
    def note(_: Any, record: ConnectionPoolEntry) -> None:
        record.info["used"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def ping(connection: Any, record: ConnectionPoolEntry, _: Any) -> None:
        used = record.info.get("used")
        if used is None or time.monotonic() - used < UNASKED:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            raise DisconnectionError("the connection was lost while it was idle") from error  # the pool opens another


def has_queue(connection: Connection) -> bool:
    """Whether the queue's tables have been made."""
    return bool(connection.execute(HAS_QUEUE).scalar_one())


def raw(tx: Transaction) -> Any:
    """The transaction's own psycopg connection, for a library that speaks to nothing else."""
    return tx.connection.connection.driver_connection

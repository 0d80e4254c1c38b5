"""Access to the database: `read` for queries, `write` for one transaction. Independent of the dialect.

A transaction is a plain function: it takes the open connection or `Transaction` first, and runs whole on a database
thread. Nothing can be awaited while the database is held, and a statement costs no trip between threads.
"""

import asyncio
import contextlib
import contextvars
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy import Connection, CursorResult, Engine, Executable, text
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from easel.db.schema import NEWEST, upgrade

# Temporary faults: disk, lock, connection. Any other database error is a bug.
TRANSIENT_ERRORS: tuple[type[SQLAlchemyError], ...] = (OperationalError, InterfaceError, PoolTimeout)
# The database is unavailable, or the machine has no file descriptor left.
UNAVAILABLE_ERRORS: tuple[type[Exception], ...] = (*TRANSIENT_ERRORS, OSError)

LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
LONGEST_WAIT = 30.0  # seconds until one of the database threads is free

Args = ParamSpec("Args")
Result = TypeVar("Result")


class SharedSessions(Exception):
    """The database is behind a pooler that gives one session to several connections."""


class Transaction:
    """One open transaction, and the actions to run once it is committed (for example a notification)."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.afterwards: list[Callable[[], None]] = []

    @property
    def dialect(self) -> str:
        return self.connection.dialect.name

    def alone_in(self, name: str) -> None:
        """Serialise transactions: block others with the same name until this one has ended.

        On SQLite write transactions are serial anyway.
        """
        if self.dialect == "postgresql":
            self.connection.execute(LOCK, {"name": name})

    def execute(self, statement: Executable, values: Mapping[str, Any] | None = None) -> CursorResult[Any]:
        return self.connection.execute(statement, values)

    def after_commit(self, action: Callable[[], None]) -> None:
        """Run `action` on the event loop after the commit; never if the transaction is rolled back."""
        self.afterwards.append(action)

    def committed(self) -> None:
        for action in self.afterwards:
            action()


class Write(Generic[Result]):
    """A change on its way: what it is to do, what became of it, and who is told."""

    def __init__(self, change: Callable[[Transaction], Result]) -> None:
        self.future: Future[Result] = Future()
        self._change = change
        self._loop, self._context = asyncio.get_running_loop(), contextvars.copy_context()
        self._result: Result
        self._afterwards: Callable[[], None] | None = None

    def attempt(self, transaction: Transaction) -> None:
        self._result = self._context.run(self._change, transaction)
        self._afterwards = transaction.committed if transaction.afterwards else None

    def committed(self) -> None:
        if self._afterwards:
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody is left to be told
                self._loop.call_soon_threadsafe(self._afterwards)
        self.future.set_result(self._result)


class Database:
    """The only access to the database: `read` for queries, `write` for one transaction.

    Who is cancelled while waiting for a thread has asked for nothing; who is cancelled later finds the transaction
    whole or not at all, as after a crash.
    """

    def __init__(self, *, writer: Engine, readers: Engine, threads: int) -> None:
        self._writer, self._readers = writer, readers
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="database")

    @property
    def dialect(self) -> str:
        """sqlite or postgresql, for the few statements that differ."""
        return self._writer.dialect.name

    @property
    def folder(self) -> Path | None:
        """Where it lies on this host's disk, if it does."""
        return None

    def freeze(self, transaction: Transaction, tables: Sequence[str]) -> None:
        """Let nobody write to these tables until the transaction ends."""

    def is_read_only(self, transaction: Transaction) -> bool:
        """Whether the server accepts no writes now."""
        return False

    async def read(
        self, query: Callable[Concatenate[Connection, Args], Result], *args: Args.args, **kwargs: Args.kwargs
    ) -> Result:
        """What `query` finds. Each of its statements sees the last commit."""
        context = contextvars.copy_context()
        return await _wait(self._threads.submit(context.run, self._query, lambda one: query(one, *args, **kwargs)))

    async def write(
        self, change: Callable[Concatenate[Transaction, Args], Result], *args: Args.args, **kwargs: Args.kwargs
    ) -> Result:
        """Run `change` in one transaction: committed when it returns, rolled back when it raises.

        It may be run again from its beginning, when what it did is rolled back because another one failed: outside the
        database it changes nothing but through `after_commit`.
        """
        write = Write(lambda transaction: change(transaction, *args, **kwargs))
        self._begin(write)
        return await _wait(write.future)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for queries, in the thread of the caller."""
        with self._readers.connect() as connection:
            yield connection

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """One transaction, in the thread of the caller."""
        with self._writer.connect() as connection:
            transaction = Transaction(connection)
            with connection.begin():
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

    async def migrate(self, revision: str = NEWEST) -> None:
        """Migrate the schema to the newest revision, or to a named one."""
        await _wait(self._threads.submit(self._migrate, revision))

    async def close(self) -> None:
        """End the threads, each with the transaction that it is in, and close the connections."""
        await asyncio.to_thread(self._close)

    def _begin(self, write: "Write[Any]") -> None:
        """Run it on a thread."""
        self._threads.submit(self._run, write)

    def _run(self, write: "Write[Any]") -> None:
        if not write.future.set_running_or_notify_cancel():
            return
        try:
            with self._writer.begin() as connection:
                write.attempt(Transaction(connection))
        except BaseException as error:  # noqa: BLE001 - whoever waits for it is told
            write.future.set_exception(error)
        else:
            write.committed()

    def _query(self, query: Callable[[Connection], Result]) -> Result:
        with self.reading() as connection:
            return query(connection)

    def _migrate(self, revision: str) -> None:
        with self._writer.connect() as connection:
            upgrade(connection, revision)

    def _close(self) -> None:
        self._threads.shutdown()
        self._writer.dispose()
        self._readers.dispose()


async def _wait(future: "Future[Result]") -> Result:
    """Its result; a `PoolTimeout` if no thread began with it in time."""
    expired = False

    def expire() -> None:
        nonlocal expired
        expired = future.cancel()

    timer = asyncio.get_running_loop().call_later(LONGEST_WAIT, expire)
    try:
        return await asyncio.wrap_future(future)
    except asyncio.CancelledError:
        if expired:
            raise PoolTimeout(f"No connection to the database was free for {LONGEST_WAIT:.0f} seconds") from None
        raise
    finally:
        timer.cancel()

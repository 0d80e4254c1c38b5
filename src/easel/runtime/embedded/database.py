"""The embedded database: one SQLite file.

SQLite has one writer at a time, so all writing of this process is done by one thread, in order, instead of colliding;
what waits meanwhile is committed together. Readers have connections of their own and never wait for it (write-ahead
log).
"""

import contextlib
import sqlite3
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Engine, PoolProxiedConnection, QueuePool, create_engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from easel.db.engine import LONGEST_WAIT, Database, Transaction, Write

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "temp_store=MEMORY",
    "cache_size=-8000",  # kB of each connection; in 2,000, the default, pages of large tables give way to each other
    "busy_timeout=30000",
    "foreign_keys=ON",
    "recursive_triggers=ON",
)
READERS = 4
TOGETHER = 64  # transactions that share a commit at the most


class _Entangled(Exception):
    """What one transaction has changed cannot be taken back without what others have."""


class Immediate(SQLiteDialect_pysqlite):
    """A transaction takes the write lock when it begins, so that it cannot find out half-way that it is too late.

    With a listener for the beginning instead, every statement would look for listeners of its own.
    """

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: PoolProxiedConnection) -> None:
        dbapi_connection.execute("BEGIN IMMEDIATE")


registry.register("sqlite.immediate", __name__, Immediate.__name__)


class SqliteDatabase(Database):
    """One file, and one process at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        readers = _open(path, "sqlite", connections=READERS, isolation_level="AUTOCOMMIT")
        super().__init__(writer=_open(path, "sqlite+immediate", connections=1), readers=readers, threads=READERS)
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="database writer")
        self._waiting: deque[Write[Any]] = deque()

    @property
    def folder(self) -> Path:
        return self.path.parent

    def _begin(self, write: Write[Any]) -> None:
        self._waiting.append(write)
        self._writing.submit(self._write_waiting)

    def _write_waiting(self) -> None:
        """Commit what waits by now with one flush of the disk. Who failed alone is rolled back alone."""
        batch = [write for write in self._take() if write.future.set_running_or_notify_cancel()]
        if not batch:
            return  # an earlier commit took them along
        try:
            try:
                errors = self._commit(batch)
            except _Entangled:
                errors = self._commit(batch, apart=True)
        except BaseException as error:  # noqa: BLE001 - whoever waits for it is told
            for write in batch:
                write.future.set_exception(error)
        else:
            for write in batch:
                write.future.set_exception(errors[write]) if write in errors else write.committed()

    def _commit(self, batch: Sequence[Write[Any]], *, apart: bool = False) -> Mapping[Write[Any], Exception]:
        """Commit them together, and say which failed, and why. Raises _Entangled when one failed that had changed
        something, unless they are kept `apart`: that costs two statements each."""
        errors: dict[Write[Any], Exception] = {}
        with self._writer.connect() as connection, connection.begin():
            opened = _opened(connection)
            for write in batch:
                changes = opened.total_changes
                try:
                    with connection.begin_nested() if apart else contextlib.nullcontext():
                        write.attempt(Transaction(connection))
                except Exception as error:
                    # SQLite itself rolls back all of it when the disk is full.
                    if len(batch) == 1 or not opened.in_transaction:
                        raise
                    if not apart and opened.total_changes != changes:
                        raise _Entangled from error
                    errors[write] = error
        return errors

    def _take(self) -> Iterator[Write[Any]]:
        with contextlib.suppress(IndexError):
            for _ in range(TOGETHER):
                yield self._waiting.popleft()

    def _close(self) -> None:
        self._writing.shutdown()
        super()._close()


def _open(path: Path, dialect: str, *, connections: int, **options: Any) -> Engine:
    return create_engine(
        f"{dialect}://",
        creator=partial(_connect, path),
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=LONGEST_WAIT,
        hide_parameters=True,  # an error in the log must not carry prompts and tokens
        **options,
    )


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    # SQLite's own knows ASCII only: a search would not find "École" by "école".
    connection.create_function("lower", 1, _lower, deterministic=True)
    return connection


def _lower(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _opened(connection: Connection) -> sqlite3.Connection:
    return cast(sqlite3.Connection, connection.connection.driver_connection)

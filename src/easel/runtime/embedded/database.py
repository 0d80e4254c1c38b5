"""The embedded database: one SQLite file.

SQLite has one writer at a time, so all writing of this process goes through one connection and queues in order,
instead of colliding; readers have their own connections and never wait for it (write-ahead log).
"""

from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import AsyncAdaptedQueuePool, Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from easel.db.engine import Database
from easel.db.onetrip import open_sqlite


class SqliteDatabase(Database):
    """One file, and one process at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            writer=_open(path, connections=1), readers=_open(path, connections=4, isolation_level="AUTOCOMMIT")
        )
        event.listen(self._writer.sync_engine, "begin", _begin_immediate)

    @property
    def folder(self) -> Path:
        return self.path.parent


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

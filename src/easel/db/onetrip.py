"""aiosqlite with one call to its thread per statement instead of four.

A call costs about a tenth of a millisecond, and SQLAlchemy requests the cursor, the execution, the rows and the close
separately. Only execution and fetching use the database; they are combined, and the rest needs no thread. Measured in
bench/submit.py.
"""

import asyncio
import sqlite3
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from sqlite3 import Row
from typing import Any

import aiosqlite
from aiosqlite.context import contextmanager

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000", "foreign_keys=ON", "recursive_triggers=ON")


class OneTripCursor(aiosqlite.Cursor):
    """A cursor that fetches its rows with the execution."""

    _rows: Iterable[Row] = ()

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> "OneTripCursor":
        trip = self._execute(self._execute_and_fetch, sql, parameters or ())  # type: ignore[no-untyped-call]
        self._rows = await trip
        return self

    async def fetchall(self) -> Iterable[Row]:
        rows, self._rows = self._rows, ()
        return rows

    async def close(self) -> None:
        self._cursor.close()

    def _execute_and_fetch(self, sql: str, parameters: Sequence[Any]) -> Iterable[Row]:
        self._cursor.execute(sql, parameters)
        return self._cursor.fetchall() if self._cursor.description else ()


class OneTripConnection(aiosqlite.Connection):
    """A connection with explicit transactions and durable commits."""

    def __init__(self, path: Path) -> None:
        super().__init__(partial(self._open, path), iter_chunk_size=64)
        self._thread.daemon = True  # SQLAlchemy's own default for its connections
        self._opened: sqlite3.Connection | None = None

    def stop(self) -> "asyncio.Future[Any] | None":
        """End the thread and close the connection, even when the opening was cancelled."""
        self._tx.put_nowait((None, self._close_opened))
        return super().stop()

    @contextmanager
    async def cursor(self) -> aiosqlite.Cursor:
        return OneTripCursor(self, self._conn.cursor())

    def _open(self, path: Path) -> sqlite3.Connection:
        self._opened = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in PRAGMAS:
            self._opened.execute(f"PRAGMA {pragma}")
        return self._opened

    def _close_opened(self) -> None:
        if self._opened is not None:
            self._opened.close()


async def open_sqlite(path: Path) -> aiosqlite.Connection:
    return await OneTripConnection(path)

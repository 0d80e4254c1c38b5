"""aiosqlite with one trip to its thread per statement, where it would take four.

A trip costs about a tenth of a millisecond, and SQLAlchemy asks for a cursor, the execution, the rows and the close
one by one. Only execution and fetching touch the database; they go together, and the rest needs no thread.
Measured in bench/submit.py.
"""

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
    """A cursor that brings its rows along."""

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
    @contextmanager
    async def cursor(self) -> aiosqlite.Cursor:
        return OneTripCursor(self, self._conn.cursor())


async def open_sqlite(path: Path) -> aiosqlite.Connection:
    """A connection that begins and ends its transactions only when told to, and whose commits are on disk."""
    connection = OneTripConnection(partial(_connect, path), iter_chunk_size=64)
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does when it connects by itself
    return await connection


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection

"""Could this server keep what a provider is paid for? Asked before each call that costs, by /readyz and by /metrics.

A call that costs passes the spool (where its answer arrives), the store and the database. While one of them could not
keep it, jobs wait before the call, as before a provider that is away, and nothing is paid for.
"""

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from easel.db.engine import Database
from easel.errors import StorageUnavailable
from easel.kit.clock import Clock
from easel.kit.memory import MEGABYTE
from easel.storage import Storage

FRESH = 1.0  # seconds for which an answer is good
PATIENCE = 5.0  # what has not answered after this many seconds is out


class Readiness:
    """The parts of one process; one that runs no jobs has no spool. `reserve`: bytes that disks must have free."""

    def __init__(self, db: Database, storage: Storage, spool: Path | None, clock: Clock, *, reserve: int) -> None:
        self._db, self._storage, self._spool, self._clock, self._reserve = db, storage, spool, clock, reserve
        # A thread of its own: a file system that hangs must not take those that others need.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="keeping")
        self._looking = asyncio.Lock()
        self._failures: Mapping[str, str | None] = {}
        self._looked_at = float("-inf")

    async def look(self) -> Mapping[str, str | None]:
        """By part: what is wrong with it, or None. Looks at most once a second, whoever asks."""
        async with self._looking:
            if self._clock.monotonic() - self._looked_at >= FRESH:
                parts = {"storage": self._storage_fault(), "database": self._database()}
                if self._spool:
                    parts["spool"] = self._of_folder(self._spool)
                found = await asyncio.gather(*(_in_time(part) for part in parts.values()))
                self._failures = dict(zip(parts, found, strict=True))
                self._looked_at = self._clock.monotonic()
            return self._failures

    async def fault(self) -> str | None:
        """One sentence about what could not keep an answer; None when everything could."""
        return next((f"{part}: {fault}" for part, fault in (await self.look()).items() if fault), None)

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _storage_fault(self) -> str | None:
        try:
            await self._storage.ping()
        except StorageUnavailable as error:
            return error.message
        return await self._of_folder(self._storage.folder) if self._storage.folder else None

    async def _database(self) -> str | None:
        try:
            if await self._db.write(self._db.is_read_only):  # on SQLite this takes the lock that writing needs
                return "It is read-only."
        except (SQLAlchemyError, OSError) as error:
            return type(error).__name__
        return await self._of_folder(self._db.folder) if self._db.folder else None

    async def _of_folder(self, folder: Path) -> str | None:
        return await asyncio.get_running_loop().run_in_executor(self._thread, folder_fault, folder, self._reserve)


def folder_fault(folder: Path, reserve: int) -> str | None:
    """Why a folder could not keep an answer: no room, or nothing can be written there. Strangers read it: no paths."""
    # One that is not there yet is made when it is needed.
    folder = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    try:
        with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
            file.write(b"easel")
        disk = os.statvfs(folder)
    except OSError as error:
        return f"Its folder cannot be written to: {error.strerror or error}."
    free = disk.f_bavail * disk.f_frsize
    if free < reserve:
        wanted = reserve // MEGABYTE
        return f"Its disk has {free // MEGABYTE} MB left, and {wanted} MB are to stay free (EASEL_KEEP_FREE_MEGABYTES)."
    return None


async def _in_time(part: Awaitable[str | None]) -> str | None:
    try:
        async with asyncio.timeout(PATIENCE):
            return await part
    except TimeoutError:
        return f"It did not answer within {PATIENCE:g} s."

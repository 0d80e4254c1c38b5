"""Could this server keep what a provider is paid for? Asked before each call that costs, by /readyz and by /metrics.

A call that costs passes the spool (where its answer arrives), the store and the database. While one of them could not
keep it, jobs wait before the call, as before a provider that is away, and nothing is paid for.

What fails is looked at again after growing pauses. A write of an image that failed counts: the store is then asked to
keep as many bytes as that image had, before anything else is begun.
"""

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from easel.db.engine import Database
from easel.errors import StorageUnavailable
from easel.kit.clock import Clock
from easel.kit.memory import MEGABYTE
from easel.storage import Storage

log = structlog.get_logger()

FRESH = 1.0  # seconds for which an answer is good
PAUSES = (1.0, 1.0, 2.0, 5.0, 10.0)  # the same while something fails; the last one repeats
PATIENCE = 5.0  # what has not answered after this many seconds is out


class Readiness:
    """The parts of one process; one that runs no jobs has no spool. `reserve`: bytes that disks must have free.

    Whoever only looks in from outside gives the `probe`, bytes that the store must be able to keep, and logs nothing.
    """

    def __init__(
        self, db: Database, storage: Storage, spool: Path | None, clock: Clock, *, reserve: int, probe: int = 0
    ) -> None:
        self._db, self._storage, self._spool, self._clock, self._reserve = db, storage, spool, clock, reserve
        # A thread of its own: a file system that hangs must not take those that others need.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="keeping")
        self._looking = asyncio.Lock()
        self._failures: Mapping[str, str | None] = {}
        self._next_look = float("-inf")
        self._failed = 0  # looks in a row that found something wrong
        self._probe = probe  # bytes that the store must be able to keep
        self._logs = not probe

    async def write_fault(self) -> str | None:
        """The same about the last image that could not be stored: also what costs nothing waits for that.

        Looks at nothing while all images could be.
        """
        fault = await self.fault() if self._probe else None
        return fault if self._probe else None

    def write_failed(self, size: int) -> None:
        """An image of so many bytes could not be stored: jobs wait until as many can be."""
        if not self._probe:
            self._next_look = float("-inf")
        self._probe = max(size, self._probe, 1)

    async def look(self) -> Mapping[str, str | None]:
        """By part: what is wrong with it, or None. Looks at most once a second, whoever asks."""
        async with self._looking:
            if self._clock.monotonic() >= self._next_look:
                parts = {"storage": self._storage_fault(), "database": self._database()}
                if self._spool:
                    parts["spool"] = self._of_folder(self._spool)
                found = await asyncio.gather(*(_in_time(part) for part in parts.values()))
                self._note(dict(zip(parts, found, strict=True)))
            return self._failures

    def _note(self, failures: Mapping[str, str | None]) -> None:
        """Keep what was found, and log what has changed."""
        for part, fault in failures.items() if self._logs else ():
            if fault and fault != self._failures.get(part):
                log.error("images cannot be stored; jobs wait", part=part, why=fault)
            elif not fault and self._failures.get(part):
                log.warning("images can be stored again", part=part)
        self._failures = failures
        self._failed = self._failed + 1 if any(failures.values()) else 0
        pause = PAUSES[min(self._failed, len(PAUSES)) - 1] if self._failed else FRESH
        self._next_look = self._clock.monotonic() + pause

    async def fault(self) -> str | None:
        """One sentence about what could not keep an answer; None when everything could."""
        return next((f"{part}: {fault}" for part, fault in (await self.look()).items() if fault), None)

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _storage_fault(self) -> str | None:
        try:
            size = self._probe
            await self._storage.ping(size)
            self._probe = 0 if self._probe == size else self._probe  # a larger image may have failed meanwhile
        except StorageUnavailable as error:
            return " ".join(filter(None, (error.message, error.reason)))
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

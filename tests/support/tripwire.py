"""A server that dies, for real, at the N-th boundary between two steps of a job.

    python -m tests.support.tripwire 7 free

The provider is `free` (its work may be repeated), `paid` (it may not, and the images come at once), or `pending` (it
may not, and a pending comes first). `<data>/paid` has a line for each call.

Boundaries are the moments before and after each commit, each call of the provider and each write to the store.
With 0 it never dies; the boundaries it crossed are in `<data>/boundaries`.
"""

import asyncio
import dataclasses
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate

import easel.__main__  # noqa: F401 - first: it imports all of Easel without looking for garbage
from easel.build import build_services
from easel.cli.options import load_settings
from easel.cli.output import say
from easel.cli.serve import Server, run, serve_until_told
from easel.config import Settings
from easel.db.engine import Args, Database, Result, Transaction
from easel.domain import Done, GenerationRequest, Image, Pending, StoredObject
from easel.kit.logging import set_up_logging
from easel.runtime.embedded.database import SqliteDatabase
from easel.runtime.embedded.queue import EmbeddedQueue
from easel.services import Services
from easel.storage.folder import FolderStorage
from easel.testing.provider import InstantProvider


class Tripwire:
    """Counts boundaries once it is armed, and kills this process at the chosen one."""

    armed = False

    def __init__(self, at: int, log: Path) -> None:
        self._at = at
        self._log = log
        self._crossed = 0

    def counts(self) -> bool:
        """Whether the present task does a job's work."""
        task = asyncio.current_task()
        return self.armed and not (task and task.get_name() in ("sweep", "heartbeat"))

    def cross(self, boundary: str, counts: bool | None = None) -> None:
        if not (self.counts() if counts is None else counts):
            return
        self._crossed += 1
        with self._log.open("a") as log:
            log.write(f"{self._crossed} {boundary}\n")
        if self._crossed == self._at:
            os.kill(os.getpid(), signal.SIGKILL)


class TrippingDatabase(SqliteDatabase):
    def __init__(self, path: Path, wire: Tripwire) -> None:
        super().__init__(path)
        self._wire = wire

    async def write(
        self, change: Callable[Concatenate[Transaction, Args], Result], *args: Args.args, **kwargs: Args.kwargs
    ) -> Result:
        counts = self._wire.counts()

        def crossing(transaction: Transaction) -> Result:
            result = change(transaction, *args, **kwargs)
            self._wire.cross("before commit", counts)
            return result

        result = await super().write(crossing)
        self._wire.cross("after commit", counts)
        return result


class TrippingStorage(FolderStorage):
    def __init__(self, folder: Path, wire: Tripwire) -> None:
        super().__init__(folder)
        self._wire = wire

    async def put(self, key: str, name: str, image: Image) -> StoredObject:
        self._wire.cross("before storing")
        stored = await super().put(key, name, image)
        self._wire.cross("after storing")
        return stored


class TrippingProvider(InstantProvider):
    wire: Tripwire

    async def start(self, work: GenerationRequest) -> Done | Pending:
        self.wire.cross("before generating")
        done = await super().start(work)
        self.wire.cross("after generating")
        return done


def build(settings: Settings, db: Database, *, wire: Tripwire, kind: str) -> Services:
    tripping = TrippingDatabase(settings.data / "easel.db", wire)
    script = [Pending("upstream", check_after=0.2)] if kind == "pending" else []
    provider = TrippingProvider(repeatable=kind == "free", paid_log=settings.data / "paid", script=script)
    provider.wire = wire
    return dataclasses.replace(
        build_services(settings, db, provider=provider),
        db=tripping,
        storage=TrippingStorage(settings.data / "files", wire),
        queue=EmbeddedQueue(tripping),
    )


def main() -> None:
    at, kind = int(sys.argv[1]), sys.argv[2]
    settings = load_settings()
    set_up_logging("warning")
    wire = Tripwire(at, settings.data / "boundaries")

    async def listening(server: Server) -> None:
        """What was written to begin with belongs to no job, and neither would a link into the Studio."""
        wire.armed = True
        say(f"Easel is listening at {server.address}")

    run(serve_until_told(settings, build=lambda s, db: build(s, db, wire=wire, kind=kind), on_listening=listening))


if __name__ == "__main__":
    main()

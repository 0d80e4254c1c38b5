"""A server that dies, for real, at the N-th boundary between two steps of a job.

    python -m tests.support.tripwire 7 free

The kinds of provider and the boundaries are those of `boundaries.py`. It counts from SIGUSR1 on, and has then made the
file `<data>/armed`; with 0 it never dies. The boundaries it crossed are in `<data>/boundaries`, and `<data>/paid` has a
line for each call of the provider: the id of its job.
"""

import asyncio
import os
import signal
import sys
import threading
from pathlib import Path

from tests.support.boundaries import Wire

import easel.__main__  # noqa: F401 - first: it imports all of Easel without looking for garbage
from easel.build import build_services
from easel.cli.options import load_settings
from easel.cli.output import say
from easel.cli.serve import Server, run, serve_until_told
from easel.config import Settings
from easel.db.engine import Database
from easel.domain import Pending
from easel.kit.logging import set_up_logging
from easel.services import Services
from easel.testing.provider import InstantProvider


class Tripwire(Wire):
    """Kills this process at the chosen boundary, once it is armed."""

    def __init__(self, at: int, data: Path) -> None:
        super().__init__(at)
        self._data = data
        self._armed = False
        self._accepted = threading.Event()

    def arm(self) -> None:
        self._armed = True
        (self._data / "armed").touch()

    def counts(self) -> bool:
        task = asyncio.current_task()
        return self._armed and not (task and task.get_name() in ("sweep", "heartbeat"))

    def cross(self, boundary: str) -> None:
        if self._armed:
            if boundary.startswith("before claim"):  # a run may begin before whoever accepted the job hears of that
                self._accepted.wait(10)
            with (self._data / "boundaries").open("a") as log:
                log.write(f"{boundary}\n")
            super().cross(boundary)
            if boundary == "after accept":
                self._accepted.set()

    def tear(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


def build(settings: Settings, db: Database, *, wire: Tripwire, kind: str) -> Services:
    script = [Pending("upstream", check_after=0.2)] * 9 if kind == "pending" else []
    provider = InstantProvider(repeatable=kind == "free", paid_log=settings.data / "paid", script=script)
    services = build_services(settings, db, provider=provider)
    wire.stretch(services, provider)
    return services


def main() -> None:
    at, kind = int(sys.argv[1]), sys.argv[2]
    settings = load_settings()
    set_up_logging("warning")
    wire = Tripwire(at, settings.data)

    async def listening(server: Server) -> None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, wire.arm)
        say(f"Easel is listening at {server.address}")

    run(serve_until_told(settings, build=lambda s, db: build(s, db, wire=wire, kind=kind), on_listening=listening))


if __name__ == "__main__":
    main()

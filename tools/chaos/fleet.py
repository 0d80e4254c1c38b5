"""The processes, each with a keeper that begins it anew when it is dead, as an orchestrator would."""

import contextlib
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.child import end_child, start_child

from easel.testing.server import surroundings

PAUSE = 0.3  # between a death and the next beginning
SERVE, WORK = ("serve", "--no-worker"), ("worker",)


@dataclass
class Member:
    """One process of the fleet, as often as it takes."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    folder: Path
    starts: int = 0
    killed: int = 0
    _child: "subprocess.Popen[bytes] | None" = None
    _over: threading.Event = field(default_factory=threading.Event)

    @property
    def alive(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._child is not None:
            self._child.kill()
            self.killed += 1

    def keep(self) -> None:
        """Have it run until `over`."""
        self.folder.mkdir(parents=True)
        while not self._over.is_set():
            words = [sys.executable, "-m", "easel", *self.command]
            self._child = start_child(words, folder=self.folder, env=self.env)
            self.starts += 1
            self._child.wait()
            self._over.wait(PAUSE)

    def over(self) -> None:
        self._over.set()
        end_child(self._child, signal.SIGTERM, timeout=60)


@contextlib.contextmanager
def kept(members: Sequence[Member]) -> Iterator[None]:
    """All of them at work for as long as the block lasts; then each is told to stop, and does."""
    keepers = [threading.Thread(target=member.keep, name=member.name) for member in members]
    for keeper in keepers:
        keeper.start()
    try:
        yield
    finally:
        for member in members:
            member.over()
        for keeper in keepers:
            keeper.join()


def member(name: str, command: Sequence[str], settings: Mapping[str, str], folder: Path) -> Member:
    """A process with a data folder and a log of its own."""
    here = folder / name
    return Member(name, command, {**surroundings(), **settings, "EASEL_DATA": str(here / "data")}, here)

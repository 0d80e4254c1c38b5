"""Servers of one test run: started when the first test wants one, and shared by all its processes."""

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock

Start = Callable[[], contextlib.AbstractContextManager[str]]


@contextlib.contextmanager
def shared(folder: Path, start: Start) -> Iterator[str]:
    """The address of a server. Whoever comes first starts it, and leaves when all others have."""
    users = folder / "users"
    users.mkdir(parents=True, exist_ok=True)
    me, note = users / str(os.getpid()), folder / "address"
    with contextlib.ExitStack() as mine:
        with FileLock(folder / "lock"):
            address = _noted(note)
            begun = address is None
            if address is None:
                address = mine.enter_context(start())
                note.write_text(f"{os.getpid()}\n{address}")
            me.touch()
        try:
            yield address
        finally:
            me.unlink()
            while begun and not _over(folder, users, note):
                time.sleep(0.1)


def _noted(note: Path) -> str | None:
    """The address that is noted, if who noted it still lives."""
    if not note.exists():
        return None
    starter, address = note.read_text().splitlines()
    return address if _lives(starter) else None


def _over(folder: Path, users: Path, note: Path) -> bool:
    with FileLock(folder / "lock"):
        if any(_lives(user.name) for user in users.iterdir()):
            return False
        note.unlink()
        return True


def _lives(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    return True

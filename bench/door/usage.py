"""What a process and those it has started have used, from /proc (Linux)."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Usage:
    """CPU time in seconds, of children that have ended too; and the most memory that was resident, in bytes.

    The memory of several processes is the sum of what each had at its own highest.
    """

    seconds: float
    resident: int


def usage_of(pid: int) -> Usage:
    seconds, resident = 0.0, 0
    for one in _tree(pid):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError, StopIteration):  # it has just ended
            seconds += sum(int(field) for field in _stat(one)[11:15]) / TICKS  # utime, stime, cutime, cstime: proc(5)
            status = Path(f"/proc/{one}/status").read_text().splitlines()
            resident += int(next(line.split()[1] for line in status if line.startswith("VmHWM"))) * 1024
    return Usage(seconds, resident)


def _tree(pid: int) -> Iterator[int]:
    yield pid
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from _tree(int(child))


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the third on: the second, a name, may hold anything."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()

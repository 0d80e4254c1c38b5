"""What is in memory at once, counted; and memory that is free, given back: on Linux with glibc."""

import contextlib
import ctypes
import sys
import weakref

TRIM_THRESHOLD, MMAP_THRESHOLD, ARENA_MAX = -1, -3, -8  # of malloc.h: M_TRIM_THRESHOLD and so on
MEGABYTE = 1_000_000  # bytes, in settings and in sentences


class MemoryBudget:
    """At most so many bytes in memory at once. What was taken is given back when its owner is no longer referenced."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._taken: dict[int, int] = {}

    @property
    def taken(self) -> int:
        return sum(self._taken.values())

    def take(self, owner: object, size: int) -> bool:
        """Take so many bytes more for an owner, which can be referenced weakly. False when they are not free."""
        if self.taken + size > self._limit:
            return False
        if id(owner) not in self._taken:
            weakref.finalize(owner, self._taken.pop, id(owner), None).atexit = False
        self._taken[id(owner)] = self._taken.get(id(owner), 0) + size
        return True


def use_again_what_was_freed() -> None:
    """Of images above all; call it before threads start. By default each thread has memory of its own, with holes in
    it, and a block as large as an image comes from the operating system, which clears it, and goes back there at once.

    https://man7.org/linux/man-pages/man3/mallopt.3.html
    """
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError):
            mallopt = ctypes.CDLL(None).mallopt
            mallopt(ARENA_MAX, 2)
            mallopt(MMAP_THRESHOLD, 8 * MEGABYTE)
            mallopt(TRIM_THRESHOLD, 32 * MEGABYTE)


def give_back() -> None:
    """Return what is free to the operating system: https://man7.org/linux/man-pages/man3/malloc_trim.3.html."""
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError):
            ctypes.CDLL(None).malloc_trim(0)

"""What is in memory at once, counted; and memory that is free, given back: on Linux with glibc."""

import contextlib
import ctypes
import sys
import weakref

ARENA_MAX = -8  # M_ARENA_MAX of malloc.h
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


def use_few_arenas() -> None:
    """Two for all threads; call it before they start. By default each has one of its own, and holes in it.

    https://man7.org/linux/man-pages/man3/mallopt.3.html
    """
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError):
            ctypes.CDLL(None).mallopt(ARENA_MAX, 2)


def give_back() -> None:
    """Return what is free to the operating system: https://man7.org/linux/man-pages/man3/malloc_trim.3.html."""
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError):
            ctypes.CDLL(None).malloc_trim(0)

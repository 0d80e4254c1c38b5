"""Keeps the C library from holding on to memory that is free, where it can be told so: on Linux with glibc."""

import contextlib
import ctypes
import sys

ARENA_MAX = -8  # M_ARENA_MAX of malloc.h
MEGABYTE = 1_000_000  # bytes, in settings and in sentences


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

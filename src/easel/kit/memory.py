"""Memory that is free inside the process is given back to the system, where the C library can."""

import contextlib
import ctypes
import sys

MEGABYTE = 1_000_000  # bytes, in settings and in sentences


def give_back() -> None:
    """What threads have freed stays with the allocator's arenas otherwise, and grows with the oddity of what came.

    glibc alone has it: https://man7.org/linux/man-pages/man3/malloc_trim.3.html
    """
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError):
            ctypes.CDLL(None).malloc_trim(0)

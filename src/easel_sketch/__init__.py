"""Draws images from the words of a prompt, and edits images by instructions. No key, no network, no model.

    from easel_sketch import Request, Size, draw, explain

    image = draw(Request("A poster that says “Open today”", Size(1024, 1024)))

`reading` understands the prompt, `colour` and `type` choose its look, a recipe of `recipes` lays it out with `parts`
and `scenery`, `drawing` turns the page into pixels, and `edits` changes input images. `engine` calls them in order.
"""

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from easel_sketch.request import RAW_RGBA, Image, Request, Size

if TYPE_CHECKING:
    from easel_sketch.engine import Engine

__all__ = ["RAW_RGBA", "Image", "Request", "Size", "draw", "explain"]

_FIRST = threading.Lock()


def draw(request: Request, index: int = 0) -> Image:
    """One image. `index` counts the images of a request: each is a variation. Works for a while: call it on a thread.

    Raises ArithmeticError, LookupError, OSError, RecursionError, RuntimeError, TypeError or ValueError for an image
    that cannot be drawn.
    """
    return _engine().draw(request, index)


def explain(request: Request) -> Mapping[str, Any]:
    """What is read in the prompt and chosen for the first image, as plain JSON. Raises as `draw` does."""
    return _engine().explain(request)


def _engine() -> "Engine":
    # The fonts, the icons and the renderer are read for the first image, once, and not while a server starts.
    from easel_sketch.engine import the_engine

    with _FIRST:
        return the_engine()

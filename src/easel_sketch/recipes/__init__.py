"""The recipes: one module per kind of image, named as in `kinds.toml`, with a function `draw`.

`draw` takes a Commission and returns the HTML of a page, or a Page if pixels lie under it. A recipe without enough room
for the texts delegates to one that takes any number.
"""

from collections.abc import Callable
from importlib import import_module

from easel_sketch.drawing.commission import Commission, Page

Recipe = Callable[[Commission], Page]


def recipe(kind: str) -> Recipe:
    """The recipe of this name, imported on first use."""
    draw: Callable[[Commission], str | Page] = import_module(f"{__name__}.{kind}").draw

    def page(job: Commission) -> Page:
        drawn = draw(job)
        return drawn if isinstance(drawn, Page) else Page(drawn)

    return page


__all__ = ["Recipe", "recipe"]

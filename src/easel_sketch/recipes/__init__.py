"""The kinds of picture that can be made: one file each, named as `kinds.toml` names the kind, with one function `draw`.

`draw` takes a Commission and gives the HTML of a page, or a Page where pixels lie under it. A recipe that is told more
than it can hold hands the job on to one that takes any number of texts.
"""

from collections.abc import Callable
from importlib import import_module

from easel_sketch.drawing.commission import Commission, Page

Recipe = Callable[[Commission], Page]


def recipe(kind: str) -> Recipe:
    """The recipe of this name. Its file is read when the first such picture is wanted."""
    draw: Callable[[Commission], str | Page] = import_module(f"{__name__}.{kind}").draw

    def page(job: Commission) -> Page:
        drawn = draw(job)
        return drawn if isinstance(drawn, Page) else Page(drawn)

    return page


__all__ = ["Recipe", "recipe"]

"""The only file that knows the rendering engine: HTML and CSS in; pixels, or the boxes of all text runs, out.

`Canvas` has three methods, so another engine can replace Takumi. Thread-safe.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import pytakumi
import pyvips

from easel_sketch.request import Size

_SLACK = 0.6
_GLYPH_CACHE = 32 << 20
_IMAGE_CACHE = 32 << 20
_RESET = "*{box-sizing:border-box;margin:0;padding:0}div,span,p{line-height:1.2}.a{position:absolute}"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text on one line and its box in pixels from the top left.

    `overflows`: it is wider than its paragraph, because a single word does not fit the column.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    overflows: bool


@dataclass(frozen=True, slots=True)
class Extent:
    """The measured size of a layout, and its text runs in document order."""

    width: float
    height: float
    runs: tuple[Run, ...]

    @property
    def right(self) -> float:
        """The right edge of the widest line."""
        return max((run.right for run in self.runs), default=0.0)


class Canvas(Protocol):
    """The interface of a rendering engine."""

    def register(self, family: str, data: bytes) -> None: ...

    def measure(self, html: str, width: int) -> Extent: ...

    def render(self, html: str, size: Size, images: Mapping[str, bytes]) -> bytes: ...


class TakumiCanvas:
    """The Takumi engine. It fetches no URLs: only images passed to `render` can appear."""

    def __init__(self) -> None:
        pytakumi.set_glyph_cache_max_bytes(_GLYPH_CACHE)
        self._renderer = pytakumi.Renderer(cache_max_bytes=_IMAGE_CACHE)

    def register(self, family: str, data: bytes) -> None:
        self._renderer.register_font(data, name=family)

    def measure(self, html: str, width: int) -> Extent:
        tree = self._renderer.measure(pytakumi.from_html(html), width=width, stylesheets=[_RESET])
        return Extent(tree["width"], tree["height"], tuple(_runs(tree)))

    def render(self, html: str, size: Size, images: Mapping[str, bytes]) -> bytes:
        """RGBA rows of exactly `size`, straight alpha."""
        return self._renderer.render_html(
            html, width=size.width, height=size.height, format="raw", stylesheets=[_RESET], images=dict(images)
        )


def over(page: bytes, ground: bytes, size: Size) -> bytes:
    """Composite the RGBA rows of a page over opaque RGB rows."""
    upper = pyvips.Image.new_from_memory(page, size.width, size.height, 4, "uchar").copy(interpretation="srgb")
    lower = pyvips.Image.new_from_memory(ground, size.width, size.height, 3, "uchar").copy(interpretation="srgb")
    return bytes(lower.composite2(upper, "over").cast("uchar").write_to_memory())


def _runs(node: Mapping[str, Any]) -> Iterator[Run]:
    """Flatten the engine's tree, whose transforms are already absolute."""
    a, b, c, d, e, f = node["transform"]
    for run in node["runs"]:
        # The engine counts a trailing space into the width of a run though it hangs outside the box.
        hanging = 0.3 * run["height"] if run["text"].endswith(" ") else 0.0
        x0, x1 = run["x"], run["x"] + max(0.0, run["width"] - hanging)
        y0, y1 = run["y"], run["y"] + run["height"]
        xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
        ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
        overflows = x0 < -_SLACK or x1 > node["width"] + _SLACK
        yield Run(run["text"], min(xs), min(ys), max(xs), max(ys), overflows)
    for child in node["children"]:
        yield from _runs(child)

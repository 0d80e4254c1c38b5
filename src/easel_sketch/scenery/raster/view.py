"""The state of an image while a place is drawn: its planes, light, sun, horizon and random numbers."""

import functools
import re
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from easel_sketch import library
from easel_sketch.drawing.canvas import Canvas
from easel_sketch.request import Size
from easel_sketch.scenery.hours import Hour
from easel_sketch.scenery.raster import sky
from easel_sketch.scenery.raster.field import Field, blend

_UNSPACED = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]")


@dataclass(slots=True)
class View:
    """`image` is changed in place; `glow` is the light that will bloom, a quarter as large; `text` is the prompt."""

    image: Field
    light: Hour
    sun: sky.Sun
    horizon: int
    rng: np.random.Generator
    canvas: Canvas
    text: str
    season: str
    detail: int
    glow: Field = field(init=False)

    def __post_init__(self) -> None:
        self.glow = np.zeros_like(self.image[:, ::4, ::4])

    @property
    def w(self) -> int:
        return int(self.image.shape[2])

    @property
    def h(self) -> int:
        return int(self.image.shape[1])

    @property
    def cell(self) -> int:
        """How many pixels wide a cell of the softest fields is."""
        return (6, 4, 3)[self.detail]

    def mentions(self, thing: str) -> bool:
        """Whether the prompt mentions a thing of `things.toml`."""
        return mentions(self.text, thing)

    def add_glow(self, light: Field, top: int = 0) -> None:
        """Add light that will bloom, from row `top` of `glow`."""
        rows = self.glow[:, top : top + light.shape[1]]
        rows += light[:, : rows.shape[1]]

    def rendered(self, drawing: str, top: int, bottom: int) -> NDArray[np.uint8]:
        """The pixels, with alpha, of SVG in the image's coordinates, on the rows from `top` to `bottom`."""
        rows = bottom - top
        markup = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.w}" height="{rows}" '
            f'viewBox="0 {top} {self.w} {rows}" style="position:absolute;left:0;top:0">{drawing}</svg>'
        )
        pixels = np.frombuffer(self.canvas.render(markup, Size(self.w, rows), {}), np.uint8)
        return pixels.reshape(rows, self.w, 4)

    def overlay(self, drawing: str, top: int = 0, bottom: int | None = None) -> None:
        """Draw SVG, in the image's coordinates, on the rows from `top` to `bottom`."""
        top, bottom = max(0, top), min(self.h, self.h if bottom is None else bottom)
        if bottom <= top or not drawing:
            return
        drawn = self.rendered(drawing, top, bottom)
        marked = np.flatnonzero(drawn[..., 3].max(axis=1))
        if not len(marked):
            return
        first, last = int(marked[0]), int(marked[-1]) + 1
        drawn = drawn[first:last]
        blend(
            self.image[:, top + first : top + last],
            np.moveaxis(drawn[..., :3], 2, 0),
            drawn[..., 3] * np.float32(1 / 255),
        )


def empty_sky(light: Hour, size: Size, horizon: int, sun: sky.Sun) -> Field:
    """An image of the sky and the sun's light in the air."""
    image = sky.sky(light, size.width, size.height, horizon)
    sky.glow(image, light, sun, strength=0.85 if light.name != "night" else 0.55)
    return image


def mentions(text: str, thing: str) -> bool:
    """Whether a text mentions a thing of `things.toml`: as a whole word, or anywhere in a script without spaces."""
    return _pattern(thing).search(text) is not None


@functools.cache
def _pattern(thing: str) -> re.Pattern[str]:
    listed = library.table("things")[thing]
    parts = (re.escape(word) if _UNSPACED.match(word) else rf"\b{re.escape(word)}\b" for word in listed)
    return re.compile("|".join(parts), re.IGNORECASE)

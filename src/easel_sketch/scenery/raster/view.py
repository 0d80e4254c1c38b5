"""The state of an image while a place is drawn: its planes, light, sun, horizon and random numbers."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from easel_sketch.drawing import icons
from easel_sketch.drawing.canvas import Canvas
from easel_sketch.request import Size
from easel_sketch.scenery.hours import Hour
from easel_sketch.scenery.plan import Plan
from easel_sketch.scenery.raster import sky
from easel_sketch.scenery.raster.field import Field, blend


@dataclass(slots=True)
class View:
    """`image` is changed in place; `glow` is the light that will bloom, a quarter as large; `plan` says what to draw.

    `bank` is the row where things on the shore stand, `ground` the rows between which things on the ground stand,
    `surface` those of open water, if there is any; `crossing` is the middle of a bridge and `span` half its length;
    `stood` are the things that are drawn already.
    """

    image: Field
    light: Hour
    sun: sky.Sun
    horizon: int
    rng: np.random.Generator
    canvas: Canvas
    plan: Plan
    detail: int
    glow: Field = field(init=False)
    bank: float = 0.0
    ground: tuple[float, float] = (0.0, 0.0)
    surface: tuple[float, float] | None = None
    crossing: tuple[float, float] | None = None
    span: float = 0.0
    stood: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.glow = np.zeros_like(self.image[:, ::4, ::4])
        self.span = self.w * 0.54
        self.bank = self.horizon + self.h * 0.03
        self.ground = (min(self.horizon + self.h * 0.16, self.h * 0.8), self.h * 0.92)

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

    @property
    def season(self) -> str:
        return self.plan.season

    @property
    def left(self) -> bool:
        """Whether the main thing stands left of the middle: away from the sun."""
        return self.sun.x > self.w / 2

    def has(self, *names: str) -> bool:
        """Whether the plan asks for one of these features."""
        return self.plan.has(*names)

    def side(self, share: float) -> float:
        """A place across the image: 0 is the edge on the side of the main thing, 1 the other edge."""
        return self.w * (share if self.left else 1 - share)

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

    def overlay(self, drawing: str, top: float = 0, bottom: float | None = None) -> None:
        """Draw SVG, in the image's coordinates, on the rows from `top` to `bottom`."""
        top, bottom = max(0, int(top)), min(self.h, self.h if bottom is None else int(bottom))
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

    def icon(self, name: str, x: float, foot: float, tall: float, haze: float, *, flipped: bool = False) -> None:
        """An icon that stands on row `foot`, in the light of the hour; drawings leave an empty margin below."""
        scale, top = tall / 128, max(0, int(foot - tall * 1.02))
        bottom = min(self.h, int(foot) + 2)
        if bottom - top < 3:
            return
        turned = f"translate({x + tall / 2:.1f} {foot - tall:.1f}) scale({-scale:.4f} {scale:.4f})"
        straight = f"translate({x - tall / 2:.1f} {foot - tall:.1f}) scale({scale:.4f})"
        body = f'<g transform="{turned if flipped else straight}">{icons.drawing(name)}</g>'
        drawn = self.rendered(body, top, bottom)
        marked = np.flatnonzero(drawn[..., 3].max(axis=1) > 30)
        if not len(marked):
            return
        last = int(marked[-1]) + 1
        drawn = drawn[int(marked[0]) : last]
        end = bottom if foot <= self.h else min(self.h, top + last)
        planes = np.moveaxis(drawn[..., :3], 2, 0).astype(np.float32)
        blend(planes, self.light.land, self.light.dim * 0.75)
        blend(planes, self.light.lit, self.light.shine * 0.3)
        blend(planes, self.light.haze, haze)
        blend(self.image[:, end - len(drawn) : end], planes, drawn[..., 3] * np.float32(1 / 255))


def empty_sky(light: Hour, size: Size, horizon: int, sun: sky.Sun) -> Field:
    """An image of the sky and the sun's light in the air."""
    image = sky.sky(light, size.width, size.height, horizon)
    sky.glow(image, light, sun, strength=0.85 if light.name != "night" else 0.55)
    return image

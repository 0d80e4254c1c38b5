"""All a layout is told about one picture."""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from random import Random

from easel_sketch.colour.palette import Palette
from easel_sketch.drawing.canvas import Canvas
from easel_sketch.drawing.geometry import Box
from easel_sketch.reading.brief import Brief
from easel_sketch.reading.lookup import Theme
from easel_sketch.request import Size
from easel_sketch.type.typefaces import Voice

LOW, MEDIUM, HIGH = range(3)


@dataclass(frozen=True, slots=True)
class Inset:
    """An input picture: the name the canvas knows it by, and its own size."""

    key: str
    size: Size


@dataclass(frozen=True, slots=True)
class Commission:
    """One picture to lay out. `index` counts the pictures of a job, and each is a variation; `rng` is its own.

    `named` are the icons of what the prompt names, in order; `icons` begins with them and never ends.
    """

    brief: Brief
    palette: Palette
    voice: Voice
    theme: Theme
    icons: tuple[str, ...]
    size: Size
    detail: int
    index: int
    rng: Random
    canvas: Canvas
    insets: tuple[Inset, ...] = ()
    transparent: bool = False
    named: tuple[str, ...] = ()

    @property
    def page(self) -> Box:
        return Box(0, 0, self.size.width, self.size.height)

    @property
    def unit(self) -> float:
        """One thousandth of the page's scale: margins, radii and strokes are multiples of it."""
        return sqrt(self.size.width * self.size.height) / 1000

    @property
    def aspect(self) -> float:
        return self.size.width / self.size.height

    @property
    def mirrored(self) -> bool:
        """Every second variation is the other way round, and right-to-left scripts begin at the right."""
        return bool(self.index % 2) != self.brief.right_to_left

    def icon(self, place: int) -> str:
        return self.icons[place % len(self.icons)]


@dataclass(frozen=True, slots=True)
class Page:
    """What a recipe gives: HTML of the job's size, and how to make the pixels under it, as RGB rows, if it has any."""

    html: str
    ground: Callable[[], bytes] | None = None

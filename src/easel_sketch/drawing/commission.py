"""The data that every recipe is given."""

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
from easel_sketch.type.typefaces import Faces

LOW, MEDIUM, HIGH = range(3)


@dataclass(frozen=True, slots=True)
class Inset:
    """An input image: its key on the canvas and its size."""

    key: str
    size: Size


@dataclass(frozen=True, slots=True)
class Commission:
    """Everything a recipe needs to lay out one image.

    `index` is the image's number within the request and selects the variation; `rng` is seeded with it. `icons` begin
    with the drawings of the brief's subjects and are never empty.
    """

    brief: Brief
    palette: Palette
    faces: Faces
    theme: Theme
    icons: tuple[str, ...]
    size: Size
    detail: int
    index: int
    rng: Random
    canvas: Canvas
    insets: tuple[Inset, ...] = ()
    transparent: bool = False

    @property
    def page(self) -> Box:
        return Box(0, 0, self.size.width, self.size.height)

    @property
    def unit(self) -> float:
        """A thousandth of the square root of the page's area, in pixels: the unit of margins, radii and strokes."""
        return sqrt(self.size.width * self.size.height) / 1000

    @property
    def aspect(self) -> float:
        return self.size.width / self.size.height

    @property
    def mirrored(self) -> bool:
        """Whether the layout is flipped: every second variation, and the other way round for right-to-left scripts."""
        return bool(self.index % 2) != self.brief.right_to_left

    def icon(self, place: int) -> str:
        """An icon by position; wraps around."""
        return self.icons[place % len(self.icons)]


@dataclass(frozen=True, slots=True)
class Page:
    """What a recipe returns: HTML of the page's size and, optionally, a function that makes opaque RGB rows to lie
    under it, and the names of the drawings and places that these pixels show.
    """

    html: str
    ground: Callable[[], bytes] | None = None
    shows: tuple[str, ...] = ()

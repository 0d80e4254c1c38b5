"""Measure where an icon's drawing ends within its view box, to place icons on the ground."""

from easel_sketch.drawing import icons
from easel_sketch.drawing.canvas import Canvas
from easel_sketch.request import Size

_SIDE = 64
_VISIBLE = 60  # least opacity, of 255, of a pixel that counts
_extents: dict[str, tuple[float, float]] = {}  # valid for every canvas: icons do not change


def vertical_extent(canvas: Canvas, name: str) -> tuple[float, float]:
    """The top and the bottom of an icon's drawing, as shares of its view box."""
    if name not in _extents:
        pixels = canvas.render(icons.svg(name, _SIDE), Size(_SIDE, _SIDE), {})
        rows = [max(pixels[row * _SIDE * 4 + 3 : (row + 1) * _SIDE * 4 : 4]) for row in range(_SIDE)]
        marked = [row for row, opacity in enumerate(rows) if opacity >= _VISIBLE] or [0, _SIDE - 1]
        _extents[name] = marked[0] / _SIDE, (marked[-1] + 1) / _SIDE
    return _extents[name]


def on_ground(canvas: Canvas, name: str, x: float, foot: float, size: float, *, turn: float = 0) -> str:
    """An icon of this size with the lower end of its drawing at `foot`."""
    bottom = vertical_extent(canvas, name)[1]
    return icons.placed(name, x, foot - size * (bottom - 0.5), size, turn=turn)

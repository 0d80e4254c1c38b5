"""Measure where an icon's drawing ends within its view box, to place icons on the ground."""

from easel_sketch.drawing import icons
from easel_sketch.drawing.canvas import Canvas
from easel_sketch.drawing.geometry import Box
from easel_sketch.request import Size

_SIDE = 64
_VISIBLE = 60  # least opacity, of 255, of a pixel that counts
_hearts: dict[str, Box] = {}
_extents: dict[str, Box] = {}  # valid for every canvas: icons do not change


def heart(canvas: Canvas, name: str) -> Box:
    """The box of the broadest part of an icon's drawing, as shares of its view box: where a face has room."""
    extent(canvas, name)
    return _hearts[name]


def extent(canvas: Canvas, name: str) -> Box:
    """The box of an icon's drawing, as shares of its view box."""
    if name not in _extents:
        pixels = canvas.render(icons.svg(name, _SIDE), Size(_SIDE, _SIDE), {})
        line = _SIDE * 4
        opacity = [pixels[row * line + 3 : (row + 1) * line : 4] for row in range(_SIDE)]
        rows = _marked([max(row) for row in opacity])
        columns = _marked([max(row[column] for row in opacity) for column in range(_SIDE)])
        left, top = columns[0] / _SIDE, rows[0] / _SIDE
        _extents[name] = Box(left, top, (columns[-1] + 1) / _SIDE - left, (rows[-1] + 1) / _SIDE - top)
        _hearts[name] = _broadest(opacity)
    return _extents[name]


def vertical_extent(canvas: Canvas, name: str) -> tuple[float, float]:
    """The top and the bottom of an icon's drawing, as shares of its view box."""
    box = extent(canvas, name)
    return box.y, box.bottom


def on_ground(canvas: Canvas, name: str, x: float, foot: float, size: float, *, tint: str = "") -> str:
    """An icon of this size with the lower end of its drawing at `foot`."""
    bottom = vertical_extent(canvas, name)[1]
    return icons.placed(name, x, foot - size * (bottom - 0.5), size, tint=tint)


def _broadest(opacity: list[bytes]) -> Box:
    """Rows count by the square of their filled width."""
    filled = [_marked(list(row)) if max(row) >= _VISIBLE else [] for row in opacity]
    weights = [len(row) ** 2 for row in filled]
    total = sum(weights) or 1
    y = sum(place * weight for place, weight in enumerate(weights)) / total
    x = sum(sum(row) * len(row) for row in filled) / total
    wide = sum(len(row) * weight for row, weight in zip(filled, weights, strict=True)) / total / _SIDE
    return Box((x + 0.5) / _SIDE - wide / 2, (y + 0.5) / _SIDE - wide / 2, wide, wide)


def _marked(strengths: list[int]) -> list[int]:
    return [place for place, opacity in enumerate(strengths) if opacity >= _VISIBLE] or [0, _SIDE - 1]

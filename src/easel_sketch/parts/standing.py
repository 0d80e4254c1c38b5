"""Where the drawing of an icon ends on its board, so that things stand on what they stand on instead of hovering."""

from easel_sketch.drawing import icons
from easel_sketch.drawing.canvas import Canvas
from easel_sketch.request import Size

_SIDE = 64
_SEEN = 60  # the opacity, of 255, from which a pixel counts
_found: dict[str, tuple[float, float]] = {}  # the same on every canvas: the icons are


def extent(canvas: Canvas, name: str) -> tuple[float, float]:
    """The top and the bottom of an icon's drawing, as shares of its board."""
    if name not in _found:
        pixels = canvas.render(icons.svg(name, _SIDE), Size(_SIDE, _SIDE), {})
        rows = [max(pixels[row * _SIDE * 4 + 3 : (row + 1) * _SIDE * 4 : 4]) for row in range(_SIDE)]
        marked = [row for row, opacity in enumerate(rows) if opacity >= _SEEN] or [0, _SIDE - 1]
        _found[name] = marked[0] / _SIDE, (marked[-1] + 1) / _SIDE
    return _found[name]


def stood(canvas: Canvas, name: str, x: float, foot: float, size: float, *, turn: float = 0) -> str:
    """An icon of this size whose drawing, not whose board, ends at `foot`."""
    bottom = extent(canvas, name)[1]
    return icons.placed(name, x, foot - size * (bottom - 0.5), size, turn=turn)

"""Arrows of one colour."""

from collections.abc import Callable

from easel_sketch.drawing.ink import polygon, stroke

_FILL = "#2f6fc4"
_ROUND = f'stroke="{_FILL}" stroke-width="8" stroke-linejoin="round"'
_RIGHT = ((8.0, 44.0), (60.0, 44.0), (60.0, 10.0), (120.0, 65.0), (60.0, 120.0), (60.0, 86.0), (8.0, 86.0))


def _turned(angle: int) -> Callable[[], str]:
    extra = f'{_ROUND} transform="rotate({angle} 64 64)"' if angle else _ROUND
    return lambda: polygon(_RIGHT, _FILL, extra)


def _curved() -> str:
    """An arrow that comes from below and bends to the right."""
    return stroke("M20 124 V88 Q20 46 62 46 H78", _FILL, 22, 'style="stroke-linecap:butt"') + polygon(
        [(76, 12), (120, 46), (76, 80)], _FILL, _ROUND
    )


DRAWN = {
    "arrow-right": _turned(0),
    "arrow-down": _turned(90),
    "arrow-left": _turned(180),
    "arrow-up": _turned(270),
    "arrow-curved": _curved,
}

"""Quotation marks as SVG."""

from easel_sketch.drawing.ink import path

_DROP = "M0 60C0 25 14 6 42 0L46 10C30 16 24 26 23 38A21 21 0 1 1 0 60Z"
_WIDE, _HIGH = 99.0, 84.0


def mark(x: float, y: float, size: float, fill: str, extra: str = "") -> str:
    """An opening mark with its upper left at (x, y), `size` wide; a negative size gives a closing mark."""
    scale = size / _WIDE
    pair = f'{path(_DROP, fill)}<g transform="translate(56 0)">{path(_DROP, fill)}</g>'
    return f'<g transform="translate({x:.1f} {y:.1f}) scale({scale:.3f})" {extra}>{pair}</g>'


def height(size: float) -> float:
    return size * _HIGH / _WIDE

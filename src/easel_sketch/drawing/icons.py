"""Icons and motifs by name as SVG, each with a 128 × 128 view box, in their own colours or on a ramp."""

import functools

from easel_sketch import library
from easel_sketch.colour.mixing import on_ramp
from easel_sketch.colour.tint import tinted
from easel_sketch.drawing.motifs import MOTIFS
from easel_sketch.drawing.shown import attribute

_SIDE = 128


def drawing(name: str, ramp: tuple[str, ...] | None = None, tint: str = "") -> str:
    """The SVG body of an icon or motif: on a ramp if one is given, else with its largest part in the tint."""
    body = _motif(name) if name in MOTIFS else _bodies()[name]
    return on_ramp(body, ramp) if ramp else tinted(body, tint) if tint else body


def svg(name: str, size: float, style: str = "", ramp: tuple[str, ...] | None = None, tint: str = "") -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size:.1f}" height="{size:.1f}" '
        f'viewBox="0 0 {_SIDE} {_SIDE}" {attribute(name)} style="{style}">{drawing(name, ramp, tint)}</svg>'
    )


def placed(
    name: str, x: float, y: float, size: float, ramp: tuple[str, ...] | None = None, turn: float = 0, tint: str = ""
) -> str:
    """An icon within a larger drawing, centred on (x, y) and rotated by `turn` degrees."""
    scale = size / _SIDE
    half = size / 2
    return (
        f'<g {attribute(name)} transform="translate({x - half:.1f} {y - half:.1f}) '
        f'rotate({turn:.1f} {half:.1f} {half:.1f}) scale({scale:.4f})">{drawing(name, ramp, tint)}</g>'
    )


@functools.cache
def _motif(name: str) -> str:
    return MOTIFS[name]()


@functools.cache
def _bodies() -> dict[str, str]:
    return dict(library.icon_pack()["icons"])

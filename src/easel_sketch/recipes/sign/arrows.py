"""The arrow of a sign, in the direction that the prompt gives."""

from math import cos, pi, sin

from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import path, polygon, stroke, trace
from easel_sketch.drawing.shown import shown

_TURNS = {"arrow-left": pi, "arrow-right": 0.0, "arrow-up": -pi / 2, "arrow-down": pi / 2}
_CURVED = "arrow-curved"


def asked_arrow(job: Commission) -> str:
    """The name of the arrow; empty if the prompt asks for none."""
    return next((one.drawing for one in job.brief.subjects if one.drawing in (*_TURNS, _CURVED)), "")


def arrow(name: str, box: Box, ink: str) -> str:
    """A solid arrow that fills the box along its direction."""
    x, y = box.centre
    if name == _CURVED:
        return shown(_curved(x, y, min(box.w, box.h) * 0.5, ink), name)
    upright = name in ("arrow-up", "arrow-down")
    r = min(box.h if upright else box.w, (box.w if upright else box.h) * 2.2) / 2
    turn = _TURNS[name]
    head, half, shaft = r * 0.62, min(r * 0.5, (box.w if upright else box.h) / 2), r * 0.17
    outline = (
        *((r, 0.0), (r - head, -half), (r - head, -shaft), (-r, -shaft)),
        *((-r, shaft), (r - head, shaft), (r - head, half)),
    )
    points = [(x + px * cos(turn) - py * sin(turn), y + px * sin(turn) + py * cos(turn)) for px, py in outline]
    rim = f'stroke="{ink}" stroke-width="{r * 0.06:.1f}" stroke-linejoin="round"'
    return shown(polygon(points, ink, rim), name)


def _curved(x: float, y: float, r: float, ink: str) -> str:
    """An arrow that turns back to the left."""
    bend = trace("M", x - r * 0.6, y + r * 0.6, "H", x + r * 0.3) + trace(
        *("A", r * 0.5, r * 0.5, 0, "0", "0", x + r * 0.3, y - r * 0.4, "H", x - r * 0.4)
    )
    tip = trace("M", x - r, y - r * 0.4, "L", x - r * 0.35, y - r * 0.85, "V", y + r * 0.05, "Z")
    return stroke(bend, ink, r * 0.26) + path(tip, ink)

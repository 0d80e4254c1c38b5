"""A ring of arrow-shaped segments with an icon on each."""

from collections.abc import Sequence
from math import cos, pi, sin

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.ink import circle, path, trace

_THICKNESS = 0.44
_POINT_SHARE = 0.16


def donut(job: Commission, x: float, y: float, r: float, names: Sequence[str], *, clockwise: bool = True) -> str:
    """The ring around (x, y) as SVG; a segment without a name has no icon."""
    parts = [circle(x, y, r * (1 - _THICKNESS) * 0.88, job.palette.tint(0, 0.12))] if job.detail > LOW else []
    step = 2 * pi / len(names) * (1 if clockwise else -1)
    for place, name in enumerate(names):
        start = -pi / 2 - step / 2 + place * step
        parts.append(_segment(job, (x, y, r), start, step, job.palette.accent(place)))
        at, middle = start + step * 0.5 + _middle_angle(step), r * (1 - _THICKNESS / 2)
        cx, cy = x + cos(at) * middle, y + sin(at) * middle
        if name:
            plate = circle(cx, cy, r * _THICKNESS * 0.43, mix(job.palette.surface, "#ffffff", 0.6), 'opacity=".94"')
            parts += [plate, icons.placed(name, cx, cy, r * _THICKNESS * 0.66)]
    return "".join(parts)


def _middle_angle(step: float) -> float:
    """The angle of a segment's visual centre, shifted by its notch and point."""
    return _POINT_SHARE * (0.5 if step > 0 else -0.5)


def _segment(job: Commission, disc: tuple[float, float, float], start: float, step: float, tone: str) -> str:
    x, y, r = disc
    way = 1 if step > 0 else -1
    a, b, point = start + way * 0.03, start + step - way * 0.03, way * _POINT_SHARE
    inner, middle = r * (1 - _THICKNESS), r * (1 - _THICKNESS / 2)

    def at(angle: float, reach: float) -> tuple[float, float]:
        return x + cos(angle) * reach, y + sin(angle) * reach

    sweep, back = ("1", "0") if way > 0 else ("0", "1")
    large = "1" if abs(step) > pi else "0"
    d = trace(
        *("M", *at(a, r), "A", r, r, 0, large, sweep, *at(b, r), "L", *at(b + point, middle), "L", *at(b, inner)),
        *("A", inner, inner, 0, large, back, *at(a, inner), "L", *at(a + point, middle), "Z"),
    )
    soft = f'stroke="{tone}" stroke-width="{3 * job.unit:.1f}" stroke-linejoin="round"'
    return path(d, tone, soft)

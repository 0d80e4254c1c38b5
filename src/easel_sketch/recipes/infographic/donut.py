"""A ring of pointed segments, each the tail of the next, with an icon on every one."""

from collections.abc import Sequence
from math import cos, pi, sin

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.ink import circle, path, trace

_THICK = 0.44
_POINT = 0.16


def donut(job: Commission, x: float, y: float, r: float, names: Sequence[str], *, clockwise: bool = True) -> str:
    """The ring about (x, y) as a drawing; a segment without a name stays plain."""
    parts = [circle(x, y, r * (1 - _THICK) * 0.88, job.palette.tint(0, 0.12))] if job.detail > LOW else []
    step = 2 * pi / len(names) * (1 if clockwise else -1)
    for place, name in enumerate(names):
        start = -pi / 2 - step / 2 + place * step
        parts.append(_segment(job, (x, y, r), start, step, job.palette.accent(place)))
        at, middle = start + step * 0.5 + _lean(step), r * (1 - _THICK / 2)
        cx, cy = x + cos(at) * middle, y + sin(at) * middle
        if name:
            plate = circle(cx, cy, r * _THICK * 0.43, mix(job.palette.surface, "#ffffff", 0.6), 'opacity=".94"')
            parts += [plate, icons.placed(name, cx, cy, r * _THICK * 0.66)]
    return "".join(parts)


def _lean(step: float) -> float:
    """The middle of a segment with a notch behind and a point before lies a little further on."""
    return _POINT * (0.5 if step > 0 else -0.5)


def _segment(job: Commission, disc: tuple[float, float, float], start: float, step: float, tone: str) -> str:
    x, y, r = disc
    way = 1 if step > 0 else -1
    a, b, point = start + way * 0.03, start + step - way * 0.03, way * _POINT
    inner, middle = r * (1 - _THICK), r * (1 - _THICK / 2)

    def at(angle: float, reach: float) -> tuple[float, float]:
        return x + cos(angle) * reach, y + sin(angle) * reach

    sweep, back = ("1", "0") if way > 0 else ("0", "1")
    large = "1" if abs(step) > pi else "0"
    d = trace(
        *("M", *at(a, r), "A", r, r, 0, large, sweep, *at(b, r)),
        *("L", *at(b + point, middle), "L", *at(b, inner)),
        *("A", inner, inner, 0, large, back, *at(a, inner), "L", *at(a + point, middle), "Z"),
    )
    soft = f'stroke="{tone}" stroke-width="{3 * job.unit:.1f}" stroke-linejoin="round"'
    return path(d, tone, soft)

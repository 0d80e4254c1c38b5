"""Emblems of geometric shapes around an icon: a sun over waves, arches, orbits, beams, a retro grid."""

from collections.abc import Callable, Sequence
from math import cos, pi, sin

from easel_sketch.colour.tone import lightness, toned
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, fall, glow, path, polygon, rect, ring, stroke, trace

Emblem = Callable[[Commission, Box, Sequence[str], str], str]
_WAVES = 5


def emblem(job: Commission, box: Box, colours: Sequence[str], ground: str, number: int) -> str:
    """An emblem by number; `colours` are lead, second and light."""
    settings: tuple[Emblem, ...] = (rising, arches, orbits, beams)
    return settings[number % len(settings)](job, box, colours, ground)


def rising(job: Commission, box: Box, colours: Sequence[str], ground: str) -> str:
    """A large disc over waves from edge to edge."""
    x, y = box.centre
    r = min(box.w * 0.4, box.h * 0.46)
    lead, second, light = colours
    parts = [
        _halo(job, x, y - r * 0.1, r, light),
        circle(x, y - r * 0.08, r, light),
        circle(x, y - r * 0.08, r * 0.82, lead),
    ]
    top = y + r * 0.3
    step = (box.bottom - top) / _WAVES
    for place in range(_WAVES):
        shade = toned(second, max(0.16, lightness(second) - 0.075 * place), 1.0 - 0.06 * place)
        parts.append(path(_wave(box, top + step * place, box.bottom + step, step * 0.5, place), shade))
    return "".join(parts)


def _wave(box: Box, y: float, bottom: float, swing: float, place: int) -> str:
    wide = box.w / (2.2 + 0.45 * place)
    start = box.x - wide * (0.3 + 0.37 * (place % 2))
    steps: list[str | float] = ["M", start, y, "q", wide / 4, -swing, wide / 2, 0]
    at = start + wide / 2
    while at < box.right + wide:
        steps += ["t", wide / 2, 0]
        at += wide / 2
    return trace(*steps, "V", bottom, "H", start, "Z")


def arches(job: Commission, box: Box, colours: Sequence[str], ground: str) -> str:
    """Nested arches, from the second colour to the light one."""
    x, r = box.centre[0], min(box.w * 0.44, box.h * 0.56)
    lead, second, light = colours
    shades = (toned(second, max(0.3, lightness(second) - 0.1)), second, lead, toned(light, min(0.93, lightness(light))))
    parts = []
    for place, shade in enumerate(shades):
        w = r * (1 - 0.17 * place)
        top = box.y + box.h * (0.06 + 0.07 * place) + w
        d = trace("M", x - w, box.bottom, "V", top, "A", w, w, "0 0 1", x + w, top, "V", box.bottom, "Z")
        parts.append(path(d, shade))
    return "".join(parts)


def orbits(job: Commission, box: Box, colours: Sequence[str], ground: str) -> str:
    """Growing rings around a disc, with small discs on them."""
    x, y = box.centre
    r = min(box.w * 0.5, box.h * 0.37)
    lead, second, light = colours
    parts = [
        _halo(job, x, y, r * 0.6, lead),
        circle(x, y, r * 0.6, lead),
        circle(x, y, r * 0.48, toned(lead, lightness(lead) + 0.06)),
    ]
    for place in range(5):
        reach = r * (0.7 + 0.16 * place)
        parts.append(ring(x, y, reach, second if place % 2 else light, (4.5 - 0.5 * place) * job.unit, 'opacity=".85"'))
        at = (place * 2.1 + job.index) % (2 * pi)
        if job.detail > LOW:
            parts.append(circle(x + cos(at) * reach, y + sin(at) * reach, (15 - 2 * place) * job.unit, light))
    return "".join(parts)


def beams(job: Commission, box: Box, colours: Sequence[str], ground: str) -> str:
    """Beams to the edges of the box, and discs in the centre."""
    x, y = box.centre
    lead, second, light = colours
    r, far = min(box.w, box.h) * 0.42, (box.w + box.h) * 0.6
    shade, parts = toned(ground, lightness(ground) + (0.07 if lightness(ground) < 0.6 else -0.05), 1.1), []
    for i in range(24):
        a, b = 2 * pi * i / 24, 2 * pi * (i + 0.5) / 24
        parts.append(
            polygon([(x, y), (x + cos(a) * far, y + sin(a) * far), (x + cos(b) * far, y + sin(b) * far)], shade)
        )
    parts += [circle(x, y, r * 1.06, light), circle(x, y, r, lead), circle(x, y, r * 0.8, second)]
    return "".join([*parts, circle(x, y, r * 0.74, toned(second, min(0.9, lightness(second) + 0.06)))])


def night_grid(job: Commission, box: Box, colours: Sequence[str], ground: str) -> str:
    """A striped sun in the box over a glowing perspective grid from edge to edge of the page."""
    x, u = box.centre[0], job.unit
    lead, second, light = colours
    horizon = box.y + box.h * 0.62
    r = min(box.w * 0.36, box.h * 0.44)
    box = Box(x - job.page.w, box.y, job.page.w * 2, box.h)
    parts = [_halo(job, x, horizon - r * 0.35, r * 1.1, lead), fall("sinking", light, lead, toned(lead, 0.52))]
    parts.append(circle(x, horizon - r * 0.35, r, "url(#sinking)"))
    for place in range(6):
        top = horizon - r * 0.62 + r * 0.135 * place
        half = (r * r - max(0.0, top - (horizon - r * 0.35)) ** 2) ** 0.5
        parts.append(
            rect(x - half, top, 2 * half, r * (0.018 + 0.014 * place), toned(ground, lightness(ground) + 0.03))
        )
    parts.append(rect(box.x, horizon, box.w, box.bottom - horizon, toned(ground, 0.14)))
    for place in range(-9, 10):
        foot = x + place * box.w * 0.17
        parts.append(stroke(trace("M", x + place * box.w * 0.045, horizon, "L", foot, box.bottom), second, 2.2 * u))
    for place in range(9):
        y = horizon + (box.bottom - horizon) * (place / 8) ** 2
        parts.append(
            stroke(trace("M", box.x, y, "H", box.right), second if place else light, (2.2 if place else 4) * u)
        )
    return "".join(parts)


def _halo(job: Commission, x: float, y: float, r: float, light: str) -> str:
    if job.detail == LOW:
        return ""
    return glow("halo", f"{light}@.55", f"{light}@.18", f"{light}@0") + circle(x, y, r * 1.7, "url(#halo)")

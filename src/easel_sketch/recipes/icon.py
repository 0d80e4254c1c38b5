"""An app icon: a square with continuous corners, a gradient, and a simple mark for the subject. Prints no text."""

from math import cos, pi, sin

from easel_sketch.colour.mixing import mix
from easel_sketch.colour.tone import hue_gap, lightness, tone, toned
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.ink import circle, glow, moved, oval, path, polygon, ring, stroke, trace
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.drawing.shown import shown
from easel_sketch.parts.asked import asked_drawings

_CORNER = 5.0  # exponent of the superellipse
_POINTS = 128
_SHARE = 0.62  # the icon's side as a share of the page's shorter one
_WHOLE = 0.94  # the same on a transparent ground
_NEAR = (14, 75)  # degrees
_TURNS = (38, -34, -42, 46)
_NEUTRAL = ("#eef0f3", "#f3f1ee", "#e9edf0", "#f1eef2")


def draw(job: Commission) -> str:
    page = job.page
    side = min(page.w, page.h) * (_WHOLE if job.transparent else _SHARE)
    x, y = page.centre
    top, low = _colours(job)
    parts = [_gradient(job, top, low)]
    if not job.transparent:
        parts.append(_shade(job, x, y, side, low))
    parts.append(f'<path d="{_square(x, y, side / 2)}" fill="url(#face)"/>')
    parts.append(_light(job, x, y, side, top))
    parts.append(_mark(job, x, y, side, low))
    return _ground(job) + page.svg("".join(parts)) + ("" if job.transparent else grain_overlay(job, 0.15))


def _colours(job: Commission) -> tuple[str, str]:
    """The gradient's ends, light enough to glow and dark enough for a white mark.

    The second is an accent of a neighbouring hue, else a turned first: opposite hues would be muddy between.
    """
    palette = job.palette
    first = palette.accent(0)
    near = [colour for colour in palette.accents[1:] if _NEAR[0] < hue_gap(colour, first) < _NEAR[1]]
    second = near[0] if near else toned(first, lightness(first), turn=_TURNS[job.index % 4])
    soft = palette.name in ("pastel", "medical")
    high, deep = (0.79, 0.62) if soft else (0.7, 0.5)
    return (
        toned(first, min(high + 0.04, max(high - 0.08, lightness(first) + 0.08)), 0.95),
        toned(second, min(deep + 0.06, max(deep - 0.06, lightness(second) - 0.05)), 1.05),
    )


def _gradient(job: Commission, top: str, low: str) -> str:
    """From corner to corner, from top to bottom, or around a light spot."""
    middle = mix(top, low, 0.5)
    middle = toned(middle, lightness(middle), 1.0 + min(0.5, 0.06 / max(0.03, tone(middle).chroma)))
    if job.index % 4 == 2:
        stops = ((0, top), (0.55, middle), (1, low))
        inner = "".join(f'<stop offset="{at}" stop-color="{colour}"/>' for at, colour in stops)
        return f'<defs><radialGradient id="face" cx=".35" cy=".25" r="1">{inner}</radialGradient></defs>'
    ends = ('x1="0" y1="0" x2="1" y2="1"', 'x1="0" y1="0" x2="0" y2="1"', "", 'x1="1" y1="0" x2="0" y2="1"')
    inner = "".join(
        f'<stop offset="{at}" stop-color="{colour}"/>' for at, colour in ((0, top), (0.5, middle), (1, low))
    )
    return f'<defs><linearGradient id="face" {ends[job.index % 4]}>{inner}</linearGradient></defs>'


def _ground(job: Commission) -> str:
    if job.transparent:
        return ""
    base = mix(_NEUTRAL[job.index % len(_NEUTRAL)], job.palette.accent(0), 0.04)
    base = mix(job.palette.ground, "#000000", 0.1) if job.palette.dark else base
    light = mix(base, "#ffffff", 0.04 if job.palette.dark else 0.55)
    return job.page.div("", f"background-image:radial-gradient(circle at 50% 40%,{light},{base} 78%);")


def _square(x: float, y: float, r: float) -> str:
    """A superellipse: its corners bend without a visible start."""
    points = []
    for step in range(_POINTS):
        at = 2 * pi * step / _POINTS
        c, s = cos(at), sin(at)
        points.append(
            (
                x + r * (1 if c > 0 else -1) * abs(c) ** (2 / _CORNER),
                y + r * (1 if s > 0 else -1) * abs(s) ** (2 / _CORNER),
            )
        )
    return trace("M", *points[0]) + "".join(trace("L", *point) for point in points[1:]) + "Z"


def _shade(job: Commission, x: float, y: float, side: float, low: str) -> str:
    """A soft shadow below, in the icon's own colour."""
    if job.detail == LOW:
        return ""
    deep = mix(low, "#101322", 0.5)
    layers = ((1.0, 0.05, 0.05), (1.03, 0.075, 0.035), (1.07, 0.1, 0.025), (1.11, 0.12, 0.018), (1.15, 0.14, 0.012))
    return "".join(
        f'<path d="{_square(x, y + side * drop, side / 2 * size)}" fill="{deep}" opacity="{share}"/>'
        for size, drop, share in reversed(layers)
    )


def _light(job: Commission, x: float, y: float, side: float, top: str) -> str:
    """A gleam in the upper half, within the shape."""
    if job.detail == LOW:
        return ""
    r = side / 2
    clip = f'<defs><clipPath id="cut"><path d="{_square(x, y, r)}"/></clipPath></defs>'
    gleam = glow("gleam", "#ffffff@.3", "#ffffff@0")
    spot = ((-0.5, -0.7), (0.0, -0.9), (-0.35, -0.5), (0.6, -0.7))[job.index % 4]
    drawn = circle(x + spot[0] * r, y + spot[1] * r, r * 1.3, "url(#gleam)")
    if job.index % 4 == 1:
        drawn += "".join(ring(x, y, r * (0.62 + 0.26 * n), "#ffffff", r * 0.12, 'opacity=".09"') for n in range(3))
    if job.index % 4 == 3:
        wave = trace(
            "M", x - r, y + r * 0.42, "C", x - r * 0.3, y + r * 0.1, x + r * 0.3, y + r * 0.8, x + r, y + r * 0.3
        )
        drawn += path(wave + trace("V", y + r, "H", x - r, "Z"), mix(top, "#ffffff", 0.3), 'opacity=".25"')
    return f'{clip}{gleam}<g clip-path="url(#cut)">{drawn}</g>'


def _mark(job: Commission, x: float, y: float, side: float, low: str) -> str:
    """The subject's drawing in white, or a mark of plain forms."""
    r = side * 0.29
    if "breath" in job.brief.variants.get("icon", ()):
        return shown((_lotus, _lotus_in_rings, _lotus_in_wind, _lotus_of_lines)[job.index % 4](x, y, r), "lotus")
    names = asked_drawings(job)
    if names:
        pale = "#ffffff"
        ramp = (mix(low, pale, 0.12), mix(low, pale, 0.45), mix(low, pale, 0.8), pale, pale)
        if len(names) == 1:
            return icons.placed(names[0], x, y, side * 0.56, ramp)
        main = icons.placed(names[0], x - side * 0.08, y - side * 0.06, side * 0.5, ramp)
        return main + icons.placed(names[1], x + side * 0.22, y + side * 0.22, side * 0.28, ramp)
    return (_rings, _spark, _petals, _wind)[job.index % 4](x, y, r)


def _rings(x: float, y: float, r: float) -> str:
    """Rings that grow outwards and fade, as a breath does."""
    return (
        circle(x, y, r * 1.12, "#ffffff", 'opacity=".22"')
        + circle(x, y, r * 0.8, "#ffffff", 'opacity=".38"')
        + circle(x, y, r * 0.46, "#ffffff")
    )


def _petal(r: float, long: float, wide: float) -> str:
    return trace("M", 0, 0, "C", -r * wide, -r * long * 0.35, -r * wide, -r * long * 0.75, 0, -r * long) + trace(
        "C", r * wide, -r * long * 0.75, r * wide, -r * long * 0.35, 0, 0, "Z"
    )


def _lotus(x: float, y: float, r: float) -> str:
    """Seven petals over a line of water, the middle one in front."""
    foot = y + r * 0.62
    parts = []
    for turn, long, share in (
        (78, 1.15, 0.5),
        (-78, 1.15, 0.5),
        (50, 1.38, 0.62),
        (-50, 1.38, 0.62),
        (25, 1.5, 0.78),
        (-25, 1.5, 0.78),
    ):
        parts.append(moved(x, foot, path(_petal(r, long, 0.46), "#ffffff", f'opacity="{share}"'), turn))
    parts.append(moved(x, foot, path(_petal(r, 1.62, 0.5), "#ffffff")))
    line = trace("M", x - r * 0.62, foot + r * 0.3, "Q", x, foot + r * 0.44, x + r * 0.62, foot + r * 0.3)
    return "".join(parts) + stroke(line, "#ffffff", r * 0.1, 'opacity=".85"')


def _lotus_in_rings(x: float, y: float, r: float) -> str:
    """Rings that grow outwards and fade, as a breath does, around the flower."""
    rings = "".join(
        circle(x, y, r * size, "#ffffff", f'opacity="{share}"')
        for size, share in ((1.5, 0.13), (1.18, 0.17), (0.86, 0.2))
    )
    return rings + _lotus(x, y - r * 0.02, r * 0.6)


def _lotus_in_wind(x: float, y: float, r: float) -> str:
    """The flower between two lines of wind."""
    return _wind(x, y - r * 0.78, r * 0.86) + _lotus(x, y + r * 0.82, r * 0.6)


def _lotus_of_lines(x: float, y: float, r: float) -> str:
    """The outlines of five petals."""
    foot, width = y + r * 0.8, r * 0.1
    turns = ((72, 1.25), (-72, 1.25), (36, 1.55), (-36, 1.55), (0, 1.75))
    return "".join(moved(x, foot, stroke(_petal(r, long, 0.52), "#ffffff", width), turn) for turn, long in turns)


def _wind(x: float, y: float, r: float) -> str:
    """Two lines of wind, each curled at its end."""
    width = r * 0.16
    upper = trace(
        *("M", x - r * 1.05, y + r * 0.06, "H", x + r * 0.42),
        *("A", r * 0.36, r * 0.36, 0, "1", "0", x + r * 0.06, y - r * 0.3),
    )
    lower = trace("M", x - r * 0.6, y + r * 0.46, "H", x + r * 0.66) + trace(
        "A", r * 0.3, r * 0.3, 0, "1", "1", x + r * 0.36, y + r * 0.76
    )
    return stroke(upper, "#ffffff", width) + stroke(lower, "#ffffff", width, 'opacity=".8"')


def _spark(x: float, y: float, r: float) -> str:
    points = []
    for step in range(8):
        reach = r * (1.15 if step % 2 == 0 else 0.3)
        points.append((x + sin(pi * step / 4) * reach, y - cos(pi * step / 4) * reach))
    rim = f'stroke="#ffffff" stroke-width="{r * 0.14:.1f}" stroke-linejoin="round"'
    return polygon(points, "#ffffff", rim) + circle(x + r * 0.82, y - r * 0.82, r * 0.16, "#ffffff", 'opacity=".8"')


def _petals(x: float, y: float, r: float) -> str:
    parts = [moved(x, y, oval(0, -r * 0.55, r * 0.42, r * 0.62, "#ffffff", 'opacity=".55"'), 72 * n) for n in range(5)]
    return "".join(parts) + circle(x, y, r * 0.3, "#ffffff")

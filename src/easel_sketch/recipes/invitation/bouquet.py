"""Flowers and leaves: sprigs, blossoms, bouquets and garlands, in an image's colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin
from random import Random

from easel_sketch.colour.tone import Tone, hex_of, lightness, tone, toned
from easel_sketch.drawing.commission import HIGH, LOW, Commission
from easel_sketch.drawing.ink import circle, path, stroke, trace

_GREEN = (105, 175)
_LEAF = "#86a07c"
EUCALYPTUS = "eucalyptus"


@dataclass(frozen=True, slots=True)
class Garden:
    """The colours of flowers and leaves; with `round` the leaves of the sprigs are those of eucalyptus."""

    flowers: tuple[str, ...]
    leaves: tuple[str, ...]
    heart: str
    round: bool = False


def garden(job: Commission, paper: str) -> Garden:
    """Leaves in the palette's green if it has one, else in a natural green or the second named colour."""
    accents = job.palette.accents[:3]
    green = next((colour for colour in accents if _GREEN[0] < tone(colour).hue < _GREEN[1]), "")
    named = "#" in job.palette.name
    leaf = green or (toned(accents[1 % len(accents)], 0.62, 0.8) if named else _LEAF)
    flowers = tuple(colour for colour in accents if colour != green) or accents
    dark = lightness(paper) < 0.4
    petals = tuple(_petal(colour, dark=dark) for colour in flowers[:2])
    light = lightness(leaf)
    leaves = tuple(toned(leaf, min(0.85, max(0.38, light + step)), 0.9) for step in (0.02, 0.09, -0.08))
    asked = any(one.drawing == EUCALYPTUS for one in job.brief.subjects)
    return Garden(petals, leaves, toned("#e3b75a", 0.8), asked)


def _petal(colour: str, *, dark: bool) -> str:
    own = tone(colour)
    light = min(0.82, max(0.62 if dark else 0.66, own.light))
    return hex_of(Tone(light, own.chroma + max(0.0, own.light - light) * 0.3, own.hue))


def corner(job: Commission, garden_: Garden, size: float, seed: int) -> str:
    """A bouquet that extends from the origin to the right and down by about `size`."""
    rng, s = Random(seed), size  # noqa: S311  repeatable, no secrets
    parts = [
        leaf((s * 0.02, s * 0.02), degrees * pi / 180, s * 0.44, garden_.leaves[place % 3], veined=job.detail == HIGH)
        for place, degrees in enumerate((-8, 98, 10, 80, 28, 62))
    ]
    for place, degrees in enumerate((2, 16, 30, 46, 62, 76, 89)):
        reach = s * (1.02, 0.84, 0.7, 0.6, 0.72, 0.86, 1.0)[place] * rng.uniform(0.94, 1.05)
        at = degrees * pi / 180
        start = (cos(at) * s * 0.1, sin(at) * s * 0.1)
        bend, tint = rng.uniform(-0.2, 0.2), garden_.leaves[place % 3]
        parts.append(sprig(start, at, reach, tint, job.detail, bend=bend, rounded=garden_.round))
    if job.detail > LOW:
        parts += [_berries(garden_, at * pi / 180, s * reach) for at, reach in ((24, 0.86), (66, 0.9))]
    spots = ((0.3, 0.29, 0.2), (0.62, 0.15, 0.125), (0.14, 0.62, 0.13), (0.86, 0.07, 0.07), (0.06, 0.88, 0.07))
    for place, (x, y, r) in enumerate(spots):
        if r < 0.1 and job.detail == LOW:
            continue
        fill = garden_.flowers[(place + seed) % len(garden_.flowers)]
        make = blossom if r > 0.12 and place != 1 else daisy
        parts.append(make(x * s, y * s, r * s, fill, garden_.heart, job.detail, turn=rng.uniform(0, pi)))
    return "".join(parts)


def swag(job: Commission, garden_: Garden, w: float, drop: float, seed: int) -> str:
    """A garland from (0, 0) to (w, 0), with the largest flowers in the middle."""
    rng = Random(seed)  # noqa: S311  repeatable, no secrets
    count = max(7, round(w / (drop * 0.42)))
    parts, heads = [], []
    for i in range(count + 1):
        t = i / count
        x, y = w * t, drop * 0.55 * sin(pi * t)
        for side in (-1, 1):
            at = pi / 2 + side * rng.uniform(0.5, 1.2) + (0.5 - t) * 0.9
            reach = drop * rng.uniform(0.34, 0.6)
            tint = garden_.leaves[(i + side) % 3]
            parts.append(sprig((x, y), at, reach, tint, LOW, bend=0.15 * side, rounded=garden_.round))
        heads.append((x, y, drop * (0.1 + 0.13 * sin(pi * t)) * (1.15 if i % 2 else 0.8)))
    for i, (x, y, r) in enumerate(heads):
        make = daisy if i % 3 == 1 else blossom
        fill = garden_.flowers[i % len(garden_.flowers)]
        parts.append(make(x, y, r, fill, garden_.heart, job.detail, turn=rng.uniform(0, pi)))
    return "".join(parts)


def sprig(
    start: tuple[float, float],
    at: float,
    reach: float,
    fill: str,
    detail: int,
    *,
    bend: float = 0.0,
    rounded: bool = False,
) -> str:
    """A stem with paired leaves, long or `rounded`, and one at its tip."""
    x, y = start
    dx, dy = cos(at), sin(at)
    stem = toned(fill, lightness(fill) - 0.08)

    def point(t: float) -> tuple[float, float]:
        sway = bend * reach * t * t
        return x + dx * reach * t - dy * sway, y + dy * reach * t + dx * sway

    middle, tip = point(0.55), point(0.94)
    parts = [stroke(trace("M", x, y, "Q", *middle, *tip), stem, max(1.0, reach * 0.014))]
    pairs = 4 if detail == LOW else 6
    for i in range(pairs):
        t = 0.14 + 0.76 * i / (pairs - 1)
        size = reach * (0.27 - 0.12 * t)
        for side in (-1, 1):
            tint = fill if side > 0 else toned(fill, min(0.9, lightness(fill) + 0.05))
            turn = at + side * 0.72 + bend * t * 2
            if rounded:
                parts.append(_coin(point(t), at + side * 1.2 + bend * t * 2, size * 0.62, tint))
            else:
                parts.append(leaf(point(t), turn, size, tint, veined=detail == HIGH))
    parts.append(leaf(tip, at + bend * 2, reach * 0.17, fill, veined=detail == HIGH))
    return "".join(parts)


def _coin(start: tuple[float, float], at: float, reach: float, fill: str) -> str:
    """A round leaf that touches its stem."""
    return circle(start[0] + cos(at) * reach * 0.56, start[1] + sin(at) * reach * 0.56, reach * 0.54, fill)


def leaf(start: tuple[float, float], at: float, reach: float, fill: str, *, veined: bool = False) -> str:
    x, y = start
    dx, dy, wide = cos(at) * reach, sin(at) * reach, 0.36
    one = (x + dx * 0.45 - dy * wide, y + dy * 0.45 + dx * wide)
    other = (x + dx * 0.45 + dy * wide, y + dy * 0.45 - dx * wide)
    body = path(trace("M", x, y, "Q", *one, x + dx, y + dy, "Q", *other, x, y, "Z"), fill)
    if not veined:
        return body
    vein = trace("M", x, y, "L", x + dx * 0.8, y + dy * 0.8)
    return body + stroke(vein, toned(fill, lightness(fill) - 0.06), max(0.6, reach * 0.03))


def blossom(x: float, y: float, r: float, fill: str, heart: str, detail: int, *, turn: float = 0.0) -> str:
    """A double flower: rings of round petals of decreasing size."""
    light = lightness(fill)
    rings = ((1.0, 8, -0.05), (0.78, 7, 0.03), (0.54, 6, -0.03), (0.34, 5, -0.1))[: 3 + (detail > LOW)]
    parts = []
    for ring_, (reach, count, step) in enumerate(rings):
        shade = toned(fill, min(0.95, light + step))
        edge = toned(fill, min(0.95, light + step) - 0.07)
        for i in range(count):
            at = turn + ring_ * 0.4 + 2 * pi * i / count
            cx, cy, size = x + cos(at) * r * reach * 0.55, y + sin(at) * r * reach * 0.55, r * reach * 0.47
            extra = f'stroke="{edge}" stroke-width="{r * 0.02:.1f}"' if detail == HIGH else ""
            parts.append(circle(cx, cy, size, shade, extra))
    return "".join([*parts, circle(x, y, r * 0.14, heart)])


def daisy(x: float, y: float, r: float, fill: str, heart: str, detail: int, *, turn: float = 0.0) -> str:
    """A single flower: narrow petals around a centre."""
    pale = toned(fill, min(0.95, lightness(fill) + 0.1), 0.7)
    count = 9 if detail == LOW else 13
    petals = (leaf((x, y), turn + 2 * pi * i / count, r, pale if i % 2 else fill) for i in range(count))
    return "".join(petals) + circle(x, y, r * 0.27, heart)


def _berries(garden_: Garden, at: float, reach: float) -> str:
    tip = (cos(at) * reach, sin(at) * reach)
    fill = garden_.flowers[-1]
    parts = [stroke(trace("M", tip[0] * 0.3, tip[1] * 0.3, "L", *tip), garden_.leaves[2], reach * 0.008)]
    for t, off in ((1.0, 0.0), (0.9, 0.05), (0.84, -0.05), (0.74, 0.045)):
        parts.append(circle(tip[0] * t - tip[1] * off, tip[1] * t + tip[0] * off, reach * 0.02, fill))
    return "".join(parts)


def placed(drawing: str, x: float, y: float, *, across: int = 1, down: int = 1) -> str:
    """A drawing moved to (x, y) and mirrored: `across` or `down` of -1 for a right or a lower corner."""
    return f'<g transform="translate({x:.1f} {y:.1f}) scale({across} {down})">{drawing}</g>'


def bunting(job: Commission, w: float, drop: float, colours: Sequence[str]) -> str:
    """Pennants on a sagging line from (0, 0) to (w, 0)."""
    count = max(6, round(w / (drop * 0.62)))
    line, parts = [], []
    for i in range(count + 1):
        t = i / count
        line.append((w * t, drop * 0.8 * sin(pi * t)))
    for i, ((x0, y0), (x1, y1)) in enumerate(pairwise(line)):
        tip = ((x0 + x1) / 2 + (y0 - y1) * 0.3, (y0 + y1) / 2 + drop * 0.62)
        gap = (x1 - x0) * 0.08
        d = trace("M", x0 + gap, y0, "L", x1 - gap, y1, "L", *tip, "Z")
        parts.append(path(d, colours[i % len(colours)]))
    cord = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line)
    return stroke(cord, job.palette.ink, 2.2 * job.unit) + "".join(parts)

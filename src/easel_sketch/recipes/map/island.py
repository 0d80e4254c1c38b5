"""The background of an antique map: a fictional island in a sea with waves."""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, hypot, pi, sin

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.commission import HIGH, LOW, Commission
from easel_sketch.drawing.ink import circle, path, rect, stroke, trace
from easel_sketch.recipes.map.terrain import Tones

Spot = tuple[float, float]


def island(job: Commission, tones: Tones, taken: Sequence[Spot]) -> str:
    """A coast with shallows, hills and trees, waves around it, and a dotted trail to a cross.

    Hills and trees keep clear of the points in `taken`.
    """
    page, u = job.page, job.unit
    coast = _coast(job)
    shallow = mix(tones.water, tones.land, 0.5)
    sea = rect(0, 0, page.w, page.h, tones.water) + (_waves(job, tones.water) if job.detail > LOW else "")
    rims = ((150, 0.18), (84, 0.5))[: 2 if job.detail > LOW else 1]
    parts = [sea]
    for width, share in rims:
        tone = mix(tones.water, tones.land, share)
        parts.append(path(coast, tone, f'stroke="{tone}" stroke-width="{width * u:.0f}" stroke-linejoin="round"'))
    edge = f'stroke="{tones.ink}" stroke-width="{5 * u:.1f}" stroke-linejoin="round"'
    parts.append(path(coast, mix(tones.land, shallow, 0.04), edge))
    return "".join([*parts, *_growth(job, tones, taken), _trail(job, taken)])


def _coast(job: Commission) -> str:
    """A closed smooth line around a point a little below the page's centre."""
    page = job.page
    x, y, count = page.w * 0.5, page.h * 0.56, 40
    spots = []
    for i in range(count):
        at = 2 * pi * i / count
        reach = 0.41 + 0.022 * sin(at * 3 + job.index) + 0.018 * cos(at * 5 + 1.3) + 0.012 * sin(at * 9 + job.index * 2)
        spots.append((x + cos(at) * page.w * reach * 1.04, y + sin(at) * page.h * reach * 0.94))
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise([*spots, spots[0]])]
    steps = [
        trace("Q", *spot, *middle)
        for spot, middle in zip(spots[1:] + spots[:1], middles[1:] + middles[:1], strict=True)
    ]
    return trace("M", *middles[0]) + "".join(steps) + "Z"


def _waves(job: Commission, water: str) -> str:
    u, page, rng = job.unit, job.page, job.rng
    tone, drawn = mix(water, "#3d6f78", 0.3), []
    for _ in range(46 if job.detail == HIGH else 24):
        x, y, s = rng.uniform(0, page.w), rng.uniform(0, page.h), rng.uniform(12, 20) * u
        drawn.append(trace("M", x - 2 * s, y, "q", s * 0.5, -s * 0.7, s, 0, "q", s * 0.5, -s * 0.7, s, 0))
    return stroke("".join(drawn), tone, 3 * u)


def _growth(job: Commission, tones: Tones, taken: Sequence[Spot]) -> list[str]:
    """Hills and trees, from back to front."""
    page, u, rng = job.page, job.unit, job.rng
    shares = [(rng.uniform(-0.28, 0.28), rng.uniform(-0.26, 0.28)) for _ in range((6, 12, 20)[job.detail])]
    parts = []
    for dx, dy in sorted(shares, key=lambda share: share[1]):
        spot, s, hilly = (page.w * (0.5 + dx), page.h * (0.56 + dy)), rng.uniform(28, 44) * u, rng.random() < 0.45
        if not _near(taken, spot, 150 * u):
            parts.append(_hill(tones, *spot, s, 3.4 * u) if hilly else _tree(tones, *spot, s, 2.7 * u))
    return parts


def _hill(tones: Tones, x: float, y: float, s: float, width: float) -> str:
    top = y - s * 1.1
    ridge = trace(
        *("M", x - s * 1.2, y, "Q", x - s * 0.2, y - s * 2, x, top),
        *("Q", x + s * 0.4, y - s, x + s * 1.2, y),
    )
    flank = trace("M", x, top, "Q", x + s * 0.1, y - s * 0.5, x - s * 0.15, y - s * 0.1)
    return path(ridge, mix(tones.land, tones.ink, 0.16)) + stroke(ridge + flank, tones.ink, width)


def _tree(tones: Tones, x: float, y: float, s: float, width: float) -> str:
    rim = f'stroke="{tones.ink}" stroke-width="{width:.1f}"'
    crown = circle(x, y - s * 0.85, s * 0.45, mix("#7f9a5b", tones.land, 0.2), rim)
    return rect(x - width, y - s * 0.5, 2 * width, s * 0.5, tones.ink) + crown


def _near(taken: Sequence[Spot], spot: Spot, reach: float) -> bool:
    return any(hypot(spot[0] - x, (spot[1] - y) * 1.2) < reach for x, y in taken)


def _trail(job: Commission, taken: Sequence[Spot]) -> str:
    """From a shore to the point of the island farthest from the labels."""
    page, u = job.page, job.unit
    w, h, red = page.w, page.h, "#b3392f"
    places = [(w * x, h * y) for x in (0.3, 0.42, 0.55, 0.68, 0.74) for y in (0.36, 0.47, 0.58, 0.69, 0.8)]

    def free(spot: Spot) -> float:
        return min((hypot(spot[0] - x, spot[1] - y) for x, y in taken), default=0.0)

    x, y = max(places, key=free) if taken else places[17]
    x0, y0 = (w * 0.18, h * 0.66) if x > w * 0.45 else (w * 0.8, h * 0.62)
    third, lean = (x - x0) / 3, h * 0.14
    start = x - third * 0.22
    way = trace("M", x0, y0, "C", x0 + third, y0 - lean, x0 + 2 * third, y + lean, start, y + lean * 0.16)
    s = 26 * u
    cross = trace("M", x - s, y - s, "L", x + s, y + s, "M", x + s, y - s, "L", x - s, y + s)
    return stroke(way, red, 7 * u, f'stroke-dasharray="{4 * u:.0f} {22 * u:.0f}"') + stroke(cross, red, 11 * u)

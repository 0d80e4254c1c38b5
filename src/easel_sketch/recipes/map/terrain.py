"""The background of a fictional town map: blocks, parks, a main street, a river."""

from dataclasses import dataclass
from itertools import pairwise

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.ink import circle, rect, smooth, stroke, trace

_SLANTS = (-14, 9, -6, 17)


@dataclass(frozen=True, slots=True)
class Tones:
    """The colours of a map."""

    land: str
    water: str
    ink: str
    plate: str


def modern(job: Commission) -> Tones:
    palette = job.palette
    land = palette.ground if palette.dark else mix("#eef0ea", palette.ground, 0.35)
    water = mix(palette.ground, palette.accent(0), 0.35) if palette.dark else mix("#9fd0ea", palette.accent(0), 0.12)
    return Tones(land, water, palette.ink, palette.surface)


def antique() -> Tones:
    return Tones("#ecd9b0", mix("#9cc7c9", "#ead7ae", 0.4), "#4a2f17", "#fbf0d6")


def town(job: Commission, tones: Tones) -> str:
    """Blocks between slightly slanted streets, parks, a main street and a river."""
    page, u = job.page, job.unit
    x, y = page.centre
    road = mix(tones.land, "#ffffff", 0.2) if job.palette.dark else "#ffffff"
    turned = f'<g transform="rotate({_SLANTS[job.index % 4]} {x:.0f} {y:.0f})">{"".join(_blocks(job, tones.land))}</g>'
    avenue = trace("M", page.w * 0.08, page.h, "L", page.w * 0.92, 0)
    if job.index % 2:
        avenue = trace("M", 0, page.h * 0.2, "L", page.w, page.h * 0.86)
    parts = [rect(0, 0, page.w, page.h, road), turned, stroke(avenue, mix("#f7d98b", tones.land, 0.2), 26 * u)]
    return "".join([*parts, _river(job, tones.water)])


def _river(job: Commission, water: str) -> str:
    page, u = job.page, job.unit
    spots = [(page.w * i / 6, page.h * (0.62 + 0.1 * job.rng.uniform(-1, 1) - 0.05 * i)) for i in range(-1, 8)]
    course = trace("M", *spots[0]) + smooth(spots)
    bank, stream = mix(water, "#ffffff", 0.4), mix(water, "#ffffff", 0.3)
    dashes = stroke(course, stream, 4 * u, f'stroke-dasharray="{30 * u:.0f} {60 * u:.0f}"')
    return stroke(course, bank, 112 * u) + stroke(course, water, 94 * u) + (dashes if job.detail > LOW else "")


def _lines(job: Commission, step: float, most: float) -> list[float]:
    """The positions of the streets in one direction."""
    far = max(job.page.w, job.page.h) * 1.3
    found, at = [], -far * 0.2
    while at < far:
        found.append(at)
        at += step * job.rng.uniform(0.65, most)
    return found


def _blocks(job: Commission, land: str) -> list[str]:
    u, dark, rng = job.unit, job.palette.dark, job.rng
    block = mix(land, job.palette.ink, 0.06)
    green = mix(land, "#3f8a5c", 0.4) if dark else mix("#bfe0b0", land, 0.2)
    step = min(job.page.w, job.page.h) / (6, 8, 9)[job.detail]
    across, down, parts = _lines(job, step, 1.5), _lines(job, step, 1.2), []
    for i, (a, b) in enumerate(pairwise(across)):
        for k, (c, d) in enumerate(pairwise(down)):
            park = rng.random() < 0.13
            gap = 22 * u if i % 3 == 0 or k % 4 == 0 else 12 * u
            parts.append(rect(a + gap / 2, c + gap / 2, b - a - gap, d - c - gap, green if park else block, 7 * u))
            if park and job.detail > LOW:
                tree = mix(green, "#3f7d4e", 0.45)
                parts += [
                    circle(a + (b - a) * rng.uniform(0.2, 0.8), c + (d - c) * rng.uniform(0.2, 0.8), 11 * u, tree)
                    for _ in range(5)
                ]
    return parts

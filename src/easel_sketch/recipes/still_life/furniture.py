"""Furniture as SVG. Every piece stands on (0, 0) and is drawn for a scale of `s` pixels."""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, radians, sin
from random import Random

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import moved, oval, path, polygon, rect, stroke, trace
from easel_sketch.recipes.still_life.seats import armchair, bed, chair, legs, sofa
from easel_sketch.scenery.vector.interior import Decor, lamplight


@dataclass(frozen=True, slots=True)
class Piece:
    """How to draw a piece, its width and height in units of the scale, and whether it is the main seat."""

    draw: Callable[[float, Decor, Random], str]
    wide: float
    high: float
    leads: bool = False


def _lamp(s: float, decor: Decor, rng: Random) -> str:
    """A lit floor lamp."""
    metal = mix(decor.dark, decor.wood, 0.3)
    shade = polygon(
        [(-s * 0.1, -s * 1.22), (s * 0.1, -s * 1.22), (s * 0.18, -s * 0.95), (-s * 0.18, -s * 0.95)],
        mix("#ffe6ae", decor.second, 0.12),
    )
    parts = [
        lamplight(0, -s * 1.0, s * 0.72, 0.6 if decor.night else 0.4),
        rect(-s * 0.01, -s * 0.95, s * 0.02, s * 0.93, metal),
    ]
    parts += [
        oval(0, -s * 0.015, s * 0.13, s * 0.026, metal),
        shade,
        rect(-s * 0.18, -s * 0.965, s * 0.36, s * 0.022, mix(decor.second, decor.dark, 0.1)),
    ]
    return "".join(parts)


def _plant(s: float, decor: Decor, rng: Random) -> str:
    """A potted plant with broad leaves."""
    parts = []
    for i, turn in enumerate((-64, -40, -18, 4, 24, 46, 68)):
        long = s * (0.5 + 0.16 * (i % 3 == 1) + 0.08 * (i % 2))
        at = radians(turn)
        x, y = sin(at) * long, -s * 0.24 - cos(at) * long
        tone = mix(decor.leaf, "#ffffff" if i % 2 else decor.dark, 0.14)
        parts.append(
            stroke(
                trace("M", 0, -s * 0.22, "Q", x * 0.3, y * 0.7, x * 0.8, y * 0.86),
                mix(decor.leaf, decor.dark, 0.3),
                s * 0.016,
            )
        )
        blade = trace(
            *("M", 0, 0, "C", s * 0.11, -s * 0.06, s * 0.1, -s * 0.24, 0, -s * 0.32),
            *("C", -s * 0.1, -s * 0.24, -s * 0.11, -s * 0.06, 0, 0, "Z"),
        )
        rib = stroke(trace("M", 0, -s * 0.02, "V", -s * 0.28), mix(tone, "#ffffff", 0.3), s * 0.008)
        parts.append(moved(x * 0.72, y * 0.8, path(blade, tone) + rib, turn * 1.15))
    pot = polygon([(-s * 0.16, -s * 0.27), (s * 0.16, -s * 0.27), (s * 0.115, 0), (-s * 0.115, 0)], decor.third)
    return "".join(
        [*parts, pot, rect(-s * 0.175, -s * 0.29, s * 0.35, s * 0.06, mix(decor.third, "#ffffff", 0.15), s * 0.015)]
    )


def _bookshelf(s: float, decor: Decor, rng: Random) -> str:
    wide, high, rows = s * 0.72, s * 1.32, 4
    inside = mix(decor.wood, decor.dark, 0.42)
    parts = [
        rect(-wide / 2, -high, wide, high, decor.wood, s * 0.012),
        rect(-wide / 2 + s * 0.03, -high + s * 0.03, wide - s * 0.06, high - s * 0.09, inside),
    ]
    cell = (high - s * 0.12) / rows
    for row in range(rows):
        foot = -high + s * 0.03 + cell * (row + 1)
        parts.append(books_on(s, decor, rng, -wide / 2 + s * 0.05, wide / 2 - s * 0.05, foot, cell * 0.78))
        parts.append(rect(-wide / 2, foot, wide, s * 0.025, decor.wood))
    return "".join(parts)


def books_on(
    s: float, decor: Decor, rng: Random, x: float, right: float, foot: float, tall: float, *, full: bool = False
) -> str:
    """A row of standing books from `x` to `right`; unless it is `full`, the shelf may end in a gap."""
    tones = (
        decor.main,
        decor.second,
        decor.third,
        decor.pale,
        mix(decor.main, decor.dark, 0.35),
        mix(decor.second, "#ffffff", 0.3),
        decor.leaf,
    )
    parts, stop = [], right - s * rng.choice((0.0,) if full else (0.0, 0.08, 0.18))
    while x < stop - s * 0.05:
        wide, high = s * rng.uniform(0.026, 0.052), tall * rng.uniform(0.7, 1.0)
        tone = rng.choice(tones)
        parts.append(
            rect(x, foot - high, wide, high, tone, s * 0.005)
            + rect(x, foot - high * 0.84, wide, high * 0.06, mix(tone, "#ffffff", 0.45))
        )
        x += wide + s * 0.003
    return "".join(parts)


def _side_table(s: float, decor: Decor, rng: Random) -> str:
    wood = mix(decor.wood, "#ffffff", 0.08)
    top = oval(0, -s * 0.38, s * 0.27, s * 0.045, wood)
    edge = rect(-s * 0.27, -s * 0.385, s * 0.54, s * 0.03, mix(wood, decor.dark, 0.18), s * 0.015)
    return legs(s, decor, (-0.16, 0.16), 0.37) + edge + top


def _low_table(s: float, decor: Decor, rng: Random) -> str:
    top = rect(-s * 0.5, -s * 0.4, s, s * 0.055, decor.wood, s * 0.02) + rect(
        -s * 0.5, -s * 0.4, s, s * 0.018, mix(decor.wood, "#ffffff", 0.25), s * 0.009
    )
    return legs(s, decor, (-0.42, 0.42), 0.36) + top


def _desk(s: float, decor: Decor, rng: Random) -> str:
    top = rect(-s * 0.78, -s * 0.6, s * 1.56, s * 0.06, decor.wood, s * 0.012) + rect(
        -s * 0.78, -s * 0.6, s * 1.56, s * 0.02, mix(decor.wood, "#ffffff", 0.25)
    )
    drawers = rect(s * 0.36, -s * 0.54, s * 0.36, s * 0.46, mix(decor.wood, decor.dark, 0.14), s * 0.01)
    fronts = "".join(
        rect(s * 0.38, -s * (0.52 - 0.15 * i), s * 0.32, s * 0.13, mix(decor.wood, "#ffffff", 0.1), s * 0.008)
        + rect(s * 0.5, -s * (0.465 - 0.15 * i), s * 0.08, s * 0.016, decor.dark, s * 0.008)
        for i in range(3)
    )
    return legs(s, decor, (-0.7, -0.66, 0.4, 0.68), 0.55) + drawers + fronts + top


def _counter(s: float, decor: Decor, rng: Random) -> str:
    """Kitchen cupboards with a worktop."""
    wide = s * 2.1
    parts = [
        rect(-wide / 2, -s * 0.62, wide, s * 0.62, decor.main),
        rect(-wide / 2, -s * 0.05, wide, s * 0.05, mix(decor.main, decor.dark, 0.4)),
    ]
    for i in range(4):
        x = -wide / 2 + wide * (i + 0.06) / 4
        parts.append(
            rect(x, -s * 0.56, wide * 0.22, s * 0.48, mix(decor.main, "#ffffff", 0.12), s * 0.012)
            + rect(x + wide * 0.07, -s * 0.5, wide * 0.08, s * 0.018, decor.pale, s * 0.009)
        )
    return "".join(
        [
            *parts,
            rect(
                -wide / 2 - s * 0.03, -s * 0.68, wide + s * 0.06, s * 0.07, mix(decor.wood, "#ffffff", 0.16), s * 0.012
            ),
        ]
    )


def _fireplace(s: float, decor: Decor, rng: Random) -> str:
    stone = mix(decor.pale, decor.wall, 0.3)
    parts = [
        rect(-s * 0.5, -s * 0.84, s, s * 0.84, stone),
        rect(-s * 0.58, -s * 0.92, s * 1.16, s * 0.1, mix(decor.wood, decor.dark, 0.2), s * 0.015),
    ]
    hole = trace("M", -s * 0.3, 0, "V", -s * 0.42, "Q", 0, -s * 0.64, s * 0.3, -s * 0.42, "V", 0, "Z")
    parts += [path(hole, "#2a1a1a"), lamplight(0, -s * 0.16, s * 0.6, 0.5)]
    for dx, r, tone in ((-0.1, 0.2, "#f2722c"), (0.1, 0.18, "#f2722c"), (0.0, 0.26, "#f79a3a"), (0.0, 0.16, "#ffd35c")):
        flame = trace(
            *("M", dx * s - r * s * 0.4, -s * 0.04),
            *("C", dx * s - r * s * 0.6, -s * r, dx * s, -s * r, dx * s, -s * (r + 0.14)),
            *("C", dx * s + r * s * 0.1, -s * r, dx * s + r * s * 0.7, -s * r * 0.9, dx * s + r * s * 0.4, -s * 0.04),
            "Z",
        )
        parts.append(path(flame, tone))
    return "".join([*parts, rect(-s * 0.2, -s * 0.06, s * 0.4, s * 0.06, "#6b452f", s * 0.03)])


PIECES = {
    "armchair": Piece(armchair, 0.8, 0.76, leads=True),
    "sofa": Piece(sofa, 1.5, 0.7, leads=True),
    "bed": Piece(bed, 1.42, 0.8, leads=True),
    "desk": Piece(_desk, 1.6, 0.62, leads=True),
    "kitchen": Piece(_counter, 2.15, 0.7, leads=True),
    "fireplace": Piece(_fireplace, 1.16, 0.92, leads=True),
    "bookshelf": Piece(_bookshelf, 0.76, 1.34),
    "lamp": Piece(_lamp, 0.4, 1.24),
    "plant": Piece(_plant, 0.62, 0.92),
    "table": Piece(_side_table, 0.58, 0.42),
    "low table": Piece(_low_table, 1.02, 0.4),
    "chair": Piece(chair, 0.5, 0.86),
}

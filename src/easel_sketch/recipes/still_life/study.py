"""Furniture of libraries, schools and offices as SVG. Each piece stands on (0, 0)."""

from random import Random

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import oval, polygon, rect, ring, stroke, trace
from easel_sketch.recipes.still_life.furniture import Piece, books_on
from easel_sketch.recipes.still_life.seats import chair, legs
from easel_sketch.scenery.vector.interior import Decor


def bookwall(s: float, decor: Decor, rng: Random) -> str:
    """A wall of shelves, full of books, with a ladder's rail."""
    wide, high, rows, columns = s * 1.3, s * 1.5, 5, 2
    parts = [
        rect(-wide / 2, -high, wide, high, decor.wood, s * 0.012),
        rect(
            -wide / 2 - s * 0.02,
            -high - s * 0.03,
            wide + s * 0.04,
            s * 0.06,
            mix(decor.wood, "#ffffff", 0.16),
            s * 0.01,
        ),
    ]
    cell, bay = (high - s * 0.14) / rows, (wide - s * 0.04) / columns
    for column in range(columns):
        x = -wide / 2 + s * 0.04 + column * bay
        parts.append(rect(x, -high + s * 0.06, bay - s * 0.04, high - s * 0.14, mix(decor.wood, decor.dark, 0.45)))
        for row in range(rows):
            foot = -high + s * 0.05 + cell * (row + 1)
            parts.append(books_on(s, decor, rng, x + s * 0.015, x + bay - s * 0.05, foot, cell * 0.8, full=True))
            parts.append(rect(x - s * 0.01, foot, bay - s * 0.02, s * 0.022, mix(decor.wood, "#ffffff", 0.1)))
    return "".join(parts)


def blackboard(s: float, decor: Decor, rng: Random) -> str:
    """A board on the wall with chalk drawings: a sum's lines, a triangle, a circle."""
    wide, high = s * 1.5, s * 0.72
    chalk = "#e9efe9"
    sums = " ".join(
        trace("M", -wide * 0.42, -high * y, "h", wide * w)
        for y, w in ((0.8, 0.26), (0.66, 0.2), (0.52, 0.24), (0.3, 0.3))
    )
    forms = trace("M", wide * 0.0, -high * 0.34, "l", wide * 0.09, -high * 0.4, "l", wide * 0.09, high * 0.4, "Z")
    return "".join((
        rect(-wide / 2 - s * 0.035, -high - s * 0.035, wide + s * 0.07, high + s * 0.07, decor.wood, s * 0.015),
        rect(-wide / 2, -high, wide, high, "#2f5d4c"),
        stroke(sums, chalk, s * 0.016, 'opacity=".85"') + stroke(forms, chalk, s * 0.014, 'opacity=".85"'),
        ring(wide * 0.34, -high * 0.55, s * 0.12, chalk, s * 0.014, 'opacity=".85"'),
        rect(-wide / 2, s * 0.01, wide, s * 0.035, mix(decor.wood, decor.dark, 0.25)),
        rect(-wide * 0.1, -s * 0.015, s * 0.08, s * 0.025, "#ffffff"),
        rect(wide * 0.06, -s * 0.015, s * 0.06, s * 0.025, "#f2c84b"),
    ))  # fmt: skip


def school_desk(s: float, decor: Decor, rng: Random) -> str:
    """A pupil's desk with a chair behind it."""
    back = f'<g transform="translate(0 {-s * 0.05:.1f}) scale(.72)">{chair(s, decor, rng)}</g>'
    top = rect(-s * 0.3, -s * 0.44, s * 0.6, s * 0.05, mix(decor.wood, "#ffffff", 0.22), s * 0.012)
    things = rect(-s * 0.18, -s * 0.465, s * 0.18, s * 0.025, decor.second) + rect(
        s * 0.06, -s * 0.455, s * 0.14, s * 0.014, "#f2b23a"
    )
    return (
        back
        + legs(s, decor, (-0.26, 0.26), 0.41)
        + rect(-s * 0.27, -s * 0.4, s * 0.54, s * 0.1, mix(decor.wood, decor.dark, 0.14))
        + top
        + things
    )


def office_desk(s: float, decor: Decor, rng: Random) -> str:
    """A desk with a screen, a keyboard, papers and a swivel chair."""
    seat = rect(-s * 0.6, -s * 0.86, s * 0.34, s * 0.4, decor.main, s * 0.06) + rect(
        -s * 0.45, -s * 0.46, s * 0.03, s * 0.4, decor.dark
    )
    top = rect(-s * 0.8, -s * 0.58, s * 1.6, s * 0.055, mix(decor.wood, "#ffffff", 0.14), s * 0.012)
    chest = rect(s * 0.4, -s * 0.53, s * 0.34, s * 0.5, decor.pale, s * 0.01)
    fronts = "".join(
        rect(s * 0.5, -s * (0.46 - 0.15 * i), s * 0.14, s * 0.018, decor.dark, s * 0.009) for i in range(3)
    )
    screen = rect(-s * 0.26, -s * 1.06, s * 0.58, s * 0.37, "#2c2f38", s * 0.02) + rect(
        -s * 0.235, -s * 1.035, s * 0.53, s * 0.3, mix(decor.second, "#ffffff", 0.5)
    )
    bars = "".join(
        rect(-s * (0.2 - 0.09 * i), -s * (0.76 + 0.05 * (i % 3 + 1)), s * 0.06, s * 0.05 * (i % 3 + 1), decor.main)
        for i in range(4)
    )
    stand = rect(s * 0.0, -s * 0.69, s * 0.06, s * 0.1, "#2c2f38") + rect(
        -s * 0.08, -s * 0.6, s * 0.22, s * 0.02, "#2c2f38"
    )
    papers = polygon(
        [(s * 0.42, -s * 0.6), (s * 0.66, -s * 0.6), (s * 0.64, -s * 0.625), (s * 0.44, -s * 0.625)], "#ffffff"
    )
    mug = rect(-s * 0.66, -s * 0.68, s * 0.09, s * 0.1, decor.third, s * 0.015)
    return seat + legs(s, decor, (-0.74, -0.7), 0.54) + chest + fronts + top + stand + screen + bars + papers + mug


def cabinet(s: float, decor: Decor, rng: Random) -> str:
    """A filing cabinet with a plant."""
    tone = mix(decor.second, decor.pale, 0.35)
    drawers = "".join(
        rect(-s * 0.2, -s * (0.86 - 0.28 * i), s * 0.4, s * 0.25, mix(tone, "#ffffff", 0.18), s * 0.01)
        + rect(-s * 0.07, -s * (0.77 - 0.28 * i), s * 0.14, s * 0.025, decor.dark, s * 0.012)
        for i in range(3)
    )
    leaves = "".join(
        oval(
            x * s,
            -s * 1.12,
            s * 0.045,
            s * 0.13,
            decor.leaf,
            f'transform="rotate({x * 200:.0f} {x * s:.1f} {-s * 1.0:.1f})"',
        )
        for x in (-0.12, -0.05, 0.04, 0.12)
    )
    return (
        leaves
        + rect(-s * 0.09, -s * 1.0, s * 0.18, s * 0.11, decor.third, s * 0.02)
        + rect(-s * 0.23, -s * 0.9, s * 0.46, s * 0.9, tone, s * 0.015)
        + drawers
    )


STUDY = {
    "bookwall": Piece(bookwall, 1.34, 1.53),
    "blackboard": Piece(blackboard, 1.57, 0.76),
    "school desk": Piece(school_desk, 0.62, 0.62),
    "office desk": Piece(office_desk, 1.6, 1.06),
    "cabinet": Piece(cabinet, 0.46, 1.25),
}

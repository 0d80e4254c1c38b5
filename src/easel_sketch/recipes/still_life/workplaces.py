"""Furniture of laboratories, workshops, gyms and railway cars as SVG, standing on (0, 0)."""

from random import Random

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, path, polygon, rect, stroke, trace
from easel_sketch.recipes.still_life.furniture import Piece
from easel_sketch.recipes.still_life.seats import legs
from easel_sketch.scenery.vector.interior import Decor


def bench(s: float, decor: Decor, rng: Random) -> str:
    return legs(s, decor, (-0.42, 0.42), 0.26) + rect(-s * 0.52, -s * 0.32, s * 1.04, s * 0.1, decor.main, s * 0.03)


def lab_bench(s: float, decor: Decor, rng: Random) -> str:
    """A bench with flasks, test tubes and a microscope."""
    wide = s * 2.0
    body = rect(-wide / 2, -s * 0.58, wide, s * 0.58, mix("#e9eef2", decor.main, 0.1)) + "".join(
        rect(
            -wide / 2 + wide * (i + 0.06) / 5,
            -s * 0.52,
            wide * 0.176,
            s * 0.44,
            mix("#ffffff", decor.main, 0.06),
            s * 0.01,
        )
        for i in range(5)
    )
    top = rect(-wide / 2 - s * 0.03, -s * 0.63, wide + s * 0.06, s * 0.06, "#49525e", s * 0.01)
    flask = "".join(
        path(
            trace(
                *("M", x * s - s * 0.025, -s * 0.92, "h", s * 0.05, "v", s * 0.11, "l", s * 0.09, s * 0.18),
                *("h", -s * 0.23, "l", s * 0.09, -s * 0.18, "Z"),
            ),
            "#dff1f5",
            'opacity=".9"',
        )
        + path(
            trace("M", x * s - s * 0.07, -s * 0.72, "h", s * 0.14, "l", s * 0.045, s * 0.09, "h", -s * 0.23, "Z"), tone
        )
        for x, tone in ((-0.7, "#5bc08a"), (-0.42, "#e06a8a"))
    )
    rack = rect(-s * 0.2, -s * 0.74, s * 0.4, s * 0.025, decor.wood) + "".join(
        rect(-s * 0.17 + i * s * 0.085, -s * 0.86, s * 0.04, s * 0.22, "#e3f3f6", s * 0.02)
        + rect(
            -s * 0.17 + i * s * 0.085,
            -s * (0.66 + 0.03 * (i % 3)),
            s * 0.04,
            s * (0.03 + 0.03 * (i % 3)),
            ("#4aa3e0", "#f2b23a", "#9c6bd0", "#5bc08a", "#e06a5a")[i],
            s * 0.015,
        )
        for i in range(5)
    )
    scope = (
        rect(s * 0.46, -s * 0.66, s * 0.26, s * 0.03, "#333a44", s * 0.01)
        + stroke(trace("M", s * 0.68, -s * 0.66, "Q", s * 0.78, -s * 0.88, s * 0.6, -s * 0.94), "#333a44", s * 0.05)
        + polygon([(s * 0.5, -s * 1.02), (s * 0.57, -s * 1.05), (s * 0.66, -s * 0.8), (s * 0.59, -s * 0.77)], "#5d6876")
        + rect(s * 0.5, -s * 0.75, s * 0.16, s * 0.02, "#333a44")
    )
    return body + top + flask + rack + scope


def lab_shelf(s: float, decor: Decor, rng: Random) -> str:
    """Shelves of jars and flasks on the wall."""
    parts = []
    for row, y in enumerate((0.0, -0.34)):
        for i in range(7):
            x, tone = (
                -s * 0.56 + i * s * 0.185,
                ("#5bc08a", "#4aa3e0", "#f2b23a", "#e06a5a", "#9c6bd0")[(i * 2 + row) % 5],
            )
            if i % 2:
                parts.append(
                    circle(x, y * s - s * 0.08, s * 0.07, mix(tone, "#ffffff", 0.25))
                    + rect(x - s * 0.02, y * s - s * 0.22, s * 0.04, s * 0.1, "#dff1f5")
                )
            else:
                parts.append(
                    rect(x - s * 0.05, y * s - s * 0.18, s * 0.1, s * 0.18, "#dff1f5", s * 0.015)
                    + rect(x - s * 0.05, y * s - s * 0.11, s * 0.1, s * 0.11, tone, s * 0.015)
                    + rect(x - s * 0.055, y * s - s * 0.2, s * 0.11, s * 0.035, decor.dark)
                )
        parts.append(rect(-s * 0.7, y * s, s * 1.4, s * 0.03, mix(decor.wood, "#ffffff", 0.1)))
    return "".join(parts)


def workbench(s: float, decor: Decor, rng: Random) -> str:
    """A heavy bench with a vice, planks and shavings."""
    wood = mix(decor.wood, decor.dark, 0.1)
    plank = polygon([(-s * 0.5, -s * 0.66), (s * 0.3, -s * 0.7), (s * 0.3, -s * 0.63), (-s * 0.5, -s * 0.6)], "#e2bd86")
    vice = rect(s * 0.56, -s * 0.76, s * 0.2, s * 0.13, "#5a6470", s * 0.015) + rect(
        s * 0.72, -s * 0.72, s * 0.16, s * 0.03, "#8b96a3", s * 0.015
    )
    shavings = "".join(
        circle(x * s, -s * 0.02, s * 0.03, "none", f'stroke="#e2bd86" stroke-width="{s * 0.014:.1f}"')
        for x in (-0.5, -0.38, 0.1, 0.3)
    )
    return (
        "".join(rect(x * s - s * 0.05, -s * 0.52, s * 0.1, s * 0.52, wood) for x in (-0.74, 0.74))
        + rect(-s * 0.8, -s * 0.2, s * 1.6, s * 0.06, wood)
        + rect(-s * 0.7, -s * 0.36, s * 0.34, s * 0.16, decor.main, s * 0.01)
        + rect(-s * 0.9, -s * 0.6, s * 1.8, s * 0.1, mix(decor.wood, "#ffffff", 0.14), s * 0.01)
        + plank
        + vice
        + shavings
    )


def tool_wall(s: float, decor: Decor, rng: Random) -> str:
    """A board of tools: hammer, saw, spanners, screwdrivers."""
    steel, grip = "#aab4bf", decor.main
    board = rect(-s * 0.8, -s * 0.62, s * 1.6, s * 0.62, mix("#d8b98a", decor.wall, 0.3), s * 0.015) + "".join(
        circle(-s * 0.74 + i * s * 0.148, -s * (0.08 + 0.23 * j), s * 0.008, decor.dark)
        for i in range(11)
        for j in range(3)
    )
    hammer = rect(-s * 0.62, -s * 0.5, s * 0.03, s * 0.34, decor.wood, s * 0.01) + rect(
        -s * 0.7, -s * 0.56, s * 0.2, s * 0.08, "#5a6470", s * 0.015
    )
    saw = polygon(
        [(-s * 0.36, -s * 0.5), (s * 0.1, -s * 0.42), (s * 0.1, -s * 0.36), (-s * 0.36, -s * 0.26)], steel
    ) + rect(-s * 0.46, -s * 0.52, s * 0.14, s * 0.28, decor.second, s * 0.04)
    keys = "".join(
        rect(x * s, -s * 0.46, s * 0.035, s * high, steel, s * 0.01)
        + circle(x * s + s * 0.0175, -s * 0.49, s * 0.045, steel)
        + circle(x * s + s * 0.0175, -s * 0.51, s * 0.022, mix("#d8b98a", decor.wall, 0.3))
        for x, high in ((0.24, 0.3), (0.36, 0.25), (0.47, 0.2))
    )
    drivers = "".join(
        rect(x * s, -s * 0.54, s * 0.05, s * 0.16, grip, s * 0.02)
        + rect(x * s + s * 0.018, -s * 0.4, s * 0.014, s * 0.2, steel)
        for x in (0.58, 0.68)
    )
    return board + hammer + saw + keys + drivers


def dumbbells(s: float, decor: Decor, rng: Random) -> str:
    """A rack of dumbbells in three tiers."""
    parts = ["".join(rect(x * s, -s * 0.86, s * 0.05, s * 0.86, "#3a3f48") for x in (-0.62, 0.57))]
    for row in range(3):
        y = -s * (0.26 + 0.28 * row)
        parts.append(rect(-s * 0.62, y, s * 1.24, s * 0.04, "#5a6470"))
        for i in range(5 - row // 2):
            x, r = -s * 0.44 + i * s * 0.23, s * (0.075 - 0.014 * row)
            tone = (decor.main, decor.second, decor.third)[row]
            parts.append(
                rect(x - r * 1.2, y - r * 1.15, r * 2.4, r * 0.4, "#c8ced6")
                + "".join(rect(x + side * r - r * 0.4, y - r * 2, r * 0.8, r * 2, tone, r * 0.25) for side in (-1, 1))
            )
    return "".join(parts)


def treadmill(s: float, decor: Decor, rng: Random) -> str:
    frame = stroke(trace("M", -s * 0.4, -s * 0.14, "L", -s * 0.52, -s * 0.8, "h", s * 0.18), "#474d58", s * 0.05)
    panel = rect(-s * 0.58, -s * 0.94, s * 0.26, s * 0.16, "#2e323a", s * 0.02) + rect(
        -s * 0.55, -s * 0.91, s * 0.2, s * 0.09, "#7fd3c0", s * 0.01
    )
    deck = polygon([(-s * 0.52, -s * 0.16), (s * 0.56, -s * 0.06), (s * 0.56, 0), (-s * 0.52, 0)], "#2e323a")
    return (
        deck
        + polygon(
            [(-s * 0.46, -s * 0.15), (s * 0.54, -s * 0.06), (s * 0.54, -s * 0.035), (-s * 0.46, -s * 0.115)], decor.main
        )
        + frame
        + panel
    )


def mirror_wall(s: float, decor: Decor, rng: Random) -> str:
    panes = "".join(
        rect(-s * 0.9 + i * s * 0.6, -s * 0.9, s * 0.58, s * 0.9, "#cfe3ea")
        + polygon(
            [
                (-s * 0.8 + i * s * 0.6, -s * 0.1),
                (-s * 0.58 + i * s * 0.6, -s * 0.86),
                (-s * 0.46 + i * s * 0.6, -s * 0.86),
                (-s * 0.68 + i * s * 0.6, -s * 0.1),
            ],
            "#ffffff",
            'opacity=".45"',
        )
        for i in range(3)
    )
    return rect(-s * 0.93, -s * 0.93, s * 1.84, s * 0.96, "#8b96a3") + panes


def seat_row(s: float, decor: Decor, rng: Random) -> str:
    """A pair of upholstered seats of a railway car."""
    tone, dark = decor.main, mix(decor.main, decor.dark, 0.25)
    return "".join(
        rect(x * s - s * 0.24, -s * 0.86, s * 0.48, s * 0.56, tone, s * 0.07)
        + rect(x * s - s * 0.17, -s * 0.96, s * 0.34, s * 0.16, mix(tone, "#ffffff", 0.3), s * 0.06)
        + rect(x * s - s * 0.26, -s * 0.36, s * 0.52, s * 0.15, mix(tone, "#ffffff", 0.14), s * 0.05)
        + rect(x * s - s * 0.22, -s * 0.22, s * 0.44, s * 0.22, dark)
        for x in (-0.27, 0.27)
    ) + "".join(
        rect(x * s - s * 0.025, -s * 0.56, s * 0.05, s * 0.24, decor.dark, s * 0.02) for x in (-0.54, 0.0, 0.54)
    )


WORKPLACES = {
    "bench": Piece(bench, 1.06, 0.32),
    "lab bench": Piece(lab_bench, 2.06, 1.05),
    "lab shelf": Piece(lab_shelf, 1.4, 0.56),
    "workbench": Piece(workbench, 1.8, 0.76),
    "tool wall": Piece(tool_wall, 1.6, 0.62),
    "dumbbells": Piece(dumbbells, 1.3, 0.96),
    "treadmill": Piece(treadmill, 1.16, 0.94),
    "mirror wall": Piece(mirror_wall, 1.84, 0.96),
    "seat row": Piece(seat_row, 1.1, 0.96),
}

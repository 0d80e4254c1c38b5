"""Furniture of bars, cafés and museums as SVG, standing on (0, 0)."""

from random import Random

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, oval, path, rect, stroke, trace
from easel_sketch.recipes.still_life.furniture import Piece
from easel_sketch.scenery.vector.interior import Decor, lamplight

_GLASS = ("#3f8f5f", "#8a4a2f", "#d9a441", "#4a7fb0", "#9c3f55")


def _bottle(x: float, foot: float, s: float, tone: str) -> str:
    return (
        rect(x - s * 0.028, foot - s * 0.13, s * 0.056, s * 0.13, tone, s * 0.012)
        + rect(x - s * 0.011, foot - s * 0.2, s * 0.022, s * 0.09, tone, s * 0.005)
        + rect(x - s * 0.028, foot - s * 0.085, s * 0.056, s * 0.045, "#f4ead2")
    )


def bottle_shelves(s: float, decor: Decor, rng: Random) -> str:
    """Shelves of bottles and glasses on the wall behind a bar, with a mirror."""
    wide, high = s * 1.7, s * 0.86
    parts = [
        rect(-wide / 2, -high, wide, high, mix(decor.wood, decor.dark, 0.55), s * 0.02),
        rect(
            -wide / 2 + s * 0.04, -high + s * 0.04, wide - s * 0.08, high - s * 0.08, mix("#9fb6c2", decor.dark, 0.35)
        ),
    ]
    for row in range(3):
        foot = -high + s * 0.28 * (row + 1)
        parts += [
            _bottle(-wide / 2 + s * 0.12 + i * s * 0.105, foot, s, rng.choice(_GLASS))
            for i in range(15)
            if rng.random() > 0.1
        ]
        parts.append(rect(-wide / 2, foot, wide, s * 0.022, decor.wood))
    return "".join(parts)


def bar_counter(s: float, decor: Decor, rng: Random) -> str:
    wide, front = s * 2.4, mix(decor.wood, decor.dark, 0.32)
    panels = "".join(
        rect(
            -wide / 2 + wide * (i + 0.1) / 6, -s * 0.52, wide * 0.8 / 6, s * 0.4, mix(front, "#ffffff", 0.09), s * 0.01
        )
        for i in range(6)
    )
    tap = rect(s * 0.5, -s * 0.92, s * 0.07, s * 0.24, "#c9a45a", s * 0.02) + stroke(
        trace("M", s * 0.5, -s * 0.86, "h", -s * 0.08, "v", s * 0.05), "#c9a45a", s * 0.025
    )
    glasses = "".join(
        rect(x * s, -s * 0.8, s * 0.07, s * 0.12, "#e8a93a", s * 0.012)
        + rect(x * s, -s * 0.83, s * 0.07, s * 0.04, "#fff8e6", s * 0.012)
        for x in (-0.66, -0.54)
    )
    return (
        rect(-wide / 2, -s * 0.64, wide, s * 0.64, front)
        + panels
        + tap
        + glasses
        + rect(-wide / 2 - s * 0.03, -s * 0.69, wide + s * 0.06, s * 0.07, mix(decor.wood, "#ffffff", 0.12), s * 0.02)
        + rect(-wide / 2, -s * 0.08, wide, s * 0.025, "#c9a45a")
    )


def stool(s: float, decor: Decor, rng: Random) -> str:
    return (
        rect(-s * 0.015, -s * 0.46, s * 0.03, s * 0.44, decor.dark)
        + oval(0, -s * 0.015, s * 0.13, s * 0.025, decor.dark)
        + oval(0, -s * 0.2, s * 0.09, s * 0.014, "none", f'stroke="{decor.dark}" stroke-width="{s * 0.014:.1f}"')
        + rect(-s * 0.14, -s * 0.52, s * 0.28, s * 0.07, decor.main, s * 0.035)
    )


def cafe_table(s: float, decor: Decor, rng: Random) -> str:
    """A round table with two cups and a chair at each side."""
    chairs = "".join(
        stroke(
            trace(
                *("M", side * s * 0.54, -s * 0.78, "Q", side * s * 0.62, -s * 0.5, side * s * 0.52, -s * 0.38),
                *("M", side * s * 0.52, -s * 0.38, "V", 0.0, "M", side * s * 0.3, -s * 0.38, "V", 0.0),
            ),
            mix(decor.wood, decor.dark, 0.3),
            s * 0.03,
        )
        + rect(side * s * 0.42 - s * 0.14, -s * 0.42, s * 0.28, s * 0.05, decor.main, s * 0.02)
        for side in (-1, 1)
    )
    cups = "".join(
        rect(x * s - s * 0.04, -s * 0.62, s * 0.08, s * 0.065, decor.pale, s * 0.02)
        + oval(x * s, -s * 0.555, s * 0.07, s * 0.012, "#ffffff")
        for x in (-0.12, 0.14)
    )
    table = (
        rect(-s * 0.02, -s * 0.52, s * 0.04, s * 0.5, decor.dark)
        + oval(0, -s * 0.015, s * 0.16, s * 0.028, decor.dark)
        + oval(0, -s * 0.535, s * 0.32, s * 0.045, mix(decor.wood, "#ffffff", 0.2))
    )
    return chairs + table + cups


def cafe_counter(s: float, decor: Decor, rng: Random) -> str:
    """A counter with an espresso machine, a glass case of cakes, and a slate behind."""
    wide = s * 1.6
    case = rect(-wide * 0.46, -s * 0.95, wide * 0.44, s * 0.3, "#dff0f2", s * 0.015, 'opacity=".85"') + rect(
        -wide * 0.46, -s * 0.81, wide * 0.44, s * 0.012, "#ffffff"
    )
    cakes = "".join(
        path(
            trace(
                *("M", -wide * 0.42 + i * s * 0.15, -s * y, "h", s * 0.1),
                *("q", -s * 0.01, -s * 0.08, -s * 0.05, -s * 0.08, "q", -s * 0.04, 0.0, -s * 0.05, s * 0.08, "Z"),
            ),
            (decor.third, "#f2c9a0", decor.second, "#e58a9a")[i],
        )
        for i in range(4)
        for y in (0.66, 0.82)
    )
    machine = (
        rect(wide * 0.08, -s * 1.02, wide * 0.3, s * 0.36, "#b9bec4", s * 0.03)
        + rect(wide * 0.1, -s * 0.86, wide * 0.26, s * 0.14, "#4a474e", s * 0.015)
        + rect(wide * 0.1, -s * 0.98, wide * 0.26, s * 0.06, decor.main, s * 0.01)
        + "".join(rect(wide * x, -s * 0.73, s * 0.06, s * 0.06, "#ffffff", s * 0.012) for x in (0.14, 0.28))
    )
    boards = "".join(
        rect(
            -wide / 2 + i * wide / 8,
            -s * 0.6,
            wide / 8 - s * 0.012,
            s * 0.58,
            mix(decor.main, decor.dark if i % 2 else "#ffffff", 0.08),
        )
        for i in range(8)
    )
    return (
        boards
        + rect(-wide / 2 - s * 0.03, -s * 0.66, wide + s * 0.06, s * 0.065, mix(decor.wood, "#ffffff", 0.1), s * 0.015)
        + case
        + cakes
        + machine
    )


def gallery(s: float, decor: Decor, rng: Random) -> str:
    """Three framed paintings on a museum's wall, each under its lamp."""
    parts = []
    for place, (x, wide, high) in enumerate(((-0.95, 0.56, 0.7), (0.0, 0.9, 0.62), (0.95, 0.56, 0.7))):
        left, top, w, h = (x - wide / 2) * s, -s * 0.74, wide * s, high * s
        parts.append(lamplight(x * s, top + h * 0.3, w * 0.8, 0.35))
        parts.append(
            rect(left - s * 0.04, top - s * 0.04, w + s * 0.08, h + s * 0.08, "#c79a4b", s * 0.008)
            + rect(left - s * 0.015, top - s * 0.015, w + s * 0.03, h + s * 0.03, "#8f6a2c")
        )
        parts.append(rect(left, top, w, h, mix(decor.pale, (decor.second, decor.main, decor.third)[place], 0.4)))
        if place == 1:
            hills = trace(
                *("M", left, top + h, "V", top + h * 0.62),
                *("Q", left + w * 0.3, top + h * 0.4, left + w * 0.55, top + h * 0.66),
                *("T", left + w, top + h * 0.56, "V", top + h, "Z"),
            )
            parts.append(
                circle(left + w * 0.72, top + h * 0.3, h * 0.14, "#f6d98a")
                + path(hills, mix(decor.leaf, decor.main, 0.3))
            )
        elif place == 0:
            parts.append(
                path(
                    trace(
                        *("M", left + w * 0.14, top + h),
                        *("Q", left + w * 0.5, top + h * 0.38, left + w * 0.86, top + h, "Z"),
                    ),
                    decor.main,
                )
                + circle(left + w / 2, top + h * 0.4, w * 0.2, "#e8b98f")
            )
        else:
            parts += [
                circle(left + w * a, top + h * b, w * r, tone)
                for a, b, r, tone in (
                    (0.4, 0.4, 0.26, decor.main),
                    (0.62, 0.55, 0.22, decor.second),
                    (0.44, 0.7, 0.16, decor.dark),
                )
            ]
        parts.append(rect(left + w / 2 - s * 0.05, top + h + s * 0.07, s * 0.1, s * 0.03, "#efe6d2"))
    return "".join(parts)


def plinth(s: float, decor: Decor, rng: Random) -> str:
    """A vase on a plinth behind a rope."""
    stone = mix(decor.pale, decor.dark, 0.08)
    vase = path(
        trace(
            *("M", -s * 0.06, -s * 0.6, "C", -s * 0.2, -s * 0.78, -s * 0.14, -s * 0.92, -s * 0.06, -s * 0.96),
            *("H", s * 0.06, "C", s * 0.14, -s * 0.92, s * 0.2, -s * 0.78, s * 0.06, -s * 0.6, "Z"),
        ),
        "#b5653a",
    )
    bands = rect(-s * 0.135, -s * 0.82, s * 0.27, s * 0.03, "#33241c") + rect(
        -s * 0.125, -s * 0.75, s * 0.25, s * 0.012, "#33241c"
    )
    return (
        rect(-s * 0.19, -s * 0.56, s * 0.38, s * 0.56, stone)
        + rect(s * 0.09, -s * 0.56, s * 0.1, s * 0.56, mix(stone, decor.dark, 0.14))
        + rect(-s * 0.22, -s * 0.61, s * 0.44, s * 0.06, mix(stone, "#ffffff", 0.5), s * 0.01)
        + vase
        + bands
    )


VENUES = {
    "bottle shelves": Piece(bottle_shelves, 1.7, 0.86),
    "bar counter": Piece(bar_counter, 2.46, 0.92),
    "stool": Piece(stool, 0.3, 0.52),
    "cafe table": Piece(cafe_table, 1.24, 0.8),
    "cafe counter": Piece(cafe_counter, 1.66, 1.02),
    "gallery": Piece(gallery, 2.5, 0.8),
    "plinth": Piece(plinth, 0.44, 0.96),
}

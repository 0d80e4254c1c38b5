"""Furniture of kitchens, baths and bedrooms as SVG. Each piece stands on (0, 0)."""

from random import Random

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, oval, path, polygon, rect, stroke, trace
from easel_sketch.recipes.still_life.furniture import Piece
from easel_sketch.recipes.still_life.seats import legs
from easel_sketch.scenery.vector.interior import Decor, lamplight


def fridge(s: float, decor: Decor, rng: Random) -> str:
    tone = mix(decor.pale, decor.second, 0.25)
    handle = mix(decor.dark, "#ffffff", 0.5)
    return "".join((
        rect(-s * 0.27, -s * 1.14, s * 0.54, s * 1.12, tone, s * 0.05),
        rect(s * 0.18, -s * 1.14, s * 0.09, s * 1.12, mix(tone, decor.dark, 0.14), s * 0.05),
        rect(-s * 0.27, -s * 0.78, s * 0.54, s * 0.014, mix(tone, decor.dark, 0.35)),
        rect(-s * 0.21, -s * 1.02, s * 0.026, s * 0.17, handle, s * 0.013),
        rect(-s * 0.21, -s * 0.7, s * 0.026, s * 0.26, handle, s * 0.013),
        rect(s * 0.0, -s * 1.04, s * 0.1, s * 0.12, decor.third, s * 0.006),
        circle(s * 0.05, -s * 0.86, s * 0.02, decor.main),
    ))  # fmt: skip


def stove(s: float, decor: Decor, rng: Random) -> str:
    """An oven with a pot on its top."""
    body, glass = mix(decor.pale, decor.dark, 0.08), "#38323a"
    knobs = "".join(circle((i - 1.5) * s * 0.11, -s * 0.58, s * 0.025, decor.dark) for i in range(4))
    pot = rect(-s * 0.2, -s * 0.84, s * 0.28, s * 0.17, decor.second, s * 0.03) + rect(
        -s * 0.22, -s * 0.87, s * 0.32, s * 0.04, mix(decor.second, "#ffffff", 0.3), s * 0.02
    )
    steam = stroke(
        trace(
            *("M", -s * 0.1, -s * 0.92, "q", s * 0.04, -s * 0.06, 0.0, -s * 0.11, "M", s * 0.0, -s * 0.93),
            *("q", s * 0.04, -s * 0.06, 0.0, -s * 0.11),
        ),
        "#ffffff",
        s * 0.016,
        'opacity=".7"',
    )
    return "".join((
        rect(-s * 0.31, -s * 0.66, s * 0.62, s * 0.66, body, s * 0.02),
        rect(-s * 0.33, -s * 0.68, s * 0.66, s * 0.04, "#454048", s * 0.01),
        knobs,
        rect(-s * 0.24, -s * 0.48, s * 0.48, s * 0.33, glass, s * 0.02),
        rect(-s * 0.2, -s * 0.44, s * 0.4, s * 0.14, "#f2a04a", s * 0.01, 'opacity=".35"'),
        rect(-s * 0.22, -s * 0.53, s * 0.44, s * 0.022, decor.dark, s * 0.011),
        pot,
        steam,
    ))  # fmt: skip


def wall_cupboards(s: float, decor: Decor, rng: Random) -> str:
    """Kitchen cupboards that hang on the wall, with cups below."""
    wide = s * 1.2
    parts = [rect(-wide / 2, -s * 0.4, wide, s * 0.4, decor.main, s * 0.012)]
    for i in range(3):
        x = -wide / 2 + wide * (i + 0.06) / 3
        parts.append(rect(x, -s * 0.37, wide * 0.29, s * 0.34, mix(decor.main, "#ffffff", 0.13), s * 0.01))
        parts.append(rect(x + wide * 0.24, -s * 0.12, s * 0.014, s * 0.07, decor.pale, s * 0.007))
    for i in range(4):
        x = -wide * 0.36 + i * wide * 0.24
        parts.append(
            rect(x, s * 0.02, s * 0.07, s * 0.07, (decor.second, decor.third, decor.pale, decor.main)[i], s * 0.015)
        )
        parts.append(
            stroke(
                trace("M", x + s * 0.07, s * 0.035, "q", s * 0.035, s * 0.02, 0.0, s * 0.04),
                (decor.second, decor.third, decor.pale, decor.main)[i],
                s * 0.012,
            )
        )
    return "".join(parts)


def bathtub(s: float, decor: Decor, rng: Random) -> str:
    """A tub on feet with foam and a tap."""
    metal = mix("#c9a45a", decor.dark, 0.1)
    foam = "".join(circle((i - 3) * s * 0.16, -s * (0.5 + 0.03 * (i % 2)), s * 0.1, "#ffffff") for i in range(7))
    tub = trace(
        *("M", -s * 0.68, -s * 0.5, "H", s * 0.68),
        *("C", s * 0.66, -s * 0.16, s * 0.5, -s * 0.08, s * 0.36, -s * 0.08, "H", -s * 0.36),
        *("C", -s * 0.5, -s * 0.08, -s * 0.66, -s * 0.16, -s * 0.68, -s * 0.5, "Z"),
    )
    tap = stroke(
        trace("M", s * 0.6, -s * 0.5, "V", -s * 0.78, "Q", s * 0.6, -s * 0.88, s * 0.46, -s * 0.86, "V", -s * 0.8),
        metal,
        s * 0.03,
    )
    feet = "".join(circle(x * s, -s * 0.05, s * 0.05, metal) for x in (-0.42, 0.42))
    shade = path(
        trace(
            *("M", -s * 0.62, -s * 0.28, "Q", 0.0, -s * 0.18, s * 0.62, -s * 0.28),
            *("Q", s * 0.5, -s * 0.08, s * 0.36, -s * 0.08, "H", -s * 0.36),
            *("Q", -s * 0.5, -s * 0.08, -s * 0.62, -s * 0.28, "Z"),
        ),
        decor.dark,
        'opacity=".1"',
    )
    return (
        tap
        + feet
        + foam
        + path(tub, decor.pale)
        + shade
        + rect(-s * 0.74, -s * 0.53, s * 1.48, s * 0.07, mix(decor.pale, "#ffffff", 0.5), s * 0.035)
    )


def washstand(s: float, decor: Decor, rng: Random) -> str:
    """A basin on a cupboard, with a tap and a round mirror above."""
    metal = mix("#b9bec4", decor.dark, 0.15)
    tap = stroke(trace("M", 0.0, -s * 0.66, "V", -s * 0.78, "q", 0.0, -s * 0.06, s * 0.08, -s * 0.04), metal, s * 0.025)
    mirror = circle(0, -s * 1.2, s * 0.25, decor.wood) + circle(0, -s * 1.2, s * 0.215, "#d9ecf2")
    sheen = polygon(
        [(-s * 0.14, -s * 1.1), (s * 0.02, -s * 1.36), (s * 0.09, -s * 1.34), (-s * 0.07, -s * 1.06)],
        "#ffffff",
        'opacity=".6"',
    )
    cupboard = rect(-s * 0.32, -s * 0.52, s * 0.64, s * 0.48, decor.main, s * 0.015)
    doors = "".join(
        rect(x * s, -s * 0.48, s * 0.28, s * 0.4, mix(decor.main, "#ffffff", 0.14), s * 0.01) for x in (-0.3, 0.02)
    )
    basin = path(
        trace(
            *("M", -s * 0.36, -s * 0.66, "H", s * 0.36, "Q", s * 0.32, -s * 0.5, s * 0.2, -s * 0.5, "H", -s * 0.2),
            *("Q", -s * 0.32, -s * 0.5, -s * 0.36, -s * 0.66, "Z"),
        ),
        "#ffffff",
    )
    soap = rect(s * 0.2, -s * 0.76, s * 0.07, s * 0.1, decor.second, s * 0.015)
    return mirror + sheen + legs(s, decor, (-0.28, 0.28), 0.08) + cupboard + doors + tap + soap + basin


def toilet(s: float, decor: Decor, rng: Random) -> str:
    white, shade = mix("#ffffff", decor.wall, 0.06), mix("#ffffff", decor.dark, 0.16)
    bowl = path(
        trace(
            *("M", -s * 0.2, -s * 0.38, "H", s * 0.2, "Q", s * 0.18, -s * 0.14, s * 0.1, -s * 0.12, "V", 0.0),
            *("H", -s * 0.1, "V", -s * 0.12, "Q", -s * 0.18, -s * 0.14, -s * 0.2, -s * 0.38, "Z"),
        ),
        white,
    )
    tank = rect(-s * 0.21, -s * 0.78, s * 0.42, s * 0.34, white, s * 0.03) + rect(
        -s * 0.23, -s * 0.81, s * 0.46, s * 0.05, shade, s * 0.02
    )
    return tank + bowl + rect(-s * 0.22, -s * 0.44, s * 0.44, s * 0.07, mix(white, decor.second, 0.3), s * 0.035)


def wardrobe(s: float, decor: Decor, rng: Random) -> str:
    wood = mix(decor.wood, decor.dark, 0.1)
    doors = "".join(
        rect(x * s, -s * 1.14, s * 0.32, s * 1.0, mix(wood, "#ffffff", 0.13), s * 0.012) for x in (-0.35, 0.03)
    )
    knobs = "".join(circle(x * s, -s * 0.62, s * 0.018, decor.pale) for x in (-0.06, 0.06))
    return (
        rect(-s * 0.39, -s * 1.2, s * 0.78, s * 1.18, wood, s * 0.02)
        + doors
        + knobs
        + rect(-s * 0.42, -s * 1.24, s * 0.84, s * 0.06, mix(wood, "#ffffff", 0.2), s * 0.01)
    )


def bedside(s: float, decor: Decor, rng: Random) -> str:
    """A bedside table with a lamp."""
    shade = polygon(
        [(-s * 0.07, -s * 0.78), (s * 0.07, -s * 0.78), (s * 0.13, -s * 0.58), (-s * 0.13, -s * 0.58)],
        mix("#ffe3a3", decor.second, 0.15),
    )
    lamp = rect(-s * 0.012, -s * 0.6, s * 0.024, s * 0.18, decor.dark) + oval(
        0, -s * 0.42, s * 0.07, s * 0.02, decor.dark
    )
    box = rect(-s * 0.18, -s * 0.41, s * 0.36, s * 0.36, mix(decor.wood, decor.dark, 0.08), s * 0.015)
    drawer = rect(-s * 0.15, -s * 0.36, s * 0.3, s * 0.12, mix(decor.wood, "#ffffff", 0.15), s * 0.008) + circle(
        0, -s * 0.3, s * 0.014, decor.pale
    )
    return lamplight(0, -s * 0.64, s * 0.4, 0.5) + legs(s, decor, (-0.15, 0.15), 0.06) + box + drawer + lamp + shade


FITTINGS = {
    "fridge": Piece(fridge, 0.56, 1.14),
    "stove": Piece(stove, 0.66, 0.88),
    "wall cupboards": Piece(wall_cupboards, 1.2, 0.4),
    "bathtub": Piece(bathtub, 1.5, 0.88),
    "washstand": Piece(washstand, 0.74, 1.45),
    "toilet": Piece(toilet, 0.46, 0.81),
    "wardrobe": Piece(wardrobe, 0.84, 1.24),
    "bedside": Piece(bedside, 0.38, 0.78),
}

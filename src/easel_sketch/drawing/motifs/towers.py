"""Towers, mills and what else is tall."""

from easel_sketch.drawing.ink import circle, oval, path, polygon, rect, stroke
from easel_sketch.drawing.motifs.kit import (
    BRICK,
    FOOT,
    GOLD,
    GREEN,
    LIT,
    MARBLE,
    NIGHT,
    RED,
    SAND,
    SLATE,
    STEEL,
    STONE,
    WOOD,
    block,
    dome,
    knob,
    lawn,
    opening,
    round_tower,
    spire,
    spread,
    stones,
    tapered,
    tones,
)

_PALE = tones("#dcd5c8")


def _crenels(x: float, top: float, w: float, count: int, fill: str) -> str:
    tooth = w / (2 * count - 1)
    return "".join(rect(x + 2 * place * tooth, top, tooth, 8, fill) for place in range(count))


def _tower() -> str:
    return (
        _crenels(28, 8, 72, 5, STONE.dark)
        + round_tower(28, 15, 72, 34, STONE)
        + polygon([(28, 34), (100, 34), (92, 42), (36, 42)], STONE.deep)
        + round_tower(36, 42, 56, FOOT, STONE)
        + opening(58, 72, 12, 22, NIGHT)
        + opening(53, FOOT, 22, 32, WOOD.deep)
        + opening(56, FOOT, 16, 28, WOOD.base)
        + circle(69, 110, 1.6, GOLD.base)
        + stones(
            ((42, 56), (76, 60), (44, 80), (78, 84), (41, 104), (80, 108), (62, 82), (36, 22), (74, 24)), STONE.dark
        )
    )


def _clock(x: float, y: float, r: float) -> str:
    hands = stroke(f"M{x} {y} V{y - r * 0.62} M{x} {y} L{x + r * 0.44} {y + r * 0.28}", NIGHT, r * 0.14)
    return circle(x, y, r, GOLD.dark) + circle(x, y, r * 0.84, "#fffaf0") + hands + circle(x, y, r * 0.12, NIGHT)


def _clock_tower() -> str:
    return (
        rect(63, 2, 2, 10, GOLD.base)
        + spire(64, 8, 36, 46, tones("#5d8f86"))
        + block(40, 36, 48, 74, BRICK)
        + rect(36, 34, 56, 5, MARBLE.base)
        + rect(36, 72, 56, 5, MARBLE.base)
        + block(43, 77, 42, 118, BRICK)
        + _clock(64, 55, 15)
        + opening(49, 104, 8, 20, NIGHT)
        + opening(71, 104, 8, 20, NIGHT)
        + rect(38, 116, 52, 8, MARBLE.dark)
    )


def _lighthouse() -> str:
    bands = (("#d8483c", 42, 64), ("#f7f3ea", 64, 86), ("#d8483c", 86, 112))

    def width(y: float) -> float:
        return 30 + (y - 42) * 0.26

    body = "".join(tapered(64, top, width(top), foot, width(foot), tones(colour)) for colour, top, foot in bands)
    beams = polygon([(64, 27), (6, 10), (6, 40)], "#ffe58a", 'opacity=".65"') + polygon(
        [(64, 27), (122, 10), (122, 40)], "#ffe58a", 'opacity=".65"'
    )
    return (
        beams
        + path("M8 124 Q16 106 40 108 Q64 102 88 108 Q112 106 120 124 Z", STONE.dark)
        + path("M8 124 Q16 106 40 108 Q30 112 28 124 Z", STONE.light)
        + body
        + rect(44, 38, 40, 5, NIGHT, 1)
        + rect(52, 20, 24, 18, LIT)
        + rect(60, 20, 3, 18, "#fffbe6")
        + rect(51, 20, 2, 18, NIGHT)
        + rect(75, 20, 2, 18, NIGHT)
        + dome(64, 21, 32, 15, RED)
        + circle(64, 5, 2.4, NIGHT)
        + opening(60, 62, 8, 12, NIGHT)
        + opening(58, 111, 12, 17, NIGHT)
    )


def _windmill() -> str:
    def sail(turn: float) -> str:
        bars = "".join(rect(2, y, 13, 1.6, WOOD.dark) for y in spread(-50, -18, 5))
        return (
            f'<g transform="translate(64 48) rotate({turn:.0f})">'
            + rect(2, -52, 14, 38, "#fbf3df")
            + bars
            + rect(-1.6, -54, 3.6, 56, WOOD.deep)
            + "</g>"
        )

    return (
        lawn()
        + tapered(64, 40, 36, 120, 62, tones("#e9dcc3"))
        + dome(64, 42, 42, 24, RED)
        + rect(36, 82, 56, 4, WOOD.base)
        + opening(55, 120, 18, 26, WOOD.deep)
        + opening(59, 76, 10, 14, NIGHT)
        + "".join(sail(turn) for turn in (35, 125, 215, 305))
        + circle(64, 48, 5, WOOD.dark)
    )


def _wind_turbine() -> str:
    white = tones("#e6edf1")

    def blade(turn: float) -> str:
        return (
            f'<g transform="translate(64 48) rotate({turn:.0f})">'
            + path("M-2 0 Q-9 -12 -2 -46 Q4 -30 3 0 Z", white.light)
            + path("M0 0 L-2 -46 Q4 -30 3 0 Z", white.dark)
            + "</g>"
        )

    return (
        lawn()
        + tapered(64, 48, 5, 121, 11, white)
        + "".join(blade(turn) for turn in (0, 120, 240))
        + knob(64, 48, 5.5, STEEL)
    )


def _water_tower() -> str:
    legs = "M38 60 L26 122 M90 60 L102 122 M54 62 L52 122 M74 62 L76 122"
    return (
        stroke(legs, SLATE.base, 5, 'style="stroke-linecap:butt"')
        + stroke("M34 80 L94 102 M94 80 L34 102 M33 82 H95 M29 104 H99", SLATE.light, 2.4)
        + rect(61, 60, 6, 62, SLATE.dark)
        + round_tower(26, 26, 76, 64, tones("#b8cad6"))
        + rect(22, 60, 84, 6, SLATE.base, 2)
        + path("M20 28 L64 4 L108 28 Z", RED.base)
        + path("M64 4 L108 28 H74 Z", RED.dark)
        + rect(26, 40, 76, 4, SLATE.light, 0, 'opacity=".5"')
        + rect(20, 120, 88, 4, STONE.dark, 1)
    )


def _space_elevator() -> str:
    """A station in orbit, a cable down to the globe, and a cabin on it."""
    return (
        path("M4 124 Q64 76 124 124 Z", "#3f86cf")
        + path("M26 112 Q40 98 54 100 Q58 108 46 112 Q40 122 30 120 Z", GREEN.base)
        + path("M74 101 Q92 104 104 112 Q96 120 86 114 Q78 110 74 101 Z", GREEN.dark)
        + stroke("M8 121 Q64 76 120 121", "#bfe3f7", 3, 'opacity=".8"')
        + rect(62.6, 24, 2.8, 76, STEEL.light)
        + polygon([(54, 104), (60, 92), (68, 92), (74, 104)], STEEL.dark)
        + rect(55, 56, 18, 22, "#dde4ea", 6)
        + rect(64, 56, 9, 22, STEEL.base, 6)
        + rect(58, 61, 12, 7, "#4fb6e0", 3)
        + rect(58, 72, 12, 2.4, RED.base)
        + rect(10, 14, 32, 16, "#2d5aa8", 1)
        + rect(86, 14, 32, 16, "#24488a", 1)
        + stroke(
            "M18 14 v16 M26 14 v16 M34 14 v16 M10 22 h32 M94 14 v16 M102 14 v16 M110 14 v16 M86 22 h32", "#7fb0ea", 1.2
        )
        + rect(40, 20, 48, 4, STEEL.dark)
        + oval(64, 22, 18, 11, STEEL.base)
        + oval(64, 18, 18, 8, STEEL.light)
        + "".join(circle(x, 24, 2, LIT) for x in spread(52, 76, 5))
        + rect(63, 4, 2, 8, STEEL.dark)
        + circle(64, 5, 2.4, RED.base)
    )


def _obelisk() -> str:
    return (
        polygon([(64, 4), (54, 20), (74, 20)], SAND.light)
        + polygon([(64, 4), (66, 20), (74, 20)], SAND.dark)
        + tapered(64, 20, 20, 108, 32, SAND)
        + rect(38, 106, 52, 8, SAND.light)
        + rect(72, 106, 18, 8, SAND.dark)
        + rect(30, 114, 68, 10, SAND.base)
        + rect(76, 114, 22, 10, SAND.dark)
    )


def _column() -> str:
    flutes = "".join(rect(x, 30, 3, 76, _PALE.deep, 1.5, 'opacity=".45"') for x in spread(46, 79, 5))
    volutes = "".join(
        circle(x, 22, 8, _PALE.base) + circle(x, 22, 4.5, _PALE.dark) + circle(x, 22, 2, _PALE.light) for x in (36, 92)
    )
    return (
        tapered(64, 26, 44, 110, 50, _PALE)
        + flutes
        + rect(34, 14, 60, 14, _PALE.base)
        + volutes
        + rect(26, 6, 76, 9, _PALE.light, 1)
        + rect(78, 6, 24, 9, _PALE.dark, 1)
        + rect(34, 106, 60, 8, _PALE.light, 4)
        + rect(26, 113, 76, 11, _PALE.base, 1)
        + rect(78, 113, 24, 11, _PALE.dark, 1)
    )


DRAWN = {
    "tower": _tower,
    "clock-tower": _clock_tower,
    "lighthouse": _lighthouse,
    "windmill": _windmill,
    "wind-turbine": _wind_turbine,
    "water-tower": _water_tower,
    "space-elevator": _space_elevator,
    "obelisk": _obelisk,
    "column": _column,
}

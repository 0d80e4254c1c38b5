"""Small houses."""

from easel_sketch.drawing.ink import circle, oval, path, polygon, rect, stroke
from easel_sketch.drawing.motifs.kit import (
    BRICK,
    FOOT,
    GLASS,
    GOLD,
    GREEN,
    LIT,
    MARBLE,
    NIGHT,
    RED,
    SLATE,
    STONE,
    WOOD,
    block,
    opening,
    spread,
    tones,
)

_CREAM = tones("#f1e4c8")
_THATCH = tones("#c9a25a")
_LOG = tones("#a06a3c")


def _barn() -> str:
    cross = stroke("M47 122 L81 84 M81 122 L47 84", MARBLE.light, 4, 'style="stroke-linecap:butt"')
    return (
        polygon([(22, 54), (38, 26), (64, 10), (90, 26), (106, 54), (106, 124), (22, 124)], RED.base)
        + polygon([(64, 10), (90, 26), (106, 54), (106, 124), (92, 124), (92, 56)], RED.dark)
        + stroke("M14 60 L36 26 L64 8 L92 26 L114 60", SLATE.base, 8)
        + stroke("M14 60 L36 26 L64 8", SLATE.light, 3)
        + rect(44, 80, 40, 44, MARBLE.light)
        + rect(48, 84, 32, 40, RED.deep)
        + cross
        + rect(52, 36, 24, 22, MARBLE.light)
        + rect(55, 39, 18, 16, NIGHT)
        + rect(62, 39, 4, 16, MARBLE.light)
    )


def _window(x: float, y: float, w: float, h: float, glass: str = LIT, frame: str = "#fff7e6") -> str:
    return (
        rect(x, y, w, h, frame, 1)
        + rect(x + 2, y + 2, w - 4, h - 4, glass)
        + rect(x + w / 2 - 1, y, 2, h, frame)
        + rect(x, y + h / 2 - 1, w, 2, frame)
    )


def _cabin() -> str:
    logs = "".join(
        rect(14, y, 100, 10, _LOG.base, 5) + rect(14, y, 100, 4, _LOG.light, 2) + rect(76, y, 38, 10, _LOG.dark, 5)
        for y in spread(64, 114, 6)
    )
    ends = "".join(
        circle(x, y + 5, 5, WOOD.light) + circle(x, y + 5, 2.5, _LOG.dark)
        for x in (15, 113)
        for y in spread(64, 114, 6)
    )
    return (
        rect(84, 14, 16, 34, STONE.dark)
        + rect(84, 14, 7, 34, STONE.light)
        + polygon([(64, 24), (22, 66), (106, 66)], _LOG.dark)
        + logs
        + ends
        + stroke("M8 68 L64 18 L120 68", _LOG.deep, 10)
        + stroke("M8 66 L64 15", _THATCH.base, 4)
        + rect(55, 82, 20, 42, _LOG.deep, 1)
        + circle(71, 104, 1.8, GOLD.base)
        + _window(26, 80, 20, 20)
        + _window(84, 80, 20, 20)
        + circle(64, 48, 8, _LOG.deep)
        + circle(64, 48, 5.5, LIT)
    )


def _cottage() -> str:
    roses = "".join(circle(x, y, r, RED.light) for x, y, r in ((48, 82, 3), (52, 74, 2.4), (80, 80, 3), (76, 72, 2.4)))
    hedge = oval(24, 116, 20, 10, GREEN.base) + oval(104, 116, 20, 10, GREEN.dark) + oval(22, 112, 10, 5, GREEN.light)
    return (
        rect(88, 12, 15, 34, BRICK.base)
        + rect(88, 12, 6, 34, BRICK.light)
        + rect(86, 9, 19, 6, BRICK.dark)
        + rect(16, 60, 96, 64, _CREAM.base)
        + rect(84, 60, 28, 64, _CREAM.dark)
        + path(
            "M4 70 Q14 24 40 22 H90 Q114 26 124 70 Q112 76 98 70 Q84 64 64 70 Q44 76 28 71 Q14 67 4 70 Z", _THATCH.base
        )
        + path("M4 70 Q14 24 40 22 H60 Q34 34 26 71 Q14 67 4 70 Z", _THATCH.light)
        + path("M90 22 Q114 26 124 70 Q112 76 98 70 Q104 40 90 22 Z", _THATCH.dark)
        + opening(53, FOOT, 22, 46, GREEN.deep)
        + circle(70, 104, 1.8, GOLD.base)
        + _window(24, 82, 20, 22, GLASS.light)
        + _window(84, 82, 20, 22, GLASS.light)
        + hedge
        + roses
    )


def _igloo() -> str:
    ice = tones("#d3e8f5")
    seams = (
        "M14 102 H86 M22 84 H80 M34 66 H84 M50 52 H78 M32 84 V102 M54 84 V102 M44 66 V84 M66 66 "
        "V84 M60 52 V66 M22 102 V122 M40 102 V122 M60 102 V122"
    )
    return (
        path("M4 124 C4 64 30 40 60 40 C92 40 110 66 112 124 Z", ice.base)
        + path("M80 46 C100 58 111 82 112 124 H92 C94 90 92 64 80 46 Z", ice.dark)
        + path("M10 110 C12 76 28 52 52 46 C36 58 24 80 22 112 Z", "#ffffff")
        + stroke(seams, "#a9cbe2", 2)
        + path("M72 124 V96 A25 25 0 0 1 124 96 V124 Z", ice.light)
        + path("M72 124 V96 A25 25 0 0 1 97 71 Q86 82 86 98 V124 Z", ice.dark)
        + path("M86 124 V98 A14 16 0 0 1 114 98 V124 Z", "#3f5f86")
    )


def _tepee() -> str:
    hide = tones("#ecd3a2")
    return (
        stroke("M54 6 L72 34 M64 4 L64 34 M76 6 L56 34", WOOD.dark, 4)
        + path("M64 20 L8 120 Q64 130 120 120 Z", hide.base)
        + path("M64 20 L8 120 Q20 124 36 125 Z", hide.light)
        + path("M64 20 L92 124 Q110 122 120 120 Z", hide.dark)
        + path("M64 54 L46 125 Q64 127 82 125 Z", "#6b4530")
        + path("M64 54 L46 125 L54 125.5 L64 60 Z", "#8d5c3e")
        + stroke("M22 96 L30 88 L38 97 L46 89", RED.base, 4)
        + stroke("M82 89 L90 97 L98 88 L106 96", RED.dark, 4)
        + stroke("M52 42 Q64 47 76 42", tones("#2f8f8a").base, 4)
    )


def _treehouse() -> str:
    leaves = ((30, 34, 27), (64, 24, 22), (98, 36, 26), (20, 54, 17), (110, 56, 15))
    rungs = "".join(rect(51, y, 14, 3, WOOD.light, 1) for y in spread(88, 118, 5))
    return (
        "".join(oval(x, y, r, r * 0.86, GREEN.dark) for x, y, r in leaves)
        + path("M48 124 Q58 100 54 70 H78 Q74 100 90 124 Z", WOOD.deep)
        + path("M48 124 Q58 100 54 70 H62 Q64 100 58 124 Z", WOOD.dark)
        + stroke("M66 88 Q92 84 98 66", WOOD.deep, 8)
        + block(34, 44, 54, 80, tones("#c98f56"))
        + polygon([(28, 48), (61, 20), (94, 48)], RED.dark)
        + polygon([(28, 48), (61, 20), (66, 24), (40, 48)], RED.base)
        + _window(42, 54, 16, 16)
        + opening(66, 80, 14, 26, WOOD.deep)
        + rect(22, 78, 82, 6, WOOD.base, 1)
        + rect(22, 78, 82, 2, WOOD.light, 1)
        + stroke("M52 84 V122 M64 84 V122", WOOD.light, 2.6)
        + rungs
        + "".join(
            oval(x, y, r, r * 0.8, GREEN.base) for x, y, r in ((18, 40, 16), (38, 22, 18), (90, 24, 19), (112, 44, 13))
        )
        + "".join(oval(x, y, r, r * 0.7, GREEN.light) for x, y, r in ((14, 36, 8), (34, 16, 10), (84, 18, 10)))
    )


def _greenhouse() -> str:
    frame = "M8 58 V122 M36 36 V122 M64 12 V122 M92 36 V122 M120 58 V122 M8 58 L64 12 L120 58 M8 58 H120 M8 90 H120"
    plants = "".join(
        oval(x, y, rx, ry, fill)
        for x, y, rx, ry, fill in (
            (24, 106, 13, 15, GREEN.base), (50, 100, 12, 20, GREEN.dark), (80, 104, 13, 17, GREEN.base),
            (106, 108, 12, 13, GREEN.dark),
            (22, 100, 6, 6, GREEN.light), (78, 96, 6, 6, GREEN.light),
        )
    )  # fmt: skip
    tomatoes = "".join(
        circle(x, y, 2.8, RED.base) for x, y in ((46, 92), (54, 104), (84, 100), (76, 110), (28, 110), (106, 104))
    )
    return (
        polygon([(8, 58), (64, 12), (120, 58), (120, 122), (8, 122)], "#d7eef4")
        + polygon([(64, 12), (120, 58), (120, 122), (92, 122), (92, 36)], "#b9dde8")
        + plants
        + tomatoes
        + polygon([(14, 62), (30, 62), (14, 84)], "#ffffff", 'opacity=".7"')
        + polygon([(40, 40), (60, 24), (60, 36), (44, 56), (40, 56)], "#ffffff", 'opacity=".6"')
        + stroke(frame, "#f8fbfb", 4)
        + rect(4, 118, 120, 6, BRICK.base, 1)
    )


DRAWN = {
    "barn": _barn,
    "cabin": _cabin,
    "cottage": _cottage,
    "igloo": _igloo,
    "tepee": _tepee,
    "treehouse": _treehouse,
    "greenhouse": _greenhouse,
}

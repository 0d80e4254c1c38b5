"""Bridges and what else leads over or through something."""

from easel_sketch.drawing.ink import path, polygon, rect, stroke
from easel_sketch.drawing.motifs.kit import (
    BRICK,
    FOOT,
    GREEN,
    NIGHT,
    RED,
    SLATE,
    STONE,
    WATER,
    WATER_LIGHT,
    WOOD,
    block,
    opening,
    openings,
    rim,
    spread,
    stones,
)


def _bridge() -> str:
    def vault(x: float, w: float, h: float) -> str:
        return opening(x - 3, FOOT, w + 6, h + 3, STONE.deep) + opening(x, FOOT, w, h, WATER)

    deck = "M9 74 Q64 36 119 74"
    return (
        path("M4 124 V78 Q64 38 124 78 V124 Z", STONE.base)
        + path("M94 64 Q110 70 124 78 V124 H94 Z", STONE.dark)
        + vault(13, 25, 40)
        + vault(48, 32, 58)
        + vault(90, 25, 40)
        + rect(4, 116, 120, 8, WATER)
        + "".join(stroke(f"M{x} 119.5 h12", WATER_LIGHT, 2) for x in (12, 52, 66, 96))
        + stroke(deck, STONE.dark, 9)
        + stroke("M8 70 Q64 31 120 70", STONE.light, 5)
        + stones(((34, 68), (84, 68), (18, 75), (100, 75)), STONE.light)
    )


def _hangers(first: float, last: float, count: int, sag: tuple[float, float], deck: float, fill: str) -> str:
    """Vertical cables below a hanging one that is `sag[0]` high at its ends and `sag[1]` in its middle."""
    middle, half = (first + last) / 2, (last - first) / 2
    places = (first + (last - first) * place / count for place in range(1, count))
    return "".join(
        rect(x - 0.5, y := sag[1] + (sag[0] - sag[1]) * ((x - middle) / half) ** 2, 1, deck - y, fill) for x in places
    )


def _suspension_bridge() -> str:
    tone = SLATE
    cables = "M4 84 Q20 60 32 26 M32 26 Q64 138 96 26 M96 26 Q108 60 124 84"
    return (
        rect(4, 110, 120, 14, WATER)
        + "".join(stroke(f"M{x} {y} h14", WATER_LIGHT, 2) for x, y in ((10, 116), (46, 115), (68, 120), (104, 116)))
        + _hangers(32, 96, 10, (26, 82), 88, tone.light)
        + rect(12, 72, 1, 16, tone.light)
        + rect(21, 53, 1, 36, tone.light)
        + rect(106, 53, 1, 36, tone.light)
        + rect(115, 72, 1, 16, tone.light)
        + stroke(cables, tone.base, 2.6, 'style="stroke-linecap:butt"')
        + block(27, 18, 10, 116, tone)
        + block(91, 18, 10, 116, tone)
        + rect(24, 112, 16, 6, STONE.base, 2)
        + rect(88, 112, 16, 6, STONE.base, 2)
        + rect(4, 86, 120, 7, tone.dark)
        + rect(4, 86, 120, 2.4, tone.light)
    )


def _railway_bridge() -> str:
    """Arches of brick with a train on them."""
    cars = "".join(
        rect(x, 26, w, 20, fill, 4) + rect(x + 4, 30, w - 8, 7, "#dff0f8", 2) + rect(x, 40, w, 3, "#ffffff")
        for x, w, fill in ((42, 38, "#3f7fd0"), (82, 38, "#3f7fd0"))
    )
    front = path("M40 46 V26 H26 Q10 28 6 42 Q6 46 10 46 Z", BRICK.base) + path(
        "M26 30 H36 V37 H14 Q18 31 26 30 Z", "#dff0f8"
    )
    return (
        cars
        + front
        + rect(4, 46, 120, 4, NIGHT)
        + rect(4, 50, 120, 74, BRICK.base)
        + rect(4, 50, 120, 7, BRICK.light)
        + openings((11, 49, 87), FOOT, 30, 58, BRICK.deep)
        + openings((14, 52, 90), FOOT, 24, 55, "#cfe6f2")
        + rect(4, 118, 120, 6, GREEN.base)
    )


def _dam() -> str:
    gates = "".join(
        rect(x, 44, 10, 12, NIGHT, 1) + rect(x, 56, 10, 62, "#dff2fb") + rect(x + 2, 56, 3, 62, "#a9d8ee")
        for x in (38, 59, 80)
    )
    return (
        polygon([(4, 34), (4, 96), (24, 124), (4, 124)], "#7d8f5e")
        + polygon([(124, 34), (124, 96), (104, 124), (124, 124)], "#66784c")
        + rect(4, 22, 120, 16, WATER)
        + stroke("M14 28 h16 M50 26 h22 M92 29 h16", WATER_LIGHT, 2)
        + path("M4 34 Q64 50 124 34 L106 124 H22 Z", STONE.base)
        + path("M94 41 Q110 38 124 34 L106 124 H88 Z", STONE.dark)
        + path("M4 34 Q18 38 32 41 L36 124 H22 Z", STONE.light)
        + stroke("M6 34 Q64 51 122 34", STONE.light, 5)
        + gates
        + path("M20 124 Q26 112 40 115 Q50 108 60 114 Q70 107 80 114 Q94 108 108 124 Z", "#ffffff")
    )


def _pier() -> str:
    posts = "".join(block(x, 70, 7, 116, WOOD) for x in (12, 40, 68, 96))
    rails = "".join(block(x, 46, 4, 66, WOOD) for x in spread(8, 116, 7))
    hut = (
        rect(76, 34, 34, 32, "#f3e6c8")
        + rect(98, 34, 12, 32, "#d8c8a6")
        + polygon([(70, 36), (93, 14), (116, 36)], RED.base)
    )
    return (
        hut
        + rect(86, 46, 12, 20, WOOD.dark)
        + posts
        + stroke("M16 74 L43 108 M43 74 L71 108 M71 74 L99 108", WOOD.dark, 3)
        + rect(4, 64, 120, 9, WOOD.light)
        + rect(4, 69, 120, 4, WOOD.dark)
        + rails
        + rect(4, 46, 72, 4, WOOD.light)
        + path("M4 124 V110 Q14 104 24 110 T44 110 T64 110 T84 110 T104 110 T124 110 V124 Z", WATER)
        + stroke("M16 118 h16 M56 117 h20 M96 119 h14", WATER_LIGHT, 2.4)
    )


def _tunnel() -> str:
    middle = (64.0, 78.0)
    ring_ = "".join(
        polygon(
            [
                *rim(middle, 46, 46, 180 + 20 * place + 1, 199 + 20 * place, 4),
                *rim(middle, 34, 34, 199 + 20 * place, 181 + 20 * place, 4),
            ],
            (STONE.light, STONE.base, STONE.dark)[place // 3],
        )
        for place in range(9)
    )
    return (
        path("M4 124 Q8 30 64 18 Q120 30 124 124 Z", GREEN.base)
        + path("M84 24 Q120 40 124 124 H100 Q108 60 84 24 Z", GREEN.dark)
        + opening(18, FOOT, 92, 92, STONE.deep)
        + rect(18, 78, 12, 46, STONE.light)
        + rect(98, 78, 12, 46, STONE.dark)
        + ring_
        + opening(30, FOOT, 68, 80, NIGHT)
        + polygon([(56, 86), (72, 86), (94, 124), (34, 124)], "#6f7689")
        + polygon([(63, 88), (65, 88), (65.5, 98), (62.5, 98)], "#fff4d0")
        + polygon([(62, 103), (66, 103), (67.5, 119), (60.5, 119)], "#fff4d0")
    )


def _stairs() -> str:
    steps = ""
    for place in range(6):
        x, y = 6 + 19.6 * place, 108 - 18.5 * place
        steps += rect(x, y, 122 - x, 124 - y, STONE.base)
        steps += rect(x, y, 122 - x, 5, STONE.light) + rect(x, y + 5, 3, min(13.5, 119 - y), STONE.dark)
    return steps + polygon([(104, 15.5), (122, 15.5), (122, 124), (104, 124)], STONE.dark, 'opacity=".5"')


DRAWN = {
    "bridge": _bridge,
    "suspension-bridge": _suspension_bridge,
    "railway-bridge": _railway_bridge,
    "dam": _dam,
    "pier": _pier,
    "tunnel": _tunnel,
    "stairs": _stairs,
}

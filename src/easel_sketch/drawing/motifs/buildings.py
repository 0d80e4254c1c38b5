"""Shops, halls and other large buildings."""

from easel_sketch.drawing.ink import circle, oval, path, polygon, rect, stroke, trace
from easel_sketch.drawing.motifs.kit import (
    BRICK,
    FOOT,
    GLASS,
    GOLD,
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
    lawn,
    opening,
    openings,
    round_tower,
    spread,
    tones,
    windows,
)

_CREAM = tones("#f1e4c8")


def _skyscraper() -> str:
    tone = tones("#6f9ec6")
    return (
        rect(62, 2, 3, 20, STEEL.dark)
        + block(46, 18, 36, FOOT, tone)
        + block(34, 34, 60, FOOT, tone)
        + block(24, 62, 80, FOOT, tone)
        + windows(40, 40, 7, 3, (7, 7), (4, 4), "#d8ecf8")
        + windows(31, 68, 10, 7, (7, 7), (4, 4), "#d8ecf8")
        + windows(51, 23, 4, 1, (7, 7), (4, 5), "#d8ecf8")
        + rect(54, 112, 20, 12, NIGHT)
        + rect(63, 112, 2, 12, STEEL.light)
    )


def _mansion() -> str:
    columns = "".join(block(x, 60, 5, 118, MARBLE) for x in spread(44, 79, 4))
    return (
        block(6, 54, 116, FOOT, tones("#e8d6b4"))
        + polygon([(2, 54), (18, 30), (110, 30), (126, 54)], SLATE.base)
        + polygon([(94, 30), (110, 30), (126, 54), (104, 54)], SLATE.dark)
        + rect(24, 16, 9, 20, BRICK.base)
        + rect(95, 16, 9, 20, BRICK.dark)
        + windows(14, 62, 2, 2, (13, 30), (8, 18), GLASS.dark)
        + windows(93, 62, 2, 2, (13, 30), (8, 18), GLASS.dark)
        + rect(40, 54, 48, 70, MARBLE.dark)
        + opening(57, 118, 14, 36, WOOD.deep)
        + windows(48.5, 66, 3, 1, (12, 0), (6, 12), GLASS.dark)
        + columns
        + polygon([(34, 60), (64, 36), (94, 60)], MARBLE.base)
        + polygon([(42, 57), (64, 41), (86, 57)], MARBLE.dark)
        + rect(34, 58, 60, 4, MARBLE.light)
        + rect(36, 116, 56, 4, MARBLE.light)
        + rect(32, 120, 64, 4, MARBLE.dark)
    )


def _palace() -> str:
    gold, wall = GOLD, tones("#f0dfc0")
    wings = windows(12, 76, 3, 2, (11, 22), (6, 14), GLASS.deep) + windows(88, 76, 3, 2, (11, 22), (6, 14), GLASS.deep)
    flag = rect(63, 2, 2, 16, STEEL.dark) + polygon([(65, 3), (78, 7), (65, 11)], RED.base)
    return (
        block(4, 68, 120, FOOT, wall)
        + rect(2, 64, 124, 5, wall.light)
        + wings
        + block(40, 50, 48, FOOT, wall)
        + rect(37, 46, 54, 5, wall.light)
        + flag
        + dome(64, 46, 40, 28, gold)
        + block(6, 56, 16, FOOT, wall)
        + block(106, 56, 16, FOOT, wall)
        + dome(14, 56, 18, 17, gold)
        + dome(114, 56, 18, 17, gold)
        + windows(11, 64, 1, 1, (0, 0), (6, 12), GLASS.deep)
        + windows(111, 64, 1, 1, (0, 0), (6, 12), GLASS.deep)
        + openings(spread(46, 75, 3), 78, 7, 18, GLASS.deep)
        + opening(55, FOOT, 18, 36, WOOD.deep)
        + opening(44.5, FOOT - 8, 7, 20, GLASS.deep)
        + opening(76.5, FOOT - 8, 7, 20, GLASS.deep)
    )


def _pagoda() -> str:
    parts = [rect(63, 2, 3, 22, GOLD.dark), circle(64.5, 6, 3.4, GOLD.base)]
    for level, (y, wide) in enumerate(((106, 84), (82, 70), (58, 56), (36, 42))):
        wall, eave, high = wide * 0.62, wide * 0.7, 15
        parts += [
            block(64 - wall / 2, y, wall, y + 18, tones("#d95a45")),
            openings(spread(64 - wall * 0.36, 64 + wall * 0.36 - 5, 3), y + 17, 5, 12, LIT if level % 2 else NIGHT),
            path(
                trace("M", 64 - eave, y - 2, "Q", 64 - wall * 0.5, y, 64 - wall * 0.38, y - high, "H", 64 + wall * 0.38)
                + trace(
                    "", "Q", 64 + wall * 0.5, y, 64 + eave, y - 2, "Q", 64 + eave * 0.7, y + 6, 64 + wall * 0.5, y + 5
                )
                + trace("", "H", 64 - wall * 0.5, "Q", 64 - eave * 0.7, y + 6, 64 - eave, y - 2, "Z"),
                SLATE.base,
            ),
            path(
                trace("M", 64 + wall * 0.1, y - high, "H", 64 + wall * 0.38, "Q", 64 + wall * 0.5, y, 64 + eave, y - 2)
                + trace("", "Q", 64 + eave * 0.7, y + 6, 64 + wall * 0.5, y + 5, "H", 64 + wall * 0.2, "Z"),
                SLATE.dark,
            ),
        ]
    return "".join((*parts[:2], *parts[2:])) + rect(30, 120, 68, 4, STONE.dark)


def _ruins() -> str:
    def pillar(x: float, top: float) -> str:
        return round_tower(x, top, 14, 116, SAND) + (rect(x - 3, top - 6, 20, 6, SAND.light) if top < 50 else "")

    broken = polygon([(94, 80), (97, 72), (101, 77), (105, 70), (108, 80)], SAND.base)
    return (
        lawn()
        + rect(6, 112, 116, 10, SAND.dark)
        + rect(12, 108, 104, 5, SAND.light)
        + pillar(18, 36)
        + pillar(43, 36)
        + pillar(68, 36)
        + pillar(94, 80)
        + broken
        + polygon([(12, 30), (12, 20), (62, 20), (68, 14), (78, 20), (86, 30)], SAND.base)
        + polygon([(12, 20), (20, 16), (30, 8), (50, 14), (62, 20)], SAND.dark)
        + rect(12, 26, 76, 4, SAND.dark)
        + rect(102, 112, 20, 11, SAND.base, 5)
        + oval(103, 117.5, 4, 5.5, SAND.light)
    )


def _shop() -> str:
    awning = "".join(
        path(trace("M", x, 48, "H", x + 16.2, "V", 72, "a", 8.1, 8, "0 0 1", -16.2, 0, "Z"), fill)
        for x, fill in zip(spread(7.3, 104.5, 7), ("#e2574c", "#fff6ea") * 4, strict=False)
    )
    return (
        block(10, 14, 108, FOOT, tones("#e6c79c"))
        + rect(6, 8, 116, 8, WOOD.base)
        + rect(18, 22, 92, 18, tones("#3f7f7a").base, 4)
        + rect(30, 29, 68, 4, "#f4ead2", 2)
        + rect(16, 66, 58, 42, WOOD.dark)
        + rect(19, 69, 52, 36, GLASS.base)
        + polygon([(24, 69), (40, 69), (26, 105), (19, 105), (19, 84)], GLASS.light)
        + rect(16, 108, 58, 16, WOOD.base)
        + rect(82, 66, 28, 58, WOOD.dark)
        + rect(86, 70, 20, 34, GLASS.base)
        + polygon([(90, 70), (98, 70), (88, 104), (86, 104), (86, 86)], GLASS.light)
        + circle(105, 110, 2, GOLD.base)
        + awning
        + rect(6, 44, 116, 6, "#b8433b")
    )


def _theatre() -> str:
    bulbs = "".join(circle(x, y, 2, LIT) for y in (60, 84) for x in spread(16, 112, 13))
    masks = (
        path("M50 23 Q64 28 78 23 Q80 46 64 49 Q48 46 50 23 Z", GOLD.base)
        + path("M64 25.6 Q71 25.6 78 23 Q80 46 64 49 Z", GOLD.dark)
        + path("M56 37 Q64 40 72 37 Q70 46 64 46 Q58 46 56 37 Z", RED.deep)
    )
    eyes = oval(58.5, 32, 3, 1.9, RED.deep) + oval(69.5, 32, 3, 1.9, RED.deep)
    doors = "".join(rect(x, 98, 14, 26, RED.deep, 2) + rect(x + 3, 101, 8, 14, LIT) for x in spread(28, 86, 4))
    return (
        block(14, 20, 100, FOOT, tones("#c9674f"))
        + polygon([(8, 22), (64, 4), (120, 22)], _CREAM.base)
        + rect(8, 19, 112, 5, _CREAM.light)
        + openings((24, 92), 54, 12, 24, NIGHT)
        + masks
        + eyes
        + rect(18, 88, 92, 36, _CREAM.dark)
        + doors
        + rect(6, 56, 116, 32, RED.base, 4)
        + rect(12, 64, 104, 16, "#fff7e6", 2)
        + bulbs
        + windows(24, 70, 5, 1, (18, 0), (9, 4), RED.deep)
    )


def _gas_station() -> str:
    pump = (
        rect(66, 70, 26, 50, RED.base, 3)
        + rect(66, 70, 7, 50, RED.light, 3)
        + rect(71, 76, 16, 12, "#e8f2f6", 1)
        + rect(62, 118, 34, 6, STEEL.dark, 1)
        + stroke("M92 80 Q102 82 102 96 V106 Q102 112 107 112 Q111 112 111 106 V86", NIGHT, 3)
        + rect(108, 78, 7, 12, NIGHT, 2)
    )
    return (
        block(14, 34, 9, FOOT, STEEL)
        + rect(4, 14, 120, 22, "#f6f3ee", 3)
        + rect(4, 26, 120, 10, RED.base, 3)
        + rect(4, 24, 120, 4, GOLD.base)
        + rect(26, 62, 34, 62, tones("#dfe6ea").base)
        + rect(24, 58, 38, 6, STEEL.base)
        + rect(30, 70, 12, 26, GLASS.base)
        + rect(45, 70, 11, 54, GLASS.dark)
        + block(116, 34, 5, FOOT, STEEL)
        + pump
    )


DRAWN = {
    "skyscraper": _skyscraper,
    "mansion": _mansion,
    "palace": _palace,
    "pagoda": _pagoda,
    "temple-ruins": _ruins,
    "shop-front": _shop,
    "theatre": _theatre,
    "gas-station": _gas_station,
}

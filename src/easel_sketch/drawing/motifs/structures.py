"""Walls, gates, statues and what stands in streets."""

from easel_sketch.drawing.ink import circle, oval, path, polygon, rect, stroke
from easel_sketch.drawing.motifs.kit import (
    BRICK,
    FOOT,
    GOLD,
    LIT,
    MARBLE,
    NIGHT,
    RED,
    SAND,
    STONE,
    WOOD,
    block,
    knob,
    lawn,
    rim,
    spread,
    tones,
)


def _gate() -> str:
    bars = "".join(
        rect(x - 1.5, 40 + abs(x - 64) * 0.34, 3, 80 - abs(x - 64) * 0.34, NIGHT)
        + circle(x, 39 + abs(x - 64) * 0.34, 2.6, GOLD.base)
        for x in spread(31, 97, 9)
    )
    scrolls = "".join(stroke(f"M{x - 7} 92 a7 7 0 0 1 14 0 a7 7 0 0 1 -14 0", NIGHT, 2.4) for x in (47.5, 80.5))
    return (
        block(6, 34, 20, FOOT, STONE)
        + block(102, 34, 20, FOOT, STONE)
        + rect(3, 28, 26, 7, STONE.light, 1)
        + rect(99, 28, 26, 7, STONE.light, 1)
        + knob(16, 20, 9, STONE)
        + knob(112, 20, 9, STONE)
        + bars
        + rect(26, 76, 76, 4, NIGHT)
        + rect(26, 104, 76, 4, NIGHT)
        + rect(26, 117, 76, 4, NIGHT)
        + scrolls
        + rect(62.8, 40, 2.4, 81, "#6b7490")
        + circle(64, 86, 4, GOLD.base)
    )


def _arch() -> str:
    middle, points = (64.0, 66.0), 9
    wedges = ""
    for place in range(points):
        start, end = 180 + 180 * place / points, 180 + 180 * (place + 1) / points
        corners = [*rim(middle, 56, 56, start + 0.7, end - 0.7, 5), *rim(middle, 32, 32, end - 1, start + 1, 5)]
        wedges += polygon(corners, (SAND.light, SAND.base, SAND.dark)[min(2, place * 3 // points)])
    legs = "".join(
        rect(x, y, 24, 12.5, tone) for x, tone in ((8, SAND.light), (96, SAND.dark)) for y in spread(66, 105, 4)
    )
    return wedges + legs + rect(4, 118, 32, 6, SAND.base) + rect(92, 118, 32, 6, SAND.deep)


def _fence() -> str:
    pickets = "".join(
        polygon([(x, 40), (x + 8, 28), (x + 16, 40), (x + 16, 124), (x, 124)], "#eae3d3")
        + polygon([(x + 11, 32.5), (x + 16, 40), (x + 16, 124), (x + 11, 124)], "#c4baa7")
        for x in spread(5, 107, 6)
    )
    return rect(3, 54, 122, 10, "#a79c88") + rect(3, 96, 122, 10, "#a79c88") + pickets


def _brick_wall() -> str:
    shades = (BRICK.base, BRICK.light, BRICK.dark, BRICK.base)
    bricks = ""
    for row, y in enumerate(spread(26, 109, 6)):
        for place in range(5):
            x = 6 + 29.5 * place - (14.7 if row % 2 else 0)
            left, right = max(6.0, x), min(122.0, x + 27.5)
            if right - left > 3:
                fill = shades[(row * 3 + place * 2 + row * place) % 4]
                bricks += rect(left, y, right - left, 14, fill, 1.5) + rect(
                    left, y, right - left, 3, "#ffffff", 1, 'opacity=".14"'
                )
    return rect(4, 24, 120, 100, "#e3d6c6", 2) + bricks


def _statue() -> str:
    tone = tones("#8fa39a")
    return (
        block(36, 96, 56, 116, STONE)
        + rect(32, 91, 64, 7, STONE.light)
        + rect(28, 115, 72, 9, STONE.dark)
        + rect(50, 102, 28, 8, GOLD.dark, 1)
        + path("M50 91 Q46 62 52 42 Q56 32 64 32 Q74 32 77 42 Q84 66 80 91 Z", tone.base)
        + path("M68 32 Q75 34 77 42 Q84 66 80 91 H70 Q74 60 68 32 Z", tone.dark)
        + path("M56 36 Q48 60 54 91 H50 Q46 62 52 42 Q54 37 56 36 Z", tone.light)
        + stroke("M60 52 Q58 72 61 90", tone.dark, 2.6)
        + stroke("M54 42 Q40 52 48 66 L58 62", tone.base, 8)
        + stroke("M75 40 Q88 30 90 12", tone.base, 8)
        + stroke("M77 39 Q89 30 91 14", tone.dark, 3)
        + circle(90, 9, 4.6, tone.base)
        + rect(60, 26, 8, 9, tone.dark)
        + oval(64, 18, 9.5, 11.5, tone.base)
        + path("M64 6.5 A9.5 11.5 0 0 1 64 29.5 Q70 18 64 6.5 Z", tone.dark)
        + path("M54 18 Q52 4 66 5 Q76 7 74 18 Q70 10 62 11 Q56 12 54 18 Z", tone.deep)
        + rect(45, 62, 12, 9, MARBLE.base, 1)
    )


def _well() -> str:
    stones = "".join(
        rect(x, y, 20, 11, (STONE.light, STONE.base, STONE.dark)[min(2, place // 2)], 3)
        for row, y in enumerate((84, 97, 110))
        for place, x in enumerate(spread(20 - 6 * (row % 2), 98 - 6 * (row % 2), 5))
        if x + 20 <= 114
    )
    return (
        rect(26, 40, 7, 46, WOOD.base)
        + rect(95, 40, 7, 46, WOOD.dark)
        + stroke("M26 56 H102", WOOD.light, 6)
        + rect(62.8, 58, 2.4, 14, "#d8c08a")
        + polygon([(55, 70), (73, 70), (70, 86), (58, 86)], WOOD.dark)
        + polygon([(55, 70), (61, 70), (62, 86), (58, 86)], WOOD.light)
        + polygon([(64, 6), (12, 44), (116, 44)], RED.base)
        + polygon([(64, 6), (74, 44), (116, 44)], RED.dark)
        + rect(16, 84, 96, 40, STONE.deep, 4)
        + stones
        + rect(11, 77, 106, 9, STONE.light, 4)
        + rect(82, 77, 35, 9, STONE.dark, 4)
    )


def _street_lamp() -> str:
    return (
        circle(64, 24, 20, "#ffe58a", 'opacity=".35"')
        + polygon([(50, 14), (78, 14), (73, 38), (55, 38)], LIT)
        + polygon([(58, 14), (65, 14), (64, 38), (60, 38)], "#fffbe6")
        + stroke("M50 14 L55 38 H73 L78 14", NIGHT, 2.4)
        + path("M46 14 Q64 0 82 14 Z", NIGHT)
        + rect(52, 38, 24, 4, NIGHT, 1)
        + block(60, 42, 8, 106, tones("#4b5270"))
        + stroke("M46 52 H82", NIGHT, 3)
        + rect(57, 62, 14, 4, NIGHT, 2)
        + path("M52 124 Q54 108 60 104 H68 Q74 108 76 124 Z", tones("#4b5270").dark)
        + rect(46, 119, 36, 5, NIGHT, 1)
    )


def _signpost() -> str:
    return (
        lawn()
        + block(58, 6, 12, 122, WOOD)
        + polygon([(20, 18), (104, 18), (120, 31), (104, 44), (20, 44)], WOOD.light)
        + polygon([(20, 38), (112, 38), (104, 44), (20, 44)], WOOD.base)
        + polygon([(108, 54), (24, 54), (8, 67), (24, 80), (108, 80)], tones("#c98f56").light)
        + polygon([(108, 74), (16, 74), (24, 80), (108, 80)], WOOD.base)
        + "".join(circle(64, y, 2, WOOD.deep) for y in (24, 38, 60, 74))
    )


DRAWN = {
    "gate": _gate,
    "arch": _arch,
    "fence": _fence,
    "brick-wall": _brick_wall,
    "statue": _statue,
    "well": _well,
    "street-lamp": _street_lamp,
    "signpost": _signpost,
}

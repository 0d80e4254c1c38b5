"""Landmarks: domes, halls, modern towers, a rock."""

from easel_sketch.drawing.ink import circle, oval, path, polygon, rect, stroke, trace
from easel_sketch.drawing.motifs.kit import (
    BUTT,
    FOOT,
    GOLD,
    GREEN,
    NIGHT,
    RED,
    SLATE,
    STEEL,
    STONE,
    WOOD,
    block,
    dome,
    opening,
    openings,
    round_tower,
    spire,
    spread,
    tapered,
    tones,
)


def _hagia_sophia() -> str:
    wall, lead = tones("#d9a08a"), tones("#8f9aa6")

    def minaret(x: float, tone: str) -> str:
        return (
            spire(x, 8, 30, 8, lead)
            + round_tower(x - 3, 30, 6, 118, tones(tone))
            + rect(x - 5, 50, 10, 3, STONE.light)
            + rect(x - 5, 74, 10, 3, STONE.light)
        )

    return (
        minaret(10, "#e8e0d2")
        + minaret(118, "#e8e0d2")
        + minaret(28, "#e8e0d2")
        + minaret(100, "#c9806a")
        + rect(63.3, 18, 1.4, 10, GOLD.base)
        + dome(64, 58, 60, 32, lead)
        + rect(34, 56, 60, 9, wall.light)
        + openings(spread(37, 87, 11), 64, 3, 6, NIGHT)
        + dome(38, 82, 36, 18, lead)
        + dome(90, 82, 36, 18, lead)
        + block(44, 64, 40, 92, wall)
        + path("M47 92 V82 A17 17 0 0 1 81 82 V92 Z", wall.light)
        + openings(spread(52, 72, 4), 90, 4, 9, NIGHT)
        + block(20, 82, 88, FOOT, wall)
        + dome(30, 98, 22, 12, lead)
        + dome(98, 98, 22, 12, lead)
        + rect(18, 97, 92, 4, wall.light)
        + openings(spread(25, 96, 8), 114, 6, 11, NIGHT)
        + opening(57, FOOT, 14, 18, WOOD.deep)
        + rect(4, 118, 120, 6, STONE.dark)
    )


def _st_peters() -> str:
    stone, lead = tones("#e2d2b4"), tones("#8aa0ae")
    ribs = "".join(
        stroke(f"M{64 + dx} 56 Q{64 + dx * 0.9} 34 {64 + dx * 0.2} 26", lead.light, 1.2) for dx in (-18, -9, 9, 18)
    )
    columns = "".join(block(x, 84, 4, 114, stone) for x in spread(24, 100, 9))
    statues = "".join(
        rect(x, 69, 3, 7, stone.dark, 1) + circle(x + 1.5, 68, 1.6, stone.dark) for x in spread(22, 103, 10)
    )
    return (
        rect(63.2, 3, 1.6, 12, GOLD.base)
        + rect(60.4, 6, 7.2, 1.6, GOLD.base)
        + block(58, 14, 12, 28, stone)
        + dome(64, 58, 48, 33, lead)
        + ribs
        + block(42, 57, 44, 76, stone)
        + "".join(block(x, 58, 3, 74, stone) for x in spread(44, 81, 7))
        + rect(40, 56, 48, 3, stone.light)
        + dome(26, 78, 18, 14, lead)
        + dome(102, 78, 18, 14, lead)
        + statues
        + block(16, 76, 96, 116, stone)
        + rect(14, 75, 100, 5, stone.light)
        + rect(20, 84, 88, 30, stone.deep)
        + columns
        + polygon([(46, 84), (64, 74), (82, 84)], stone.light)
        + polygon([(53, 82.6), (64, 77), (75, 82.6)], stone.dark)
        + rect(44, 83, 40, 3, stone.base)
        + opening(58, 114, 12, 20, WOOD.deep)
        + "".join(
            rect(16 - 4 * step, 114 + 3.4 * step, 96 + 8 * step, 3.4, (stone.light, stone.dark)[step % 2])
            for step in range(3)
        )
    )


def _atomium() -> str:
    balls = ((64, 14), (26, 34), (102, 34), (64, 50), (26, 74), (102, 74), (64, 64), (44, 96), (84, 96))
    bars = (
        (0, 1),
        (0, 2),
        (1, 4),
        (2, 5),
        (1, 3),
        (2, 3),
        (0, 6),
        (6, 4),
        (6, 5),
        (4, 7),
        (5, 8),
        (6, 7),
        (6, 8),
        (3, 7),
        (3, 8),
    )
    tubes = "".join(stroke(trace("M", *balls[a], "L", *balls[b]), STEEL.base, 4) for a, b in bars)
    spheres = "".join(
        circle(x, y, 11, STEEL.dark)
        + circle(x - 1, y - 1, 9.6, tones("#b9c8d3").base)
        + circle(x - 3.4, y - 3.8, 3.6, "#f3f8fb")
        for place, (x, y) in enumerate(balls)
        if place != 3
    )
    legs = stroke("M44 96 L30 120 M84 96 L98 120 M64 64 V118", STEEL.dark, 5, BUTT)
    base = rect(18, 118, 92, 6, STONE.base, 2) + path("M50 118 Q64 104 78 118 Z", STEEL.light)
    return tubes + legs + spheres + base


def _shard() -> str:
    glass = tones("#a3c4d8")
    floors = "".join(
        rect(64 - 30 * share, 6 + 118 * share, 60 * share, 1, glass.dark, 0, 'opacity=".7"')
        for share in spread(0.16, 0.96, 22)
    )
    return (
        polygon([(62, 4), (66, 10), (94, 124), (34, 124)], glass.base)
        + polygon([(62, 4), (34, 124), (52, 124)], glass.light)
        + polygon([(66, 10), (94, 124), (72, 124)], glass.dark)
        + polygon([(66, 2), (68, 22), (63.6, 10)], glass.dark)
        + floors
        + rect(24, 118, 80, 6, SLATE.base, 1)
    )


def _gherkin() -> str:
    glass = tones("#5f8fae")
    outline = "M64 4 C86 22 98 60 90 124 H38 C30 60 42 22 64 4 Z"
    bands = "".join(
        stroke(
            f"M{64 + side * x} 124 C{64 + side * (x + 26)} 80 {64 + side * (x * 0.4 + 8)} 30 {64 + side * 3} 8",
            "#d5e8f2",
            1.6,
        )
        for x in (-26, -13, 0, 13)
        for side in (-1, 1)
    )
    return (
        path(outline, glass.base)
        + path("M64 4 C86 22 98 60 90 124 H74 C84 60 78 26 64 4 Z", glass.dark)
        + path("M64 4 C42 22 30 60 38 124 H46 C40 66 48 28 64 4 Z", glass.light)
        + bands
        + path("M64 4 C72 10 78 18 82 28 H46 C50 18 56 10 64 4 Z", NIGHT)
        + rect(28, 120, 72, 4, STONE.base, 1)
    )


def _skytree() -> str:
    tone = tones("#c3d0da")
    lattice = "".join(
        stroke(f"M{64 - half} {y} L{64 + less} {y - 12} M{64 + half} {y} L{64 - less} {y - 12}", tone.deep, 1.1)
        for y, half, less in ((120, 16, 14), (108, 14, 12), (96, 12, 10.5), (84, 10.5, 9.4), (72, 9.4, 8.4))
    )
    return (
        rect(63.2, 1, 1.6, 16, STEEL.dark)
        + tapered(64, 10, 3, 38, 5, tone)
        + path("M56 32 H72 L69 39 H59 Z", tone.light)
        + path("M65 32 H72 L69 39 H65 Z", tone.dark)
        + tapered(64, 39, 9, 58, 11, tone)
        + path("M48 50 H80 L74 60 H54 Z", tone.light)
        + rect(49, 52, 30, 3, "#4f7fa8")
        + path("M66 50 H80 L74 60 H66 Z", tone.dark, 'opacity=".6"')
        + tapered(64, 60, 15, FOOT, 34, tone)
        + lattice
        + rect(36, 119, 56, 5, STONE.base, 1)
    )


def _transamerica() -> str:
    tone = tones("#ddd8cf")
    rows = "".join(
        rect(64 - 27 * share + 2, 6 + 118 * share, 54 * share - 4, 2, tone.deep, 0, 'opacity=".75"')
        for share in spread(0.3, 0.9, 15)
    )
    return (
        polygon([(64, 2), (36, 124), (92, 124)], tone.base)
        + polygon([(64, 2), (74, 124), (92, 124)], tone.dark)
        + polygon([(64, 2), (36, 124), (44, 124)], tone.light)
        + rows
        + polygon([(55, 48), (55, 92), (47, 92)], tone.light)
        + polygon([(73, 48), (81, 92), (73, 92)], tone.deep)
        + stroke("M40 124 L46 112 L52 124 L58 112 L64 124 L70 112 L76 124 L82 112 L88 124", tone.deep, 2, BUTT)
    )


def _forbidden_city() -> str:
    roof, red = tones("#e0a53a"), RED

    def eaves(top: float, wide: float, ridge: float, high: float) -> str:
        left, right = 64 - wide / 2, 64 + wide / 2
        return (
            path(
                trace(
                    *("M", left, top + high - 2, "Q", 64 - ridge / 2 - 4, top + high - 6, 64 - ridge / 2, top),
                    *("H", 64 + ridge / 2),
                )
                + trace(
                    "", "Q", 64 + ridge / 2 + 4, top + high - 6, right, top + high - 2, "L", right - 6, top + high + 3
                )
                + trace("", "H", left + 6, "Z"),
                roof.base,
            )
            + path(
                trace(
                    *("M", 64 + ridge / 4, top, "H", 64 + ridge / 2),
                    *("Q", 64 + ridge / 2 + 4, top + high - 6, right, top + high - 2),
                    *("L", right - 6, top + high + 3, "H", 64 + ridge / 3, "Z"),
                ),
                roof.dark,
            )
            + rect(64 - ridge / 2 - 2, top - 3, ridge + 4, 4, roof.light, 1)
        )

    return (
        rect(30, 44, 68, 18, red.base)
        + "".join(rect(x, 46, 3, 14, GOLD.base) for x in spread(33, 92, 9))
        + eaves(22, 100, 56, 22)
        + eaves(56, 116, 78, 12)
        + block(18, 71, 92, 98, red)
        + "".join(rect(x, 72, 5, 26, red.deep) for x in spread(22, 101, 7))
        + "".join(rect(x, 78, 6, 20, GOLD.dark) for x in (42, 61, 80))
        + rect(10, 97, 108, 8, "#f3efe4")
        + rect(6, 105, 116, 9, "#ddd7c8")
        + rect(4, 114, 120, 10, "#f3efe4")
        + polygon([(54, 97), (74, 97), (80, 124), (48, 124)], "#c4bdac")
        + "".join(rect(x, 108, 2, 16, "#c4bdac") for x in (*spread(8, 40, 5), *spread(86, 118, 5)))
    )


def _pantheon() -> str:
    stone = tones("#d3bf9c")
    columns = "".join(
        round_tower(x, 70, 8, 112, stone) + rect(x - 1.5, 66, 11, 5, stone.light) for x in spread(19, 101, 8)
    )
    return (
        dome(64, 48, 92, 26, tones("#a59a8a"))
        + rect(14, 46, 100, 8, stone.dark)
        + rect(18, 40, 92, 8, stone.base)
        + rect(16, 60, 96, 52, stone.deep)
        + opening(54, 112, 20, 34, NIGHT)
        + columns
        + polygon([(8, 58), (64, 28), (120, 58)], stone.light)
        + polygon([(24, 55), (64, 34), (104, 55)], stone.dark)
        + rect(8, 57, 112, 10, stone.base)
        + rect(8, 57, 112, 3, stone.light)
        + "".join(rect(x, 62, 5, 2, stone.deep) for x in spread(20, 103, 12))
        + rect(10, 112, 108, 6, stone.light)
        + rect(4, 118, 120, 6, stone.dark)
    )


def _uluru() -> str:
    rock = tones("#c9603a")
    return (
        path("M4 110 Q8 74 22 62 Q36 54 60 54 Q90 50 106 66 Q120 78 124 110 Z", rock.base)
        + path("M4 110 Q8 74 22 62 Q30 58 40 56 Q22 76 22 110 Z", rock.light)
        + path("M84 53 Q98 58 106 66 Q120 78 124 110 H92 Q102 76 84 53 Z", rock.dark)
        + stroke("M36 66 Q32 88 34 106 M50 60 Q48 84 50 106 M66 60 Q66 86 68 106 M80 60 Q86 84 84 106", rock.deep, 2.4)
        + path("M4 124 V110 Q64 100 124 110 V124 Z", tones("#d99a5a").base)
        + "".join(oval(x, y, 7, 4, GREEN.dark) for x, y in ((16, 114), (34, 118), (70, 113), (92, 118), (112, 115)))
    )


DRAWN = {
    "hagia-sophia": _hagia_sophia,
    "st-peters-basilica": _st_peters,
    "pantheon": _pantheon,
    "forbidden-city": _forbidden_city,
    "atomium": _atomium,
    "the-shard": _shard,
    "gherkin-tower": _gherkin,
    "tokyo-skytree": _skytree,
    "transamerica-pyramid": _transamerica,
    "uluru": _uluru,
}

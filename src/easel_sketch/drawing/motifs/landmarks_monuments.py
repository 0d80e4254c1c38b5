"""Landmarks: gates, statues, a castle."""

from easel_sketch.drawing.ink import circle, moved, oval, path, polygon, rect, stroke
from easel_sketch.drawing.motifs.kit import (
    BUTT,
    COPPER,
    FOOT,
    GOLD,
    GREEN,
    NIGHT,
    SAND,
    SLATE,
    STONE,
    block,
    opening,
    round_tower,
    spire,
    spread,
    tapered,
    tones,
    windows,
)


def _arc_de_triomphe() -> str:
    tone = tones("#dccbab")
    return (
        block(16, 30, 96, FOOT, tone)
        + rect(10, 26, 108, 7, tone.light)
        + rect(10, 31, 108, 3, tone.dark)
        + rect(16, 8, 96, 18, tone.base)
        + rect(92, 8, 20, 18, tone.dark)
        + rect(12, 5, 104, 5, tone.light)
        + "".join(circle(x, 18, 3.2, tone.dark) for x in spread(22, 106, 8))
        + rect(16, 42, 96, 3, tone.dark)
        + "".join(rect(x, 34, 5, 7, tone.dark) for x in spread(22, 101, 10))
        + opening(40, FOOT, 48, 76, tone.light)
        + opening(43, FOOT, 42, 72, tone.deep)
        + opening(49, FOOT, 36, 66, "#8f7f70")
        + "".join(
            rect(x, 50, 16, 20, tone.dark, 1)
            + rect(x + 2, 52, 12, 16, tone.light)
            + rect(x, 80, 16, 34, tone.dark, 1)
            + oval(x + 8, 94, 5, 10, tone.light)
            for x in (20, 92)
        )
        + rect(10, 116, 30, 8, tone.dark)
        + rect(88, 116, 30, 8, tone.dark)
    )


def _horse(x: float) -> str:
    """One of four horses before a chariot."""
    tone = COPPER
    return (
        rect(x + 1, 20, 2, 8, tone.dark)
        + rect(x + 5, 20, 2, 8, tone.dark)
        + oval(x + 4, 18, 4.6, 4.4, tone.base)
        + stroke(f"M{x + 3} 16 L{x + 3} 9", tone.base, 3.6)
        + stroke(f"M{x + 3} 8 L{x + 1} 10", tone.base, 3)
    )


def _brandenburg_gate() -> str:
    tone = tones("#dcc596")
    columns = "".join(
        tapered(x, 58, 8, 116, 9, tone) + rect(x - 5.5, 56, 11, 4, tone.light) for x in spread(24, 104, 6)
    )
    figure = (
        stroke("M64 24 V8", COPPER.base, 5) + circle(64, 5, 2.6, COPPER.base) + stroke("M66 12 L72 4", COPPER.dark, 2)
    )
    return (
        figure
        + "".join(_horse(x) for x in (44, 52, 68, 76))
        + rect(40, 27, 48, 3, COPPER.dark)
        + block(34, 30, 60, 38, tone)
        + rect(28, 37, 72, 4, tone.light)
        + rect(20, 58, 88, 60, tones("#a58a5c").deep)
        + columns
        + block(14, 42, 100, 56, tone)
        + rect(10, 40, 108, 4, tone.light)
        + "".join(rect(x, 47, 6, 7, tone.dark) for x in spread(20, 102, 9))
        + block(4, 78, 14, 118, tone)
        + block(110, 78, 14, 118, tone)
        + polygon([(2, 78), (11, 70), (20, 78)], tone.light)
        + polygon([(108, 78), (117, 70), (126, 78)], tone.dark)
        + rect(4, 117, 120, 7, tone.dark)
    )


def _christ_the_redeemer() -> str:
    tone = tones("#dfe3e0")
    return (
        path("M4 124 Q30 108 48 104 Q64 98 80 104 Q98 108 124 124 Z", "#4f7a56")
        + path("M4 124 Q30 108 48 104 Q56 101 64 101 Q50 112 48 124 Z", "#6a9a6c")
        + block(52, 94, 24, 108, STONE)
        + path("M54 94 Q58 64 56 46 H72 Q70 64 74 94 Z", tone.base)
        + path("M66 46 H72 Q70 64 74 94 H66 Q68 66 66 46 Z", tone.dark)
        + path("M54 94 Q58 64 56 46 H60 Q60 70 58 94 Z", tone.light)
        + path(
            "M6 34 Q8 31 13 32 L56 33 H72 L115 32 Q120 31 122 34 Q121 38 114 37 L106 38 Q100 52 90 44 "
            "L72 46 Q64 50 56 46 L38 44 Q28 52 22 38 L14 37 Q7 38 6 34 Z",
            tone.base,
        )
        + path(
            "M72 33 L115 32 Q120 31 122 34 Q121 38 114 37 L106 38 Q100 52 90 44 L72 46 Z", tone.dark, 'opacity=".55"'
        )
        + stroke("M62 50 Q58 70 62 92 M66 52 Q72 70 68 92", tone.deep, 1.2)
        + rect(60.5, 26, 7, 9, tone.dark)
        + oval(64, 19, 7, 9.4, tone.base)
        + path(
            "M56.6 19 Q56 8.6 64 8.6 Q72 8.6 71.4 19 L72.4 30 Q69.4 25 69 17 Q64 12.6 59 17 Q58.6 25 55.6 30 Z",
            tone.dark,
        )
        + path("M59.4 22 Q60 30 64 31 Q68 30 68.6 22 Q67 26 64 26 Q61 26 59.4 22 Z", tone.dark)
        + path("M66 12 Q69 14 69 20 Q69 27 65 30 Q68 20 66 12 Z", tone.dark, 'opacity=".6"')
    )


def _statue_of_liberty() -> str:
    tone = tones("#7fbfa6")
    rays = "".join(
        polygon([(x0, 25), (x, y), (x0 + 3, 24)], tone.dark)
        for x0, x, y in ((59, 52, 18), (61, 57, 13), (63, 64, 11), (65, 71, 13), (66, 76, 18))
    )
    return (
        polygon([(34, 124), (38, 112), (90, 112), (94, 124)], STONE.dark)
        + polygon([(34, 124), (38, 112), (58, 112), (56, 124)], STONE.base)
        + tapered(64, 92, 28, 112, 38, SAND)
        + rect(48, 90, 32, 5, SAND.light)
        + rect(56, 98, 16, 10, SAND.dark)
        + path("M50 90 Q50 62 54 44 Q56 38 64 38 Q72 38 75 44 Q80 64 78 90 Z", tone.base)
        + path("M66 38 Q73 39 75 44 Q80 64 78 90 H68 Q74 60 66 38 Z", tone.dark)
        + path("M50 90 Q50 62 54 44 L58 40 Q54 62 55 90 Z", tone.light)
        + stroke("M60 52 Q57 70 60 89 M66 56 Q66 72 64 89", tone.deep, 1.6)
        + stroke("M57 44 Q46 38 44 20", tone.base, 7, BUTT)
        + stroke("M55 45 Q44 40 41.5 21", tone.light, 2, BUTT)
        + path("M37 21 H51 L47 14 H41 Z", tone.dark)
        + path("M44 2 Q50 9 47 14 H41 Q38 9 44 2 Z", GOLD.base)
        + path("M44 7 Q47 11 45.6 14 H42.4 Q41 11 44 7 Z", "#fff0b0")
        + stroke("M74 46 Q84 54 76 64 L70 62", tone.dark, 6)
        + moved(78, 56, rect(-4, -10, 11, 19, tone.light, 1) + rect(4, -10, 3, 19, tone.dark, 1), -14)
        + rect(61, 33, 6, 7, tone.dark)
        + rays
        + oval(64, 30, 6.2, 7.6, tone.base)
        + path("M57.6 30 Q56 22 64 21.6 Q72 22 70.4 30 Q69 25 64 25 Q59 25 57.6 30 Z", tone.deep)
        + path("M65 25 Q70.4 26 70 31 Q69 37 64.4 37.6 Q67 31 65 25 Z", tone.dark)
    )


def _louvre_pyramid() -> str:
    glass = tones("#a9d2e6")
    rows = "".join(
        stroke(f"M{64 - 54 * share:.1f} {26 + 92 * share:.1f} H{64 + 54 * share:.1f}", "#f4fafc", 1.4)
        for share in spread(0.14, 0.86, 6)
    )
    lines = "".join(
        stroke(
            f"M{64 + side * (56 - 112 * share):.1f} 118 L{64 + side * 56 * (1 - share):.1f} {118 - 92 * share:.1f}",
            "#f4fafc",
            1.2,
        )
        for share in spread(1 / 7, 6 / 7, 6)
        for side in (-1, 1)
    )
    return (
        rect(4, 46, 120, 72, SAND.light)
        + polygon([(4, 47), (10, 34), (118, 34), (124, 47)], SLATE.base)
        + windows(10, 56, 8, 2, (14.4, 28), (7, 18), tones("#8b98a8").base)
        + rect(4, 76, 120, 4, SAND.base)
        + polygon([(64, 26), (8, 118), (120, 118)], glass.base)
        + polygon([(64, 26), (120, 118), (78, 118)], glass.dark)
        + polygon([(64, 26), (8, 118), (40, 118)], glass.light)
        + rows
        + lines
        + stroke("M64 26 L8 118 H120 Z", "#6f8ea3", 2)
        + opening(57, 118, 14, 16, NIGHT)
        + rect(4, 116, 120, 8, STONE.base)
    )


def _neuschwanstein() -> str:
    wall, roof = tones("#f1ece2"), tones("#4f6f9f")

    def turret(x: float, w: float, top: float, roof_foot: float, foot: float = 100) -> str:
        return (
            round_tower(x - w / 2, roof_foot, w, foot, wall)
            + rect(x - w / 2 - 1.5, roof_foot - 1, w + 3, 3.6, wall.light)
            + spire(x, top, roof_foot, w + 4, roof)
            + windows(x - 1.4, roof_foot + 8, 1, 2, (0, 14), (2.8, 6), NIGHT)
        )

    return (
        path("M4 124 Q8 100 30 96 Q64 88 100 96 Q120 102 124 124 Z", "#6f7a6a")
        + turret(84, 13, 4, 34)
        + turret(30, 12, 32, 58)
        + block(40, 56, 50, 102, wall)
        + polygon([(36, 57), (44, 36), (86, 36), (94, 57)], roof.base)
        + polygon([(76, 36), (86, 36), (94, 57), (80, 57)], roof.dark)
        + windows(46, 64, 5, 2, (9, 16), (4.4, 9), NIGHT)
        + turret(62, 10, 18, 42, 60)
        + turret(102, 13, 38, 64)
        + block(14, 78, 26, 104, tones("#c9805f"))
        + rect(12, 74, 30, 5, wall.light)
        + opening(21, 104, 11, 18, NIGHT)
        + turret(14, 9, 54, 74, 104)
        + "".join(
            spire(x, y, 124, 20, tones("#3f7a52")) for x, y in ((16, 96), (38, 104), (60, 98), (84, 104), (108, 94))
        )
        + path("M4 124 Q30 112 64 116 Q100 112 124 124 Z", GREEN.dark)
    )


DRAWN = {
    "arc-de-triomphe": _arc_de_triomphe,
    "brandenburg-gate": _brandenburg_gate,
    "christ-the-redeemer": _christ_the_redeemer,
    "statue-of-liberty": _statue_of_liberty,
    "louvre-pyramid": _louvre_pyramid,
    "neuschwanstein": _neuschwanstein,
}

"""Landmarks: towers and tall buildings."""

from easel_sketch.drawing.ink import circle, oval, path, polygon, rect, stroke, trace
from easel_sketch.drawing.motifs.kit import (
    BUTT,
    FOOT,
    GOLD,
    GREEN,
    NIGHT,
    RED,
    STEEL,
    STONE,
    block,
    lawn,
    openings,
    round_tower,
    spire,
    spread,
    tapered,
    tones,
    windows,
)


def _eiffel_tower() -> str:
    iron = tones("#8a6a50")
    lattice = (
        "M60 40 L68 50 M68 40 L60 50 M58 50 L70 62 M70 50 L58 62 "
        "M50 72 L60 90 M58 72 L47 90 M78 72 L68 90 M70 72 L81 90 M40 98 L46 114 M48 98 L33 116 M88 "
        "98 L82 114 M80 98 L95 116"
    )
    return (
        rect(63, 2, 2, 14, iron.dark)
        + rect(60.5, 15, 7, 4, iron.deep, 1)
        + path(
            "M62 18 H66 Q68 62 82 92 Q90 108 102 124 H80 Q78 102 64 102 Q50 102 48 124 H26 Q38 108 46 "
            "92 Q60 62 62 18 Z",
            iron.base,
        )
        + path("M64 18 H66 Q68 62 82 92 Q90 108 102 124 H80 Q78 102 64 102 V94 H72 Q66 74 64 60 Z", iron.dark)
        + polygon([(64, 70), (71, 92), (57, 92)], iron.deep)
        + stroke(lattice, iron.light, 1.5)
        + rect(54, 62, 20, 6, iron.deep, 1)
        + rect(54, 62, 20, 2, iron.light, 1)
        + rect(40, 91, 48, 7, iron.deep, 1)
        + rect(40, 91, 48, 2.4, iron.light, 1)
        + stroke("M47 120 Q50 101 64 101 Q78 101 81 120", iron.light, 2)
        + rect(22, 119, 28, 5, STONE.base, 1)
        + rect(78, 119, 28, 5, STONE.dark, 1)
    )


def _big_ben() -> str:
    tone, roof = tones("#d9b777"), tones("#5f6f7f")
    ribs = "".join(rect(x, 74, 2, 42, tone.deep) for x in spread(50, 76, 5))
    return (
        rect(63, 1, 2, 10, GOLD.base)
        + spire(64, 6, 24, 12, roof)
        + rect(56, 24, 16, 9, GOLD.base)
        + openings(spread(58, 67, 3), 33, 3, 7, NIGHT)
        + polygon([(55, 33), (73, 33), (86, 46), (42, 46)], roof.base)
        + polygon([(66, 33), (73, 33), (86, 46), (70, 46)], roof.dark)
        + block(43, 46, 42, 76, tone)
        + rect(40, 44, 48, 4, GOLD.base)
        + circle(64, 61, 13.5, GOLD.dark)
        + circle(64, 61, 11.5, "#fffaf0")
        + stroke("M64 61 V53 M64 61 L70 64", NIGHT, 1.8)
        + rect(40, 75, 48, 3, GOLD.base)
        + block(46, 78, 36, FOOT, tone)
        + ribs
        + rect(46, 94, 36, 3, tone.light)
        + rect(38, 116, 52, 8, tone.dark)
        + rect(38, 116, 30, 3, tone.light)
    )


def _leaning_tower() -> str:
    tone = tones("#ece3d2")
    tiers = ""
    for tier in range(6):
        y = 28 + 13.4 * tier
        tiers += (
            round_tower(43, y, 42, y + 13.4, tone)
            + openings(spread(45.5, 78.5, 6), y + 13, 4.6, 9, "#a08d76")
            + rect(41, y, 46, 2.6, tone.light, 1)
        )
    body = (
        round_tower(49, 10, 30, 28, tone)
        + openings(spread(52, 72, 4), 28, 4.6, 11, "#a08d76")
        + rect(47, 8, 34, 3.4, tone.light, 1)
        + tiers
        + round_tower(42, 108.4, 44, 119, tone)
        + openings(spread(46, 76, 5), 119, 6, 8, "#b8a78f")
        + rect(40, 107, 48, 3, tone.light, 1)
    )
    return (
        lawn()
        + f'<g transform="rotate(6 64 124)">{body}</g>'
        + path("M24 124 Q40 116 64 117 Q90 116 106 124 Z", GREEN.base)
    )


def _empire_state() -> str:
    tone = tones("#b9b3ad")

    def tier(w: float, top: float) -> str:
        lines = "".join(
            rect(x, top + 3, 1.8, FOOT - top - 3, tone.deep, 0, 'opacity=".5"')
            for x in spread(64 - w / 2 + 3, 64 + w / 2 - 5, max(3, int(w / 5)))
        )
        return block(64 - w / 2, top, w, FOOT, tone) + lines + rect(64 - w / 2, top, w, 2, tone.light)

    return (
        rect(63.2, 1, 1.6, 18, STEEL.dark)
        + rect(62, 12, 4, 10, STEEL.base)
        + path("M58 32 Q58 20 64 18 Q70 20 70 32 Z", STEEL.light)
        + path("M65 18.4 Q70 20 70 32 H65 Z", STEEL.dark)
        + tier(18, 31)
        + tier(26, 39)
        + tier(36, 52)
        + tier(50, 88)
        + tier(68, 100)
        + tier(84, 112)
        + rect(57, 114, 14, 10, NIGHT)
    )


def _chrysler() -> str:
    tone, crown = tones("#c6c1b8"), tones("#c9d6de")
    scales = "".join(
        path(
            trace(
                *("M", 64 - w / 2, foot, "Q", 64 - w * 0.42, foot - h * 0.9, 64, foot - h),
                *("Q", 64 + w * 0.42, foot - h * 0.9, 64 + w / 2, foot, "Z"),
            ),
            fill,
        )
        for w, foot, h, fill in (
            (34, 58, 44, crown.base),
            (28, 58, 36, crown.dark),
            (23, 58, 29, crown.light),
            (17, 58, 21, crown.dark),
            (11, 58, 13, crown.light),
        )
    )
    lights = "".join(
        polygon([(x, y), (x - 1.8, y + 4), (x + 1.8, y + 4)], "#ffe39a")
        for x, y in ((64, 18), (57, 27), (71, 27), (52, 38), (76, 38), (64, 24))
    )
    return (
        polygon([(64, 1), (62, 18), (66, 18)], crown.dark)
        + scales
        + lights
        + block(47, 58, 34, FOOT, tone)
        + block(36, 84, 56, FOOT, tone)
        + block(24, 106, 80, FOOT, tone)
        + windows(51, 62, 5, 4, (6, 6), (3, 3.6), NIGHT)
        + windows(40, 88, 9, 3, (6, 6), (3, 3.6), NIGHT)
        + windows(28, 110, 13, 1, (6, 6), (3, 3.6), NIGHT)
        + rect(57, 116, 14, 8, NIGHT)
        + "".join(polygon([(x, 58), (x + side * 6, 55), (x, 62)], crown.dark) for x, side in ((47, -1), (81, 1)))
    )


def _space_needle() -> str:
    white = tones("#d5dde2")
    return (
        rect(63.2, 1, 1.6, 14, STEEL.dark)
        + polygon([(60, 22), (64, 10), (68, 22)], white.dark)
        + path("M44 26 Q64 14 84 26 Z", white.base)
        + path("M30 33 Q64 22 98 33 Q84 37 64 37 Q44 37 30 33 Z", white.light)
        + path("M26 34 Q64 42 102 34 Q90 44 64 44 Q38 44 26 34 Z", tones("#e89a3c").base)
        + path("M44 43 Q64 47 84 43 L76 52 H52 Z", white.dark)
        + path("M56 50 Q62 80 40 124 H48 Q66 84 62 50 Z", white.base)
        + path("M72 50 Q66 80 88 124 H80 Q62 84 66 50 Z", white.dark)
        + rect(61.5, 48, 5, 76, STEEL.base)
        + rect(53, 90, 22, 4, white.dark)
        + rect(34, 119, 60, 5, STONE.base, 2)
    )


def _oriental_pearl() -> str:
    pink, grey = tones("#d8567e"), STEEL

    def pearl(y: float, r: float) -> str:
        return (
            circle(64, y, r, pink.dark)
            + circle(64 - r * 0.08, y - r * 0.1, r * 0.88, pink.base)
            + oval(64 - r * 0.34, y - r * 0.4, r * 0.28, r * 0.2, pink.light)
            + rect(64 - r * 0.96, y - 1, r * 1.92, 2.4, "#ffe0ea", 0, 'opacity=".7"')
        )

    return (
        rect(63.3, 1, 1.4, 16, grey.dark)
        + tapered(64, 12, 2.6, 44, 5, grey)
        + pearl(26, 4.6)
        + stroke("M58 84 L30 122 M70 84 L98 122", grey.base, 5, BUTT)
        + "".join(block(x, 42, 5, 118, grey) for x in (55, 61.5, 68))
        + pearl(47, 10.5)
        + "".join(circle(x, y, 2.6, pink.base) for x in (57.5, 64, 70.5) for y in (63, 70))
        + pearl(89, 17)
        + oval(64, 119, 40, 5, grey.dark)
        + oval(64, 117.6, 40, 4.4, grey.light)
        + "".join(circle(x, 116, 4.6, pink.base) for x in (30, 98))
    )


def _cn_tower() -> str:
    tone = tones("#c3c8cc")
    return (
        rect(63.2, 1, 1.6, 24, STEEL.dark)
        + tapered(64, 18, 2, 34, 4, RED)
        + oval(64, 32, 5.5, 3, tone.base)
        + rect(61.8, 32, 4.4, 18, tone.base)
        + path("M50 48 Q64 42 78 48 L80 52 H48 Z", tone.light)
        + rect(46, 51, 36, 5, NIGHT, 2)
        + path("M44 56 H84 Q82 63 72 64 H56 Q46 63 44 56 Z", "#f4f6f7")
        + path("M70 56 H84 Q82 63 72 64 H66 Z", tone.dark)
        + path("M58 64 H70 Q70 100 86 124 H42 Q58 100 58 64 Z", tone.base)
        + path("M66 64 H70 Q70 100 86 124 H72 Q66 100 66 64 Z", tone.dark)
        + path("M58 64 H61 Q61 100 52 124 H42 Q58 100 58 64 Z", tone.light)
    )


def _burj_khalifa() -> str:
    tone = tones("#9fb9cc")
    tiers = (
        (60, 8, 20),
        (57, 5, 38),
        (64, 9, 32),
        (54, 4, 58),
        (68, 7, 50),
        (50, 5, 78),
        (73, 6, 68),
        (45, 6, 98),
        (78, 6, 88),
        (40, 6, 112),
        (83, 6, 106),
    )
    walls = "".join(
        rect(x, top, w, FOOT - top, (tone.light, tone.base, tone.dark)[0 if x < 57 else 1 if x < 68 else 2])
        + rect(x, top, w, 1.6, "#f2f8fb")
        for x, w, top in sorted(tiers, key=lambda tier: -tier[2])[::-1]
    )
    bands = "".join(rect(57, y, 16, 1.4, tone.deep) for y in (44, 62, 80, 98, 114))
    return (
        polygon([(64, 1), (63, 22), (65, 22)], tone.dark)
        + walls
        + bands
        + stroke(
            "M61 24 V122 M66 36 V122 M55 62 V122 M70.5 54 V122 M48 102 V122 M76 72 V122 M81 92 V122",
            tone.deep,
            0.8,
            'opacity=".6"',
        )
        + path("M22 124 Q30 116 44 118 H84 Q98 116 106 124 Z", tones("#8aa2b0").base)
    )


def _petronas_towers() -> str:
    tone = tones("#a9bcc8")

    def tower(x: float) -> str:
        tiers = "".join(
            round_tower(x - w / 2, top, w, FOOT if place == 4 else 62, tone)
            + rect(x - w / 2 - 1, top, w + 2, 2, "#eef4f7")
            for place, (w, top) in enumerate(((6, 22), (12, 32), (18, 40), (24, 50), (30, 60)))
        )
        floors = "".join(rect(x - 15, y, 30, 1.4, tone.deep, 0, 'opacity=".7"') for y in spread(66, 120, 12))
        return (
            polygon([(x, 3), (x - 1.6, 24), (x + 1.6, 24)], tone.dark) + circle(x, 15, 2, tone.light) + tiers + floors
        )

    return (
        tower(34)
        + tower(94)
        + stroke("M49 98 L60 78 M79 98 L68 78", STEEL.dark, 2.6)
        + rect(48, 72, 32, 7, STEEL.base)
        + rect(48, 74.6, 32, 1.6, NIGHT)
        + rect(8, 118, 112, 6, STONE.base, 1)
    )


DRAWN = {
    "eiffel-tower": _eiffel_tower,
    "big-ben": _big_ben,
    "leaning-tower": _leaning_tower,
    "empire-state-building": _empire_state,
    "chrysler-building": _chrysler,
    "space-needle": _space_needle,
    "oriental-pearl-tower": _oriental_pearl,
    "cn-tower": _cn_tower,
    "burj-khalifa": _burj_khalifa,
    "petronas-towers": _petronas_towers,
}

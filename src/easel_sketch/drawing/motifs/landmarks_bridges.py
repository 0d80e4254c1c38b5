"""Landmarks: bridges, and what stands at the water."""

from easel_sketch.drawing.ink import circle, oval, path, polygon, rect, ring, stroke, trace
from easel_sketch.drawing.motifs.kit import (
    BUTT,
    FOOT,
    GREEN,
    NIGHT,
    SAND,
    SLATE,
    STEEL,
    STONE,
    WATER,
    WATER_LIGHT,
    WOOD,
    block,
    opening,
    pointed,
    rim,
    spire,
    spread,
    tones,
    windows,
)


def _cables() -> list[tuple[float, float]]:
    """The upper ends of the vertical cables."""
    inner = [(x, 12 + 75 * (1 - ((x - 64) / 34) ** 2)) for x in spread(41, 87, 9)]
    return [*inner, (6, 75), (13, 66), (20, 50), (108, 50), (115, 66), (122, 75)]


def _waves(places: tuple[tuple[float, float], ...]) -> str:
    return "".join(stroke(f"M{x} {y} h13", WATER_LIGHT, 2) for x, y in places)


def _golden_gate() -> str:
    tone = tones("#d9502f")

    def tower(x: float) -> str:
        beams = "".join(rect(x + 2, y, 10, 5, tone.dark) for y in (12, 34, 56, 76))
        return (
            beams
            + block(x, 6, 4.6, 114, tone)
            + block(x + 9.4, 6, 4.6, 114, tone)
            + rect(x - 3, 110, 20, 7, STONE.base, 2)
        )

    hangers = "".join(rect(x, y, 0.9, 94 - y, tone.base) for x, y in _cables())
    return (
        path("M4 112 V78 Q14 70 26 78 Q40 84 56 112 Z", "#7d9a6b")
        + path("M84 112 Q100 84 112 82 Q120 80 124 84 V112 Z", "#6b8a62")
        + rect(4, 108, 120, 16, WATER)
        + _waves(((8, 114), (46, 113), (64, 119), (106, 116), (28, 120)))
        + hangers
        + stroke("M4 76 Q18 62 30 12 Q64 162 98 12 Q110 62 124 76", tone.base, 2.6, BUTT)
        + tower(23)
        + tower(91)
        + rect(4, 92, 120, 6, tone.base)
        + rect(4, 92, 120, 2, tone.light)
        + stroke(
            "M4 98 L10 103 L16 98 L22 103 L28 98 M42 98 L48 103 L54 98 L60 103 L66 98 L72 103 L78 98 "
            "L84 103 L90 98 M106 98 L112 103 L118 98 L124 103",
            tone.dark,
            1.4,
        )
    )


def _tower_bridge() -> str:
    stone, blue, roof = tones("#c9b595"), tones("#5aa0cf"), SLATE

    def tower(x: float) -> str:
        return (
            block(x - 4, 104, 32, FOOT, STONE)
            + block(x, 36, 24, 106, stone)
            + spire(x + 12, 8, 36, 18, roof)
            + spire(x + 1, 18, 36, 7, roof)
            + spire(x + 23, 18, 36, 7, roof)
            + rect(x - 3, 34, 30, 4, stone.light)
            + rect(x - 1, 60, 26, 3, stone.light)
            + windows(x + 5, 42, 3, 2, (5.5, 9), (3, 6), NIGHT)
            + windows(x + 5, 66, 3, 1, (5.5, 9), (3, 8), NIGHT)
            + opening(x + 6, 94, 12, 18, NIGHT)
        )

    return (
        rect(4, 110, 120, 14, WATER)
        + "".join(stroke(f"M{x} {y} h12", WATER_LIGHT, 2) for x, y in ((8, 116), (58, 115), (52, 120), (108, 117)))
        + stroke("M4 88 Q18 84 30 46 M98 46 Q110 84 124 88", blue.base, 3.4, BUTT)
        + "".join(
            rect(x, y, 1.2, 94 - y, blue.dark)
            for x, y in ((10, 86), (17, 78), (23, 66), (104, 66), (110, 78), (117, 86))
        )
        + rect(44, 42, 40, 4, blue.base)
        + rect(44, 52, 40, 4, blue.base)
        + stroke("M46 52 L52 46 L58 52 L64 46 L70 52 L76 46 L82 52", blue.light, 1.6)
        + rect(4, 92, 26, 6, blue.dark)
        + rect(98, 92, 26, 6, blue.dark)
        + polygon([(50, 92), (64, 84), (64, 90), (50, 98)], blue.base)
        + polygon([(78, 92), (64, 84), (64, 90), (78, 98)], blue.dark)
        + tower(24)
        + tower(80)
    )


def _sydney_harbour_bridge() -> str:
    tone = tones("#7f8c99")
    rods = "".join(
        rect(x, 34 + 50 * ((x - 64) / 46) ** 2, 1.4, 54 - 50 * ((x - 64) / 46) ** 2, tone.base)
        for x in spread(26, 101, 11)
    )
    web = "M18 82 L28 66 L32 70 L40 52 L44 59 L52 41 L57 49 L64 36 L71 49 L76 41 L84 59 L88 52 L96 70 L100 66 L110 82"
    return (
        rect(4, 110, 120, 14, WATER)
        + stroke("M12 116 h14 M46 115 h16 M70 120 h14 M102 116 h14", WATER_LIGHT, 2)
        + rods
        + stroke("M16 84 Q64 -12 112 84", tone.dark, 3.6, BUTT)
        + stroke("M16 104 Q64 6 112 104", tone.base, 3.6, BUTT)
        + stroke(web, tone.base, 1.6)
        + rect(4, 88, 120, 6, tone.deep)
        + rect(4, 88, 120, 2, tone.light)
        + "".join(
            block(x, 64, 11, 114, SAND) + rect(x - 1.5, 62, 14, 4, SAND.light) + rect(x - 2, 100, 15, 14, SAND.dark)
            for x in (6, 20, 97, 111)
        )
    )


def _brooklyn_bridge() -> str:
    stone = tones("#c3a27c")

    def pier(x: float) -> str:
        return (
            block(x, 28, 28, 118, stone)
            + rect(x - 2, 24, 32, 5, stone.light)
            + rect(x - 2, 112, 32, 6, stone.deep)
            + "".join(pointed(x + dx, 92, 7.6, 48, "#dcebf2") for dx in (5, 15.4))
        )

    wires = "".join(
        stroke(f"M{tower} 30 L{foot} 92", STEEL.base, 0.9)
        for tower, feet in ((36, (52, 60, 68)), (92, (60, 68, 76)))
        for foot in feet
    )
    return (
        rect(4, 110, 120, 14, WATER)
        + stroke("M10 117 h10 M58 116 h14 M108 117 h10", WATER_LIGHT, 2)
        + wires
        + "".join(
            rect(x, 30 + 48 * (1 - ((x - 64) / 26) ** 2), 0.9, 62 - 48 * (1 - ((x - 64) / 26) ** 2), STEEL.dark)
            for x in spread(44, 83, 9)
        )
        + stroke("M4 84 Q20 66 34 28 Q64 130 94 28 Q108 66 124 84", STEEL.dark, 2.4, BUTT)
        + pier(20)
        + pier(80)
        + rect(4, 90, 120, 6, WOOD.deep)
        + rect(4, 90, 120, 2, WOOD.light)
    )


def _gateway_arch() -> str:
    tone = tones("#b4c4cf")
    return (
        path("M8 118 Q26 4 64 4 Q102 4 120 118 H109 Q92 14 64 14 Q36 14 19 118 Z", tone.base)
        + path("M64 4 Q102 4 120 118 H109 Q92 14 64 14 Z", tone.dark)
        + path("M8 118 Q26 4 64 4 V7 Q30 8 12 118 Z", tone.light)
        + path("M4 124 Q30 112 64 114 Q98 112 124 124 Z", GREEN.base)
        + "".join(circle(x, y, r, GREEN.dark) for x, y, r in ((40, 114, 5), (50, 112, 6), (78, 112, 6), (88, 114, 5)))
    )


def _london_eye() -> str:
    middle = (64.0, 56.0)
    pods = "".join(
        oval(x, y, 3.6, 3.6, "#6cb6e4") + circle(x - 1, y - 1, 1.4, "#e6f5fd")
        for x, y in rim(middle, 51, 51, 0, 345, 24)
    )
    spokes = "".join(
        stroke(trace("M", *middle, "L", x, y), STEEL.light, 0.8) for x, y in rim(middle, 46, 46, 0, 348.75, 32)
    )
    return (
        rect(4, 112, 120, 12, WATER)
        + stroke("M16 117 h16 M52 119 h18 M94 117 h14", WATER_LIGHT, 2)
        + spokes
        + ring(*middle, 46, STEEL.base, 2.6)
        + ring(*middle, 42, STEEL.light, 1.2)
        + pods
        + stroke("M64 56 L46 114 M64 56 L82 114", "#eef3f6", 5)
        + stroke("M66 56 L84 114", STEEL.dark, 2)
        + circle(*middle, 6, STEEL.dark)
        + circle(63, 55, 3.4, "#ffffff")
        + rect(32, 110, 64, 5, STONE.base, 1)
    )


def _marina_bay_sands() -> str:
    tone = tones("#b9cbd6")
    towers = "".join(
        path(f"M{x} 38 H{x + 20} Q{x + 21} 84 {x + 27} 118 H{x - 3} Q{x + 1} 84 {x} 38 Z", tone.base)
        + path(f"M{x + 11} 38 H{x + 20} Q{x + 21} 84 {x + 27} 118 H{x + 13} Q{x + 12} 80 {x + 11} 38 Z", tone.dark)
        + "".join(rect(x + 1, y, 9, 1.6, "#f2f7fa") + rect(x + 12, y, 8, 1.6, tone.deep) for y in spread(44, 108, 11))
        for x in (15, 52, 89)
    )
    palms = "".join(circle(x, 23, 3.4, GREEN.base) for x in (28, 44, 60, 76, 92, 104))
    return (
        towers
        + palms
        + path("M4 24 Q10 34 24 37 H112 Q122 34 124 26 Z", STEEL.base)
        + path("M4 24 H124 Q124 28 122 29 H8 Q5 27 4 24 Z", STEEL.light)
        + rect(4, 114, 120, 10, WATER)
        + stroke("M14 119 h16 M54 119 h20 M96 119 h14", WATER_LIGHT, 2)
    )


def _sydney_opera_house() -> str:
    shell = tones("#e9e2d2")

    def sail(tip: tuple[float, float], left: float, right: float, foot: float) -> str:
        """A shell whose opening faces away from `right`."""
        x, y = tip
        high = foot - y
        side = 1 if right > left else -1
        back = trace(
            *("M", x, y, "C", x + (right - x) * 0.55, y + high * 0.08, right, foot - high * 0.5, right, foot),
            *("L", left, foot, "Q", left - side * 2, y + high * 0.5, x, y, "Z"),
        )
        mouth = trace(
            *("M", x, y, "Q", left - side * 2, y + high * 0.5, left, foot, "L", left + (right - left) * 0.24, foot),
            *("Q", left + (right - left) * 0.16, y + high * 0.45, x, y, "Z"),
        )
        ribs = "".join(
            stroke(
                trace(
                    *("M", x, y),
                    *("Q", left + (right - left) * share * 0.95, y + high * 0.36, left + (right - left) * share, foot),
                ),
                shell.dark,
                1,
            )
            for share in (0.45, 0.64, 0.82)
        )
        return path(back, shell.base) + path(mouth, "#6d7d96") + ribs

    return (
        sail((118, 62), 110, 88, 100)
        + sail((8, 66), 14, 38, 100)
        + sail((88, 34), 84, 110, 100)
        + sail((22, 44), 27, 64, 100)
        + sail((46, 18), 50, 96, 100)
        + rect(10, 98, 108, 6, tones("#c99a7c").light)
        + rect(6, 103, 116, 11, tones("#c99a7c").base)
        + rect(90, 103, 32, 11, tones("#c99a7c").dark)
        + rect(4, 112, 120, 12, WATER)
        + _waves(((12, 117), (52, 118), (96, 117)))
    )


DRAWN = {
    "golden-gate-bridge": _golden_gate,
    "tower-bridge": _tower_bridge,
    "sydney-harbour-bridge": _sydney_harbour_bridge,
    "brooklyn-bridge": _brooklyn_bridge,
    "gateway-arch": _gateway_arch,
    "london-eye": _london_eye,
    "marina-bay-sands": _marina_bay_sands,
    "sydney-opera-house": _sydney_opera_house,
}

"""Musical instruments."""

from collections.abc import Callable

from easel_sketch.drawing.ink import circle, oval, path, polygon, rect, ring, stroke
from easel_sketch.drawing.motifs.tones import BRASS, SHINE, STEEL, WOOD, mirrored


def _piano() -> str:
    whites = stroke("".join(f"M{x} 78 v10 " for x in range(14, 84, 5)), STEEL[2], 1)
    blacks = "".join(rect(x, 77, 3, 6, "#17191c") for x in range(13, 80, 5) if (x - 13) % 35 not in (10, 30))
    return (
        rect(18, 94, 9, 26, "#17191c", 1)
        + rect(70, 94, 9, 26, "#17191c", 1)
        + rect(106, 90, 8, 30, "#17191c", 1)
        + "".join(circle(x, 121, 3, BRASS[2]) for x in (22.5, 74.5, 110))
        + stroke("M48 92 V116 M42 118 h14", BRASS[2], 3)
        + path("M20 62 L30 10 C34 2 60 4 72 18 C82 30 104 28 122 42 L110 62z", "#2b2f35")
        + path("M26 60 L35 14 C40 8 58 10 68 22 C78 34 100 34 116 45 L106 60z", "#4a515a")
        + path("M30 58 L38 18 C44 14 50 14 56 16 L44 58z", "#ffffff", 'opacity=".14"')
        + stroke("M84 62 L94 36", BRASS[2], 2.5)
        + path("M6 66 H122 C124 80 120 92 108 96 H10 C7 96 6 94 6 90z", "#17191c")
        + path("M18 62 H114 C118 62 121 64 122 68 H8 C9 64 12 62 18 62z", "#c9a15a")
        + stroke("M30 65 H112", BRASS[0], 1.4)
        + rect(4, 66, 82, 12, "#2b2f35", 3)
        + rect(9, 77, 74, 11, "#fafafa", 1)
        + whites
        + blacks
        + rect(4, 87, 84, 10, "#2b2f35", 3)
        + path("M90 70 H118 C119 78 116 84 110 87 H90z", "#ffffff", 'opacity=".1"')
    )


def _cello() -> str:
    return (
        rect(62.5, 112, 3, 12, STEEL[4])
        + path(
            "M64 40 C84 40 92 50 88 62 C84 70 84 74 92 82 C102 98 92 116 64 116 S26 98 36 82 C44 74 44 70 40 "
            "62 C36 50 44 40 64 40z",
            "#a9552a",
        )
        + path(
            "M64 40 C84 40 92 50 88 62 C84 70 84 74 92 82 C102 98 92 116 64 116 C86 104 84 90 78 80 C72 70 82 "
            "52 64 40z",
            "#7d3a1a",
        )
        + path(
            "M44 54 C46 46 54 44 60 44 C52 48 50 56 52 64z M38 92 C38 84 44 80 50 78 C44 86 44 94 48 104 C42 "
            "102 38 98 38 92z",
            "#ffffff",
            'opacity=".25"',
        )
        + path("M60 20 h8 l2 66 h-12z", "#2b1d16")
        + rect(60.5, 8, 7, 16, "#7d3a1a", 2)
        + circle(64, 6, 5, "#a9552a")
        + "".join(rect(x, y, 9, 3, "#2b1d16", 1.5) for x, y in ((51, 11), (51, 18), (68, 11), (68, 18)))
        + path("M58 98 h12 l-3 15 h-6z", "#2b1d16")
        + rect(52, 90, 24, 4, "#f0aa6b", 1)
        + mirrored(path("M48 80 c-5 4 -1 8 0 10 c2 4 -2 6 -4 4", "none", 'stroke="#2b1d16" stroke-width="2.500"'))
        + stroke("M61.500 20 V100 M64 20 V100 M66.500 20 V100", STEEL[1], 0.8)
        + stroke("M108 16 L84 112", WOOD[3], 3.5)
        + stroke("M112 20 L89 110", "#f5f0e0", 1.6)
    )


def _tuba() -> str:
    return (
        path(
            "M86 8 C86 30 80 36 80 54 V92 C80 106 70 112 58 112 C40 112 32 102 32 88 V58",
            "none",
            f'stroke="{BRASS[2]}" stroke-width="17"',
        )
        + path("M84 10 C84 30 77 36 77 54 V92 C77 102 68 108 58 108", "none", f'stroke="{BRASS[1]}" stroke-width="8"')
        + path("M52 2 H122 C112 14 96 22 92 46 H74 C72 24 62 14 52 2z", BRASS[1])
        + path("M100 2 H122 C112 14 96 22 92 46 H84 C86 22 98 14 100 2z", BRASS[2])
        + oval(87, 4, 35, 5, BRASS[3])
        + path("M62 6 C70 14 76 24 78 40 C72 26 66 14 58 8z", "#ffffff", 'opacity=".5"')
        + path("M32 60 C32 44 20 44 14 40", "none", f'stroke="{BRASS[2]}" stroke-width="6" stroke-linecap="round"')
        + polygon(((4, 33), (12, 36), (16, 46), (8, 44)), STEEL[3])
        + path(
            "M44 60 V92 C44 98 50 100 58 100 C66 100 66 94 66 90 V60", "none", f'stroke="{BRASS[3]}" stroke-width="5"'
        )
        + "".join(
            rect(x, 54, 9, 38, BRASS[1], 2)
            + rect(x, 54, 3, 38, BRASS[0], 1)
            + rect(x + 2.5, 44, 4, 10, STEEL[2])
            + oval(x + 4.5, 43, 6, 2.5, STEEL[1])
            for x in (39, 51, 63)
        )
        + path("M32 92 C34 120 78 132 96 112 C104 100 104 76 96 58", "none", f'stroke="{BRASS[2]}" stroke-width="6"')
        + path("M34 100 C42 118 74 124 90 110", "none", f'stroke="{BRASS[0]}" stroke-width="2.500"')
    )


def _clarinet() -> str:
    keys = "".join(circle(64, y, 3.6, STEEL[1]) + ring(64, y, 3.6, STEEL[3], 1) for y in (36, 46, 56, 70, 80, 90))
    return (
        '<g transform="translate(6 3) rotate(38 64 64) translate(3 2) scale(.94)">'
        + path("M60 -8 h8 l1 18 h-10z", "#17191c")
        + rect(58, 8, 12, 5, STEEL[2], 1)
        + rect(57, 12, 14, 100, "#3d444d", 2)
        + rect(58, 12, 4, 100, "#79838f", 2)
        + path("M57 110 h14 C72 122 78 130 84 136 H44 C50 130 56 122 57 110z", "#2b2f35")
        + path("M60 112 C58 124 54 130 49 135 h6 C60 128 62 122 62 112z", "#5a626c")
        + "".join(rect(56, y, 16, 4, STEEL[2], 1) for y in (24, 62, 106))
        + keys
        + stroke("M73 30 v12 M73 72 v24 M55 40 v14 M55 84 v18", STEEL[2], 2.5)
        + circle(75, 98, 4, STEEL[1])
        + circle(53, 103, 4, STEEL[1])
        + rect(45, 133, 38, 4, STEEL[2], 2)
        + "</g>"
    )


def _xylophone() -> str:
    colours = ("#e53935", "#fb8c00", "#fdd835", "#43a047", "#1e88e5", "#5e35b1", "#d6457f")
    bars = ""
    for at, colour in enumerate(colours):
        x, tall = 8 + at * 16.4, 82 - at * 7
        y = 78 - tall / 2
        bars += rect(x, y, 13.5, tall, colour, 4) + rect(x + 2, y + 4, 3.5, tall - 8, "#ffffff", 1.7, SHINE)
        bars += circle(x + 6.7, y + 10, 1.8, STEEL[1]) + circle(x + 6.7, y + tall - 10, 1.8, STEEL[1])
    return (
        path("M2 46 L126 62 V70 L2 56z M2 100 L126 86 V94 L2 110z", WOOD[1])
        + bars
        + stroke("M62 18 L104 58", WOOD[0], 3.5)
        + stroke("M96 6 L70 50", WOOD[0], 3.5)
        + circle(106, 60, 7, "#d63a34")
        + circle(69, 53, 7, "#3f9fd0")
        + circle(104, 58, 2.4, "#ffffff", SHINE)
        + circle(67, 51, 2.4, "#ffffff", SHINE)
    )


def _tambourine() -> str:
    jingles = "".join(
        f'<g transform="rotate({turn} 64 64)">'
        + rect(54, 2, 20, 13, "#6d2f14", 3)
        + oval(64, 5, 9, 3.4, BRASS[1])
        + oval(64, 11, 9, 3.4, BRASS[2])
        + "</g>"
        for turn in range(0, 360, 45)
    )
    return (
        circle(64, 64, 60, WOOD[3])
        + circle(64, 64, 57, WOOD[1])
        + path("M12 64 A52 52 0 0 1 64 10 V4 A60 60 0 0 0 6 64z", WOOD[0])
        + jingles
        + circle(64, 64, 45, WOOD[3])
        + circle(64, 64, 43, "#fbf3e0")
        + path("M100 40 A43 43 0 0 1 40 100 A52 52 0 0 0 100 40z", "#e6d6b4")
    )


def _bagpipes() -> str:
    def drone(x: float, y: float, turn: float) -> str:
        return (
            f'<g transform="translate({x} {y}) rotate({turn})">'
            + rect(-3, -52, 6, 54, "#2b1d16", 2)
            + rect(-4.5, -56, 9, 12, "#2b1d16", 2)
            + rect(-4.5, -58, 9, 4, "#f5f0e0", 1)
            + rect(-4, -30, 8, 4, "#f5f0e0", 1)
            + rect(-5, -6, 10, 10, "#f5f0e0", 2)
            + "</g>"
        )

    return (
        '<g transform="translate(0 5) scale(.95)">'
        + drone(62, 62, 10)
        + drone(78, 66, 24)
        + drone(92, 72, 40)
        + stroke("M36 60 L14 30", "#2b1d16", 5)
        + stroke("M14 30 L8 22", "#f5f0e0", 5)
        + path("M20 74 C24 52 60 54 84 62 C112 72 122 92 108 104 C92 118 52 116 34 100 C24 92 18 84 20 74z", "#1f6b45")
        + path("M84 62 C112 72 122 92 108 104 C98 113 78 116 60 113 C92 108 104 88 84 62z", "#154d31")
        + stroke("M40 58 C34 74 38 90 48 108 M62 57 C58 76 62 96 72 114 M82 62 C82 80 86 98 94 111", "#c62f3f", 3.5)
        + stroke("M22 70 C50 66 92 76 113 88 M26 90 C52 86 84 96 102 107", "#c62f3f", 3)
        + stroke("M51 57 C47 76 50 94 60 113 M21 80 C52 76 88 86 110 99", "#f2d24e", 1.4)
        + stroke("M34 98 L18 122", "#2b1d16", 6)
        + rect(27, 95, 12, 7, "#f5f0e0", 2, 'transform="rotate(-58 33 98)"')
        + "".join(circle(x, y, 1.3, "#f5f0e0") for x, y in ((29, 106), (26, 110.500), (23, 115)))
        + "</g>"
    )


def _ukulele() -> str:
    return (
        '<g transform="translate(0 2) rotate(36 64 64) translate(2 3) scale(.97)">'
        + path(
            "M64 60 C80 60 88 70 84 80 C82 86 84 90 90 98 C98 116 84 130 64 130 S30 116 38 98 C44 90 46 86 44 "
            "80 C40 70 48 60 64 60z",
            WOOD[1],
        )
        + path(
            "M64 60 C80 60 88 70 84 80 C82 86 84 90 90 98 C98 116 84 130 64 130 C84 118 82 104 76 94 C72 84 78 "
            "70 64 60z",
            WOOD[2],
        )
        + path(
            "M48 74 C50 66 56 64 60 64 C54 70 54 78 54 84z M42 106 C44 98 48 95 52 92 C46 102 48 112 52 120 "
            "C44 116 42 112 42 106z",
            "#ffffff",
            SHINE,
        )
        + circle(64, 90, 12, WOOD[3])
        + circle(64, 90, 9.5, "#2b1d16")
        + rect(59, 6, 10, 76, WOOD[3], 1)
        + "".join(rect(59, y, 10, 1.4, BRASS[1]) for y in (20, 31, 41, 50, 58, 65, 71))
        + path("M57 -12 h14 l2 18 H55z", WOOD[2])
        + "".join(circle(x, y, 3, STEEL[1]) for x, y in ((53, -6), (53, 2), (75, -6), (75, 2)))
        + rect(52, 112, 24, 5, WOOD[3], 1)
        + stroke("M61 -4 V114 M63 -4 V114 M65 -4 V114 M67 -4 V114", "#ffffff", 0.7)
        + "</g>"
    )


def _triangle_instrument() -> str:
    return (
        stroke("M58 10 C58 -2 70 -2 70 10", "#d63a34", 3)
        + path(
            "M104 118 L62 16 L8 118 H86",
            "none",
            f'stroke="{STEEL[4]}" stroke-width="10" stroke-linejoin="round" stroke-linecap="round"',
        )
        + path(
            "M103 116 L62 16 L9 117 H84",
            "none",
            f'stroke="{STEEL[2]}" stroke-width="5" stroke-linejoin="round" stroke-linecap="round"',
        )
        + stroke("M58 22 L12 110", "#ffffff", 1.8)
        + stroke("M122 50 L70 96", STEEL[4], 5)
        + stroke("M122 49 L104 65", "#d63a34", 8)
    )


def _gong() -> str:
    return (
        rect(8, 10, 9, 114, "#8c1f1a", 2)
        + rect(111, 10, 9, 114, "#731712", 2)
        + rect(2, 8, 124, 10, "#b42d27", 4)
        + rect(2, 117, 30, 7, "#731712", 3)
        + rect(96, 117, 30, 7, "#731712", 3)
        + stroke("M42 16 V28 M86 16 V28", "#5d3a1a", 3)
        + circle(64, 68, 46, BRASS[3])
        + circle(64, 67, 43, BRASS[2])
        + circle(64, 67, 34, BRASS[1])
        + circle(64, 67, 34, "none", f'stroke="{BRASS[3]}" stroke-width="2"')
        + circle(64, 67, 15, BRASS[2])
        + circle(62, 65, 12, BRASS[1])
        + path("M28 58 C32 44 44 34 58 32 C46 40 38 48 36 62z", "#ffffff", 'opacity=".55"')
        + stroke("M94 112 L78 84", WOOD[3], 4)
        + circle(76, 81, 9, "#f5ead2")
        + path("M82 76 a9 9 0 0 1 -10 13 a11 11 0 0 0 10 -13z", "#d8c49a")
    )


def _didgeridoo() -> str:
    return (
        '<g transform="translate(3 3) rotate(34 64 64) translate(4 2) scale(.93)">'
        + path("M58 -10 h12 L78 134 C74 140 54 140 50 134z", WOOD[2])
        + path("M65 -10 h5 L78 134 C76 137 72 138 68 138z", WOOD[3])
        + "".join(
            polygon(
                ((58 - y * 0.055, y), (70 + y * 0.055, y), (70.6 + y * 0.055, y + 12), (57.4 - y * 0.055, y + 12)), tone
            )
            for y, tone in ((8, "#d63a34"), (30, "#f2b33d"), (66, "#2b1d16"), (96, "#d63a34"))
        )
        + "".join(circle(x, y, 2, "#fff6df") for y in (25, 50, 58, 86, 116, 124) for x in (58, 64, 70))
        + stroke("M56 101 l4 -3 4 5 4 -5 5 5", "#fff6df", 1.6)
        + oval(64, 134, 14, 5, "#2b1d16")
        + oval(64, -10, 6, 2.4, "#e6b566")
        + "</g>"
    )


DRAWN: dict[str, Callable[[], str]] = {
    "bagpipes": _bagpipes,
    "cello": _cello,
    "clarinet": _clarinet,
    "didgeridoo": _didgeridoo,
    "gong": _gong,
    "piano": _piano,
    "tambourine": _tambourine,
    "triangle-instrument": _triangle_instrument,
    "tuba": _tuba,
    "ukulele": _ukulele,
    "xylophone": _xylophone,
}

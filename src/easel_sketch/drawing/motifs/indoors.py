"""More of what a house holds: kitchen, music, games, ornaments, sweets."""

from collections.abc import Callable

from easel_sketch.drawing.ink import circle, oval, path, polygon, rect, stroke
from easel_sketch.drawing.motifs.tones import BRASS, DARK, SHINE, STEEL, WOOD, mirrored


def _microwave() -> str:
    return (
        rect(12, 112, 14, 8, STEEL[5], 2)
        + rect(102, 112, 14, 8, STEEL[5], 2)
        + rect(2, 40, 124, 74, STEEL[2], 6)
        + rect(2, 40, 118, 70, STEEL[0], 6)
        + rect(9, 48, 80, 56, "#2b2f33", 4)
        + rect(15, 54, 68, 44, "#4a4038", 3)
        + oval(49, 86, 26, 5, "#8d7a68")
        + path("M36 70 h26 v8 a13 9 0 0 1 -26 0z", "#f2b33d")
        + polygon(((18, 54), (44, 54), (24, 98), (15, 98)), "#ffffff", 'opacity=".16"')
        + rect(92, 52, 5, 48, STEEL[3], 2.5)
        + rect(101, 50, 20, 10, "#263238", 2)
        + stroke("M105 55 h4 M112 55 h5", "#4dd0a0", 2.4)
        + "".join(circle(x, y, 2.6, STEEL[4]) for x in (104, 111, 118) for y in (68, 76, 84))
        + rect(102, 92, 18, 8, "#4caf50", 3)
    )


def _chandelier() -> str:
    arm = (
        path("M64 74 C40 98 18 90 16 66", "none", f'stroke="{BRASS[2]}" stroke-width="5"')
        + path("M64 84 C48 112 34 108 36 86", "none", f'stroke="{BRASS[3]}" stroke-width="4"')
        + "".join(
            rect(x - 4, y - 18, 8, 18, "#fff6df", 1)
            + path(f"M{x} {y - 32} c5 7 5 11 0 15 c-5 -4 -5 -8 0 -15z", "#ffb300")
            + oval(x, y, 9, 3, BRASS[1])
            for x, y in ((16, 66), (36, 86))
        )
        + "".join(path(f"M{x} {y} l3.500 7 -3.500 5 -3.500 -5z", "#a7dcf2") for x, y in ((16, 72), (36, 92), (26, 94)))
    )
    return (
        rect(52, 2, 24, 6, BRASS[2], 3)
        + stroke("M64 8 V36", BRASS[3], 4)
        + path("M54 36 h20 l-4 16 8 14 -8 22 h-12 l-8 -22 8 -14z", BRASS[1])
        + path("M66 36 h8 l-4 16 8 14 -8 22 h-4z", BRASS[2])
        + mirrored(arm)
        + rect(60, 64, 8, 12, "#fff6df", 1)
        + path("M64 96 l7 12 -7 14 -7 -14z", "#a7dcf2")
        + path("M64 96 l7 12 -7 14z", "#6fb8d8")
    )


def _grandfather_clock() -> str:
    return (
        rect(32, 112, 64, 12, WOOD[3], 2)
        + rect(42, 52, 44, 62, WOOD[2])
        + rect(36, 14, 56, 42, WOOD[2], 2)
        + path("M34 16 C40 2 88 2 94 16z", WOOD[1])
        + rect(48, 58, 32, 50, WOOD[3], 2)
        + rect(51, 61, 26, 44, "#4a2c1a", 2)
        + stroke("M64 60 V90", BRASS[1], 2.5)
        + circle(64, 92, 9, BRASS[2])
        + circle(62, 90, 4, BRASS[0])
        + rect(36, 16, 6, 98, "#ffffff", 1, 'opacity=".12"')
        + circle(64, 35, 18, BRASS[2])
        + circle(64, 35, 15, "#fffaf0")
        + stroke("M64 35 V25 M64 35 L71 39", DARK, 2.4)
        + "".join(rect(x, y, 2, 3, DARK) for x, y in ((63, 21), (63, 46)))
        + "".join(rect(x, y, 3, 2, DARK) for x, y in ((50, 34), (75, 34)))
    )


def _throne() -> str:
    return (
        path("M34 98 L30 36 C30 22 44 16 64 6 C84 16 98 22 98 36 L94 98z", BRASS[2])
        + path("M74 11 C88 18 98 24 98 36 L94 98 H82z", BRASS[3])
        + path("M42 90 L39 40 C40 30 50 26 64 20 C78 26 88 30 89 40 L86 90z", "#b2263a")
        + path("M72 24 C82 29 88 32 89 40 L86 90 H76z", "#8a1a2b")
        + "".join(circle(x, y, 2.4, "#7a1424") for x, y in ((56, 48), (72, 48), (64, 60), (56, 72), (72, 72), (64, 36)))
        + path("M64 -1 l4 6 7 -2 -3 8 h-16 l-3 -8 7 2z", BRASS[1])
        + mirrored(rect(16, 68, 16, 10, BRASS[1], 4) + rect(19, 76, 10, 42, BRASS[2], 2) + circle(17, 73, 6, BRASS[1]))
        + rect(26, 88, 76, 14, "#c93248", 5)
        + rect(22, 100, 84, 12, BRASS[1], 3)
        + rect(24, 110, 12, 14, BRASS[3], 2)
        + rect(92, 110, 12, 14, BRASS[3], 2)
    )


def _iron() -> str:
    return (
        path("M44 62 C46 34 60 28 92 30 C108 32 112 50 114 78", "none", 'stroke="#1f5f8f" stroke-width="13"')
        + path("M4 112 C10 82 40 64 80 64 H112 C118 64 120 68 121 74 L126 112z", "#3f8fc8")
        + path("M100 64 H112 C118 64 120 68 121 74 L126 112 H104 C108 96 106 78 100 64z", "#2a6f9f")
        + path("M16 100 C26 84 46 76 70 74 C50 82 38 90 32 104z", "#ffffff", SHINE)
        + rect(2, 110, 125, 12, STEEL[2], 3)
        + rect(2, 117, 125, 6, STEEL[4], 3)
        + circle(76, 88, 10, "#fafafa")
        + rect(75, 80, 2.4, 9, "#d63a34")
        + stroke("M112 36 C124 26 122 14 126 6", "#2b2f33", 4)
    )


def _rolling_pin() -> str:
    return (
        '<g transform="translate(0 9) rotate(-38 64 64)">'
        + rect(-14, 57, 30, 14, WOOD[3], 7)
        + rect(112, 57, 30, 14, WOOD[3], 7)
        + rect(14, 44, 100, 40, WOOD[1], 8)
        + rect(14, 44, 100, 24, WOOD[0], 8)
        + rect(22, 49, 84, 6, "#ffffff", 3, SHINE)
        + "</g>"
    )


def _whisk() -> str:
    wires = "".join(
        oval(64, 38, rx, 36, "none", f'stroke="{tone}" stroke-width="3"')
        for rx, tone in ((28, STEEL[3]), (17, STEEL[2]), (6, STEEL[3]))
    )
    return (
        wires
        + rect(58, 68, 12, 12, STEEL[4], 3)
        + path("M57 78 h14 l3 40 a10 6 0 0 1 -20 0z", "#d63a34")
        + rect(60, 82, 4, 34, "#ffffff", 2, SHINE)
    )


def _necklace() -> str:
    left = ((22, 8), (15, 18), (11, 30), (11, 43), (14, 56), (20, 67), (29, 77), (39, 84), (51, 89))
    beads = "".join(
        circle(x, y, 5.4, "#fffaf0")
        + circle(x + 1.6, y + 1.8, 3.2, "#d8cfc0")
        + circle(x - 0.6, y - 0.8, 3.8, "#fffaf0")
        for x0, y in left
        for x in (x0, 128 - x0)
    )
    return (
        beads
        + circle(64, 92, 5, BRASS[2])
        + path("M64 96 C80 96 84 108 64 125 C44 108 48 96 64 96z", BRASS[2])
        + path("M64 100 C76 100 78 108 64 120 C50 108 52 100 64 100z", "#d6263a")
        + path("M64 100 C76 100 78 108 64 120z", "#a3182a")
        + circle(58, 104, 2.4, "#ffffff", 'opacity=".8"')
    )


def _wallet() -> str:
    return (
        rect(20, 30, 84, 40, "#9cc48a", 3)
        + rect(26, 36, 72, 28, "none", 2, 'stroke="#5f8f4f" stroke-width="2.500"')
        + rect(14, 38, 70, 30, "#3f7fc8", 3)
        + rect(14, 44, 70, 6, "#1f3f7a")
        + rect(4, 50, 118, 72, "#7d4a2a", 9)
        + rect(4, 50, 118, 62, "#9c6238", 9)
        + rect(10, 56, 106, 54, "none", 6, 'stroke="#c9925c" stroke-width="1.600" stroke-dasharray="4 3"')
        + path("M88 70 H122 V100 H88 a15 15 0 0 1 0 -30z", "#6d3f22")
        + circle(92, 85, 6, BRASS[1])
        + circle(90, 83, 2, BRASS[0])
    )


DRAWN: dict[str, Callable[[], str]] = {
    "chandelier": _chandelier,
    "grandfather-clock": _grandfather_clock,
    "iron": _iron,
    "microwave": _microwave,
    "necklace": _necklace,
    "rolling-pin": _rolling_pin,
    "throne": _throne,
    "wallet": _wallet,
    "whisk": _whisk,
}

"""What rolls on the ground: carriages, carts, building machines."""

from collections.abc import Callable

from easel_sketch.drawing.ink import circle, path, polygon, rect, ring, stroke
from easel_sketch.drawing.motifs.tones import BRASS, SHINE, STEEL, WOOD, tyre


def _spoked(x: float, y: float, r: float, rim: str, spoke: str) -> str:
    """A wooden wheel of eight spokes."""
    spokes = "".join(
        path(
            f"M{x} {y - r + 2} V{y + r - 2}",
            "none",
            f'stroke="{spoke}" stroke-width="3" transform="rotate({turn} {x} {y})"',
        )
        for turn in (0, 45, 90, 135)
    )
    return spokes + ring(x, y, r - 2, rim, 4.5) + circle(x, y, r * 0.2, rim)


def _tracks(x: float, y: float, w: float, h: float, rollers: int) -> str:
    step = (w - h) / (rollers - 1)
    return (
        rect(x, y, w, h, "#2b2f33", h / 2)
        + rect(x + 4, y + 4, w - 8, h - 8, STEEL[4], h / 2 - 4)
        + "".join(circle(x + h / 2 + step * at, y + h / 2, h / 2 - 6, STEEL[2]) for at in range(rollers))
        + "".join(circle(x + h / 2 + step * at, y + h / 2, h / 6, STEEL[5]) for at in range(rollers))
    )


def _carriage() -> str:
    return (
        stroke("M96 92 C108 90 112 84 126 84", WOOD[3], 4)
        + stroke("M22 96 C30 88 96 88 106 98", BRASS[2], 4)
        + path("M24 40 C20 14 34 8 62 8 S104 14 98 40 L92 78 C88 86 36 86 30 78z", "#7a2f8f")
        + path("M74 9 C98 10 102 22 98 40 L92 78 C89 83 78 84 68 84 C80 60 82 30 74 9z", "#5b2070")
        + path("M28 32 C28 18 36 13 54 12 C40 18 36 28 35 42z", "#ffffff", 'opacity=".3"')
        + path("M34 24 h22 v24 h-24z", "#bfe3f2")
        + path("M68 24 h22 l2 24 h-24z", "#8fc7e0")
        + rect(50, 22, 24, 56, "#8d3fa5", 3)
        + rect(54, 27, 16, 22, "#bfe3f2", 2)
        + circle(70, 58, 2.5, BRASS[1])
        + stroke("M24 40 C20 14 34 8 62 8 S104 14 98 40", BRASS[1], 3.5)
        + path("M26 52 h72 l-1 5 H27z", BRASS[1])
        + path("M50 8 l4 -7 4 4 4 -5 4 5 4 -4 4 7z", BRASS[0])
        + rect(100, 46, 20, 7, "#b23a48", 3)
        + path("M98 52 h16 l4 24 h-10z", "#5b2070")
        + _spoked(28, 98, 26, BRASS[2], BRASS[1])
        + _spoked(98, 104, 20, BRASS[2], BRASS[1])
    )


def _cart() -> str:
    return (
        stroke("M92 84 L126 74", WOOD[3], 6)
        + polygon(((4, 40), (104, 40), (96, 84), (14, 84)), WOOD[1])
        + polygon(((4, 40), (104, 40), (102, 51), (6, 51)), WOOD[0])
        + stroke("M7 55 h94 M10 70 h88", WOOD[3], 2)
        + "".join(rect(x, 34, 6, 50, WOOD[2], 1) for x in (18, 51, 84))
        + path("M8 40 C20 20 36 30 46 22 C58 12 76 22 84 28 C96 26 100 34 102 40z", "#f2c14e")
        + stroke("M24 34 l10 -6 M44 32 l8 -8 M64 30 l10 2 M80 34 l10 0 M34 38 l14 -2", "#cf972a", 2)
        + rect(10, 82, 92, 6, WOOD[3], 2)
        + _spoked(54, 94, 30, WOOD[2], WOOD[1])
    )


def _camper_van() -> str:
    return (
        path("M6 60 H122 V102 a6 6 0 0 1 -6 6 H12 a6 6 0 0 1 -6 -6z", "#ef7b45")
        + path("M6 64 V40 C6 26 14 20 28 20 H96 C106 20 110 24 114 34 L122 62z", "#fff6e2")
        + rect(6, 60, 116, 5, "#ffffff")
        + path("M14 30 h26 v24 H14z", "#8fc7e0")
        + path("M46 30 h26 v24 H46z", "#8fc7e0")
        + path("M78 30 h20 c4 0 7 2 8 6 l6 18 H78z", "#bfe3f2")
        + polygon(((46, 30), (60, 30), (50, 54), (46, 54)), "#ffffff", SHINE)
        + polygon(((78, 30), (92, 30), (82, 54), (78, 54)), "#ffffff", SHINE)
        + rect(22, 12, 66, 9, STEEL[3], 3)
        + rect(28, 5, 26, 9, "#3f8f78", 2)
        + rect(58, 3, 20, 11, "#b9713a", 2)
        + stroke("M76 66 v38 M44 66 v38", "#c2562a", 2)
        + rect(80, 74, 10, 3.500, STEEL[0], 1.5)
        + circle(118, 78, 5, "#ffe9a8")
        + rect(2, 98, 124, 8, STEEL[2], 4)
        + tyre(30, 106, 18)
        + tyre(98, 106, 18)
    )


def _caravan() -> str:
    return (
        stroke("M104 104 H124 M124 104 v18", STEEL[4], 5)
        + path(
            "M4 96 V44 C4 22 18 14 40 14 H82 C106 14 114 34 114 60 V96 a8 8 0 0 1 -8 8 H12 a8 8 0 0 1 -8 -8z", "#fbfaf4"
        )
        + path("M4 66 H114 V96 a8 8 0 0 1 -8 8 H12 a8 8 0 0 1 -8 -8z", "#66c2b8")
        + path("M4 66 H114 v7 H4z", "#f2b33d")
        + path("M92 15 C108 20 114 36 114 60 V96 a8 8 0 0 1 -8 8 h-8 C104 70 104 40 92 15z", "#000000", 'opacity=".08"')
        + rect(14, 30, 34, 26, "#8fc7e0", 4)
        + polygon(((16, 30), (34, 30), (20, 56), (14, 56)), "#ffffff", SHINE)
        + path("M14 30 h8 v18 l-8 6z M48 30 h-8 v18 l8 6z", "#e0534a")
        + rect(62, 30, 28, 68, "#ffffff", 3)
        + rect(67, 35, 18, 22, "#8fc7e0", 2)
        + circle(85, 70, 2.4, STEEL[4])
        + rect(58, 100, 36, 6, STEEL[4], 2)
        + tyre(40, 106, 17)
    )


def _bulldozer() -> str:
    return (
        rect(24, 30, 5, 26, STEEL[4], 2)
        + path("M8 54 H60 V84 H8z", "#f2b01e")
        + path("M8 72 H60 V84 H8z", "#cc8a0c")
        + path("M48 14 H96 V84 H52z", "#f2b01e")
        + rect(44, 8, 58, 9, "#cc8a0c", 3)
        + path("M54 22 h17 v34 H54z M76 22 h14 v34 H76z", "#bfe3f2")
        + polygon(((54, 22), (66, 22), (56, 56), (54, 56)), "#ffffff", SHINE)
        + path("M88 56 h12 v28 H88z", "#cc8a0c")
        + stroke("M12 62 h24 M12 68 h24", "#a86f08", 2.5)
        + rect(2, 74, 106, 9, "#a86f08", 3)
        + polygon(((78, 92), (112, 86), (112, 96), (78, 102)), STEEL[4])
        + _tracks(4, 82, 96, 42, 4)
        + path("M106 46 C122 60 124 100 127 124 H108 C114 98 112 68 106 46z", STEEL[3])
        + path("M106 46 C112 60 114 98 112 124 h-4 C112 98 112 68 106 46z", STEEL[1])
    )


def _steamroller() -> str:
    return (
        rect(8, 2, 78, 9, "#cc8a0c", 4)
        + rect(14, 10, 5, 52, STEEL[4])
        + rect(74, 10, 5, 52, STEEL[4])
        + rect(20, 12, 54, 40, "#bfe3f2", 1, 'opacity=".6"')
        + path("M36 34 h14 v30 H36z", "#2b2f33")
        + path("M8 56 H108 C116 56 120 64 120 74 V88 H8z", "#f2b01e")
        + path("M8 76 H120 V88 H8z", "#cc8a0c")
        + rect(60, 52, 28, 6, STEEL[5], 2)
        + stroke("M84 66 h22 M84 72 h22", "#a86f08", 2.5)
        + rect(88, 84, 12, 24, STEEL[5])
        + circle(92, 98, 26, STEEL[3])
        + circle(92, 98, 26, "none", f'stroke="{STEEL[4]}" stroke-width="5"')
        + path("M72 88 A22 22 0 0 1 92 76", "none", f'stroke="{STEEL[0]}" stroke-width="4"')
        + circle(92, 98, 6, STEEL[5])
        + tyre(30, 98, 26)
    )


def _excavator() -> str:
    return (
        path("M50 56 C60 12 76 2 88 8 L118 52 l-9 5 L84 24 C76 24 70 42 66 62z", "#f2b01e")
        + path("M88 8 L118 52 l-9 5 L84 24z", "#cc8a0c")
        + stroke("M64 40 L88 16", STEEL[2], 4)
        + path("M106 50 l18 -2 c4 16 -2 32 -20 34 l-10 -6 c10 -2 14 -12 12 -26z", STEEL[5])
        + path("M94 76 l10 6 -3 6 -3 -4 -4 4 -1 -5 -6 1z", STEEL[3])
        + path("M2 50 H34 V86 H2z", "#cc8a0c")
        + path("M14 34 C14 28 18 26 24 26 H52 C58 26 62 30 62 36 L74 68 V86 H14z", "#f2b01e")
        + path("M14 76 H74 v10 H14z", "#cc8a0c")
        + path("M34 34 h18 c3 0 4 1 5 4 l8 24 H34z", "#bfe3f2")
        + polygon(((34, 34), (46, 34), (37, 62), (34, 62)), "#ffffff", SHINE)
        + stroke("M6 58 h16 M6 66 h16", "#a86f08", 2.500)
        + rect(24, 86, 36, 8, STEEL[5], 2)
        + _tracks(2, 92, 86, 32, 4)
    )


def _tank() -> str:
    return (
        rect(68, 38, 58, 9, "#5a6b3a", 3)
        + rect(114, 35, 12, 15, "#47552d", 2)
        + path("M26 30 H66 C78 30 84 42 84 60 H18 C18 44 20 30 26 30z", "#7c8f52")
        + path("M60 30 H66 C78 30 84 42 84 60 H70 C72 48 68 36 60 30z", "#5f703d")
        + rect(34, 20, 24, 11, "#5f703d", 4)
        + stroke("M24 32 V8", STEEL[4], 2)
        + path("M26 36 h26 c-14 4 -22 10 -24 18 h-5 c0 -8 1 -14 3 -18z", "#ffffff", 'opacity=".2"')
        + path("M4 60 H118 L126 80 H2z", "#6d8046")
        + path("M4 60 H118 l3 7 H3z", "#8fa361")
        + circle(50, 46, 7, "#f5f0dc")
        + polygon(
            (
                (50, 40),
                (51.6, 44.4),
                (56, 44.4),
                (52.4, 47),
                (54, 51.4),
                (50, 48.6),
                (46, 51.4),
                (47.6, 47),
                (44, 44.4),
                (48.4, 44.4),
            ),
            "#b23a34",
        )
        + _tracks(2, 78, 124, 46, 5)
        + path("M2 78 H126 v10 C110 80 18 80 2 88z", "#5f703d")
    )


def _crane() -> str:
    brace = "".join(f"M30 {y} L46 {y + 12} M46 {y} L30 {y + 12} " for y in range(34, 112, 12))
    jib = "".join(f"M{x} 30 L{x + 7} 20 L{x + 14} 30 " for x in range(48, 106, 14))
    return (
        rect(18, 114, 40, 10, STEEL[4], 2)
        + stroke(brace, "#cc8a0c", 2)
        + rect(28, 30, 4, 86, "#f2b01e")
        + rect(44, 30, 4, 86, "#cc8a0c")
        + stroke(jib, "#cc8a0c", 2)
        + path("M40 18 H120 L123 30 H4 V26 H40z", "none", 'stroke="#f2b01e" stroke-width="3.500"')
        + polygon(((34, 28), (38, 2), (42, 28)), "#cc8a0c")
        + stroke("M38 3 L6 27 M38 3 L112 19", STEEL[3], 1.6)
        + rect(2, 28, 20, 18, STEEL[4], 2)
        + rect(48, 31, 18, 20, "#f2b01e", 2)
        + rect(52, 34, 11, 9, "#bfe3f2", 1)
        + stroke("M104 31 V78", STEEL[5], 2)
        + stroke("M104 78 L92 90 M104 78 L116 90", STEEL[5], 2)
        + rect(86, 90, 36, 16, "#c7603a", 1)
        + rect(86, 90, 36, 4, "#e58a5c", 1)
        + stroke("M95 94 v12 M104 94 v12 M113 94 v12", "#9c4427", 1.6)
    )


def _lunar_rover() -> str:
    return (
        stroke("M18 64 V22", STEEL[3], 4)
        + path("M4 8 C4 26 16 36 34 32z", STEEL[1])
        + path("M4 8 L34 32 C20 30 10 20 4 8z", STEEL[3])
        + stroke("M19 20 L26 8", STEEL[4], 2.5)
        + circle(27, 7, 3, "#e0534a")
        + rect(12, 66, 104, 14, BRASS[2], 3)
        + rect(12, 66, 104, 5, BRASS[0], 2)
        + path("M48 66 V42 a4 4 0 0 1 4 -4 h6 v22 h22 a4 4 0 0 1 4 6z", STEEL[1])
        + rect(52, 42, 5, 20, "#e0534a", 2)
        + stroke("M92 66 V46 H102", STEEL[4], 3.5)
        + rect(98, 38, 18, 12, STEEL[5], 2)
        + rect(101, 41, 12, 6, "#4dd0a0", 1)
        + rect(24, 54, 18, 12, STEEL[4], 2)
        + "".join(
            circle(x, 100, 24, STEEL[5])
            + circle(x, 100, 24, "none", f'stroke="{STEEL[3]}" stroke-width="5" stroke-dasharray="5 4"')
            + circle(x, 100, 10, STEEL[2])
            + circle(x, 100, 4, STEEL[5])
            for x in (28, 100)
        )
        + path("M8 80 C10 68 46 68 48 80 M80 80 C82 68 118 68 120 80", "none", f'stroke="{BRASS[3]}" stroke-width="4"')
    )


def _sleigh() -> str:
    return (
        path(
            "M10 124 H104 C122 124 128 108 118 98 C110 90 100 98 106 106",
            "none",
            f'stroke="{BRASS[2]}" stroke-width="6" stroke-linecap="round"',
        )
        + stroke("M34 98 v24 M84 98 v24", BRASS[2], 5)
        + path(
            "M4 30 C-2 24 6 12 16 20 C26 30 24 56 40 62 C62 66 76 58 88 44 C96 34 116 34 122 46 C124 56 110 56 "
            "112 64 C112 90 96 102 72 102 H40 C14 102 8 64 4 30z",
            "#d63a34",
        )
        + path("M112 64 C112 90 96 102 72 102 H40 C26 102 18 92 12 76 C40 92 92 96 112 64z", "#a32722")
        + path(
            "M16 20 C26 30 24 56 40 62 C62 66 76 58 88 44 C96 34 116 34 122 46",
            "none",
            f'stroke="{BRASS[1]}" stroke-width="5" stroke-linecap="round"',
        )
        + path(
            "M36 84 c10 -12 22 6 32 -4 c6 -6 14 -4 18 0",
            "none",
            f'stroke="{BRASS[1]}" stroke-width="3" stroke-linecap="round"',
        )
        + path("M10 34 C12 50 18 62 24 68 C20 54 18 42 16 30z", "#ffffff", 'opacity=".3"')
    )


DRAWN: dict[str, Callable[[], str]] = {
    "bulldozer": _bulldozer,
    "camper-van": _camper_van,
    "caravan": _caravan,
    "carriage": _carriage,
    "cart": _cart,
    "crane": _crane,
    "excavator": _excavator,
    "lunar-rover": _lunar_rover,
    "sleigh": _sleigh,
    "steamroller": _steamroller,
    "tank": _tank,
}

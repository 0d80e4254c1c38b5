"""Furniture and what a room is dressed with."""

from collections.abc import Callable

from easel_sketch.drawing.ink import circle, oval, path, polygon, rect, stroke
from easel_sketch.drawing.motifs.tones import BRASS, SHINE, STEEL, WOOD, mirrored


def _table() -> str:
    return (
        rect(24, 64, 9, 48, WOOD[3])
        + rect(95, 64, 9, 48, WOOD[3])
        + rect(8, 66, 12, 58, WOOD[1], 2)
        + rect(108, 66, 12, 58, WOOD[2], 2)
        + rect(8, 66, 112, 12, WOOD[2])
        + polygon(((24, 42), (104, 42), (125, 60), (3, 60)), WOOD[0])
        + polygon(((24, 42), (70, 42), (40, 60), (3, 60)), "#ffffff", 'opacity=".14"')
        + rect(3, 60, 122, 8, WOOD[1], 2)
    )


def _coffee_table() -> str:
    return (
        path("M34 84 L28 120 a4 4 0 0 0 8 1 L44 84z", WOOD[3])
        + path("M94 84 L100 120 a4 4 0 0 1 -8 1 L84 84z", WOOD[3])
        + path("M16 78 L9 119 a4 4 0 0 0 8 2 L28 80z", WOOD[1])
        + path("M112 78 L119 119 a4 4 0 0 1 -8 2 L100 80z", WOOD[2])
        + oval(64, 76, 61, 15, WOOD[2])
        + oval(64, 71, 61, 15, WOOD[0])
        + path("M12 68 C28 58 62 56 84 58 C58 60 34 64 22 76z", "#ffffff", 'opacity=".2"')
        + rect(72, 64, 26, 6, "#4f7fb8", 1)
        + rect(75, 59, 22, 5, "#d65745", 1)
        + oval(42, 70, 10, 3, STEEL[3])
        + path("M33 58 h18 v6 a9 6 0 0 1 -18 0z", "#fafafa")
        + oval(42, 58, 9, 3, "#6d4c41")
    )


def _desk() -> str:
    drawers = "".join(
        rect(78, y, 40, 16, WOOD[0], 1.5) + rect(93, y + 6, 10, 3.6, BRASS[2], 1.5) for y in (62.0, 82.0, 102.0)
    )
    return (
        rect(8, 54, 9, 70, WOOD[2], 1)
        + rect(24, 54, 7, 60, WOOD[3])
        + rect(72, 54, 52, 70, WOOD[2], 2)
        + drawers
        + polygon(((14, 38), (114, 38), (126, 48), (2, 48)), WOOD[0])
        + rect(2, 48, 124, 8, WOOD[1], 2)
        + rect(17, 56, 55, 6, WOOD[3])
        + rect(28, 22, 34, 20, STEEL[5], 2)
        + rect(31, 25, 28, 14, "#7cc4e8", 1)
        + polygon(((31, 25), (48, 25), (38, 39), (31, 39)), "#ffffff", SHINE)
        + polygon(((26, 42), (64, 42), (68, 46), (22, 46)), STEEL[3])
        + rect(92, 30, 9, 12, "#d65745", 1.5)
        + stroke("M94 30 l-2 -9 M97 30 v-11 M100 30 l3 -8", WOOD[2], 2)
    )


def _bookshelf() -> str:
    colours = ("#d65745", "#f2b33d", "#3f8f78", "#4f7fb8", "#8a5aa8", "#e88a4a", "#5d7f3d", "#c7506f")
    rows = []
    for row, y in enumerate((9.0, 38.0, 67.0, 96.0)):
        x, at = 20.0, row * 3
        while x < (96 if row != 2 else 70):
            wide, tall = 7 + (at * 5) % 4, 17 + (at * 7) % 6
            colour = colours[at % len(colours)]
            rows.append(rect(x, y + 24 - tall, wide, tall, colour, 1))
            rows.append(rect(x, y + 28 - tall, wide, 2.5, "#ffffff", 0, SHINE))
            x, at = x + wide + 0.8, at + 1
    vase = path("M82 91 c-7 -5 -7 -12 -2 -14 h10 c5 2 5 9 -2 14z", "#7cc4e8") + stroke("M85 77 v-8", "#5d7f3d", 2)
    return (
        rect(12, 2, 104, 122, WOOD[2], 3)
        + rect(18, 8, 92, 112, WOOD[3])
        + "".join(rows)
        + vase
        + oval(82, 68, 4, 2.4, "#7cb342")
        + oval(89, 66, 4, 2.4, "#8bc34a")
        + "".join(rect(18, y, 92, 5, WOOD[1]) for y in (33, 62, 91))
        + rect(12, 2, 104, 6, WOOD[1], 3)
        + rect(12, 119, 104, 5, WOOD[1], 1)
        + rect(12, 4, 5, 118, WOOD[0], 2, SHINE)
    )


def _cupboard() -> str:
    door = (
        rect(20, 14, 42, 76, WOOD[1], 2)
        + rect(25, 19, 32, 66, WOOD[2], 2)
        + rect(28, 22, 29, 63, WOOD[1], 1)
        + circle(57, 54, 3, BRASS[1])
    )
    return (
        path("M20 112 h12 l-3 12 h-7z M96 112 h12 l-2 12 h-7z", WOOD[3])
        + rect(14, 8, 100, 108, WOOD[2], 3)
        + mirrored(door)
        + rect(20, 94, 88, 17, WOOD[1], 2)
        + circle(44, 102, 3, BRASS[1])
        + circle(84, 102, 3, BRASS[1])
        + rect(8, 3, 112, 9, WOOD[0], 3)
        + rect(14, 12, 4, 104, "#ffffff", 1, 'opacity=".18"')
    )


def _upholstered(left: float, seats: int, tones: tuple[str, str, str]) -> str:
    """An armchair or a sofa between `left` and its mirror image, of a light, a middle and a dark tone."""
    right, light, middle, dark = 128 - left, *tones
    wide = (right - left - 40) / seats
    backs = "".join(
        rect(left + 20 + wide * at, 34, wide, 52, light, 9)
        + rect(left + 25 + wide * at, 39, wide - 22, 6, "#ffffff", 3, 'opacity=".22"')
        for at in range(seats)
    )
    cushions = "".join(
        rect(left + 18 + wide * at, 76, wide + 4, 19, middle, 7)
        + rect(left + 18 + wide * at, 76, wide + 4, 11, light, 6)
        for at in range(seats)
    )
    arm = rect(left, 58, 24, 58, middle, 9) + rect(left, 56, 24, 18, light, 9)
    return (
        rect(left + 8, 112, 8, 12, WOOD[3], 1)
        + rect(right - 16, 112, 8, 12, WOOD[3], 1)
        + rect(left + 8, 26, right - left - 16, 84, middle, 14)
        + backs
        + rect(left + 10, 90, right - left - 20, 26, dark, 3)
        + cushions
        + mirrored(arm)
    )


def _armchair() -> str:
    return _upholstered(14, 1, ("#3fa796", "#2d8577", "#1f6459"))


def _sofa() -> str:
    return _upholstered(2, 2, ("#e58a5c", "#c96b41", "#9c4d2c"))


def _stool() -> str:
    return (
        rect(58, 38, 11, 74, WOOD[3], 2)
        + path("M30 36 h14 L32 124 h-11z", WOOD[1])
        + path("M98 36 h-14 L96 124 h11z", WOOD[2])
        + path("M28 84 h72 v7 h-74z", WOOD[2])
        + path("M22 22 v9 c0 10 84 10 84 0 v-9z", WOOD[1])
        + oval(64, 21, 43, 11, WOOD[0])
        + oval(54, 18, 24, 4.5, "#ffffff", 'opacity=".25"')
    )


def _lamp() -> str:
    return (
        oval(64, 118, 30, 6, BRASS[3])
        + path("M40 116 c0 -8 48 -8 48 0z", BRASS[2])
        + path("M58 60 h12 v10 c14 8 16 34 2 44 h-16 c-14 -10 -12 -36 2 -44z", "#3f7fa8")
        + path("M60 72 c-12 8 -12 30 -2 40 h-4 c-12 -10 -10 -34 2 -41z", "#8cc4e0")
        + rect(56, 56, 16, 8, BRASS[1], 2)
        + path("M40 6 h48 l22 52 c-20 8 -72 8 -92 0z", "#ffe9b0")
        + path("M88 6 l22 52 c-9 4 -20 5 -30 6 l-6 -58z", "#f2cf83")
        + path("M44 10 h8 l-10 46 -12 -2z", "#ffffff", 'opacity=".6"')
        + oval(64, 6, 24, 3.4, "#fff6dc")
    )


def _floor_lamp() -> str:
    return (
        oval(64, 118, 28, 6, STEEL[5])
        + oval(64, 115, 28, 6, STEEL[4])
        + rect(61, 44, 6, 72, STEEL[4])
        + rect(61, 44, 2.4, 72, STEEL[2])
        + path("M42 3 h44 l18 46 c-18 7 -62 7 -80 0z", "#ffe9b0")
        + path("M86 3 l18 46 c-8 4 -18 5 -26 5 l-5 -51z", "#f2cf83")
        + path("M46 7 h8 l-9 40 -12 -2z", "#ffffff", 'opacity=".6"')
        + oval(64, 3.600, 22, 2.6, "#fff6dc")
        + stroke("M84 54 v16", BRASS[2], 1.6)
        + circle(84, 72, 2.6, BRASS[1])
    )


def _lantern() -> str:
    return (
        stroke("M42 26 C42 -4 86 -4 86 26", STEEL[4], 5)
        + path("M64 12 L104 36 h-80z", STEEL[5])
        + path("M64 12 L44 36 h-20z", STEEL[4])
        + rect(30, 36, 68, 70, "#ffe082", 2)
        + rect(30, 36, 68, 70, "#ffb300", 2, 'opacity=".35"')
        + oval(64, 76, 24, 28, "#fff3c4", 'opacity=".85"')
        + path("M64 54 c12 14 14 24 6 32 h-12 c-8 -8 -6 -18 6 -32z", "#ff9800")
        + path("M64 66 c7 9 7 14 3 20 h-6 c-4 -6 -4 -11 3 -20z", "#fff176")
        + rect(56, 86, 16, 20, "#fffaf0", 1)
        + "".join(rect(x, 34, 6, 74, STEEL[5]) for x in (27, 95))
        + rect(62, 34, 3, 20, STEEL[5])
        + rect(22, 104, 84, 10, STEEL[4], 3)
        + rect(16, 113, 96, 11, STEEL[5], 3)
    )


def _rug() -> str:
    fringe = "".join(f"M{9 + 5.79 * at:.1f} 116 l-1 8" for at in range(20))
    return (
        stroke(fringe, "#f3e3c3", 2.4)
        + polygon(((26, 54), (102, 54), (125, 117), (3, 117)), "#b23a48")
        + polygon(((31, 60), (97, 60), (115, 110), (13, 110)), "#f3e3c3")
        + polygon(((34, 64), (94, 64), (109, 106), (19, 106)), "#27496d")
        + polygon(((64, 68), (90, 85), (64, 103), (38, 85)), "#e0a030")
        + polygon(((64, 74), (79, 85), (64, 97), (49, 85)), "#b23a48")
        + oval(64, 85, 6, 4, "#f3e3c3")
        + mirrored(
            polygon(((30, 98), (38, 90), (44, 101)), "#e0a030") + polygon(((39, 69), (50, 68), (42, 77)), "#e0a030")
        )
    )


def _curtain() -> str:
    side = (
        path("M10 12 h48 c0 34 -10 52 -30 64 c8 12 10 30 8 48 h-26z", "#c0392b")
        + path("M22 12 h10 c0 30 -4 48 -14 62 c4 16 4 32 2 50 h-8z", "#e05a48")
        + path("M44 12 h9 c0 28 -10 48 -25 60z", "#962d22")
        + path("M10 72 c8 6 16 7 21 3 l2 6 c-7 5 -15 5 -23 1z", BRASS[1])
    )
    return (
        rect(14, 14, 100, 110, "#bfe3f2")
        + polygon(((14, 14), (80, 14), (30, 124), (14, 124)), "#ffffff", SHINE)
        + mirrored(side)
        + rect(2, 5, 124, 8, BRASS[2], 4)
        + rect(4, 6, 120, 2.5, BRASS[0], 1)
        + circle(5, 9, 5, BRASS[1])
        + circle(123, 9, 5, BRASS[1])
    )


def _cushion() -> str:
    return (
        path("M10 34 C30 42 98 42 118 34 C114 58 114 92 122 118 C96 124 32 124 6 118 C14 92 14 58 10 34z", "#5b7fc7")
        + path("M118 34 C114 58 114 92 122 118 C96 124 60 124 40 122 C90 118 106 84 104 37z", "#41619f")
        + path("M18 44 C40 49 70 49 88 46 C60 54 34 58 26 78 C26 66 22 54 18 44z", "#ffffff", 'opacity=".28"')
        + stroke("M64 78 l-9 -7 M64 78 l10 -6 M64 78 l-8 9 M64 78 l9 8", "#34508a", 2)
        + circle(64, 78, 5, "#f2b33d")
        + "".join(circle(x, y, 5, "#f2b33d") for x, y in ((9, 34), (119, 34), (6, 119), (122, 119)))
    )


def _cloth() -> str:
    return (
        '<g transform="translate(4 0) scale(0.97)">'
        + path("M8 98 h112 v18 a8 8 0 0 1 -8 8 H14 a13 13 0 0 1 -6 -26z", "#2d8f9f")
        + path("M12 72 h108 v24 a6 6 0 0 1 -6 6 H16 a15 15 0 0 1 -4 -30z", "#3fb0c0")
        + path("M16 46 h96 a8 8 0 0 1 8 8 v16 a6 6 0 0 1 -6 6 H18 a15 15 0 0 1 -2 -30z", "#66cad6")
        + path("M16 46 h96 a8 8 0 0 1 8 8 c-40 -3 -80 -3 -112 3 a14 14 0 0 1 8 -11z", "#a5e3ea")
        + rect(84, 46, 6, 30, "#ffffff", 0, 'opacity=".8"')
        + rect(95, 46, 6, 30, "#ffffff", 0, 'opacity=".8"')
        + stroke("M14 66 h70 M12 91 h102 M12 115 h100", "#1f6f7d", 1.6, 'opacity=".5"')
        + "</g>"
    )


def _ceiling_fan() -> str:
    blade = path("M54 58 C40 50 20 46 4 54 c-4 6 0 12 6 13 C28 70 44 68 56 64z", WOOD[1])
    return (
        rect(52, 2, 24, 8, STEEL[3], 3)
        + rect(61, 8, 6, 36, STEEL[4])
        + path("M58 56 c-3 -10 15 -10 12 0z", WOOD[3])
        + mirrored(blade)
        + path("M54 64 c-12 8 -26 20 -24 32 c4 6 12 3 16 -2 c8 -10 14 -20 14 -28z", WOOD[0])
        + path("M74 64 c12 8 26 20 24 32 c-4 6 -12 3 -16 -2 c-8 -10 -14 -20 -14 -28z", WOOD[2])
        + path("M44 48 h40 c2 10 -4 22 -20 22 s-22 -12 -20 -22z", STEEL[3])
        + oval(64, 48, 20, 6, STEEL[1])
        + path("M50 68 h28 c4 10 -4 18 -14 18 s-18 -8 -14 -18z", "#fff3c4")
        + oval(59, 76, 4, 5, "#ffffff")
        + stroke("M76 84 v30", BRASS[2], 1.6)
        + circle(76, 118, 4, BRASS[1])
    )


DRAWN: dict[str, Callable[[], str]] = {
    "armchair": _armchair,
    "bookshelf": _bookshelf,
    "ceiling-fan": _ceiling_fan,
    "cloth": _cloth,
    "coffee-table": _coffee_table,
    "cupboard": _cupboard,
    "curtain": _curtain,
    "cushion": _cushion,
    "desk": _desk,
    "floor-lamp": _floor_lamp,
    "lamp": _lamp,
    "lantern": _lantern,
    "rug": _rug,
    "sofa": _sofa,
    "stool": _stool,
    "table": _table,
}

"""Machines of a household, tableware, vessels and boxes."""

from collections.abc import Callable

from easel_sketch.drawing.ink import circle, oval, path, polygon, rect, ring, stroke
from easel_sketch.drawing.motifs.tones import BRASS, SHADE, SHINE, STEEL, WOOD


def _oven() -> str:
    knobs = "".join(circle(x, 33, 5, STEEL[5]) + rect(x - 0.8, 28.5, 1.6, 5, STEEL[0]) for x in (24, 38, 90, 104))
    return (
        rect(14, 118, 14, 6, STEEL[5], 1)
        + rect(100, 118, 14, 6, STEEL[5], 1)
        + rect(8, 20, 112, 100, STEEL[1], 5)
        + rect(104, 24, 16, 94, "#000000", 4, 'opacity=".08"')
        + rect(6, 14, 116, 9, STEEL[5], 3)
        + oval(36, 14, 18, 3, STEEL[4])
        + oval(92, 14, 18, 3, STEEL[4])
        + knobs
        + rect(50, 28, 28, 10, "#263238", 2)
        + stroke("M57 33 h4 M66 33 h5", "#4dd0a0", 2)
        + rect(16, 44, 96, 62, STEEL[0], 4)
        + rect(24, 58, 80, 42, "#37322f", 4)
        + rect(28, 62, 72, 34, "#ff9d3c", 3, 'opacity=".55"')
        + stroke("M28 84 h72", "#5d4037", 2)
        + path("M50 84 c0 -14 28 -14 28 0z", "#8d4a22")
        + path("M54 79 c3 -6 9 -7 13 -6", "none", 'stroke="#d99058" stroke-width="2.500"')
        + rect(24, 48, 80, 5, STEEL[3], 2.5)
        + polygon(((32, 60), (54, 60), (34, 98), (28, 98)), "#ffffff", 'opacity=".18"')
        + rect(16, 109, 96, 8, STEEL[2], 2)
    )


def _refrigerator() -> str:
    return (
        rect(34, 118, 10, 6, STEEL[5], 1)
        + rect(84, 118, 10, 6, STEEL[5], 1)
        + rect(26, 3, 76, 117, STEEL[1], 7)
        + rect(26, 3, 70, 117, STEEL[0], 7)
        + rect(26, 42, 76, 3, STEEL[3])
        + rect(34, 20, 5, 18, STEEL[3], 2.5)
        + rect(34, 52, 5, 32, STEEL[3], 2.5)
        + rect(31, 7, 60, 5, "#ffffff", 2.5)
        + rect(60, 56, 22, 26, "#fff3b0", 1, 'transform="rotate(4 70 66)"')
        + circle(71, 57, 3, "#d65745")
        + rect(52, 90, 16, 14, "#a8d8ea", 1, 'transform="rotate(-6 60 96)"')
        + circle(59, 91, 2.4, "#4f7fb8")
        + rect(26, 112, 76, 8, STEEL[2], 4)
    )


def _washing_machine() -> str:
    return (
        rect(18, 118, 14, 6, STEEL[5], 1)
        + rect(96, 118, 14, 6, STEEL[5], 1)
        + rect(10, 8, 108, 112, STEEL[1], 7)
        + rect(10, 8, 102, 112, STEEL[0], 7)
        + rect(10, 8, 108, 24, STEEL[2], 7)
        + rect(10, 28, 108, 4, STEEL[3])
        + rect(17, 14, 30, 11, STEEL[0], 2)
        + rect(54, 14, 22, 11, "#263238", 2)
        + circle(90, 20, 7, STEEL[4])
        + rect(89, 14, 2, 6, STEEL[0])
        + circle(106, 20, 3, "#4caf50")
        + circle(64, 76, 38, STEEL[3])
        + circle(64, 76, 33, STEEL[4])
        + circle(64, 76, 28, "#4aa3d0")
        + path("M36 78 c8 -7 18 5 28 -1 c10 -6 18 4 28 0 A28 28 0 0 1 36 78z", "#a7dcf2")
        + path("M48 88 c6 -8 14 2 20 -4 l10 8 c-8 10 -22 12 -30 -4z", "#e86a5a")
        + path("M66 96 c2 -8 12 -8 18 -12 l2 6 c-5 8 -12 10 -20 6z", "#f2c14e")
        + path("M42 66 A26 26 0 0 1 66 52 C54 56 48 62 45 72z", "#ffffff", 'opacity=".6"')
        + circle(54, 72, 2.500, "#ffffff", SHINE)
        + rect(94, 70, 8, 12, STEEL[1], 3)
    )


def _vacuum_cleaner() -> str:
    return (
        path("M54 84 C50 40 66 6 92 6 C116 6 108 40 112 102", "none", f'stroke="{STEEL[5]}" stroke-width="7"')
        + stroke("M111 60 L116 106", STEEL[3], 6)
        + path("M104 104 h20 l2 14 a5 5 0 0 1 -5 6 h-24z", STEEL[5])
        + rect(97, 118, 30, 6, STEEL[4], 2)
        + path("M4 104 C4 74 28 64 54 70 C78 74 92 88 92 108 H4z", "#d63a34")
        + path("M8 90 C14 74 32 68 52 72 C36 74 22 80 16 94z", "#ffffff", 'opacity=".35"')
        + path("M60 71 C80 76 92 90 92 108 H72 C74 94 70 80 60 71z", "#a32722")
        + rect(2, 102, 92, 12, STEEL[5], 5)
        + circle(24, 108, 16, "#263238")
        + circle(24, 108, 8, STEEL[2])
        + circle(80, 116, 8, "#263238")
        + circle(80, 116, 3.5, STEEL[2])
        + rect(34, 62, 28, 7, STEEL[5], 3)
    )


def _toaster() -> str:
    slice_ = path("M{0} 46 v-26 c-8 -4 -6 -16 6 -16 h16 c12 0 14 12 6 16 v26z", "#b9713a")
    crumb = path("M{0} 44 v-26 c-6 -4 -4 -10 4 -10 h12 c8 0 10 6 4 10 v26z", "#f5d19a")
    return (
        slice_.format(26)
        + crumb.format(30)
        + slice_.format(72)
        + crumb.format(76)
        + path("M8 110 V60 C8 44 18 38 30 38 H98 C110 38 120 44 120 60 V110z", STEEL[2])
        + path("M8 110 V60 C8 44 18 38 30 38 H50 C30 42 22 54 22 66 V110z", STEEL[0])
        + path("M104 39 C114 42 120 50 120 60 V110 H106 V60 C106 50 106 44 104 39z", STEEL[3])
        + rect(24, 38, 36, 5, STEEL[5], 2.5)
        + rect(68, 38, 36, 5, STEEL[5], 2.5)
        + rect(5, 108, 118, 10, STEEL[5], 4)
        + rect(16, 117, 14, 7, "#263238", 1)
        + rect(98, 117, 14, 7, "#263238", 1)
        + circle(64, 84, 11, STEEL[5])
        + circle(64, 84, 8, STEEL[1])
        + rect(63, 77, 2, 7, "#d63a34")
        + rect(112, 62, 14, 9, "#263238", 3)
    )


def _blender() -> str:
    return (
        rect(42, 2, 44, 9, STEEL[5], 3)
        + path("M88 22 h14 c8 0 10 4 9 10 l-6 30 h-10 v-8 h4 l4 -22 h-16z", STEEL[3])
        + path("M34 10 h60 l-8 66 h-44z", "#d8f0f7")
        + path("M37 34 h54 l-5 42 h-44z", "#e8598b")
        + path("M37 34 c8 -5 14 3 24 0 s22 -4 30 0 l-1 6 c-10 -3 -16 3 -26 1 s-18 -2 -26 0z", "#f591b5")
        + path("M74 34 h17 l-5 42 h-14z", "#c23a6d", 'opacity=".6"')
        + path("M40 14 h9 l5 58 h-8z", "#ffffff", 'opacity=".55"')
        + rect(38, 75, 52, 9, STEEL[3], 2)
        + path("M40 84 h48 l10 36 a4 4 0 0 1 -4 4 H34 a4 4 0 0 1 -4 -4z", STEEL[5])
        + path("M40 84 h12 l-8 40 h-10 a4 4 0 0 1 -4 -4z", STEEL[4])
        + circle(64, 104, 9, STEEL[1])
        + rect(63, 96, 2.4, 9, "#d63a34")
        + circle(83, 106, 3, "#4caf50")
    )


def _coffee_maker() -> str:
    return (
        rect(10, 6, 108, 40, STEEL[3], 6)
        + rect(10, 6, 108, 14, STEEL[1], 6)
        + rect(14, 44, 30, 70, STEEL[4])
        + rect(44, 44, 70, 66, STEEL[5])
        + rect(4, 112, 120, 12, STEEL[4], 4)
        + rect(40, 106, 82, 8, STEEL[2], 2)
        + "".join(rect(x, 108, 6, 3, STEEL[5], 1) for x in range(46, 116, 10))
        + circle(28, 33, 7, STEEL[0])
        + rect(27, 27, 2, 6, "#d63a34")
        + circle(50, 33, 4, "#d63a34")
        + circle(62, 33, 4, "#4caf50")
        + circle(100, 33, 8, STEEL[5])
        + path("M64 46 h32 l-3 12 h-26z", STEEL[2])
        + rect(94, 50, 28, 6, "#2b1d16", 3)
        + path("M73 58 h14 v6 h-14z", STEEL[3])
        + rect(75, 64, 2.6, 18, "#6d4c41")
        + rect(83, 64, 2.6, 18, "#6d4c41")
        + path("M64 82 h32 v10 a14 14 0 0 1 -14 14 h-4 a14 14 0 0 1 -14 -14z", "#ffffff")
        + path("M86 82 h10 v10 a14 14 0 0 1 -14 14 h-4 c8 -4 10 -14 8 -24z", STEEL[1])
        + ring(98, 91, 5.500, "#ffffff", 3)
        + oval(80, 82, 16, 2.5, "#6d4c41")
        + path("M12 46 v14 c0 20 -8 22 -8 36 h7 c0 -14 9 -18 9 -36 v-14z", STEEL[1])
        + stroke("M22 6 h84", BRASS[1], 3)
    )


def _kettle() -> str:
    return (
        stroke("M34 44 C34 -4 98 -4 98 44", "#2b2f33", 8)
        + path("M96 70 C108 68 108 50 124 44 l2 8 C116 60 116 90 100 94z", "#1f7a8c")
        + path("M10 108 C10 68 30 44 66 44 S118 68 118 108 c0 10 -4 16 -10 16 H20 c-6 0 -10 -6 -10 -16z", "#2aa5b8")
        + path("M84 46 C108 54 118 78 118 108 c0 10 -4 16 -10 16 H86 C104 106 102 64 84 46z", "#1f7a8c")
        + path("M22 100 C22 74 34 56 56 50 C44 60 34 78 34 104z", "#ffffff", 'opacity=".4"')
        + oval(66, 45, 26, 6, "#1f7a8c")
        + path("M44 43 c4 -10 40 -10 44 0z", "#49c0d0")
        + circle(66, 32, 6, "#2b2f33")
        + rect(14, 112, 100, 5, "#ffffff", 0, 'opacity=".25"')
    )


def _electric_fan() -> str:
    blade = "M64 48 C58 34 60 18 74 14 C88 16 86 36 68 48z"
    blades = "".join(path(blade, "#5fb0d8", f'transform="rotate({turn} 64 48)"') for turn in (0, 120, 240))
    spokes = "".join(
        path("M64 48 V6", "none", f'stroke="{STEEL[3]}" stroke-width="1.200" transform="rotate({turn} 64 48)"')
        for turn in range(0, 360, 20)
    )
    return (
        rect(59, 84, 10, 32, STEEL[4])
        + path("M30 118 c4 -10 64 -10 68 0z", STEEL[4])
        + rect(26, 116, 76, 8, STEEL[5], 4)
        + circle(64, 48, 44, "#dff1f8")
        + blades
        + spokes
        + ring(64, 48, 28, STEEL[3], 1.4)
        + ring(64, 48, 44, STEEL[4], 4)
        + circle(64, 48, 10, STEEL[4])
        + circle(62, 46, 5, STEEL[2])
    )


def _bottle() -> str:
    return (
        rect(54, 3, 20, 9, "#8d5a34", 2)
        + path(
            "M53 10 h22 v26 c0 12 15 14 15 32 v48 a8 8 0 0 1 -8 8 H46 a8 8 0 0 1 -8 -8 V68 c0 -18 15 -20 15 -32z",
            "#3fa66b",
        )
        + path(
            "M70 10 h5 v26 c0 12 15 14 15 32 v48 a8 8 0 0 1 -8 8 H68 c10 -4 12 -10 12 -16 V70 c0 -18 -10 -20 -10 -34z",
            "#2a7a4c",
        )
        + path("M46 70 c0 -14 12 -16 12 -30 V16 h3 v26 c0 14 -9 16 -9 30 v42 h-6z", "#ffffff", 'opacity=".45"')
        + rect(38, 76, 52, 32, "#fff6df")
        + rect(38, 76, 52, 4, "#e0a030")
        + rect(38, 104, 52, 4, "#e0a030")
        + path("M64 84 c7 7 8 14 0 18 c-8 -4 -7 -11 0 -18z", "#3fa66b")
    )


def _mug() -> str:
    return (
        path("M92 48 h12 c26 0 26 54 -8 56 l-8 -1 v-14 h6 c14 -1 15 -28 2 -27 h-6z", "#b23a34")
        + path("M10 26 h84 v80 c0 12 -8 18 -18 18 H28 c-10 0 -18 -6 -18 -18z", "#e0534a")
        + path("M76 26 h18 v80 c0 12 -8 18 -18 18 H58 c14 -2 18 -8 18 -20z", "#c43f38")
        + rect(20, 40, 9, 66, "#ffffff", 4.5, 'opacity=".35"')
        + oval(52, 26, 42, 10, "#ffe3df")
        + oval(52, 27, 37, 7.5, "#5d3a26")
        + path("M30 27 c8 -4 26 -4 36 -1 c-10 1 -24 3 -36 1z", "#8d6347")
    )


def _bowl() -> str:
    return (
        rect(44, 112, 40, 12, "#2f6f9f", 3)
        + path("M4 52 h120 C124 92 98 116 64 116 S4 92 4 52z", "#4a9bd0")
        + path("M96 52 h28 C124 92 98 116 64 116 C88 106 98 80 96 52z", "#2f78ab")
        + path("M12 66 C18 88 30 100 44 107 C30 94 24 80 22 64z", "#ffffff", 'opacity=".35"')
        + oval(64, 52, 60, 15, "#d6edf8")
        + oval(64, 54, 53, 11, "#a9d3ea")
        + path("M8 74 h112 l-3 9 H11z", "#ffffff", 'opacity=".75"')
    )


def _plate() -> str:
    return (
        oval(64, 70, 62, 52, STEEL[2])
        + oval(64, 66, 62, 52, "#fafcfd")
        + oval(64, 66, 55, 45.5, "none", 'stroke="#4a8fc0" stroke-width="3.500"')
        + oval(64, 68, 40, 32, STEEL[1])
        + oval(64, 70, 39, 30, "#f3f6f8")
        + path("M14 58 C18 34 40 22 62 20 C40 28 28 40 24 60z", "#ffffff")
    )


def _pan() -> str:
    return (
        path("M84 74 L122 38 a5.500 5.500 0 0 1 6 8 L94 86z", "#2b2f33")
        + oval(48, 92, 47, 31, "#1f2326")
        + oval(48, 86, 47, 31, STEEL[5])
        + oval(48, 86, 40, 25, "#23282b")
        + path("M12 84 C14 70 28 62 46 61 C32 66 22 74 20 88z", "#ffffff", 'opacity=".18"')
        + path("M36 80 c8 -10 22 -4 26 2 c10 2 10 16 0 18 c-10 6 -28 4 -30 -4 c-6 -4 -4 -14 4 -16z", "#ffffff")
        + circle(50, 89, 8, "#ffb300")
        + circle(47.5, 86.5, 2.4, "#ffe082")
    )


def _box() -> str:
    return (
        polygon(((64, 58), (124, 36), (124, 96), (64, 124)), "#a9713c")
        + polygon(((64, 58), (4, 36), (4, 96), (64, 124)), "#cf9656")
        + polygon(((64, 14), (124, 36), (64, 58), (4, 36)), "#e8b878")
        + polygon(((28, 45), (88, 23), (99, 27), (40, 49)), "#f7dba8")
        + polygon(((28, 45), (40, 49), (40, 72), (28, 67)), "#f0cd90")
        + polygon(((76, 86), (98, 77), (98, 92), (76, 102)), "#8a5a2c", SHADE)
        + polygon(((4, 36), (64, 58), (64, 62), (4, 40)), "#ffffff", 'opacity=".2"')
    )


def _crate() -> str:
    return (
        polygon(((4, 38), (22, 22), (124, 22), (106, 38)), WOOD[3])
        + polygon(((106, 38), (124, 22), (124, 108), (106, 124)), WOOD[2])
        + rect(4, 38, 102, 86, WOOD[3])
        + "".join(rect(4, y, 102, 19, WOOD[1]) + rect(4, y, 102, 3, WOOD[0]) for y in (38, 60, 82, 104))
        + polygon(((14, 50), (26, 50), (96, 112), (84, 112)), WOOD[2])
        + rect(4, 38, 13, 86, WOOD[0], 1)
        + rect(93, 38, 13, 86, WOOD[0], 1)
        + "".join(circle(x, y, 1.8, WOOD[3]) for x in (10.5, 99.5) for y in (45, 69, 91, 116))
    )


def _barrel() -> str:
    body = "M28 8 h72 c18 38 18 74 0 112 c-8 5 -64 5 -72 0 C10 82 10 46 28 8z"
    return (
        path(body, WOOD[1])
        + path("M44 8 C34 46 34 82 44 122 c-8 0 -14 -1 -16 -2 C10 82 10 46 28 8z", WOOD[0])
        + path("M84 8 c10 38 10 74 0 114 c8 0 14 -1 16 -2 c18 -38 18 -74 0 -112z", WOOD[2])
        + stroke("M56 10 c-3 38 -3 74 0 112 M72 10 c3 38 3 74 0 112", WOOD[2], 1.6)
        + path("M21 24 h86 l4 12 c-20 5 -74 5 -94 0z", STEEL[4])
        + path("M17 92 c20 5 74 5 94 0 l-4 12 c-18 5 -68 5 -86 0z", STEEL[4])
        + path("M21 24 h18 l-2 14 c-8 0 -14 -1 -20 -2z M17 92 c6 1 12 2 20 3 l2 13 c-8 -1 -14 -2 -18 -4z", STEEL[3])
        + oval(64, 9, 36, 6, WOOD[3])
        + oval(64, 8, 31, 4, WOOD[2])
        + circle(64, 66, 5, WOOD[3])
    )


DRAWN: dict[str, Callable[[], str]] = {
    "barrel": _barrel,
    "blender": _blender,
    "bottle": _bottle,
    "bowl": _bowl,
    "box": _box,
    "coffee-maker": _coffee_maker,
    "crate": _crate,
    "electric-fan": _electric_fan,
    "kettle": _kettle,
    "mug": _mug,
    "oven": _oven,
    "pan": _pan,
    "plate": _plate,
    "refrigerator": _refrigerator,
    "toaster": _toaster,
    "vacuum-cleaner": _vacuum_cleaner,
    "washing-machine": _washing_machine,
}

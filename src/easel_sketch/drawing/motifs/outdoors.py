"""More of what rolls and floats, and what is used out of doors."""

from collections.abc import Callable

from easel_sketch.drawing.ink import circle, oval, path, polygon, rect, ring, stroke
from easel_sketch.drawing.motifs.tones import BRASS, SHINE, STEEL, WOOD, mirrored, tyre


def _spokes(x: float, y: float, r: float) -> str:
    lines = "".join(
        path(
            f"M{x} {y - r} V{y + r}", "none", f'stroke="{STEEL[2]}" stroke-width="1" transform="rotate({turn} {x} {y})"'
        )
        for turn in range(0, 180, 22)
    )
    return lines + ring(x, y, r - 2, "#2b2f33", 5) + circle(x, y, r * 0.14, STEEL[4])


def _fishing_boat() -> str:
    return (
        stroke("M92 70 V8 M92 14 L122 60", STEEL[4], 3)
        + rect(90, 4, 4, 66, STEEL[3], 1)
        + path("M92 4 h18 l-5 5 5 5 H92z", "#f2b33d")
        + rect(26, 42, 46, 36, "#fafafa", 3)
        + rect(58, 42, 14, 36, STEEL[1], 3)
        + rect(20, 34, 58, 9, "#d63a34", 3)
        + rect(42, 18, 10, 17, STEEL[5], 2)
        + rect(42, 22, 10, 5, "#d63a34")
        + rect(32, 49, 14, 13, "#8fc7e0", 2)
        + rect(51, 49, 14, 13, "#8fc7e0", 2)
        + polygon(((32, 49), (40, 49), (34, 62), (32, 62)), "#ffffff", SHINE)
        + path(
            "M2 66 C10 74 16 76 26 76 H104 C112 76 118 72 126 62 C124 92 114 112 102 118 H24 C12 110 4 90 2 66z",
            "#2a6fa8",
        )
        + path("M8 92 C40 102 90 102 119 92 C115 106 109 115 102 118 H24 C17 113 12 104 8 92z", "#c0392b")
        + path("M8 92 C40 102 90 102 119 92 l-1 5 C90 106 40 106 10 97z", "#ffffff")
        + path(
            "M2 66 C10 74 16 76 26 76 H104 C112 76 118 72 126 62 l-1 8 C118 80 112 82 104 82 H26 C14 82 8 78 3 74z",
            "#1d4f7a",
        )
        + "".join(circle(x, 86, 6, STEEL[5]) + circle(x, 86, 3, STEEL[3]) for x in (40, 64, 88))
    )


def _yacht() -> str:
    return (
        path("M62 4 C84 30 98 60 102 90 H62z", "#ffffff")
        + path("M62 4 C84 30 98 60 102 90 H90 C86 60 78 32 62 14z", STEEL[1])
        + path("M54 14 C40 40 26 66 10 88 H54z", "#4f9fd8")
        + path("M54 14 C46 40 44 66 44 88 H54z", "#2f7fb8")
        + rect(56, 2, 4, 96, WOOD[2], 1)
        + path("M2 94 H126 C122 112 112 124 96 124 H34 C16 124 6 110 2 94z", "#fafafa")
        + path("M126 94 C122 112 112 124 96 124 H70 C96 120 108 110 112 94z", STEEL[1])
        + path("M4 101 H124 l-2 6 H6z", "#1f3f7a")
        + rect(34, 90, 48, 7, WOOD[0], 3)
        + "".join(circle(x, 115, 2.6, "#4f9fd8") for x in (40, 54, 68))
    )


def _school_bus() -> str:
    windows = "".join(
        rect(x, 38, 17, 18, "#8fc7e0", 2) + polygon(((x, 38), (x + 9, 38), (x + 2, 56), (x, 56)), "#ffffff", SHINE)
        for x in (10, 31, 52, 73)
    )
    return (
        path("M2 38 C2 28 6 24 14 24 H88 C96 24 98 28 100 36 L104 62 H118 C124 62 126 66 126 72 V104 H2z", "#fbc02d")
        + path("M2 86 H126 V104 H2z", "#e0a010")
        + path("M92 38 h6 l4 20 H92z", "#bfe3f2")
        + windows
        + rect(2, 62, 102, 4, "#2b2f33")
        + rect(2, 76, 124, 3.500, "#2b2f33")
        + rect(14, 18, 10, 7, "#d63a34", 2)
        + rect(80, 18, 10, 7, "#d63a34", 2)
        + polygon(((30, 80), (38, 80), (42, 84), (42, 92), (38, 96), (30, 96), (26, 92), (26, 84)), "#d63a34")
        + circle(120, 84, 4.5, "#fff6df")
        + rect(0, 100, 128, 7, "#2b2f33", 3)
        + tyre(30, 108, 16)
        + tyre(102, 108, 16)
    )


def _dump_truck() -> str:
    return (
        path("M2 34 L10 26 H76 L84 84 H10z", "#f2b01e")
        + path("M2 34 L10 26 H76 L77 34z", "#ffd45c")
        + path("M14 28 C26 10 40 18 46 12 C58 6 66 16 74 28z", "#8d6e52")
        + path("M46 12 C58 6 66 16 74 28 H56z", "#6d5340")
        + stroke("M24 40 l3 40 M42 40 l3 40 M60 40 l3 40", "#cc8a0c", 4)
        + path("M86 44 H108 C114 44 116 48 118 54 L124 74 V100 H86z", "#e0741a")
        + path("M92 50 h14 c3 0 5 2 6 5 l4 15 H92z", "#bfe3f2")
        + polygon(((92, 50), (101, 50), (95, 70), (92, 70)), "#ffffff", SHINE)
        + rect(8, 86, 118, 14, STEEL[5], 3)
        + rect(116, 82, 9, 9, "#fff6df", 2)
        + tyre(26, 104, 20)
        + tyre(68, 104, 20)
        + tyre(106, 106, 18)
    )


def _jeep() -> str:
    return (
        path("M30 52 L38 18 H88 L96 52z", "none", 'stroke="#47552d" stroke-width="6"')
        + path("M62 18 V52", "none", 'stroke="#47552d" stroke-width="5"')
        + path("M38 22 h20 v28 H33z M66 22 h19 l7 28 H66z", "#bfe3f2", 'opacity=".7"')
        + rect(34, 13, 58, 8, "#47552d", 3)
        + path("M4 54 H120 C124 54 126 58 126 62 V96 H4z", "#7c8f52")
        + path("M4 78 H126 V96 H4z", "#5f703d")
        + rect(8, 57, 110, 5, "#ffffff", 2, 'opacity=".22"')
        + rect(1, 56, 9, 30, "#2b2f33", 4)
        + path("M10 96 a22 22 0 0 1 44 0z M76 96 a22 22 0 0 1 44 0z", "#3a4626")
        + rect(58, 62, 4, 30, "#5f703d")
        + rect(66, 68, 10, 3.5, STEEL[1], 1.5)
        + circle(121, 68, 5, "#fff6df")
        + tyre(32, 104, 19)
        + tyre(98, 104, 19)
    )


def _biplane() -> str:
    return (
        path("M10 60 C2 46 4 36 8 34 C16 36 24 48 28 58z", "#a32722")
        + path("M4 62 C30 54 80 52 106 56 C118 58 118 84 106 88 C80 92 30 84 4 72z", "#d63a34")
        + path("M4 68 C40 78 80 80 114 74 C114 82 110 87 106 88 C80 92 30 84 4 72z", "#a32722")
        + path("M66 54 C68 44 82 44 86 54z", "#8fc7e0")
        + circle(72, 44, 7, "#f3c7a0")
        + path("M64 44 C64 34 80 34 80 44z", "#6d4a2a")
        + stroke("M58 34 L62 88 M94 34 L98 88", STEEL[4], 3)
        + rect(40, 26, 76, 9, "#f2b33d", 4)
        + rect(44, 86, 76, 9, "#e0a020", 4)
        + rect(108, 60, 9, 24, STEEL[5], 3)
        + path(
            "M117 72 C116 50 118 34 122 28 C126 40 124 60 122 72 C124 84 126 104 122 116 C118 110 116 94 117 72z",
            "#6d4a2a",
        )
        + circle(120, 72, 5, BRASS[1])
        + stroke("M76 94 L70 112 M90 94 L96 112", STEEL[4], 3.5)
        + circle(70, 115, 9, "#2b2f33")
        + circle(96, 115, 9, "#2b2f33")
        + circle(70, 115, 3.5, STEEL[2])
        + circle(96, 115, 3.5, STEEL[2])
        + circle(42, 70, 7, "#ffffff")
        + circle(42, 70, 3.5, "#1f3f7a")
    )


def _drone() -> str:
    rotor = (
        oval(22, 44, 22, 4.5, STEEL[2], 'opacity=".7"')
        + rect(19, 42, 6, 18, STEEL[4], 2)
        + path("M20 56 L54 66 V76 L20 66z", STEEL[5])
    )
    return (
        mirrored(rotor)
        + path("M40 66 C40 56 52 52 64 52 S88 56 88 66 V78 C88 88 78 92 64 92 S40 88 40 78z", "#fafafa")
        + path("M76 53 C84 55 88 60 88 66 V78 C88 88 78 92 66 92 C80 84 84 66 76 53z", STEEL[1])
        + path("M48 62 C54 58 60 57 66 57 C58 60 52 64 50 70z", "#ffffff")
        + rect(52, 74, 24, 8, "#2b2f33", 4)
        + circle(56, 78, 2, "#4caf50")
        + circle(72, 78, 2, "#d63a34")
        + circle(64, 98, 11, "#2b2f33")
        + circle(64, 98, 6, "#3f7fa8")
        + circle(62, 96, 2, "#ffffff")
        + mirrored(stroke("M46 88 L34 118 M26 118 h16", STEEL[4], 4))
    )


def _tricycle() -> str:
    return (
        _spokes(94, 90, 32)
        + _spokes(26, 102, 20)
        + stroke("M94 90 L80 38 M26 100 L78 70 M26 100 L52 60", "#d63a34", 7)
        + stroke("M52 60 L84 54", "#d63a34", 7)
        + path("M32 56 C32 48 60 46 66 54 C64 62 40 64 32 56z", "#2b2f33")
        + stroke("M80 40 C76 26 66 22 56 26", STEEL[4], 5)
        + stroke("M60 25 L50 28", "#2b2f33", 7)
        + path("M72 44 C84 40 110 48 122 74", "none", 'stroke="#f2b33d" stroke-width="6" stroke-linecap="round"')
        + circle(94, 90, 7, STEEL[4])
        + stroke("M94 90 L104 102", STEEL[4], 4)
        + rect(97, 101, 14, 5, "#2b2f33", 2)
        + stroke("M50 30 l-8 12 M48 30 l-12 6", "#ff8fb0", 2.5)
    )


def _unicycle() -> str:
    return (
        _spokes(64, 88, 36)
        + stroke("M64 88 V24", STEEL[4], 6)
        + path("M56 34 h16 V88 h-5 V44 h-6 V88 h-5z", "#d63a34")
        + path("M34 12 C42 18 54 20 64 18 C76 16 86 10 96 8 C98 18 86 28 64 28 C46 28 34 22 34 12z", "#2b2f33")
        + circle(64, 88, 6, STEEL[5])
        + stroke("M64 88 L80 98 M64 88 L48 78", STEEL[4], 4)
        + rect(76, 96, 18, 5, "#2b2f33", 2)
        + rect(34, 75, 18, 5, "#2b2f33", 2)
    )


def _wheelbarrow() -> str:
    return (
        stroke("M92 92 L40 84 L4 60", WOOD[2], 6)
        + path("M20 36 H116 L98 84 H46z", "#3f9f5f")
        + path("M90 36 H116 L98 84 H76z", "#2d7f48")
        + path("M16 32 H120 v8 H18z", "#5fc07f")
        + path("M30 34 C40 14 56 22 66 16 C80 10 92 22 104 34z", "#7d5a3c")
        + path("M66 16 C80 10 92 22 104 34 H80z", "#5d4028")
        + stroke("M50 86 L40 122 M40 122 h12", STEEL[4], 6)
        + tyre(98, 104, 20)
        + stroke("M84 86 L98 104", STEEL[4], 5)
        + rect(0, 54, 14, 8, "#2b2f33", 4, 'transform="rotate(34 7 58)"')
    )


def _stroller() -> str:
    return (
        stroke("M100 40 L112 14 M112 14 L124 12", STEEL[4], 5)
        + path("M14 56 C14 24 34 8 60 8 V56z", "#4a7fb8")
        + path("M60 8 V56 H38 C38 36 46 18 60 8z", "#35628f")
        + path("M10 56 H106 C104 80 92 92 74 92 H42 C24 92 12 78 10 56z", "#5f9fd8")
        + path("M84 56 H106 C104 80 92 92 74 92 H62 C78 84 86 72 84 56z", "#4a7fb8")
        + path("M10 56 H106 l-1 8 H11z", "#ffffff", 'opacity=".7"')
        + stroke("M40 92 L86 112 M80 92 L34 112 M100 50 L104 40", STEEL[4], 4)
        + tyre(32, 108, 15)
        + tyre(88, 108, 15)
        + rect(114, 9, 14, 7, "#2b2f33", 3)
    )


def _watering_can() -> str:
    return (
        path("M70 52 C90 30 120 40 112 78 C110 90 102 100 92 102", "none", 'stroke="#2d7f6f" stroke-width="9"')
        + path("M38 76 L16 44 L6 50 L34 104z", "#3fa08c")
        + polygon(((0, 54), (24, 34), (28, 40), (4, 60)), "#2d7f6f")
        + path("M34 56 H92 L98 118 a6 6 0 0 1 -6 6 H34 a6 6 0 0 1 -6 -6z", "#52bda8")
        + path("M76 56 H92 L98 118 a6 6 0 0 1 -6 6 H70 C82 104 82 78 76 56z", "#3fa08c")
        + rect(38, 64, 8, 50, "#ffffff", 4, SHINE)
        + oval(63, 56, 29, 7, "#2d7f6f")
        + path("M36 56 C36 36 90 36 90 56", "none", 'stroke="#3fa08c" stroke-width="7"')
        + "".join(oval(x, y, 2.4, 4, "#6fbfe0") for x, y in ((4, 72), (14, 66), (9, 84), (20, 80), (4, 98), (16, 96)))
    )


def _binoculars() -> str:
    tube = (
        path("M30 26 H54 L58 84 H14z", "#3a4148")
        + path("M30 26 H38 L28 84 H14z", "#5d6872")
        + rect(30, 14, 24, 14, "#23282d", 4)
        + oval(36, 98, 30, 26, "#23282d")
        + oval(36, 98, 23, 20, "#3f7fa8")
        + path("M20 92 C22 84 30 80 38 80 C32 86 26 92 24 100z", "#bfe3f2")
    )
    return (
        rect(50, 40, 28, 30, "#23282d", 4)
        + mirrored(tube)
        + rect(58, 30, 12, 46, "#5d6872", 5)
        + circle(64, 36, 8, STEEL[3])
    )


def _cannon() -> str:
    return (
        path("M20 46 C10 50 8 70 20 76 L112 66 C120 60 120 44 112 38z", "#3a4148")
        + path("M12 66 C14 72 16 75 20 76 L112 66 C116 63 118 58 118 54 C84 64 44 68 12 66z", "#23282d")
        + path("M26 50 L106 42 v5 L24 57z", "#ffffff", SHINE)
        + rect(102, 34, 12, 36, STEEL[4], 4)
        + rect(52, 41, 8, 33, BRASS[2], 2)
        + circle(10, 61, 7, STEEL[4])
        + path("M8 96 L44 64 H76 L92 96 C80 108 20 108 8 96z", WOOD[2])
        + path("M8 96 L44 64 H54 L30 100z", WOOD[0])
        + circle(60, 94, 30, WOOD[3])
        + circle(60, 94, 25, WOOD[1])
        + stroke("M60 70 V118 M36 94 H84 M43 77 L77 111 M77 77 L43 111", WOOD[3], 4)
        + circle(60, 94, 7, BRASS[2])
        + circle(108, 112, 12, "#23282d")
        + circle(104, 108, 3.5, "#ffffff", SHINE)
    )


DRAWN: dict[str, Callable[[], str]] = {
    "binoculars": _binoculars,
    "biplane": _biplane,
    "cannon": _cannon,
    "drone": _drone,
    "dump-truck": _dump_truck,
    "fishing-boat": _fishing_boat,
    "jeep": _jeep,
    "school-bus": _school_bus,
    "stroller": _stroller,
    "tricycle": _tricycle,
    "unicycle": _unicycle,
    "watering-can": _watering_can,
    "wheelbarrow": _wheelbarrow,
    "yacht": _yacht,
}

"""What floats or flies: boats, balloons, spacecraft."""

from collections.abc import Callable

from easel_sketch.drawing.ink import circle, moved, oval, path, polygon, rect, stroke
from easel_sketch.drawing.motifs.tones import BRASS, SHINE, STEEL, WOOD


def _rowboat() -> str:
    return (
        stroke("M104 40 L40 96", WOOD[1], 4.5)
        + path("M2 62 C24 78 96 80 126 56 C124 78 112 112 96 116 H34 C16 114 6 84 2 62z", WOOD[1])
        + path("M6 80 C34 96 96 96 122 76 C118 96 108 113 96 116 H34 C20 114 11 98 6 80z", WOOD[2])
        + path("M13 97 C40 108 92 108 116 93 C110 107 103 115 96 116 H34 C26 115 19 107 13 97z", WOOD[3])
        + path("M2 62 C20 56 96 52 126 56 C100 82 24 80 2 62z", WOOD[0])
        + path("M14 63 C34 59 92 57 113 59 C90 74 36 74 14 63z", WOOD[3])
        + path("M40 60 h13 l2 11 h-13z M80 58 h13 l-1 11 h-12z", WOOD[1])
        + circle(78, 64, 4.5, STEEL[4])
        + path("M46 92 L20 114 c-6 8 -18 6 -14 -4 c2 -6 12 -8 18 -12 L42 86z", WOOD[0])
    )


def _ship(sail: str, shade: str, flag: str, sign: str) -> str:
    """A ship of three masts with square sails and a flag."""

    def mast(x: float, top: float, wide: float, tall: float) -> str:
        rows = "".join(
            path(f"M{x - w} {y} h{2 * w} q6 {tall / 2} 0 {tall} h{-2 * w} q6 {-tall / 2} 0 {-tall}z", sail)
            + path(f"M{x + w * 0.3} {y} h{w * 0.7} q6 {tall / 2} 0 {tall} h{-w * 0.7} q6 {-tall / 2} 0 {-tall}z", shade)
            for y, w in ((top + 8, wide * 0.78), (top + 11 + tall, wide))
        )
        return rect(x - 1.8, top, 3.6, 96 - top, WOOD[3]) + rows

    return (
        stroke("M100 84 L126 66", WOOD[3], 4)
        + polygon(((99, 30), (123, 66), (102, 74)), sail)
        + mast(32, 22, 17, 25)
        + mast(92, 26, 15, 23)
        + mast(62, 10, 19, 31)
        + sign
        + path("M62 2 h24 l-5 5 5 6 H62z", flag)
        + path("M4 68 H24 V82 H108 L122 78 C118 104 106 124 92 124 H26 C14 118 6 92 4 68z", WOOD[2])
        + path("M8 96 C40 104 90 104 115 97 C110 113 102 124 92 124 H26 C17 120 12 110 8 96z", WOOD[3])
        + path("M4 68 H24 V76 H5z M24 82 H108 L122 78 l-1 6 L108 89 H24z", BRASS[2])
        + "".join(rect(x, 90, 7, 7, "#2b1d16", 1) + rect(x, 89, 7, 2, BRASS[1]) for x in (34, 50, 66, 82))
        + rect(9, 79, 8, 8, BRASS[0], 1)
    )


def _sailing_ship() -> str:
    return _ship("#fff8e6", "#e6d6b4", "#d63a34", "")


def _pirate_ship() -> str:
    skull = (
        circle(63, 64, 8.5, "#f5f0e2")
        + rect(58.5, 68, 9, 8, "#f5f0e2", 2)
        + circle(60, 64, 2.3, "#2b2b30")
        + circle(66.4, 64, 2.3, "#2b2b30")
        + stroke("M50 80 L76 76 M50 76 L76 80", "#f5f0e2", 2.6)
    )
    return _ship("#45454d", "#2b2b30", "#1a1a1e", skull)


def _submarine() -> str:
    return moved(
        0,
        10,
        path("M64 26 V6 h16 v8 h-8 v12z", STEEL[4])
        + rect(76, 6, 8, 9, "#8fc7e0", 2)
        + path("M44 56 L50 24 h32 l8 32z", "#e0a020")
        + path("M74 24 h8 l8 32 H78z", "#b9800f")
        + path("M18 66 L2 46 h10 L30 62z M18 94 L2 114 h10 L30 98z", "#b9800f")
        + "".join(path(f"M10 80 C-4 {80 + s * 4} -2 {80 + s * 18} 8 {80 + s * 20}z", STEEL[3]) for s in (-1, 1))
        + path("M12 80 C20 56 44 48 74 48 C106 48 126 62 126 80 S106 114 74 114 C44 114 20 104 12 80z", "#f7c52b")
        + path("M12 80 C32 104 96 108 125 84 C122 102 102 114 74 114 C44 114 20 104 12 80z", "#e0a020")
        + path("M30 66 C42 56 60 53 80 53 C64 57 44 62 36 74z", "#ffffff", 'opacity=".45"')
        + "".join(
            circle(x, 78, 10, STEEL[4]) + circle(x, 78, 7, "#7cc4e8") + circle(x - 2, 75.5, 2.4, "#ffffff")
            for x in (48, 74, 100)
        )
        + path("M30 104 h50 c6 0 6 8 0 8 H48z", "#b9800f"),
    )


def _hot_air_balloon() -> str:
    return (
        stroke("M44 90 L54 106 M84 90 L74 106 M58 96 V106 M70 96 V106", WOOD[3], 1.6)
        + path("M64 1 C30 1 14 24 14 46 C14 68 34 84 46 96 H82 C94 84 114 68 114 46 C114 24 98 1 64 1z", "#e0534a")
        + path("M64 1 C44 1 32 24 32 46 C32 68 46 84 54 96 H74 C82 84 96 68 96 46 C96 24 84 1 64 1z", "#ffd54f")
        + path("M64 1 C56 1 50 24 50 46 C50 68 58 84 61 96 H67 C70 84 78 68 78 46 C78 24 72 1 64 1z", "#3f9fd0")
        + path("M64 1 C98 1 114 24 114 46 C114 68 94 84 82 96 H72 C92 74 100 34 64 1z", "#000000", 'opacity=".12"')
        + path("M22 46 C22 28 34 12 52 7 C40 18 32 32 32 52z", "#ffffff", SHINE)
        + path("M46 90 h36 l-3 6 H49z", "#b23a34")
        + path("M50 105 h28 l-3 19 H53z", WOOD[1])
        + path("M68 105 h10 l-3 19 h-9z", WOOD[2])
        + stroke("M53 111 h22 M54 117 h20", WOOD[3], 1.4)
        + rect(48, 103, 32, 5, WOOD[3], 2.5)
    )


def _space_shuttle() -> str:
    return (
        '<g transform="translate(2 -1) rotate(38 64 64) translate(10 9) scale(.85)">'
        + path("M48 108 h32 v6 l-6 8 H54 l-6 -8z", STEEL[4])
        + path("M56 120 C56 132 62 136 64 142 C66 136 72 132 72 120z", "#ffb300")
        + path("M46 52 L16 104 v10 H50z", STEEL[1])
        + path("M82 52 L112 104 v10 H78z", STEEL[2])
        + path("M16 104 v10 H50 l-1 -7z M112 104 v10 H78 l1 -7z", STEEL[5])
        + path("M64 -10 C76 2 84 18 84 40 V112 H44 V40 C44 18 52 2 64 -10z", "#fafcfd")
        + path("M64 -10 C76 2 84 18 84 40 V112 H70 V40 C70 16 68 2 64 -10z", STEEL[1])
        + path("M64 -10 C69 -5 73 1 76 8 C68 12 60 12 52 8 C55 1 59 -5 64 -10z", STEEL[5])
        + path("M52 22 C58 17 70 17 76 22 l2 9 C70 27 58 27 50 31z", "#37474f")
        + path("M60 72 h8 l3 40 h-14z", STEEL[4])
        + rect(48, 60, 8, 20, "#d63a34", 1)
        + rect(48, 48, 8, 6, "#2a56a5", 1)
        + "</g>"
    )


def _space_station() -> str:
    def panels(x: float) -> str:
        return "".join(
            rect(x, y, 34, 26, "#2a56a5", 2)
            + stroke(f"M{x + 8.5} {y} v26 M{x + 17} {y} v26 M{x + 25.5} {y} v26 M{x} {y + 13} h34", "#6f9be0", 1.2)
            + polygon(((x, y), (x + 18, y), (x + 6, y + 26), (x, y + 26)), "#ffffff", 'opacity=".18"')
            for y in (26, 76)
        )

    return (
        rect(8, 60, 112, 8, STEEL[3], 2)
        + stroke("".join(f"M{x} 61 l6 6 M{x + 6} 61 l-6 6 " for x in range(10, 118, 8)), STEEL[5], 1.2)
        + stroke("M19 26 V102 M109 26 V102", STEEL[3], 4)
        + panels(2)
        + panels(92)
        + rect(52, 8, 24, 112, STEEL[1], 10)
        + rect(66, 8, 10, 112, STEEL[2], 5)
        + rect(42, 50, 44, 28, STEEL[0], 8)
        + rect(42, 66, 44, 12, STEEL[2], 6)
        + rect(50, 30, 28, 5, STEEL[3], 1)
        + rect(50, 94, 28, 5, STEEL[3], 1)
        + "".join(circle(x, 61, 4, "#7cc4e8") for x in (53, 64, 75))
        + circle(64, 19, 5, "#7cc4e8")
        + circle(64, 109, 5, BRASS[1])
        + rect(56, 2, 16, 8, STEEL[4], 2)
        + rect(56, 118, 16, 6, STEEL[4], 2)
    )


def _gondola() -> str:
    return (
        stroke("M36 30 L24 120", WOOD[1], 4)
        + path(
            "M2 44 C6 44 8 50 10 58 C16 84 30 92 64 94 C96 96 112 86 118 58 C120 46 122 38 126 36 C124 72 120 "
            "122 64 122 C14 122 4 80 2 44z",
            "#23262b",
        )
        + path("M10 58 C16 84 30 92 64 94 C96 96 112 86 118 58 C116 92 100 102 64 102 C28 102 14 92 10 58z", "#4a5058")
        + path("M2 44 l9 2 -1 6 8 0 -2 5 8 1 -3 4 -11 -2z", STEEL[1])
        + path("M42 92 C42 76 48 72 56 72 H82 C90 72 94 78 94 90 C80 96 56 96 42 92z", "#c0392b")
        + path("M48 80 c10 -4 30 -4 40 0 v5 c-10 -3 -30 -3 -40 0z", BRASS[1])
        + stroke("M16 92 C36 110 92 110 114 88", BRASS[2], 2.5)
        + oval(30, 30, 12, 3, "#e6c368")
        + path("M22 30 c0 -12 16 -12 16 0z", "#f0d48a")
        + rect(22, 27, 16, 3, "#c0392b")
        + circle(30, 38, 7.5, "#f3c7a0")
        + path("M20 48 c4 -4 16 -4 20 0 l2 28 H20z", "#ffffff")
        + stroke("M20 54 h21 M20 61 h21 M20 68 h22", "#2a56a5", 3)
        + path("M20 76 h22 l2 14 H26z", "#23262b")
    )


def _cable_car() -> str:
    return (
        stroke("M2 20 L126 6", STEEL[4], 3.5)
        + rect(52, 6, 26, 9, STEEL[5], 4, 'transform="rotate(-6.500 64 12)"')
        + path("M62 14 L62 34 H42 V46 M66 34 H88 V46", "none", f'stroke="{STEEL[4]}" stroke-width="5"')
        + path(
            "M22 44 H106 C114 44 116 50 117 58 L122 106 C122 118 116 124 106 124 H22 C12 124 6 118 6 106 L11 "
            "58 C12 50 14 44 22 44z",
            "#d63a34",
        )
        + path(
            "M96 44 H106 C114 44 116 50 117 58 L122 106 C122 118 116 124 106 124 H90 C104 100 104 70 96 44z", "#a32722"
        )
        + path("M20 54 H40 V86 H16z", "#bfe3f2")
        + rect(46, 54, 36, 32, "#bfe3f2")
        + path("M88 54 H108 L112 86 H88z", "#8fc7e0")
        + polygon(((46, 54), (62, 54), (52, 86), (46, 86)), "#ffffff", SHINE)
        + polygon(((20, 54), (30, 54), (22, 86), (16, 86)), "#ffffff", SHINE)
        + path("M8 96 H121 l0 6 H7z", "#ffffff")
    )


def _hang_glider() -> str:
    return moved(
        0,
        13,
        path("M64 6 L2 56 C24 46 44 46 64 58 C84 46 104 46 126 56z", "#e0534a")
        + path("M64 6 L22 40 C36 38 52 42 64 54z", "#ffd54f")
        + path("M64 6 L106 40 C92 38 76 42 64 54z", "#f2a72b")
        + path("M64 6 L126 56 C104 46 84 46 64 58z", "#000000", 'opacity=".1"')
        + stroke("M64 8 V60", STEEL[4], 3)
        + stroke("M64 40 L40 96 H88z", STEEL[4], 3)
        + stroke("M64 42 V78", STEEL[5], 2)
        + path(
            "M34 88 C34 80 44 78 52 78 H92 C108 80 120 92 125 104 C106 102 84 104 56 102 C44 102 34 98 34 88z",
            "#2a6f97",
        )
        + path("M56 92 C80 92 104 94 125 104 C106 102 84 104 56 102z", "#1b4d6b")
        + circle(32, 84, 11, "#f3c7a0")
        + path("M20 84 C18 66 46 66 44 82 C36 76 28 78 20 84z", "#f7f7f7")
        + stroke("M44 96 L36 106 M52 98 L46 108", "#f3c7a0", 5)
        + stroke("M30 108 H66", STEEL[4], 3),
    )


def _zeppelin() -> str:
    return moved(
        0,
        8,
        path("M96 34 L124 12 V52z M96 82 L124 104 V64z", "#7f2f28")
        + path("M2 58 C8 34 34 22 66 22 C96 22 116 42 122 58 C116 74 96 94 66 94 C34 94 8 82 2 58z", "#d8dde0")
        + path("M2 58 C30 82 96 86 121 60 C115 76 96 94 66 94 C34 94 8 82 2 58z", STEEL[3])
        + path("M2 58 C30 50 96 50 122 58 C96 66 30 66 2 58z", "#c0453a")
        + path("M16 44 C28 32 44 27 64 26 C44 32 30 40 24 52z", "#ffffff", 'opacity=".8"')
        + stroke("M30 28 C20 46 20 72 30 87 M62 22 C56 46 56 72 62 94 M96 32 C102 48 102 68 96 84", STEEL[4], 1.4)
        + path("M86 58 L126 54 v8z", "#7f2f28")
        + path("M36 92 H86 L80 110 H46 C40 110 37 102 36 92z", STEEL[5])
        + "".join(rect(x, 97, 7, 6, "#ffe9a8", 1) for x in (44, 55, 66))
        + rect(88, 96, 4, 20, STEEL[4], 2)
        + rect(80, 103, 10, 5, STEEL[3], 2),
    )


DRAWN: dict[str, Callable[[], str]] = {
    "cable-car": _cable_car,
    "gondola": _gondola,
    "hang-glider": _hang_glider,
    "hot-air-balloon": _hot_air_balloon,
    "pirate-ship": _pirate_ship,
    "rowboat": _rowboat,
    "sailing-ship": _sailing_ship,
    "space-shuttle": _space_shuttle,
    "space-station": _space_station,
    "submarine": _submarine,
    "zeppelin": _zeppelin,
}

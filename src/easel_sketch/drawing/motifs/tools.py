"""Tools, toys, sports gear and things of the street."""

from collections.abc import Callable

from easel_sketch.drawing.ink import circle, oval, path, polygon, rect, ring, stroke
from easel_sketch.drawing.motifs.tones import BRASS, SHINE, STEEL, WOOD, mirrored


def _power_drill() -> str:
    return (
        rect(2, 36, 26, 5, STEEL[3], 1)
        + polygon(((24, 28), (42, 22), (42, 56), (24, 49)), STEEL[4])
        + path("M40 16 H104 c12 0 18 8 18 20 v8 c0 10 -6 16 -16 16 H40z", "#f2b01e")
        + path("M40 44 H122 c0 10 -6 16 -16 16 H40z", "#cc8a0c")
        + rect(46, 20, 54, 7, "#ffffff", 3.5, SHINE)
        + "".join(rect(x, 34, 4, 14, "#2b2f33", 2) for x in (92, 100, 108))
        + path("M68 58 h34 l8 46 h-30z", "#2b2f33")
        + path("M68 58 h10 l10 46 h-8z", STEEL[5])
        + path("M62 60 h10 l2 16 h-6 c-4 -4 -6 -10 -6 -16z", "#d63a34")
        + rect(66, 102, 56, 22, "#2b2f33", 5)
        + rect(72, 108, 44, 6, "#f2b01e", 2)
    )


def _pipe() -> str:
    return (
        path("M72 62 C86 62 92 54 96 40 L112 6 a6 6 0 0 1 12 5 L106 54 C98 84 84 96 62 96z", "#5d3a26")
        + path("M118 3 a6 6 0 0 1 6 8 L116 30 l-12 -5 8 -19 a6 6 0 0 1 6 -3z", "#2b1d16")
        + path("M10 54 h58 v36 c0 22 -12 34 -29 34 S10 112 10 90z", WOOD[2])
        + path("M50 54 h18 v36 c0 22 -12 34 -29 34 C50 116 52 100 50 54z", WOOD[3])
        + rect(17, 66, 7, 38, "#ffffff", 3.5, 'opacity=".3"')
        + oval(39, 54, 31, 8, WOOD[1])
        + oval(39, 54, 23, 5, "#2b1d16")
        + stroke("M36 44 c-8 -10 8 -16 0 -26", STEEL[2], 5, 'opacity=".8"')
    )


def _plank() -> str:
    return (
        polygon(((4, 96), (96, 8), (124, 26), (34, 118)), WOOD[0])
        + polygon(((4, 96), (34, 118), (34, 124), (4, 103)), WOOD[3])
        + polygon(((34, 118), (124, 26), (124, 33), (34, 124)), WOOD[2])
        + stroke("M16 98 C50 66 70 46 98 18 M24 108 C56 78 84 46 112 26 M42 84 c6 -8 14 -8 14 -2", WOOD[1], 1.8)
        + oval(70, 58, 7, 4, WOOD[1], 'transform="rotate(-44 70 58)"')
        + circle(22, 96, 1.8, WOOD[3])
        + circle(100, 22, 1.8, WOOD[3])
    )


def _stick() -> str:
    return (
        path("M84 120 V36 C84 4 42 4 42 34 v6", "none", f'stroke="{WOOD[3]}" stroke-width="11" stroke-linecap="round"')
        + path("M82 116 V36 C82 7 43 7 43 34 v4", "none", f'stroke="{WOOD[1]}" stroke-width="6" stroke-linecap="round"')
        + rect(77, 44, 14, 6, BRASS[1], 1)
        + rect(77, 112, 14, 12, "#2b2f33", 3)
    )


def _sword() -> str:
    return (
        polygon(((64, 2), (74, 14), (73, 88), (55, 88), (54, 14)), STEEL[2])
        + polygon(((64, 2), (54, 14), (55, 88), (64, 88)), STEEL[0])
        + rect(62.5, 14, 3, 70, STEEL[3])
        + path("M30 84 c-6 0 -6 10 0 11 h68 c6 -1 6 -11 0 -11z", BRASS[2])
        + path("M30 84 h68 c3 0 4 2 4 4 H26 c0 -2 1 -4 4 -4z", BRASS[0])
        + rect(58, 95, 12, 20, "#7d2f24", 2)
        + stroke("M58 100 l12 4 M58 106 l12 4", BRASS[1], 2)
        + circle(64, 118, 7, BRASS[2])
        + circle(62, 116, 3, BRASS[0])
    )


def _doll() -> str:
    return (
        path("M30 48 C24 2 104 2 98 48 c4 16 4 24 -4 28 H34 c-8 -4 -8 -12 -4 -28z", "#8a4a24")
        + mirrored(path("M46 100 h12 v18 h-14z", "#f7d0ad") + rect(40, 114, 19, 10, "#d6336c", 4))
        + mirrored(path("M42 74 L22 92 a5 5 0 0 0 6 8 L48 88z", "#f7d0ad"))
        + path("M48 70 h32 l22 36 c-22 8 -54 8 -76 0z", "#e85a8c")
        + path("M72 70 h8 l22 36 c-8 3 -16 4 -22 5z", "#c43a6d")
        + path("M52 70 c4 8 20 8 24 0z", "#ffffff")
        + circle(64, 44, 28, "#fbdcbc")
        + path("M36 42 C36 22 50 14 64 14 S92 22 92 42 C84 38 80 32 78 27 C70 36 50 38 36 42z", "#a65c30")
        + mirrored(circle(53, 48, 4, "#3a2a22") + circle(46, 56, 5, "#f59a9a", 'opacity=".7"'))
        + stroke("M59 58 q5 4 10 0", "#c2443a", 2.4)
        + path("M78 18 l16 -8 v16z M78 18 l-12 -8 v14z", "#d6336c")
    )


def _lego_brick() -> str:
    def stud(x: float, y: float) -> str:
        return path(f"M{x - 13} {y} v9 a13 5.500 0 0 0 26 0 v-9z", "#b71c1c") + oval(x, y, 13, 5.500, "#ff6f60")

    studs = "".join(stud(x, y) for x, y in ((64, 33), (36, 43), (92, 43), (64, 53)))
    return (
        polygon(((64, 70), (124, 48), (124, 98), (64, 124)), "#b71c1c")
        + polygon(((64, 70), (4, 48), (4, 98), (64, 124)), "#d32f2f")
        + polygon(((64, 26), (124, 48), (64, 70), (4, 48)), "#ef5350")
        + studs
        + polygon(((4, 48), (64, 70), (64, 75), (4, 53)), "#ffffff", 'opacity=".2"')
    )


def _rubber_duck() -> str:
    return (
        path(
            "M6 78 c6 4 14 4 20 0 C34 68 46 70 52 72 H100 c16 0 26 -6 26 -16 C130 100 104 124 66 124 S0 108 6 78z",
            "#fdd835",
        )
        + path("M126 56 C130 100 104 124 66 124 C40 124 18 116 10 100 C40 118 110 112 120 62z", "#f2b01e")
        + circle(44, 42, 34, "#fdd835")
        + path("M70 22 C82 40 78 66 58 73 h-14 C66 66 74 44 70 22z", "#f2b01e")
        + path("M64 84 c6 16 30 20 42 2 c-8 4 -14 -2 -22 -2 s-12 4 -20 0z", "#f2b01e")
        + path("M22 20 C28 12 38 10 46 10 C34 16 28 24 26 34z", "#ffffff", 'opacity=".5"')
        + path("M14 44 C6 44 0 50 2 56 C10 60 22 58 26 52 C24 46 20 43 14 44z", "#f57c00")
        + stroke("M3 53 h20", "#c25700", 2)
        + circle(34, 34, 6, "#2b2320")
        + circle(32, 32, 2, "#ffffff")
    )


def _tripod() -> str:
    return (
        rect(60, 44, 8, 78, STEEL[4], 2)
        + path("M56 46 h10 L34 124 h-9z", "#2b2f33")
        + path("M72 46 h-10 L94 124 h9z", STEEL[5])
        + stroke("M46 84 L64 92 L82 84", STEEL[3], 3)
        + rect(46, 38, 36, 10, STEEL[3], 3)
        + rect(32, 8, 64, 32, "#2b2f33", 5)
        + rect(50, 2, 26, 9, STEEL[5], 3)
        + circle(64, 24, 14, STEEL[5])
        + circle(64, 24, 10, "#3f7fa8")
        + circle(61, 21, 3.5, "#bfe3f2")
        + rect(36, 12, 8, 5, STEEL[2], 1)
        + circle(88, 14, 2.4, "#d63a34")
    )


def _tennis_racket() -> str:
    strings = (
        "M60 12 v60 M68 6 v72 M76 4 v76 M84 6 v72 M92 12 v60 "
        "M50 26 h52 M47 34 h58 M46 42 h60 M47 50 h58 M50 58 h52 M55 18 h42 M55 66 h42"
    )
    return (
        '<g transform="rotate(28 64 64) translate(-12 -2)">'
        + rect(70, 84, 12, 42, "#2b2f33", 4)
        + path("M58 68 L72 94 h8 L94 68", "none", 'stroke="#d63a34" stroke-width="5"')
        + oval(76, 42, 30, 38, "#f7f9e8", 'opacity=".55"')
        + stroke(strings, "#b9c2a8", 1.3)
        + oval(76, 42, 30, 38, "none", 'stroke="#d63a34" stroke-width="6"')
        + path("M50 24 A30 38 0 0 1 76 4", "none", 'stroke="#ff8a80" stroke-width="3"')
        + "".join(rect(70, y, 12, 2, STEEL[4]) for y in (94, 100, 106, 112))
        + "</g>"
        + circle(26, 108, 15, "#cddc39")
        + path(
            "M14 100 c8 2 12 10 10 22 M38 116 c-8 -2 -12 -10 -10 -22", "none", 'stroke="#ffffff" stroke-width="2.600"'
        )
    )


def _golf_club() -> str:
    return (
        stroke("M104 6 L44 108", STEEL[3], 5)
        + stroke("M104 6 L84 40", "#2b2f33", 9)
        + path("M50 96 C46 110 36 116 16 114 C4 112 4 122 14 124 H40 C50 122 54 110 56 100z", STEEL[3])
        + path("M50 96 C46 108 36 113 16 112 C10 112 8 114 8 116 C30 120 46 116 54 98z", STEEL[1])
        + rect(86, 112, 14, 4, "#e0534a", 2)
        + rect(91, 114, 4, 10, "#e0534a", 1)
        + circle(93, 100, 13, "#ffffff")
        + path("M100 90 a13 13 0 0 1 -18 18 a14 14 0 0 0 18 -18z", STEEL[2])
        + "".join(circle(x, y, 1.3, STEEL[2]) for x, y in ((88, 94), (94, 93), (86, 100), (92, 100), (98, 99)))
    )


def _surfboard() -> str:
    return (
        '<g transform="rotate(14 64 64)">'
        + path("M64 1 C88 24 94 60 88 96 C84 116 76 126 64 126 S44 116 40 96 C34 60 40 24 64 1z", "#29b6c8")
        + path("M64 1 C88 24 94 60 88 96 C84 116 76 126 64 126z", "#1d8fa0")
        + path("M38 62 C50 50 76 50 90 62 v12 C76 62 52 62 38 74z", "#fff3c4")
        + path("M38 78 C52 66 76 66 90 78 v9 C76 76 52 76 39 88z", "#ff8a5c")
        + rect(62.8, 8, 2.4, 114, "#ffffff", 1, 'opacity=".8"')
        + path("M48 30 C52 20 57 13 62 8 C56 20 52 32 50 48z", "#ffffff", 'opacity=".5"')
        + "</g>"
    )


def _phone_case() -> str:
    return (
        rect(30, 3, 68, 121, "#6a4fb0", 14)
        + rect(30, 3, 62, 121, "#8568cf", 14)
        + rect(38, 11, 34, 34, "#5a419c", 9)
        + circle(47, 20, 7, "#20242a")
        + circle(63, 20, 7, "#20242a")
        + circle(47, 36, 7, "#20242a")
        + circle(63, 36, 3, "#fff6df")
        + "".join(circle(x, y, 2.2, "#6fa8dc") for x, y in ((45, 18), (61, 18), (45, 34)))
        + path("M64 104 C46 92 44 80 52 74 c6 -3 10 0 12 5 c2 -5 6 -8 12 -5 c8 6 6 18 -12 30z", "#ffb3c7")
        + path("M36 60 V20 C36 12 40 8 46 6 C36 6 33 12 33 20 V60z", "#ffffff", 'opacity=".4"')
        + rect(97, 34, 3, 18, "#4a3585", 1)
    )


def _sewing_machine() -> str:
    return (
        rect(2, 104, 124, 20, WOOD[2], 4)
        + rect(2, 104, 124, 6, WOOD[0], 3)
        + path("M84 104 V52 H38 v10 H14 V38 C14 24 22 18 34 18 H98 C108 18 114 24 114 34 V104z", "#2f9e8f")
        + path("M98 18 C108 18 114 24 114 34 V104 h-14 V36 C100 28 100 22 98 18z", "#217568")
        + path("M22 40 C22 30 28 25 36 25 H84 v6 H38 C30 31 28 34 28 44z", "#ffffff", 'opacity=".4"')
        + rect(14, 60, 24, 6, "#217568", 1)
        + rect(24, 66, 4, 30, STEEL[3])
        + path("M17 92 h18 v5 H17z", STEEL[4])
        + circle(116, 44, 11, STEEL[4])
        + circle(116, 44, 5, STEEL[1])
        + rect(54, 6, 12, 13, "#e85a8c", 2)
        + rect(52, 4, 16, 3, WOOD[1], 1)
        + stroke("M58 10 C40 4 26 14 26 34 V92", "#e85a8c", 1.4)
        + circle(98, 74, 7, STEEL[1])
        + rect(97, 68, 2, 7, STEEL[5])
        + path("M4 98 h74 v6 H4z", "#f2b33d")
    )


def _typewriter() -> str:
    keys = "".join(
        circle(x, y, 4.4, "#263238") + circle(x, y - 0.8, 3, "#fafafa")
        for y, first, count in ((82.0, 26, 8), (94.0, 22, 9), (106.0, 18, 9))
        for x in [first + 10.8 * at for at in range(count)]
    )
    return (
        rect(34, 3, 60, 42, "#ffffff", 2)
        + stroke("M42 12 h44 M42 20 h36 M42 28 h42", STEEL[2], 2)
        + rect(8, 36, 112, 14, STEEL[5], 6)
        + circle(8, 43, 7, STEEL[4])
        + circle(120, 43, 7, STEEL[4])
        + path("M20 46 h88 l6 28 H14z", "#2f9e8f")
        + path("M94 46 h14 l6 28 H96z", "#217568")
        + rect(40, 52, 48, 9, "#1b4f47", 4)
        + path("M14 72 h100 l12 46 a5 5 0 0 1 -5 6 H7 a5 5 0 0 1 -5 -6z", "#3fb5a4")
        + path("M2 118 h124 a5 5 0 0 1 -5 6 H7 a5 5 0 0 1 -5 -6z", "#217568")
        + keys
        + rect(38, 113, 52, 6, "#fafafa", 3)
    )


def _record_player() -> str:
    return (
        rect(12, 116, 16, 8, "#2b2f33", 2)
        + rect(100, 116, 16, 8, "#2b2f33", 2)
        + polygon(((14, 30), (114, 30), (126, 92), (2, 92)), WOOD[0])
        + rect(2, 92, 124, 26, WOOD[2], 3)
        + rect(2, 92, 124, 5, WOOD[1])
        + oval(54, 62, 45, 27, "#1f2326")
        + oval(54, 62, 36, 21, "none", f'stroke="{STEEL[5]}" stroke-width="1.200"')
        + oval(54, 62, 27, 15.5, "none", f'stroke="{STEEL[5]}" stroke-width="1.200"')
        + path("M20 50 C28 42 40 37 52 36 L54 56z", "#ffffff", 'opacity=".16"')
        + oval(54, 62, 15, 9, "#e0534a")
        + oval(54, 62, 2.6, 1.8, "#fafafa")
        + oval(106, 42, 8, 5, STEEL[4])
        + stroke("M106 40 L104 70 L82 76", STEEL[2], 4)
        + rect(74, 73, 12, 7, STEEL[5], 1)
        + circle(20, 106, 5, STEEL[1])
        + circle(36, 106, 5, STEEL[1])
        + circle(108, 106, 3, "#4caf50")
    )


def _chalkboard() -> str:
    return (
        stroke("M34 96 L20 122 M94 96 L108 122", WOOD[3], 7)
        + rect(3, 8, 122, 92, WOOD[1], 4)
        + rect(3, 8, 122, 5, WOOD[0], 3)
        + rect(11, 16, 106, 74, "#2f5d4a")
        + polygon(((11, 16), (64, 16), (22, 90), (11, 90)), "#ffffff", 'opacity=".07"')
        + stroke("M22 34 h34 M22 46 h24", "#e8f0ea", 2.6, 'opacity=".85"')
        + path("M24 78 L42 56 L60 78z", "none", 'stroke="#f7e08a" stroke-width="2.600"')
        + ring(88, 48, 17, "#f4b4c0", 2.6)
        + stroke("M88 48 L88 31 M88 48 L102 57", "#f4b4c0", 2.4)
        + rect(10, 96, 108, 6, WOOD[2], 2)
        + rect(78, 91, 14, 5, "#fafafa", 2)
        + rect(96, 91, 9, 5, "#f4b4c0", 2)
    )


def _easel() -> str:
    return (
        stroke("M64 4 V122", WOOD[3], 6)
        + stroke("M60 6 L24 122", WOOD[1], 7)
        + stroke("M68 6 L104 122", WOOD[2], 7)
        + rect(18, 18, 92, 68, "#fffdf6", 2)
        + rect(18, 18, 92, 68, "none", 2, f'stroke="{STEEL[1]}" stroke-width="2"')
        + rect(21, 21, 86, 36, "#bfe3f2")
        + circle(88, 34, 7, "#ffca28")
        + path("M21 62 L44 36 L62 56 L74 46 L107 68 V83 H21z", "#6fa8a0")
        + path("M21 70 C44 60 76 78 107 66 V83 H21z", "#7cb342")
        + rect(14, 86, 100, 7, WOOD[0], 2)
    )


def _piggy_bank() -> str:
    return (
        path("M14 58 c-14 -2 -12 14 -4 12", "none", 'stroke="#e77b98" stroke-width="4.500"')
        + path("M30 96 h18 v24 a4 4 0 0 1 -4 4 h-10 a4 4 0 0 1 -4 -4z", "#e77b98")
        + path("M78 96 h18 v24 a4 4 0 0 1 -4 4 H82 a4 4 0 0 1 -4 -4z", "#e77b98")
        + path(
            "M10 70 C10 42 34 28 62 28 C74 28 84 30 92 34 L108 24 c2 8 1 16 -1 22 c6 6 9 12 10 18 h9 v22 h-12 "
            "C106 100 88 106 62 106 C34 106 10 96 10 70z",
            "#ffa6bb",
        )
        + path(
            "M14 84 C20 96 40 100 62 100 C86 100 104 92 112 84 l2 2 C106 100 88 106 62 106 C38 106 18 98 14 84z",
            "#e77b98",
        )
        + path("M20 62 C24 46 40 36 58 36 C42 42 32 50 28 66z", "#ffffff", 'opacity=".4"')
        + path("M92 34 L108 24 c2 8 1 16 -1 22 c-3 -4 -8 -8 -15 -12z", "#e77b98")
        + rect(48, 27, 30, 5, "#8c3b55", 2.5)
        + circle(63, 14, 12, BRASS[1])
        + ring(63, 14, 8.5, BRASS[2], 2.4)
        + circle(98, 60, 4.5, "#3b2730")
        + circle(96.8, 58.6, 1.4, "#ffffff")
        + rect(116, 68, 3, 8, "#c25577", 1.5)
        + rect(121, 68, 3, 8, "#c25577", 1.5)
    )


DRAWN: dict[str, Callable[[], str]] = {
    "chalkboard": _chalkboard,
    "doll": _doll,
    "easel": _easel,
    "golf-club": _golf_club,
    "lego-brick": _lego_brick,
    "phone-case": _phone_case,
    "piggy-bank": _piggy_bank,
    "pipe": _pipe,
    "plank": _plank,
    "power-drill": _power_drill,
    "record-player": _record_player,
    "rubber-duck": _rubber_duck,
    "sewing-machine": _sewing_machine,
    "stick": _stick,
    "surfboard": _surfboard,
    "sword": _sword,
    "tennis-racket": _tennis_racket,
    "tripod": _tripod,
    "typewriter": _typewriter,
}

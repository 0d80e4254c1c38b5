"""Things of paper and board."""

from collections.abc import Callable

from easel_sketch.drawing.ink import circle, moved, oval, path, polygon, rect, ring, stroke
from easel_sketch.drawing.motifs.tones import BRASS, SHINE, STEEL, WOOD


def _sticky_note() -> str:
    return (
        polygon(((10, 18), (120, 10), (124, 120), (16, 124)), "#000000", 'opacity=".14"')
        + path("M6 10 L114 4 L120 92 L92 122 L12 124z", "#ffe46b")
        + path("M6 10 L114 4 L115 18 L7 24z", "#f5d33f")
        + path("M120 92 L92 122 C94 110 93 102 90 94 C100 96 110 96 120 92z", "#d9b422")
        + stroke("M24 44 L94 40 M25 60 L98 56 M26 76 L82 73", "#c4a01c", 4, 'opacity=".65"')
    )


def _poster_frame() -> str:
    return (
        rect(12, 3, 104, 121, "#2b2f33", 3)
        + rect(12, 3, 104, 5, STEEL[5], 3)
        + rect(19, 10, 90, 107, "#fafafa")
        + rect(27, 18, 74, 91, "#bfe0ea")
        + circle(80, 42, 13, "#f7b733")
        + path("M27 84 L50 52 L68 76 L78 64 L101 90 V109 H27z", "#3f7f8f")
        + path("M27 92 C50 82 78 98 101 88 V109 H27z", "#e0734a")
        + polygon(((19, 10), (62, 10), (19, 80)), "#ffffff", 'opacity=".25"')
    )


def _treasure_map() -> str:
    return (
        path(
            "M10 16 C26 8 38 20 52 14 C70 8 86 18 102 12 L120 18 C114 40 122 60 116 80 C114 96 122 106 118 118 "
            "C100 124 84 114 66 120 C46 124 28 114 8 120 C14 100 4 84 10 64 C14 48 4 32 10 16z",
            "#ecd39a",
        )
        + path(
            "M102 12 L120 18 C114 40 122 60 116 80 C114 96 122 106 118 118 C112 120 106 120 100 119 C106 84 "
            "100 44 102 12z",
            "#cfae6a",
        )
        + path("M44 16 C40 50 48 90 42 117 L48 118 C54 86 46 50 50 15z", "#cfae6a", 'opacity=".7"')
        + path(
            "M20 30 C30 24 40 32 36 42 C30 50 18 44 20 30z M84 30 C98 26 104 36 98 48 C88 54 78 44 84 30z", "#a9c48a"
        )
        + path("M22 66 l8 -13 8 13z M34 68 l7 -11 7 11z", "#a9825a")
        + path(
            "M26 98 C34 84 46 92 54 82 C64 70 56 58 68 52 C80 48 82 64 92 72",
            "none",
            'stroke="#b23a2c" stroke-width="4" stroke-dasharray="7 6" stroke-linecap="round"',
        )
        + stroke("M88 72 L104 90 M104 72 L88 90", "#b23a2c", 6)
        + circle(26, 100, 5, "#7d4f22")
        + ring(74, 100, 10, "#7d4f22", 2)
        + polygon(((74, 88), (77, 100), (74, 112), (71, 100)), "#7d4f22")
    )


def _passport() -> str:
    return (
        rect(22, 6, 88, 118, "#fafafa", 6)
        + rect(18, 3, 88, 121, "#1f3f7a", 7)
        + path("M18 10 a7 7 0 0 1 7 -7 H32 V124 H25 a7 7 0 0 1 -7 -7z", "#152c58")
        + ring(66, 52, 24, BRASS[1], 3)
        + stroke("M42 52 H90 M66 28 V76 M48 38 C58 44 74 44 84 38 M48 66 C58 60 74 60 84 66", BRASS[1], 2.4)
        + oval(66, 52, 11, 24, "none", f'stroke="{BRASS[1]}" stroke-width="2.400"')
        + rect(46, 88, 40, 5, BRASS[1], 2)
        + rect(52, 99, 28, 5, BRASS[1], 2)
        + rect(59, 111, 14, 7, BRASS[2], 2)
        + path("M36 8 H60 L40 60 H36z", "#ffffff", 'opacity=".1"')
    )


def _stamp() -> str:
    across, down = "a5 5 0 0 {0} {1} 0 h4", "a5 5 0 0 {0} 0 {1} v4"
    top, right = across.format(0, 10) * 8, down.format(0, 10) * 8
    edge = f"M8 4 {top} V6 {right} H118 {top.replace('10', '-10').replace('h4', 'h-4')} V118 "
    edge += f"{right.replace('10', '-10').replace('v4', 'v-4')}z"
    return (
        path(edge, "#fffdf4")
        + rect(13, 9, 102, 109, "#e9e2cf", 1)
        + rect(13, 9, 100, 107, "#fffdf4", 1)
        + rect(19, 15, 90, 97, "#2f7fa8")
        + rect(19, 15, 90, 50, "#8fd0e8")
        + circle(88, 36, 10, "#ffd54f")
        + path("M19 92 L50 44 L70 74 L82 60 L109 92 V112 H19z", "#3f6f8f")
        + path("M50 44 L40 60 L48 58 L54 64 L60 59z", "#ffffff")
        + path("M19 94 C44 84 80 100 109 88 V112 H19z", "#4f9a6a")
        + rect(24, 20, 18, 5, "#ffffff", 2, 'opacity=".9"')
    )


def _postcard() -> str:
    return moved(
        0,
        7,
        rect(4, 24, 120, 96, "#000000", 4, 'opacity=".12"')
        + rect(3, 18, 122, 98, "#fffaf0", 4)
        + "".join(
            rect(x, 18, 8, 5, tone) + rect(x, 111, 8, 5, tone)
            for x, tone in (
                (10, "#d65745"),
                (26, "#4f7fb8"),
                (42, "#d65745"),
                (58, "#4f7fb8"),
                (74, "#d65745"),
                (90, "#4f7fb8"),
                (106, "#d65745"),
            )
        )
        + rect(63, 30, 2.4, 74, STEEL[2])
        + stroke("M13 40 h38 M13 54 h42 M13 68 h34 M13 82 h40 M13 96 h24", STEEL[3], 3)
        + rect(94, 30, 22, 27, "#8fd0e8")
        + path("M94 57 l8 -14 6 8 4 -5 4 5 v6z", "#3f7f8f")
        + rect(94, 30, 22, 27, "none", 0, 'stroke="#d65745" stroke-width="2" stroke-dasharray="2.500 1.500"')
        + ring(86, 46, 11, STEEL[3], 2)
        + stroke("M74 42 h24 M74 48 h24", STEEL[3], 1.6)
        + stroke("M74 74 h40 M74 87 h40 M74 100 h28", STEEL[2], 2.6),
    )


def _playing_card() -> str:
    heart = "M0 8 C-14 -2 -14 -14 -6 -15 C-2 -15 0 -12 0 -9 C0 -12 2 -15 6 -15 C14 -14 14 -2 0 8z"

    def hearts(x: float, y: float, size: float, turn: int = 0) -> str:
        return path(heart, "#d6263a", f'transform="translate({x} {y}) rotate({turn}) scale({size})"')

    return (
        rect(22, 6, 88, 118, "#2f5fa8", 9, 'transform="rotate(-9 60 120)"')
        + rect(28, 12, 76, 106, "none", 5, 'transform="rotate(-9 60 120)" stroke="#8fb4e8" stroke-width="2.500"')
        + rect(30, 5, 86, 119, STEEL[2], 9)
        + rect(28, 3, 86, 119, "#ffffff", 9)
        + hearts(71, 70, 2.1)
        + hearts(41, 25, 0.75)
        + hearts(101, 100, 0.75, 180)
        + path("M60 46 C54 46 52 54 56 62 C56 54 58 50 63 49z", "#ffffff", SHINE)
    )


def _crossword() -> str:
    black = {(0, 3), (1, 1), (1, 5), (2, 2), (2, 4), (3, 0), (3, 6), (4, 2), (4, 4), (5, 1), (5, 5), (6, 3)}
    cells = "".join(
        rect(5 + column * 17, 6 + row * 17, 16, 16, "#2b2f33" if (row, column) in black else "#ffffff")
        for row in range(7)
        for column in range(7)
    )
    return (
        rect(2, 3, 122, 121, "#2b2f33", 3)
        + cells
        + "".join(
            stroke(f"M{8 + column * 17} {10 + row * 17} h3", STEEL[3], 2)
            for row, column in ((0, 0), (0, 4), (1, 2), (2, 0), (2, 5), (4, 0), (4, 5), (5, 2), (6, 0))
        )
        + path("M66 106 L112 36 l10 7 L76 113 L62 118z", "#f2b33d")
        + path("M117 39.500 L122 43 L76 113 L71 110z", "#c98a1c")
        + path("M66 106 l10 7 L62 118z", "#f5dcb8")
        + path("M112 36 l4 -6 c4 -3 12 2 10 7 l-4 6z", "#e57b8c")
    )


def _gift_bag() -> str:
    return (
        path("M44 46 C40 4 62 4 62 34 M84 46 C88 4 66 4 66 34", "none", f'stroke="{BRASS[2]}" stroke-width="4"')
        + path("M24 44 L34 26 L44 40 L54 24 L64 40 L74 24 L84 40 L94 26 L104 44z", "#ffd9e6")
        + path("M20 40 H86 L92 124 H14z", "#d6457f")
        + path("M86 40 H106 L114 124 H92z", "#a8315f")
        + path("M20 40 H86 l1 8 H19z", "#f07aa8")
        + path("M48 40 H60 L62 124 H46z", "#ffd54f")
        + path("M86 40 L98 78 L92 124z", "#ffffff", 'opacity=".12"')
        + path("M53 66 C38 52 26 58 30 68 C34 76 46 74 53 68z M55 66 C70 52 82 58 78 68 C74 76 62 74 55 68z", "#ffca28")
        + path("M52 68 L40 88 L50 84 L54 72z M56 68 L70 88 L60 85 L54 72z", "#e0a020")
        + circle(54, 67, 6, "#e0a020")
        + "".join(
            circle(x, y, 3, "#ffffff", SHINE)
            for x, y in ((28, 96), (36, 112), (74, 100), (82, 114), (30, 54), (76, 54))
        )
    )


def _certificate() -> str:
    return (
        rect(2, 16, 124, 92, WOOD[2], 3)
        + rect(7, 21, 114, 82, "#fffaf0", 1)
        + rect(12, 26, 104, 72, "none", 1, f'stroke="{BRASS[2]}" stroke-width="2"')
        + rect(36, 36, 56, 6, "#37474f", 3)
        + stroke("M26 54 h76 M34 64 h60", STEEL[2], 3)
        + stroke("M24 84 c6 -8 8 6 14 -2 s6 4 14 0", "#1f3f7a", 2.4)
        + path("M84 92 L78 124 L92 114 L106 124 L100 92z", "#c62f3f")
        + circle(92, 86, 17, BRASS[2])
        + circle(92, 86, 13, BRASS[1])
        + circle(88, 82, 4, BRASS[0])
    )


DRAWN: dict[str, Callable[[], str]] = {
    "certificate": _certificate,
    "crossword": _crossword,
    "gift-bag": _gift_bag,
    "passport": _passport,
    "playing-card": _playing_card,
    "postcard": _postcard,
    "poster-frame": _poster_frame,
    "stamp": _stamp,
    "sticky-note": _sticky_note,
    "treasure-map": _treasure_map,
}

"""Games, music, magic and what is worked with."""

from collections.abc import Callable

from easel_sketch.drawing.ink import circle, oval, path, polygon, rect, stroke
from easel_sketch.drawing.motifs.tones import BRASS, STEEL, WOOD, mirrored


def _anvil() -> str:
    return (
        path(
            "M2 30 H34 V26 H122 C118 46 100 54 86 56 L84 78 C92 84 104 90 106 104 H26 C28 90 40 84 48 78 L46 "
            "58 C24 58 6 48 2 30z",
            "#46505c",
        )
        + path("M86 56 L84 78 C92 84 104 90 106 104 H80 C78 88 74 80 72 74 L72 56z", "#2f3640")
        + path("M2 30 H34 V26 H122 l-2 8 H3z", STEEL[3])
        + rect(14, 102, 100, 20, "#2f3640", 3)
        + rect(14, 102, 100, 6, "#5d6874", 3)
        + rect(40, 26, 7, 5, "#23282d")
    )


def _chessboard() -> str:
    def row(at: int) -> tuple[float, float, float]:
        y = 46 + (124 - 46) * ((at / 8) ** 1.15)
        half = 38 + (62 - 38) * ((y - 46) / 78)
        return y, 64 - half, half / 4

    squares = ""
    for at in range(8):
        (top, left, step), (low, low_left, low_step) = row(at), row(at + 1)
        squares += "".join(
            polygon(
                (
                    (left + step * k, top),
                    (left + step * (k + 1), top),
                    (low_left + low_step * (k + 1), low),
                    (low_left + low_step * k, low),
                ),
                "#f5e3c0" if (at + k) % 2 else "#7d4a2a",
            )
            for k in range(8)
        )

    def pawn(x: float, y: float, size: float, tone: str, dark: str) -> str:
        return (
            f'<g transform="translate({x} {y}) scale({size})">'
            + path("M-9 0 H9 L6 -6 C3 -10 3 -16 4 -20 H-4 C-3 -16 -3 -10 -6 -6z", tone)
            + path("M3 0 H9 L6 -6 C3 -10 3 -16 4 -20 H1z", dark)
            + circle(0, -25, 7, tone)
            + rect(-10, -2, 20, 4, dark, 2)
            + "</g>"
        )

    return (
        polygon(((24, 43), (104, 43), (127, 124), (1, 124)), WOOD[3])
        + squares
        + pawn(44, 66, 0.9, "#3a3f46", "#23272c")
        + pawn(84, 66, 0.9, "#3a3f46", "#23272c")
        + path(
            "M56 58 h16 l-3 -8 c-3 -8 -2 -18 0 -26 h-10 c2 8 3 18 0 26z M62 14 h-4 v-4 h4 V5 h4 v5 h4 v4 h-4 v6 h-4z",
            "#23272c",
        )
        + oval(64, 22, 9, 5, "#3a3f46")
        + pawn(30, 108, 1.25, "#fffaf0", "#d8cbb0")
        + pawn(98, 108, 1.25, "#fffaf0", "#d8cbb0")
        + path(
            "M52 112 h24 l-4 -10 c-3 -10 -2 -20 0 -26 h-16 c2 6 3 16 0 26z M54 76 l-3 -14 7 5 6 -9 6 9 7 -5 -3 14z",
            "#fffaf0",
        )
        + path("M66 112 h10 l-4 -10 c-3 -10 -2 -20 0 -26 h-6z", "#d8cbb0")
    )


def _dartboard() -> str:
    def wedge(turn: int, r: float, tone: str) -> str:
        dx, dy = r * 0.158, r * 0.988
        sector = f"M62 62 l{-dx:.1f} {-dy:.1f} A{r} {r} 0 0 1 {62 + dx:.1f} {62 - dy:.1f}z"
        return path(sector, tone, f'transform="rotate({turn} 62 62)"')

    rings = "".join(
        wedge(turn, r, light if turn // 18 % 2 else dark)
        for r, light, dark in (
            (50, "#2f9352", "#d63a34"),
            (46, "#f5e9cf", "#23272c"),
            (30, "#2f9352", "#d63a34"),
            (26, "#f5e9cf", "#23272c"),
        )
        for turn in range(0, 360, 18)
    )
    return (
        circle(62, 64, 60, "#17191c")
        + rings
        + circle(62, 62, 7, "#2f9352")
        + circle(62, 62, 3.5, "#d63a34")
        + stroke("M62 62 L94 92", STEEL[2], 3)
        + stroke("M90 88 L106 104", BRASS[1], 6)
        + path("M104 100 l20 2 -8 8 -4 -4 4 6 -8 10 -6 -18z", "#3f9fd0")
    )


def _drum_kit() -> str:
    return (
        stroke("M18 28 V120 M110 24 V120", STEEL[3], 3)
        + stroke("M10 122 L18 108 L26 122 M102 122 L110 108 L118 122", STEEL[3], 3)
        + oval(20, 28, 20, 5, BRASS[1], 'transform="rotate(-12 20 28)"')
        + oval(108, 22, 20, 5, BRASS[1], 'transform="rotate(12 108 22)"')
        + stroke("M64 40 V66", STEEL[3], 4)
        + mirrored(
            rect(30, 40, 32, 22, "#c62f3f", 3)
            + rect(30, 40, 32, 4, STEEL[1], 2)
            + rect(30, 58, 32, 4, STEEL[2], 2)
            + oval(46, 40, 16, 4, "#fafafa")
        )
        + stroke("M30 110 L22 124 M98 110 L106 124", STEEL[4], 4)
        + circle(64, 90, 34, "#8c1f2b")
        + circle(64, 90, 34, "none", f'stroke="{STEEL[1]}" stroke-width="4"')
        + circle(64, 90, 27, "#fafafa")
        + path("M84 74 A27 27 0 0 1 46 110 A34 34 0 0 0 84 74z", STEEL[1])
        + polygon(
            (
                (64, 78),
                (67.5, 86.5),
                (76, 87),
                (69.5, 92.5),
                (71.5, 101),
                (64, 96.5),
                (56.5, 101),
                (58.5, 92.5),
                (52, 87),
                (60.5, 86.5),
            ),
            "#c62f3f",
        )
        + rect(8, 78, 26, 20, "#c62f3f", 3)
        + oval(21, 78, 13, 4, "#fafafa")
        + rect(94, 76, 28, 34, "#a5262f", 3)
        + oval(108, 76, 14, 4, "#fafafa")
        + stroke("M98 110 v14 M118 110 v14 M14 98 l-6 24 M28 98 l6 24", STEEL[3], 3)
    )


def _dumbbell() -> str:
    return (
        '<g transform="rotate(-24 64 78)">'
        + rect(24, 71, 80, 13, STEEL[3], 3)
        + rect(24, 71, 80, 5, STEEL[1], 2)
        + mirrored(
            rect(18, 44, 20, 68, "#2b2f33", 6)
            + rect(6, 52, 15, 52, "#3d444c", 5)
            + rect(0, 66, 8, 24, STEEL[4], 3)
            + rect(21, 48, 5, 58, "#ffffff", 2.5, 'opacity=".2"')
        )
        + "</g>"
    )


def _harmonica() -> str:
    return (
        '<g transform="translate(0 9)">'
        + rect(2, 62, 124, 52, STEEL[3], 10)
        + rect(2, 56, 124, 50, STEEL[1], 10)
        + rect(8, 60, 112, 12, "#ffffff", 6, 'opacity=".8"')
        + rect(10, 76, 108, 18, "#8a2f24", 2)
        + "".join(rect(x, 79, 8, 12, "#2b1d16", 1) for x in range(14, 112, 10))
        + stroke("M28 100 h72", STEEL[3], 2.5)
        + circle(9, 66, 2, STEEL[4])
        + circle(119, 66, 2, STEEL[4])
        + "</g>"
    )


def _lyre() -> str:
    return (
        mirrored(
            path(
                "M56 104 C28 100 18 74 26 48 C30 34 26 22 14 18",
                "none",
                f'stroke="{BRASS[2]}" stroke-width="9" stroke-linecap="round"',
            )
            + path("M52 102 C30 98 21 74 28 50", "none", f'stroke="{BRASS[0]}" stroke-width="2.500"')
            + circle(14, 20, 7, BRASS[1])
        )
        + rect(22, 26, 84, 8, BRASS[1], 4)
        + "".join(rect(x, 32, 1.8, 70, STEEL[2]) for x in (44, 53, 63, 73, 82))
        + path("M40 98 H88 C90 114 78 120 64 120 S38 114 40 98z", BRASS[2])
        + path("M74 98 H88 C90 114 78 120 66 120 C74 114 76 106 74 98z", BRASS[3])
        + rect(44, 118, 40, 6, BRASS[3], 3)
    )


def _potion() -> str:
    return (
        rect(52, 3, 24, 12, "#a9713c", 3)
        + path(
            "M52 14 h24 v26 C100 48 114 64 114 84 C114 108 94 124 64 124 S14 108 14 84 C14 64 28 48 52 40z", "#d8ecf5"
        )
        + path("M20 76 C40 66 60 84 84 76 C94 72 104 74 108 78 C112 104 92 118 64 118 S16 104 20 76z", "#9b3fc8")
        + path("M84 76 C94 72 104 74 108 78 C112 104 92 118 66 118 C90 108 96 92 84 76z", "#7528a0")
        + path("M20 76 C40 66 60 84 84 76 C94 72 104 74 108 78 C96 82 84 84 72 84 C54 84 36 78 20 80z", "#c47ae6")
        + "".join(
            circle(x, y, r, "#e6b8f7", 'opacity=".8"')
            for x, y, r in ((50, 98, 5), (70, 104, 4), (62, 88, 3), (82, 94, 3), (40, 106, 3))
        )
        + path("M26 72 C30 58 42 50 54 46 C44 56 36 66 34 88 C28 84 25 78 26 72z", "#ffffff", 'opacity=".7"')
        + rect(48, 13, 32, 7, STEEL[2], 3)
        + "".join(circle(x, y, 3, "#c47ae6", 'opacity=".7"') for x, y in ((92, 22), (100, 12), (88, 6)))
    )


def _solar_panel() -> str:
    return (
        rect(58, 88, 12, 34, STEEL[4])
        + rect(34, 118, 60, 6, STEEL[5], 3)
        + polygon(((20, 34), (126, 34), (106, 98), (2, 98)), STEEL[2])
        + polygon(((24, 38), (120, 38), (103, 94), (8, 94)), "#1f4f9c")
        + polygon(((24, 38), (70, 38), (40, 94), (8, 94)), "#3f78c8")
        + stroke("M48 38 L32 94 M72 38 L56 94 M96 38 L80 94 M19 57 H114 M14 75 H109", STEEL[1], 2)
        + circle(24, 16, 10, "#ffc93c")
        + stroke("M24 1 v-1 M9 16 h-4 M13 5 l-3 -3 M35 5 l3 -3 M40 16 h4", "#ffc93c", 3)
    )


def _calculator() -> str:
    tones = ("#fafafa", "#fafafa", "#fafafa", "#f28a22")
    keys = "".join(
        rect(31 + 17 * column, 52 + 17 * row, 13, 12, "#d63a34" if (row, column) == (3, 3) else tones[column], 3)
        for row in range(4)
        for column in range(4)
    )
    return (
        rect(22, 4, 86, 120, "#2f3640", 9)
        + rect(22, 4, 80, 116, "#46505c", 9)
        + rect(30, 14, 66, 28, "#c5dcc0", 4)
        + stroke("M66 34 V22 M76 22 h9 v6 h-9 v6 h9", "#2f4a35", 3)
        + keys
    )


DRAWN: dict[str, Callable[[], str]] = {
    "anvil": _anvil,
    "calculator": _calculator,
    "chessboard": _chessboard,
    "dartboard": _dartboard,
    "drum-kit": _drum_kit,
    "dumbbell": _dumbbell,
    "harmonica": _harmonica,
    "lyre": _lyre,
    "potion": _potion,
    "solar-panel": _solar_panel,
}

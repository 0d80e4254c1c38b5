"""Food, and what it is served in."""

from collections.abc import Callable

from easel_sketch.drawing.ink import circle, moved, oval, path, polygon, rect, stroke
from easel_sketch.drawing.motifs.tones import BRASS, SHINE, STEEL, WOOD


def _roast_turkey() -> str:
    return (
        oval(64, 104, 62, 18, STEEL[2])
        + oval(64, 100, 62, 18, "#fafcfd")
        + "".join(
            circle(x, y, 9, "#6fae3f") for x, y in ((14, 96), (26, 104), (104, 104), (115, 96), (42, 110), (88, 110))
        )
        + circle(28, 98, 7, "#d63a34")
        + circle(100, 98, 7, "#d63a34")
        + path("M18 84 C18 50 38 36 64 36 S110 50 110 84 C108 104 88 108 64 108 S20 104 18 84z", "#c9762d")
        + path("M78 38 C98 42 110 58 110 84 C108 104 88 108 66 108 C96 98 96 62 78 38z", "#9c5518")
        + path("M30 70 C34 54 44 46 58 44 C48 54 42 62 42 78z", "#f2b26a", 'opacity=".8"')
        + path("M26 104 C12 96 18 76 36 76 C52 76 58 92 50 104z", "#d98a40")
        + path("M102 104 C116 96 110 76 92 76 C76 76 70 92 78 104z", "#b5681f")
        + stroke("M22 82 L8 66", "#f5ead2", 6)
        + stroke("M106 82 L120 66", "#f5ead2", 6)
        + circle(5, 66, 5, "#f5ead2")
        + circle(10, 61, 5, "#f5ead2")
        + circle(123, 66, 5, "#f5ead2")
        + circle(118, 61, 5, "#f5ead2")
        + path("M26 92 C26 84 32 81 38 82", "none", 'stroke="#f2b26a" stroke-width="3" stroke-linecap="round"')
        + stroke("M50 20 q5 -6 0 -12 M66 24 q5 -6 0 -12 M82 20 q5 -6 0 -12", STEEL[2], 3)
    )


def _macaron() -> str:
    def biscuit(y: float, base: str, shade: str, cream: str) -> str:
        return (
            path(f"M16 {y + 24} C14 {y} 34 {y} 64 {y} S114 {y} 112 {y + 24}z", base)
            + path(f"M84 {y + 1} C106 {y + 3} 113 {y + 10} 112 {y + 24} H92 C98 {y + 14} 94 {y + 6} 84 {y + 1}z", shade)
            + path(
                f"M24 {y + 18} C26 {y + 8} 38 {y + 5} 52 {y + 4} C42 {y + 8} 34 {y + 12} 32 {y + 20}z",
                "#ffffff",
                'opacity=".5"',
            )
            + rect(12, y + 22, 104, 8, shade, 4)
            + rect(18, y + 29, 92, 10, cream, 4)
            + rect(12, y + 37, 104, 8, shade, 4)
            + path(f"M16 {y + 43} H112 C112 {y + 56} 98 {y + 60} 64 {y + 60} S16 {y + 56} 16 {y + 43}z", base)
            + path(
                f"M92 {y + 43} H112 C112 {y + 56} 98 {y + 60} 72 {y + 60} C88 {y + 56} 92 {y + 50} 92 {y + 43}z", shade
            )
        )

    return biscuit(64, "#9ccf8f", "#77ad6a", "#fff6df") + biscuit(4, "#f29bb5", "#d9718f", "#fff6df")


def _lily_pads() -> str:
    def pad(x: float, y: float, r: float, tone: str) -> str:
        flat, dark = r * 0.42, "#3f7a2a"
        ribs = f"M0 0 h{-r * 0.8} M0 0 l{-r * 0.3} {-flat * 0.8} M0 0 l{-r * 0.3} {flat * 0.8}"
        return moved(
            x,
            y,
            oval(0, 3, r, flat, dark)
            + oval(0, 0, r, flat, tone)
            + polygon(((0, 0), (r * 1.05, -flat * 0.35), (r * 1.05, flat * 0.5)), "#4fa8cf")
            + stroke(ribs, dark, 1.6),
        )

    petals = "".join(
        path("M64 58 C54 46 56 30 64 20 C72 30 74 46 64 58z", tone, f'transform="rotate({turn} 64 58)"')
        for turn, tone in (
            (-75, "#e88fb0"),
            (75, "#e88fb0"),
            (-45, "#f5b5cc"),
            (45, "#f5b5cc"),
            (-20, "#ffd6e3"),
            (20, "#ffd6e3"),
            (0, "#ffe8f0"),
        )
    )
    return (
        oval(64, 86, 63, 37, "#4fa8cf")
        + oval(58, 82, 50, 28, "#6fbfe0")
        + pad(36, 96, 26, "#66a83f")
        + pad(98, 84, 22, "#7cb84a")
        + pad(60, 68, 30, "#7cb84a")
        + pad(78, 110, 19, "#66a83f")
        + f'<g transform="translate(-2 6)">{petals}</g>'
        + oval(62, 62, 6, 4, "#f2c14e")
    )


def _jam_jar() -> str:
    return (
        path(
            "M30 30 H98 C104 38 108 44 108 54 V110 C108 120 102 124 94 124 H34 C26 124 20 120 20 110 V54 C20 "
            "44 24 38 30 30z",
            "#c2264a",
        )
        + path("M88 30 H98 C104 38 108 44 108 54 V110 C108 120 102 124 94 124 H82 C96 104 96 60 88 30z", "#931836")
        + rect(26, 50, 8, 62, "#ffffff", 4, 'opacity=".45"')
        + path("M22 44 C40 50 88 50 106 44 L98 30 H30z", "#f5d5dc", 'opacity=".7"')
        + rect(38, 62, 52, 42, "#fff6df", 3)
        + circle(64, 84, 12, "#d63a34")
        + path("M64 74 l-9 -4 5 8z M64 74 l9 -4 -5 8z M64 75 l0 -9", "#5d9a3d", 'stroke="#5d9a3d" stroke-width="2"')
        + "".join(circle(x, y, 1, "#ffe9a8") for x, y in ((60, 82), (67, 81), (64, 88), (58, 88), (70, 88)))
        + path(
            "M22 30 C16 26 20 6 26 6 H102 C108 6 112 26 106 30 l-6 3 -8 -3 -9 4 -9 -4 -10 4 -10 -4 -9 4 -9 -4 -8 3z",
            "#f5f0e2",
        )
        + "".join(rect(x, 6, 7, 25, "#d63a34", 0, 'opacity=".75"') for x in (30, 48, 66, 84))
        + rect(20, 12, 88, 6, "#d63a34", 2, 'opacity=".45"')
        + stroke("M24 28 C44 32 84 32 104 28", "#b98a4a", 3)
    )


def _soup_bowl() -> str:
    return (
        stroke("M46 36 q7 -9 0 -16 t0 -16 M64 32 q7 -9 0 -16 t0 -14 M82 36 q7 -9 0 -16 t0 -16", STEEL[2], 4)
        + oval(64, 116, 58, 8, STEEL[2])
        + rect(44, 104, 40, 12, "#c9b48a", 3)
        + path("M8 58 H120 C120 90 98 110 64 110 S8 90 8 58z", "#f5ead2")
        + path("M96 58 H120 C120 90 98 110 66 110 C90 100 98 80 96 58z", "#d8c49a")
        + path("M16 70 C20 86 30 96 42 102 C32 90 28 80 26 70z", "#ffffff", 'opacity=".7"')
        + oval(64, 58, 56, 15, "#fffaf0")
        + oval(64, 60, 49, 11, "#e8792c")
        + path("M26 58 C40 52 70 52 84 55 C66 57 44 58 30 63z", "#f7a55c")
        + "".join(oval(x, y, 5, 2.4, "#5d9a3d") for x, y in ((54, 62), (72, 58), (86, 64)))
        + oval(64, 66, 6, 2.6, "#fff3df")
    )


def _pepper_mill() -> str:
    return (
        circle(64, 9, 7, STEEL[2])
        + circle(62, 7, 2.5, "#ffffff")
        + path("M44 44 C36 32 44 16 64 16 S92 32 84 44z", WOOD[1])
        + path("M72 17 C88 22 90 34 84 44 H70 C76 36 76 26 72 17z", WOOD[3])
        + rect(44, 43, 40, 6, STEEL[3], 2)
        + path(
            "M46 49 H82 C82 66 72 70 72 82 C72 96 92 100 94 116 V124 H34 V116 C36 100 56 96 56 82 C56 70 46 66 46 49z",
            WOOD[1],
        )
        + path(
            "M72 49 H82 C82 66 72 70 72 82 C72 96 92 100 94 116 V124 H78 C78 104 64 96 64 82 C64 70 72 66 72 49z",
            WOOD[3],
        )
        + path(
            "M50 52 h5 C56 64 62 70 61 82 C60 96 46 102 44 120 h-5 C40 102 57 96 57 82 C57 70 50 66 50 52z",
            "#ffffff",
            SHINE,
        )
        + rect(32, 116, 64, 8, WOOD[3], 2)
        + "".join(circle(x, y, 2, "#2b2320") for x, y in ((18, 121), (24, 116), (108, 121), (115, 118)))
    )


def _wine_bottle() -> str:
    return (
        rect(52, 3, 24, 22, "#931836", 3)
        + path(
            "M54 22 h20 v18 c0 14 18 16 18 34 v44 a6 6 0 0 1 -6 6 H42 a6 6 0 0 1 -6 -6 V74 c0 -18 18 -20 18 -34z",
            "#2f4d3a",
        )
        + path(
            "M68 22 h6 v18 c0 14 18 16 18 34 v44 a6 6 0 0 1 -6 6 H72 c10 -6 10 -14 10 -20 V76 c0 -18 -14 -20 -14 -36z",
            "#1d3326",
        )
        + path("M57 26 h3 v18 c0 14 -16 16 -16 32 v36 h-4 V76 c0 -18 17 -20 17 -34z", "#ffffff", SHINE)
        + rect(36, 72, 56, 36, "#fff3df")
        + rect(36, 72, 56, 3, BRASS[2])
        + rect(36, 105, 56, 3, BRASS[2])
        + "".join(circle(x, y, 4, "#7a2f6f") for x, y in ((58, 88), (64, 88), (70, 88), (61, 93), (67, 93), (64, 98)))
        + path("M64 85 c2 -6 7 -6 10 -5 c-1 5 -6 7 -10 5z", "#5d9a3d")
        + rect(52, 8, 6, 17, "#ffffff", 2, SHINE)
    )


def _teabag() -> str:
    return (
        stroke("M64 48 C64 26 84 28 94 16", STEEL[2], 2.5)
        + rect(82, 2, 28, 24, "#d63a34", 3, 'transform="rotate(8 96 14)"')
        + path("M96 8 c6 4 6 10 0 13 c-6 -3 -6 -9 0 -13z", "#ffffff")
        + path("M42 46 H86 L100 64 V118 a6 6 0 0 1 -6 6 H34 a6 6 0 0 1 -6 -6 V64z", "#f7edd8")
        + path("M78 46 H86 L100 64 V118 a6 6 0 0 1 -6 6 H84 C92 100 90 66 78 46z", "#e0cfa8")
        + path("M34 84 H94 V114 a4 4 0 0 1 -4 4 H38 a4 4 0 0 1 -4 -4z", "#8a5a2c", 'opacity=".85"')
        + "".join(
            circle(x, y, 2, "#5d3a1a")
            for x, y in ((44, 94), (56, 100), (68, 92), (80, 102), (50, 110), (74, 111), (86, 94))
        )
        + path("M46 50 h8 L40 68 v10 h-6 V66z", "#ffffff", 'opacity=".7"')
        + path("M42 46 H86 L78 56 H50z", "#e0cfa8")
        + rect(60, 46, 8, 5, STEEL[3], 1)
    )


def _candy_cane() -> str:
    d = "M38 120 V44 C38 4 96 4 96 44 V54"
    return (
        '<g transform="translate(3 1) scale(.95)">'
        + path(d, "none", 'stroke="#d8c8c8" stroke-width="22" stroke-linecap="round"')
        + path(d, "none", 'stroke="#ffffff" stroke-width="18" stroke-linecap="round"')
        + path(d, "none", 'stroke="#d6263a" stroke-width="18" stroke-dasharray="11 11"')
        + path(
            "M33 116 V44 C34 24 44 14 56 10",
            "none",
            'stroke="#ffffff" stroke-width="4" opacity=".55" stroke-linecap="round"',
        )
        + path("M38 72 C22 58 8 64 12 76 C16 84 30 82 38 74 C46 82 60 84 64 76 C68 64 54 58 38 72z", "#2f9352")
        + circle(38, 73, 6, "#1f6f3c")
        + "</g>"
    )


def _gingerbread_man() -> str:
    body = (
        "M64 4 C82 4 90 16 88 30 C87 38 82 42 80 46 C94 46 108 42 116 46 C126 52 122 66 112 68 L88 70 C88 "
        "80 94 92 102 104 C108 116 96 126 84 120 L64 98 L44 120 C32 126 20 116 26 104 C34 92 40 80 40 70 "
        "L16 68 C6 66 2 52 12 46 C20 42 34 46 48 46 C46 42 41 38 40 30 C38 16 46 4 64 4z"
    )
    return (
        path(body, "#8a4f22")
        + f'<g transform="translate(3 1) scale(.953 .965)">{path(body, "#c07a3c")}</g>'
        + circle(56, 26, 3.4, "#fffaf0")
        + circle(72, 26, 3.4, "#fffaf0")
        + stroke("M55 34 q9 8 18 0", "#fffaf0", 3)
        + "".join(circle(64, y, 4.4, tone) for y, tone in ((56, "#d6263a"), (70, "#2f9352"), (84, "#d6263a")))
        + stroke("M14 60 q4 -4 4 -10 M114 60 q-4 -4 -4 -10 M32 110 q6 -4 12 2 M96 110 q-6 -4 -12 2", "#fffaf0", 3)
        + path("M54 46 L62 50 L54 54z M74 46 L66 50 L74 54z", "#d6263a")
    )


def _popsicle() -> str:
    return (
        rect(56, 88, 16, 36, "#e6c08a", 7)
        + rect(65, 88, 7, 36, "#c99a5c", 3)
        + path("M30 92 V40 C30 14 46 3 64 3 S98 14 98 40 V92 C98 98 94 100 90 100 H38 C34 100 30 98 30 92z", "#ff6f8f")
        + path("M30 60 H98 V92 C98 98 94 100 90 100 H38 C34 100 30 98 30 92z", "#ffb347")
        + path("M30 80 H98 V92 C98 98 94 100 90 100 H38 C34 100 30 98 30 92z", "#8fd05f")
        + path("M84 9 C94 16 98 26 98 40 V92 C98 98 94 100 90 100 H82 C88 70 90 36 84 9z", "#000000", 'opacity=".12"')
        + rect(44, 26, 9, 62, "#ffffff", 4.5, 'opacity=".4"')
        + rect(68, 26, 9, 62, "#ffffff", 4.5, 'opacity=".18"')
    )


DRAWN: dict[str, Callable[[], str]] = {
    "candy-cane": _candy_cane,
    "gingerbread-man": _gingerbread_man,
    "jam-jar": _jam_jar,
    "lily-pads": _lily_pads,
    "macaron": _macaron,
    "pepper-mill": _pepper_mill,
    "popsicle": _popsicle,
    "roast-turkey": _roast_turkey,
    "soup-bowl": _soup_bowl,
    "teabag": _teabag,
    "wine-bottle": _wine_bottle,
}

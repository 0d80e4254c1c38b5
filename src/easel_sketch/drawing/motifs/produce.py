"""Fruit, vegetables and nuts."""

from collections.abc import Callable

from easel_sketch.drawing.ink import circle, oval, path, rect, stroke
from easel_sketch.drawing.motifs.tones import SHINE


def _pumpkin() -> str:
    return (
        path("M58 30 C60 16 54 8 62 3 L74 8 C68 14 70 22 72 30z", "#5d7f3d")
        + oval(30, 78, 28, 42, "#e0741a")
        + oval(98, 78, 28, 42, "#b9560c")
        + oval(44, 76, 28, 46, "#f28a22")
        + oval(84, 76, 28, 46, "#d8690f")
        + oval(64, 76, 25, 48, "#ff9a35")
        + path(
            "M12 64 C14 50 20 42 28 40 C22 50 20 62 20 76z M34 52 C38 40 44 36 48 34 C42 46 42 58 42 70z",
            "#ffffff",
            'opacity=".3"',
        )
        + path("M70 22 C82 12 100 18 102 30 C92 34 80 32 70 26z", "#7cb342")
        + stroke("M56 24 C46 14 36 22 42 30", "#5d7f3d", 3)
    )


def _walnut() -> str:
    return (
        circle(64, 70, 54, "#a9713c")
        + path("M64 16 C100 18 118 44 118 70 S94 124 64 124 C104 104 104 44 64 16z", "#85552a")
        + path("M18 62 C20 42 34 28 50 24 C36 38 30 52 28 74z", "#ffffff", 'opacity=".25"')
        + stroke("M64 16 C56 40 72 60 64 84 S66 112 64 124", "#5d3a1a", 4)
        + stroke(
            "M48 28 C36 44 50 52 38 66 S44 92 36 104 M26 46 C20 60 30 72 22 84 M54 52 C46 60 54 72 48 84 S52 "
            "104 50 116",
            "#6d4420",
            3,
        )
        + stroke(
            "M80 28 C94 44 78 54 92 68 S82 94 92 106 M104 50 C112 64 98 74 106 88 M76 56 C84 66 74 76 80 88 "
            "S76 104 78 116",
            "#5d3a1a",
            3,
        )
        + path("M58 18 L64 4 L70 18z", "#6d4420")
    )


def _asparagus() -> str:
    def spear(x: float, lean: float, top: float) -> str:
        buds = "".join(
            path(
                "M-6 12 C-6 2 0 0 0 0 C2 8 -2 12 -6 12z",
                "#3f6f2a",
                f'transform="translate(0 {top + 6 + at * 9}) scale({1 - at % 2 * 2} 1)"',
            )
            for at in range(4)
        )
        return (
            f'<g transform="translate({x} 124) rotate({lean}) translate(0 -124)">'
            + path(
                f"M-7 124 V{top + 30} C-9 {top + 16} -4 {top + 4} 0 {top} C4 {top + 4} 9 {top + 16} 7 {top + 30} V124z",
                "#7cb342",
            )
            + path(f"M2 124 V{top + 3} C6 {top + 8} 9 {top + 18} 7 {top + 30} V124z", "#5d9130")
            + buds
            + rect(-7, 112, 14, 12, "#e6e6b8", 2)
            + path("M-5 76 l5 -8 2 10z M5 96 l-5 -8 -2 10z", "#3f6f2a")
            + "</g>"
        )

    return (
        spear(40, -12, 12)
        + spear(88, 12, 12)
        + spear(52, -4, 3)
        + spear(76, 5, 6)
        + spear(64, 0, 12)
        + path("M34 84 H94 l1 12 H33z", "#d65745")
        + path("M78 84 H94 l1 12 H80z", "#a8402f")
    )


def _cauliflower() -> str:
    florets = "".join(
        circle(x, y, r, tone)
        for x, y, r, tone in (
            (40, 50, 20, "#e8ddbf"),
            (88, 50, 20, "#dccfa8"),
            (64, 34, 22, "#f7efd8"),
            (30, 70, 16, "#e8ddbf"),
            (98, 70, 16, "#d3c496"),
            (64, 62, 26, "#efe4c6"),
            (46, 44, 13, "#fbf6e6"),
            (72, 28, 12, "#fffaf0"),
            (82, 52, 12, "#efe4c6"),
            (58, 58, 14, "#fbf6e6"),
            (36, 66, 10, "#f7efd8"),
            (78, 72, 11, "#e8ddbf"),
        )
    )
    leaf = path("M4 52 C18 56 26 70 30 88 C38 96 50 106 62 124 C30 126 2 100 4 52z", "#7cb342") + stroke(
        "M10 66 C20 92 34 106 54 120", "#c5e1a5", 3
    )
    return (
        path("M50 90 H78 V124 H50z", "#dce8b8")
        + florets
        + leaf
        + path("M124 52 C110 56 102 70 98 88 C90 96 78 106 66 124 C98 126 126 100 124 52z", "#5d9130")
        + stroke("M118 66 C108 92 94 106 74 120", "#a5cf7a", 3)
        + path("M64 124 C44 112 44 96 50 84 C58 92 70 92 78 84 C84 96 84 112 64 124z", "#8fc452")
        + stroke("M64 92 V120", "#c5e1a5", 3)
    )


def _radish() -> str:
    return (
        path("M60 46 C40 36 22 30 18 6 C40 4 58 16 64 42z", "#5d9a3d")
        + path("M64 46 C52 28 54 10 66 1 C80 12 78 30 68 46z", "#7cb84a")
        + path("M68 46 C76 24 92 10 112 10 C110 32 92 40 70 48z", "#4a8030")
        + stroke("M26 12 C42 18 54 30 62 44 M66 8 V42 M104 16 C88 22 76 32 68 46", "#c5e1a5", 2)
        + path(
            "M64 42 C96 42 108 58 104 78 C100 98 78 104 68 112 C66 116 66 120 64 125 C62 120 62 116 60 112 C50 "
            "104 28 98 24 78 C20 58 32 42 64 42z",
            "#e0335c",
        )
        + path(
            "M76 43 C100 46 107 60 104 78 C100 98 78 104 68 112 L64 125 C62 116 66 108 74 100 C92 84 92 60 76 43z",
            "#b01f45",
        )
        + path("M64 125 C61 118 62 113 58 108 C62 110 68 110 71 108 C66 113 67 118 64 125z", "#fbe6ec")
        + path("M34 68 C36 58 44 52 54 50 C46 58 42 66 42 78z", "#ffffff", 'opacity=".45"')
    )


def _artichoke() -> str:
    leaf = (
        path("M-14 0 C-14 -18 -4 -26 0 -34 C4 -26 14 -18 14 0 C8 12 -8 12 -14 0z", "{tone}")
        + path("M2 -30 C5 -24 14 -18 14 0 C10 8 4 9 2 9 C8 -4 6 -18 2 -30z", "#3f6626", 'opacity=".45"')
        + path("M-3 -27 L0 -34 L3 -27z", "#8d5a86")
    )
    leaves = "".join(
        f'<g transform="translate({x} {y})">{leaf.replace("{tone}", tone)}</g>'
        for y, tone, xs in (
            (40, "#9cc46a", (48, 64, 80)),
            (58, "#86b054", (37, 55, 73, 91)),
            (76, "#739c46", (29, 46, 64, 82, 99)),
            (94, "#628a3a", (33, 54, 74, 95)),
        )
        for x in xs
    )
    return rect(56, 96, 16, 28, "#86b054", 4) + rect(65, 100, 7, 24, "#5f8238", 3) + leaves


def _raspberry() -> str:
    drupes = "".join(
        circle(x, y, 10.5, tone) + circle(x - 3, y - 3.5, 3, "#ffffff", 'opacity=".45"')
        for y, xs in (
            (48, (36, 54, 73, 92)),
            (62, (28, 46, 64, 82, 100)),
            (77, (36, 54, 73, 92)),
            (92, (45, 64, 83)),
            (106, (54, 73)),
            (115, (64,)),
        )
        for x, tone in ((x, "#e0335c" if x < 76 else "#c02048") for x in xs)
    )
    return (
        path("M28 44 C60 30 70 30 100 44 C112 70 84 112 64 124 C44 112 16 70 28 44z", "#a81a3c")
        + drupes
        + path(
            "M64 40 C50 44 34 44 24 34 C36 26 48 28 56 28 C50 20 52 10 60 4 L68 4 C76 12 78 20 72 28 C82 26 94 "
            "28 104 36 C92 46 78 44 64 40z",
            "#6fae3f",
        )
        + path("M68 4 C76 12 78 20 72 28 C82 26 94 28 104 36 C92 46 78 44 66 40 C74 34 72 18 68 4z", "#4a8030")
    )


def _fig() -> str:
    return (
        path(
            "M42 22 C44 10 46 6 54 3 L60 8 C56 14 56 20 58 28 C76 44 90 60 88 84 C86 108 68 124 46 124 S4 108 "
            "4 84 C4 58 30 40 42 22z",
            "#6a3f7f",
        )
        + path("M58 28 C76 44 90 60 88 84 C86 108 68 124 46 124 C74 106 76 62 50 26z", "#4d2a60")
        + path("M12 84 C12 66 26 54 36 44 C30 60 24 70 24 92z", "#ffffff", 'opacity=".25"')
        + stroke("M40 40 C28 66 28 92 36 116 M48 34 C58 66 60 90 54 120", "#8d63a3", 2)
        + circle(92, 92, 33, "#5b3370")
        + circle(92, 92, 30, "#f5e6c8")
        + circle(92, 92, 24, "#d6456a")
        + circle(92, 92, 11, "#f09aa8")
        + "".join(oval(92, 76, 1.6, 3, "#f7dba0", f'transform="rotate({turn} 92 92)"') for turn in range(0, 360, 30))
        + "".join(oval(92, 83, 1.3, 2.4, "#f7dba0", f'transform="rotate({turn} 92 92)"') for turn in range(15, 375, 45))
    )


def _papaya() -> str:
    seeds = "".join(
        circle(x, y, 4.6, "#2b2b30") + circle(x - 1.4, y - 1.6, 1.3, "#8a8f96")
        for x, y in ((56, 60), (66, 54), (72, 64), (60, 71), (70, 75), (58, 82), (66, 87), (74, 85), (62, 97), (70, 97))
    )
    return (
        path(
            "M64 3 C76 3 78 18 86 34 C98 52 106 70 104 88 C102 110 84 124 64 124 S26 110 24 88 C22 70 30 52 42 "
            "34 C50 18 52 3 64 3z",
            "#e8a02c",
        )
        + path("M64 3 C76 3 78 18 86 34 C98 52 106 70 104 88 C102 110 84 124 64 124 C100 100 96 40 64 3z", "#c47a14")
        + path(
            "M64 12 C71 14 73 26 80 40 C91 56 97 72 96 87 C94 105 80 117 64 117 S34 105 32 87 C31 72 37 56 48 "
            "40 C55 26 57 14 64 12z",
            "#ff8a3d",
        )
        + path("M40 88 C38 70 46 54 56 40 C48 60 46 76 50 100z", "#ffb37a")
        + path("M65 44 C74 48 82 64 82 82 C82 98 76 106 66 106 C56 106 50 98 50 82 C50 64 56 48 65 44z", "#d85a1c")
        + seeds
    )


def _dragon_fruit() -> str:
    scale = path("M0 0 C-16 -4 -22 -16 -20 -28 C-8 -24 2 -14 0 0z", "#8fc452")
    scales = "".join(
        f'<g transform="translate({x} {y}) rotate({turn}) scale({size})">{scale}</g>'
        for x, y, turn, size in (
            (20, 84, -20, 0.8),
            (34, 52, 0, 0.9),
            (36, 102, -30, 0.7),
            (58, 74, 6, 0.9),
            (58, 28, 14, 0.9),
            (70, 24, 60, 0.9),
            (82, 50, 70, 0.8),
        )
    )
    return (
        '<g transform="translate(5 6) scale(0.95)">'
        + oval(56, 74, 48, 50, "#d81b72")
        + path("M62 24 C88 30 104 50 104 74 C104 104 82 124 56 124 C92 106 92 50 62 24z", "#a81258")
        + scales
        + path("M58 30 C54 16 58 8 66 1 C72 10 70 22 66 30z", "#6fae3f")
        + circle(90, 90, 35, "#d81b72")
        + circle(90, 90, 30, "#fdf6f8")
        + "".join(
            circle(90 + r * dx, 90 + r * dy, 1.7, "#2b2b30")
            for r in (8, 17, 25)
            for dx, dy in (
                (1, 0),
                (-1, 0),
                (0, 1),
                (0, -1),
                (0.7, 0.7),
                (-0.7, 0.7),
                (0.7, -0.7),
                (-0.7, -0.7),
                (0.92, 0.38),
                (-0.38, 0.92),
                (-0.92, -0.38),
                (0.38, -0.92),
            )
        )
        + "</g>"
    )


def _pomegranate() -> str:
    seeds = "".join(
        oval(x, y, 5, 6.4, "#d6263a") + circle(x - 1.5, y - 2, 1.6, "#ffb3bd")
        for x, y in (
            (82, 70),
            (94, 68),
            (74, 82),
            (86, 84),
            (98, 81),
            (107, 90),
            (76, 96),
            (88, 98),
            (100, 96),
            (84, 110),
            (96, 110),
        )
    )
    return (
        path("M46 18 L42 2 L52 8 L58 1 L64 8 L74 2 L70 20z", "#b2263a")
        + path("M58 16 C94 18 112 42 110 70 C108 100 86 120 58 120 S8 100 6 70 C4 42 24 18 58 16z", "#d63a4a")
        + path("M76 19 C100 28 112 48 110 70 C108 100 86 120 62 120 C92 104 98 54 76 19z", "#a8263a")
        + path("M16 62 C18 44 32 32 46 28 C32 40 26 52 26 74z", "#ffffff", SHINE)
        + circle(91, 91, 34, "#b2263a")
        + circle(91, 91, 30, "#fbe6c8")
        + seeds
    )


def _beet() -> str:
    return (
        path("M60 48 C40 38 24 26 26 4 C46 6 60 22 63 44z M68 48 C88 38 104 26 102 4 C82 6 68 22 65 44z", "#5d9a3d")
        + path("M64 46 C52 30 54 12 64 2 C74 12 76 30 64 46z", "#7cb84a")
        + stroke("M32 10 C44 18 56 30 62 46 M96 10 C84 18 72 30 66 46 M64 8 V48", "#c2264a", 3)
        + path(
            "M64 44 C98 44 112 60 108 80 C104 98 80 106 70 114 C67 117 66 122 64 127 C62 122 61 117 58 114 C48 "
            "106 24 98 20 80 C16 60 30 44 64 44z",
            "#8c1f4a",
        )
        + path(
            "M80 46 C104 50 111 64 108 80 C104 98 80 106 70 114 L64 127 C64 116 68 110 76 102 C94 86 96 62 80 46z",
            "#661236",
        )
        + path("M30 72 C32 60 42 54 54 52 C46 60 40 68 40 82z", "#ffffff", SHINE)
        + stroke("M40 96 q10 4 20 2 M70 102 q10 -2 16 -8", "#661236", 2)
    )


DRAWN: dict[str, Callable[[], str]] = {
    "artichoke": _artichoke,
    "asparagus": _asparagus,
    "beet": _beet,
    "cauliflower": _cauliflower,
    "dragon-fruit": _dragon_fruit,
    "fig": _fig,
    "papaya": _papaya,
    "pomegranate": _pomegranate,
    "pumpkin": _pumpkin,
    "radish": _radish,
    "raspberry": _raspberry,
    "walnut": _walnut,
}

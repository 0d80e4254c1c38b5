"""Clothes, hats and cases."""

from collections.abc import Callable

from easel_sketch.drawing.ink import circle, moved, oval, path, polygon, rect, stroke
from easel_sketch.drawing.motifs.tones import BRASS, SHINE, STEEL, mirrored

_TOP = "M40 14 C28 18 20 24 16 36 L2 100 l20 8 L34 66 V122 H94 V66 L106 108 l20 -8 L112 36 C108 24 100 18 88 14z"
_TOP_SHADE = "M88 14 C100 18 108 24 112 36 L126 100 l-20 8 L94 66 V122 H76 C86 90 86 50 82 14z"
_TOP_SHINE = "M30 24 C24 30 22 36 20 44 L10 92 l6 3 L28 48z"


def _top(base: str, shade: str) -> str:
    return path(_TOP, base) + path(_TOP_SHADE, shade) + path(_TOP_SHINE, "#ffffff", 'opacity=".22"')


def _sweater() -> str:
    return (
        _top("#3f8f78", "#2d6f5c")
        + path("M44 12 C50 24 78 24 84 12 L80 8 H48z", "#2d6f5c")
        + path("M47 10 C54 18 74 18 81 10z", "#1f4f42")
        + rect(34, 113, 60, 11, "#2d6f5c", 2)
        + mirrored(polygon(((2, 100), (22, 108), (20, 116), (0, 107)), "#2d6f5c"))
        + path("M34 50 H94 v20 H34z", "#f5ead2")
        + stroke("M36 67 l7 -14 7 14 7 -14 7 14 7 -14 7 14 7 -14 7 14", "#d65745", 3)
        + stroke("M34 76 H94", "#f2b33d", 3)
    )


def _skirt() -> str:
    return (
        path("M40 18 H88 L120 116 C100 126 28 126 8 116z", "#d6457f")
        + path("M76 18 H88 L120 116 C110 121 98 123 86 123z", "#a8315f")
        + path("M46 28 L34 121 h14 L56 28z M70 28 L74 123 h14 L78 28z", "#a8315f", 'opacity=".55"')
        + path("M40 30 L18 118 l6 2 L44 32z", "#ffffff", 'opacity=".28"')
        + rect(37, 8, 54, 14, "#8c2550", 3)
        + rect(58, 8, 12, 14, BRASS[1], 2)
        + rect(61, 11, 6, 8, "#8c2550", 1)
    )


def _waistcoat() -> str:
    side = path("M34 4 C40 26 52 48 64 58 V124 L50 112 L40 124 C28 122 20 118 16 112 C26 78 26 50 20 18z", "#5b6b8c")
    return (
        path("M34 4 H94 L64 60z", "#f5f5f5")
        + path("M34 4 C46 12 82 12 94 4 L88 26 H40z", "#3a4560")
        + side
        + path(
            "M94 4 C88 26 76 48 64 58 V124 L78 112 L88 124 C100 122 108 118 112 112 C102 78 102 50 108 18z", "#43506d"
        )
        + path("M34 4 C40 26 52 48 64 58 l0 8 C46 54 32 32 26 12z", "#78889f")
        + path("M94 4 C88 26 76 48 64 58 l0 8 C82 54 96 32 102 12z", "#5b6b8c")
        + "".join(circle(64, y, 3, BRASS[1]) for y in (72, 86, 100))
        + stroke("M32 86 l18 4 M96 86 l-18 4", "#2b3348", 3)
    )


def _bow_tie() -> str:
    wing = path("M58 56 C44 30 20 26 6 34 C0 52 0 80 6 98 C22 104 46 98 58 74z", "#c62f3f")
    return moved(
        0,
        23,
        mirrored(wing)
        + path("M70 56 C84 30 108 26 122 34 C128 52 128 80 122 98 C106 104 82 98 70 74z", "#000000", 'opacity=".14"')
        + path("M10 40 C24 34 42 40 52 56 C38 48 22 46 12 54z", "#ffffff", SHINE)
        + mirrored(path("M56 62 L24 54 C36 60 36 72 24 78 L56 70z", "#8c1c2a"))
        + rect(51, 46, 26, 38, "#a3222f", 9)
        + rect(55, 49, 7, 32, "#e0606c", 3.5),
    )


def _cowboy_hat() -> str:
    return moved(
        0,
        12,
        path("M30 84 C28 46 34 18 50 22 C58 24 60 28 64 28 C68 28 70 24 78 22 C94 18 100 46 98 84z", "#a9713c")
        + path("M78 22 C94 18 100 46 98 84 H80 C86 60 86 36 78 22z", "#8a5a2c")
        + path("M38 78 C36 50 40 32 48 28 C44 42 44 60 46 80z", "#ffffff", 'opacity=".25"')
        + path("M29 70 C50 78 78 78 99 70 l0 16 H29z", "#5d3a1a")
        + path(
            "M2 62 C2 52 12 58 22 74 C40 92 88 92 106 74 C116 58 126 52 126 62 C126 92 96 112 64 112 S2 92 2 62z",
            "#c48a4f",
        )
        + path("M2 62 C4 88 36 102 64 102 S124 88 126 62 C126 92 96 112 64 112 S2 92 2 62z", "#8a5a2c")
        + path("M58 73 h12 v10 H58z", BRASS[1]),
    )


def _beanie() -> str:
    return (
        circle(64, 18, 16, "#f5ead2")
        + path("M50 12 C54 4 62 2 70 4 C60 8 54 14 54 24z", "#ffffff")
        + path("M12 96 C10 52 34 26 64 26 S118 52 116 96z", "#d65745")
        + path("M78 28 C102 34 118 60 116 96 H88 C94 70 90 46 78 28z", "#b0402f")
        + path("M22 84 C22 58 36 40 54 34 C42 48 36 66 36 86z", "#ffffff", 'opacity=".25"')
        + stroke("M14 74 l8 -12 9 12 9 -12 9 12 9 -12 9 12 9 -12 9 12 9 -12 9 12 9 -12 5 10", "#f5ead2", 4)
        + rect(6, 88, 116, 36, "#f2b33d", 10)
        + "".join(rect(x, 92, 5, 28, "#cf8f1e", 2.5) for x in range(14, 120, 11))
    )


def _turban() -> str:
    lower = "M10 88 C0 44 28 10 64 10 S128 44 118 88 C112 104 102 112 92 116 C90 92 38 92 36 116 C26 112 16 104 10 88z"
    return (
        path("M36 116 C34 90 94 90 92 116 C80 124 48 124 36 116z", "#8a4a12")
        + path(lower, "#e58a2c")
        + path(
            "M64 10 C100 10 128 44 118 88 C112 104 102 112 92 116 C91 104 84 98 76 96 C100 76 100 36 64 10z", "#c46f1b"
        )
        + path("M14 56 C24 26 44 12 64 10 C62 34 44 58 12 78 C11 70 12 62 14 56z", "#ffb35c")
        + path("M9 84 C40 74 66 44 64 10 C78 40 66 84 24 109 C16 104 11 94 9 84z", "#f5a14a")
        + path("M119 84 C88 74 62 44 64 10 C50 40 62 84 104 109 C112 104 117 94 119 84z", "#e8923a")
        + stroke("M12 72 C40 62 62 38 64 12 M116 72 C88 62 66 38 64 12", "#b35f12", 2)
        + stroke("M22 108 C64 86 76 40 64 12 M106 108 C64 86 52 40 64 12", "#b35f12", 2)
        + path("M64 30 C52 16 56 2 64 1 C72 2 76 16 64 30z", "#3f9fd0")
        + circle(64, 38, 10, BRASS[1])
        + circle(64, 38, 6.5, "#c62f3f")
        + circle(62, 36, 2, "#ffffff")
    )


def _suit() -> str:
    return (
        path(_TOP, "#37414f")
        + path(_TOP_SHADE, "#262e39")
        + path("M44 12 L64 78 L84 12z", "#fafafa")
        + path("M44 12 L64 28 L54 40z M84 12 L64 28 L74 40z", STEEL[1])
        + path("M40 14 L30 40 l10 4 -6 8 L64 84 V70z", "#4a5666")
        + path("M88 14 L98 40 l-10 4 6 8 L64 84 V70z", "#37414f")
        + path("M64 32 L46 22 v20z M64 32 L82 22 v20z", "#111418")
        + circle(64, 32, 5, "#30353c")
        + circle(64, 54, 2, "#111418")
        + circle(64, 94, 3, "#111418")
        + circle(64, 108, 3, "#111418")
        + path("M76 60 l14 -3 -1 6 -12 2z", "#d63a34")
    )


def _hoodie() -> str:
    return (
        path("M36 30 C28 -6 100 -6 92 30 L64 46z", "#5f7fb8")
        + path("M44 28 C42 6 86 6 84 28 L64 42z", "#2e4370")
        + _top("#7f9fd8", "#5f7fb8")
        + path("M40 14 C46 36 82 36 88 14 C94 20 94 30 90 36 C78 48 50 48 38 36 C34 30 34 20 40 14z", "#5f7fb8")
        + stroke("M54 42 V66 M74 42 V66", "#fafafa", 3)
        + path("M46 82 H82 L90 112 H38z", "#5f7fb8")
        + rect(34, 114, 60, 10, "#48639a", 2)
        + mirrored(polygon(((2, 100), (22, 108), (20, 116), (0, 107)), "#48639a"))
    )


def _leather_jacket() -> str:
    return (
        path(_TOP, "#3a3230")
        + path(_TOP_SHADE, "#262020")
        + path(_TOP_SHINE, "#ffffff", 'opacity=".2"')
        + path("M46 12 H82 L70 58 L62 60z", "#f5f5f5")
        + path("M44 10 L30 26 L44 40 L34 46 L60 74 L64 30z", "#544846")
        + path("M84 10 L98 26 L84 40 L94 46 L70 74 L62 62 L66 30z", "#463b39")
        + stroke("M64 72 V114", STEEL[2], 2.5)
        + stroke("M40 84 L54 92 M78 92 L90 84", STEEL[2], 2.5)
        + rect(32, 112, 64, 12, "#262020", 2)
        + rect(56, 113, 16, 10, STEEL[2], 2)
        + rect(60, 115, 8, 6, "#262020", 1)
    )


def _raincoat() -> str:
    return (
        path("M38 34 C28 -8 100 -8 90 34z", "#e0a80f")
        + path("M46 34 C42 6 86 6 82 34z", "#8a6608")
        + path(
            "M40 26 C28 30 22 36 18 46 L4 96 l18 7 L32 76 L24 122 H104 L96 76 L106 103 l18 -7 L110 46 C106 36 "
            "100 30 88 26 C78 36 50 36 40 26z",
            "#ffd02e",
        )
        + path("M88 26 C100 30 106 36 110 46 L124 96 l-18 7 L96 76 L104 122 H80 C90 90 90 56 84 30z", "#e0a80f")
        + path("M30 36 C26 42 24 46 22 52 L12 90 l5 2 L30 58z", "#ffffff", 'opacity=".5"')
        + stroke("M64 36 V120", "#c48f05", 2.5)
        + "".join(circle(71, y, 3.5, "#8a6608") for y in (50, 68, 86, 104))
        + path("M34 90 h18 v6 H33z M78 90 h16 l1 6 H78z", "#c48f05")
    )


def _apron() -> str:
    return (
        path("M46 26 C40 -4 88 -4 82 26", "none", f'stroke="{STEEL[3]}" stroke-width="5"')
        + stroke("M24 72 L4 88 M104 72 L124 88", STEEL[3], 5)
        + path(
            "M44 24 H84 C84 46 92 60 106 66 V112 C106 120 100 124 92 124 H36 C28 124 22 120 22 112 V66 C36 60 "
            "44 46 44 24z",
            "#e0534a",
        )
        + path("M76 24 H84 C84 46 92 60 106 66 V112 C106 120 100 124 92 124 H80 C90 94 88 54 76 24z", "#b83c34")
        + path("M50 30 h5 c0 24 -8 36 -24 42 v34 h-4 V70 C42 64 50 50 50 30z", "#ffffff", 'opacity=".28"')
        + path("M42 82 H86 V98 C86 108 78 112 64 112 S42 108 42 98z", "#fff3df")
        + rect(42, 82, 44, 6, "#f2b33d", 1)
    )


def _cape() -> str:
    return (
        path("M40 10 C30 40 14 90 4 118 C24 112 40 128 64 120 C88 128 104 112 124 118 C114 90 98 40 88 10z", "#c62f3f")
        + path("M76 14 C90 50 100 90 104 116 C110 116 118 116 124 118 C114 90 98 40 88 10z", "#931c2b")
        + path("M54 16 C46 52 40 90 38 119 C46 121 54 123 64 120 C62 84 62 50 66 16z", "#931c2b", 'opacity=".6"')
        + path("M40 24 C32 56 22 90 14 112 l8 -1 C30 84 38 54 44 24z", "#ffffff", 'opacity=".22"')
        + path("M36 4 C46 20 82 20 92 4 L96 20 C82 32 46 32 32 20z", "#e8505f")
        + circle(52, 22, 6, BRASS[1])
        + circle(76, 22, 6, BRASS[1])
        + stroke("M52 22 C58 30 70 30 76 22", BRASS[2], 3)
    )


def _mittens() -> str:
    mitten = (
        path("M14 100 V50 C14 20 52 18 54 48 V64 C60 52 72 56 68 68 L54 100z", "#d65745")
        + path("M46 30 C52 36 54 42 54 48 V64 C60 52 72 56 68 68 L54 100 H42 C48 76 50 52 46 30z", "#b0402f")
        + path("M20 92 V52 C20 42 24 36 30 32 C26 44 26 64 27 92z", "#ffffff", 'opacity=".28"')
        + path("M34 50 l4 8 8 1 -6 6 2 8 -8 -4 -8 4 2 -8 -6 -6 8 -1z", "#ffffff")
        + rect(9, 96, 50, 26, "#f5ead2", 6)
        + "".join(rect(x, 99, 4, 20, "#dccba6", 2) for x in (15, 25, 35, 45))
    )
    return (
        f'<g transform="translate(2 2) rotate(-4 34 70)">{mitten}</g>'
        f'<g transform="translate(126 2) scale(-1 1) rotate(-4 34 70)">{mitten}</g>'
    )


def _sun_hat() -> str:
    return (
        oval(64, 92, 62, 26, "#d9a94e")
        + oval(64, 88, 62, 26, "#f2cf83")
        + path("M28 88 C24 44 40 26 64 26 S104 44 100 88 C84 98 44 98 28 88z", "#f7dba0")
        + path("M74 28 C94 34 102 54 100 88 C94 92 86 94 78 95 C86 72 84 48 74 28z", "#dcb564")
        + path("M28 76 C48 86 80 86 100 76 l0 12 C84 98 44 98 28 88z", "#d6457f")
        + path("M36 66 C38 48 44 38 54 33 C48 44 46 56 46 70z", "#ffffff", 'opacity=".5"')
        + path("M92 82 l18 -6 -4 14 8 12 -20 -8z", "#b8315f")
    )


DRAWN: dict[str, Callable[[], str]] = {
    "apron": _apron,
    "beanie": _beanie,
    "bow-tie": _bow_tie,
    "cape": _cape,
    "cowboy-hat": _cowboy_hat,
    "hoodie": _hoodie,
    "leather-jacket": _leather_jacket,
    "mittens": _mittens,
    "raincoat": _raincoat,
    "skirt": _skirt,
    "sun-hat": _sun_hat,
    "suit": _suit,
    "sweater": _sweater,
    "turban": _turban,
    "waistcoat": _waistcoat,
}

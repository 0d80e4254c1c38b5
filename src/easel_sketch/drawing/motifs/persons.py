"""People known by what they wear, as whole figures."""

from collections.abc import Callable

from easel_sketch.drawing.ink import circle, oval, path, polygon, rect, stroke
from easel_sketch.drawing.motifs.tones import BRASS, STEEL, WOOD, eye, mirrored

_SKIN, _BLUSH = "#f6cfa8", "#ee9a80"


def _face(skin: str = _SKIN) -> str:
    return (
        circle(64, 38, 22, skin)
        + eye(56, 38, 3)
        + eye(72, 38, 3)
        + mirrored(circle(50, 45, 3.4, _BLUSH, 'opacity=".6"'))
        + stroke("M59 48 q5 4 10 0", "#a8503c", 2)
    )


def _body(top: str, shade: str, legs: str, shoes: str) -> str:
    """Legs, arms and trunk of a figure from the front, below its head."""
    return (
        mirrored(path("M48 90 H63 V118 H48z", legs) + path("M44 116 H63 V124 H42 C42 119 43 116 44 116z", shoes))
        + mirrored(path("M44 62 C34 66 28 78 26 90 l9 3 C38 84 42 78 48 74z", shade) + circle(30, 93, 6, _SKIN))
        + path("M44 60 C54 56 74 56 84 60 L86 96 H42z", top)
        + path("M76 58 L84 60 L86 96 H74z", shade)
    )


def _knight() -> str:
    return (
        rect(97, 8, 6, 84, STEEL[1])
        + polygon(((97, 8), (103, 8), (100, 0)), STEEL[0])
        + rect(90, 86, 20, 5, BRASS[2], 2)
        + rect(97, 90, 6, 12, WOOD[3], 2)
        + _body(STEEL[2], STEEL[3], STEEL[3], STEEL[4])
        + path("M48 62 H80 V98 L64 104 L48 98z", "#d63a34")
        + path("M60 66 h8 v12 h9 v7 h-9 v14 h-8 V85 h-9 v-7 h9z", "#ffffff")
        + circle(98, 93, 7, STEEL[4])
        + path("M64 6 C50 -4 36 2 30 14 C42 10 54 12 64 16z", "#d63a34")
        + path("M40 40 C38 18 50 10 64 10 S90 18 88 40 V56 C80 62 48 62 40 56z", STEEL[2])
        + path("M74 12 C84 16 89 26 88 40 V56 C84 60 76 61 68 61 C78 46 80 28 74 12z", STEEL[3])
        + path("M42 34 H86 V42 H42z", "#23282d")
        + rect(62, 12, 4, 48, STEEL[4], 1)
        + "".join(circle(x, y, 1.6, STEEL[5]) for x in (52, 57, 71, 76) for y in (49, 54))
        + path("M8 64 C18 64 26 62 30 58 C34 62 42 64 48 64 C48 88 42 102 28 110 C14 102 8 88 8 64z", BRASS[2])
        + path("M12 68 C20 68 26 66 30 62 C30 80 30 96 28 105 C17 98 12 86 12 68z", "#d63a34")
        + path("M44 68 C38 68 33 66 30 62 C30 80 30 96 28 105 C39 98 44 86 44 68z", "#fafafa")
    )


def _witch() -> str:
    return (
        stroke("M104 26 V112", WOOD[2], 5)
        + path("M98 88 H110 L118 124 H90z", "#e0b050")
        + stroke("M98 98 l-4 24 M104 98 v24 M110 98 l4 24", "#b08428", 2)
        + path("M44 58 C54 54 74 54 84 58 L100 118 H28z", "#3b2a5c")
        + path("M76 56 L84 58 L100 118 H80z", "#2a1d45")
        + mirrored(path("M46 60 C36 66 28 76 24 88 l12 4 C40 84 44 78 50 74z", "#3b2a5c"))
        + circle(29, 92, 6, _SKIN)
        + circle(102, 86, 6, _SKIN)
        + path("M86 64 C94 70 100 78 104 84 l-6 6 C92 84 86 78 80 74z", "#3b2a5c")
        + rect(38, 86, 52, 6, "#f28a22")
        + rect(58, 84, 12, 10, BRASS[1], 2)
        + mirrored(path("M44 116 H62 V124 H40z", "#17191c"))
        + path("M40 30 C34 50 36 66 40 74 L50 70 L48 34z M88 30 C94 50 92 66 88 74 L78 70 L80 34z", "#d9652a")
        + _face()
        + path("M42 34 C50 24 78 24 86 34 C80 26 48 26 42 34z", "#d9652a")
        + oval(64, 25, 40, 8, "#2a1d45")
        + path("M42 22 C50 12 54 2 74 -1 C70 6 76 14 86 22 C76 28 52 28 42 22z", "#3b2a5c")
        + path("M42 22 C52 27 76 27 86 22 l-3 -4 C74 22 54 22 46 18z", "#f28a22")
    )


def _pirate() -> str:
    return (
        _body("#fafafa", "#d8dde0", "#5d4037", "#23262b")
        + stroke("M46 66 H82 M45 74 H83 M45 82 H84", "#c0392b", 4)
        + path("M44 60 L38 102 H52 L54 60z M84 60 L90 102 H76 L74 60z", "#1f3f6a")
        + rect(42, 90, 44, 7, "#23262b", 2)
        + rect(58, 89, 12, 9, BRASS[1], 2)
        + path("M100 92 C112 76 114 60 108 46 L118 40 C124 62 118 82 106 98z", STEEL[2])
        + stroke("M94 96 L106 94", BRASS[2], 5)
        + _face()
        + path("M48 50 C52 64 76 64 80 50 C82 62 74 70 64 70 S46 62 48 50z", "#4a2c1a")
        + circle(72, 38, 6.5, "#17191c")
        + stroke("M44 28 L86 42", "#17191c", 2.4)
        + path("M28 24 C40 8 52 4 64 3 C76 4 88 8 100 24 C88 30 76 27 64 27 S40 30 28 24z", "#23262b")
        + path("M28 24 C40 16 88 16 100 24 l-2 3 C88 20 40 20 30 27z", BRASS[1])
        + circle(64, 12, 4.5, "#fafafa")
        + stroke("M57 19 L71 15 M57 15 L71 19", "#fafafa", 1.8)
    )


def _viking() -> str:
    return (
        stroke("M104 50 V118", WOOD[2], 5)
        + path("M104 44 C116 40 124 48 124 60 C118 70 112 70 104 66z", STEEL[2])
        + _body("#8a5a34", "#6d4424", "#4a5568", "#3a2a1c")
        + path("M40 58 C54 66 74 66 88 58 C92 66 90 72 84 74 C74 70 54 70 44 74 C38 72 36 66 40 58z", "#b9a58a")
        + rect(42, 88, 44, 7, "#3a2a1c", 2)
        + rect(58, 87, 12, 9, BRASS[1], 2)
        + circle(100, 92, 6, _SKIN)
        + circle(24, 90, 21, WOOD[3])
        + circle(24, 90, 17, "#c0392b")
        + path("M24 73 A17 17 0 0 1 41 90 H24z M24 107 A17 17 0 0 1 7 90 H24z", "#f2d24e")
        + circle(24, 90, 5, STEEL[3])
        + _face()
        + path("M44 42 C44 66 54 80 64 84 C74 80 84 66 84 42 C80 52 74 50 64 50 S48 52 44 42z", "#d9782a")
        + stroke("M58 55 q6 4 12 0", "#8a3f1c", 2.4)
        + mirrored(path("M44 22 C32 20 26 10 28 0 C34 8 42 12 48 14z", "#f5ead2"))
        + path("M41 30 C40 10 52 5 64 5 S88 10 87 30z", STEEL[3])
        + path("M76 8 C84 12 88 20 87 30 H78 C80 22 80 14 76 8z", STEEL[4])
        + rect(39, 26, 50, 7, BRASS[2], 2)
        + rect(61, 5, 6, 24, BRASS[2], 1)
    )


def _samurai() -> str:
    return (
        stroke("M18 118 L40 78", WOOD[3], 5)
        + path("M102 4 C112 30 112 60 104 90 L98 88 C104 60 104 32 98 6z", STEEL[1])
        + rect(92, 86, 18, 5, BRASS[2], 2, 'transform="rotate(10 101 88)"')
        + _body("#8c1f1a", "#6b1612", "#2b2f36", "#17191c")
        + path("M40 90 H88 L94 112 H34z", "#2b2f36")
        + "".join(rect(42, y, 44, 5, "#c0392b") for y in (64, 73, 82))
        + mirrored(
            path("M26 60 C32 54 42 56 48 62 L40 82 L22 78z", "#2b2f36")
            + stroke("M26 66 L44 69 M24 72 L42 76", "#c0392b", 2.5)
        )
        + circle(98, 93, 6, _SKIN)
        + rect(42, 88, 44, 6, BRASS[2])
        + _face()
        + path("M46 50 C50 62 78 62 82 50 C80 60 72 64 64 64 S48 60 46 50z", "#2b2320")
        + path("M34 40 C32 30 38 26 42 24 L46 44z M94 40 C96 30 90 26 86 24 L82 44z", "#8c1f1a")
        + path("M38 32 C38 12 50 6 64 6 S90 12 90 32 C82 24 46 24 38 32z", "#2b2f36")
        + path("M76 9 C86 13 90 22 90 32 C86 28 82 26 78 25z", "#17191c")
        + path(
            "M44 6 C40 -2 40 -2 36 -1 C38 12 50 18 64 20 C78 18 90 12 92 -1 C88 -2 88 -2 84 6 C78 12 70 14 64 "
            "14 S50 12 44 6z",
            BRASS[1],
        )
        + circle(64, 16, 5, "#c0392b")
    )


def _cowboy() -> str:
    return (
        path("M96 88 C120 70 124 104 106 104 C92 104 92 84 110 84", "none", 'stroke="#b08a4a" stroke-width="3"')
        + _body("#c0503a", "#9c3c2a", "#3f5f94", "#5d3a1a")
        + path("M44 60 L40 96 H54 L56 60z M84 60 L88 96 H74 L72 60z", "#8a5a2c")
        + path("M50 58 C58 68 70 68 78 58 L70 74 L64 68 L58 74z", "#d63a34")
        + rect(42, 90, 44, 7, "#5d3a1a", 2)
        + rect(57, 88, 14, 11, BRASS[1], 3)
        + _face()
        + path("M54 46 C58 42 62 44 64 46 C66 44 70 42 74 46 C72 50 66 50 64 48 C62 50 56 50 54 46z", "#6d4424")
        + path(
            "M16 18 C20 28 44 32 64 32 S108 28 112 18 C110 10 104 14 96 20 C80 26 48 26 32 20 C24 14 18 10 16 18z",
            "#a9713c",
        )
        + path(
            "M42 24 C42 4 46 -2 54 1 C58 4 62 5 64 5 C66 5 70 4 74 1 C82 -2 86 4 86 24 C78 28 50 28 42 24z", "#c48a4f"
        )
        + path("M42 19 C50 24 78 24 86 19 v6 C78 29 50 29 42 25z", "#5d3a1a")
    )


def _wizard() -> str:
    star = "M0 -5 L1.500 -1.500 5 -1.500 2 1 3.500 5 0 2.500 -3.500 5 -2 1 -5 -1.500 -1.500 -1.500z"
    stars = "".join(
        path(star, BRASS[1], f'transform="translate({x} {y})"')
        for x, y in ((46, 98), (78, 104), (58, 114), (62, 14), (70, 7))
    )
    return (
        stroke("M104 34 V122", WOOD[2], 5)
        + circle(104, 26, 11, "#5fb8e8")
        + circle(100, 22, 3.5, "#ffffff", 'opacity=".8"')
        + path("M96 32 C98 40 110 40 112 32", "none", f'stroke="{WOOD[3]}" stroke-width="4"')
        + path("M44 58 C54 54 74 54 84 58 L102 124 H26z", "#3a5fb0")
        + path("M76 56 L84 58 L102 124 H82z", "#2a468a")
        + mirrored(path("M46 60 C36 66 26 78 20 90 l14 6 C40 86 44 80 50 76z", "#3a5fb0"))
        + circle(28, 94, 6, _SKIN)
        + circle(103, 84, 6, _SKIN)
        + path("M84 62 C94 68 100 76 106 82 l-8 8 C90 84 86 78 80 74z", "#3a5fb0")
        + _face()
        + path("M42 40 C42 70 52 94 64 104 C76 94 86 70 86 40 C82 52 74 50 64 50 S46 52 42 40z", "#f5f5f5")
        + path("M76 50 C84 50 84 46 86 40 C86 70 76 94 64 104 C74 86 78 68 76 50z", "#d8dde0")
        + stroke("M58 54 q6 4 12 0", "#a8503c", 2.4)
        + oval(64, 26, 36, 7, "#2a468a")
        + path("M40 24 C50 14 54 0 68 -2 C74 4 80 14 88 24 C78 29 50 29 40 24z", "#3a5fb0")
        + stars
    )


DRAWN: dict[str, Callable[[], str]] = {
    "cowboy": _cowboy,
    "knight": _knight,
    "pirate": _pirate,
    "samurai": _samurai,
    "viking": _viking,
    "witch": _witch,
    "wizard": _wizard,
}

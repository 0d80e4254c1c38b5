"""More animals: spotted, striped, feathered and of the sea."""

from collections.abc import Callable

from easel_sketch.drawing.ink import circle, oval, path, rect, stroke
from easel_sketch.drawing.motifs.tones import DARK, eye, mirrored


def _puffin() -> str:
    return (
        mirrored(path("M44 116 C36 116 32 124 34 124 H60 C60 118 54 116 50 116z", "#f28a22"))
        + path("M40 34 C24 60 24 100 44 118 H84 C104 100 104 60 88 34z", "#2b2f36")
        + path("M46 60 C36 80 40 104 50 118 H78 C88 104 92 80 82 60z", "#fafafa")
        + path(
            "M36 56 C22 72 20 92 28 106 C38 98 42 76 40 60z M92 56 C106 72 108 92 100 106 C90 98 86 76 88 60z",
            "#17191d",
        )
        + path("M34 38 C34 14 48 3 64 3 S94 14 94 38 C94 54 80 62 64 62 S34 54 34 38z", "#2b2f36")
        + mirrored(path("M40 36 C40 24 52 20 58 28 C62 36 58 52 50 54 C42 52 40 44 40 36z", "#fafafa"))
        + eye(50, 34, 4)
        + eye(78, 34, 4)
        + mirrored(stroke("M45 28 L50 25", "#f28a22", 2.4))
        + path("M52 38 C52 30 76 30 76 38 C76 50 70 60 64 64 C58 60 52 50 52 38z", "#f28a22")
        + path("M52 38 C52 30 76 30 76 38 C70 41 58 41 52 38z", "#4a6f9c")
        + path("M53 44 C60 47 68 47 75 44 l-1 4 C68 50 60 50 54 48z", "#ffd54f")
    )


def _lynx() -> str:
    return (
        path("M96 96 C108 92 114 84 110 76", "none", f'stroke="{DARK}" stroke-width="10" stroke-linecap="round"')
        + path("M34 74 C24 96 26 116 34 124 H94 C102 114 104 94 92 74z", "#c99a62")
        + path("M48 78 C44 96 46 112 50 124 H78 C82 112 84 96 80 78z", "#f7ead6")
        + mirrored(path("M42 96 C40 108 40 118 38 124 H60 C62 112 60 102 56 96z", "#c99a62"))
        + "".join(
            oval(x, y, 2.6, 3.6, "#7d5a30") for x, y in ((36, 88), (34, 102), (92, 88), (96, 102), (44, 108), (84, 108))
        )
        + mirrored(
            path("M28 40 C20 24 18 12 18 2 C32 8 44 18 50 28z", "#c99a62")
            + path("M18 2 L14 -2 L26 12 L22 16z", DARK)
            + path("M30 32 C26 22 25 16 25 12 C34 17 40 22 43 27z", "#f0cdb0")
        )
        + path(
            "M20 54 C20 30 38 20 64 20 S108 30 108 54 C108 62 116 66 118 74 C108 74 104 84 92 86 C84 88 74 88 "
            "64 88 S44 88 36 86 C24 84 20 74 10 74 C12 66 20 62 20 54z",
            "#d9ad74",
        )
        + mirrored(path("M10 74 C22 66 34 66 44 66 L64 66 V88 C44 88 40 88 36 86 C24 84 20 74 10 74z", "#f7ead6"))
        + mirrored(stroke("M24 62 L36 66 M26 72 L36 73", "#7d5a30", 2.4) + oval(46, 42, 7, 4, "#f7ead6"))
        + stroke("M64 22 V34 M54 24 L56 34 M74 24 L72 34", "#7d5a30", 3)
        + mirrored(oval(46, 52, 6.5, 5.5, "#e8c43f"))
        + eye(46, 52, 3.4)
        + eye(82, 52, 3.4)
        + path("M56 64 C56 60 72 60 72 64 C72 69 67 71 64 72 C61 71 56 69 56 64z", "#c2705c")
        + stroke("M64 72 V76 M54 77 C58 81 64 79 64 76 C64 79 70 81 74 77", DARK, 2)
    )


def _pug() -> str:
    return (
        path(
            "M94 84 C108 86 112 74 104 68 C98 66 94 74 100 78",
            "none",
            'stroke="#c9a472" stroke-width="9" stroke-linecap="round"',
        )
        + path("M34 72 C26 94 26 114 34 124 H94 C102 114 102 94 94 72z", "#e6c796")
        + path("M82 72 H94 C102 94 102 114 94 124 H84 C92 106 90 88 82 72z", "#c9a472")
        + mirrored(
            path("M42 92 C40 106 42 116 38 124 H60 C62 112 60 102 56 92z", "#efd6ac")
            + stroke("M45 120 v4 M52 120 v4", "#c9a472", 1.6)
        )
        + path("M40 82 C50 92 78 92 88 82 l2 8 C78 100 50 100 38 90z", "#d63a34")
        + circle(64, 98, 5, "#ffca28")
        + path("M18 48 C18 22 38 8 64 8 S110 22 110 48 C110 74 90 88 64 88 S18 74 18 48z", "#efd6ac")
        + mirrored(path("M26 22 C10 22 4 40 12 56 C22 54 32 42 38 24 C34 20 30 20 26 22z", "#3a302c"))
        + stroke("M52 22 C58 26 70 26 76 22 M56 14 C60 17 68 17 72 14", "#c9a472", 3)
        + path("M36 62 C36 46 50 42 64 42 S92 46 92 62 C92 78 80 86 64 86 S36 78 36 62z", "#3a302c")
        + mirrored(circle(42, 44, 10, "#3a302c") + circle(42, 44, 7, "#17110f") + circle(40, 41, 2.6, "#ffffff"))
        + path("M55 54 C55 48 73 48 73 54 C73 60 67 62 64 63 C61 62 55 60 55 54z", "#17110f")
        + stroke("M64 63 V68 M50 72 C54 76 64 74 64 68 C64 74 74 76 78 72", "#0f0b0a", 2.4)
        + path("M59 74 H69 C70 82 67 84 64 84 S58 82 59 74z", "#f07f8a")
    )


def _dalmatian() -> str:
    spots = (
        (40, 70, 5),
        (56, 66, 4),
        (74, 74, 6),
        (92, 68, 5),
        (102, 80, 4),
        (62, 86, 4),
        (84, 92, 4),
        (46, 92, 4),
        (50, 108, 3),
        (100, 106, 3.5),
        (36, 28, 4),
        (18, 40, 2.6),
        (48, 20, 3),
    )
    return (
        path("M112 68 C124 60 126 44 120 34", "none", 'stroke="#f5f5f3" stroke-width="7" stroke-linecap="round"')
        + rect(52, 92, 11, 32, "#d8dada", 4)
        + rect(92, 92, 11, 32, "#d8dada", 4)
        + path("M36 62 C52 54 98 54 112 64 C118 80 114 96 104 100 H54 C40 98 32 80 36 62z", "#fafaf8")
        + path("M113 66 C118 80 114 96 104 100 H54 C48 99 43 95 40 90 C66 98 104 92 113 66z", "#dfe2e2")
        + rect(40, 90, 12, 34, "#fafaf8", 4)
        + rect(102, 88, 12, 36, "#fafaf8", 4)
        + path("M30 40 C32 58 36 72 46 82 L60 72 C58 58 58 46 54 36z", "#fafaf8")
        + path("M36 74 l20 -10 3 6 -19 11z", "#d63a34")
        + path(
            "M34 12 C52 8 62 20 60 36 C56 52 40 54 28 52 C16 54 4 54 3 46 C3 38 8 36 14 34 C18 20 24 14 34 12z",
            "#fafaf8",
        )
        + path("M3 46 C10 48 24 46 32 46 C34 50 32 52 28 52 C16 54 4 54 3 46z", "#dfe2e2")
        + path("M44 14 C58 8 68 24 64 46 C58 56 50 48 48 34 C46 26 40 20 44 14z", DARK)
        + circle(5, 41, 4.6, DARK)
        + eye(28, 28, 3.8)
        + "".join(circle(x, y, r, DARK) for x, y, r in spots)
        + circle(44, 112, 2.6, DARK)
        + circle(108, 96, 3, DARK)
    )


def _lemur() -> str:
    tail = "M80 112 C112 116 122 90 108 70 C96 52 108 34 120 40"
    return (
        path(tail, "none", 'stroke="#f2f0ec" stroke-width="14" stroke-linecap="round"')
        + path(tail, "none", f'stroke="{DARK}" stroke-width="14" stroke-dasharray="9 9"')
        + path("M38 70 C26 92 28 114 36 124 H84 C92 112 92 90 80 70z", "#8f9499")
        + path("M46 76 C42 94 44 110 48 122 H70 C76 108 76 92 72 76z", "#f2f0ec")
        + path(
            "M40 78 C32 92 38 104 50 106 M78 78 C86 92 80 104 68 106",
            "none",
            'stroke="#767b80" stroke-width="8" stroke-linecap="round"',
        )
        + rect(36, 114, 20, 10, "#4a4e52", 5)
        + rect(64, 114, 20, 10, "#4a4e52", 5)
        + circle(30, 22, 14, "#f2f0ec")
        + circle(88, 22, 14, "#f2f0ec")
        + circle(30, 24, 8, "#5d6266")
        + circle(88, 24, 8, "#5d6266")
        + path("M22 46 C22 22 38 10 59 10 S96 22 96 46 C96 66 78 78 59 78 S22 66 22 46z", "#f2f0ec")
        + path("M30 24 C40 10 78 10 88 24 C74 22 70 30 59 30 S44 22 30 24z", "#6d7276")
        + oval(43, 44, 11, 12, DARK)
        + oval(75, 44, 11, 12, DARK)
        + circle(43, 44, 8, "#f28a22")
        + circle(75, 44, 8, "#f28a22")
        + eye(43, 44, 4.6)
        + eye(75, 44, 4.6)
        + path("M50 60 C50 52 68 52 68 60 C68 70 62 74 59 74 S50 70 50 60z", "#4a4e52")
        + stroke("M55 66 q4 3 8 0", "#f2f0ec", 1.8)
    )


def _chameleon() -> str:
    return (
        '<g transform="translate(0 8)">'
        + rect(0, 108, 128, 8, "#8a5a2c", 4)
        + path(
            "M92 78 C122 76 124 108 104 108 C90 106 92 90 102 92 C108 94 106 100 102 100",
            "none",
            'stroke="#5fa83a" stroke-width="9" stroke-linecap="round"',
        )
        + stroke("M54 88 L46 108 M76 90 L82 108", "#4a8a2c", 8)
        + path("M34 70 C44 40 76 34 96 56 C106 68 104 84 94 92 C76 102 48 98 36 86z", "#7cc447")
        + path("M100 64 C106 76 102 86 94 92 C76 102 48 98 36 86 C64 92 90 86 100 64z", "#5fa83a")
        + "".join(
            path(f"M{x} {y} l4 -8 4 7z", "#4a8a2c") for x, y in ((46, 48), (56, 42), (66, 40), (76, 42), (86, 48))
        )
        + path(
            "M50 56 C48 70 50 82 54 92 M66 48 C62 64 64 80 70 94 M82 50 C78 66 80 78 86 92",
            "none",
            'stroke="#ffd54f" stroke-width="4" opacity=".8"',
        )
        + stroke("M44 84 L34 104 M34 108 L36 100", "#5fa83a", 8)
        + path(
            "M6 70 C4 52 18 40 34 38 C36 28 44 24 52 24 C56 36 56 52 52 66 C48 82 34 90 22 86 C12 82 6 78 6 70z",
            "#7cc447",
        )
        + path("M6 72 C20 78 40 74 52 62 C48 82 34 90 22 86 C12 82 6 78 6 72z", "#a3db72")
        + stroke("M8 72 C18 77 30 76 38 72", "#3f7a24", 2.4)
        + circle(30, 54, 12, "#5fa83a")
        + circle(30, 54, 9, "#a3db72")
        + circle(28, 54, 6, "#ffd54f")
        + eye(27, 54, 3.8)
        + circle(10, 62, 1.8, "#3f7a24")
        + "</g>"
    )


def _axolotl() -> str:
    gill = stroke("M28 42 C14 34 8 28 4 14 M24 54 C10 46 4 44 0 42 M26 66 C12 58 6 66 2 74", "#d6456f", 7)
    return (
        '<g transform="translate(4 6) scale(.94 .95)">'
        + path("M84 92 C104 84 116 92 126 112 C108 118 94 116 84 110z", "#f7a8bd")
        + mirrored(gill)
        + path("M40 78 C30 96 34 114 46 120 H86 C98 112 100 92 88 78z", "#ffc4d2")
        + path("M52 88 C48 100 50 112 56 120 H74 C80 110 80 98 76 88z", "#ffe3ea")
        + mirrored(
            path("M44 92 C32 92 24 100 20 108 l6 4 6 -4 1 7 7 -2 C44 108 48 104 50 100z", "#ffb0c3")
            + path("M48 112 C40 112 34 118 34 124 H56 C58 118 54 114 52 112z", "#ffb0c3")
        )
        + path("M20 54 C20 32 40 22 64 22 S108 32 108 54 C108 74 90 84 64 84 S20 74 20 54z", "#ffc4d2")
        + path("M84 25 C100 30 108 40 108 54 C108 72 92 82 72 84 C96 70 98 44 84 25z", "#f7a8bd", 'opacity=".7"')
        + eye(42, 52, 4.6)
        + eye(86, 52, 4.6)
        + stroke("M50 62 C56 72 72 72 78 62", "#b83a60", 3)
        + circle(34, 62, 5, "#ff8fa8", 'opacity=".7"')
        + circle(94, 62, 5, "#ff8fa8", 'opacity=".7"')
        + "</g>"
    )


def _clownfish() -> str:
    return (
        '<g transform="translate(0 14)">'
        + path("M98 66 C112 48 122 46 127 50 C122 62 122 78 127 92 C120 94 110 88 98 74z", "#f2701f")
        + path("M122 47 l5 3 c-5 12 -5 28 0 42 l-5 0 c-4 -12 -4 -32 0 -45z", DARK)
        + path("M36 42 C50 18 78 20 94 46z", "#e05f12")
        + path("M48 96 C56 114 76 116 86 96z", "#e05f12")
        + path("M2 72 C10 46 36 36 60 36 C84 36 98 54 106 68 C98 90 82 106 60 106 C34 106 10 96 2 72z", "#ff8a33")
        + path("M4 78 C30 96 80 98 104 72 C96 92 82 106 60 106 C36 106 12 98 4 78z", "#e86a18")
        + path(
            "M28 44 C40 60 40 84 30 98 C34 101 38 103 42 104 C54 86 54 56 42 39z",
            "#ffffff",
            f'stroke="{DARK}" stroke-width="2.500"',
        )
        + path(
            "M66 36 C78 52 78 90 68 106 C74 105 80 102 84 99 C92 80 92 58 82 42z",
            "#ffffff",
            f'stroke="{DARK}" stroke-width="2.500"',
        )
        + path("M50 72 C58 66 68 70 70 78 C66 88 54 88 50 80z", "#f2701f", f'stroke="{DARK}" stroke-width="2"')
        + eye(20, 64, 5)
        + stroke("M4 80 C10 82 14 81 18 78", "#8a3a08", 2.4)
        + path("M14 58 C20 50 28 46 36 44 C28 50 24 54 22 58z", "#ffffff", 'opacity=".3"')
        + "</g>"
    )


def _narwhal() -> str:
    return (
        path("M30 70 L4 4 L40 62z", "#f5ead2")
        + stroke("M8 17 l5 -1 M14 30 l6 -1 M20 44 l7 -2 M26 56 l8 -2", "#c9b48a", 2)
        + path(
            "M98 88 C108 78 110 66 106 56 C114 58 118 64 118 70 C122 64 126 62 128 64 C126 78 116 92 104 100z",
            "#5f8fb5",
        )
        + path("M8 84 C8 62 28 52 52 54 C80 56 96 74 110 86 C104 108 76 122 48 120 C22 118 8 104 8 84z", "#7fb0d0")
        + path("M10 94 C34 106 76 106 108 88 C100 110 74 122 48 120 C26 118 13 107 10 94z", "#f2f7fa")
        + path("M48 106 C50 118 62 124 72 122 C72 114 66 106 60 102z", "#5f8fb5")
        + "".join(
            circle(x, y, r, "#5f8fb5")
            for x, y, r in ((58, 64, 3), (70, 70, 4), (82, 78, 3), (64, 78, 2.4), (76, 86, 2.4))
        )
        + path("M18 70 C26 60 38 58 50 59 C36 64 28 70 26 80z", "#ffffff", 'opacity=".3"')
        + eye(30, 82, 4)
        + stroke("M12 92 C18 96 24 96 30 93", "#3f6f94", 2.4)
        + circle(36, 92, 4, "#ff9fb0", 'opacity=".6"')
    )


def _porcupine() -> str:
    quills = "".join(
        path("M-4 0 L0 -46 L4 0z", tone, f'transform="translate(72 92) rotate({turn}) translate(0 {-reach})"')
        for reach, tones, turns in (
            (34, ("#5d4a3c", "#3f3028"), range(-64, 112, 10)),
            (20, ("#8a725e", "#6d5646"), range(-60, 104, 10)),
            (6, ("#d8c8b0", "#a8927a"), range(-56, 100, 11)),
        )
        for at, turn in enumerate(turns)
        for tone in (tones[at % 2],)
    )
    return (
        f'<g transform="translate(10 24) scale(.78 .8)">{quills}</g>'
        + rect(36, 104, 14, 20, "#4a3a30", 5)
        + rect(86, 104, 14, 20, "#4a3a30", 5)
        + path("M30 112 C30 92 52 82 76 84 C100 86 112 100 108 112z", "#5d4a3c")
        + path("M4 100 C6 80 24 66 42 68 C56 72 60 92 54 106 C44 116 18 116 8 108 C4 106 3 104 4 100z", "#8a725e")
        + path("M4 102 C18 108 40 108 55 102 L54 106 C44 116 18 116 8 108 C5 106 4 104 4 102z", "#6d5646")
        + circle(46, 72, 8, "#6d5646")
        + circle(46, 73, 4.4, "#c9a08c")
        + eye(28, 86, 4)
        + oval(6, 100, 5, 4, DARK)
        + stroke("M14 107 C20 109 26 108 30 106", DARK, 2)
    )


def _woodpecker() -> str:
    return (
        path("M88 0 H122 V124 H84 C90 90 82 50 88 0z", "#8a5a34")
        + path("M108 0 H122 V124 H106 C112 80 104 40 108 0z", "#6d4424")
        + stroke("M96 20 C94 50 98 80 94 116 M104 34 C102 60 106 90 102 120", "#5d3a1e", 2.4)
        + path("M48 92 L62 124 L74 120 L66 88z", "#17191d")
        + path("M34 44 C20 62 28 92 52 104 C70 104 82 84 80 62 C76 46 50 36 34 44z", "#23272e")
        + path("M56 50 C72 54 82 62 80 74 C76 92 66 102 58 104 C60 86 62 68 56 50z", "#f5f2ea")
        + stroke("M30 62 L42 60 M30 72 L46 70 M34 82 L50 80", "#fafafa", 3)
        + stroke("M74 82 L88 84 M70 94 L86 98", "#6d7276", 4)
        + path("M20 24 C28 4 54 0 62 16 C70 30 66 46 54 50 C42 54 32 50 30 42z", "#d63a34")
        + path("M20 24 C14 28 8 36 8 42 C18 38 24 38 30 42z", "#a3221e")
        + path("M40 30 C50 24 62 26 66 36 C66 46 60 52 50 52 C42 50 38 40 40 30z", "#fafafa")
        + path("M64 30 L90 36 L66 42z", "#4a4e52")
        + eye(54, 34, 3.8)
    )


DRAWN: dict[str, Callable[[], str]] = {
    "axolotl": _axolotl,
    "chameleon": _chameleon,
    "clownfish": _clownfish,
    "dalmatian": _dalmatian,
    "lemur": _lemur,
    "lynx": _lynx,
    "narwhal": _narwhal,
    "porcupine": _porcupine,
    "puffin": _puffin,
    "pug": _pug,
    "woodpecker": _woodpecker,
}

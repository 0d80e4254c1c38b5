"""Birds, and animals of the water and the garden, that the icon pack has none of."""

from collections.abc import Callable

from easel_sketch.drawing.ink import circle, oval, path, rect, stroke
from easel_sketch.drawing.motifs.tones import DARK, eye, mirrored


def _toucan() -> str:
    return (
        path("M84 92 L108 122 L90 124 L72 100z", "#17191f")
        + rect(4, 110, 120, 7, "#8a5a2c", 3.5)
        + path("M50 30 C70 24 92 36 98 62 C102 88 92 110 72 112 C48 112 36 92 38 66z", "#2b2f3a")
        + path("M80 34 C92 40 96 50 98 62 C102 88 92 110 72 112 C88 96 92 62 80 34z", "#17191f")
        + path("M40 52 C44 44 58 44 64 56 C70 72 60 84 48 82 C40 76 38 64 40 52z", "#fff6df")
        + path("M46 82 C54 86 62 82 65 76 C66 86 58 92 48 90z", "#d63a34")
        + circle(62, 34, 25, "#2b2f3a")
        + path("M42 48 C46 56 58 58 66 54 L64 62 L46 60z", "#fff6df")
        + path("M46 22 C28 8 2 16 3 44 C3 52 8 58 12 58 C14 46 28 44 46 42z", "#f7a11b")
        + path("M3 40 C3 52 8 58 12 58 C14 46 28 44 46 42 V34 C28 34 12 36 3 40z", "#e0741a")
        + path("M12 58 C6 56 2 48 3 40 C6 40 10 40 14 40 C11 46 11 52 12 58z", "#2b2320")
        + path("M12 30 C18 18 32 18 42 25 C32 22 20 24 15 34z", "#ffe082")
        + circle(56, 30, 8, "#5fb8e8")
        + eye(56, 30, 4.6)
        + path("M70 62 C84 66 90 84 82 100 C70 96 64 80 70 62z", "#3d4454")
        + stroke("M56 108 v8 M62 108 v8 M72 108 v8 M78 108 v8", "#5f8fb0", 3.5)
    )


def _pelican() -> str:
    return (
        stroke("M72 104 V118 M88 102 V118", "#e8902c", 5)
        + path("M58 124 C62 116 74 116 78 124z M76 124 C80 116 92 116 96 124z", "#e8902c")
        + path("M46 74 C66 54 106 62 126 82 C118 100 96 110 76 108 C56 108 44 94 46 74z", "#f5f5f0")
        + path("M126 82 C118 100 96 110 76 108 C62 108 52 102 48 92 C76 104 108 96 126 82z", "#d3d8da")
        + path("M66 76 C84 68 108 74 127 86 C114 100 92 102 78 96 C70 92 66 84 66 76z", "#e6e9ea")
        + path("M100 92 C110 90 120 88 127 86 C120 96 108 100 96 100z", "#3a4148")
        + path("M60 90 C44 76 60 54 58 36", "none", 'stroke="#f5f5f0" stroke-width="17" stroke-linecap="round"')
        + circle(56, 26, 17, "#f5f5f0")
        + path("M42 28 L2 62 C4 68 10 70 16 68 C32 84 48 68 52 42z", "#f2b33d")
        + path("M16 68 C32 84 48 68 52 42 C40 56 28 64 16 68z", "#e08a2c")
        + path("M42 26 L1 61 C3 66 8 66 12 63 L50 38z", "#ffd06a")
        + eye(53, 24, 4)
        + stroke("M64 12 l8 -6 M68 17 l9 -3", "#d3d8da", 3)
    )


def _hummingbird() -> str:
    return (
        path("M62 58 C66 30 90 8 120 3 C118 22 122 30 108 44 C98 54 82 62 68 66z", "#2a8f6c")
        + path("M66 56 C76 34 96 18 118 8 C106 24 92 42 74 62z", "#58c79a")
        + path("M52 60 C42 40 44 20 56 6 C66 20 72 40 70 60z", "#1d6f54")
        + path("M76 88 L104 124 L92 122 L88 126 L66 98z", "#1d6f54")
        + path("M36 40 C52 36 62 50 76 62 C90 76 92 92 84 102 C66 108 46 92 40 72 C38 62 34 50 36 40z", "#35a880")
        + path("M40 66 C50 64 62 76 70 86 C76 94 82 100 84 102 C66 108 46 92 40 72z", "#f0f5ea")
        + circle(36, 46, 15, "#35a880")
        + path("M24 54 C30 52 44 52 50 58 C50 72 44 76 40 76 C32 72 24 64 24 54z", "#d6336c")
        + path("M26 56 C32 55 40 56 46 60 C40 62 32 62 26 56z", "#ff7aa8")
        + path("M23 42 L1 30 L22 48z", DARK)
        + eye(32, 42, 3.8)
        + path("M40 33 C46 34 50 38 52 42 C46 40 42 38 40 33z", "#8fe0bd")
    )


def _heron() -> str:
    return (
        stroke("M70 88 V122 M70 122 h-12", "#3a4148", 3.5)
        + stroke("M82 86 V104 L76 122 M76 122 h12", "#3a4148", 3.5)
        + path("M50 74 C66 54 96 60 120 84 L126 100 C104 96 92 98 80 98 C62 100 50 90 50 74z", "#8fa8b8")
        + path("M68 68 C92 68 112 84 126 100 C104 96 92 98 80 98 C88 90 82 76 68 68z", "#5f7a8c")
        + path("M98 88 L124 96 L126 104 L104 98z", "#2f3d48")
        + path(
            "M60 86 C40 76 66 48 46 36 C40 32 40 26 46 20",
            "none",
            'stroke="#e6edf0" stroke-width="12" stroke-linecap="round"',
        )
        + path("M58 84 C44 74 68 50 50 36", "none", 'stroke="#b9c9d2" stroke-width="3"')
        + path("M54 88 C56 96 60 104 58 110 C66 106 70 98 70 92z", "#e6edf0")
        + circle(46, 18, 11, "#f5f8fa")
        + path("M40 10 C48 4 58 8 72 16 C62 14 54 18 46 16z", "#2f3d48")
        + path("M38 14 L2 24 L40 24z", "#f2a72b")
        + path("M2 24 L40 24 L39 20z", "#c47a14")
        + eye(43, 17, 3)
    )


def _walrus() -> str:
    return (
        path("M96 96 C108 92 122 96 127 106 C122 112 122 120 124 124 C110 124 98 118 92 110z", "#6d4a3a")
        + path("M24 66 C40 40 80 44 100 76 C112 94 114 118 104 124 H32 C14 116 14 90 24 66z", "#9c6d56")
        + path("M82 54 C104 68 116 104 104 124 H72 C96 112 98 78 82 54z", "#7d5442")
        + path("M60 98 C76 96 92 108 96 124 H58 C52 116 52 104 60 98z", "#6d4a3a")
        + path("M18 110 C10 108 2 116 3 124 H36 C36 116 28 110 18 110z", "#6d4a3a")
        + path("M10 44 C10 20 26 6 46 6 S82 20 82 44 C82 66 66 78 46 78 S10 66 10 44z", "#a97862")
        + path("M62 10 C76 17 82 30 82 44 C82 64 68 76 52 78 C74 62 76 30 62 10z", "#7d5442", 'opacity=".6"')
        + path(
            "M34 58 C30 76 32 92 38 106 C43 94 44 76 44 58z M58 58 C62 76 60 92 54 106 C49 94 48 76 48 58z", "#fffaf0"
        )
        + path(
            "M41 60 H44 C44 76 43 94 38 106 C41 92 42 76 41 60z M55 60 H58 C62 76 60 92 54 106 C58 92 57 76 55 60z",
            "#d8cdb8",
        )
        + oval(34, 52, 17, 14, "#c9a088")
        + oval(58, 52, 17, 14, "#b98d74")
        + "".join(circle(x, y, 1.4, "#5d3a2c") for x, y in ((24, 50), (29, 57), (34, 51), (62, 51), (66, 57), (70, 50)))
        + oval(46, 41, 8, 5.5, DARK)
        + eye(28, 30, 4)
        + eye(64, 30, 4)
    )


def _koi() -> str:
    return (
        path(
            "M98 88 C112 84 122 92 126 106 C116 104 112 106 110 110 C114 116 114 120 112 126 C100 122 92 110 94 98z",
            "#ff8a4a",
        )
        + path("M62 48 C72 34 90 36 98 48 C94 56 92 62 90 70z", "#f2662a")
        + path("M40 84 C36 98 42 110 54 116 C60 106 60 96 58 88z", "#ffd9c2")
        + path("M6 46 C6 30 24 20 42 24 C74 30 98 56 108 98 C78 100 40 92 20 70 C10 62 6 54 6 46z", "#fffaf2")
        + path("M8 54 C20 76 60 92 106 92 L108 98 C78 100 40 92 20 70 C13 65 9 59 8 54z", "#e6d8c8")
        + path("M26 24 C38 20 50 26 56 32 C50 46 36 48 28 42 C24 36 24 30 26 24z", "#f2662a")
        + path("M62 36 C80 46 92 60 98 74 C86 84 70 76 66 62 C62 54 60 44 62 36z", "#f2662a")
        + path("M96 84 C100 88 106 92 106 97 C98 98 90 97 86 95z", "#f2662a")
        + path("M44 56 C52 54 60 62 58 70 C50 72 42 66 44 56z", "#f58a52")
        + "".join(
            path(f"M{x} {y} a6 6 0 0 1 8 6", "none", 'stroke="#c9b49c" stroke-width="1.400" opacity=".7"')
            for x, y in ((48, 48), (58, 50), (70, 52), (62, 62), (74, 66), (84, 70), (72, 78), (86, 82))
        )
        + stroke("M36 34 C42 42 42 54 36 64", "#d8c4b0", 2.4)
        + eye(20, 42, 4.4)
        + stroke("M8 54 C4 58 2 62 3 67 M14 60 C12 64 12 68 14 72", "#f2a27a", 2.4)
    )


def _seahorse() -> str:
    return (
        path("M76 58 C94 50 104 62 100 78 C92 82 84 82 78 78z", "#ffb35c")
        + stroke("M84 60 L94 70 M80 68 L94 76", "#d9782a", 1.8)
        + path(
            "M60 36 C40 52 42 70 58 80 C72 92 68 112 54 114 C42 114 42 100 52 102",
            "none",
            'stroke="#f28a2c" stroke-width="11" stroke-linecap="round"',
        )
        + path("M54 28 C76 22 90 44 84 66 C80 84 76 90 70 96 C58 90 42 76 44 56 C46 44 50 36 54 28z", "#f28a2c")
        + path("M50 48 C62 50 64 72 66 92 C54 86 43 72 44 56z", "#ffd28a")
        + stroke("M47 54 h14 M46 63 h17 M48 72 h16 M54 82 h12", "#e0a050", 2)
        + path("M48 8 L54 2 L58 8 L66 3 L68 10 L78 10 L76 18 L84 22 L78 28z", "#d9691a")
        + circle(60, 24, 18, "#f28a2c")
        + path("M46 24 L22 32 C16 34 16 42 22 44 L48 40z", "#f28a2c")
        + path("M22 38 L48 36 V40 L22 44 C18 43 17 41 17 38z", "#d9691a")
        + path("M84 44 L92 46 L85 52z M82 76 L89 80 L80 84z", "#d9691a")
        + circle(56, 22, 6, "#ffffff")
        + eye(55, 22, 4.2)
        + circle(66, 34, 3, "#ffb3a0", 'opacity=".8"')
    )


def _starfish() -> str:
    arm = "M64 64 L48 40 C52 22 56 4 64 3 C72 4 76 22 80 40z"
    return (
        "".join(
            path(
                arm,
                "#e8693a",
                f'transform="translate(0 4) rotate({turn} 64 64)" stroke="#e8693a" stroke-width="8" '
                'stroke-linejoin="round"',
            )
            for turn in range(0, 360, 72)
        )
        + "".join(
            path("M64 64 L64 6 C71 8 75 22 79 40z", "#c44a22", f'transform="translate(0 4) rotate({turn} 64 64)"')
            for turn in range(0, 360, 72)
        )
        + circle(64, 68, 20, "#e8693a")
        + "".join(
            f'<g transform="translate(0 4) rotate({turn} 64 64)">'
            + "".join(circle(64, y, r, "#ffc49a") for y, r in ((14, 2.4), (24, 3), (35, 3.4), (47, 3)))
            + circle(56, 38, 2, "#ffc49a")
            + circle(72, 38, 2, "#ffc49a")
            + "</g>"
            for turn in range(0, 360, 72)
        )
        + circle(64, 68, 4, "#ffc49a")
    )


def _manta_ray() -> str:
    return (
        path("M64 88 C62 104 72 112 66 126 C80 112 70 102 70 88z", "#1f3f5c")
        + path("M50 24 C48 12 44 6 38 4 C36 14 38 24 44 32z M78 24 C80 12 84 6 90 4 C92 14 90 24 84 32z", "#2f5f86")
        + path(
            "M64 26 C78 22 88 28 96 36 C108 46 118 48 127 66 C112 64 98 72 88 84 C80 92 72 96 64 96 S48 92 40 "
            "84 C30 72 16 64 1 66 C10 48 20 46 32 36 C40 28 50 22 64 26z",
            "#3f78a6",
        )
        + path(
            "M64 26 C78 22 88 28 96 36 C108 46 118 48 127 66 C112 64 98 72 88 84 C80 92 72 96 64 96 C84 80 86 "
            "48 64 26z",
            "#2f5f86",
        )
        + path(
            "M10 60 C18 50 30 48 40 40 C48 34 54 32 60 34 C46 44 34 56 24 62 C20 60 14 60 10 60z",
            "#ffffff",
            'opacity=".18"',
        )
        + path(
            "M48 44 C52 56 58 60 62 60 M80 44 C76 56 70 60 66 60",
            "none",
            'stroke="#8fc0e0" stroke-width="5" stroke-linecap="round"',
        )
        + eye(43, 33, 3.4)
        + eye(85, 33, 3.4)
        + stroke("M54 84 h4 M70 84 h4 M56 78 h3 M69 78 h3", "#1f3f5c", 2)
    )


def _dragonfly() -> str:
    wings = (
        path("M62 44 C44 20 16 12 3 22 C4 38 36 50 62 50z", "#bfe8f5", 'opacity=".92"')
        + path("M62 54 C40 48 14 56 6 72 C18 84 46 74 62 58z", "#9fd6ea", 'opacity=".92"')
        + stroke("M60 46 C42 30 22 24 8 24 M60 56 C40 58 22 64 10 72", "#4f9fbf", 1.6)
    )
    return (
        mirrored(wings)
        + path("M58 48 H70 C72 72 69 104 66 125 H62 C59 104 56 72 58 48z", "#1f8f7a")
        + path("M65 48 H70 C72 72 69 104 66 125 H64 C67 104 68 72 65 48z", "#14685a")
        + stroke("M59 68 h10 M59.500 80 h9 M60 92 h8 M61 104 h6 M61.500 114 h5", "#8fe0cf", 2)
        + oval(64, 48, 10, 14, "#2aa58f")
        + oval(61, 44, 4, 7, "#ffffff", 'opacity=".3"')
        + mirrored(circle(55, 28, 9, "#c62f3f") + circle(53, 25, 3, "#ffffff", 'opacity=".6"'))
        + oval(64, 30, 6, 5, "#2aa58f")
    )


def _caterpillar() -> str:
    body = "".join(
        circle(x, y, 18, tone)
        + circle(x - 5, y - 6, 5, "#ffffff", 'opacity=".28"')
        + stroke(f"M{x - 5} {y + 16} v8 M{x + 6} {y + 16} v8", "#5d4a2a", 4)
        for x, y, tone in ((108, 94, "#7cb342"), (90, 84, "#9ccc4f"), (70, 88, "#7cb342"), (51, 96, "#9ccc4f"))
    )
    return (
        body
        + stroke("M20 58 C14 46 10 42 6 42 M38 54 C40 42 44 36 50 36", "#5d4a2a", 3)
        + circle(6, 42, 4, "#d63a34")
        + circle(50, 36, 4, "#d63a34")
        + circle(30, 80, 27, "#c0dd5a")
        + path("M40 55 C52 60 57 70 57 80 C57 94 46 106 32 107 C50 94 52 70 40 55z", "#9ccc4f")
        + circle(20, 74, 7, "#ffffff")
        + circle(38, 74, 7, "#ffffff")
        + eye(19, 75, 4.4)
        + eye(37, 75, 4.4)
        + stroke("M20 90 C24 97 34 97 38 90", "#5d4a2a", 3)
        + circle(10, 86, 4, "#ff9a8a", 'opacity=".7"')
        + circle(47, 86, 4, "#ff9a8a", 'opacity=".7"')
    )


def _centipede() -> str:
    spots = (
        (104, 112),
        (86, 116),
        (68, 110),
        (58, 96),
        (68, 82),
        (86, 76),
        (98, 64),
        (94, 48),
        (80, 40),
        (64, 40),
        (48, 36),
    )
    legs = "".join(
        stroke(f"M{x} {y} l{-11} {-9} M{x} {y} l{11} {9} M{x} {y} l{10} {-10} M{x} {y} l{-10} {10}", "#e8a040", 3)
        for x, y in spots
    )
    return (
        stroke("M110 112 L126 106 M110 114 L126 122", "#e8a040", 3)
        + legs
        + "".join(
            circle(x, y, 10.5, "#8c2f1c" if at % 2 else "#b5452a") + circle(x - 3, y - 3, 3, "#ffffff", 'opacity=".25"')
            for at, (x, y) in enumerate(spots)
        )
        + stroke("M24 26 C18 14 10 8 3 8 M36 22 C34 12 30 6 26 3", "#b5452a", 3)
        + circle(30, 34, 15, "#c9552f")
        + path("M18 42 L8 48 L20 50z", "#e8a040")
        + eye(24, 31, 3.8)
        + eye(36, 29, 3.4)
    )


DRAWN: dict[str, Callable[[], str]] = {
    "caterpillar": _caterpillar,
    "centipede": _centipede,
    "dragonfly": _dragonfly,
    "heron": _heron,
    "hummingbird": _hummingbird,
    "koi": _koi,
    "manta-ray": _manta_ray,
    "pelican": _pelican,
    "seahorse": _seahorse,
    "starfish": _starfish,
    "toucan": _toucan,
    "walrus": _walrus,
}

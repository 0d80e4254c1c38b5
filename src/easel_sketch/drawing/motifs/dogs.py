"""Dogs and a ferret."""

from collections.abc import Callable

from easel_sketch.drawing.ink import circle, oval, path, rect, stroke
from easel_sketch.drawing.motifs.tones import DARK, eye, mirrored


def _sitting_dog(coat: str, shade: str, pale: str, inner: str) -> str:
    """A dog with erect ears and a curled tail, from the front."""
    return (
        path(
            "M88 100 C112 100 122 82 112 68 C104 60 92 66 96 76 C100 82 106 78 104 74",
            "none",
            f'stroke="{shade}" stroke-width="13" stroke-linecap="round"',
        )
        + path("M34 70 C24 92 24 112 32 124 H96 C104 112 104 92 94 70z", coat)
        + path("M82 70 H94 C104 92 104 112 96 124 H86 C94 106 92 86 82 70z", shade)
        + path("M46 66 C42 86 46 104 50 112 H78 C82 104 86 86 82 66z", pale)
        + mirrored(
            path("M42 92 C40 104 42 116 40 124 H60 C62 112 60 100 58 92z", pale)
            + stroke("M46 120 v4 M52 120 v4", shade, 1.6)
        )
        + mirrored(
            path("M24 44 C18 22 18 8 24 1 C38 6 48 18 52 28z", coat)
            + path("M29 34 C25 22 25 14 27 9 C36 14 41 21 44 27z", inner)
        )
        + path("M16 52 C16 28 38 18 64 18 S112 28 112 52 C112 74 90 88 64 88 S16 74 16 52z", coat)
        + path("M84 21 C102 26 112 36 112 52 C112 70 96 84 76 87 C100 72 102 42 84 21z", shade, 'opacity=".55"')
        + mirrored(path("M18 58 C26 50 40 54 50 62 L64 62 V88 C40 88 20 76 18 58z", pale))
        + mirrored(oval(47, 38, 6, 4, pale))
        + eye(44, 50, 4.8)
        + eye(84, 50, 4.8)
        + path("M54 58 C54 53 74 53 74 58 C74 65 67 67 64 68 C61 67 54 65 54 58z", DARK)
        + stroke("M64 68 V73 M52 72 C56 78 64 76 64 73 C64 76 72 78 76 72", DARK, 2.2)
        + path("M58 77 H70 C71 84 68 87 64 87 S57 84 58 77z", "#f07f8a")
    )


def _shiba_inu() -> str:
    return _sitting_dog("#e89548", "#c4702a", "#fff3e2", "#f7d5b5")


def _husky() -> str:
    dog = _sitting_dog("#6f7b88", "#505a66", "#f7f9fb", "#e3c5c0")
    blue = "".join(
        circle(x, 50, 4.8, "#5fb8e8") + circle(x, 50, 2.6, DARK) + circle(x - 1.4, 48.4, 1.2, "#ffffff")
        for x in (44, 84)
    )
    return dog + blue + path("M64 20 L57 44 L64 56 L71 44z", "#f7f9fb", 'opacity=".75"')


def _corgi() -> str:
    return (
        path("M112 70 c10 -4 14 2 12 10 c-4 6 -10 6 -16 2z", "#e8984a")
        + path("M40 104 h13 v20 H38 c-2 -6 0 -14 2 -20z M92 104 h13 v20 H90z", "#dfc7a8")
        + path("M36 66 C60 58 104 56 114 70 C124 88 118 108 106 112 H46 C34 108 28 86 36 66z", "#e8984a")
        + path("M114 70 C124 88 118 108 106 112 H60 C94 108 112 96 114 70z", "#c4702a")
        + path("M30 76 C30 92 36 108 46 112 H98 C80 104 62 98 56 70z", "#fff8ee")
        + path("M50 102 h15 v22 H48z M98 100 h16 v24 H98z", "#fff8ee")
        + stroke("M54 120 v4 M60 120 v4 M104 120 v4 M109 120 v4", "#dfc7a8", 1.6)
        + path("M12 34 C4 14 8 2 14 1 C26 6 34 18 38 26z M74 34 C82 14 78 2 72 1 C60 6 52 18 48 26z", "#e8984a")
        + path("M17 28 C11 16 12 10 15 8 C23 13 28 20 31 25z M69 28 C75 16 74 10 71 8 C63 13 58 20 55 25z", "#f7c9ae")
        + path("M6 52 C6 32 22 22 43 22 S80 32 80 52 C80 72 64 84 43 84 S6 72 6 52z", "#e8984a")
        + path("M58 25 C72 30 80 40 80 52 C80 70 66 82 50 84 C72 70 74 44 58 25z", "#c4702a", 'opacity=".6"')
        + path("M43 22 L37 46 C28 54 20 58 14 68 C22 78 32 84 43 84 S64 78 72 68 C66 58 58 54 49 46z", "#fff8ee")
        + eye(27, 50, 4.4)
        + eye(59, 50, 4.4)
        + path("M35 58 C35 54 51 54 51 58 C51 64 46 66 43 67 C40 66 35 64 35 58z", DARK)
        + stroke("M43 67 V71 M33 70 C37 75 43 74 43 71 C43 74 49 75 53 70", DARK, 2)
        + path("M38 75 H48 C49 82 46 84 43 84 S37 82 38 75z", "#f07f8a")
    )


def _dachshund() -> str:
    return (
        path("M112 76 C122 68 124 56 122 48", "none", 'stroke="#6d3a1c" stroke-width="6" stroke-linecap="round"')
        + rect(38, 98, 10, 24, "#5a2e14", 4)
        + rect(96, 98, 10, 24, "#5a2e14", 4)
        + path("M34 74 C50 66 100 64 116 74 C122 88 118 104 106 106 H44 C32 104 28 86 34 74z", "#8f4f28")
        + path("M117 76 C122 90 118 104 106 106 H44 C38 105 34 100 32 94 C60 102 104 98 117 76z", "#6d3a1c")
        + rect(46, 98, 12, 26, "#8f4f28", 4)
        + rect(104, 96, 12, 28, "#8f4f28", 4)
        + path("M43 120 h15 v4 H41z M101 120 h15 v4 H99z", "#c9843f")
        + path("M30 52 C32 66 34 76 44 84 L56 78 C56 64 54 56 50 48z", "#8f4f28")
        + path("M34 80 l18 -8 3 6 -18 9z", "#d63a34")
        + path(
            "M36 30 C50 28 58 38 54 50 C48 62 36 62 26 60 C16 62 4 64 2 56 C0 50 4 46 10 44 C20 38 26 30 36 30z",
            "#8f4f28",
        )
        + path("M2 56 C10 56 22 54 32 54 C34 58 30 60 26 60 C16 62 4 64 2 56z", "#c9843f")
        + path("M40 34 C54 28 64 44 60 66 C54 76 44 68 42 54 C40 46 36 40 40 34z", "#5a2e14")
        + circle(4, 50, 4.4, DARK)
        + eye(28, 43, 3.8)
        + path("M58 76 C76 72 96 72 108 78 C92 76 76 78 64 84z", "#ffffff", 'opacity=".18"')
    )


def _ferret() -> str:
    return (
        path("M98 88 C114 84 122 98 127 114 C114 118 100 112 92 104z", "#5a4030")
        + path(
            "M22 58 C38 44 60 76 86 66 C108 62 116 84 108 100 C102 112 92 114 84 112 H58 C36 110 22 92 22 58z",
            "#d9bd94",
        )
        + path("M110 94 C106 110 92 114 84 112 H58 C46 110 36 104 30 94 C56 108 94 106 110 80z", "#b8966a")
        + path("M46 98 h12 l-2 26 H42z M90 100 h13 l0 24 H88z", "#5a4030")
        + path("M58 104 h11 v20 H56z M78 104 h11 v20 H76z", "#6d5040")
        + circle(13, 32, 7, "#b8966a")
        + circle(14, 33, 4, "#f0c4b0")
        + circle(49, 32, 7, "#b8966a")
        + circle(48, 33, 4, "#f0c4b0")
        + path("M4 48 C4 34 18 26 32 26 C48 26 58 36 56 50 C54 64 42 72 28 72 C14 72 4 62 4 48z", "#f5ead6")
        + path(
            "M6 46 C14 38 24 44 30 46 C38 44 48 38 54 46 C54 56 44 58 38 54 C34 50 26 50 22 54 C16 58 8 56 6 46z",
            "#5a4030",
        )
        + eye(18, 48, 3.8)
        + eye(42, 48, 3.8)
        + path("M25 58 C25 55 35 55 35 58 C35 62 31 63 30 64 C29 63 25 62 25 58z", "#d98a8a")
        + stroke("M30 64 V67 M24 67 C27 70 30 69 30 67 C30 69 33 70 36 67", DARK, 1.8)
    )


DRAWN: dict[str, Callable[[], str]] = {
    "corgi": _corgi,
    "dachshund": _dachshund,
    "ferret": _ferret,
    "husky": _husky,
    "shiba-inu": _shiba_inu,
}

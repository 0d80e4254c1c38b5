"""Signs and symbols as free-standing shapes."""

from easel_sketch.drawing.ink import circle, path, polygon, rect, ring, stroke
from easel_sketch.drawing.motifs.kit import BLUE, GOLD, GREEN, NIGHT, RED, rim, tones

_PURPLE, _TEAL = tones("#8a63c8"), tones("#2fa39a")
_MIDDLE = (64.0, 64.0)


def _infinity() -> str:
    return stroke("M64 92 C82 66 116 64 116 92 S82 118 64 92 S12 64 12 92 S46 118 64 92 Z", _PURPLE.base, 13)


def _yin_yang() -> str:
    return (
        circle(64, 64, 60, NIGHT)
        + circle(64, 64, 57, "#fbf8f1")
        + path("M64 7 A57 57 0 0 1 64 121 A28.5 28.5 0 0 1 64 64 A28.5 28.5 0 0 0 64 7 Z", NIGHT)
        + circle(64, 35.5, 9, NIGHT)
        + circle(64, 92.5, 9, "#fbf8f1")
    )


def _peace() -> str:
    return ring(64, 64, 54, _TEAL.base, 11) + stroke("M64 12 V116 M64 64 L27 101 M64 64 L101 101", _TEAL.base, 11)


def _radiation() -> str:
    blades = "".join(
        polygon([*rim(_MIDDLE, 50, 50, at, at + 60), *rim(_MIDDLE, 16, 16, at + 60, at)], NIGHT) for at in (0, 120, 240)
    )
    return circle(64, 64, 60, GOLD.base) + blades + circle(64, 64, 10, NIGHT)


def _recycling() -> str:
    """Three arrows that follow each other around a triangle."""

    def arrow(turn: int) -> str:
        return (
            f'<g transform="rotate({turn} 64 74)">'
            + path("M50 26 Q64 4 78 26 L92 50 L76 59 L62 35 Q60 32 57 36 L46 54 L31 45 Z", GREEN.base)
            + polygon([(64, 62), (98, 66), (106, 34)], GREEN.base)
            + path("M50 26 Q64 4 78 26 L80 29 Q70 24 62 35 Q60 32 57 36 L46 54 L31 45 Z", GREEN.light)
            + "</g>"
        )

    return '<g transform="translate(7 4) scale(.89)">' + "".join(arrow(turn) for turn in (0, 120, 240)) + "</g>"


def _question() -> str:
    return stroke("M36 44 C34 14 92 10 92 42 C92 64 64 62 64 88", BLUE.base, 16) + circle(64, 114, 10, BLUE.base)


def _warning() -> str:
    edge = f'stroke="{GOLD.base}" stroke-width="12" stroke-linejoin="round"'
    mark = polygon([(57, 44), (71, 44), (68, 86), (60, 86)], NIGHT) + circle(64, 100, 6.5, NIGHT)
    return polygon([(64, 14), (10, 118), (118, 118)], GOLD.base, edge) + mark


def _zigzag() -> str:
    return stroke("M8 116 L30 20 L52 116 L74 20 L96 116 L118 20", _TEAL.base, 11)


def _squares() -> str:
    return "".join(
        rect(x, x, 128 - 2 * x, 128 - 2 * x, "none", 2, f'stroke="{RED.base}" stroke-width="8"') for x in (8, 24, 40)
    ) + rect(54, 54, 20, 20, RED.base, 1)


def _percent() -> str:
    return stroke("M104 14 L24 114", BLUE.base, 13) + ring(32, 32, 20, BLUE.base, 12) + ring(96, 98, 20, BLUE.base, 12)


def _dollar() -> str:
    curve = "M94 38 C90 12 36 12 36 40 C36 66 94 60 94 88 C94 118 36 116 34 88"
    return stroke(curve, GREEN.base, 13) + stroke("M64 9 V119", GREEN.base, 9)


def _power() -> str:
    points = rim((64, 70), 46, 46, -55, 235, 40)
    arc = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return stroke(arc, RED.base, 14) + stroke("M64 12 V62", RED.base, 14)


def _play() -> str:
    edge = 'stroke="#ffffff" stroke-width="8" stroke-linejoin="round"'
    return circle(64, 64, 60, RED.base) + polygon([(50, 40), (50, 88), (90, 64)], "#ffffff", edge)


def _gender(*, male: bool) -> str:
    if male:
        arrow = stroke("M76 52 L116 12 M84 12 H116 V44", BLUE.base, 12)
        return ring(50, 78, 36, BLUE.base, 12) + arrow
    return ring(64, 42, 34, RED.light, 12) + stroke("M64 78 V118 M42 98 H86", RED.light, 12)


DRAWN = {
    "infinity-symbol": _infinity,
    "yin-yang": _yin_yang,
    "peace-symbol": _peace,
    "radiation-symbol": _radiation,
    "recycling-symbol": _recycling,
    "check-mark": lambda: stroke("M14 74 L50 112 L114 22", GREEN.base, 20),
    "x-mark": lambda: stroke("M20 20 L108 112 M108 20 L20 112", RED.base, 20),
    "question-mark": _question,
    "exclamation-mark": lambda: (
        polygon([(50, 6), (78, 6), (72, 88), (56, 88)], RED.base) + circle(64, 111, 12, RED.base)
    ),
    "warning-sign": _warning,
    "no-entry-sign": lambda: circle(64, 64, 60, RED.base) + rect(26, 52, 76, 24, "#ffffff", 4),
    "prohibited-sign": lambda: ring(64, 64, 53, RED.base, 14) + stroke("M28 28 L100 100", RED.base, 14),
    "zigzag": _zigzag,
    "concentric-squares": _squares,
    "equals-sign": lambda: rect(14, 60, 100, 22, _PURPLE.base, 6) + rect(14, 100, 100, 22, _PURPLE.base, 6),
    "minus-sign": lambda: rect(10, 98, 108, 24, RED.base, 6),
    "hash-sign": lambda: stroke("M48 12 L36 116 M92 12 L80 116 M16 44 H116 M12 84 H112", BLUE.base, 12),
    "percent-sign": _percent,
    "dollar-sign": _dollar,
    "power-button": _power,
    "play-button": _play,
    "male-sign": lambda: _gender(male=True),
    "female-sign": lambda: _gender(male=False),
}

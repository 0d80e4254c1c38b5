"""Sprigs of leaves."""

from collections.abc import Callable

from easel_sketch.drawing.ink import circle, stroke

_TONES = ("#8fae9b", "#a9c3b2", "#7f9f8c")
_STEM = "#6f8a76"


def _eucalyptus() -> str:
    """A stem with pairs of round leaves, smaller towards its tip."""
    parts = [stroke("M64 128C60 90 68 50 64 12", _STEM, 4)]
    for place in range(6):
        y, r = 108 - place * 17.5, 18 - place * 2.1
        for side in (-1, 1):
            tone = _TONES[(place + (side > 0)) % 3]
            x = 64 + side * (r * 0.92 + 3)
            parts.append(circle(x, y - 4, r, tone))
            parts.append(stroke(f"M64 {y}L{x + side * r * 0.5:.1f} {y - 6:.1f}", _STEM, 1.4))
    parts.append(circle(64, 9, 7.5, _TONES[1]))
    return "".join(parts)


DRAWN: dict[str, Callable[[], str]] = {"eucalyptus": _eucalyptus}

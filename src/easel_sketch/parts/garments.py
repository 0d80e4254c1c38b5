"""Garments on a torso and around a neck as SVG, in pixels from the ground."""

from collections.abc import Callable
from dataclasses import dataclass

from easel_sketch.colour.mixing import luminance, mix
from easel_sketch.drawing.ink import circle, path, polygon, rect, stroke, trace


@dataclass(frozen=True, slots=True)
class Torso:
    """A body's torso: its upper and lower end above the ground and its half widths there, in pixels."""

    top: float
    bottom: float
    upper: float
    lower: float

    @property
    def high(self) -> float:
        return self.top - self.bottom

    def outline(self, bottom: float | None = None) -> str:
        """The path around the torso, down to `bottom`."""
        y0, y1 = -self.top, -(self.bottom if bottom is None else bottom)
        a, b = self.upper, self.lower
        bow = y0 + (y1 - y0) * 0.5
        return trace(
            *("M", -a, y0, "C", -b * 1.06, bow, -b, y1, -b * 0.8, y1, "H", b * 0.8),
            *("C", b, y1, b * 1.06, bow, a, y0, "Z"),
        )


def _shirt(t: Torso, tone: str, inner: str) -> str:
    hem = t.bottom + t.high * 0.08
    neck = trace("M", -t.upper * 0.55, -t.top, "Q", 0.0, -t.top + t.high * 0.16, t.upper * 0.55, -t.top)
    arms = "".join(
        stroke(
            trace("M", s * t.upper * 0.95, -t.top + t.high * 0.16, "L", s * t.lower * 1.18, -t.top + t.high * 0.44),
            tone,
            t.high * 0.25,
        )
        for s in (-1, 1)
    )
    return arms + path(t.outline(hem), tone) + stroke(neck, mix(tone, "#ffffff", 0.35), t.high * 0.06)


def _sweater(t: Torso, tone: str, inner: str) -> str:
    hem = t.bottom + t.high * 0.06
    dark = mix(tone, "#000000", 0.18)
    collar = rect(-t.upper * 0.62, -t.top - t.high * 0.04, t.upper * 1.24, t.high * 0.12, dark, t.high * 0.06)
    band = rect(-t.lower * 0.86, -hem - t.high * 0.08, t.lower * 1.72, t.high * 0.1, dark, t.high * 0.04)
    ribs = stroke(
        trace("M", -t.lower * 0.7, -t.bottom - t.high * 0.45, "H", t.lower * 0.7),
        mix(tone, "#ffffff", 0.35),
        t.high * 0.05,
    )
    return path(t.outline(hem), tone) + ribs + band + collar


def _open(t: Torso, tone: str, inner: str, *, deep: float, lapels: bool) -> str:
    """The front of an open garment with what is under it."""
    low = -t.top + t.high * deep
    vee = polygon([(-t.upper * 0.62, -t.top), (t.upper * 0.62, -t.top), (0, low)], inner)
    edge = mix(tone, "#ffffff" if luminance(tone) < 0.5 else "#55606c", 0.2)
    seam = stroke(trace("M", 0.0, low, "V", -t.bottom - t.high * 0.04), mix(tone, "#000000", 0.28), t.high * 0.02)
    folds = "".join(
        polygon(
            [
                (s * t.upper * 0.62, -t.top),
                (s * t.upper * 0.98, -t.top + t.high * 0.1),
                (s * t.upper * 0.36, low - t.high * 0.12),
                (0, low),
            ],
            edge,
        )
        for s in (-1, 1)
    )
    return vee + (folds if lapels else "") + seam


def _buttons(t: Torso, tone: str, start: float, count: int) -> str:
    ink = "#f0d48a" if luminance(tone) < 0.4 else mix(tone, "#000000", 0.45)
    return "".join(
        circle(t.upper * 0.12, -t.top + t.high * (start + 0.16 * i), t.high * 0.03, ink) for i in range(count)
    )


def _vest(t: Torso, tone: str, inner: str) -> str:
    hem = t.bottom + t.high * 0.12
    return path(t.outline(hem), tone) + _open(t, tone, inner, deep=0.42, lapels=False) + _buttons(t, tone, 0.5, 3)


def _jacket(t: Torso, tone: str, inner: str) -> str:
    hem = t.bottom + t.high * 0.1
    zip_ = stroke(
        trace("M", t.upper * 0.5, -t.top + t.high * 0.3, "l", t.upper * 0.3, t.high * 0.14),
        mix(tone, "#ffffff", 0.6),
        t.high * 0.025,
    )
    studs = "".join(
        circle(s * t.upper * 0.82, -t.top + t.high * (0.06 + 0.07 * i), t.high * 0.022, "#e8e8ee")
        for s in (-1, 1)
        for i in range(3)
    )
    return path(t.outline(hem), tone) + _open(t, tone, inner, deep=0.5, lapels=True) + zip_ + studs


def _suit(t: Torso, tone: str, inner: str) -> str:
    return (
        path(t.outline(t.bottom), tone) + _open(t, tone, "#ffffff", deep=0.5, lapels=True) + _buttons(t, tone, 0.6, 2)
    )


def _coat(t: Torso, tone: str, inner: str) -> str:
    low = t.bottom * 0.42
    skirt = polygon(
        [
            (-t.lower * 0.9, -t.bottom - t.high * 0.3),
            (t.lower * 0.9, -t.bottom - t.high * 0.3),
            (t.lower * 1.2, -low),
            (-t.lower * 1.2, -low),
        ],
        tone,
    )
    seam = stroke(trace("M", 0.0, -t.bottom, "V", -low), mix(tone, "#000000", 0.28), t.high * 0.02)
    belt = rect(-t.lower, -t.bottom - t.high * 0.3, t.lower * 2, t.high * 0.08, mix(tone, "#000000", 0.2))
    return (
        skirt
        + path(t.outline(), tone)
        + _open(t, tone, inner, deep=0.34, lapels=True)
        + seam
        + belt
        + _buttons(t, tone, 0.44, 2)
    )


def _skirt(t: Torso, tone: str, inner: str) -> str:
    low, waist = t.bottom * 0.5, t.bottom + t.high * 0.36
    cloth = trace(
        *("M", -t.lower * 0.86, -waist, "H", t.lower * 0.86, "L", t.lower * 1.5, -low),
        *("Q", 0.0, -low + t.high * 0.1, -t.lower * 1.5, -low, "Z"),
    )
    folds = stroke(
        " ".join(trace("M", x * t.lower * 0.4, -waist + t.high * 0.1, "L", x * t.lower * 0.8, -low) for x in (-1, 1)),
        mix(tone, "#000000", 0.16), t.high * 0.025,
    )  # fmt: skip
    return path(cloth, tone) + folds


def _dress(t: Torso, tone: str, inner: str) -> str:
    belt = rect(-t.lower * 0.9, -t.bottom - t.high * 0.4, t.lower * 1.8, t.high * 0.07, mix(tone, "#ffffff", 0.4))
    return _skirt(t, tone, inner) + path(t.outline(t.bottom + t.high * 0.3), tone) + belt


def _apron(t: Torso, tone: str, inner: str) -> str:
    cloth = trace(
        *("M", -t.upper * 0.5, -t.top + t.high * 0.22, "H", t.upper * 0.5),
        *("L", t.lower * 0.8, -t.bottom - t.high * 0.3, "V", -t.bottom * 0.6, "H", -t.lower * 0.8),
        *("V", -t.bottom - t.high * 0.3, "Z"),
    )
    straps = stroke(
        trace(
            *("M", -t.upper * 0.45, -t.top + t.high * 0.24, "V", -t.top),
            *("M", t.upper * 0.45, -t.top + t.high * 0.24, "V", -t.top),
        ),
        tone,
        t.high * 0.05,
    )
    pocket = rect(
        -t.lower * 0.4, -t.bottom - t.high * 0.22, t.lower * 0.8, t.high * 0.2, mix(tone, "#000000", 0.1), t.high * 0.03
    )
    return path(cloth, tone) + straps + pocket


def _scarf(y: float, half: float, high: float, tone: str) -> str:
    dark = mix(tone, "#000000", 0.16)
    tail = polygon(
        [(half * 0.2, y), (half * 0.8, y + high * 0.02), (half * 0.9, y + high * 0.5), (half * 0.25, y + high * 0.5)],
        dark,
    )
    fringe = stroke(
        " ".join(trace("M", half * x, y + high * 0.5, "v", high * 0.07) for x in (0.35, 0.5, 0.65, 0.8)),
        dark,
        high * 0.03,
    )
    band = rect(-half * 1.15, y - high * 0.1, half * 2.3, high * 0.22, tone, high * 0.1)
    return (
        tail
        + fringe
        + band
        + stroke(trace("M", -half * 0.7, y + high * 0.03, "H", half * 0.5), mix(tone, "#ffffff", 0.3), high * 0.03)
    )


def _tie(y: float, half: float, high: float, tone: str) -> str:
    w = half * 0.26
    blade = [
        (-w * 0.6, y + high * 0.1),
        (w * 0.6, y + high * 0.1),
        (w * 1.25, y + high * 0.56),
        (0, y + high * 0.68),
        (-w * 1.25, y + high * 0.56),
    ]
    knot = [(-w, y - high * 0.02), (w, y - high * 0.02), (w * 0.6, y + high * 0.12), (-w * 0.6, y + high * 0.12)]
    bands = "".join(
        polygon(
            [
                (-w * 0.8, y + high * at),
                (w * 0.9, y + high * (at - 0.07)),
                (w * 0.95, y + high * (at - 0.02)),
                (-w * 0.85, y + high * (at + 0.05)),
            ],
            band,
        )
        for at, band in ((0.28, "#ffffff"), (0.44, mix(tone, "#20304a", 0.7)))
    )
    return polygon(blade, tone) + bands + polygon(knot, mix(tone, "#000000", 0.2))


def _bow(y: float, half: float, high: float, tone: str) -> str:
    w, tall = half * 0.62, high * 0.11
    y += high * 0.04
    wings = "".join(
        path(trace("M", 0.0, y, "L", s * w, y - tall, "Q", s * w * 0.84, y, s * w, y + tall, "Z"), tone)
        for s in (-1, 1)
    )
    return wings + circle(0, y, tall * 0.5, mix(tone, "#000000", 0.22))


NECKWEAR: dict[str, Callable[[float, float, float, str], str]] = {"scarf": _scarf, "tie": _tie, "bow": _bow}
GARMENTS: dict[str, Callable[[Torso, str, str], str]] = {
    "shirt": _shirt, "sweater": _sweater, "dress": _dress, "skirt": _skirt, "suit": _suit, "vest": _vest,
    "jacket": _jacket, "coat": _coat, "apron": _apron,
}  # fmt: skip

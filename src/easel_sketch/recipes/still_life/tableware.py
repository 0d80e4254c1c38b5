"""Tableware as SVG: vase, bowl, teapot, cup, bottle, jug, candle, books. Each stands on (0, 0)."""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, radians, sin
from random import Random

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, oval, path, rect, stroke, trace
from easel_sketch.scenery.vector.interior import Decor, lamplight


@dataclass(frozen=True, slots=True)
class Ware:
    """How to draw it, and its width and height in units of the scale."""

    draw: Callable[[float, Decor, Random], str]
    wide: float
    high: float


def _lathe(s: float, outline: tuple[tuple[float, float], ...], tone: str, dark: str) -> str:
    """A round vessel from its outline, (half width, height) pairs from the foot up, lit from the left."""
    right = [(x * s, -y * s) for x, y in outline]
    decor = trace("M", -right[0][0], right[0][1], "L", right[0][0], right[0][1])
    decor += (
        _curve(right) + trace("L", -right[-1][0], right[-1][1]) + _curve([(-x, y) for x, y in reversed(right)]) + "Z"
    )
    broad = max(x for x, _ in outline) * s
    high = outline[-1][1] * s
    name = f"v{abs(checksum(tone, outline))}"
    clip = f'<defs><clipPath id="{name}"><path d="{decor}"/></clipPath></defs>'
    shade = rect(broad * 0.42, -high, broad, high, dark, 0, 'opacity=".16"')
    shade += rect(-broad * 0.66, -high, broad * 0.2, high, "#ffffff", broad * 0.1, 'opacity=".28"')
    return path(decor, tone) + clip + f'<g clip-path="url(#{name})">{shade}</g>'


def checksum(tone: str, outline: tuple[tuple[float, float], ...]) -> int:
    """A number for a vessel's colour and shape, the same in every process."""
    return int(tone[1:], 16) + sum(round(1000 * x + 77 * y) for x, y in outline)


def _curve(points: list[tuple[float, float]]) -> str:
    """A smooth curve through the points."""
    ends = [points[0], *points, points[-1]]
    steps = []
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        steps.append(trace("C", bx + (cx - ax) / 6, by + (cy - ay) / 6, cx - (dx - bx) / 6, cy - (dy - by) / 6, cx, cy))
    return "".join(steps)


def _vase(s: float, decor: Decor, rng: Random) -> str:
    tones = (mix(decor.third, "#ffffff", 0.25), "#f7efe0", mix(decor.second, "#ffffff", 0.35), "#e9798a", "#f2c14e")
    parts = []
    for i, turn in enumerate((-46, -26, -8, 10, 28, 48, -36, 36, 0)):
        long = s * (0.42 + 0.14 * ((i * 2) % 3))
        at = radians(turn)
        x, y = sin(at) * long, -s * 0.46 - cos(at) * long
        parts.append(
            stroke(trace("M", 0, -s * 0.4, "Q", x * 0.3, y * 0.8, x, y), mix(decor.leaf, decor.dark, 0.2), s * 0.014)
        )
        if i % 2:
            parts.append(
                oval(
                    x * 0.6,
                    y * 0.78,
                    s * 0.03,
                    s * 0.075,
                    decor.leaf,
                    f'transform="rotate({turn * 1.6:.0f} {x * 0.6:.1f} {y * 0.78:.1f})"',
                )
            )
    for i, (x, y) in enumerate(stems()):
        parts.append(_flower(x * s, y * s, s * (0.062 + 0.014 * (i % 3)), tones[i % len(tones)], 5 + i % 3))
    vessel = ((0.1, 0), (0.19, 0.16), (0.17, 0.3), (0.08, 0.42), (0.1, 0.48))
    return "".join(parts) + _lathe(s, vessel, decor.main, decor.dark)


def stems() -> list[tuple[float, float]]:
    """Where the flowers of a vase are, in units of the scale from its foot."""
    turns = (-46, -26, -8, 10, 28, 48, -36, 36, 0)
    longs = (0.42 + 0.14 * ((i * 2) % 3) for i in range(len(turns)))
    return [(sin(radians(t)) * long, -0.46 - cos(radians(t)) * long) for t, long in zip(turns, longs, strict=True)]


def _flower(x: float, y: float, r: float, tone: str, petals: int) -> str:
    leaves = "".join(
        circle(
            x + cos(radians(360 * i / petals)) * r * 0.62, y + sin(radians(360 * i / petals)) * r * 0.62, r * 0.56, tone
        )
        for i in range(petals)
    )
    return leaves + circle(x, y, r * 0.4, mix("#f0b03a", tone, 0.15)) + circle(x, y, r * 0.2, "#c9792a")


def _bowl(s: float, decor: Decor, rng: Random) -> str:
    shape = ((0.12, 0), (0.14, 0.03), (0.3, 0.12), (0.36, 0.24))
    rim = oval(0, -s * 0.24, s * 0.36, s * 0.045, mix(decor.second, decor.dark, 0.25))
    band = rect(-s * 0.33, -s * 0.205, s * 0.66, s * 0.02, mix(decor.second, "#ffffff", 0.5), 0, 'opacity=".8"')
    return rim + _lathe(s, shape, decor.second, decor.dark) + band


def _teapot(s: float, decor: Decor, rng: Random) -> str:
    tone = decor.third
    spout = path(
        trace(
            *("M", -s * 0.2, -s * 0.12, "C", -s * 0.34, -s * 0.14, -s * 0.3, -s * 0.3, -s * 0.4, -s * 0.36),
            *("L", -s * 0.34, -s * 0.39, "C", -s * 0.26, -s * 0.32, -s * 0.26, -s * 0.26, -s * 0.16, -s * 0.26, "Z"),
        ),
        tone,
    )
    handle = stroke(
        trace("M", s * 0.2, -s * 0.34, "C", s * 0.42, -s * 0.38, s * 0.42, -s * 0.08, s * 0.2, -s * 0.12),
        tone,
        s * 0.05,
    )
    body = _lathe(s, ((0.14, 0), (0.25, 0.12), (0.24, 0.28), (0.13, 0.4)), tone, decor.dark)
    lid = path(
        trace("M", -s * 0.14, -s * 0.39, "Q", 0, -s * 0.52, s * 0.14, -s * 0.39, "Z"), mix(tone, decor.dark, 0.12)
    ) + circle(0, -s * 0.475, s * 0.035, mix(tone, "#ffffff", 0.3))
    band = rect(-s * 0.245, -s * 0.22, s * 0.49, s * 0.025, mix(tone, "#ffffff", 0.6), 0, 'opacity=".75"')
    return spout + handle + body + band + lid


def _cup(s: float, decor: Decor, rng: Random) -> str:
    tone = mix(decor.pale, decor.main, 0.08)
    steam = "".join(
        stroke(
            trace("M", x * s, -s * 0.3, "q", s * 0.04, -s * 0.06, 0, -s * 0.12, "t", 0, -s * 0.1),
            "#ffffff",
            s * 0.016,
            'opacity=".6"',
        )
        for x in (-0.05, 0.05)
    )
    saucer = oval(0, -s * 0.012, s * 0.24, s * 0.035, mix(tone, decor.dark, 0.1))
    handle = stroke(
        trace("M", s * 0.13, -s * 0.19, "C", s * 0.25, -s * 0.2, s * 0.24, -s * 0.07, s * 0.1, -s * 0.07),
        tone,
        s * 0.03,
    )
    top = oval(0, -s * 0.23, s * 0.145, s * 0.026, "#6f4630")
    return steam + saucer + handle + _lathe(s, ((0.08, 0.01), (0.13, 0.08), (0.15, 0.235)), tone, decor.dark) + top


def _bottle(s: float, decor: Decor, rng: Random) -> str:
    glass = "#2f5a45" if not decor.night else "#22423a"
    body = _lathe(s, ((0.12, 0), (0.125, 0.1), (0.125, 0.46), (0.045, 0.62), (0.042, 0.8)), glass, "#0c1a14")
    label = (
        rect(-s * 0.115, -s * 0.38, s * 0.23, s * 0.2, mix(decor.pale, "#e8d6ae", 0.4), s * 0.01)
        + rect(-s * 0.075, -s * 0.31, s * 0.15, s * 0.02, decor.main)
        + rect(-s * 0.055, -s * 0.27, s * 0.11, s * 0.012, mix(decor.dark, decor.pale, 0.5))
    )
    return body + label + rect(-s * 0.048, -s * 0.84, s * 0.096, s * 0.12, mix(decor.main, decor.dark, 0.2), s * 0.01)


def _jug(s: float, decor: Decor, rng: Random) -> str:
    handle = stroke(
        trace("M", s * 0.1, -s * 0.56, "C", s * 0.36, -s * 0.58, s * 0.34, -s * 0.2, s * 0.18, -s * 0.2),
        decor.main,
        s * 0.05,
    )
    return (
        handle
        + _lathe(s, ((0.13, 0), (0.23, 0.18), (0.2, 0.36), (0.1, 0.5), (0.13, 0.62)), decor.main, decor.dark)
        + rect(-s * 0.22, -s * 0.24, s * 0.44, s * 0.03, mix(decor.main, "#ffffff", 0.5), 0, 'opacity=".7"')
    )


def _candle(s: float, decor: Decor, rng: Random) -> str:
    holder = oval(0, -s * 0.02, s * 0.16, s * 0.035, mix(decor.wood, decor.dark, 0.3))
    flame = path(
        trace(
            *("M", 0, -s * 0.62, "C", s * 0.06, -s * 0.54, s * 0.045, -s * 0.47, 0, -s * 0.46),
            *("C", -s * 0.045, -s * 0.47, -s * 0.06, -s * 0.54, 0, -s * 0.62, "Z"),
        ),
        "#ffc24a",
    )
    return (
        lamplight(0, -s * 0.5, s * 0.6, 0.55)
        + holder
        + _lathe(s, ((0.055, 0.02), (0.055, 0.42)), "#f6ead2", decor.dark)
        + flame
        + circle(0, -s * 0.49, s * 0.018, "#fff3c9")
    )


def _books(s: float, decor: Decor, rng: Random) -> str:
    parts, y = [], 0.0
    for i, tone in enumerate((decor.main, decor.pale, decor.second, mix(decor.third, decor.dark, 0.2))):
        wide, high, shift = s * (0.52 - 0.03 * i), s * 0.075, s * 0.02 * ((i * 3) % 4 - 1)
        parts.append(
            rect(shift - wide / 2, -y - high, wide, high, tone, s * 0.012)
            + rect(shift - wide / 2 + s * 0.02, -y - high * 0.78, wide - s * 0.02, high * 0.56, "#f6efdf")
            + rect(shift - wide / 2, -y - high, wide * 0.1, high, tone, s * 0.012)
        )
        y += high
    return "".join(parts)


WARES = {
    "vase": Ware(_vase, 0.9, 1.1),
    "bowl": Ware(_bowl, 0.76, 0.28),
    "teapot": Ware(_teapot, 0.8, 0.52),
    "cup": Ware(_cup, 0.5, 0.36),
    "bottle": Ware(_bottle, 0.28, 0.86),
    "jug": Ware(_jug, 0.56, 0.64),
    "candle": Ware(_candle, 0.34, 0.64),
    "books": Ware(_books, 0.56, 0.32),
}

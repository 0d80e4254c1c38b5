"""What the drawings of motifs share: four tones of a colour with the light from the upper left, shaded columns, domes,
roofs, arched openings, rows of windows.
"""

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

from easel_sketch.colour.mixing import channels, mix
from easel_sketch.drawing.ink import circle, oval, path, polygon, rect, trace

FOOT = 124.0  # what a motif stands on, in its view box of 128 × 128
Point = tuple[float, float]
DRAWN = dict[str, Callable[[], str]]


class Tones(NamedTuple):
    """One colour in light and in shadow."""

    light: str
    base: str
    dark: str
    deep: str


def tones(base: str) -> Tones:
    red, _, blue = channels(base)
    shadow = "#4a1c30" if red > blue + 60 else "#1c2348"
    return Tones(mix(base, "#fff8e8", 0.34), base, mix(base, shadow, 0.2), mix(base, shadow, 0.4))


STONE, SAND, MARBLE = tones("#b9b1a6"), tones("#e0bd84"), tones("#ece7dd")
BRICK, WOOD, STEEL, SLATE = tones("#c4634a"), tones("#b07a4a"), tones("#9fb0bd"), tones("#5b6a80")
RED, BLUE, GREEN, GOLD = tones("#d8483c"), tones("#3f7fd0"), tones("#5fa052"), tones("#f0b93a")
COPPER, GLASS, NIGHT = tones("#74b39b"), tones("#8fc4e0"), "#3b4157"
WATER, WATER_LIGHT, LIT = "#5aa9d6", "#8cc9e8", "#ffe39a"  # LIT: a window with a lamp behind it
BUTT = 'style="stroke-linecap:butt"'


def block(x: float, top: float, w: float, foot: float, tone: Tones) -> str:
    """A wall or a square tower: lit at its left, in shadow at its right."""
    edge = max(1.2, w * 0.14)
    return (
        rect(x, top, w, foot - top, tone.base)
        + rect(x, top, edge, foot - top, tone.light)
        + rect(x + w - 1.6 * edge, top, 1.6 * edge, foot - top, tone.dark)
    )


def tapered(middle: float, top: float, above: float, foot: float, below: float, tone: Tones) -> str:
    """A shaft of `above` width at its top and `below` at its foot."""

    def side(left: float, right: float, fill: str) -> str:
        upper, lower = middle - above / 2, middle - below / 2
        corners = (
            (upper + above * left, top),
            (upper + above * right, top),
            (lower + below * right, foot),
            (lower + below * left, foot),
        )
        return polygon(corners, fill)

    return side(0, 1, tone.base) + side(0, 0.2, tone.light) + side(0.7, 1, tone.dark)


def round_tower(x: float, top: float, w: float, foot: float, tone: Tones) -> str:
    return (
        rect(x, top, w, foot - top, tone.base)
        + rect(x, top, w * 0.12, foot - top, tone.dark)
        + rect(x + w * 0.12, top, w * 0.24, foot - top, tone.light)
        + rect(x + w * 0.68, top, w * 0.32, foot - top, tone.dark)
    )


def spire(middle: float, top: float, foot: float, w: float, tone: Tones) -> str:
    """A pointed roof."""
    left, right = middle - w / 2, middle + w / 2
    return polygon([(middle, top), (left, foot), (right, foot)], tone.base) + polygon(
        [(middle, top), (middle + w * 0.12, foot), (right, foot)], tone.dark
    )


def dome(middle: float, foot: float, w: float, h: float, tone: Tones) -> str:
    """Half an oval."""

    def half(left: float, right: float) -> str:
        return trace("M", middle - left, foot, "C", middle - left, foot - h * 1.3, middle + right, foot - h * 1.3) + (
            trace("", middle + right, foot, "Z")
        )

    return (
        path(half(w / 2, w / 2), tone.base)
        + path(_sickle(middle, foot, w / 2, h), tone.dark)
        + oval(
            middle - w * 0.18,
            foot - h * 0.55,
            w * 0.09,
            h * 0.22,
            tone.light,
            f'transform="rotate(24 {middle - w * 0.18:.1f} {foot - h * 0.55:.1f})"',
        )
    )


def _sickle(middle: float, foot: float, half: float, h: float) -> str:
    inner = half * 0.35
    return trace(
        *("M", middle, foot - h * 0.975),
        *("C", middle + half * 0.7, foot - h * 0.95, middle + half, foot - h * 0.6, middle + half, foot),
    ) + (
        trace(
            *("", "L", middle + inner, foot),
            *("C", middle + inner, foot - h * 0.4, middle + half * 0.3, foot - h * 0.8, middle, foot - h * 0.975),
            "Z",
        )
    )


def onion(middle: float, foot: float, w: float, h: float, tone: Tones) -> str:
    """A bulbous dome with a pointed top."""
    half, neck = w / 2, w * 0.3

    def outline(left: float, right: float) -> str:
        return trace(
            "M", middle - left * neck / half, foot,
            "C", middle - left * 1.5, foot - h * 0.3, middle - left * 0.8, foot - h * 0.62, middle, foot - h,
            "C", middle + right * 0.8, foot - h * 0.62, middle + right * 1.5, foot - h * 0.3,
            middle + right * neck / half, foot, "Z",
        )  # fmt: skip

    return (
        path(outline(half, half), tone.base)
        + path(outline(-half * 0.3, half), tone.dark)
        + path(outline(half, -half * 0.62), tone.light)
    )


def opening(x: float, foot: float, w: float, h: float, fill: str) -> str:
    """An opening with a round top."""
    r = w / 2
    return path(trace("M", x, foot, "V", foot - h + r, "A", r, r, "0 0 1", x + w, foot - h + r, "V", foot, "Z"), fill)


def pointed(x: float, foot: float, w: float, h: float, fill: str) -> str:
    """An opening with a pointed top."""
    d = trace("M", x, foot, "V", foot - h * 0.6, "Q", x, foot - h * 0.85, x + w / 2, foot - h)
    return path(d + trace("", "Q", x + w, foot - h * 0.85, x + w, foot - h * 0.6, "V", foot, "Z"), fill)


def openings(places: Iterable[float], foot: float, w: float, h: float, fill: str) -> str:
    return "".join(opening(x, foot, w, h, fill) for x in places)


def windows(x: float, y: float, columns: int, rows: int, step: Point, size: Point, fill: str) -> str:
    """A grid of windows from its upper left one."""
    return "".join(
        rect(x + column * step[0], y + row * step[1], *size, fill) for row in range(rows) for column in range(columns)
    )


def spread(first: float, last: float, count: int) -> list[float]:
    """Numbers at equal distances."""
    return [first + (last - first) * place / (count - 1) for place in range(count)]


def rim(middle: Point, rx: float, ry: float, start: float, end: float, count: int = 16) -> list[Point]:
    """Points on an oval between two angles in degrees; 90 is the lowest."""
    angles = (math.radians(angle) for angle in spread(start, end, count))
    return [(middle[0] + rx * math.cos(angle), middle[1] + ry * math.sin(angle)) for angle in angles]


def lawn() -> str:
    """A strip of grass to stand on."""
    return path(trace("M", 4, FOOT, "Q", 18, FOOT - 9, 64, FOOT - 9, "Q", 110, FOOT - 9, 124, FOOT, "Z"), "#8bb862")


def knob(x: float, y: float, r: float, tone: Tones) -> str:
    """A small ball."""
    return circle(x, y, r, tone.base) + circle(x - r * 0.3, y - r * 0.3, r * 0.45, tone.light)


def stones(places: Iterable[Point], fill: str) -> str:
    """Single stones of a wall, each by its upper left corner."""
    return "".join(rect(x, y, 10, 4, fill, 1) for x, y in places)

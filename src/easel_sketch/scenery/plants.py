"""Plants as SVG in two or three given tones: far away in vector scenery, and overlaid on raster scenery."""

from typing import Protocol

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, path, polygon, rect, stroke, trace


class Dice(Protocol):
    """Random numbers: `random.Random` in vector scenery, NumPy's generator in raster scenery."""

    def random(self) -> float: ...

    def uniform(self, low: float, high: float, /) -> float: ...


def pine(x: float, foot: float, tall: float, tones: tuple[str, str], rng: Dice) -> str:
    """A conifer of ragged tiers; the second tone is the side the light falls on."""
    wide, tiers = tall * rng.uniform(0.17, 0.23), 6
    left: list[tuple[float, float]] = []
    right: list[tuple[float, float]] = []
    for tier in range(tiers):
        low = foot - tall * 0.08 - (tall * 0.92) * (tiers - 1 - tier) / tiers
        reach = wide * (tier + 1) / tiers * rng.uniform(0.86, 1.1)
        notch = low - tall * 0.035
        left += [(x - reach, low), (x - reach * 0.46, notch)]
        right += [(x + reach, low), (x + reach * 0.46, notch)]
    top = (x, foot - tall)
    trunk = rect(x - tall * 0.018, foot - tall * 0.12, tall * 0.036, tall * 0.14, tones[0])
    body = polygon([top, *right, (x, right[-1][1]), *left[::-1]], tones[0])
    bright = polygon([top, *((px - (x - px) * -0.04, py) for px, py in left), (x, left[-1][1])], tones[1])
    return trunk + body + bright


def tree(x: float, foot: float, tall: float, tones: tuple[str, str, str], rng: Dice) -> str:
    """A broad tree: a forked trunk, and a crown of overlapping circles; tones of trunk, leaves and lit leaves."""
    trunk, leaf, lit = tones
    wide = tall * 0.05
    knee, fork = foot - tall * 0.3, foot - tall * 0.5
    stem = trace(
        *("M", x - wide, foot, "Q", x - wide * 0.6, knee, x - wide * 0.4, fork),
        *("H", x + wide * 0.4, "Q", x + wide * 0.6, knee, x + wide, foot, "Z"),
    )
    parts = [
        path(stem, trunk),
        stroke(trace("M", x, foot - tall * 0.34, "L", x - tall * 0.16, foot - tall * 0.56), trunk, wide * 0.5),
        stroke(trace("M", x, foot - tall * 0.38, "L", x + tall * 0.15, foot - tall * 0.6), trunk, wide * 0.5),
    ]
    lumps = [_crown(rng) for _ in range(20)]
    # Each lump three times: in shade, turned to the light, and lit, every time smaller and nearer to the light.
    for share, away, fill in ((1.0, 0.0, leaf), (0.82, 0.02, mix(leaf, lit, 0.45)), (0.52, 0.045, lit)):
        for across, up, r in lumps:
            parts.append(circle(x + (across - away) * tall, foot - (up + away) * tall, r * share * tall, fill))
    return "".join(parts)


def _crown(rng: Dice) -> tuple[float, float, float]:
    """One circle of a crown: x, y and radius as shares of the height; inside an ellipse on top of the trunk."""
    up = rng.uniform(-1, 1)
    across = rng.uniform(-1, 1) * (1 - up * up) ** 0.5
    return across * 0.25, 0.68 + up * 0.2, rng.uniform(0.07, 0.11)


def trunks(w: int, top: float, foot: float, rng: Dice, *, count: int, wide: float, tone: str) -> str:
    """Straight trunks that go past the upper edge, with stubs of branches."""
    parts = []
    for place in range(count):
        x = (place + rng.random()) / count * w
        half, lean = wide * rng.uniform(0.35, 1) / 2, wide * rng.uniform(-0.5, 0.5)
        upper, lower = half * 0.7, half * 1.25
        trunk = [(x - lower, foot), (x + lower, foot), (x + upper + lean, top), (x - upper + lean, top)]
        parts.append(polygon(trunk, tone))
        for _ in range(5):
            y = foot - (foot - top) * rng.uniform(0.3, 0.95)
            reach = wide * rng.uniform(0.6, 1.6) * (1 if rng.random() < 0.5 else -1)
            parts.append(polygon([(x, y), (x + reach, y - abs(reach) * 0.5), (x, y - half * 0.5)], tone))
    return "".join(parts)


def palm(x: float, foot: float, tall: float, lean: float, tones: tuple[str, str], rng: Dice) -> str:
    """A palm: a bowed trunk, and feathered fronds that hang from its top."""
    trunk, leaf = tones
    top_x, top_y, wide = x + lean * tall, foot - tall, tall * 0.035
    bend, knee = x + lean * tall * 0.1, foot - tall * 0.6
    bow = trace(
        *("M", x - wide, foot, "Q", bend - wide, knee, top_x - wide * 0.4, top_y),
        *("H", top_x + wide * 0.4, "Q", bend + wide, knee, x + wide * 1.3, foot, "Z"),
    )
    parts = [path(bow, trunk)]
    for place in range(9):
        side = -1 + 2 * place / 8
        reach = tall * rng.uniform(0.4, 0.52)
        dx, drop = side * reach, (0.42 * side * side - 0.16) * reach * 1.5
        parts.append(_frond(top_x, top_y, dx, drop, mix(leaf, trunk, 0.3 * (place % 2))))
    return "".join(parts)


def _frond(x: float, y: float, dx: float, dy: float, tone: str) -> str:
    """One frond: a rib that arches, with leaflets hanging from it."""
    cx, cy = x + dx * 0.5, y + min(0.0, dy) - abs(dx) * 0.3 - 8
    parts = []
    for step in range(3, 16):
        t = step / 15
        px = (1 - t) * (1 - t) * x + 2 * t * (1 - t) * cx + t * t * (x + dx)
        py = (1 - t) * (1 - t) * y + 2 * t * (1 - t) * cy + t * t * (y + dy)
        long = abs(dx) * 0.26 * (1.15 - t) + 4
        way = 1 if dx > 0 else -1
        parts.append(stroke(trace("M", px, py, "l", way * long * 0.4, long), tone, max(1.5, long * 0.12)))
    rib = stroke(trace("M", x, y, "Q", cx, cy, x + dx, y + dy), tone, max(2.0, abs(dx) * 0.03))
    return "".join(parts) + rib


def grass(w: int, foot: float, rng: Dice, *, tall: float, count: int, tone: str) -> str:
    """Blades of grass along the lower edge, all bent to the same side."""
    parts = []
    for _ in range(count):
        x, high = rng.random() * w, tall * rng.uniform(0.35, 1)
        bend = high * rng.uniform(0.1, 0.5)
        wide = tall * 0.035
        tip, middle = x + bend, foot - high * 0.55
        d = trace(
            *("M", x - wide, foot, "Q", x + bend * 0.2, middle, tip, foot - high),
            *("Q", x + bend * 0.3 + wide, middle, x + wide, foot, "Z"),
        )
        parts.append(path(d, tone))
    return "".join(parts)


def bank(edge: float, y: float, end: float, foot: float, tone: str) -> str:
    """A bank that slopes from the edge of the image into the water."""
    return path(trace("M", edge, y, "Q", (edge + end) / 2, y + foot * 0.005, end, foot, "H", edge, "Z"), tone)

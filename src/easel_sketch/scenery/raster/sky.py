"""The sky as pixels: gradient, sun or moon, clouds and stars."""

from dataclasses import dataclass

import numpy as np

from easel_sketch.drawing.ink import stroke, trace
from easel_sketch.scenery.hours import Hour
from easel_sketch.scenery.raster.field import Field, blend, blurred, cells, enlarged, falloff, mixed, noise, ramp

_SPREAD = (0.0, 0.34, 0.62, 0.84, 1.0)


@dataclass(frozen=True, slots=True)
class Sun:
    """The centre and the radius of the sun or the moon, in pixels."""

    x: float
    y: float
    r: float


def sky(light: Hour, w: int, h: int, horizon: int) -> Field:
    """An image full of sky; below the horizon it has the lowest colour."""
    stops = [(place * horizon / h, tone) for place, tone in zip(_SPREAD, light.sky, strict=True)]
    return np.repeat(ramp([*stops, (1.0, light.sky[-1])], h), w, axis=2)


def glow(image: Field, light: Hour, sun: Sun, *, strength: float) -> None:
    """Light in the air around the sun, wider along the horizon than above it."""
    h, w = image.shape[1:]
    y, x = _centres(h, w, 8)
    across, down = (x - sun.x) / (sun.r * 6.5), (y - sun.y) / (sun.r * 4.2)
    blend(image, light.glow, enlarged(falloff(across * across + down * down) * np.float32(strength), 8, w, h))


def disc(image: Field, light: Hour, sun: Sun) -> None:
    """The sun, deeper in colour towards its lower edge, or the moon."""
    top, left = max(0, int(sun.y - sun.r - 2)), max(0, int(sun.x - sun.r - 2))
    part = image[:, top : int(sun.y + sun.r + 3), left : int(sun.x + sun.r + 3)]
    y = np.arange(top, top + part.shape[1], dtype=np.float32)[:, None] - np.float32(sun.y)
    x = np.arange(left, left + part.shape[2], dtype=np.float32)[None] - np.float32(sun.x)
    share = np.clip(np.float32(sun.r + 0.5) - np.sqrt(x * x + y * y), 0, 1)
    if light.name == "night":
        blend(part, light.sun, share)
        _seas(part, sun, x, y, share)
    else:
        deeper = np.clip(y / (2 * sun.r) + 0.5, 0, 1) * np.float32(0.55) + x * 0
        blend(part, mixed(light.sun, light.glow, deeper), share)


def _seas(part: Field, sun: Sun, x: Field, y: Field, share: Field) -> None:
    """The dark patches of the moon."""
    for dx, dy, size in ((-0.3, -0.25, 0.34), (0.28, 0.1, 0.28), (-0.12, 0.42, 0.22), (0.34, -0.42, 0.16)):
        across, down = (x - dx * sun.r) / (size * sun.r), (y - dy * sun.r) / (size * sun.r)
        blend(part, "#c9cbc4", np.clip(1.35 - across * across - down * down, 0, 1) * share * np.float32(0.55))


def stars(image: Field, light: Hour, rng: np.random.Generator, horizon: int) -> None:
    """Stars, fewer and fainter towards the horizon."""
    h, w = image.shape[1:]
    count = round(light.stars * w * h / 3400)
    if not count:
        return
    height = rng.random(count, np.float32)
    y = (height * height * horizon * 0.92).astype(np.intp)
    x = rng.integers(0, w, count)
    bright = rng.random(count, np.float32)
    bright *= bright * 205 * (1 - height * 0.8)
    image[:, y, x] += bright
    for reach in range(1, max(1, round(min(w, h) / 900)) + 1):
        near = bright * np.float32(0.62 / reach)
        for dy, dx in ((0, reach), (reach, 0), (0, -reach), (-reach, 0)):
            image[:, np.clip(y + dy, 0, horizon - 1), np.clip(x + dx, 0, w - 1)] += near


def milky_way(image: Field, rng: np.random.Generator, horizon: int) -> None:
    """A band of faint light across a starry sky."""
    h, w = image.shape[1:]
    y, x = _centres(h, w, 6)
    slope = (y - horizon * 0.1) - (x - w * 0.3) * np.float32(0.42 if rng.random() < 0.5 else -0.42)
    away = slope / np.float32(h * 0.16)
    band = falloff(away * away) * noise(rng, x.shape[1], y.shape[0], 7, 5, 4)
    blend(image, "#8fa6cf", enlarged(np.clip(band - 0.18, 0, 1) * np.float32(0.75), 6, w, h))


def clouds(image: Field, light: Hour, rng: np.random.Generator, horizon: int, *, cover: float, cell: int) -> None:
    """Long clouds: their shaded sides first, then the lit ones. `cover` is how much of the sky they take."""
    w = image.shape[2]
    across, rows = cells(w, cell), cells(horizon, cell)
    low = light.low
    height = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
    fades = np.clip(height * 5, 0, 1) * np.clip((1 - height) * 4, 0, 1) * np.float32(0.5 + 0.5 * cover)
    for down, tone, share, threshold in ((5.0, light.shade, 0.55, 0.5), (9.0, light.cloud, 0.85, 0.52)):
        lumps = noise(rng, across, rows, 2.6 if low else 3.4, down if low else down * 0.7, 5)
        there = np.clip((lumps - np.float32(threshold + 0.1 * (1 - cover))) * 6.5, 0, 1) * fades * np.float32(share)
        blend(image[:, :horizon], tone, enlarged(blurred(there, 1.0), cell, w, horizon))


def birds(w: int, h: int, rng: np.random.Generator, tone: str) -> str:
    """A few birds far away, as SVG."""
    parts = []
    x, y = w * rng.uniform(0.2, 0.7), h * rng.uniform(0.14, 0.3)
    for _ in range(7):
        bx, by, size = x + w * rng.uniform(-0.09, 0.09), y + h * rng.uniform(-0.06, 0.06), w * rng.uniform(0.006, 0.012)
        up, over = by - size * 0.5, by - size * 0.7
        wings = trace("M", bx - size, up, "Q", bx - size * 0.4, over, bx, by, "Q", bx + size * 0.4, over, bx + size, up)
        parts.append(stroke(wings, tone, size * 0.2))
    return "".join(parts)


def _centres(h: int, w: int, cell: int) -> tuple[Field, Field]:
    """The centre of every cell, as a column and a row."""
    y = (np.arange(cells(h, cell), dtype=np.float32) + np.float32(0.5)) * np.float32(cell)
    x = (np.arange(cells(w, cell), dtype=np.float32) + np.float32(0.5)) * np.float32(cell)
    return y[:, None], x[None]

"""Reflections in water, still or moving."""

import numpy as np

from easel_sketch.colour.mixing import mix
from easel_sketch.scenery.raster.field import Field, blend, cells, enlarged, noise, wave
from easel_sketch.scenery.raster.view import View


def mirror(view: View, shore: int, tint: str, *, rough: float) -> None:
    """Fill everything below `shore` with the reflection of what is above; `rough` 0 is a pond, 1 the sea."""
    image, light, rng, w = view.image, view.light, view.rng, view.w
    rows = view.h - shore
    if rows < 2:
        return
    down = np.arange(rows, dtype=np.float32)[:, None]
    depth = down / np.float32(rows)
    columns, lines = cells(w, 3), cells(rows, 2)
    ripples = noise(rng, columns, lines, 9 + 7 * rough, 44, 3) - np.float32(0.5)
    ripples = np.repeat(enlarged(ripples, 3, w, lines), 2, axis=0)[:rows]
    swell = wave(down * np.float32(0.07) + np.arange(w, dtype=np.float32)[None] * np.float32(0.0011))
    away = ripples * (down * np.float32(0.2 + 0.5 * rough) + 8) + swell * (down * np.float32(0.016) + np.float32(0.6))
    source = np.clip(shore - 1 - down * np.float32(1.12) - np.abs(away) * np.float32(0.6 + rough), 0, shore - 1)
    across = np.clip(np.arange(w, dtype=np.float32)[None] + away, 0, w - 1)
    at = source.astype(np.int32) * np.int32(w) + across.astype(np.int32)
    glints = np.clip((ripples - np.float32(0.16)) * 7, 0, 1) * ((1 - depth * np.float32(0.75)) * (0.2 + 0.25 * rough))
    sink = depth * np.float32(0.34 + 0.1 * rough) + np.float32(0.2)
    above = image[:, :shore].reshape(3, -1)
    for band in range(3):
        image[band, shore:] = _smeared(above[band].take(at), 3 + round(5 * rough))
    blend(image[:, shore:], tint, sink)
    blend(image[:, shore:], light.sky[-1], glints)
    blend(image[:, shore : shore + 3], light.haze, 0.5)


def reflect_sun(view: View) -> None:
    """The sun on the water: short bars, thicker and fewer towards the viewer."""
    w, h, sun, shore, rng = view.w, view.h, view.sun, view.horizon, view.rng
    y = float(shore) + 2
    while y < h:
        depth = (y - shore) / max(1, h - shore)
        high = max(1.0, (1.2 + 5.5 * depth) * w / 1536)
        wide = sun.r * (0.9 + 0.7 * rng.random()) * (1 - 0.35 * depth) * (0.35 if rng.random() < 0.3 else 1)
        middle = sun.x + (rng.random() - 0.5) * sun.r * (0.35 + 1.3 * depth)
        left, right = max(0, int(middle - wide)), min(w, int(middle + wide))
        if right > left:
            x = np.abs(np.linspace(-1, 1, right - left, dtype=np.float32))[None]
            share = np.clip((1 - x) * 3, 0, 1) * np.float32(0.75 - 0.6 * depth)
            blend(view.image[:, int(y) : int(y + high) + 1, left:right], view.light.sun, share)
        y += high * (1.7 + 1.3 * rng.random() + 2 * depth)


def within(view: View, surface: str, shore: int, tint: str, *, rough: float) -> None:
    """Water in the shape of `surface`, SVG of any one colour below `shore`; the rest stays as it is."""
    below = view.image[:, shore:].copy()
    dry = 1 - view.rendered(surface, shore, view.h)[..., 3] * np.float32(1 / 255)
    mirror(view, shore, tint, rough=rough)
    blend(view.image[:, shore:], below, dry)


def tint_of(view: View, deep: str = "#1c6f8c") -> str:
    """The colour of deep water at this hour: of the sky, and of its own by day."""
    own = 0.45 if view.light.name in ("day", "golden") else 0.15
    return mix(mix(view.light.sky[1], deep, own), view.light.land, 0.2)


def _smeared(plane: Field, reach: int) -> Field:
    """Each pixel averaged with `reach` rows above and below."""
    rows = len(plane)
    total = np.zeros((rows + 2 * reach + 1, plane.shape[1]), np.float32)
    np.cumsum(np.pad(plane, ((reach, reach), (0, 0)), mode="edge"), axis=0, out=total[1:])
    spread = total[2 * reach + 1 :] - total[:rows]
    spread *= np.float32(1 / (2 * reach + 1))
    return spread

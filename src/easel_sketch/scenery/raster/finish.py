"""The last steps to bytes: bloom around bright parts, compressed highlights, darker corners, a fine grain."""

import numpy as np
from numpy.typing import NDArray

from easel_sketch.scenery.raster.field import Field, blurred, cells, enlarged, falloff


def bloomed(image: Field, light: Field, cell: int, reach: float, strength: float) -> None:
    """Add `light`, planes that are `cell` times smaller, blurred."""
    h, w = image.shape[1:]
    near, far = blurred(light, reach * 0.3), blurred(light[:, ::2, ::2], reach / 2)
    near *= np.float32(0.6 * strength)
    near += enlarged(far, 2, near.shape[2], near.shape[1]) * np.float32(0.6 * strength)
    image += enlarged(near, cell, w, h)


def bright_parts(image: Field, above: float, cell: int) -> Field:
    """The parts that are brighter than `above`, every `cell`-th pixel of them."""
    few = image[:, ::cell, ::cell]
    share = np.clip((few.max(axis=0) - np.float32(above)) / np.float32(max(1.0, 255 - above)), 0, 1)
    shining: Field = few * share
    return shining


def finished(image: Field, rng: np.random.Generator, *, corners: float, grain: float) -> NDArray[np.uint8]:
    """Rows of red, green and blue bytes."""
    h, w = image.shape[1:]
    y = np.linspace(-1, 1, cells(h, 8), dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, cells(w, 8), dtype=np.float32)[None]
    dark = enlarged(1 - np.float32(corners) * (1 - falloff((x * x + y * y) * np.float32(0.3))), 8, w, h)
    # A little more saturation: each plane moves away from the grey of the three.
    grey = image[0] + image[1]
    grey += image[2]
    grey *= np.float32(-0.12 / 3)
    tile = rng.integers(-128, 128, (256, 256), np.int8).astype(np.float32) * np.float32(max(grain, 0.6) / 74)
    grains = np.tile(tile, (-(-h // 256), -(-w // 256)))[:h, :w]
    pixels = np.empty((h, w, 3), np.uint8)
    for band in range(3):
        plane = image[band]
        plane *= np.float32(1.12)
        plane += grey
        plane *= dark
        _compressed(plane)
        plane += grains
        np.clip(plane, 0, 255, out=plane)
        pixels[..., band] = plane
    return pixels


def _compressed(plane: Field) -> None:
    """Values above 200 are compressed, so that highlights do not end in a flat patch."""
    over = plane - np.float32(200)
    np.clip(over, 0, 300, out=over)
    plane -= over
    over /= over + np.float32(55)
    over *= np.float32(55)
    plane += over

"""From painted light to pixels: bloom around what is bright, a soft shoulder, darker corners, a fine grain."""

import numpy as np
from numpy.typing import NDArray

from easel_sketch.scenery.raster.field import Field, bell, blurred, grown, small


def bloomed(image: Field, light: Field, fine: int, reach: float, strength: float) -> None:
    """Add `light`, planes of what shines that are `fine` times smaller, spread out softly."""
    h, w = image.shape[1:]
    near, far = blurred(light, reach * 0.3), blurred(light[:, ::2, ::2], reach / 2)
    near *= np.float32(0.6 * strength)
    near += grown(far, 2, near.shape[2], near.shape[1]) * np.float32(0.6 * strength)
    image += grown(near, fine, w, h)


def bright_parts(image: Field, above: float, fine: int) -> Field:
    """What is brighter than `above`, every `fine`-th pixel of it."""
    few = image[:, ::fine, ::fine]
    share = np.clip((few.max(axis=0) - np.float32(above)) / np.float32(max(1.0, 255 - above)), 0, 1)
    shining: Field = few * share
    return shining


def finished(image: Field, rng: np.random.Generator, *, corners: float, grain: float) -> NDArray[np.uint8]:
    """Rows of red, green and blue bytes."""
    h, w = image.shape[1:]
    y = np.linspace(-1, 1, small(h, 8), dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, small(w, 8), dtype=np.float32)[None]
    dark = grown(1 - np.float32(corners) * (1 - bell((x * x + y * y) * np.float32(0.3))), 8, w, h)
    # Colour is a little stronger than paint's: each plane moves away from the grey of the three.
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
        _shouldered(plane)
        plane += grains
        np.clip(plane, 0, 255, out=plane)
        pixels[..., band] = plane
    return pixels


def _shouldered(plane: Field) -> None:
    """Above 200 the scale bends, so that light goes over into white instead of ending in a flat patch."""
    over = plane - np.float32(200)
    np.clip(over, 0, 300, out=over)
    plane -= over
    over /= over + np.float32(55)
    over *= np.float32(55)
    plane += over

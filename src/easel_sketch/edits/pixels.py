"""Convert between pyvips images and numpy arrays, and filters that several edits use."""

from typing import Any

import numpy as np
import pyvips
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
_VIEWED = 280  # longest side, in pixels, of the small copy used for detection


def without_alpha(image: pyvips.Image) -> pyvips.Image:
    """The image without its alpha channel, as three bands of sRGB."""
    return (image[: image.bands - 1] if image.hasalpha() else image).colourspace("srgb")


def with_alpha_of(image: pyvips.Image, before: pyvips.Image) -> pyvips.Image:
    """`image` with the alpha channel of `before`, as bytes in memory."""
    done = image.rint().cast("uchar").copy(interpretation="srgb")
    return (done.bandjoin(before[before.bands - 1]) if before.hasalpha() else done).copy_memory()


def array_of(image: pyvips.Image) -> Floats:
    """A float array of shape (height, width, bands)."""
    array: NDArray[Any] = np.asarray(image.cast("float").numpy(), dtype=np.float32)
    return array[:, :, None] if array.ndim == 2 else array


def image_of(array: NDArray[Any], interpretation: str = "srgb") -> pyvips.Image:
    """A pyvips image that owns its memory. Arrays of uint8 become bytes, others floats."""
    kept = np.ascontiguousarray(array if array.ndim == 3 else array[:, :, None])
    height, width, bands = kept.shape
    kind = "uchar" if kept.dtype == np.uint8 else "float"
    data = (kept if kind == "uchar" else kept.astype(np.float32)).tobytes()
    return pyvips.Image.new_from_memory(data, width, height, bands, kind).copy(interpretation=interpretation)


def thumbnail(image: pyvips.Image, longest: int = _VIEWED) -> pyvips.Image:
    """A copy whose longest side is at most `longest` pixels."""
    scale = min(1.0, longest / max(image.width, image.height))
    return (image.resize(scale, kernel="linear") if scale < 1 else image).copy_memory()


def enlarged(image: pyvips.Image, width: int, height: int) -> pyvips.Image:
    """Scale smoothly to exactly this size."""
    large = image.resize(width / image.width, vscale=height / image.height, kernel="cubic", gap=0)
    return large.embed(0, 0, width, height, extend="copy") if (large.width, large.height) != (width, height) else large


def resized(array: Floats, width: int, height: int) -> pyvips.Image:
    """Scale an array of one band smoothly to another size."""
    return enlarged(image_of(array, "b-w"), width, height)


def components(inside: Mask) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Each pixel's connected component, and the number of mask pixels in each."""
    image = image_of(inside.astype(np.uint8) * 255, "b-w")
    labels = array_of(image.labelregions())[:, :, 0].astype(np.int32)
    return labels, np.bincount(labels.ravel(), weights=inside.ravel(), minlength=int(labels.max()) + 1).astype(np.int64)


def box(array: Floats, radius: int) -> Floats:
    """The mean over a square of `2 * radius + 1` around every pixel, cut off at the edges."""
    summed = _window_sum(_window_sum(array, radius, 0), radius, 1)
    ones = np.ones(array.shape[:2], dtype=np.float32)
    count = _window_sum(_window_sum(ones, radius, 0), radius, 1)
    return np.asarray(summed / (count if array.ndim == 2 else count[:, :, None]), dtype=np.float32)


def _window_sum(array: Floats, radius: int, axis: int) -> Floats:
    size = array.shape[axis]
    zero = np.zeros_like(np.take(array, [0], axis=axis), dtype=np.float64)
    running = np.concatenate([zero, np.cumsum(array, axis=axis, dtype=np.float64)], axis=axis)
    at = np.arange(size)
    high, low = np.minimum(at + radius + 1, size), np.maximum(at - radius, 0)
    return np.asarray(np.take(running, high, axis=axis) - np.take(running, low, axis=axis), dtype=np.float32)


def guided_filter(image: Floats, mask: Floats, radius: int, least: float) -> tuple[Floats, Floats]:
    """The local model `mask = a · colour + b` around every pixel (He, Sun and Tang, 2010).

    `least` is the variance, of colours from 0 to 1, below which a difference of colour is no edge.
    """
    mean_image, mean_mask = box(image, radius), box(mask, radius)
    products = image[:, :, :, None] * image[:, :, None, :]
    height, width = mask.shape
    spread = box(products.reshape(height, width, 9), radius).reshape(height, width, 3, 3)
    spread -= mean_image[:, :, :, None] * mean_image[:, :, None, :]
    spread += np.eye(3, dtype=np.float32) * least
    together = box(image * mask[:, :, None], radius) - mean_image * mean_mask[:, :, None]
    a = _solved(spread.astype(np.float64), together.astype(np.float64))
    b = mean_mask - (a * mean_image).sum(axis=2)
    return box(a, radius), box(b, radius)


def _solved(matrix: NDArray[np.float64], right: NDArray[np.float64]) -> Floats:
    """The solution of a symmetric system of three equations for every pixel, by its adjugate.

    A solver of linear algebra rounds as its processor likes best.
    """
    p, q, r = matrix[..., 0, 0], matrix[..., 0, 1], matrix[..., 0, 2]
    s, t, u = matrix[..., 1, 1], matrix[..., 1, 2], matrix[..., 2, 2]
    x, y, z = (right[..., band] for band in range(3))
    down, across, far = s * u - t * t, r * t - q * u, q * t - r * s
    within, beside, last = p * u - r * r, q * r - p * t, p * s - q * q
    whole = p * down + q * across + r * far
    parts = (down * x + across * y + far * z, across * x + within * y + beside * z, far * x + beside * y + last * z)
    return np.stack([part / whole for part in parts], axis=-1).astype(np.float32)


def ramp(values: pyvips.Image, none: float, all_: float) -> pyvips.Image:
    """Smoothstep: 0 at `none`, 1 at `all_`."""
    at = (values - none) / (all_ - none)
    at = (at < 0).ifthenelse(0.0, (at > 1).ifthenelse(1.0, at))
    return at * at * (at * -2.0 + 3.0)


def clipped(image: pyvips.Image) -> pyvips.Image:
    return (image < 0).ifthenelse(0, (image > 255).ifthenelse(255, image))


def blended(before: pyvips.Image, after: pyvips.Image, mask: pyvips.Image) -> pyvips.Image:
    """`after` where the mask is 1; bytes do not change where it is 0."""
    mixed = (before * (mask * -1.0 + 1.0) + after * mask).rint().cast("uchar").copy(interpretation="srgb")
    return (mask > 0).ifthenelse(mixed, before).copy(interpretation="srgb")

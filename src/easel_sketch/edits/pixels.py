"""Between vips pictures and numpy rows, and the few filters every edit shares. Knows nothing of what is edited."""

from typing import Any

import numpy as np
import pyvips
from numpy.typing import NDArray

Rows = NDArray[np.float32]
Mask = NDArray[np.bool_]
_VIEWED = 280  # longest side, in pixels, of the small copy on which things are looked for


def colours(image: pyvips.Image) -> pyvips.Image:
    """The picture without its transparency, as three bands of sRGB."""
    return (image[: image.bands - 1] if image.hasalpha() else image).colourspace("srgb")


def with_alpha_of(image: pyvips.Image, before: pyvips.Image) -> pyvips.Image:
    """`image` with the transparency of `before`, in memory."""
    done = image.rint().cast("uchar").copy(interpretation="srgb")
    return (done.bandjoin(before[before.bands - 1]) if before.hasalpha() else done).copy_memory()


def rows(image: pyvips.Image) -> Rows:
    """Height by width by bands."""
    array: NDArray[Any] = np.asarray(image.cast("float").numpy(), dtype=np.float32)
    return array[:, :, None] if array.ndim == 2 else array


def picture(array: NDArray[Any], interpretation: str = "srgb") -> pyvips.Image:
    """A vips picture that owns its memory. Values of 0 to 255 become bytes, others stay floats."""
    kept = np.ascontiguousarray(array if array.ndim == 3 else array[:, :, None])
    height, width, bands = kept.shape
    kind = "uchar" if kept.dtype == np.uint8 else "float"
    data = (kept if kind == "uchar" else kept.astype(np.float32)).tobytes()
    return pyvips.Image.new_from_memory(data, width, height, bands, kind).copy(interpretation=interpretation)


def small(image: pyvips.Image, longest: int = _VIEWED) -> pyvips.Image:
    """A copy whose longest side is at most this."""
    scale = min(1.0, longest / max(image.width, image.height))
    return (image.resize(scale, kernel="linear") if scale < 1 else image).copy_memory()


def grown(image: pyvips.Image, width: int, height: int) -> pyvips.Image:
    """A smooth picture drawn out to exactly this size."""
    large = image.resize(width / image.width, vscale=height / image.height, kernel="cubic", gap=0)
    return large.embed(0, 0, width, height, extend="copy") if (large.width, large.height) != (width, height) else large


def resized(array: Rows, width: int, height: int) -> pyvips.Image:
    """One band of numbers drawn out smoothly to another size."""
    return grown(picture(array, "b-w"), width, height)


def pieces(inside: Mask) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Each pixel's connected piece, and how many pixels of the mask each piece has."""
    image = picture(inside.astype(np.uint8) * 255, "b-w")
    labels = rows(image.labelregions())[:, :, 0].astype(np.int32)
    return labels, np.bincount(labels.ravel(), weights=inside.ravel(), minlength=int(labels.max()) + 1).astype(np.int64)


def box(array: Rows, radius: int) -> Rows:
    """The mean over a square around every pixel; at the edges over what there is of it."""
    summed = _summed(_summed(array, radius, 0), radius, 1)
    ones = np.ones(array.shape[:2], dtype=np.float32)
    count = _summed(_summed(ones, radius, 0), radius, 1)
    return np.asarray(summed / (count if array.ndim == 2 else count[:, :, None]), dtype=np.float32)


def _summed(array: Rows, radius: int, axis: int) -> Rows:
    size = array.shape[axis]
    zero = np.zeros_like(np.take(array, [0], axis=axis), dtype=np.float64)
    running = np.concatenate([zero, np.cumsum(array, axis=axis, dtype=np.float64)], axis=axis)
    at = np.arange(size)
    high, low = np.minimum(at + radius + 1, size), np.maximum(at - radius, 0)
    return np.asarray(np.take(running, high, axis=axis) - np.take(running, low, axis=axis), dtype=np.float32)


def guide(image: Rows, mask: Rows, radius: int, least: float) -> tuple[Rows, Rows]:
    """The guided filter's local model `mask = a · colour + b` around every pixel (He, Sun and Tang, 2010).

    `least` is the variance, of colours from 0 to 1, below which a difference of colour is no edge.
    """
    mean_image, mean_mask = box(image, radius), box(mask, radius)
    products = image[:, :, :, None] * image[:, :, None, :]
    height, width = mask.shape
    spread = box(products.reshape(height, width, 9), radius).reshape(height, width, 3, 3)
    spread -= mean_image[:, :, :, None] * mean_image[:, :, None, :]
    spread += np.eye(3, dtype=np.float32) * least
    together = box(image * mask[:, :, None], radius) - mean_image * mean_mask[:, :, None]
    a = np.linalg.solve(spread, together[:, :, :, None])[:, :, :, 0].astype(np.float32)
    b = mean_mask - (a * mean_image).sum(axis=2)
    return box(a, radius), box(b, radius)


def ramp(values: pyvips.Image, none: float, all_: float) -> pyvips.Image:
    """0 at `none`, 1 at `all_`, and smooth between."""
    at = (values - none) / (all_ - none)
    at = (at < 0).ifthenelse(0.0, (at > 1).ifthenelse(1.0, at))
    return at * at * (at * -2.0 + 3.0)


def clipped(image: pyvips.Image) -> pyvips.Image:
    return (image < 0).ifthenelse(0, (image > 255).ifthenelse(255, image))


def blended(before: pyvips.Image, after: pyvips.Image, mask: pyvips.Image) -> pyvips.Image:
    """`after` where the mask is 1. Where it is 0 the bytes stay the very bytes they were."""
    mixed = (before * (mask * -1.0 + 1.0) + after * mask).rint().cast("uchar").copy(interpretation="srgb")
    return (mask > 0).ifthenelse(mixed, before).copy(interpretation="srgb")

"""Scale an image to the requested size. Another aspect ratio is filled by extending the edges, never by stretching."""

import pyvips

from easel_sketch.edits import pixels
from easel_sketch.request import Size

_MOST_CROPPED = 0.03  # a smaller difference of aspect ratio is cropped rather than extended


def scale(image: pyvips.Image, size: Size) -> float:
    """The scale factor at which an image fits inside a size."""
    return float(min(size.width / image.width, size.height / image.height))


def scaled(image: pyvips.Image, size: Size) -> pyvips.Image:
    """Scale an image to fit inside a size."""
    by = scale(image, size)
    width, height = max(1, round(image.width * by)), max(1, round(image.height * by))
    if (width, height) == (image.width, image.height):
        return image
    return image.thumbnail_image(width, height=height, size="force").copy_memory()


def scaled_or_cropped(image: pyvips.Image, size: Size) -> tuple[pyvips.Image, str]:
    """The image scaled to fit inside a size; if little must be cropped for it, at exactly this size, with a sentence.

    What is edited after this keeps its pixels.
    """
    return fitted(image, size) if 0 < _lost(image, size) <= _MOST_CROPPED else (scaled(image, size), "")


def _lost(image: pyvips.Image, size: Size) -> float:
    """The share of a side that is cropped when an image fills a size."""
    return 1 - scale(image, size) / float(max(size.width / image.width, size.height / image.height))


def fitted(image: pyvips.Image, size: Size) -> tuple[pyvips.Image, str]:
    """The image at exactly this size, and a sentence if it had to be cropped or extended."""
    lost = _lost(image, size)
    if 0 < lost <= _MOST_CROPPED:
        cut = image.thumbnail_image(size.width, height=size.height, size="both", crop="centre").copy_memory()
        exact = (image.width, image.height) == (size.width, size.height) or lost < 0.004
        return cut, "" if exact else f"{lost:.1%} of the picture was cut off at its edges to be {size}."
    inner = scaled(image, size)
    if (inner.width, inner.height) == (size.width, size.height):
        return inner, ""
    left, top = (size.width - inner.width) // 2, (size.height - inner.height) // 2
    if inner.hasalpha():
        placed = inner.embed(left, top, size.width, size.height, background=[255, 255, 255, 0], extend="background")
        return placed.copy_memory(), f"The picture is whole, with transparent room around it to be {size}."
    placed = extended(inner, left, top, size.width, size.height)
    return placed, f"The picture is whole, and goes on blurred beyond its edges to be {size}."


def followed(hole: pyvips.Image, size: Size) -> pyvips.Image:
    """A mask of 0 and 255 moved and scaled as `fitted` moves its image: 255 only where all that shows there was."""
    inner, outer = scale(hole, size), max(size.width / hole.width, size.height / hole.height)
    by = outer if 1 - inner / outer <= _MOST_CROPPED else inner
    width, height = max(1, round(hole.width * by)), max(1, round(hole.height * by))
    if (width, height) != (hole.width, hole.height):
        hole = hole.resize(width / hole.width, vscale=height / hole.height, kernel="linear")
    left, top = (size.width - hole.width) // 2, (size.height - hole.height) // 2
    return (hole.embed(left, top, size.width, size.height) == 255).copy_memory()


def extended(image: pyvips.Image, left: int, top: int, width: int, height: int) -> pyvips.Image:
    """Place an image in a larger one, surrounded by its mirror image, more blurred with distance."""
    colour = pixels.without_alpha(image)
    wide = _mirrored(colour, left, top, width, height)
    reach = max(width, height)
    near, far = wide.gaussblur(reach / 300), _wide_blur(wide, reach / 28)
    place = pyvips.Image.xyz(width, height)
    across = _distance_outside(place[0], left, image.width)
    down = _distance_outside(place[1], top, image.height)
    away = (across > down).ifthenelse(across, down)
    part = pixels.ramp(away, 0.0, reach / 16)
    ground = (near * (part * -1.0 + 1.0) + far * part).rint().cast("uchar")
    return ground.insert(colour, left, top).copy(interpretation="srgb").copy_memory()


def _mirrored(image: pyvips.Image, left: int, top: int, width: int, height: int) -> pyvips.Image:
    return image.embed(left, top, width, height, extend="mirror")


def _wide_blur(image: pyvips.Image, sigma: float) -> pyvips.Image:
    """A large blur, computed on a quarter-size copy."""
    small = image.resize(0.25, kernel="linear").gaussblur(sigma / 4)
    return pixels.enlarged(small, image.width, image.height)


def _distance_outside(place: pyvips.Image, start: int, length: int) -> pyvips.Image:
    """The distance in pixels from the range that begins at `start`; 0 inside."""
    before, after = (place * -1.0) + start, place - (start + length - 1)
    most = (before > after).ifthenelse(before, after)
    return (most < 0).ifthenelse(0, most)

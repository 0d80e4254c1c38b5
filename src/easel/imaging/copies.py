"""Copies of a finished image: a preview, and other formats."""

import pyvips

from easel.domain import Image, Size
from easel.imaging.bounds import Limits, clocked
from easel.imaging.encode import encode, to_srgb
from easel.imaging.open import open_header, unreadable
from easel.imaging.state import ImageState, OutputSpec
from easel.imaging.steps import WHITE

PREVIEW_SIDE = 384  # pixels of the longer side


def preview_of(data: bytes, limits: Limits) -> Image:
    """A WebP whose longer side has at most 384 pixels; raises NotAnImage."""
    try:
        open_header(data, limits)  # files stored under older limits are checked against the current ones
        image = pyvips.Image.thumbnail_buffer(data, PREVIEW_SIDE, height=PREVIEW_SIDE, size="down")
        small = to_srgb(clocked(image, limits.seconds)).write_to_buffer(".webp", keep="none", Q=72, effort=2)
    except pyvips.Error as error:
        raise unreadable(error, limits) from error
    return Image(small, "image/webp", Size(image.width, image.height))


def copy_as(original: Image, format: str, limits: Limits) -> Image:
    """The same pixels as webp, png or jpeg, a few rows in memory at a time where both formats allow it.

    JPEG has no transparency: transparent pixels become white.
    """
    image = to_srgb(open_header(original.data, limits, access="sequential"))
    if format == "jpeg" and image.hasalpha():
        image = image.flatten(background=WHITE)
    size = Size(image.width, image.height)
    promise = OutputSpec(size, format, "auto")
    return encode(ImageState(image=image, size=size, source=original, promise=promise, changed=True))

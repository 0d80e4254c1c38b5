"""Copies of a finished picture: a small one for lists, and one in another format."""

import pyvips

from easel.domain import Picture, Size
from easel.imaging.background import WHITE
from easel.imaging.bounds import Limits, clocked
from easel.imaging.draft import Draft, Promise
from easel.imaging.encode import encode
from easel.imaging.open import open_header, unreadable

PREVIEW_SIDE = 384  # pixels of the longer side


def preview_of(data: bytes, limits: Limits) -> Picture:
    """A WebP with a longer side of 384 pixels at the most; raises NotAPicture."""
    try:
        open_header(data, limits)  # what was stored under older limits is measured by today's
        image = pyvips.Image.thumbnail_buffer(data, PREVIEW_SIDE, height=PREVIEW_SIDE, size="down")
        small = clocked(image, limits.seconds).write_to_buffer(".webp", keep="none", Q=72, effort=2)
    except pyvips.Error as error:
        raise unreadable(error, limits) from error
    return Picture(small, "image/webp", Size(image.width, image.height))


def copy_as(picture: Picture, format: str, limits: Limits) -> Picture:
    """The same pixels as webp, png or jpeg, a few rows in memory at a time where both formats can.

    JPEG has no transparency: what is clear becomes white.
    """
    image = open_header(picture.data, limits, access="sequential")
    if format == "jpeg" and image.hasalpha():
        image = image.flatten(background=WHITE)
    promise = Promise(Size(image.width, image.height), format, "auto")
    return encode(Draft(image=image, source=picture, promise=promise, changed=True))

"""Copies of a finished picture: a small one for lists, and one in another format."""

import pyvips

from easel.domain import Picture, Size
from easel.errors import NotAPicture
from easel.imaging.background import see_to_background
from easel.imaging.draft import Draft, Promise
from easel.imaging.encode import encode
from easel.imaging.open import Limits, open_picture, reason

PREVIEW_SIDE = 384  # pixels of the longer side


def preview_of(data: bytes) -> Picture:
    """A WebP with a longer side of 384 pixels at the most; raises NotAPicture."""
    try:
        image = pyvips.Image.thumbnail_buffer(data, PREVIEW_SIDE, height=PREVIEW_SIDE, size="down")
        small = image.write_to_buffer(".webp", keep="none", Q=72, effort=2)
    except pyvips.Error as error:
        raise NotAPicture(f"The file cannot be read: {reason(error)}.") from error
    return Picture(small, "image/webp", Size(image.width, image.height))


def copy_as(picture: Picture, format: str, limits: Limits) -> Picture:
    """The same pixels as webp, png or jpeg. JPEG has no transparency: what is clear becomes white."""
    image = open_picture(picture, limits)
    promise = Promise(Size(image.width, image.height), format, "auto")
    return encode(see_to_background(Draft(image=image, source=picture, promise=promise, changed=True)))

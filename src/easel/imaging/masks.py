"""Masks of edits: a PNG with an alpha channel, as large as the image it belongs to; transparent where it may change.

https://platform.openai.com/docs/api-reference/images/createEdit
"""

import pyvips

from easel.domain import Image, Size
from easel.errors import NotAnImage
from easel.imaging.bounds import Limits, clocked
from easel.imaging.encode import SAVERS
from easel.imaging.formats import not_read, sniff
from easel.imaging.open import open_header, read_through, unreadable
from easel.kit.memory import MEGABYTE

MOST_BYTES = 4 * MEGABYTE
NAMES = {"image/jpeg": "a JPEG", "image/webp": "a WebP", "image/gif": "a GIF", "image/avif": "an AVIF"}


def shown_size(data: bytes, limits: Limits) -> Size:
    """The size of an image as it is shown: upright, whatever its file says of its orientation. Raises NotAnImage."""
    image = open_header(data, limits).autorot()
    return Size(image.width, image.height)


def check_mask(data: bytes, of: Size | None, limits: Limits) -> Size:
    """The size of a mask for an image that is shown in size `of`, if that is known. Raises NotAnImage."""
    if len(data) > MOST_BYTES:
        found = f"The mask has {len(data) / MEGABYTE:.1f} MB; the maximum is {MOST_BYTES // MEGABYTE} MB."
        raise NotAnImage(f"{found} Only its alpha channel counts: make its colours one colour.")
    media_type = sniff(data)
    if media_type != "image/png":
        found = f"; this is {NAMES[media_type]}. Save it as such a PNG." if media_type else f". {not_read(data)}"
        raise NotAnImage(f"A mask must be a PNG with an alpha channel{found}")
    read_through(data, limits)
    if not open_header(data, limits).hasalpha():
        found = "A mask must be a PNG with an alpha channel; this PNG has none."
        raise NotAnImage(f"{found} Make it transparent where the image may change.")
    size = shown_size(data, limits)
    if of and size != of:
        raise NotAnImage(f"A mask must have the size of the first input image, {of} pixels; it has {size}.")
    return size


def normalise_mask(data: bytes, of: Size, target: Size, limits: Limits) -> Image:
    """A mask for providers: its alpha channel over black, scaled as its image was. Raises NotAnImage.

    `of` is the size in which the image is shown, `target` the size in which providers get it.
    """
    check_mask(data, of, limits)
    try:
        image = clocked(open_header(data, limits), limits.seconds)
        alpha = image[image.bands - 1]
        alpha = ((alpha >> 8) if image.format == "ushort" else alpha).cast("uchar").autorot()
        if of != target:
            alpha = alpha.resize(target.width / of.width, vscale=target.height / of.height, kernel="linear")
            alpha = alpha.gravity("centre", target.width, target.height, extend="copy")
        black = alpha.new_from_image([0, 0, 0]).copy(interpretation="srgb")
        suffix, options = SAVERS["png"]
        encoded = black.bandjoin(alpha).write_to_buffer(suffix, keep="none", **options)
    except pyvips.Error as error:
        raise unreadable(error, limits) from error
    return Image(encoded, "image/png", target)

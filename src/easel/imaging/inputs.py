"""An input image as painters get it: upright, in sRGB, its first frame only, without metadata, as PNG."""

import pyvips

from easel.domain import Picture, Size
from easel.errors import NotAPicture
from easel.imaging.encode import SAVERS, to_srgb
from easel.imaging.open import Limits, open_picture, read_header


def normalise_input(data: bytes, limits: Limits) -> Picture:
    media_type, size = read_header(data, limits)
    try:
        image = to_srgb(open_picture(Picture(data, media_type, size), limits).autorot())
        suffix, options = SAVERS["png"]
        encoded = image.write_to_buffer(suffix, keep="none", **options)
    except pyvips.Error as error:
        raise NotAPicture("The picture's colours cannot be brought to sRGB.") from error
    return Picture(data=encoded, media_type="image/png", size=Size(image.width, image.height))

"""An input image for providers: upright, in sRGB, its first frame only, without metadata, as PNG.

Images larger than any output are shrunk while they are read, which makes sixteen of them affordable.
"""

import pyvips

from easel.domain import Image, Size
from easel.imaging.bounds import Limits, clocked
from easel.imaging.encode import SAVERS, to_srgb
from easel.imaging.open import read_through, unreadable

LONGEST_SIDE = 2048


def normalise_input(data: bytes, limits: Limits) -> Image:
    sound = read_through(data, limits)  # shrinking hides damage, so damage is checked first
    try:
        small = pyvips.Image.thumbnail_buffer(sound.data, LONGEST_SIDE, height=LONGEST_SIDE, size="down")
        image = to_srgb(clocked(small, limits.seconds))
        suffix, options = SAVERS["png"]
        encoded = image.write_to_buffer(suffix, keep="none", **options)
    except pyvips.Error as error:
        raise unreadable(error, limits) from error
    return Image(data=encoded, media_type="image/png", size=Size(image.width, image.height))

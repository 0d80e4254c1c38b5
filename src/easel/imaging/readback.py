"""Reads an encoded image back before it is stored."""

from easel.domain import Image, Size
from easel.errors import NotAnImage
from easel.imaging.bounds import Limits
from easel.imaging.open import open_image


def read_back(original: Image, limits: Limits) -> Image:
    image = open_image(original, limits)
    if Size(image.width, image.height) != original.size:
        raise NotAnImage("The encoded image does not have the expected size.")
    return original

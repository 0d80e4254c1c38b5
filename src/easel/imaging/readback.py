"""Read an encoded picture back before anybody is told it exists."""

from easel.domain import Picture, Size
from easel.errors import NotAPicture
from easel.imaging.bounds import Limits
from easel.imaging.open import open_picture


def read_back(picture: Picture, limits: Limits) -> Picture:
    image = open_picture(picture, limits)
    if Size(image.width, image.height) != picture.size:
        raise NotAPicture("The encoded picture does not have the size it was written with.")
    return picture

"""Turns an image according to its orientation tag."""

from easel.imaging.state import ImageState

UPRIGHT = 1


def turn_upright(draft: ImageState) -> ImageState:
    image = draft.image
    if not image.get_typeof("orientation") or image.get("orientation") == UPRIGHT:
        return draft
    return draft.become(image.autorot())

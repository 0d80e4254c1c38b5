"""The background: filled or transparent as requested."""

import pyvips

from easel.imaging.state import ImageState

WHITE = [255, 255, 255]


def see_to_background(draft: ImageState) -> ImageState:
    image, promise = draft.image, draft.promise
    see_through = image.hasalpha() and _see_through(image)
    if promise.background == "transparent" and not see_through:
        draft = draft.warn("The provider returned a filled background instead of a transparent one.")
    keeps_alpha = promise.background == "transparent" or (promise.background == "auto" and see_through)
    if not image.hasalpha() or (keeps_alpha and promise.format != "jpeg"):
        return draft
    if draft.untouched and not see_through:  # filled already: nothing to change
        return draft
    return draft.become(image.flatten(background=WHITE) if see_through else image[: image.bands - 1])


def _see_through(image: pyvips.Image) -> bool:
    opaque = 65535 if image.format == "ushort" else 255
    return bool(image[image.bands - 1].min() < opaque)

"""The steps between opening and encoding: upright, the requested size, the requested background."""

import pyvips

from easel.domain import Size
from easel.imaging.state import ImageState

UPRIGHT = 1  # the orientation tag of an image that needs no turning
TOLERANCE = 0.01
WHITE = [255, 255, 255]


def turn_upright(draft: ImageState) -> ImageState:
    image = draft.image
    if not image.get_typeof("orientation") or image.get("orientation") == UPRIGHT:
        return draft
    return draft.become(image.autorot())


def bring_to_size(draft: ImageState) -> ImageState:
    """The requested pixels, if it has the requested shape and enough of them. Nothing is cropped."""
    have, want = draft.size, draft.promise.size
    if have == want:
        return draft
    if not is_large_enough(have, want):
        return draft.warn(f"The provider returned {have} pixels instead of {want}; the image is unchanged and free.")
    if not _same_shape(have, want):
        return draft.warn(f"The provider returned {have} pixels instead of {want}; the image is unchanged.")
    image = draft.image.thumbnail_image(want.width, height=want.height, size="force")
    return draft.become(image)


def is_large_enough(have: Size, want: Size) -> bool:
    """Whether an image has a quarter of the pixels asked for. One that has fewer is delivered as it came, and free.

    So an image of the requested shape is enlarged to twice its width and height at most.
    """
    return 4 * have.width * have.height >= want.width * want.height


def see_to_background(draft: ImageState) -> ImageState:
    """Filled or transparent as requested."""
    image, promise = draft.image, draft.promise
    has_alpha = image.hasalpha()
    see_through = has_alpha and _see_through(image)
    if promise.background == "transparent" and not see_through:
        draft = draft.warn("The provider returned a filled background instead of a transparent one.")
    keeps_alpha = promise.background == "transparent" or (promise.background == "auto" and see_through)
    if not has_alpha or (keeps_alpha and promise.format != "jpeg"):
        return draft
    if draft.untouched and not see_through:  # filled already: nothing to change
        return draft
    return draft.become(image.flatten(background=WHITE) if see_through else image[: image.bands - 1])


def _same_shape(have: Size, want: Size) -> bool:
    """Equal ratios, except for what nobody sees: one in a hundred, or the pixel that rounding may have cost."""
    height = have.width * want.height / want.width
    return abs(height - have.height) <= max(1.0, TOLERANCE * have.height)


def _see_through(image: pyvips.Image) -> bool:
    opaque = 65535 if image.format == "ushort" else 255
    return bool(image[image.bands - 1].min() < opaque)

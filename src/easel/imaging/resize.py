"""Resizes an image to the requested pixels, if it has the requested shape. Nothing is ever stretched or cropped."""

from easel.domain import Size
from easel.imaging.state import ImageState

TOLERANCE = 0.01


def bring_to_size(draft: ImageState) -> ImageState:
    have, want = draft.size, draft.promise.size
    if have == want:
        return draft
    if not _same_shape(have, want):
        return draft.warn(f"The provider returned {have} pixels instead of {want}; the image is unchanged.")
    image = draft.image.thumbnail_image(want.width, height=want.height, size="force")
    return draft.become(image)


def _same_shape(have: Size, want: Size) -> bool:
    """Equal ratios, except for the one pixel that rounding may have cost."""
    height = have.width * want.height / want.width
    return abs(height - have.height) <= min(1.0, TOLERANCE * have.height)

"""Bring a picture to the promised pixels, if it has the promised shape. Nothing is ever stretched or cropped."""

from easel.domain import Size
from easel.imaging.state import ImageState

TOLERANCE = 0.01


def bring_to_size(draft: ImageState) -> ImageState:
    have, want = draft.size, draft.promise.size
    if have == want:
        return draft
    if not _same_shape(have, want):
        return draft.warn(f"The provider delivered {have} pixels instead of {want}; the picture is left as it came.")
    image = draft.image.thumbnail_image(want.width, height=want.height, size="force")
    return draft.become(image)


def _same_shape(have: Size, want: Size) -> bool:
    """Equal ratios, but for the one pixel that rounding may have cost."""
    height = have.width * want.height / want.width
    return abs(height - have.height) <= min(1.0, TOLERANCE * have.height)

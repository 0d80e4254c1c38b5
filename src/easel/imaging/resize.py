"""Bring a picture to the promised pixels, if it has the promised shape. Nothing is ever stretched or cropped."""

from easel.domain import Size
from easel.imaging.draft import Draft

TOLERANCE = 0.01


def bring_to_size(draft: Draft) -> Draft:
    have, want = draft.size, draft.promise.size
    if have == want:
        return draft
    if not _same_shape(have, want):
        return draft.warn(f"The painter delivered {have} pixels instead of {want}; the picture is left as it came.")
    image = draft.image.thumbnail_image(want.width, height=want.height, size="force")
    return draft.become(image)


def _same_shape(have: Size, want: Size) -> bool:
    """Equal ratios, but for what rounding to whole pixels may have cost."""
    return abs(have.width * want.height / (have.height * want.width) - 1) < TOLERANCE

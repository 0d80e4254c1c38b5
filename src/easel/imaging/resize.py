"""Bring a picture to the promised pixels, if it has the promised shape. Nothing is ever stretched or cropped."""

from easel.domain import Size
from easel.imaging.draft import Draft


def bring_to_size(draft: Draft) -> Draft:
    have, want = Size(draft.image.width, draft.image.height), draft.promise.size
    if have == want:
        return draft
    if not _same_shape(have, want):
        return draft.warn(f"The painter delivered {have} pixels instead of {want}; the picture is left as it came.")
    image = draft.image.thumbnail_image(want.width, height=want.height, size="force")
    return draft.become(image)


def _same_shape(have: Size, want: Size) -> bool:
    """Equal ratios, allowing for the pixel that rounding may have cost either side."""
    difference = abs(have.width * want.height - have.height * want.width)
    return difference <= max(want.width, want.height)

"""Bring an edited picture to the promised size: another shape goes on beyond its edges, and nothing is stretched."""

import pyvips

from easel.domain import Size


def fitted(image: pyvips.Image, size: Size) -> tuple[pyvips.Image, str]:
    """The picture at exactly this size, and a sentence when its shape had to change."""
    if (image.width, image.height) == (size.width, size.height):
        return image, ""
    scale = min(size.width / image.width, size.height / image.height)
    width, height = round(image.width * scale), round(image.height * scale)
    if abs(width - size.width) <= 1 and abs(height - size.height) <= 1:
        return image.thumbnail_image(size.width, height=size.height, size="force"), ""
    inner = image.thumbnail_image(width, height=height, size="force")
    left, top = (size.width - width) // 2, (size.height - height) // 2
    ground = inner.embed(left, top, size.width, size.height, extend="mirror").gaussblur(
        max(size.width, size.height) / 60
    )
    placed = ground.rint().cast("uchar").insert(inner, left, top).copy(interpretation="srgb")
    return placed, f"The picture is whole, and goes on blurred beyond its edges to be {size}."

"""What the engine is given and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

RAW_RGBA = "image/x-raw-rgba"


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}×{self.height}"


@dataclass(frozen=True, slots=True)
class Image:
    """An input: the bytes of an image file. A drawn image: `RAW_RGBA`, width × height × 4 bytes of sRGB with straight
    alpha. `warnings` are sentences: what of the request a drawn image does not show.
    """

    data: bytes = field(repr=False)
    media_type: str
    size: Size
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """What to draw. The same request always gives the same images.

    `quality` is low, medium, high or auto (drawn as high); `background` is auto, opaque or transparent;
    `output_format` is what the image will be encoded as: a JPEG has no transparency.
    `model` and `params` are not read, but another value gives another image.
    """

    prompt: str
    size: Size
    quality: str = "auto"
    background: str = "auto"
    output_format: str = "png"
    inputs: tuple[Image, ...] = ()
    model: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)

"""The engine's input and output types."""

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
    """An input image or a drawn one.

    For an input, `data` is an image file of `media_type`. For a drawn image it is `RAW_RGBA`: width × height × 4 bytes
    of sRGB with straight alpha; `warnings` are sentences about what the image does not show.
    """

    data: bytes = field(repr=False)
    media_type: str
    size: Size
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """What to draw. Equal requests give equal images; another `variation` gives other ones.

    `quality` is low, medium, high or auto (same as high); `background` is auto, opaque or transparent; `output_format`
    is the format the image will be encoded in: a JPEG has no transparency. `model` and `params` only seed the random
    numbers. `mask` is a PNG as large as the first input: only where it is fully transparent may that image change.
    """

    prompt: str
    size: Size
    quality: str = "auto"
    background: str = "auto"
    output_format: str = "png"
    inputs: tuple[Image, ...] = ()
    mask: Image | None = None
    model: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    variation: int = 0

"""An image during postprocessing, and its requested output."""

from dataclasses import dataclass, replace
from typing import Self

import pyvips

from easel.domain import RAW_RGBA, Image, Size
from easel.imaging.formats import sniff

# By the values of `output_format`.
MEDIA_TYPES = {"webp": "image/webp", "png": "image/png", "jpeg": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class OutputSpec:
    """The requested output: `format` webp, png or jpeg; `background` auto, opaque or transparent.

    `compression` is the request's `output_compression`, 0 to 100. `compressed` says that the provider has applied it
    already.
    """

    size: Size
    format: str
    background: str
    compression: int = 100
    compressed: bool = False

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.format]


@dataclass(frozen=True)
class ImageState:
    """The current state. `image` stays the object that was opened until a step has to change it."""

    image: pyvips.Image
    size: Size  # each look at it is several calls of the library
    source: Image
    promise: OutputSpec
    changed: bool = False
    warnings: tuple[str, ...] = ()

    def become(self, image: pyvips.Image) -> Self:
        return replace(self, image=image, size=Size(image.width, image.height), changed=True)

    def warn(self, sentence: str) -> Self:
        return replace(self, warnings=(*self.warnings, sentence))

    @property
    def untouched(self) -> bool:
        """Whether the provider's own bytes (not their label) already are as requested."""
        if self.changed or self.source.media_type == RAW_RGBA:
            return False
        if self.promise.compression < 100 and not self.promise.compressed:
            return False
        still = self.image.get_typeof("n-pages") == 0 or self.image.get("n-pages") == 1
        return still and sniff(self.source.data) == self.promise.media_type

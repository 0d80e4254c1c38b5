"""Postprocessing: turns a provider's result into exactly the requested image, or an error.

The recipe: open it, turn it upright, convert it to sRGB, resize it, fix its background, encode it, read it back, add
its provenance. An image that already is as requested keeps its pixels unchanged: no quality is lost.
"""

import asyncio
import contextlib
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TypeVar, TypeVarTuple

import pyvips
from pydantic import Field

from easel.domain import Image, Provenance, Size
from easel.errors import NotAnImage
from easel.imaging.bounds import Limits
from easel.imaging.copies import copy_as, preview_of
from easel.imaging.encode import bring_to_srgb, encode
from easel.imaging.inputs import normalise_input
from easel.imaging.masks import check_mask, normalise_mask, shown_size
from easel.imaging.open import open_image, read_through
from easel.imaging.provenance import ProvenanceSettings, ProvenanceWriter
from easel.imaging.state import ImageState, OutputSpec
from easel.imaging.steps import bring_to_size, is_large_enough, see_to_background, turn_upright
from easel.kit.memory import MEGABYTE

__all__ = ["Imaging", "ImagingSettings", "OutputSpec", "is_large_enough"]

Args = TypeVarTuple("Args")
Result = TypeVar("Result")

STEPS = (turn_upright, bring_to_srgb, bring_to_size, see_to_background)


class ImagingSettings(ProvenanceSettings):
    imaging_threads: int = Field(default=2, ge=1)
    """Threads that process and encode images."""
    max_picture_megapixels: int = Field(default=64, ge=1)
    """Maximum million pixels of an image, input or output; larger ones are refused."""
    max_input_megabytes: int = Field(default=50, ge=1)
    """Maximum size of one input image."""
    max_whole_megabytes: int = Field(default=256, ge=16)
    """Maximum memory of one image in a format that must be decoded as a whole: AVIF, WebP, GIF, interlaced PNG,
    progressive JPEG. Larger ones are refused, inputs and outputs."""
    max_jpeg_scans: int = Field(default=100, ge=10)
    """Maximum scans of a JPEG; programs that write them use about ten."""
    max_frames: int = Field(default=1000, ge=1)
    """Maximum frames of one animated WebP; only the first is used."""
    max_decode_seconds: float = Field(default=20.0, gt=0)
    """Maximum seconds for reading or shrinking one input image."""


class Imaging:
    """The recipe, run on its own threads; copies are created on another, so that no job waits for them.

    `folder` contains the signing key and certificate.
    """

    def __init__(self, settings: ImagingSettings, folder: Path) -> None:
        self._marker = ProvenanceWriter(settings, folder)
        self.limits = Limits(
            pixels=settings.max_picture_megapixels * 1_000_000,
            bytes=settings.max_input_megabytes * MEGABYTE,
            scans=settings.max_jpeg_scans,
            frames=settings.max_frames,
            whole=settings.max_whole_megabytes * MEGABYTE,
            seconds=settings.max_decode_seconds,
        )
        self._copiers = ThreadPoolExecutor(1, "copies", _stand_back, (10,))
        self._threads = ThreadPoolExecutor(settings.imaging_threads, "imaging", _stand_back, (5,))

    async def postprocess(
        self, original: Image, promise: OutputSpec, origin: Provenance
    ) -> tuple[Image, tuple[str, ...]]:
        """The requested image with its provenance, and warnings; raises NotAnImage."""
        return await self._run(self._finished, original, promise, origin)

    async def normalise(self, data: bytes) -> Image:
        """An input image for providers: upright, sRGB, without metadata; raises NotAnImage."""
        return await self._run(normalise_input, data, self.limits)

    async def inspect(self, data: bytes) -> Image:
        """The image in these bytes, verified by reading them to the end; raises NotAnImage."""
        return await self._run(read_through, data, self.limits)

    async def shown_size(self, data: bytes) -> Size:
        """The size of an image as it is shown, upright; raises NotAnImage."""
        return await self._run(shown_size, data, self.limits)

    async def check_mask(self, data: bytes, of: Size | None) -> Size:
        """The size of a mask for an image shown in size `of`, if that is known; raises NotAnImage."""
        return await self._run(check_mask, data, of, self.limits)

    async def normalise_mask(self, data: bytes, of: Size, target: Size) -> Image:
        """A mask for providers: it belongs to an image shown in size `of` that they get as `target`."""
        return await self._run(normalise_mask, data, of, target, self.limits)

    async def preview(self, data: bytes) -> Image:
        """A preview, created on the copy thread; raises NotAnImage."""
        return await self._run(preview_of, data, self.limits, threads=self._copiers)

    async def copy_as(self, original: Image, format: str) -> Image:
        """The same image as webp, png or jpeg, created on the copy thread; raises NotAnImage."""
        return await self._run(self._copied, original, format, threads=self._copiers)

    def _finished(self, original: Image, promise: OutputSpec, origin: Provenance) -> tuple[Image, tuple[str, ...]]:
        finished, said = postprocess(original, promise, self.limits)
        marked, more = self._marker.mark(finished, origin, original)
        return marked, (*said, *more)

    def _copied(self, original: Image, format: str) -> Image:
        return self._marker.mark_copy(copy_as(original, format, self.limits), original)

    def close(self) -> None:
        self._threads.shutdown(cancel_futures=True)
        self._copiers.shutdown(cancel_futures=True)

    async def _run(
        self, function: Callable[[*Args], Result], *args: *Args, threads: ThreadPoolExecutor | None = None
    ) -> Result:
        return await asyncio.get_running_loop().run_in_executor(threads or self._threads, function, *args)


def _stand_back(steps: int) -> None:
    """Lower the priority of this thread, and of those that libvips starts from it, below requests and the database."""
    if sys.platform == "linux":  # on systems with priorities per thread
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), steps)


def postprocess(original: Image, promise: OutputSpec, limits: Limits) -> tuple[Image, tuple[str, ...]]:
    untouched: ImageState | None = None

    def changes(header: pyvips.Image, opened: Image) -> bool:
        """Whether a step may change its pixels, or looks at them, going by its header: the steps after it have no more
        than that. Only `see_to_background` looks at pixels, of images with alpha."""
        nonlocal untouched
        draft = None if header.hasalpha() else _through_steps(header, opened, promise)
        untouched = draft if draft and draft.untouched else None
        return untouched is None

    opened = open_image(original, limits, needed=changes)
    draft = untouched or _through_steps(*opened, promise)
    if draft is untouched or draft.untouched:
        return replace(draft.source, media_type=promise.media_type), draft.warnings
    encoded = encode(draft)
    _, stored = open_image(encoded, limits, needed=lambda *_: False)  # read back before it is stored
    if stored.size != encoded.size:
        raise NotAnImage("The encoded image does not have the expected size.")
    return encoded, draft.warnings


def _through_steps(image: pyvips.Image, source: Image, promise: OutputSpec) -> ImageState:
    draft = ImageState(image=image, size=source.size, source=source, promise=promise)
    for step in STEPS:
        draft = step(draft)
    return draft

"""Finishing: what a provider hands over becomes exactly the picture that was promised, or an error.

The recipe, read aloud: open it, turn it upright, bring it to sRGB, bring it to size, see to its background, encode
it, read it back, mark how it was made. If it already is what was promised, its pixels pass untouched: no quality lost.
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

from pydantic import Field

from easel.domain import Image, Provenance, Size
from easel.imaging.background import see_to_background
from easel.imaging.bounds import Limits
from easel.imaging.copies import copy_as, preview_of
from easel.imaging.encode import bring_to_srgb, encode
from easel.imaging.inputs import normalise_input
from easel.imaging.open import open_image, read_through
from easel.imaging.provenance import ProvenanceSettings, ProvenanceWriter
from easel.imaging.readback import read_back
from easel.imaging.resize import bring_to_size
from easel.imaging.state import ImageState, OutputSpec
from easel.imaging.upright import turn_upright
from easel.kit.memory import MEGABYTE

__all__ = ["Imaging", "ImagingSettings", "OutputSpec"]

Args = TypeVarTuple("Args")
Result = TypeVar("Result")

STEPS = (turn_upright, bring_to_srgb, bring_to_size, see_to_background)


class ImagingSettings(ProvenanceSettings):
    imaging_threads: int = Field(default=2, ge=1, description="Threads that finish and encode pictures.")
    max_picture_megapixels: int = Field(
        default=64, ge=1, description="Pictures with more million pixels than this are refused, inputs and outputs."
    )
    max_input_megabytes: int = Field(default=50, ge=1, description="The size of one input image at the most.")
    max_whole_megabytes: int = Field(
        default=256,
        ge=16,
        description="The memory one picture may take whose format is only ever decoded as a whole: AVIF, WebP, GIF, "
        "interlaced PNG, progressive JPEG. Larger ones are refused, inputs and outputs.",
    )
    max_jpeg_scans: int = Field(
        default=100,
        ge=10,
        description="How often a JPEG may go over its pixels; programs that write them make about ten.",
    )
    max_frames: int = Field(default=1000, ge=1, description="Frames of one animated WebP; only the first is used.")
    max_decode_seconds: float = Field(
        default=20.0, gt=0, description="How long reading one input image, or making it small, may take."
    )


class Imaging:
    """The recipe, run on threads of its own; copies are made on another, so that no job waits for them.

    `folder` keeps what pictures are signed with.
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
        """The promised picture, marked, and warnings; raises NotAPicture."""
        return await self._run(self._finished, original, promise, origin)

    async def normalise(self, data: bytes) -> Image:
        """An input image as providers get it: upright, sRGB, without metadata; raises NotAPicture."""
        return await self._run(normalise_input, data, self.limits)

    async def inspect(self, data: bytes) -> tuple[str, Size]:
        """What kind of picture these bytes are, read to their end; raises NotAPicture."""
        return await self._run(read_through, data, self.limits)

    async def preview(self, data: bytes) -> Image:
        """A small copy for lists, made on the thread of copies; raises NotAPicture."""
        return await self._run(preview_of, data, self.limits, threads=self._copiers)

    async def copy_as(self, original: Image, format: str) -> Image:
        """The same picture as webp, png or jpeg, made on the thread of copies; raises NotAPicture."""
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
    """Let requests and the database go first: this thread, and those that libvips starts from it, are so much nicer."""
    if sys.platform == "linux":  # where threads have priorities of their own
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), steps)


def postprocess(original: Image, promise: OutputSpec, limits: Limits) -> tuple[Image, tuple[str, ...]]:
    draft = ImageState(image=open_image(original, limits), source=original, promise=promise)
    for step in STEPS:
        draft = step(draft)
    if draft.untouched:
        truth = replace(original, media_type=promise.media_type, size=draft.size)
        return original if truth == original else truth, draft.warnings
    return read_back(encode(draft), limits), draft.warnings

"""The built-in provider: `easel_sketch` draws in this process, offline and repeatable."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pydantic import Field

import easel_sketch
from easel.domain import RAW_RGBA, Done, GenerationRequest, Image, Pending, Size
from easel.errors import GenerationFailed
from easel.kit.settings import SettingsModel
from easel.providers import Provider

# Errors of a layout or of the renderer; anything else is not about the image.
_FAULTS = (ArithmeticError, LookupError, OSError, RecursionError, RuntimeError, TypeError, ValueError)
_LONGEST, _MOST = 120, 40


class SketchSettings(SettingsModel):
    """The resources of the sketch provider."""

    sketch_threads: int = Field(default=2, ge=1, le=64)
    """Images that `sketch` draws at once."""


class Sketch(Provider):
    """Draws each image on request; the same work always gives the same images."""

    name = "sketch"
    description = "Built-in placeholder. It is not an AI model."
    repeatable = True
    trained = False

    def __init__(self, settings: SketchSettings) -> None:
        self._pool = ThreadPoolExecutor(settings.sketch_threads, thread_name_prefix="sketch")

    def ignored(self, upstream_model: str, *, edit: bool) -> frozenset[str]:
        return frozenset(("moderation", "input_fidelity"))

    async def start(self, work: GenerationRequest) -> Done:
        brief = await asyncio.get_running_loop().run_in_executor(self._pool, _explain, request_of(work))
        return Done(self._images(work), brief=brief)

    async def check(self, work: GenerationRequest, pending: Pending) -> Done:
        raise GenerationFailed("The sketch provider has no pendings; start the work again.")

    async def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _images(self, work: GenerationRequest) -> AsyncGenerator[Image, None]:
        loop, request = asyncio.get_running_loop(), request_of(work)
        for index in range(work.count):
            drawn = await loop.run_in_executor(self._pool, _draw, request, index)
            yield Image(drawn.data, RAW_RGBA, work.size, drawn.warnings)


def request_of(work: GenerationRequest) -> easel_sketch.Request:
    """The engine's view of a piece of work."""
    return easel_sketch.Request(
        prompt=work.prompt,
        size=_size(work.size),
        quality=work.quality,
        background=work.background,
        output_format=work.output_format,
        inputs=tuple(_image(one) for one in work.inputs),
        mask=_image(work.mask) if work.mask else None,
        model=work.model,
        params=work.params,
        variation=work.variation,
    )


def _image(image: Image) -> easel_sketch.Image:
    return easel_sketch.Image(image.data, image.media_type, _size(image.size))


def _size(size: Size) -> easel_sketch.Size:
    return easel_sketch.Size(size.width, size.height)


def _draw(request: easel_sketch.Request, index: int) -> easel_sketch.Image:
    try:
        return easel_sketch.draw(request, index)
    except _FAULTS as error:
        raise GenerationFailed("The sketch provider could not draw this image.") from error


def _explain(request: easel_sketch.Request) -> Mapping[str, Any]:
    try:
        brief: Mapping[str, Any] = _shortened(easel_sketch.explain(request))
        return brief
    except _FAULTS as error:
        raise GenerationFailed("The sketch provider could not read this prompt.") from error


def _shortened(value: Any) -> Any:
    """Truncate long lists and texts to fit into a job's row: the prompt itself is stored beside it."""
    match value:
        case str():
            return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
        case list():
            return [_shortened(one) for one in value[:_MOST]]
        case dict():
            return {key: _shortened(one) for key, one in value.items()}
    return value

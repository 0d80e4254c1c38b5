"""The built-in provider: what it makes of the engine's images and faults."""

import asyncio
from dataclasses import replace

import pytest

from easel.domain import RAW_RGBA, GenerationRequest, Image, Pending, Size
from easel.errors import GenerationFailed
from easel.providers.sketch import Sketch, SketchSettings

SQUARE = Size(256, 256)
WORK = GenerationRequest(
    "job", "gpt-image-2", "sketch", "A poster about the sea", "1:1", SQUARE, 2, "low", "auto", "png", {}
)


def made(work: GenerationRequest) -> list[Image]:
    async def run() -> list[Image]:
        sketch = Sketch(SketchSettings())
        try:
            return [image async for image in (await sketch.start(work)).images]
        finally:
            await sketch.close()

    return asyncio.run(run())


def test_each_image_is_a_variation_and_the_same_work_gives_the_same_images() -> None:
    first, again = made(WORK), made(replace(WORK, job_id="another job"))
    assert first == again
    assert [image.media_type for image in first] == [RAW_RGBA, RAW_RGBA]
    assert first[0].data != first[1].data


def test_another_variation_gives_other_images_and_the_same_one_the_same() -> None:
    of = {number: made(replace(WORK, variation=number, count=1))[0].data for number in (0, 1, 19, 20, 1_000_000)}
    assert len(set(of.values())) == len(of)
    assert of[20] == made(replace(WORK, variation=20, count=1))[0].data


def test_an_image_that_cannot_be_drawn_has_failed() -> None:
    with pytest.raises(GenerationFailed):
        made(replace(WORK, size=Size(0, 0)))
    with pytest.raises(GenerationFailed):
        asyncio.run(Sketch(SketchSettings()).check(WORK, Pending("none")))

"""A provider that takes no time: flat pictures of the right size, and a script of what is to go wrong."""

import hashlib
from collections.abc import AsyncGenerator, Iterable
from pathlib import Path

from easel.domain import RAW_RGBA, Done, GenerationRequest, Image, Pending
from easel.errors import Unreachable
from easel.providers import Provider


class InstantProvider(Provider):
    """A provider for tests and benchmarks.

    `script` holds an answer for each of the first calls of `start`: an exception is raised, a pending or pictures are
    answered. After it, each start generates `work.count` flat pictures. `starts` counts the calls: with
    `repeatable=False` each one stands for money, and `paid_log` (a file) counts them across processes too.
    `picture` is handed over instead of a flat one, as often as asked.
    """

    def __init__(
        self,
        *,
        name: str = "sketch",
        repeatable: bool = True,
        script: Iterable[Exception | Pending | Iterable[Image]] = (),
        paid_log: Path | None = None,
        image: Image | None = None,
    ) -> None:
        self.name = name
        self.description = "A provider for tests: flat colours, at once."
        self.repeatable = repeatable
        self._script = list(script)
        self._paid_log = paid_log
        self._image = image
        self.starts = 0
        self.checks = 0

    async def start(self, work: GenerationRequest) -> Done | Pending:
        self.starts += 1
        if self._paid_log:
            with self._paid_log.open("a") as log:
                log.write(work.job_id + "\n")
        answer = self._script.pop(0) if self._script else None
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Pending):
            return answer
        return Done(_each(self._images(work) if answer is None else answer))

    async def check(self, work: GenerationRequest, pending: Pending) -> Done | Pending:
        self.checks += 1
        if pending.upstream_id == "never":
            raise Unreachable("not yet")
        return Done(_each(self._images(work)))

    def _images(self, work: GenerationRequest) -> Iterable[Image]:
        return [self._image] * work.count if self._image else flat_images(work)


def flat_images(work: GenerationRequest) -> list[Image]:
    """One plain colour a picture, different for each and the same every time."""
    images = []
    for index in range(work.count):
        red, green, blue = hashlib.sha256(f"{work.prompt}{index}{work.variation or ''}".encode()).digest()[:3]
        alpha = 0 if work.background == "transparent" else 255
        pixels = bytes((red, green, blue, alpha)) * (work.size.width * work.size.height)
        images.append(Image(pixels, RAW_RGBA, work.size))
    return images


async def _each(images: Iterable[Image]) -> AsyncGenerator[Image, None]:
    for image in images:
        yield image

"""Provider responses that can be read only once, kept in a file until their job has ended.

Such a provider cannot be asked again: its response would be lost with this process or a failed run. So the images are
written to the data folder before anything else happens, and the next run continues from there, in this process or in
the next one on the same folder.
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from easel.domain import Done, Image, Size
from easel.errors import ProviderError
from easel.kit.retry import run_with_retry
from easel.storage.folder import flush

ENDING = ".answer"
# File format: the images one after the other, a JSON object that describes them, its length, and this mark. Without
# the mark the response was truncated while it was written.
WHOLE = b"easel answer\n"
LENGTH = 8

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class OnDisk:
    """An image in a file: its position and its type."""

    path: Path
    start: int
    length: int
    media_type: str
    size: Size
    warnings: Sequence[str]

    async def image(self) -> Image:
        """The image's bytes. Waits while the file is not readable, for example without a free file descriptor."""
        data = await run_with_retry(lambda: asyncio.to_thread(_read, self.path, self.start, self.length), on=OSError)
        return Image(data, self.media_type, self.size, tuple(self.warnings))


class HeldAnswers:
    """The responses in one folder, one file per job. Disk errors never make its methods fail."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def keep(self, job_id: str, done: Done) -> tuple[Done, bool]:
        """The same response, and whether it is safe on the disk; otherwise it stays in memory."""
        path, kept, fault = self._path(job_id), list[OnDisk | Image](), None
        async with contextlib.aclosing(done.images) as images:
            try:
                async for image in images:
                    start = sum(one.length for one in kept if isinstance(one, OnDisk))
                    kept.append(await asyncio.to_thread(_append, path, start, image))
            except ProviderError as error:
                fault = error
        on_disk = [one for one in kept if isinstance(one, OnDisk)]
        safe = len(on_disk) == len(kept) and await asyncio.to_thread(_seal, path, on_disk, done)
        return Done(_images(kept, fault), True, done.upstream_id, done.usage, done.brief), safe

    async def find(self, job_id: str) -> Done | None:
        """The response kept by an earlier run; None when there is none, or it is incomplete."""
        return await run_with_retry(lambda: asyncio.to_thread(_open, self._path(job_id)), on=OSError)

    def forget(self, job_id: str) -> None:
        """Delete the response of a job that has ended."""
        with contextlib.suppress(OSError):
            self._path(job_id).unlink()

    def jobs(self) -> Sequence[str]:
        """The jobs with a file here."""
        try:
            return sorted(path.name.removesuffix(ENDING) for path in self._folder.glob(f"*{ENDING}"))
        except OSError:
            return []

    def _path(self, job_id: str) -> Path:
        return self._folder / f"{job_id}{ENDING}"


def _append(path: Path, start: int, image: Image) -> OnDisk | Image:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("r+b" if start else "wb") as file:
            file.seek(start)
            file.write(image.data)
    except OSError as error:
        log.warning("response kept in memory: it could not be written", error=str(error))
        return image
    return OnDisk(path, start, len(image.data), image.media_type, image.size, image.warnings)


def _seal(path: Path, images: Sequence[OnDisk], done: Done) -> bool:
    document = {
        "images": [[one.length, one.media_type, one.size.width, one.size.height, *one.warnings] for one in images],
        "upstream_id": done.upstream_id,
        "usage": dict(done.usage),
        "brief": done.brief,
    }
    end = json.dumps(document).encode()
    try:
        with path.open("ab") as file:
            file.write(end + len(end).to_bytes(LENGTH) + WHOLE)
        flush(path)
    except OSError as error:
        log.warning("response could not be written completely; it is lost if this process ends", error=str(error))
        return False
    return True


def _open(path: Path) -> Done | None:
    try:
        size = path.stat().st_size
        foot = _read(path, max(0, size - LENGTH - len(WHOLE)), LENGTH + len(WHOLE))
        if not foot.endswith(WHOLE):
            return None
        length = int.from_bytes(foot[:LENGTH])
        if length > size - len(foot):
            raise ValueError(f"{length} bytes do not fit into a file of {size}")
        return _parsed(path, json.loads(_read(path, size - len(foot) - length, length)))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:  # something else has written to it
        log.error("stored response is damaged and unusable", file=path.name, error=repr(error))
        return None


def _parsed(path: Path, document: Mapping[str, Any]) -> Done:
    images, start = list[OnDisk | Image](), 0
    for length, media_type, width, height, *warnings in document["images"]:
        images.append(OnDisk(path, start, length, media_type, Size(width, height), warnings))
        start += length
    return Done(_images(images), True, document["upstream_id"], document["usage"], document["brief"])


def _read(path: Path, start: int, length: int) -> bytes:
    with path.open("rb") as file:
        file.seek(start)
        return file.read(length)


async def _images(kept: Sequence[OnDisk | Image], fault: ProviderError | None = None) -> AsyncGenerator[Image, None]:
    for one in kept:
        yield await one.image() if isinstance(one, OnDisk) else one
    if fault is not None:
        raise fault

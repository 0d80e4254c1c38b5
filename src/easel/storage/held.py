"""Provider responses that can be read only once, kept in a file until their job has ended.

Such a provider cannot be asked again: its response would be lost with this process or a failed run. So the images are
written to the data folder before anything else happens, and the next run continues from there, in this process or in
the next one on the same folder.
"""

import asyncio
import contextlib
import json
import os
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from filelock import FileLock, Timeout

from easel.domain import Done, Image, Size
from easel.errors import OutcomeUnknown, ProviderError
from easel.kit.memory import MemoryBudget
from easel.kit.retry import run_with_retry
from easel.kit.spill import write_all
from easel.storage.folder import flush

ENDING, LOCK = ".answer", "lock"
# File format: the images one after the other, a JSON object that describes them, its length, and this mark. Without
# the mark the response was truncated while it was written.
WHOLE = b"easel answer\n"
LENGTH = 8
IN_MEMORY = MemoryBudget(12_000_000)  # bytes of images that are on the disk and still in memory

log = structlog.get_logger()


@dataclass(slots=True, eq=False, weakref_slot=True)
class OnDisk:
    """An image in a file: its position and its type. While there is room for it, also its bytes in memory."""

    path: Path
    start: int
    length: int
    media_type: str
    size: Size
    warnings: Sequence[str]
    in_memory: Image | None = None

    async def image(self) -> Image:
        """The image's bytes. Waits while the file is not readable, for example without a free file descriptor.

        Raises OutcomeUnknown when the job has ended meanwhile, and its file was deleted.
        """
        if self.in_memory:
            return self.in_memory
        data = await run_with_retry(lambda: asyncio.to_thread(self._read), on=OSError)
        return Image(data, self.media_type, self.size, tuple(self.warnings))

    def _read(self) -> bytes:
        try:
            return _read(self.path, self.start, self.length)
        except FileNotFoundError as error:
            if self.path.parent.exists():
                raise OutcomeUnknown("The kept response is gone: its job has ended.") from error
            raise  # a data folder that is away may come back


class HeldAnswers:
    """The responses in one folder, one file per job. Disk errors never make its methods fail."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def keep(self, job_id: str, done: Done, count: int = 1) -> tuple[Done, bool]:
        """The same response, of `count` images at most, and whether it is safe on the disk.

        Otherwise it stays in memory.
        """
        path, kept, fault = self._path(job_id), list[OnDisk | Image](), None
        safe = False
        async with contextlib.aclosing(done.images) as images:
            try:
                async for image in images:
                    last = len(kept) == count - 1
                    safe = await asyncio.to_thread(_append, path, kept, image, done if last else None)
            except ProviderError as error:
                fault = error
        safe = safe or await asyncio.to_thread(_seal, path, kept, done)
        return Done(_images(kept, fault), True, done.upstream_id, done.usage, done.brief), safe

    async def find(self, job_id: str) -> Done | None:
        """The response kept by an earlier run; None when there is none, or it is incomplete."""
        return await run_with_retry(lambda: asyncio.to_thread(_open, self._path(job_id)), on=OSError)

    async def forget(self, job_id: str) -> None:
        """Delete the response of a job that has ended."""
        await asyncio.to_thread(_delete, self._path(job_id))

    def jobs(self) -> Sequence[str]:
        """The jobs with a file here."""
        try:
            return sorted(path.name.removesuffix(ENDING) for path in self._folder.glob(f"*{ENDING}"))
        except OSError:
            return []

    def _path(self, job_id: str) -> Path:
        return self._folder / f"{job_id}{ENDING}"


def gather_answers(folder: Path, *, after: int) -> None:
    """Move the responses of processes with higher numbers than `after` here: nobody else would continue from them.

    Those of a process that still runs stay with it.
    """
    for other in [one for one in folder.glob("*/") if one.name.isdecimal() and int(one.name) > after]:
        with contextlib.suppress(Timeout), FileLock(other / LOCK, timeout=0):
            for path in other.glob(f"*{ENDING}"):
                path.rename(folder / path.name)


def _append(path: Path, kept: list[OnDisk | Image], image: Image, last_of: Done | None) -> bool:
    """Add an image to those that are kept; whether the response is safe, of which it was the last."""
    on_disk = [one for one in kept if isinstance(one, OnDisk)]
    start = sum(one.length for one in on_disk)
    new = OnDisk(path, start, len(image.data), image.media_type, image.size, image.warnings)
    whole = last_of is not None and len(on_disk) == len(kept)
    try:
        _write(path, image.data, at=start, end=_end(last_of, [*on_disk, new]) if last_of and whole else b"")
    except OSError as error:
        log.warning("response kept in memory: it could not be written", error=str(error))
        kept.append(image)
        return False
    new.in_memory = image if IN_MEMORY.take(new, new.length) else None
    kept.append(new)
    return whole


def _seal(path: Path, kept: Sequence[OnDisk | Image], done: Done) -> bool:
    """End a file of fewer images than were asked for."""
    on_disk = [one for one in kept if isinstance(one, OnDisk)]
    if len(on_disk) < len(kept):
        return False
    try:
        _write(path, b"", at=sum(one.length for one in on_disk), end=_end(done, on_disk))
    except OSError as error:
        log.warning("response could not be written completely; it is lost if this process ends", error=str(error))
        return False
    return True


def _write(path: Path, data: bytes, *, at: int, end: bytes) -> None:
    """Write an image, and the end of the file if it is known, which is then flushed to the disk."""
    flags = os.O_WRONLY | os.O_CREAT | (0 if at else os.O_TRUNC)
    try:
        descriptor = os.open(path, flags, 0o600)
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flush(path.parent.parent)
        descriptor = os.open(path, flags, 0o600)
    try:
        write_all(descriptor, data, at=at)
        write_all(descriptor, end, at=at + len(data))
        if end:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if end:
        flush(path.parent)


def _end(done: Done, images: Sequence[OnDisk]) -> bytes:
    document = {
        "images": [[one.length, one.media_type, one.size.width, one.size.height, *one.warnings] for one in images],
        "upstream_id": done.upstream_id,
        "usage": dict(done.usage),
        "brief": done.brief,
    }
    text = json.dumps(document).encode()
    return text + len(text).to_bytes(LENGTH) + WHOLE


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


def _delete(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


def _read(path: Path, start: int, length: int) -> bytes:
    with path.open("rb") as file:
        file.seek(start)
        return file.read(length)


async def _images(kept: list[OnDisk | Image], fault: ProviderError | None = None) -> AsyncGenerator[Image, None]:
    while kept:  # what was read is not held on to
        one = kept.pop(0)
        yield await one.image() if isinstance(one, OnDisk) else one
    if fault is not None:
        raise fault

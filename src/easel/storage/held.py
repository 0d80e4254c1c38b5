"""Provider responses that can be read only once, kept in a file until their job has ended.

Such a provider cannot be asked again: its response would be lost with this process or a failed run. So the images are
written to the data folder before anything else happens, and the next run continues from there, in this process or in
the next one on the same folder.

A file serves one job after the other, which spares the disk a new file for each image, and its deletion. So each says
whose it is, with checksums: while it is written over, it is nobody's.
"""

import asyncio
import contextlib
import itertools
import json
import os
import threading
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from filelock import FileLock, Timeout

from easel.domain import Done, Image, Size
from easel.errors import OutcomeUnknown, ProviderError
from easel.kit.ids import new_id
from easel.kit.memory import MemoryBudget
from easel.kit.retry import run_with_retry
from easel.kit.spill import write_all
from easel.storage import etag_of, has_etag
from easel.storage.folder import flush

ENDING, LOCK = ".answer", "lock"
# File format: the images one after the other, a JSON object that says whose they are and describes them, its length,
# and this mark. Without the mark the response was truncated while it was written.
WHOLE = b"easel answer\n"
LENGTH = 8
IN_MEMORY = MemoryBudget(12_000_000)  # bytes of images that are on the disk and still in memory
SPARE, LARGEST_SPARE = 8, 8_000_000  # files that wait for the next jobs, and the most bytes of one

log = structlog.get_logger()


@dataclass(slots=True, eq=False)
class _File:
    """A file of at most `size` bytes. Nobody writes to it once it is `quiet`."""

    path: Path
    size: int = 0
    quiet: bool = False


@dataclass(slots=True, eq=False, weakref_slot=True)
class OnDisk:
    """An image in a file: its position and its type. While there is room for it, also its bytes in memory."""

    path: Path
    start: int
    length: int
    etag: str | None  # None in files of earlier versions
    media_type: str
    size: Size
    warnings: Sequence[str]
    in_memory: Image | None = None

    async def image(self) -> Image:
        """The image's bytes. Waits while the file is not readable, for example without a free file descriptor.

        Raises OutcomeUnknown when the job has ended meanwhile, and its file is another's.
        """
        if self.in_memory:
            return self.in_memory
        data = await run_with_retry(lambda: asyncio.to_thread(_read, self.path, self.start, self.length), on=OSError)
        if self.etag and not has_etag(data, self.etag):
            raise OutcomeUnknown("The kept response is gone.")
        return Image(data, self.media_type, self.size, tuple(self.warnings))


class HeldAnswers:
    """The responses in one folder, of which no other process takes any. Disk errors never make its methods fail."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, _File] = {}  # by job
        self._spare: list[_File] = []
        self._names = (f"{start}-{number}{ENDING}" for start in [new_id()] for number in itertools.count())
        self._looking, self._looked_at = threading.Lock(), set[Path]()

    async def keep(self, job_id: str, done: Done, count: int = 1) -> tuple[Done, bool]:
        """The same response, of `count` images at most, and whether it is safe on the disk.

        Otherwise it stays in memory.
        """
        file, kept, fault = self._file_for(job_id), list[OnDisk | Image](), None
        safe, append = False, partial(_append, file, job_id)
        async with contextlib.aclosing(done.images) as images:
            try:
                async for image in images:
                    last = len(kept) == count - 1
                    safe = await asyncio.to_thread(append, kept, image, done if last else None)
            except ProviderError as error:
                fault = error
        safe = safe or await asyncio.to_thread(_seal, file, job_id, kept, done)
        file.quiet = True
        return Done(_images(kept, fault), True, done.upstream_id, done.usage, done.brief), safe

    async def find(self, job_id: str) -> Done | None:
        """The response kept by an earlier run; None when there is none, or it is incomplete."""
        return await run_with_retry(lambda: asyncio.to_thread(self._find, job_id), on=OSError)

    async def forget(self, job_id: str) -> None:
        """Let go of the response of a job that has ended."""
        file = self._files.pop(job_id, None)
        if file and file.quiet and file.size <= LARGEST_SPARE and len(self._spare) < SPARE:
            self._spare.append(file)
        elif file:
            await asyncio.to_thread(self._delete, [file.path])

    async def delete_spare(self) -> None:
        """Delete the files that wait for the next jobs: images of ended ones are in them."""
        paths, self._spare = [file.path for file in self._spare], []
        if paths:
            await asyncio.to_thread(self._delete, paths)

    def jobs(self) -> Sequence[str]:
        """The jobs with a response here."""
        with contextlib.suppress(OSError):
            self._look()
        return sorted(self._files)

    def _file_for(self, job_id: str) -> _File:
        file = self._files.get(job_id) or (self._spare.pop() if self._spare else self._new_file())
        file.quiet = False
        self._files[job_id] = file
        return file

    def _new_file(self) -> _File:
        path = self._folder / next(self._names)
        self._looked_at.add(path)
        return _File(path)

    def _find(self, job_id: str) -> Done | None:
        if job_id not in self._files:
            self._look()
        file = self._files.get(job_id)
        response = _open(file.path) if file else None
        return response[1] if response and response[0] == job_id else None

    def _look(self) -> None:
        """See to the files of other processes, which are left or moved here: those that are not whole are nobody's."""
        with self._looking:
            for path in sorted(set(self._folder.glob(f"*{ENDING}")) - self._looked_at):
                response, size = _open(path), path.stat().st_size
                self._looked_at.add(path)
                if response and response[0] not in self._files:
                    self._files[response[0]] = _File(path, size, quiet=True)
                else:
                    self._delete([path])

    def _delete(self, paths: Sequence[Path]) -> None:
        for path in paths:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
                self._looked_at.discard(path)


def gather_answers(folder: Path, *, after: int) -> None:
    """Move the responses of processes with higher numbers than `after` here: nobody else would continue from them.

    Those of a process that still runs stay with it.
    """
    for other in [one for one in folder.glob("*/") if one.name.isdecimal() and int(one.name) > after]:
        with contextlib.suppress(Timeout), FileLock(other / LOCK, timeout=0):
            for path in other.glob(f"*{ENDING}"):
                path.rename(folder / path.name)


def _append(file: _File, job_id: str, kept: list[OnDisk | Image], image: Image, last_of: Done | None) -> bool:
    """Add an image to those that are kept; whether the response is safe, of which it was the last."""
    on_disk = [one for one in kept if isinstance(one, OnDisk)]
    start = sum(one.length for one in on_disk)
    etag = etag_of(image.data)
    new = OnDisk(file.path, start, len(image.data), etag, image.media_type, image.size, image.warnings)
    whole = last_of is not None and len(on_disk) == len(kept)
    try:
        _write(file, image.data, at=start, end=_end(job_id, last_of, [*on_disk, new]) if last_of and whole else b"")
    except OSError as error:
        log.warning("response kept in memory: it could not be written", error=str(error))
        kept.append(image)
        return False
    new.in_memory = image if IN_MEMORY.take(new, new.length) else None
    kept.append(new)
    return whole


def _seal(file: _File, job_id: str, kept: Sequence[OnDisk | Image], done: Done) -> bool:
    """End a file of fewer images than were asked for."""
    on_disk = [one for one in kept if isinstance(one, OnDisk)]
    if len(on_disk) < len(kept):
        return False
    try:
        _write(file, b"", at=sum(one.length for one in on_disk), end=_end(job_id, done, on_disk))
    except OSError as error:
        log.warning("response could not be written completely; it is lost if this process ends", error=str(error))
        return False
    return True


def _write(file: _File, data: bytes, *, at: int, end: bytes) -> None:
    """Write an image, and the end of the file if it is known, which is then flushed to the disk."""
    after = at + len(data) + len(end)
    descriptor = _opened(file.path)
    try:
        if file.size > after:  # what it ends with is another's
            os.ftruncate(descriptor, after)
        file.size = after
        write_all(descriptor, data, at=at)
        write_all(descriptor, end, at=at + len(data))
        if end:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _opened(path: Path) -> int:
    """Its descriptor; a new file is in its folder even after a power failure."""
    with contextlib.suppress(FileNotFoundError):
        return os.open(path, os.O_WRONLY)
    if not path.parent.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flush(path.parent.parent)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    flush(path.parent)
    return descriptor


def _end(job_id: str, done: Done, images: Sequence[OnDisk]) -> bytes:
    document = {
        "job": job_id,
        "images": [[one.length, one.media_type, one.size.width, one.size.height, *one.warnings] for one in images],
        "etags": [one.etag for one in images],
        "upstream_id": done.upstream_id,
        "usage": dict(done.usage),
        "brief": done.brief,
    }
    text = json.dumps(document).encode()
    return text + len(text).to_bytes(LENGTH) + WHOLE


def _open(path: Path) -> tuple[str, Done] | None:
    """Whose response it is, and the response. None for what is missing, or incomplete."""
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


def _parsed(path: Path, document: Mapping[str, Any]) -> tuple[str, Done]:
    images, start = list[OnDisk | Image](), 0
    # Those of earlier versions have no checksums, and the name of their job.
    etags = document["etags"] if "job" in document else [None] * len(document["images"])
    for (length, media_type, width, height, *warnings), etag in zip(document["images"], etags, strict=True):
        if etag and not has_etag(_read(path, start, length), etag):
            raise ValueError("its bytes are not those that were written")
        images.append(OnDisk(path, start, length, etag, media_type, Size(width, height), warnings))
        start += length
    job_id = document.get("job", path.name.removesuffix(ENDING))
    return job_id, Done(_images(images), True, document["upstream_id"], document["usage"], document["brief"])


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

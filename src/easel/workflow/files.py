"""Files as they are looked at and taken home: found by their unguessable address, small, or in another format."""

import hmac
import io
import re
import zipfile
from collections.abc import AsyncIterator, Awaitable, Sequence
from itertools import count

from easel.domain import Caller, Picture, Size
from easel.errors import NotAPicture, NotFound, StorageUnavailable
from easel.jobs.files import FileRow, find_file, find_files
from easel.jobs.load import get_job
from easel.workflow.names import preview_key
from easel.workflow.stations import Stations


def gone() -> NotFound:
    return NotFound("File not found", code="file_not_found")


async def find_by_address(stations: Stations, token: str, name: str) -> FileRow:
    """The file at an address; raises NotFound, also when only the token is wrong."""
    async with stations.db.read() as connection:
        file = await find_file(connection, name)
    if file is None or not hmac.compare_digest(file.token.encode(), token.encode()):
        raise gone()
    return file


async def find_own_files(stations: Stations, caller: Caller, names: Sequence[str]) -> Sequence[FileRow]:
    """These files, in this order; raises NotFound when one of them is not the caller's to see."""
    async with stations.db.read() as connection:
        found = await find_files(connection, caller.scope, names)
    if len(found) != len(set(names)):
        raise gone()
    return found


async def preview(stations: Stations, file: FileRow) -> bytes:
    """A small copy, made and kept when it is first asked for."""
    key = preview_key(file.name)
    kept = await stations.storage.get(key)
    if kept is not None:
        return kept
    async with stations.hands:
        small = await _tried(stations.imaging.preview(await _bytes_of(stations, file)))
    await stations.storage.put(key, file.name, small)
    return small.data


async def in_format(stations: Stations, file: FileRow, format: str) -> Picture:
    """The picture as webp, png or jpeg."""
    async with stations.hands:
        picture = Picture(await _bytes_of(stations, file), file.media_type, Size(file.width, file.height))
        return await _tried(stations.imaging.copy_as(picture, format))


async def archive(stations: Stations, files: Sequence[FileRow]) -> AsyncIterator[bytes]:
    """The files as a ZIP, one at a time in memory. Pictures are packed as they are: they are compressed already."""
    sink = _Sink()
    taken: set[str] = set()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as packed:
        for file in files:
            name = _free_name(await title_of(stations, file), file, taken)
            async with stations.hands:
                packed.writestr(name, await _bytes_of(stations, file))
            yield sink.taken()
    yield sink.taken()


async def title_of(stations: Stations, file: FileRow) -> str:
    """What a file is called when somebody saves it: the beginning of its prompt, without its extension."""
    async with stations.db.read() as connection:
        job = await get_job(connection, file.job_id) if file.job_id else None
    words = "-".join(re.findall(r"[a-z0-9]+", (job.prompt if job else "upload").lower())[:8]) or "picture"
    return words[:80] + (f"-{file.position}" if file.kind == "output" else "")


def _free_name(title: str, file: FileRow, taken: set[str]) -> str:
    suffix = file.name.rpartition(".")[2]
    for number in count(1):
        name = f"{title}.{suffix}" if number == 1 else f"{title}-({number}).{suffix}"
        if name not in taken:
            taken.add(name)
            return name
    raise AssertionError


async def _tried(copy: Awaitable[Picture]) -> Picture:
    """What is at rest was read through before it was stored: that it cannot be read is a fault of the store."""
    try:
        return await copy
    except NotAPicture as error:
        raise StorageUnavailable("The file is damaged in the store.") from error


async def _bytes_of(stations: Stations, file: FileRow) -> bytes:
    data = await stations.storage.get(file.key)
    if data is None:
        raise gone()
    return data


class _Sink(io.RawIOBase):
    """What a ZIP is written to: it keeps the bytes until they are taken, and cannot go back."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        self._bytes += data
        return len(data)

    def taken(self) -> bytes:
        data = bytes(self._bytes)
        self._bytes.clear()
        return data

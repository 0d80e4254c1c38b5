"""Copies of files: previews for lists, and finished images in other formats. Created on first request, and stored.

They are created one after the other, teams in turn, beside the threads that process images; concurrent requests for one
copy share it. Anybody with the address can request a copy, so it must be cheap.
"""

from collections.abc import Awaitable, Callable
from functools import partial

from easel.domain import Image, Size
from easel.errors import InvalidRequest, NotAnImage, StorageUnavailable
from easel.files.find import gone
from easel.files.names import copy_key, preview_key
from easel.files.rows import FileRow, find_file
from easel.runtime.limits import held, share
from easel.services import Services

Make = Callable[[bytes], Awaitable[Image]]


async def preview(services: Services, file: FileRow) -> bytes:
    """A preview of any file; raises NotFound, StorageUnavailable, or Unavailable when too many wait."""
    key = preview_key(file.name)
    kept = await services.storage.get(key)
    if kept is None:
        await _make_once(services, file, key, services.imaging.preview)
        kept = await services.storage.get(key)
    if kept is None:
        raise gone()
    return kept


async def kept_in_format(services: Services, file: FileRow, format: str) -> int | None:
    """The size of a stored copy; None when it does not exist yet. Raises InvalidRequest for uploads and inputs."""
    if file.kind != "output":
        sentence = "Only finished images are available in other formats; uploads and input images are served as sent."
        raise InvalidRequest(sentence, param="format", details={"format": [sentence]})
    return await services.storage.byte_size(copy_key(file.name, format))


async def in_format(services: Services, file: FileRow, format: str) -> int:
    """Ensure that a finished image is stored as webp, png or jpeg too; returns the size of that copy.

    Raises as `preview` does, and InvalidRequest for other files.
    """
    size = await kept_in_format(services, file, format)
    if size is None:

        async def make(data: bytes) -> Image:
            image = Image(data, file.media_type, Size(file.width, file.height))
            return await services.imaging.copy_as(image, format)

        await _make_once(services, file, copy_key(file.name, format), make)
        size = await kept_in_format(services, file, format)
    if size is None:
        raise gone()
    return size


async def _make_once(services: Services, file: FileRow, key: str, make: Make) -> None:
    """Create a copy, or wait for a running creation: a client that disconnects does not cancel it for the others."""
    await services.limits.copying.run(key, partial(_make_in_turn, services, file, key, make))


async def _make_in_turn(services: Services, file: FileRow, key: str, make: Make) -> None:
    limits, team = services.limits, share(file.team_id, test=file.test)
    with held(limits.copies, team, "Too many image copies are queued."):
        async with limits.copies_of_a_team.wait(team), limits.copier.wait():
            data = await services.storage.get(file.key)
            if data is None:
                raise gone()
            await services.storage.put(key, file.name, await _tried(make(data)))
    still = await services.db.read(find_file, file.name)
    if still is None:  # the file and its copies were deleted before this copy was stored
        await services.storage.delete(key)


async def _tried(copy: Awaitable[Image]) -> Image:
    """Stored images were verified before they were stored: a read error is a fault of the store."""
    try:
        return await copy
    except NotAnImage as error:
        raise StorageUnavailable(f"This file cannot be converted. {error.message}") from error

"""Bytes in, keys out. The only place that knows the object-store client; it knows nothing of jobs."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterable, AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, ObjectStore

from easel.domain import Picture, StoredObject
from easel.errors import StorageUnavailable
from easel.kit.ids import new_id

CHUNK = 256 * 1024
FLUSHERS = 4
MISSING = (NotFoundError, FileNotFoundError)  # the local store raises the second
OUT = (BaseError, OSError)


class Storage:
    """One folder of pictures. Keys are relative paths; putting a key again overwrites it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._threads = ThreadPoolExecutor(FLUSHERS, thread_name_prefix="storage")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._store: ObjectStore = LocalStore(prefix=folder)
        except OUT as error:
            raise StorageUnavailable(f"The file store {folder} cannot be opened.") from error

    async def put(self, key: str, name: str, picture: Picture) -> StoredObject:
        """Store a picture and see it safely on disk; raises StorageUnavailable."""
        try:
            await obstore.put_async(self._store, key, picture.data)
            loop = asyncio.get_running_loop()
            etag = await loop.run_in_executor(self._threads, _seal, self.folder / key, picture.data)
        except OUT as error:
            raise StorageUnavailable("The file store cannot be written to.") from error
        return StoredObject(
            key=key,
            name=name,
            media_type=picture.media_type,
            byte_size=len(picture.data),
            etag=etag,
            size=picture.size,
        )

    async def get(self, key: str) -> bytes | None:
        """All bytes of an object; None when there is none."""
        try:
            result = await obstore.get_async(self._store, key)
            return bytes(await result.bytes_async())
        except MISSING:
            return None
        except OUT as error:
            raise StorageUnavailable("The file store cannot be read.") from error

    async def stream(self, key: str, start: int, end: int) -> AsyncIterator[bytes] | None:
        """The bytes from `start` up to but not including `end`, in chunks; None when there is no such object."""
        try:
            result = await obstore.get_async(self._store, key, options={"range": (start, end)})
        except MISSING:
            return None
        except OUT as error:
            raise StorageUnavailable("The file store cannot be read.") from error
        return _as_bytes(result.stream(min_chunk_size=CHUNK))

    async def byte_size(self, key: str) -> int | None:
        """The size of an object; None when there is none."""
        try:
            return int((await obstore.head_async(self._store, key))["size"])
        except MISSING:
            return None
        except OUT as error:
            raise StorageUnavailable("The file store cannot be read.") from error

    async def delete(self, key: str) -> None:
        """Delete an object; one that is gone already is fine."""
        try:
            await obstore.delete_async(self._store, key)
        except MISSING:
            return
        except OUT as error:
            raise StorageUnavailable("The file store cannot be written to.") from error

    async def listing(self) -> AsyncIterator[tuple[str, int]]:
        """Every key, with the time it was last written (milliseconds since 1970)."""
        async for batch in obstore.list(self._store):
            for entry in batch:
                yield entry["path"], int(entry["last_modified"].timestamp() * 1000)

    async def ping(self) -> None:
        """Write and delete one small object; raises StorageUnavailable."""
        name = f".ping-{new_id()}"
        try:
            await obstore.put_async(self._store, name, b"easel")
            await obstore.delete_async(self._store, name)
        except OUT as error:
            raise StorageUnavailable("The file store cannot be written to.") from error


async def _as_bytes(chunks: AsyncIterable[Any]) -> AsyncIterator[bytes]:
    async for chunk in chunks:
        yield bytes(chunk)


def _seal(path: Path, data: bytes) -> str:
    """See a file onto the disk, and digest it.

    The row that names it will survive a power cut; so must the file, its shelf, and the shelf's entry.
    """
    for target in (path, *list(path.parents)[:2]):
        descriptor = os.open(target, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    return hashlib.sha256(data).hexdigest()[:32]

"""Object storage: bytes by key. The only place that knows the client library; it knows nothing of jobs."""

import asyncio
import contextlib
import hashlib
import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import obstore
import pybase64
import xxhash
from obstore.exceptions import BaseError, NotFoundError, PermissionDeniedError, UnauthenticatedError
from obstore.store import ObjectStore

from easel.domain import Image, StoredObject
from easel.errors import StorageUnavailable
from easel.kit.ids import new_id

CHUNK = 256 * 1024
XXH3 = "x"  # how the checksums of today begin
THREADS = 8
# Marks the installation of a store. It is beside the images, and not in any listing.
MARK = "easel-installation.json"
MISSING = (NotFoundError, FileNotFoundError)  # the local store raises the second
OUT = (BaseError, OSError)  # a timed-out call raises TimeoutError, which is an OSError too
LONGEST_CALL = 90.0
_CODE = re.compile(r"<Code>(\w{1,60})</Code>")  # what an S3 store says, in XML
_SYSTEM = re.compile(r"([A-Z][A-Za-z ]{1,60})\(os error \d+\)")  # what the system says

Result = TypeVar("Result")


def etag_of(data: bytes) -> str:
    """The checksum in an object's row."""
    return XXH3 + xxhash.xxh3_128_hexdigest(data)


def has_etag(data: bytes, etag: str) -> bool:
    """Whether the checksum is of these bytes. Earlier versions wrote the first half of a SHA-256."""
    return etag == (etag_of(data) if etag.startswith(XXH3) else hashlib.sha256(data).hexdigest()[:32])


def unavailable(what: str, error: Exception) -> StorageUnavailable:
    """The error for a store that is not readable, or not writable, with the reason for whoever operates it."""
    text = str(error)
    code, system = _CODE.search(text), _SYSTEM.search(text)
    sentence, reason, rejected = f"The file store is not {what}.", None, False
    if isinstance(error, PermissionDeniedError | UnauthenticatedError) and not system:
        rejected = True
        reason = (
            f"It rejects this server's key ({code[1] if code else 'access denied'}): "
            "check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and what the key may do."
        )
    elif code and code[1] == "NoSuchBucket":
        reason, rejected = "Its bucket does not exist: check EASEL_STORAGE_URL.", True
    elif code:
        reason = f"It responds with {code[1]}."
    elif system:
        reason = f"{system[1].strip()}."
    elif isinstance(error, TimeoutError):
        reason = "It does not respond."
    elif isinstance(error, OSError):
        reason = f"{error.strerror or type(error).__name__}."
    elif "error sending request" in text:
        reason = "It cannot be reached: check EASEL_STORAGE_ENDPOINT."
    return StorageUnavailable(sentence, reason=reason, rejected=rejected)


class Storage:
    """Images in one folder or bucket. Keys are relative paths; writing a key again overwrites it.

    The client is called on our own threads, which Python waits for before it exits. Its async calls use threads that
    nobody can wait for: one that still runs Python code then aborts the process.

    A call that takes more than `longest_call` seconds fails. Its thread remains busy: a store that hangs soon blocks
    all of them, and further calls fail the same way until it responds.
    """

    folder: Path | None = None  # the folder on this machine, if it is one

    def __init__(self, store: ObjectStore, *, longest_call: float = LONGEST_CALL) -> None:
        self._store, self._longest_call = store, longest_call
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="storage")
        # Health checks must not wait for long uploads.
        self._pinger = ThreadPoolExecutor(1, thread_name_prefix="storage ping")

    async def put(self, key: str, name: str, image: Image) -> StoredObject:
        """Store an image durably; raises StorageUnavailable."""

        def put() -> str:
            self._write(key, image.data)
            return etag_of(image.data)

        etag = await self._change(put)
        return StoredObject(
            key=key,
            name=name,
            media_type=image.media_type,
            byte_size=len(image.data),
            etag=etag,
            size=image.size,
        )

    async def write(self, key: str, data: bytes) -> None:
        """Store other bytes; raises StorageUnavailable."""
        await self._change(lambda: self._write(key, data))

    async def get(self, key: str) -> bytes | None:
        """All bytes of an object; None when it does not exist."""
        return await self._find(lambda: self._read(key))

    async def stream(
        self, key: str, start: int, end: int, *, chunk: int = CHUNK, base64: bool = False
    ) -> AsyncIterator[bytes] | None:
        """The bytes from `start` up to but not including `end`, or these in base64, in chunks; None when the object
        does not exist."""
        if start == end:  # stores reject empty ranges
            return None if await self.byte_size(key) is None else self._each(iter(()))

        def begin() -> tuple[Iterator[bytes], bytes]:
            pieces = self._pieces(key, start, end, chunk)
            pieces = in_base64(pieces) if base64 else pieces
            return pieces, next(pieces, b"")

        begun = await self._find(begin)
        length = length_in_base64(end - start) if base64 else end - start
        return self._rest(*begun, left=length) if begun else None

    async def byte_size(self, key: str) -> int | None:
        """The size of an object; None when it does not exist."""
        return await self._find(lambda: self._size(key))

    async def delete(self, key: str) -> None:
        """Delete an object; a missing one is fine."""
        await self._change(lambda: self._delete(key))

    async def listing(self) -> AsyncIterator[tuple[str, int]]:
        """Every key except the mark, with its last modification (milliseconds since 1970)."""
        async for batch in self._each(obstore.list(self._store)):
            for entry in batch:
                if entry["path"] != MARK:
                    yield entry["path"], int(entry["last_modified"].timestamp() * 1000)

    async def ping(self, size: int = 0) -> None:
        """Write and delete one object of so many bytes, at least a few; raises StorageUnavailable."""
        name, data = f".ping-{new_id()}", b"easel" + bytes(size)
        await self._change(lambda: self._ping(name, data), on=self._pinger)

    async def signed_address(self, key: str) -> str | None:
        """A signed URL at which the store itself serves the object; None when this server serves it."""
        return None

    def _ping(self, name: str, data: bytes) -> None:
        try:
            obstore.put(self._store, name, data)
        finally:
            with contextlib.suppress(*MISSING):  # also what a full disk has kept of it
                obstore.delete(self._store, name)

    def _delete(self, key: str) -> None:
        with contextlib.suppress(*MISSING):
            obstore.delete(self._store, key)

    def _write(self, key: str, data: bytes) -> None:
        obstore.put(self._store, key, data)

    def _read(self, key: str) -> bytes:
        return bytes(obstore.get(self._store, key).bytes())

    def _pieces(self, key: str, start: int, end: int, chunk: int) -> Iterator[bytes]:
        result = obstore.get(self._store, key, options={"range": (start, end)})
        return map(bytes, result.stream(min_chunk_size=chunk))

    def _size(self, key: str) -> int:
        return obstore.head(self._store, key)["size"]

    async def _rest(self, pieces: Iterator[bytes], piece: bytes | None, *, left: int) -> AsyncIterator[bytes]:
        """The pieces from this one on; nothing is asked for after the last."""
        try:
            while piece:
                yield piece
                left -= len(piece)
                piece = await self._run(lambda: next(pieces, None)) if left > 0 else None
        except OUT as error:
            raise unavailable("readable", error) from error

    async def _each(self, results: Iterator[Result]) -> AsyncIterator[Result]:
        try:
            while (result := await self._run(lambda: next(results, None))) is not None:
                yield result
        except OUT as error:
            raise unavailable("readable", error) from error

    async def _find(self, function: Callable[[], Result]) -> Result | None:
        try:
            return await self._run(function)
        except MISSING:
            return None
        except OUT as error:
            raise unavailable("readable", error) from error

    async def _change(self, function: Callable[[], Result], *, on: ThreadPoolExecutor | None = None) -> Result:
        try:
            return await self._run(function, on=on)
        except OUT as error:
            raise unavailable("writable", error) from error

    async def _run(self, function: Callable[[], Result], *, on: ThreadPoolExecutor | None = None) -> Result:
        async with asyncio.timeout(self._longest_call):
            return await asyncio.get_running_loop().run_in_executor(on or self._threads, function)


def length_in_base64(size: int) -> int:
    """The length of so many bytes in base64."""
    return 4 * ((size + 2) // 3)


def in_base64(pieces: Iterable[bytes | memoryview]) -> Iterator[bytes]:
    """Pieces in base64, all but the last without padding. Those that three divides are not copied first."""
    rest = b""
    for piece in pieces:
        data = rest + piece if rest else piece
        whole = len(data) - len(data) % 3
        if whole:
            yield pybase64.b64encode(data[:whole])
        rest = bytes(data[whole:])
    if rest:
        yield pybase64.b64encode(rest)

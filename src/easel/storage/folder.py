"""Images in a local folder: stored files survive a power failure.

Files are read and written here, on the thread of the call: the client library would hand each piece to one of its own.
"""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Self
from uuid import UUID

from obstore.exceptions import BaseError
from obstore.store import LocalStore

from easel.errors import StorageUnavailable
from easel.kit.ids import new_id
from easel.kit.settings import explained
from easel.kit.spill import write_all
from easel.storage import Storage

NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL


class FolderStorage(Storage):
    """One folder, created when missing."""

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            super().__init__(LocalStore(prefix=folder))
            self.folder: Path = folder
        except (BaseError, OSError) as error:
            reason = explained(error, folder) if isinstance(error, OSError) else str(error)
            raise StorageUnavailable(f"The file store is not accessible. {reason}") from error

    def _write(self, key: str, data: bytes) -> None:
        path = self._path(key)
        # The library's name for an unfinished file, which its listings leave out: digits after the mark.
        unfinished = path.with_name(f"{path.name}#{UUID(new_id()).int}")
        try:
            descriptor = os.open(unfinished, NEW_FILE, 0o644)
        except FileNotFoundError:
            self._make_folders(path.parent)
            descriptor = os.open(unfinished, NEW_FILE, 0o644)
        try:
            write_all(descriptor, data)
            unfinished.replace(path)
            os.fsync(descriptor)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
        finally:
            os.close(descriptor)
        flush(path.parent)

    def _make_folders(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for parent in folder.relative_to(self.folder).parents:
            flush(self.folder / parent)

    def _read(self, key: str) -> bytes:
        return b"".join(_Pieces(self._path(key)))

    def _pieces(self, key: str, start: int, end: int, chunk: int) -> Iterator[bytes]:
        return _Pieces(self._path(key), start, end, chunk=chunk)

    def _size(self, key: str) -> int:
        return _Pieces(self._path(key)).byte_size

    def _path(self, key: str) -> Path:
        if not {"", ".", ".."}.isdisjoint(key.split("/")):
            raise ValueError(f"{key!r} is not the key of a file")
        return self.folder / key


class _Pieces:
    """A file from `start` to `end`, piece by piece. It is closed after the last one, or with the last reference."""

    _descriptor: int | None = None

    def __init__(self, path: Path, start: int = 0, end: int | None = None, *, chunk: int = sys.maxsize) -> None:
        self._descriptor = os.open(path, os.O_RDONLY)
        found = os.fstat(self._descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise FileNotFoundError(path)
        self.byte_size = found.st_size
        self._at, self._end, self._chunk = start, found.st_size if end is None else end, chunk

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        piece = b""
        if self._descriptor is not None:
            piece = os.pread(self._descriptor, min(self._chunk, self._end - self._at), self._at)
        self._at += len(piece)
        if not piece or self._at == self._end:
            self._close()
        if not piece:
            raise StopIteration
        return piece

    def __del__(self) -> None:
        self._close()

    def _close(self) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


def flush(path: Path) -> None:
    """Flush a file to the disk, so that it survives a power failure; or a folder, so that its entries do."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

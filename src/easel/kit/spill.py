"""Buffers a paid response: in an unnamed file, or in memory when the disk is full.

A full disk, an unwritable folder or a missing file descriptor is our fault: it must not lose a paid response.
"""

import mmap
import os
import tempfile
from io import FileIO
from pathlib import Path
from typing import Self

import structlog

Content = mmap.mmap | bytes

log = structlog.get_logger()


class Spill:
    """Bytes that are written once and then read. The file is deleted with the last view of it."""

    def __init__(self, folder: Path) -> None:
        self._file: FileIO | None = None
        self._memory = bytearray()
        self.size = 0
        try:
            # Unbuffered: a full disk is noticed at once, and no data remains in a buffer.
            self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - open until `__exit__`
        except OSError as error:
            log.warning("response kept in memory: no file could be created", error=str(error))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, data: bytes) -> None:
        """Append bytes. Raises OSError only when those on the disk cannot be read either."""
        if self._file is not None:
            try:
                _write_all(self._file, data, at=self.size)
            except OSError as error:
                log.warning("response kept in memory: the disk is full", error=str(error))
                self._memory += _read_all(self._file, self.size)
                self._file.close()
                self._file = None
        if self._file is None:
            self._memory += data
        self.size += len(data)

    def content(self) -> Content:
        """All bytes, also after the block has ended. Those on the disk stay there until they are used."""
        if self._file is None:
            return bytes(self._memory)
        try:
            return mmap.mmap(self._file.fileno(), self.size, access=mmap.ACCESS_READ)
        except (OSError, ValueError):  # without a free descriptor, or without a byte
            return _read_all(self._file, self.size)


def _write_all(file: FileIO, data: bytes, *, at: int) -> None:
    """Write at this offset, in as many pieces as necessary."""
    rest = memoryview(data)
    while rest:
        done = os.pwrite(file.fileno(), rest, at)
        rest, at = rest[done:], at + done


def _read_all(file: FileIO, size: int) -> bytes:
    pieces, done = [], 0
    while done < size and (piece := os.pread(file.fileno(), size - done, done)):
        pieces.append(piece)
        done += len(piece)
    return b"".join(pieces)

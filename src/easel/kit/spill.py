"""Buffers a paid response: in an unnamed file, or in memory when the disk is full.

A full disk, an unwritable folder or a missing file descriptor is our fault: it must not lose a paid response.
"""

import os
import tempfile
from io import FileIO
from pathlib import Path

import structlog

log = structlog.get_logger()


class Spill:
    """Bytes that are written once and then read. The file is deleted when it is closed."""

    def __init__(self, folder: Path) -> None:
        self._file: FileIO | None = None
        self._memory = bytearray()
        self._size = 0
        self.closed = False
        try:
            # Unbuffered: a full disk is noticed at once, and no data remains in a buffer.
            self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - open until `close`
        except OSError as error:
            log.warning("response kept in memory: no file could be created", error=str(error))

    @property
    def in_memory(self) -> bool:
        return self._file is None

    def write(self, data: bytes) -> None:
        """Append bytes. Raises OSError only when those on the disk cannot be read either."""
        if self._file is not None:
            try:
                self._size += _write_all(self._file, data, at=self._size)
            except OSError as error:
                log.warning("response kept in memory: the disk is full", error=str(error))
                self._memory += _read_all(self._file, self._size)
                self._file.close()
                self._file = None
            else:
                return
        self._memory += data

    def read(self) -> bytes:
        """All bytes."""
        return bytes(self._memory) if self._file is None else _read_all(self._file, self._size)

    def close(self) -> None:
        self.closed = True
        self._memory.clear()
        if self._file is not None:
            self._file.close()


def _write_all(file: FileIO, data: bytes, *, at: int) -> int:
    """Write at this offset, in as many pieces as necessary; returns the count."""
    rest, done = memoryview(data), 0
    while done < len(rest):
        done += os.pwrite(file.fileno(), rest[done:], at + done)
    return done


def _read_all(file: FileIO, size: int) -> bytes:
    pieces, done = [], 0
    while done < size and (piece := os.pread(file.fileno(), size - done, done)):
        pieces.append(piece)
        done += len(piece)
    return b"".join(pieces)

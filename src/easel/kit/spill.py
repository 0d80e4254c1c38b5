"""Bytes of a paid answer on their way: in a file without a name, or in memory once the disk takes no more.

A full disk, a folder that cannot be written to, and no free descriptor are faults of ours: they must not lose what an
upstream was paid for.
"""

import os
import tempfile
from io import FileIO
from pathlib import Path

import structlog

log = structlog.get_logger()


class Spill:
    """Bytes that are written once from start to end and then read. The file is gone when it is closed."""

    def __init__(self, folder: Path) -> None:
        self._file: FileIO | None = None
        self._memory = bytearray()
        self._size = 0
        self.closed = False
        try:
            # Unbuffered: what the disk does not take is known at once, and nothing stays half in a buffer.
            self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - until it is closed
        except OSError as error:
            log.warning("an answer is kept in memory: no file could be made for it", error=str(error))

    @property
    def in_memory(self) -> bool:
        return self._file is None

    def write(self, data: bytes) -> None:
        """Keep more bytes. Raises OSError only when those on the disk can no longer be read either."""
        if self._file is not None:
            try:
                self._size += _write_all(self._file, data, at=self._size)
            except OSError as error:
                log.warning("an answer is kept in memory: the disk takes no more", error=str(error))
                self._memory += _read_all(self._file, self._size)
                self._file.close()
                self._file = None
            else:
                return
        self._memory += data

    def read(self) -> bytes:
        """All of it."""
        return bytes(self._memory) if self._file is None else _read_all(self._file, self._size)

    def close(self) -> None:
        self.closed = True
        self._memory.clear()
        if self._file is not None:
            self._file.close()


def _write_all(file: FileIO, data: bytes, *, at: int) -> int:
    """Write at this place, in as many pieces as the disk wants; how much it was."""
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

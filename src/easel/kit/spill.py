"""Buffers a paid response: in memory while there is room for it, then in an unnamed file.

A full disk, an unwritable folder or a missing file descriptor is our fault: it must not lose a paid response.
"""

import mmap
import os
import tempfile
from io import FileIO
from pathlib import Path
from typing import Self

import structlog

from easel.kit.memory import MemoryBudget

LONGEST_IN_MEMORY = 4_000_000
IN_MEMORY = MemoryBudget(18_000_000)  # bytes of all responses that are in memory

log = structlog.get_logger()


class Memory(bytearray):
    """Bytes that can be referenced weakly: they count for as long as somebody reads them."""


Content = mmap.mmap | bytes | bytearray


class Spill:
    """Bytes that are written once and then read. A file is deleted with the last view of it.

    `expected` is how many there will probably be: memory that grows piece by piece is copied several times.
    """

    def __init__(self, folder: Path, expected: int = 0) -> None:
        self._folder = folder
        self._memory: Memory | None = _memory_of(expected)
        self._file: FileIO | None = None
        self._full = False
        self.size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, data: bytes) -> None:
        """Append bytes. Raises OSError only when those on the disk cannot be read either."""
        if self._memory is not None and not self._fits(self._memory, len(data)):
            self._move_to_disk(self._memory)
        if self._file is not None:
            try:
                write_all(self._file.fileno(), data, at=self.size)
            except OSError as error:
                self._move_to_memory(self._file, error)
        if self._memory is not None:
            self._memory[self.size : self.size + len(data)] = data
        self.size += len(data)

    def content(self) -> Content:
        """All bytes, also after the block has ended. Those on the disk stay there until they are used."""
        if self._memory is not None:
            del self._memory[self.size :]
            return self._memory
        if self._file is None:
            return b""
        try:
            return mmap.mmap(self._file.fileno(), self.size, access=mmap.ACCESS_READ)
        except (OSError, ValueError):  # without a free descriptor, or without a byte
            return _read_all(self._file, self.size)

    def _fits(self, memory: Memory, more: int) -> bool:
        if self._full:  # it stays in memory, since no disk takes it
            return True
        end = self.size + more
        return end <= len(memory) or (end <= LONGEST_IN_MEMORY and IN_MEMORY.take(memory, end - len(memory)))

    def _move_to_disk(self, memory: Memory) -> None:
        try:
            # Unbuffered: a full disk is noticed at once, and no data remains in a buffer.
            self._file = tempfile.TemporaryFile(dir=self._folder, buffering=0)  # noqa: SIM115 - open until `__exit__`
            del memory[self.size :]
            write_all(self._file.fileno(), memory)
            self._memory = None
        except OSError as error:
            self._keep_in_memory(error)

    def _move_to_memory(self, file: FileIO, error: OSError) -> None:
        self._memory = Memory(_read_all(file, self.size))
        self._keep_in_memory(error)

    def _keep_in_memory(self, error: OSError) -> None:
        log.warning("response kept in memory: the disk does not take it", error=str(error))
        self._full = True
        if self._file is not None:
            self._file.close()
        self._file = None


def _memory_of(size: int) -> Memory:
    """So many zeros, if there is room for them."""
    if size <= LONGEST_IN_MEMORY and IN_MEMORY.take(memory := Memory(size), size):
        return memory
    return Memory()


def write_all(descriptor: int, data: bytes | bytearray, *, at: int = 0) -> None:
    """Write to a file at this offset, in as many pieces as necessary."""
    rest = memoryview(data)
    while rest:
        done = os.pwrite(descriptor, rest, at)
        rest, at = rest[done:], at + done


def _read_all(file: FileIO, size: int) -> bytes:
    pieces, done = [], 0
    while done < size and (piece := os.pread(file.fileno(), size - done, done)):
        pieces.append(piece)
        done += len(piece)
    return b"".join(pieces)

"""Unpacks what comes compressed by gzip or deflate, piece by piece, and never more than a limit of it."""

import zlib
from typing import BinaryIO

GZIP = b"\x1f\x8b"
EITHER, RAW = 47, -zlib.MAX_WBITS  # window bits: gzip or zlib by its header; deflate without one, as some servers send


class TooLarge(Exception):
    """More than may be."""


class Unpacking:
    """A file that is written unpacked. Raises TooLarge, and zlib.error for what is not compressed so."""

    def __init__(self, into: BinaryIO, max_bytes: int) -> None:
        self._into, self._left = into, max_bytes
        self._zlib = zlib.decompressobj(EITHER)
        self._begun = False

    @property
    def complete(self) -> bool:
        """Whether the end has come."""
        return self._zlib.eof

    def write(self, chunk: bytes) -> None:
        while chunk and not self._zlib.eof:
            data = self._unpacked(chunk)
            self._left -= len(data)
            if self._left < 0:
                raise TooLarge
            self._into.write(data)
            chunk = self._zlib.unconsumed_tail
            if self._zlib.eof and self._zlib.unused_data.startswith(GZIP):  # a gzip file can have several parts
                chunk, self._zlib = self._zlib.unused_data, zlib.decompressobj(EITHER)

    def _unpacked(self, chunk: bytes) -> bytes:
        most = self._left + 1
        try:
            return self._zlib.decompress(chunk, most)
        except zlib.error:
            if self._begun:
                raise
            self._zlib = zlib.decompressobj(RAW)
            return self._zlib.decompress(chunk, most)
        finally:
            self._begun = True

"""Streaming JSON reader that decodes long base64 strings into files, so that no image of it is held in memory.

Each such string is replaced by a mark in the document that is parsed; `LongJson.parked` maps marks to files.
"""

import binascii
import json
import re
from collections.abc import AsyncIterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from easel.kit.memory import MEGABYTE
from easel.kit.spill import Spill

LONG = 16 * 1024
MAX_REST = 4 * 1024 * 1024
# All escapes that JSON encoders use in base64; a line break has no meaning in it.
ESCAPES = (
    *((rb"\/", b"/"), (rb"\n", b""), (rb"\r", b"")),
    *(
        (rb"\u002b", b"+"),
        (rb"\u002B", b"+"),
        (rb"\u002f", b"/"),
        (rb"\u002F", b"/"),
        (rb"\u003d", b"="),
        (rb"\u003D", b"="),
    ),
)
_PIECE = re.compile(rb'[^"\\]*(?:\\.[^"\\]*)*', re.DOTALL)
_HALF_ESCAPE = re.compile(rb"\\(?:u[0-9a-fA-F]{0,3})?\Z")
_BASE64 = re.compile(rb"(?:data:[\w.+/-]+(?:;[\w=.-]+)*;base64,)?([A-Za-z0-9+/=]*(?:\\(?:u[0-9a-fA-F]{0,3})?)?)")


class NotLongJson(ValueError):
    """Not JSON, or too much of it. The message is for people."""


@dataclass(slots=True)
class Parked:
    """One long decoded string. Its bytes are deleted when it is closed, or when the process ends."""

    file: Spill
    rest: bytes = b""
    damaged: bool = False

    @classmethod
    def in_folder(cls, folder: Path) -> Self:
        return cls(Spill(folder))

    def write(self, text: bytes) -> None:
        text = self.rest + text
        half = _HALF_ESCAPE.search(text, max(0, len(text) - 5))
        text, self.rest = (text[: half.start()], text[half.start() :]) if half else (text, b"")
        text = unescaped(text)
        whole = len(text) - len(text) % 4
        self.rest = text[whole:] + self.rest
        self._decode(text[:whole])

    def finish(self) -> None:
        """End of the string: missing base64 padding is accepted."""
        if self.rest:
            self._decode(self.rest + b"=" * (-len(self.rest) % 4))
        self.rest = b""

    def read(self) -> bytes:
        """The decoded content; truncated where it was damaged."""
        return self.file.read()

    def close(self) -> None:
        self.file.close()

    def _decode(self, text: bytes) -> None:
        if not self.damaged:
            try:
                self.file.write(binascii.a2b_base64(text, strict_mode=True))
            except binascii.Error:
                self.damaged = True


@dataclass(slots=True)
class LongJson:
    """Feed it the document's bytes as they arrive."""

    folder: Path
    max_bytes: int
    parked: dict[str, Parked] = field(default_factory=dict)
    _seen: int = 0
    _rest: bytearray = field(default_factory=bytearray)
    _held_over: bytes = b""
    _string: bytearray | None = None  # the current string, until it is known to be long base64
    _text: bool = False  # a long string that is not base64
    _open: Parked | None = None

    def feed(self, chunk: bytes) -> None:
        """Feed the next bytes; raises NotLongJson when there are too many."""
        self._seen += len(chunk)
        if self._seen > self.max_bytes or len(self._rest) > MAX_REST:
            raise NotLongJson(f"It has more than {self.max_bytes // MEGABYTE} MB.")
        data, self._held_over = self._held_over + chunk, b""
        at = 0
        while at < len(data):
            if self._open:
                at = self._in_parked(self._open, data, at)
            elif self._string is not None:
                at = self._in_string(self._string, data, at)
            else:
                quote = data.find(b'"', at)
                end = len(data) if quote < 0 else quote + 1
                self._rest += data[at:end]
                self._string = None if quote < 0 else bytearray()
                at = end

    def document(self) -> Any:
        """The document, with a mark in place of each parked string; raises NotLongJson."""
        try:
            return json.loads(self._rest + (self._string or b""))
        except (ValueError, RecursionError) as error:
            raise NotLongJson("It is not JSON.") from error

    def close(self) -> None:
        for parked in self.parked.values():
            parked.close()

    def _in_parked(self, parked: Parked, data: bytes, at: int) -> int:
        match = _PIECE.match(data, at)  # an escaped quote does not end the string
        end = match.end() if match else at
        parked.write(data[at:end])
        if data[end : end + 1] != b'"':
            self._held_over = data[end:]  # an incomplete escape, or empty
            return len(data)
        parked.finish()
        self._open = None
        self._rest += b'"'
        return end + 1

    def _in_string(self, string: bytearray, data: bytes, at: int) -> int:
        match = _PIECE.match(data, at, at + LONG)
        end = match.end() if match else at
        string += data[at:end]
        if len(string) >= LONG:
            self._park_or_let_pass(bytes(string))
        elif data[end : end + 1] == b'"':
            self._rest += string + b'"'
            self._string, self._text = None, False
            end += 1
        elif end == at:  # an incomplete escape
            self._held_over = data[end:]
            return len(data)
        return end

    def _park_or_let_pass(self, string: bytes) -> None:
        """A long string is an image, or text that stays in the document."""
        clean = unescaped(string)
        match = None if self._text else _BASE64.fullmatch(clean)
        if match is None:
            self._rest += string
            self._string, self._text = bytearray(), True
            return
        self._string = None
        self._open = Parked.in_folder(self.folder)
        mark = f"parked:{len(self.parked)}"
        self._rest += mark.encode()
        self.parked[mark] = self._open
        self._open.write(clean[match.start(1) :])


def unescaped(text: bytes) -> bytes:
    if b"\\" in text:
        for escaped, plain in ESCAPES:
            text = text.replace(escaped, plain)
    return text


async def read_long_json(
    chunks: AsyncIterable[bytes], *, folder: Path, max_bytes: int
) -> tuple[Any, dict[str, Parked]]:
    """The document and its parked strings, which the caller closes; raises NotLongJson."""
    reader = LongJson(folder, max_bytes)
    try:
        async for chunk in chunks:
            reader.feed(chunk)
        return reader.document(), reader.parked
    except BaseException:
        reader.close()
        raise

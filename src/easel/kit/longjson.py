"""JSON with images in it, none of which is held in memory: long base64 strings stay on the disk until they are read.

In the document that is parsed, each of them is replaced by a mark.
"""

import binascii
import contextlib
import json
import re
from collections.abc import AsyncIterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pybase64

from easel.kit.memory import MEGABYTE
from easel.kit.spill import Content, Spill

LONG = 16 * 1024  # bytes of a string that may be an image
TELLING = 2 * 1024  # bytes of its beginning that tell whether it is base64
MAX_REST = 4 * 1024 * 1024  # bytes of the document beside its images
BEGINNING = 16 * 1024  # bytes of what is not JSON
# All escapes that JSON encoders use in base64; white space has no meaning in it.
ESCAPES = (
    *((rb"\/", b"/"), (rb"\n", b""), (rb"\r", b""), (rb"\t", b"")),
    *((rb"\u000a", b""), (rb"\u000A", b""), (rb"\u000d", b""), (rb"\u000D", b""), (rb"\u0009", b"")),
    *((rb"\u002b", b"+"), (rb"\u002B", b"+"), (rb"\u002f", b"/"), (rb"\u002F", b"/")),
    *((rb"\u003d", b"="), (rb"\u003D", b"=")),
)
# The beginning of a string, which may end within an escape: in either alphabet, perhaps in lines.
_HEAD = re.compile(rb"(?i)\s*data:[^,]{0,200};\s*base64\s*,")
_BASE64 = re.compile(rb"(?:[\w+/=-]{16,}[ \t]+)*[\w+/=-]*(?:\\(?:u[0-9a-fA-F]{0,3})?)?")
_LETTERS = re.compile(rb"[A-Za-z0-9+/]*")
_URL_SAFE = bytes.maketrans(b"-_", b"+/")


class NotLongJson(ValueError):
    """Not JSON, or too much of it. The message is for people; `text` is how it begins, where it is text."""

    def __init__(self, message: str, text: str = "") -> None:
        super().__init__(message)
        self.text = text


@dataclass(frozen=True, slots=True)
class Parked:
    """An image as it arrived: its bytes, or the JSON string that has them in base64."""

    content: memoryview
    in_base64: bool = False

    def read(self) -> bytes:
        """The bytes of the image; truncated where its base64 is damaged."""
        if self.in_base64:
            with contextlib.suppress(binascii.Error):  # as nearly all write it
                return pybase64.b64decode(self.content, validate=True)
            return _decoded(bytes(self.content))
        return bytes(self.content)

    def close(self) -> None:
        self.content.release()


async def read_long_json(
    chunks: AsyncIterable[bytes], *, folder: Path, max_bytes: int, expected: int = 0
) -> tuple[Any, dict[str, Parked]]:
    """The document, and the image behind each of its marks, which the caller closes; raises NotLongJson.

    `expected` is how many bytes it probably has.
    """
    with Spill(folder, expected) as spill:
        async for chunk in chunks:
            if spill.size + len(chunk) > max_bytes:
                raise NotLongJson(f"It has more than {max_bytes // MEGABYTE} MB.")
            spill.write(chunk)
        return parse(spill.content())


def parse(data: Content) -> tuple[Any, dict[str, Parked]]:
    text, parked, rest, done, images = memoryview(data), dict[str, Parked](), list[memoryview | bytes](), 0, 0
    for start, end in _strings(data):
        if end - start >= LONG and _is_base64(unescaped(bytes(data[start : start + TELLING]))):
            mark = f"parked:{len(parked)}"
            parked[mark] = Parked(text[start:end], in_base64=True)
            rest += [text[done:start], mark.encode()]
            done, images = end, images + end - start
        if end - images > MAX_REST:
            break
    rest.append(text[done:])
    if len(text) - images > MAX_REST:
        raise NotLongJson(f"It has more than {MAX_REST // MEGABYTE} MB beside its images.")
    try:
        return json.loads(b"".join(rest)), parked
    except (ValueError, RecursionError) as error:
        raise NotLongJson("It is not JSON.", bytes(text[:BEGINNING]).decode("utf-8", "replace")) from error


def _strings(data: Content) -> Iterator[tuple[int, int]]:
    """Where the content of each string begins and ends; the last may be incomplete."""
    end = -1
    while start := data.find(b'"', end + 1) + 1:
        end = data.find(b'"', start)
        while end > 0 and _is_escaped(data, end):
            end = data.find(b'"', end + 1)
        end = end if end > 0 else len(data)
        yield start, end


def _is_escaped(data: Content, at: int) -> bool:
    first = at
    while data[first - 1 : first] == b"\\":
        first -= 1
    return (at - first) % 2 == 1


def _is_base64(text: bytes) -> bool:
    head = _HEAD.match(text)
    return bool(_BASE64.fullmatch(text, head.end() if head else 0))


def from_base64(text: str) -> bytes:
    """The bytes of base64 or of a data: URL in base64, in any usual spelling; empty where it is neither."""
    data = text.encode("ascii", "replace")
    head = _HEAD.match(data)
    rest = data[head.end() if head else 0 :].translate(_URL_SAFE, b" \t\r\n").rstrip(b"=")
    whole = len(rest) % 4 != 1 and _LETTERS.fullmatch(rest)
    return binascii.a2b_base64(rest + b"=" * (-len(rest) % 4)) if whole else b""


def _decoded(text: bytes) -> bytes:
    text = unescaped(text)
    head = _HEAD.match(text)
    base64 = memoryview(text)[head.end() if head else 0 :]
    try:
        return pybase64.b64decode(base64, validate=True)
    except binascii.Error:  # in lines, for URLs, without padding, or damaged
        match = _LETTERS.match(bytes(base64).translate(_URL_SAFE, b" \t\r\n"))
        whole = match[0] if match else b""
        whole = whole[: len(whole) - (len(whole) % 4 == 1)]
        return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def unescaped(text: bytes) -> bytes:
    if b"\\" in text:
        for escaped, plain in ESCAPES:
            text = text.replace(escaped, plain)
    return text

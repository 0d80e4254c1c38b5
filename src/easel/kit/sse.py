"""Server-sent events as they arrive. The data of an event goes to the disk, so long events cost no memory.

https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
"""

import re
from collections.abc import AsyncGenerator, AsyncIterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from easel.kit.spill import Content, Spill

LONGEST_WORD = 200  # bytes of a field's or an event's name
_LINE_END = re.compile(rb"\r\n|\r|\n")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class TooLong(ValueError):
    """The events have more bytes than allowed."""


@dataclass(frozen=True, slots=True)
class SentEvent:
    """One event: its name, empty if it has none, and its data."""

    name: str
    data: Content


async def read_events(chunks: AsyncIterable[bytes], *, folder: Path, max_bytes: int) -> AsyncGenerator[SentEvent, None]:
    """The complete events of a stream; raises TooLong after `max_bytes` of data in all. One cut short is dropped."""
    reader = EventReader(folder, max_bytes)
    try:
        async for chunk in chunks:
            for event in reader.feed(chunk):
                yield event
    finally:
        reader.close()


class EventReader:
    """Reads chunks, however the stream is cut into them."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self._folder, self._left = folder, max_bytes
        self._after_cr = False
        self._head = bytearray()  # the beginning of the line, until its colon
        self._field: bytes | None = None  # the field of the line, once its colon was read
        self._at_value = False  # the next byte is the first after the colon
        self._name = bytearray()
        self._data: Spill | None = None

    def feed(self, chunk: bytes) -> Iterator[SentEvent]:
        """The events that this chunk completes."""
        start = 1 if self._after_cr and chunk.startswith(b"\n") else 0  # the rest of a line's end
        self._after_cr = chunk.endswith(b"\r") if chunk else self._after_cr
        while end := _LINE_END.search(chunk, start):
            self._read(chunk[start : end.start()])
            if event := self._end_line():
                yield event
            start = end.end()
        self._read(chunk[start:])

    def close(self) -> None:
        if self._data:
            with self._data:
                self._data = None

    def _read(self, piece: bytes) -> None:
        """A piece of a line."""
        if self._field is None:
            name, colon, piece = piece.partition(b":")
            self._head += name[: LONGEST_WORD + 1 - len(self._head)]
            if not colon:
                return
            self._begin_value()
        if self._at_value and piece:
            piece, self._at_value = piece.removeprefix(b" "), False
        if self._field == b"event":
            self._name += piece[: LONGEST_WORD - len(self._name)]
        elif self._field == b"data":
            self._write(piece)

    def _begin_value(self) -> None:
        self._field, self._at_value = bytes(self._head).removeprefix(_BYTE_ORDER_MARK), True
        if self._field == b"event":
            self._name.clear()
        elif self._field == b"data" and self._data:
            self._write(b"\n")
        elif self._field == b"data":
            self._data = Spill(self._folder)

    def _write(self, piece: bytes) -> None:
        self._left -= len(piece)
        if self._left < 0:
            raise TooLong("The events have more bytes than allowed.")
        if self._data and piece:
            self._data.write(piece)

    def _end_line(self) -> SentEvent | None:
        """The event that ends with this line, if it is an empty one."""
        blank = self._field is None and not self._head
        if self._field is None and self._head:  # a field without a value
            self._begin_value()
        self._head.clear()
        self._field = None
        return self._end_event() if blank else None

    def _end_event(self) -> SentEvent | None:
        name, data, self._data = self._name.decode("utf-8", "replace"), self._data, None
        self._name.clear()
        if data is None:
            return None
        with data:
            return SentEvent(name, data.content()) if data.size else None

"""Server-sent events: the same events wherever the stream is cut, as the standard reads them, and in little memory."""

import itertools
import os
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from easel.kit.sse import LONGEST_WORD, EventReader, TooLong, read_events
from easel.server.limits import open_descriptors

Events = list[tuple[str, bytes]]
MEGABYTE = 1_000_000
VALUE = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=20)
LINES = st.lists(st.tuples(st.sampled_from(["data", "event", "id", "", "retry", "odd"]), VALUE), max_size=5)


def events_of(folder: Path, *chunks: bytes, most: int = MEGABYTE) -> Events:
    reader = EventReader(folder, most)
    try:
        return [(event.name, bytes(event.data)) for chunk in chunks for event in reader.feed(chunk)]
    finally:
        reader.close()


@pytest.mark.parametrize(
    ("stream", "events"),
    [
        (b"event: a\ndata: 1\n\nevent: b\ndata: 2\n\n", [("a", b"1"), ("b", b"2")]),
        (b"data: 1\n\n", [("", b"1")]),
        (b"data:1\ndata:  2\n\n", [("", b"1\n 2")]),
        (b": still here\n\ndata: 1\n: here\n\n", [("", b"1")]),
        (b"event: a\r\ndata: 1\r\n\r\ndata: 2\r\rdata: 3\n\n", [("a", b"1"), ("", b"2"), ("", b"3")]),
        (b"event: a\n\ndata: 1\n\n", [("", b"1")]),
        (b"event: a\nevent: b\ndata: 1\n\n", [("b", b"1")]),
        (b"event: a\nevent\ndata: 1\n\n", [("", b"1")]),
        (b"data\n\ndata\ndata\n\n", [("", b"\n")]),
        (b"data:\n\n", []),
        (b"id: 7\nretry: 10\nnonsense\ndata: a: b\n\n", [("", b"a: b")]),
        (b"\xef\xbb\xbfdata: 1\n\n", [("", b"1")]),
        (b"data: 1\n\ndata: 2\n", [("", b"1")]),
        (b"data : 1\n\nDATA: 1\n\n", []),
        (b"", []),
    ],
)
def test_a_stream_is_read_as_the_standard_says_wherever_it_is_cut(
    tmp_path: Path, stream: bytes, events: Events
) -> None:
    assert events_of(tmp_path, stream) == events
    assert events_of(tmp_path, *(stream[at : at + 1] for at in range(len(stream)))) == events
    for cut in range(len(stream)):
        assert events_of(tmp_path, stream[:cut], b"", stream[cut:]) == events


@given(st.lists(LINES, max_size=4), st.sampled_from(["\n", "\r\n", "\r"]), st.lists(st.integers(0, 300), max_size=6))
def test_any_stream_is_read_the_same_in_any_pieces(
    blocks: list[list[tuple[str, str]]], end: str, cuts: list[int]
) -> None:
    lines = [f"{field}: {value}" for block in blocks for field, value in [*block, ("", "")]]
    stream = "".join(("" if line == ": " else line) + end for line in lines).encode()
    expected: Events = []
    for block in "".join(("" if line == ": " else line) + "\n" for line in lines).split("\n\n"):
        fields = [line.split(": ", 1) for line in block.split("\n") if ": " in line]
        data = "\n".join(value for field, value in fields if field == "data")
        names = [value for field, value in fields if field == "event"]
        if data:
            expected.append((names[-1] if names else "", data.encode()))
    bounds = sorted({0, len(stream), *(cut % (len(stream) + 1) for cut in cuts)})
    pieces = [stream[start:stop] for start, stop in itertools.pairwise(bounds)]
    assert events_of(Path("/tmp"), *pieces) == expected


def test_a_long_event_is_on_the_disk_and_a_stream_may_not_be_longer_than_allowed(tmp_path: Path) -> None:
    open_before = open_descriptors()
    chunk, most = os.urandom(64 * 1024).hex().encode(), 40 * MEGABYTE
    tracemalloc.start()
    reader = EventReader(tmp_path, most)
    assert not list(reader.feed(b"data: "))
    for _ in range(200):
        assert not list(reader.feed(chunk))
    [event] = reader.feed(b"\n\n")
    assert tracemalloc.get_traced_memory()[1] < 6 * MEGABYTE
    tracemalloc.stop()
    assert (len(event.data), bytes(event.data[: len(chunk)])) == (200 * len(chunk), chunk)
    with pytest.raises(TooLong):
        for _ in range(200):
            assert not list(reader.feed(b"data: " + chunk + b"\n"))
    reader.close()
    del event
    assert open_descriptors() == open_before


def test_names_without_end_take_no_memory(tmp_path: Path) -> None:
    reader = EventReader(tmp_path, MEGABYTE)
    for _ in range(10):
        assert not list(reader.feed(b"x" * MEGABYTE))
    assert not list(reader.feed(b"\nevent: "))
    for _ in range(10):
        assert not list(reader.feed(b"y" * MEGABYTE))
    [event] = reader.feed(b"\ndata: 1\n\n")
    assert event.name == "y" * LONGEST_WORD
    reader.close()


@pytest.mark.anyio
async def test_a_reader_that_is_left_keeps_no_file_open(tmp_path: Path) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"data: 1\n\ndata: half"
        yield b" of it\n"

    open_before = open_descriptors()
    read = read_events(chunks(), folder=tmp_path, max_bytes=MEGABYTE)
    assert bytes((await anext(read)).data) == b"1"
    await read.aclose()
    assert open_descriptors() == open_before
    assert [bytes(event.data) async for event in read_events(chunks(), folder=tmp_path, max_bytes=MEGABYTE)] == [b"1"]

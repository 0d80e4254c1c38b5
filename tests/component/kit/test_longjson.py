"""JSON with images in it: the same document as json.loads gives, and every image whole."""

import base64
import json
import os
import random
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from easel.kit.longjson import LONG, MAX_REST, NotLongJson, parse, read_long_json
from easel.server.limits import open_descriptors

TEXT = st.text(max_size=40) | st.sampled_from(["parked:0", '"', "\\", "\\u002b", "A" * (LONG - 1), "é" * LONG])
DOCUMENT = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)


def images(document: Any) -> list[bytes]:
    _, parked = parse(document if isinstance(document, bytes) else json.dumps(document).encode())
    return [one.read() for one in parked.values()]


@settings(deadline=None)
@given(document=DOCUMENT, ascii_only=st.booleans())
def test_without_images_it_is_json(document: Any, ascii_only: bool) -> None:
    assert parse(json.dumps(document, ensure_ascii=ascii_only).encode()) == (document, {})


@settings(deadline=None)
@given(
    size=st.integers(LONG, LONG + 3),
    prefix=st.sampled_from(["", "data:image/png;base64,", "data:image/svg+xml;charset=utf-8;base64,"]),
    escape=st.sampled_from([("", ""), ("/", "\\/"), ("+", "\\u002b"), ("/", "\\u002F"), ("=", "\\u003d")]),
)
def test_an_image_is_whole_however_it_is_written(size: int, prefix: str, escape: tuple[str, str]) -> None:
    data = random.Random(size).randbytes(size)
    text = (prefix + base64.b64encode(data).decode()).replace(escape[0] or "=", escape[1] or "=")
    document, parked = parse(f'{{"data": [{{"b64_json": "{text}", "n": 1}}]}}'.encode())
    assert document == {"data": [{"b64_json": "parked:0", "n": 1}]}
    assert [one.read() for one in parked.values()] == [data]


def test_several_images_keep_their_places() -> None:
    data = [os.urandom(LONG + index) for index in range(3)]
    document, parked = parse(json.dumps([base64.b64encode(one).decode() for one in data]).encode())
    assert [parked[mark].read() for mark in document] == data


def test_padding_and_line_breaks_do_not_matter() -> None:
    for data in (os.urandom(LONG), os.urandom(LONG + 1), os.urandom(LONG + 2)):
        text = base64.b64encode(data).decode()
        assert images([text.rstrip("=")]) == [data]
        broken = "\\n".join(text[at : at + 76] for at in range(0, len(text), 76))
        assert images(f'["{broken}"]'.encode()) == [data]


@pytest.mark.parametrize("letters", [2 * LONG, 2 * LONG + 1, 2 * LONG + 2, 2 * LONG + 3])
def test_an_image_ends_where_it_is_damaged(letters: int) -> None:
    assert images(["A" * letters + "?" + "A" * LONG]) == [bytes(letters * 3 // 4)]


@pytest.mark.parametrize("text", ["word " * LONG, "word " * LONG + "A" * 3 * LONG, "ж" * LONG, "{" + "A" * 2 * LONG])
def test_a_long_text_stays_a_text(text: str) -> None:
    assert parse(json.dumps({"a": text, "b": 1}).encode()) == ({"a": text, "b": 1}, {})


@pytest.mark.parametrize("text", ['"}, "status": "succeeded", "x": {"y": "', "\\", '\\"', '"', "\\\\n", "é\n"])
def test_what_comes_after_many_letters_stays_within_its_string(text: str) -> None:
    document, _ = parse(json.dumps({"prompt": "A" * 2 * LONG + text, "status": "processing"}).encode())
    assert document == {"prompt": "parked:0", "status": "processing"}


@pytest.mark.parametrize("escaped", [{"/": "\\/", "+": "\\u002b", "=": "\\u003D"}])
def test_an_escape_may_cross_the_end_of_the_part_that_is_looked_at(escaped: dict[str, str]) -> None:
    data = random.Random(7).randbytes(LONG)
    text = base64.b64encode(data).decode()
    for plain, escape in escaped.items():
        text = text.replace(plain, escape)
    for shift in range(8):
        pad = "A" * 4 * shift
        assert images(f'["data:image/png;base64,{pad}{text}"]'.encode()) == [bytes(3 * shift) + data]


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b'{"a": ', b'{"a": "', b'["' + b"A" * 3 * LONG, b"[" * 100_000, b'"\xff"', b'["a\\']
)
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(NotLongJson):
        parse(body)


def test_a_document_too_large_beside_its_images_is_refused() -> None:
    with pytest.raises(NotLongJson):
        parse(b'["' + b"word " * (MAX_REST // 5 + 1) + b'"]')


async def in_pieces(*pieces: bytes | OSError) -> AsyncIterator[bytes]:
    for piece in pieces:
        if isinstance(piece, OSError):
            raise piece
        yield piece


@pytest.mark.anyio
async def test_a_heavy_image_is_never_held(tmp_path: Path) -> None:
    chunk = base64.b64encode(os.urandom(48_000))  # 64,000 characters
    tracemalloc.start()
    arriving = in_pieces(b'{"b64_json": "', *[chunk] * 800, b'"}')
    _, parked = await read_long_json(arriving, folder=tmp_path, max_bytes=10**9)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 6_000_000
    assert len(parked["parked:0"].read()) == 38_400_000
    parked["parked:0"].close()


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("last", "error"),
    [(OSError("gone"), OSError), (b"", NotLongJson), (b'", ]', NotLongJson), (b"A" * 99_000, NotLongJson)],
)
async def test_a_response_that_is_not_read_leaves_nothing_open(
    tmp_path: Path, last: bytes | OSError, error: type[Exception]
) -> None:
    before = open_descriptors()
    arriving = in_pieces(b'["' + b"A" * 2 * LONG + b'", "' + b"A" * 2 * LONG, last)
    with pytest.raises(error):
        await read_long_json(arriving, folder=tmp_path, max_bytes=100_000)
    assert open_descriptors() == before

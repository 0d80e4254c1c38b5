"""JSON with pictures in it: the same document as json.loads gives, and every picture whole, however it arrives."""

import base64
import contextlib
import itertools
import json
import os
import random
import tracemalloc
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from easel.kit.longjson import LONG, LongJson, NotLongJson, Parked, read_long_json

HERE = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXT = st.text(max_size=40) | st.sampled_from(["parked:0", '"', "\\", "\\u002b", "A" * (LONG - 1), "é" * LONG])
DOCUMENT = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)


@contextlib.contextmanager
def read(folder: Path, body: bytes, cuts: Sequence[int] = (), *, max_bytes: int = 10**9) -> Iterator[LongJson]:
    with contextlib.closing(LongJson(folder, max_bytes)) as reader:
        edges = [0, *sorted(cut % (len(body) + 1) for cut in cuts), len(body)]
        for start, end in itertools.pairwise(edges):
            reader.feed(body[start:end])
        yield reader


def images(folder: Path, document: Any, *cuts: int) -> list[bytes]:
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    with read(folder, body, cuts) as reader:
        reader.document()
        return [parked.read() for parked in reader.parked.values()]


@HERE
@given(document=DOCUMENT, ascii_only=st.booleans(), cuts=st.lists(st.integers(0, 10**6), max_size=6))
def test_without_pictures_it_is_json(tmp_path: Path, document: Any, ascii_only: bool, cuts: list[int]) -> None:
    body = json.dumps(document, ensure_ascii=ascii_only).encode()
    with read(tmp_path, body, cuts) as reader:
        assert reader.document() == document
        assert not reader.parked


@HERE
@given(
    size=st.integers(LONG, LONG + 3),
    cuts=st.lists(st.integers(0, 30_000), max_size=8),
    prefix=st.sampled_from(["", "data:image/png;base64,", "data:image/svg+xml;charset=utf-8;base64,"]),
    escape=st.sampled_from([("", ""), ("/", "\\/"), ("+", "\\u002b"), ("/", "\\u002F"), ("=", "\\u003d")]),
)
def test_a_picture_is_whole_however_it_is_cut(
    tmp_path: Path, size: int, cuts: list[int], prefix: str, escape: tuple[str, str]
) -> None:
    data = random.Random(size).randbytes(size)
    text = prefix + base64.b64encode(data).decode().replace(escape[0] or "=", escape[1] or "=")
    with read(tmp_path, f'{{"data": [{{"b64_json": "{text}", "n": 1}}]}}'.encode(), cuts) as reader:
        assert reader.document() == {"data": [{"b64_json": "parked:0", "n": 1}]}
        assert [parked.read() for parked in reader.parked.values()] == [data]


def test_several_pictures_keep_their_places(tmp_path: Path) -> None:
    data = [os.urandom(LONG + index) for index in range(3)]
    with read(tmp_path, json.dumps([base64.b64encode(one).decode() for one in data]).encode(), [50_000]) as reader:
        assert [reader.parked[mark].read() for mark in reader.document()] == data


def test_padding_and_line_breaks_do_not_matter(tmp_path: Path) -> None:
    data = os.urandom(LONG + 1)
    text = base64.b64encode(data).decode()
    assert images(tmp_path, [text.rstrip("=")]) == [data]
    broken = "\\n".join(text[at : at + 76] for at in range(0, len(text), 76))
    assert images(tmp_path, f'["{broken}"]'.encode(), 77, 78, 154) == [data]


def test_what_is_damaged_says_so(tmp_path: Path) -> None:
    text = "A" * 2 * LONG + "?" + "A" * LONG
    with read(tmp_path, json.dumps([text]).encode()) as reader:
        assert reader.document() == ["parked:0"]
        assert reader.parked["parked:0"].damaged


@pytest.mark.parametrize("text", ["word " * LONG, "word " * LONG + "A" * 3 * LONG, "ж" * LONG, "{" + "A" * 2 * LONG])
def test_a_long_text_stays_a_text(tmp_path: Path, text: str) -> None:
    for cuts in ([], [LONG], [LONG - 1, LONG + 1, 2 * LONG]):
        with read(tmp_path, json.dumps({"a": text, "b": 1}).encode(), cuts) as reader:
            assert reader.document() == {"a": text, "b": 1}
            assert not reader.parked


@pytest.mark.parametrize("text", ['"}, "status": "succeeded", "x": {"y": "', "\\", '\\"', '"', "\\\\n", "é\n"])
def test_what_comes_after_many_letters_stays_within_its_string(tmp_path: Path, text: str) -> None:
    body = json.dumps({"prompt": "A" * 2 * LONG + text, "status": "processing"}).encode()
    for cut in range(2 * LONG, len(body)):
        with read(tmp_path, body, [cut, cut + 1]) as reader:
            assert reader.document() == {"prompt": "parked:0", "status": "processing"}


def test_a_picture_is_whole_wherever_a_border_falls(tmp_path: Path) -> None:
    data = random.Random(7).randbytes(LONG)
    text = base64.b64encode(data).decode().replace("/", "\\/").replace("+", "\\u002b").replace("=", "\\u003D")
    body = f'["data:image/png;base64,{text}"]'.encode()
    for cut in (*range(60), *range(LONG - 30, LONG + 90), *range(len(body) - 30, len(body))):
        assert images(tmp_path, body, cut) == [data]
    assert images(tmp_path, body, *range(len(body))) == [data]


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b'{"a": ', b'{"a": "', b'["' + b"A" * 3 * LONG, b"[" * 100_000, b'"\xff"']
)
def test_what_is_no_json_is_refused(tmp_path: Path, body: bytes) -> None:
    with read(tmp_path, body) as reader, pytest.raises(NotLongJson):
        reader.document()


def test_too_much_is_refused(tmp_path: Path) -> None:
    image, text = b'"' + b"A" * 200_000, b'["' + b"word " * 1_000_000 + b'"]'
    with pytest.raises(NotLongJson), read(tmp_path, image, range(0, 200_000, 10_000), max_bytes=100_000):
        pass
    with pytest.raises(NotLongJson), read(tmp_path, text, range(0, 5_000_000, 10_000)):
        pass


@pytest.mark.anyio
async def test_a_heavy_picture_is_never_held(tmp_path: Path) -> None:
    chunk = base64.b64encode(os.urandom(48_000))  # 64,000 characters

    async def arriving() -> AsyncIterator[bytes]:
        yield b'{"b64_json": "'
        for _ in range(800):
            yield chunk
        yield b'"}'

    tracemalloc.start()
    _, parked = await read_long_json(arriving(), folder=tmp_path, max_bytes=10**9)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 5_000_000
    assert len(parked["parked:0"].read()) == 38_400_000
    parked["parked:0"].close()


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("last", "error"),
    [(OSError("gone"), OSError), (b"", NotLongJson), (b'", ]', NotLongJson), (b"A" * 99_000, NotLongJson)],
)
async def test_a_reader_that_fails_leaves_nothing_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: bytes | OSError, error: type[Exception]
) -> None:
    opened: list[Parked] = []
    in_folder = Parked.in_folder

    def open_one(folder: Path) -> Parked:
        opened.append(in_folder(folder))
        return opened[-1]

    async def arriving() -> AsyncIterator[bytes]:
        yield b'["' + b"A" * 2 * LONG + b'", "' + b"A" * 2 * LONG
        if isinstance(last, OSError):
            raise last
        yield last

    monkeypatch.setattr(Parked, "in_folder", open_one)
    with pytest.raises(error):
        await read_long_json(arriving(), folder=tmp_path, max_bytes=100_000)
    assert [one.file.closed for one in opened] == [True, True]

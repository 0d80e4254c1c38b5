import base64
import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from easel.kit.ids import is_id, new_id
from easel.kit.paging import BrokenCursor, batched, decode_cursor, encode_cursor

ID = "01998f5e-8f00-7abc-8def-0123456789ab"


def test_a_cursor_comes_back_as_the_id_it_was_made_of() -> None:
    last = new_id()
    assert decode_cursor(encode_cursor(last)) == last


def test_a_cursor_needs_no_escaping_in_a_query() -> None:
    assert encode_cursor(ID).replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "====",
        ID,
        encode_cursor(ID)[:-1],
        encode_cursor(ID) + "A",
        encode_cursor(ID) + "=",
        encode_cursor(ID) + " ",
        encode_cursor(ID) + "\n",
        "!" + encode_cursor(ID),
        encode_cursor("not an id"),
        encode_cursor(""),
        encode_cursor(ID.replace("-", "")),
        encode_cursor("{" + ID + "}"),
        encode_cursor(ID + "\x00"),
        base64.urlsafe_b64encode(b"\xff" * 36).decode(),
        "ä",
        "\ud800",
        "\x00",
        "A" * 100_000,
    ],
)
def test_a_cursor_nobody_gave_out_is_broken(cursor: str) -> None:
    with pytest.raises(BrokenCursor):
        decode_cursor(cursor)


def test_a_cursor_that_would_sort_differently_is_broken() -> None:
    with pytest.raises(BrokenCursor):
        decode_cursor(encode_cursor(ID.upper()))


@settings(max_examples=50, database=None, derandomize=True, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_a_good_cursor_or_a_broken_one(cursor: str) -> None:
    with contextlib.suppress(BrokenCursor):
        assert is_id(decode_cursor(cursor))


def test_a_list_comes_in_pieces_with_nothing_lost() -> None:
    assert [list(piece) for piece in batched(range(7), 3)] == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(batched([], 3)) == []

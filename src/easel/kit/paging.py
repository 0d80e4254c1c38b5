"""Opaque cursors for keyset paging: a page continues after the last id, whatever was inserted meanwhile."""

import base64
import binascii
from collections.abc import Iterator, Sequence
from typing import TypeVar

from easel.kit.ids import is_id

Item = TypeVar("Item")


class BrokenCursor(ValueError):
    """The cursor is not one of this server's."""


def encode_cursor(last_id: str) -> str:
    return base64.urlsafe_b64encode(last_id.encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> str:
    """The id a page continues after; raises BrokenCursor."""
    try:
        text = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)).decode("ascii")
    except (binascii.Error, UnicodeError, ValueError) as error:
        raise BrokenCursor(cursor) from error
    if not is_id(text) or text != text.lower() or encode_cursor(text) != cursor:
        raise BrokenCursor(cursor)
    return text


def batched(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """Pieces of at most `size`, in order. Python 3.12 has it as `itertools.batched`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]

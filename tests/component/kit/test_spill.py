"""What a disk that takes no more, or a missing folder, does to an answer on its way: nothing."""

import errno
import mmap
import os
from pathlib import Path

import pytest

from easel.kit.spill import Spill


def test_it_is_on_the_disk_while_that_takes_it(tmp_path: Path) -> None:
    with Spill(tmp_path) as spill:
        spill.write(b"one ")
        spill.write(b"two")
        content = spill.content()
    assert (isinstance(content, mmap.mmap), content[:], list(tmp_path.iterdir())) == (True, b"one two", [])


def test_without_a_byte_it_is_empty(tmp_path: Path) -> None:
    with Spill(tmp_path) as spill:
        assert spill.content() == b""


def test_it_is_in_memory_where_no_file_can_be_made(tmp_path: Path) -> None:
    with Spill(tmp_path / "missing") as spill:
        spill.write(b"one ")
        spill.write(b"two")
        assert spill.content() == b"one two"  # a mapped file is equal to no bytes


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS])
def test_it_goes_on_in_memory_when_the_disk_takes_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    room, real = 6, os.pwrite

    def full(descriptor: int, data: bytes, at: int) -> int:
        if at >= room:
            raise OSError(number, os.strerror(number))
        return real(descriptor, data[: room - at], at)

    monkeypatch.setattr(os, "pwrite", full)
    with Spill(tmp_path) as spill:
        for piece in (b"one ", b"two ", b"three"):
            spill.write(piece)
        assert spill.content() == b"one two three"

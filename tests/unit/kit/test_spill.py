"""What a disk that takes no more, or a missing folder, does to an answer on its way: nothing."""

import errno
import os
from pathlib import Path

import pytest

from easel.kit.spill import Spill


def test_it_is_on_the_disk_while_that_takes_it(tmp_path: Path) -> None:
    spill = Spill(tmp_path)
    spill.write(b"one ")
    spill.write(b"two")
    assert (spill.read(), spill.in_memory, list(tmp_path.iterdir())) == (b"one two", False, [])
    spill.close()


def test_it_is_in_memory_where_no_file_can_be_made(tmp_path: Path) -> None:
    spill = Spill(tmp_path / "missing")
    spill.write(b"one ")
    spill.write(b"two")
    assert (spill.read(), spill.in_memory) == (b"one two", True)
    spill.close()


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
    spill = Spill(tmp_path)
    for piece in (b"one ", b"two ", b"three"):
        spill.write(piece)
    assert (spill.read(), spill.in_memory) == (b"one two three", True)
    spill.close()

"""Where an answer is on its way, and what a full disk or a missing folder does to it: nothing."""

import errno
import mmap
import os
from pathlib import Path

import pytest

from easel.kit import spill as module
from easel.kit.memory import MemoryBudget
from easel.kit.spill import Spill


@pytest.fixture
def no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if all other responses had taken what there is."""
    monkeypatch.setattr(module, "IN_MEMORY", MemoryBudget(0))


def test_it_is_in_memory_while_there_is_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "IN_MEMORY", MemoryBudget(10))
    with Spill(tmp_path) as first, Spill(tmp_path) as second:
        first.write(b"0123")
        second.write(b"456789")
        for spill in (first, second):
            spill.write(b"ab")  # one moves to the disk, which makes room for the other
        contents = first.content(), second.content()
    assert [one[:] for one in contents] == [b"0123ab", b"456789ab"]
    assert [isinstance(one, mmap.mmap) for one in contents] == [True, False]


def test_a_long_one_is_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    budget = MemoryBudget(100)
    monkeypatch.setattr(module, "LONGEST_IN_MEMORY", 5)
    monkeypatch.setattr(module, "IN_MEMORY", budget)
    with Spill(tmp_path) as spill:
        for piece in (b"one ", b"two ", b"three"):
            spill.write(piece)
        content = spill.content()
    assert (isinstance(content, mmap.mmap), content[:]) == (True, b"one two three")
    assert budget.taken == 0


@pytest.mark.usefixtures("no_memory")
def test_it_is_on_the_disk_while_that_takes_it(tmp_path: Path) -> None:
    with Spill(tmp_path) as spill:
        spill.write(b"one ")
        spill.write(b"two")
        content = spill.content()
    assert (isinstance(content, mmap.mmap), content[:], list(tmp_path.iterdir())) == (True, b"one two", [])


def test_without_a_byte_it_is_empty(tmp_path: Path) -> None:
    with Spill(tmp_path) as spill:
        assert spill.content() == b""


@pytest.mark.usefixtures("no_memory")
def test_it_is_in_memory_where_no_file_can_be_made(tmp_path: Path) -> None:
    with Spill(tmp_path / "missing") as spill:
        spill.write(b"one ")
        spill.write(b"two")
        assert spill.content() == b"one two"  # a mapped file is equal to no bytes


@pytest.mark.usefixtures("no_memory")
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

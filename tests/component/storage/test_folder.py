"""What is about the folder alone; the rest is what every store promises: `tests/backends/test_storage.py`."""

import os
import sys
from pathlib import Path

import pytest

from easel.domain import Image, Size
from easel.errors import StorageUnavailable
from easel.storage.folder import FolderStorage

pytestmark = pytest.mark.anyio

KEY = "pictures/019a2b/a-1.png"
IMAGE = Image(b"0123456789", "image/png", Size(96, 64))


@pytest.fixture
def storage(tmp_path: Path) -> FolderStorage:
    return FolderStorage(tmp_path / "deep" / "files")


async def test_an_object_is_a_file_under_its_key(storage: FolderStorage) -> None:
    await storage.put(KEY, "a-1.png", IMAGE)
    assert (storage.folder / KEY).read_bytes() == IMAGE.data
    await storage.delete(KEY)
    assert not (storage.folder / KEY).exists()


@pytest.mark.parametrize("key", ["../outside.png", "a/../../outside.png"])
async def test_nothing_is_written_outside(storage: FolderStorage, key: str) -> None:
    with pytest.raises((ValueError, StorageUnavailable)):
        await storage.put(key, "n", IMAGE)
    assert not list(storage.folder.parent.glob("outside*"))


@pytest.mark.skipif(sys.platform != "linux", reason="Linux lists what a process has open")
async def test_a_file_is_closed_with_its_last_piece_whoever_still_holds_the_stream(storage: FolderStorage) -> None:
    await storage.put(KEY, "a-1.png", IMAGE)
    stream = await storage.stream(KEY, 0, 10, chunk=4)
    assert stream is not None
    seen = [(await anext(stream), is_open(storage.folder / KEY)) for _ in range(3)]
    assert seen == [(b"0123", True), (b"4567", True), (b"89", False)]
    assert await anext(stream, None) is None


def is_open(path: Path) -> bool:
    descriptors = Path("/proc/self/fd")
    return any(os.path.realpath(one) == str(path) for one in descriptors.iterdir())


async def test_a_file_in_the_way_of_one_folder_stops_only_its_keys(storage: FolderStorage) -> None:
    (storage.folder / "pictures").write_text("in the way")
    with pytest.raises(StorageUnavailable):
        await storage.put(KEY, "a-1.png", IMAGE)
    await storage.put("inputs/a.png", "a.png", IMAGE)
    await storage.ping()


async def test_a_store_that_cannot_even_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageUnavailable):
        FolderStorage(tmp_path / "file" / "files")

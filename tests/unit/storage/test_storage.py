import hashlib
import os
import time
from pathlib import Path

import pytest

from easel.domain import Picture, Size, StoredObject
from easel.errors import StorageUnavailable
from easel.storage import CHUNK, Storage

pytestmark = pytest.mark.anyio

DATA = b"0123456789"
KEY = "pictures/019a2b/a-1.png"
PICTURE = Picture(DATA, "image/png", Size(96, 64))


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(tmp_path / "deep" / "files")


async def read(storage: Storage, key: str, start: int, end: int) -> bytes | None:
    stream = await storage.stream(key, start, end)
    return None if stream is None else b"".join([chunk async for chunk in stream])


async def keys(storage: Storage) -> list[str]:
    return sorted([key async for key, _ in storage.listing()])


async def test_what_is_put_can_be_got(storage: Storage) -> None:
    stored = await storage.put(KEY, "a-1.png", PICTURE)
    assert stored == StoredObject(
        key=KEY,
        name="a-1.png",
        media_type="image/png",
        byte_size=10,
        etag=hashlib.sha256(DATA).hexdigest()[:32],
        size=Size(96, 64),
    )
    assert await storage.get(KEY) == DATA
    assert await storage.byte_size(KEY) == 10
    assert (storage.folder / KEY).read_bytes() == DATA


async def test_putting_again_overwrites(storage: Storage) -> None:
    first = await storage.put(KEY, "a-1.png", PICTURE)
    again = await storage.put(KEY, "a-1.png", PICTURE)
    other = await storage.put(KEY, "a-1.png", Picture(b"other", "image/png", Size(96, 64)))
    assert first == again
    assert first.etag != other.etag
    assert await storage.get(KEY) == b"other"
    assert await keys(storage) == [KEY]


async def test_an_empty_object_is_one(storage: Storage) -> None:
    await storage.put(KEY, "a-1.png", Picture(b"", "image/png", Size(0, 0)))
    assert await storage.get(KEY) == b""
    assert await storage.byte_size(KEY) == 0


async def test_a_missing_object_has_no_bytes(storage: Storage) -> None:
    assert await storage.get(KEY) is None


async def test_a_missing_object_has_no_size(storage: Storage) -> None:
    assert await storage.byte_size(KEY) is None


@pytest.mark.parametrize(("start", "end"), [(0, 10), (3, 4), (0, 0)])
async def test_a_missing_object_has_no_stream(storage: Storage, start: int, end: int) -> None:
    assert await read(storage, KEY, start, end) is None


async def test_a_folder_of_objects_is_no_object(storage: Storage) -> None:
    await storage.put(KEY, "a-1.png", PICTURE)
    assert await storage.get("pictures") is None
    assert await storage.byte_size("pictures") is None


@pytest.mark.parametrize(
    ("start", "end", "data"),
    [
        (0, 10, DATA),
        (0, 1, b"0"),
        (3, 7, b"3456"),
        (9, 10, b"9"),
        (5, 100, b"56789"),
    ],
)
async def test_any_range_can_be_streamed(storage: Storage, start: int, end: int, data: bytes) -> None:
    await storage.put(KEY, "a-1.png", PICTURE)
    assert await read(storage, KEY, start, end) == data


async def test_a_large_object_comes_in_chunks(storage: Storage) -> None:
    data = os.urandom(3 * CHUNK + 5)
    await storage.put(KEY, "a-1.png", Picture(data, "image/png", Size(1, 1)))
    stream = await storage.stream(KEY, 1, len(data))
    assert stream is not None
    chunks = [chunk async for chunk in stream]
    assert len(chunks) > 1
    assert b"".join(chunks) == data[1:]


async def test_a_deleted_object_is_gone(storage: Storage) -> None:
    await storage.put(KEY, "a-1.png", PICTURE)
    await storage.delete(KEY)
    assert not (storage.folder / KEY).exists()
    assert await keys(storage) == []


async def test_deleting_what_is_gone_already_is_fine(storage: Storage) -> None:
    await storage.put(KEY, "a-1.png", PICTURE)
    await storage.delete(KEY)
    await storage.delete(KEY)
    await storage.delete("never/there.png")


async def test_every_key_is_listed_with_its_time(storage: Storage) -> None:
    assert await keys(storage) == []
    before = time.time() * 1_000
    for key in (KEY, "inputs/019a2b/a-in0.png", "uploads/b.webp"):
        await storage.put(key, "n", PICTURE)
    listed = {key: written async for key, written in storage.listing()}
    assert set(listed) == {KEY, "inputs/019a2b/a-in0.png", "uploads/b.webp"}
    assert all(before - 1_000 <= written <= time.time() * 1_000 + 1_000 for written in listed.values())


async def test_a_ping_leaves_nothing_behind(storage: Storage) -> None:
    await storage.ping()
    assert await keys(storage) == []


async def test_two_stores_of_one_folder_see_the_same(storage: Storage) -> None:
    await storage.put(KEY, "a-1.png", PICTURE)
    assert await Storage(storage.folder).get(KEY) == DATA


@pytest.mark.parametrize("key", ["../outside.png", "a/../../outside.png", "a/./b.png"])
async def test_no_key_leads_outside(storage: Storage, key: str) -> None:
    with pytest.raises((ValueError, StorageUnavailable)):
        await storage.put(key, "n", PICTURE)
    assert not list(storage.folder.parent.glob("outside*"))


@pytest.fixture
async def blocked(storage: Storage) -> Storage:
    """A store in whose place there is a file."""
    storage.folder.rmdir()
    storage.folder.write_text("in the way")
    return storage


async def test_a_store_that_is_out_cannot_be_pinged(blocked: Storage) -> None:
    with pytest.raises(StorageUnavailable, match="cannot be written to"):
        await blocked.ping()


async def test_a_store_that_is_out_takes_nothing(blocked: Storage) -> None:
    with pytest.raises(StorageUnavailable, match="cannot be written to"):
        await blocked.put(KEY, "a-1.png", PICTURE)


async def test_a_store_that_is_out_deletes_nothing(blocked: Storage) -> None:
    with pytest.raises(StorageUnavailable, match="cannot be written to"):
        await blocked.delete(KEY)


async def test_a_store_that_is_out_gives_nothing(blocked: Storage) -> None:
    with pytest.raises(StorageUnavailable, match="cannot be read"):
        await blocked.get(KEY)
    with pytest.raises(StorageUnavailable, match="cannot be read"):
        await blocked.byte_size(KEY)
    with pytest.raises(StorageUnavailable, match="cannot be read"):
        await blocked.stream(KEY, 0, 5)


async def test_a_file_in_the_way_of_one_folder_stops_only_its_keys(storage: Storage) -> None:
    (storage.folder / "pictures").write_text("in the way")
    with pytest.raises(StorageUnavailable):
        await storage.put(KEY, "a-1.png", PICTURE)
    await storage.put("inputs/a.png", "a.png", PICTURE)
    await storage.ping()


async def test_a_store_that_cannot_even_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageUnavailable):
        Storage(tmp_path / "file" / "files")

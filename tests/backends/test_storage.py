"""What every store promises, run over a folder and over a bucket."""

import asyncio
import base64
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path

import httpx
import pytest
from tests.support.backends import Backend, some_name
from tests.support.object_store import own_object_store

from easel.domain import Image, Size, StoredObject
from easel.errors import StorageUnavailable
from easel.storage import CHUNK, Storage, length_in_base64
from easel.storage.bucket import BucketStorage, StorageSettings, origin_for_browsers
from easel.storage.folder import FolderStorage

pytestmark = [pytest.mark.anyio, pytest.mark.backends]

DATA = b"0123456789"
KEY = "pictures/019a2b/a-1.png"
IMAGE = Image(DATA, "image/png", Size(96, 64))
# More than all the tries of a store that is away take together.
BOUND = 60.0

Open = Callable[[], Storage]


@pytest.fixture
def open_store(request: pytest.FixtureRequest, backend: Backend, tmp_path: Path) -> Open:
    """Opens the test's store, each time as another process would."""
    if backend == "embedded":
        return lambda: FolderStorage(tmp_path / "deep" / "files")
    bucket: Mapping[str, str] = request.getfixturevalue("bucket")
    folder = {"storage_url": f"{bucket['storage_url']}{some_name()}/deep"}
    return lambda: BucketStorage(StorageSettings.model_validate({**bucket, **folder}))


@pytest.fixture
def storage(open_store: Open) -> Storage:
    return open_store()


async def read(storage: Storage, key: str, start: int, end: int) -> bytes | None:
    stream = await storage.stream(key, start, end)
    return None if stream is None else b"".join([chunk async for chunk in stream])


async def keys(storage: Storage) -> list[str]:
    return sorted([key async for key, _ in storage.listing()])


async def test_what_is_put_can_be_got(storage: Storage) -> None:
    stored = await storage.put(KEY, "a-1.png", IMAGE)
    assert stored == StoredObject(
        key=KEY,
        name="a-1.png",
        media_type="image/png",
        byte_size=10,
        etag="xe353667619ec664b49655fc9692165fb",  # XXH3 of 128 bits
        size=Size(96, 64),
    )
    assert await storage.get(KEY) == DATA
    assert await storage.byte_size(KEY) == 10


async def test_putting_again_overwrites(storage: Storage) -> None:
    first = await storage.put(KEY, "a-1.png", IMAGE)
    again = await storage.put(KEY, "a-1.png", IMAGE)
    other = await storage.put(KEY, "a-1.png", Image(b"other", "image/png", Size(96, 64)))
    assert first == again
    assert first.etag != other.etag
    assert await storage.get(KEY) == b"other"
    assert await keys(storage) == [KEY]


async def test_an_empty_object_is_one(storage: Storage) -> None:
    await storage.put(KEY, "a-1.png", Image(b"", "image/png", Size(0, 0)))
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
    await storage.put(KEY, "a-1.png", IMAGE)
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
        (4, 4, b""),
    ],
)
async def test_any_range_can_be_streamed(storage: Storage, start: int, end: int, data: bytes) -> None:
    await storage.put(KEY, "a-1.png", IMAGE)
    assert await read(storage, KEY, start, end) == data


async def test_a_large_object_comes_in_chunks(storage: Storage) -> None:
    data = os.urandom(3 * CHUNK + 5)
    await storage.put(KEY, "a-1.png", Image(data, "image/png", Size(1, 1)))
    stream = await storage.stream(KEY, 1, len(data))
    assert stream is not None
    chunks = [chunk async for chunk in stream]
    assert len(chunks) > 1
    assert b"".join(chunks) == data[1:]


@pytest.mark.parametrize("size", [0, 1, 2, 3, 2 * CHUNK, 2 * CHUNK + 1])
async def test_an_object_is_streamed_in_base64(storage: Storage, size: int) -> None:
    data = os.urandom(size + 1)
    await storage.put(KEY, "a-1.png", Image(data, "image/png", Size(1, 1)))
    stream = await storage.stream(KEY, 1, len(data), base64=True)
    assert stream is not None
    written = b"".join([chunk async for chunk in stream])
    assert written == base64.b64encode(data[1:])
    assert len(written) == length_in_base64(size)


async def test_a_deleted_object_is_gone(storage: Storage) -> None:
    await storage.put(KEY, "a-1.png", IMAGE)
    await storage.delete(KEY)
    assert await storage.get(KEY) is None
    assert await keys(storage) == []


async def test_deleting_what_is_gone_already_is_fine(storage: Storage) -> None:
    await storage.put(KEY, "a-1.png", IMAGE)
    await storage.delete(KEY)
    await storage.delete(KEY)
    await storage.delete("never/there.png")


async def test_every_key_is_listed_with_its_time(storage: Storage) -> None:
    assert await keys(storage) == []
    before = time.time() * 1_000
    for key in (KEY, "inputs/019a2b/a-in0.png", "uploads/b.webp"):
        await storage.put(key, "n", IMAGE)
    listed = {key: written async for key, written in storage.listing()}
    assert set(listed) == {KEY, "inputs/019a2b/a-in0.png", "uploads/b.webp"}
    assert all(before - 1_000 <= written <= time.time() * 1_000 + 1_000 for written in listed.values())


async def test_a_long_listing_is_whole(storage: Storage) -> None:
    """A bucket tells a thousand keys at a time."""
    names = [f"pictures/{number:04}.png" for number in range(1_050 if isinstance(storage, BucketStorage) else 105)]
    await asyncio.gather(*(storage.put(name, "n", IMAGE) for name in names))
    assert await keys(storage) == names


async def test_a_ping_leaves_nothing_behind(storage: Storage) -> None:
    await storage.ping()
    assert await keys(storage) == []


async def test_two_clients_of_one_store_see_the_same(storage: Storage, open_store: Open) -> None:
    await storage.put(KEY, "a-1.png", IMAGE)
    assert await open_store().get(KEY) == DATA


@pytest.mark.parametrize(
    "key", ["a b/c+d.png", "ünï/çødé-😀.png", "a/100%.png", "a/%2e.png", "q?/a#b&c=d.png", "a..b.png"]
)
async def test_a_key_may_have_any_characters(storage: Storage, key: str) -> None:
    await storage.put(key, "n", IMAGE)
    assert await storage.get(key) == DATA
    assert await read(storage, key, 2, 4) == b"23"
    assert await keys(storage) == [key]
    await storage.delete(key)
    assert await keys(storage) == []


@pytest.mark.parametrize("key", ["../outside.png", "a/../../outside.png", "a/./b.png"])
async def test_no_key_leads_outside(storage: Storage, key: str) -> None:
    with pytest.raises((ValueError, StorageUnavailable)):
        await storage.put(key, "n", IMAGE)
    assert await keys(storage) == []


async def test_who_does_not_sign_has_no_address_elsewhere(storage: Storage) -> None:
    await storage.put(KEY, "a-1.png", IMAGE)
    assert await storage.signed_address(KEY) is None


@pytest.fixture
async def away(request: pytest.FixtureRequest, backend: Backend, open_store: Open) -> AsyncIterator[Storage]:
    """A store that has been lost: there is a file in the folder's place, or nobody at the bucket's address."""
    if backend == "embedded":
        storage = open_store()
        assert isinstance(storage, FolderStorage)
        storage.folder.rmdir()
        storage.folder.write_text("in the way")
        yield storage
    else:
        bucket: Mapping[str, str] = request.getfixturevalue("bucket")
        nobody = {"storage_endpoint": "http://127.0.0.1:9"}
        yield BucketStorage(StorageSettings.model_validate({**bucket, **nobody}))


async def test_a_store_that_is_away_says_so_in_bounded_time(away: Storage) -> None:
    async def says(words: str, using: Awaitable[object]) -> None:
        with pytest.raises(StorageUnavailable, match=words):
            await asyncio.wait_for(using, BOUND)

    writing = (away.ping(), away.put(KEY, "a-1.png", IMAGE), away.delete(KEY))
    listing = [keys(away)] if isinstance(away, BucketStorage) else []  # a folder that is gone lists nothing
    reading = (away.get(KEY), away.byte_size(KEY), away.stream(KEY, 0, 5), *listing)
    await asyncio.gather(
        *(says("is not writable", one) for one in writing), *(says("is not readable", one) for one in reading)
    )


async def test_a_bucket_that_comes_back_is_used_again_with_all_that_was_in_it() -> None:
    with own_object_store() as server:
        storage = BucketStorage(StorageSettings.model_validate(server.bucket.settings()))
        await storage.put(KEY, "a-1.png", IMAGE)
        server.kill()
        with pytest.raises(StorageUnavailable):
            await storage.put("other.png", "n", IMAGE)
        server.start()
        assert await storage.get(KEY) == DATA
        await storage.put("other.png", "n", IMAGE)
        assert await keys(storage) == ["other.png", KEY]


async def test_a_signed_address_is_good_for_everybody_and_for_an_hour(bucket: Mapping[str, str]) -> None:
    given = {**bucket, "storage_url": f"{bucket['storage_url']}{some_name()}", "storage_signed_urls": True}
    storage = BucketStorage(StorageSettings.model_validate(given))
    await storage.put("ä b/a-1.png", "a-1.png", IMAGE)
    address = await storage.signed_address("ä b/a-1.png")
    assert address is not None
    assert httpx.URL(address).params["X-Amz-Expires"] == "3600"
    async with httpx.AsyncClient() as anybody:
        assert (await anybody.get(address)).content == DATA
        part = await anybody.get(address, headers={"Range": "bytes=2-4"})
        assert (part.status_code, part.content) == (206, b"234")
        for forged in (address.replace("a-1.png", "a-2.png"), address[:-1] + ("0" if address[-1] != "0" else "1")):
            assert (await anybody.get(forged)).status_code == 403
        other = address.partition("?")[0]
        assert (await anybody.get(other)).status_code == 403


async def test_a_signed_address_is_at_the_endpoint_for_browsers(bucket: Mapping[str, str]) -> None:
    """Amazon's needs no endpoint."""
    signed = {**bucket, "storage_signed_urls": True}
    public = {**signed, "storage_public_endpoint": "https://images.example.com/"}
    amazon = {**signed, "storage_endpoint": None, "storage_region": "eu-west-1", "storage_url": "s3://pictures"}
    for given, origin in (
        (signed, bucket["storage_endpoint"]),
        (public, "https://images.example.com"),
        (amazon, "https://pictures.s3.eu-west-1.amazonaws.com"),
    ):
        settings = StorageSettings.model_validate(given)
        assert origin_for_browsers(settings) == origin
        address = await BucketStorage(settings).signed_address(KEY)
        assert address is not None
        assert address.startswith(f"{origin}/")
    assert origin_for_browsers(StorageSettings.model_validate(bucket)) is None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"aws_secret_access_key": "wrong"}, "rejects this server's key (SignatureDoesNotMatch)"),
        ({"aws_access_key_id": "nobody"}, "rejects this server's key (InvalidAccessKeyId)"),
        ({"storage_endpoint": "http://127.0.0.1:9"}, "cannot be reached: check EASEL_STORAGE_ENDPOINT"),
    ],
)
async def test_the_reason_of_a_store_that_is_away_is_named(
    bucket: Mapping[str, str], wrong: Mapping[str, str], words: str
) -> None:
    storage = BucketStorage(StorageSettings.model_validate({**bucket, **wrong}))
    with pytest.raises(StorageUnavailable) as raised:
        await storage.ping()
    assert words in (raised.value.reason or "")
    assert raised.value.rejected == ("key" in words)

"""The images' own addresses."""

from collections.abc import AsyncIterator, Mapping

import httpx
import pytest
from tests.rig import MakeRig, Rig, request

from easel.domain import Image, Size
from easel.kit.clock import DAY, Clock
from easel.ops.sweep import purge_orphans, sweep
from easel.ops.trusted_time import Counter
from easel.testing import ManualClock

pytestmark = [pytest.mark.anyio, pytest.mark.backends]


@pytest.fixture
async def image(rig: Rig) -> AsyncIterator[str]:
    job = await rig.finished(
        await rig.generate(request("A cat, “Hello” & <b>friends</b>: ünïcode", output_format="webp"))
    )
    rig.client.headers.pop("X-API-Key")
    yield job["result"]["images"][0]


async def test_a_image_is_served_with_all_it_needs(rig: Rig, image: str) -> None:
    response = await rig.client.get(image)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/webp"
    assert int(response.headers["Content-Length"]) == len(response.content)
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"] == 'inline; filename="a-cat-hello-b-friends-b-n-code-1.webp"'
    head = await rig.client.head(image)
    assert head.content == b""
    assert head.headers["Content-Length"] == response.headers["Content-Length"]
    cached = await rig.client.get(image, headers={"If-None-Match": response.headers["ETag"]})
    assert (cached.status_code, cached.content) == (304, b"")


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-0", 0, 0), ("bytes=10-19", 10, 19), ("bytes=5-", 5, -1), ("bytes=-7", -7, -1)],
)
async def test_ranges(rig: Rig, image: str, asked: str, first: int, last: int) -> None:
    whole = (await rig.client.get(image)).content
    response = await rig.client.get(image, headers={"Range": asked})
    start, end = first % len(whole), last % len(whole) + 1
    assert response.status_code == 206
    assert response.content == whole[start:end]
    assert response.headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(whole)}"


@pytest.mark.parametrize("asked", ["bytes=a-b", "bytes=-", "lines=1-2", "bytes=0-1,3-4", "bytes=5-2"])
async def test_ranges_that_mean_nothing_get_the_whole(rig: Rig, image: str, asked: str) -> None:
    assert (await rig.client.get(image, headers={"Range": asked})).status_code == 200


async def test_a_range_outside_the_file_is_refused(rig: Rig, image: str) -> None:
    response = await rig.client.get(image, headers={"Range": "bytes=99999999-"})
    assert response.status_code == 416
    assert response.headers["Content-Range"].startswith("bytes */")
    assert response.json()["code"] == "range_outside"


async def test_a_wrong_token_or_name_finds_nothing(rig: Rig, image: str) -> None:
    head, token, name = image.rsplit("/", 2)
    other = token[:-1] + ("y" if token.endswith("x") else "x")
    for wrong in (f"{head}/{other}/{name}", f"{head}/{token}/{name}x", f"{head}/x/../../{name}"):
        response = await rig.client.get(wrong)
        assert response.status_code == 404


async def test_images_are_purged_when_their_time_is_over(make_rig: MakeRig) -> None:
    clock = ManualClock(Clock().now())  # it jumps: the sweep of the server itself, which counts real time, sleeps on
    since = Counter(clock.now)
    async with make_rig(clock=clock, retention_days=7) as rig:
        job = await rig.finished(await rig.generate())
        for _ in range(2):  # in its first day a database deletes nothing
            await sweep(rig.services, since)
            clock.jump(DAY)
        clock.jump(5 * DAY - 1)
        await sweep(rig.services, since)
        assert (await rig.client.get(job["result"]["images"][0])).status_code == 200
        clock.jump(1)
        await sweep(rig.services, since)
        assert (await rig.client.get(job["result"]["images"][0])).status_code == 404
        after = (await rig.client.get(f"/v2/jobs/{job['id']}")).json()
        assert (after["expired"], after["status"], after["result"]) == (True, "COMPLETED", {"images": []})
        assert [key async for key, _ in rig.services.storage.listing()] == []


async def test_objects_that_no_row_names_are_purged_after_a_while(make_rig: MakeRig) -> None:
    clock = ManualClock(Clock().now())
    async with make_rig(clock=clock) as rig:
        await rig.finished(await rig.generate())
        storage, orphan = rig.services.storage, "pictures/orphan.webp"
        await storage.put(orphan, "orphan.webp", Image(b"left behind", "image/webp", Size(1, 1)))
        await purge_orphans(rig.services, clock.now())
        assert await storage.get(orphan)
        await purge_orphans(rig.services, clock.now() + 3 * DAY)
        assert len([key async for key, _ in storage.listing()]) == 1
        assert await storage.get(orphan) is None


async def test_addresses_follow_the_public_url_when_there_is_one(make_rig: MakeRig) -> None:
    async with make_rig(public_url="https://pictures.example.com") as rig:
        job = await rig.finished(await rig.generate())
        assert job["result"]["images"][0].startswith("https://pictures.example.com/files/")


@pytest.mark.backends("postgres")
async def test_signed_addresses_send_their_readers_to_the_bucket(make_rig: MakeRig, bucket: Mapping[str, str]) -> None:
    async with make_rig(storage_signed_urls=True) as rig, httpx.AsyncClient() as anybody:
        job = await rig.finished(await rig.generate())
        image = job["result"]["images"][0]
        answer = await rig.client.get(image)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (307, "private, max-age=1800")
        elsewhere = answer.headers["Location"]
        assert elsewhere.startswith(bucket["storage_endpoint"])
        there = await anybody.get(elsewhere)
        whole = there.content
        assert (there.headers["Content-Type"], there.headers["Cache-Control"]) == (
            "image/png",
            "private, max-age=31536000, immutable",
        )
        saved = await rig.client.get(image, params={"download": True})
        assert (saved.status_code, saved.content) == (200, whole)
        assert saved.headers["Content-Disposition"].startswith("attachment; filename=")
        for page in ("/studio/signin", "/docs/quickstart"):
            policy = (await rig.client.get(page)).headers["Content-Security-Policy"]
            assert f"img-src 'self' {bucket['storage_endpoint']} data:" in policy
        assert int((await rig.client.head(image)).headers["Content-Length"]) == len(whole)
        # a client repeats its headers where it is sent to
        answer = await rig.client.get(image, headers={"Range": "bytes=10-19"})
        assert answer.status_code == 307
        part = await anybody.get(answer.headers["Location"], headers={"Range": "bytes=10-19"})
        assert (part.status_code, part.content) == (206, whole[10:20])
        assert part.headers["Content-Range"] == f"bytes 10-19/{len(whole)}"


@pytest.mark.backends("postgres")
async def test_what_a_bucket_cannot_do_is_done_here(make_rig: MakeRig) -> None:
    async with make_rig(storage_signed_urls=True) as rig:
        job = await rig.finished(await rig.generate(request(output_format="webp")))
        image = job["result"]["images"][0]
        copy = await rig.client.get(image, params={"format": "png"})
        assert (copy.status_code, copy.headers["Content-Type"]) == (200, "image/png")
        small = await rig.client.get(image.replace("/files/", "/previews/"))
        assert (small.status_code, small.headers["Content-Type"]) == (200, "image/webp")
        assert (await rig.client.get(image, headers={"Range": "bytes=99999999-"})).status_code == 416
        same = await rig.client.get(image, headers={"If-None-Match": '"*"'})
        assert same.status_code == 307
        etag = (await rig.client.head(image)).headers["ETag"]
        assert (await rig.client.get(image, headers={"If-None-Match": etag})).status_code == 304

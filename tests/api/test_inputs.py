"""Images that people send, in every dress they come in, and those that come back in another size than was asked for."""

import asyncio
import base64
import contextlib
import gzip
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

import pytest
from tests.rig import MakeRig, Rig, request
from tests.support.hurry import hurried
from tests.support.images import encoded, gradient
from tests.support.waiting import settled, until

from easel.domain import Done, GenerationRequest, Image, Pending, Size
from easel.testing import InstantProvider

pytestmark = pytest.mark.anyio

PNG = encoded(gradient()).data
JPEG = encoded(gradient(), "image/jpeg").data
SIX = b"stray!"


def strayed(jpeg: bytes) -> bytes:
    """A JPEG with six stray bytes before a marker."""
    return jpeg.replace(b"\xff\xda", SIX + b"\xff\xda", 1)


STRAY = strayed(JPEG)
TEXT = base64.b64encode(PNG).decode()
HEIC = b"\x00\x00\x00\x18ftypheic" + bytes(4) + b"mif1heic" + bytes(100)
HEIC_SAYS = "The file is a HEIC image, not a PNG, JPEG, WebP, GIF or AVIF image. Save it as JPEG or PNG."


@pytest.mark.parametrize(
    "address",
    [
        f"data:image/png;charset=utf-8;base64,{TEXT}",
        f"data:application/octet-stream;base64,{TEXT}",
        f"DATA:;BASE64,{TEXT[:76]}\n{TEXT[76:]}".rstrip("="),
        f"data:image/svg+xml,{quote(PNG)}",
        base64.urlsafe_b64encode(PNG).decode(),
        f"data:image/jpeg;base64,{base64.b64encode(STRAY).decode()}",
    ],
    ids=["charset", "octet-stream", "lines", "percent", "bare", "stray bytes"],
)
async def test_what_holds_an_image_is_one_and_is_echoed_in_short(rig: Rig, address: str) -> None:
    for input_images in (address, [address]):
        job = await rig.finished(await rig.generate(request(input_images=input_images)))
        assert (job["status"], job["errorCode"]) == ("COMPLETED", None)
        [shown] = job["input"]["gptImage2Params"]["input_images"]
        assert len(shown) < 120
        assert "bytes)" in shown


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (f"data:image/png;base64,{TEXT[:-8]}*===", "cannot be used. Its base64 has the character '*', which no base64"),
        (f"data:image/png;base64,{TEXT[:41]}", "cannot be used. Its base64 is cut off: one character is left over."),
        (base64.b64encode(HEIC).decode(), f"cannot be used. {HEIC_SAYS}"),
        ("https://user:secret@example.com/a.png", "an address must not contain a user name or a password"),
        ("https://example.com:99999/a.png", "the address is malformed: there is no port 99999"),
        ("https://example.com/" + "a" * 9_000, "has 9,020 characters; the maximum of an address is 8,192."),
    ],
)
async def test_what_holds_none_is_refused_for_what_is_wrong_with_it(rig: Rig, address: str, sentence: str) -> None:
    refused = await rig.generate(request(input_images=[address]))
    assert (refused.status_code, list(refused.json()["details"])) == (400, ["gptImage2Params.input_images[0]"])
    assert sentence in refused.json()["error"]
    assert await rig.credits() == 1000


async def test_a_photo_that_is_not_read_is_named_when_it_is_uploaded(rig: Rig) -> None:
    refused = await rig.client.post("/v2/uploads", files={"file": ("IMG_0001.HEIC", HEIC, "image/heic")})
    assert (refused.status_code, refused.json()["error"][: len(HEIC_SAYS)]) == (400, HEIC_SAYS)


async def test_null_and_one_string_are_the_same_request_as_the_usual_one(rig: Rig) -> None:
    data_url = f"data:image/png;base64,{TEXT}"
    usual = request(input_images=[data_url])
    with_nulls = request(input_images=data_url, mask=None, user=None, aspect_ratio=None, input_fidelity=None)
    with_nulls |= {"webhookUrl": None, "webhookEvents": None, "gptImageParams": None}
    for other in (usual, with_nulls):
        estimated = await rig.client.post("/v2/images/estimate", json=other)
        assert (estimated.status_code, estimated.json()["creditsRequired"]) == (200, 4)
    first = await rig.generate(usual, idempotency_key="one")
    again = await rig.generate(with_nulls, idempotency_key="one")
    assert (again.status_code, again.headers["idempotent-replayed"]) == (202, "true")
    assert again.json()["jobId"] == first.json()["jobId"]
    job = await rig.finished(first)
    assert job["input"]["gptImage2Params"].keys() == {"quality", "output_format", "input_images"}
    edit = {"prompt": "x", "images": [{"image_url": data_url, "file_id": None}], "mask": None, "n": None}
    assert (await rig.client.post("/v1/images/edits", json=edit)).status_code == 200


@contextlib.asynccontextmanager
async def site(*answers: bytes) -> AsyncIterator[tuple[str, list[str]]]:
    """A file server that gives these answers in turn, the last one for ever, and hangs up for an empty one; and the
    heads of what was asked."""
    left, heads = list(answers), list[str]()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer), contextlib.suppress(ConnectionError):
            heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
            writer.write(left.pop(0) if len(left) > 1 else left[0])
            await writer.drain()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/a.png?{'s' * 4_000}", heads
    finally:
        server.close()
        await settled()


FOUND = b"HTTP/1.1 200 OK\r\nContent-Type: binary/octet-stream\r\n"


async def test_a_file_server_may_stumble_and_compress(make_rig: MakeRig) -> None:
    busy = b"HTTP/1.1 503 Busy\r\nRetry-After: 3\r\nContent-Length: 0\r\n\r\n"
    packed = FOUND + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(PNG)
    given = {"trusted_networks": "127.0.0.0/8", "public_url": "https://images.example.com"}
    async with hurried() as clock, make_rig(clock=clock, allowed_hosts="easel.test", **given) as rig:
        async with site(busy, b"", packed) as (address, heads):
            job = await rig.finished(await rig.generate(request(input_images=[address])))
        assert (job["status"], len(heads)) == ("COMPLETED", 3)
        assert "+https://images.example.com)" in heads[0]
        async with site(b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n") as (address, _):
            job = await rig.finished(await rig.generate(request(input_images=[address])))
        assert job["error"].endswith("the server answered 403, which forbids fetching it: upload the image instead")


class Sized(InstantProvider):
    """Delivers images of these sizes, whatever is asked for."""

    def __init__(self, *sizes: Size) -> None:
        super().__init__()
        self.sizes = sizes

    async def start(self, work: GenerationRequest) -> Done:
        async def images() -> Any:
            for size in self.sizes:
                yield encoded(gradient(size))

        return Done(images())


WIDE, TINY = Size(1536, 1024), Size(1, 1)


@pytest.mark.parametrize(
    ("sizes", "size", "charged", "warned"),
    [
        ([WIDE], WIDE, 1, 0),
        ([Size(1530, 1020)], WIDE, 1, 0),
        ([Size(768, 512)], WIDE, 1, 0),
        ([Size(1024, 1024)], Size(1024, 1024), 1, 1),
        ([Size(512, 512)], Size(512, 512), 0, 1),
        ([TINY], TINY, 0, 1),
        ([WIDE, TINY], WIDE, 1, 1),
        ([TINY, TINY], TINY, 0, 1),
    ],
)
async def test_images_of_another_size_cost_what_they_are(
    make_rig: MakeRig, sizes: list[Size], size: Size, charged: int, warned: int
) -> None:
    async with make_rig(provider=Sized(*sizes)) as rig:
        asked = request(aspect_ratio="3:2", number_of_images=len(sizes))
        job = await rig.finished(await rig.generate(asked))
        assert (job["status"], job["creditCost"], len(job["warnings"])) == ("COMPLETED", 4 * charged, warned)
        assert (job["width"], job["height"]) == (size.width, size.height)
        assert len(job["result"]["images"]) == len(sizes)
        assert await rig.credits() == 1000 - 4 * charged
        if warned:
            assert "pixels instead of 1536×1024; the image is unchanged" in job["warnings"][0]
            assert ("and free" in job["warnings"][0]) is (charged < len(sizes))


async def test_openais_dialect_says_the_size_that_came(make_rig: MakeRig) -> None:
    async with make_rig(provider=Sized(Size(600, 1024))) as rig:
        answer = await rig.client.post("/v1/images/generations", json={"prompt": "x", "size": "auto"})
        assert (answer.json()["size"], answer.headers["x-credits-charged"]) == ("600x1024", "23")


async def test_a_providers_jpeg_with_stray_bytes_is_delivered(make_rig: MakeRig) -> None:
    jpeg = encoded(gradient(Size(1024, 1024)), "image/jpeg").data
    stray = Image(strayed(jpeg[:-2]), "image/jpeg", Size(1024, 1024))

    class Straying(InstantProvider):
        async def start(self, work: GenerationRequest) -> Done:
            async def images() -> Any:
                yield stray

            return Done(images())

    async with make_rig(provider=Straying()) as rig:
        job = await rig.finished(await rig.generate(request(output_format="jpeg")))
        assert (job["status"], job["creditCost"], job["warnings"]) == ("COMPLETED", 4, [])
        served = (await rig.client.get(job["result"]["images"][0])).content
        assert (served[-2:], SIX in served) == (b"\xff\xd9", False)


class Checking(InstantProvider):
    """What was begun is never done."""

    async def check(self, work: GenerationRequest, pending: Pending) -> Pending:
        return pending


async def test_a_fetch_that_a_restart_cut_off_is_made_again_although_the_job_still_waits(make_rig: MakeRig) -> None:
    heads, given = list[str](), {"trusted_networks": "127.0.0.0/8", "max_concurrent_jobs": 1, "drain_seconds": 0}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer), contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
            if len(heads) == 1:
                await reader.read()  # until the server that asks is gone
            writer.write(FOUND + b"\r\n" + PNG)
            await writer.drain()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/a.png"
    never = [Pending("upstream-1", check_after=30)] * 9
    async with make_rig(provider=InstantProvider(repeatable=False, script=never), **given) as rig:
        first = await rig.generate()
        await rig.becomes(first, lambda job: job.submit_state == "SENT")
        waiting = await rig.generate(request(input_images=[address]))
        await until(lambda: heads)
    async with make_rig(provider=Checking(repeatable=False, script=never), **given) as rig:
        job = await rig.becomes(waiting, lambda job: job.fetcher is None)
        assert (job.admitted_at, job.inputs, len(heads)) == (None, [f"file:{job.id}-in0.png"], 2)
    server.close()
    await settled()

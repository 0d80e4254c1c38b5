"""What strangers let us wait for, and what readers have made for them, holds up nobody else."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from tests.rig import MakeRig, Rig, request
from tests.support.images import encoded, gradient
from tests.support.waiting import settled, until

from easel.domain import Caller, Image, Role
from easel.errors import TooLarge
from easel.files.archive import archive
from easel.files.rows import find_file
from easel.kit.resolve import Resolver
from easel.storage import CHUNK

pytestmark = pytest.mark.anyio

PNG = encoded(gradient()).data
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"


@contextlib.asynccontextmanager
async def slow_site() -> AsyncIterator[tuple[str, asyncio.Event, list[str]]]:
    """A server that answers /slow… when it is told to, and everything else at once; what was asked for."""
    told, asked = asyncio.Event(), list[str]()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer), contextlib.suppress(ConnectionError):
            path = (await reader.readuntil(b"\r\n\r\n")).split(b" ", 2)[1].decode()
            asked.append(path)
            if path.startswith("/slow"):
                await told.wait()
            writer.write(HEAD + PNG)
            await writer.drain()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", told, asked
    finally:
        told.set()
        server.close()
        await settled()


async def test_slow_inputs_hold_a_few_fetches_of_their_own_and_nothing_else(make_rig: MakeRig) -> None:
    given = {"trusted_networks": "127.0.0.0/8", "pictures_in_memory": 1, "input_fetches_per_team": 2}
    async with slow_site() as (url, told, asked), make_rig(**given, max_concurrent_jobs=10) as rig:
        slow = [await rig.generate(request(input_images=[f"{url}/slow{number}"])) for number in range(4)]
        await until(lambda: len(asked) == 2)
        job = await rig.finished(await rig.generate())  # one of the same team, even
        assert job["status"] == "COMPLETED"
        assert len(asked) == 2
        told.set()
        assert {(await rig.finished(one))["status"] for one in slow} == {"COMPLETED"}


async def test_one_slow_input_ends_its_job_in_time(make_rig: MakeRig) -> None:
    async with slow_site() as (url, _, asked), make_rig(trusted_networks="127.0.0.0/8", inputs_seconds=1) as rig:
        job = await rig.finished(await rig.generate(request(input_images=[f"{url}/a", f"{url}/slow", f"{url}/b"])))
        assert job["errorCode"] == "input_unusable"
        assert job["error"].startswith("input_images[1] cannot be used: it took longer than")
        assert set(asked) == {"/a", "/slow", "/b"}, "they are fetched together"


async def test_names_that_are_never_answered_hold_up_neither_inputs_nor_other_webhooks(
    make_rig: MakeRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = threading.Event()

    def lookup(host: str, port: int) -> list[Any]:
        if host.startswith("slow"):
            answer.wait(20)
        return [(0, 0, 0, "", ("127.0.0.1", port))]

    given = {"trusted_networks": "127.0.0.0/8"}
    async with slow_site() as (url, *_), make_rig(**given) as rig:
        resolver = Resolver(most=4, each=2, seconds=0.05, lookup=lookup)
        monkeypatch.setattr(rig.services.fetcher, "_resolver", resolver)
        sent = [
            await rig.client.post("/v2/webhooks/test", json={"url": f"https://slow{number}.test/x"})
            for number in range(6)
        ]
        assert {one.status_code for one in sent} == {202}
        port = url.rpartition(":")[2]
        job = request(input_images=[f"{url}/a"])  # an address needs no look-up
        assert (await rig.finished(await rig.generate(job)))["status"] == "COMPLETED"
        others = await resolver.addresses("well.test", int(port), who="another team")
        assert str(others[0]) == "127.0.0.1"
        await until_tried(rig, 6)
        answer.set()


async def until_tried(rig: Rig, count: int) -> list[dict[str, Any]]:
    """The deliveries, once so many have been tried."""

    async def tried() -> list[dict[str, Any]] | None:
        found: list[dict[str, Any]] = (await rig.client.get("/v2/webhooks/deliveries")).json()["deliveries"]
        return found if sum(bool(one["attempts"]) for one in found) >= count else None

    found: list[dict[str, Any]] = await until(tried)
    return found


async def test_a_send_that_breaks_is_a_failed_try(make_rig: MakeRig, monkeypatch: pytest.MonkeyPatch) -> None:
    async with make_rig() as rig:

        async def broken(*_: Any, **__: Any) -> None:
            raise LookupError("a fault nobody thought of")

        monkeypatch.setattr(rig.services.fetcher, "post", broken)
        await rig.client.post("/v2/webhooks/test", json={"url": "https://example.com/x"})
        [delivery] = await until_tried(rig, 1)
        assert delivery["attempts"][0]["error"] == "it could not be sent (LookupError)"
        assert "fault" not in str(delivery)


class Copier:
    """Stands before the imaging of a rig: copies wait until they are let through; how many were begun."""

    def __init__(self, rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
        self.open, self.begun = asyncio.Event(), 0
        imaging = rig.services.imaging
        copy_as, preview = imaging.copy_as, imaging.preview

        async def slow_copy(image: Image, format: str) -> Image:
            self.begun += 1
            await self.open.wait()
            return await copy_as(image, format)

        async def slow_preview(data: bytes) -> Image:
            self.begun += 1
            await self.open.wait()
            return await preview(data)

        monkeypatch.setattr(imaging, "copy_as", slow_copy)
        monkeypatch.setattr(imaging, "preview", slow_preview)


async def keys(rig: Rig) -> set[str]:
    return {key.partition("/")[0] async for key, _ in rig.services.storage.listing()}


async def test_a_copy_is_made_once_kept_and_goes_with_its_file(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    copier = Copier(rig, monkeypatch)
    job = await rig.finished(await rig.generate(request(output_format="webp")))
    image = job["result"]["images"][0]
    asked = [asyncio.create_task(rig.client.get(image, params={"format": "png"})) for _ in range(5)]
    await until(lambda: copier.begun == 1)
    asked.pop().cancel()  # a reader that leaves ends it for nobody else
    copier.open.set()
    copies = await asyncio.gather(*asked)
    assert {(one.status_code, one.headers["Content-Type"]) for one in copies} == {(200, "image/png")}
    assert int(copies[0].headers["Content-Length"]) == len(copies[0].content)
    assert (await rig.client.get(image, params={"format": "png"})).content == copies[0].content
    assert copier.begun == 1
    await rig.client.get(job["previews"][0])
    assert await keys(rig) == {"pictures", "copies", "previews"}
    assert (await rig.client.delete(f"/v2/jobs/{job['id']}")).status_code == 204
    assert await keys(rig) == set()


async def test_what_a_copy_would_be_is_told_without_making_it(rig: Rig) -> None:
    job = await rig.finished(await rig.generate(request(output_format="webp")))
    image = job["result"]["images"][0]
    head = await rig.client.head(image, params={"format": "png"})
    assert (head.status_code, head.headers["Content-Type"], "Content-Length" in head.headers) == (
        200,
        "image/png",
        False,
    )
    assert await keys(rig) == {"pictures"}
    whole = await rig.client.get(image, params={"format": "png"})
    head = await rig.client.head(image, params={"format": "png"})
    assert int(head.headers["Content-Length"]) == len(whole.content)


async def test_uploads_and_inputs_come_in_no_other_format(rig: Rig) -> None:
    uploaded = (await rig.client.post("/v2/uploads", files={"file": ("p.png", PNG, "image/png")})).json()["url"]
    answer = await rig.client.get(uploaded, params={"format": "jpeg"})
    assert (answer.status_code, answer.json()["param"]) == (400, "format")
    assert (await rig.client.get(uploaded, params={"format": "png"})).content == PNG
    assert (await rig.client.get(uploaded.replace("/files/", "/previews/"))).status_code == 200
    assert await keys(rig) == {"uploads", "previews"}


async def test_copies_that_wait_keep_no_job_waiting_and_are_bounded(
    make_rig: MakeRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with make_rig(copies_waiting_per_team=2, pictures_in_memory=1) as rig:
        copier = Copier(rig, monkeypatch)
        job = await rig.finished(await rig.generate(request(number_of_images=4)))
        asked = [asyncio.create_task(rig.client.get(one)) for one in job["previews"][:2]]
        await until(lambda: copier.begun == 1 and rig.services.limits.copies.in_use == 2)
        more = await rig.client.get(job["previews"][2])
        assert (more.status_code, more.json()["code"], more.headers["Retry-After"]) == (503, "unavailable", "5")
        assert (await rig.finished(await rig.generate(request(output_format="webp"))))["status"] == "COMPLETED"
        copier.open.set()
        assert {one.status_code for one in await asyncio.gather(*asked)} == {200}
        assert (await rig.client.get(job["previews"][2])).status_code == 200


async def test_a_copy_made_of_a_image_that_was_deleted_meanwhile_is_not_kept(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    copier = Copier(rig, monkeypatch)
    job = await rig.finished(await rig.generate(request(output_format="webp")))
    asked = asyncio.create_task(rig.client.get(job["result"]["images"][0], params={"format": "jpeg"}))
    await until(lambda: copier.begun == 1)
    await rig.client.delete(f"/v2/jobs/{job['id']}")
    copier.open.set()
    assert (await asked).status_code == 404
    assert await keys(rig) == set()


async def test_an_archive_is_sent_in_pieces_and_takes_a_slot_until_it_is_read(make_rig: MakeRig) -> None:
    async with make_rig(archives_per_team=1, max_archive_megabytes=1) as rig:
        job = await rig.finished(await rig.generate(request(number_of_images=2)))
        names = [one.rpartition("/")[2] for one in job["result"]["images"]]
        caller = Caller("", "", "", "", "", Role.MEMBER, await team_of(rig, names[0]), False)
        with rig.db.reading() as connection:
            files = [file for name in names if (file := find_file(connection, name))]
        being_read = archive(rig.services, caller, files)
        assert len(await anext(being_read)) <= 2 * CHUNK
        refused = await rig.client.get("/v2/archive", params={"name": names})
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
        await being_read.aclose()
        assert (await rig.client.get("/v2/archive", params={"name": names})).status_code == 200
        large = [replace(file, byte_size=600_000) for file in files]
        with pytest.raises(TooLarge, match="more than 1 MB together"):
            await anext(archive(rig.services, caller, large))


async def team_of(rig: Rig, name: str) -> str:
    file = await rig.db.read(find_file, name)
    assert file is not None
    return file.team_id

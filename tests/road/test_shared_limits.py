"""What strangers let us wait for, and what readers have made for them, holds up nobody else."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator
from typing import Any

import pytest
from tests.rig import MakeRig, Rig, request
from tests.unit.pictures import encoded, gradient

from easel.kit.resolve import Resolver

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
        await asyncio.sleep(0.02)


async def until(condition: Any) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.01)


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


async def test_all_inputs_of_a_job_share_one_time(make_rig: MakeRig) -> None:
    async with slow_site() as (url, _, asked), make_rig(trusted_networks="127.0.0.0/8", inputs_seconds=1) as rig:
        job = await rig.finished(await rig.generate(request(input_images=[f"{url}/a", f"{url}/slow", f"{url}/b"])))
        assert job["errorCode"] == "input_unusable"
        assert job["error"].startswith("input_images[1] cannot be used: it took longer than")
        assert "/b" not in asked


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
        monkeypatch.setattr(rig.stations.fetcher, "_resolver", resolver)
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
    async with asyncio.timeout(10):
        while True:
            found = (await rig.client.get("/v2/webhooks/deliveries")).json()["deliveries"]
            if sum(bool(one["attempts"]) for one in found) >= count:
                return list(found)
            await asyncio.sleep(0.02)


async def test_a_send_that_breaks_is_a_failed_try(make_rig: MakeRig, monkeypatch: pytest.MonkeyPatch) -> None:
    async with make_rig() as rig:

        async def broken(*_: Any, **__: Any) -> None:
            raise LookupError("a fault nobody thought of")

        monkeypatch.setattr(rig.stations.fetcher, "post", broken)
        await rig.client.post("/v2/webhooks/test", json={"url": "https://example.com/x"})
        [delivery] = await until_tried(rig, 1)
        assert delivery["attempts"][0]["error"] == "it could not be sent (LookupError)"
        assert "fault" not in str(delivery)

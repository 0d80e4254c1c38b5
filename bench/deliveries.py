"""Webhooks carried out: attempts per second and processor time an attempt; 500 watchers of 500 jobs by SSE; and 80
streams of 50 jobs each, all of them slow.

make bench-deliveries     (or: .venv/bin/python -m bench.deliveries --jobs 1000 --watchers 500)
"""

import argparse
import asyncio
import contextlib
import json
import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from tests.support.loopback import serving

from easel.testing import RunningServer, running_server

BODY: dict[str, Any] = {
    "model": "gpt-image-2",
    "prompt": "a plain picture",
    "gptImage2Params": {"quality": "low", "output_format": "jpeg"},
}
ENV = {
    "EASEL_RATE_LIMIT_PER_MINUTE": "0",
    "EASEL_BOOTSTRAP_CREDITS": "100000000",
    "EASEL_LOG_LEVEL": "warning",
    "EASEL_TRUSTED_NETWORKS": "127.0.0.0/8",
}
MANY_STREAMS = {f"EASEL_{name}": "1000" for name in ("STREAMS_PER_KEY", "STREAMS_PER_TEAM", "STREAMS_AT_ONCE")}
SLOW_JOBS, JOBS_OF_A_STREAM = 60, 50


def processor_seconds(server: RunningServer) -> float:
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mb(server: RunningServer) -> float:
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


class Receiver:
    """Takes everything, and counts."""

    def __init__(self) -> None:
        self.count = 0

    def app(self) -> Starlette:
        async def take(request: Request) -> Response:
            await request.body()
            self.count += 1
            return Response()

        return Starlette(routes=[Route("/", take, methods=["POST"])])


async def submit(server: RunningServer, url: str, receiver: Receiver, jobs: int) -> None:
    """Have `jobs` messages sent a first time."""
    async with httpx.AsyncClient(base_url=server.url, headers={"X-API-Key": server.key}, timeout=60) as client:
        left = iter(range(jobs))

        async def one() -> None:
            for _ in left:
                (await client.post("/v2/images/generate", json=BODY | {"webhookUrl": url + "/"})).raise_for_status()

        await asyncio.gather(*(one() for _ in range(16)))
    while receiver.count < jobs:
        await asyncio.sleep(0.1)


def measure_deliveries(folder: Path, jobs: int) -> None:
    """Send them all again: a server that starts finds them due, and has nothing else to do."""
    receiver = Receiver()
    with serving(receiver.app()) as url:
        with serving_easel(folder) as server:
            asyncio.run(submit(server, url, receiver, jobs))
        with contextlib.closing(sqlite3.connect(folder / "easel.db")) as db, db:
            db.execute("UPDATE deliveries SET state = 'pending', tries = 0, due_at = 0")
        receiver.count = 0
        with serving_easel(folder) as server:
            while receiver.count < jobs // 10:
                time.sleep(0.005)
            first, begun, used = receiver.count, time.perf_counter(), processor_seconds(server)
            while receiver.count < jobs:
                time.sleep(0.005)
            seconds, cost = time.perf_counter() - begun, processor_seconds(server) - used
    count = jobs - first
    print(
        f"deliveries: {count / seconds:.0f} attempts/s, {cost / count * 1000:.1f} ms of processor an attempt",
        flush=True,
    )


async def watchers(server: RunningServer, count: int) -> None:
    """Everyone watches a job of their own, from before it begins until its end."""
    headers = {"X-API-Key": server.key}
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=server.url, headers=headers, timeout=300, limits=limits) as client:
        ids = [(await client.post("/v2/images/generate", json=BODY)).json()["jobId"] for _ in range(count)]
        before, used, begun = resident_mb(server), processor_seconds(server), time.perf_counter()
        ends = await asyncio.gather(*(end_of(client, job_id) for job_id in ids))
        seconds = time.perf_counter() - begun
    assert set(ends) == {"completed"}, set(ends)
    cost = processor_seconds(server) - used
    print(
        f"watchers: {count} for {seconds:.1f} s, {resident_mb(server) - before:.0f} MB more, "
        f"{cost:.1f} s of processor ({cost / seconds:.0%} of one), their jobs included",
        flush=True,
    )


async def end_of(client: httpx.AsyncClient, job_id: str) -> str:
    event = ""
    async with client.stream("GET", f"/v2/jobs/{job_id}/events") as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data: "):
                event = json.loads(line.removeprefix("data: "))["event"]
    return event


async def streams(server: RunningServer, count: int, seconds: float) -> None:
    """Everyone watches 50 of the same 60 jobs of a test key, and none of them ends."""
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=server.url, timeout=300, limits=limits) as client:
        made = await client.post("/v2/keys", json={"name": "bench", "test": True}, headers={"X-API-Key": server.key})
        client.headers["X-API-Key"] = made.raise_for_status().json()["secret"]
        slow = BODY | {"prompt": "[easel:slow 600]"}
        ids = [(await client.post("/v2/images/generate", json=slow)).json()["jobId"] for _ in range(SLOW_JOBS)]

        async def follow(first: int) -> None:
            wanted = {"id": [ids[(first + at) % len(ids)] for at in range(JOBS_OF_A_STREAM)]}
            async with client.stream("GET", "/v2/watch", params=wanted) as stream:
                stream.raise_for_status()
                async for _ in stream.aiter_raw():
                    pass

        following = [asyncio.create_task(follow(number)) for number in range(count)]
        await asyncio.sleep(5)
        used, begun = processor_seconds(server), time.perf_counter()
        await asyncio.sleep(seconds)
        busy = (processor_seconds(server) - used) / (time.perf_counter() - begun)
        looked = time.perf_counter()
        (await client.get("/v2/me")).raise_for_status()
        looked = time.perf_counter() - looked
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)
    print(
        f"streams: {count} of {JOBS_OF_A_STREAM} jobs, {busy * 60:.1f} s of processor a minute; "
        f"/v2/me in {looked * 1000:.0f} ms",
        flush=True,
    )


@contextlib.contextmanager
def serving_easel(folder: Path, **env: str) -> Iterator[RunningServer]:
    instant = (str(Path(__file__).with_name("instant_server.py")),)
    with running_server(folder, env=ENV | env, command=instant) as server:
        yield server


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--jobs", type=int, default=1000)
    parser.add_argument("--watchers", type=int, default=500)
    parser.add_argument("--streams", type=int, default=80)
    parser.add_argument("--seconds", type=float, default=60, help="how long the streams are watched")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.jobs:
            measure_deliveries(Path(folder) / "deliveries", given.jobs)
        if given.watchers:
            with serving_easel(Path(folder) / "watchers", EASEL_MAX_CONCURRENT_JOBS="2", **MANY_STREAMS) as server:
                asyncio.run(watchers(server, given.watchers))
        if given.streams:
            with serving_easel(Path(folder) / "streams", **MANY_STREAMS) as server:
                asyncio.run(streams(server, given.streams, given.seconds))


if __name__ == "__main__":
    main()

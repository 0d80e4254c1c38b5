"""Webhooks carried out: attempts per second and processor time an attempt; and 500 watchers of 500 jobs by SSE.

make bench-deliveries     (or: .venv/bin/python bench/deliveries.py --jobs 1000 --watchers 500)
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

from easel.testing import RunningServer, running_server
from easel.testing.loopback import serving

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
    busy = (processor_seconds(server) - used) / seconds
    print(
        f"watchers: {count} for {seconds:.1f} s, {resident_mb(server) - before:.0f} MB more, "
        f"{busy:.0%} of a processor, their jobs included",
        flush=True,
    )


async def end_of(client: httpx.AsyncClient, job_id: str) -> str:
    event = ""
    async with client.stream("GET", f"/v2/jobs/{job_id}/events") as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data: "):
                event = json.loads(line.removeprefix("data: "))["event"]
    return event


@contextlib.contextmanager
def serving_easel(folder: Path, **env: str) -> Iterator[RunningServer]:
    instant = (str(Path(__file__).with_name("instant_server.py")),)
    with running_server(folder, env=ENV | env, command=instant) as server:
        yield server


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--jobs", type=int, default=1000)
    parser.add_argument("--watchers", type=int, default=500)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure_deliveries(Path(folder) / "deliveries", given.jobs)
        with serving_easel(Path(folder) / "watchers", EASEL_MAX_CONCURRENT_JOBS="2") as server:
            asyncio.run(watchers(server, given.watchers))


if __name__ == "__main__":
    main()

"""Measures submitting: latency to the 202 at a steady 50 a second, jobs finished per second, memory, start-up.

make bench        (or: .venv/bin/python -m bench.submit --rate 50 --seconds 20 --jobs 1000)
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

import httpx

from easel.testing import RunningServer, running_server

BODY = {
    "model": "gpt-image-2",
    "prompt": "a plain picture",
    "gptImage2Params": {"quality": "low", "output_format": "jpeg"},
}
ENV = {"EASEL_RATE_LIMIT_PER_MINUTE": "0", "EASEL_BOOTSTRAP_CREDITS": "100000000", "EASEL_LOG_LEVEL": "warning"}


def resident_mb(server: RunningServer) -> float:
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) / 1024


async def steady(client: httpx.AsyncClient, rate: int, seconds: int) -> list[float]:
    """Milliseconds to each 202, at `rate` requests a second whether or not earlier ones have been answered."""

    async def one(due: float) -> float:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        response = await client.post("/v2/images/generate", json=BODY)
        response.raise_for_status()
        return (time.perf_counter() - due) * 1000

    start = time.perf_counter() + 0.5
    return await asyncio.gather(*(one(start + index / rate) for index in range(rate * seconds)))


async def flood(client: httpx.AsyncClient, jobs: int) -> tuple[float, float]:
    """Seconds until `jobs` submits, 16 at a time, were answered; and until all their jobs were done."""
    started = time.perf_counter()
    left = iter(range(jobs))

    async def worker() -> None:
        for _ in left:
            (await client.post("/v2/images/generate", json=BODY)).raise_for_status()

    await asyncio.gather(*(worker() for _ in range(16)))
    submitted = time.perf_counter() - started
    while await unfinished(client):
        await asyncio.sleep(0.1)
    return submitted, time.perf_counter() - started


async def unfinished(client: httpx.AsyncClient) -> bool:
    for status in ("QUEUED", "PROCESSING"):
        page = (await client.get("/v2/jobs", params={"status": status, "limit": 1})).json()
        if page["jobs"]:
            return True
    return False


async def measure(server: RunningServer, rate: int, seconds: int, jobs: int) -> None:
    print(f"idle:             {resident_mb(server):.0f} MB resident")
    async with httpx.AsyncClient(base_url=server.url, headers={"X-API-Key": server.key}, timeout=60) as client:
        await flood(client, 20)
        latencies = sorted(await steady(client, rate, seconds))
        p95 = latencies[int(len(latencies) * 0.95)]
        print(f"{rate} submits/s:     p50 {statistics.median(latencies):.1f} ms, p95 {p95:.1f} ms to the 202")
        while await unfinished(client):
            await asyncio.sleep(0.1)
        submitted, finished = await flood(client, jobs)
        print(f"as fast as it can: {jobs / submitted:.0f} submits/s, {jobs / finished:.0f} jobs finished/s")
    print(f"after the load:   {resident_mb(server):.0f} MB resident")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=1000)
    given = parser.parse_args()
    command = (str(Path(__file__).with_name("instant_server.py")),)
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        with running_server(Path(folder), env=ENV, command=command) as server:
            print(f"start:            {time.perf_counter() - started:.1f} s, the first schema included")
            asyncio.run(measure(server, given.rate, given.seconds, given.jobs))


if __name__ == "__main__":
    main()

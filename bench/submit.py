"""Measures submitting, on SQLite and on PostgreSQL: latency to the 202 at steady rates, jobs per second, memory.

make bench        (or: .venv/bin/python -m bench.submit --rates 50 200 --seconds 20 --jobs 1000)
"""

import argparse
import asyncio
import contextlib
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.door.usage import usage_of
from bench.wire import Client
from tests.support.postgres import own_postgres

from easel.testing import RunningServer, running_server

BODY = {
    "model": "gpt-image-2",
    "prompt": "a plain picture",
    "gptImage2Params": {"quality": "low", "output_format": "jpeg"},
}
ENV = {
    "EASEL_RATE_LIMIT_PER_MINUTE": "0",
    "EASEL_BOOTSTRAP_CREDITS": "100000000",
    "EASEL_MAX_CONCURRENT_JOBS": "200",
    "EASEL_LOG_LEVEL": "warning",
}
COMMAND = (str(Path(__file__).with_name("instant_server.py")),)


@contextlib.contextmanager
def database(name: str) -> Iterator[dict[str, str]]:
    """The settings of a database of its own."""
    if name == "SQLite":
        yield {}
        return
    with own_postgres() as server:
        yield {"EASEL_DATABASE_URL": server.create("bench")}


async def steady(client: Client, rate: int, seconds: float) -> list[float]:
    """Milliseconds to each 202, at `rate` requests a second whether or not earlier ones have been answered."""

    async def one(due: float) -> float:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await client.post("/v2/images/generate", BODY)
        return (time.perf_counter() - due) * 1000

    start = time.perf_counter() + 0.5
    return await asyncio.gather(*(one(start + index / rate) for index in range(int(rate * seconds))))


async def flood(client: Client, jobs: int) -> tuple[float, float]:
    """Seconds until `jobs` submits, 16 at a time, were answered; and until all their jobs were done."""
    started = time.perf_counter()
    left = iter(range(jobs))

    async def worker() -> None:
        for _ in left:
            await client.post("/v2/images/generate", BODY)

    await asyncio.gather(*(worker() for _ in range(16)))
    submitted = time.perf_counter() - started
    await all_done(client)
    return submitted, time.perf_counter() - started


async def all_done(client: Client) -> None:
    for status in ("QUEUED", "PROCESSING"):
        while (await client.get(f"/v2/jobs?status={status}&limit=1"))["jobs"]:
            await asyncio.sleep(0.1)


async def measure(server: RunningServer, rates: Sequence[int], seconds: float, jobs: int) -> list[str]:
    """The cells of a row: for each rate the latency, then the most that it can, memory and CPU."""
    cells = []
    async with Client(server.url, server.key) as client:
        await flood(client, 50)
        for rate in rates:
            latencies = await steady(client, rate, seconds)
            p95 = sorted(latencies)[int(len(latencies) * 0.95)]
            cells.append(f"{statistics.median(latencies):,.0f}, {p95:,.0f} ms")
            await all_done(client)
        before = usage_of(server.process.pid)
        submitted, finished = await flood(client, jobs)
        after = usage_of(server.process.pid)
    cells += [f"{jobs / submitted:.0f}", f"{jobs / finished:.0f}"]
    return [*cells, f"{(after.seconds - before.seconds) / jobs * 1000:.1f} ms", f"{after.resident / 1e6:.0f} MB"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rates", type=int, nargs="+", default=[50, 200])
    parser.add_argument("--seconds", type=float, default=20, help="at each rate")
    parser.add_argument("--jobs", type=int, default=1000, help="submitted as fast as the server takes them")
    parser.add_argument("--databases", nargs="+", default=["SQLite", "PostgreSQL"])
    given = parser.parse_args()
    rates = [f"{rate} submits/s: p50, p95" for rate in given.rates]
    titles = ["", *rates, "submits/s", "jobs/s", "CPU per job", "peak resident memory"]
    print(f"| {' | '.join(titles)} |\n{'|---' * len(titles)}|")
    for name in given.databases:
        with (
            tempfile.TemporaryDirectory() as folder,
            database(name) as settings,
            running_server(Path(folder), env=ENV | settings, command=COMMAND) as server,
        ):
            cells = asyncio.run(measure(server, given.rates, given.seconds, given.jobs))
            print(f"| {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()

"""One worker process against two on one PostgreSQL, and how soon a killed worker's jobs are at work again.

make bench-scale     (or: .venv/bin/python -m bench.scale --rounds 3 --kills 5)

The workers are ready, and held still while the load is submitted to a server without a worker; then they are let go.
"""

import argparse
import asyncio
import contextlib
import random
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg
from bench.deliveries import processor_seconds
from bench.upstream import running
from tests.support.doubles.replicate import KEY
from tests.support.object_store import Bucket, running_object_store
from tests.support.postgres import own_postgres

from easel.testing import RunningServer, running_server
from easel.testing.server import API, running_worker

JOBS_AT_ONCE, DELAY = 8, 4.0
UNAVAILABLE_ERRORS = 3_600.0  # seconds an upstream takes that is never to be done
CLIENTS, LOOK = 8, 0.05
KILL_WITHIN = 5.0  # the beat of a worker's heart: a kill comes at any moment of it
FINAL = "SELECT count(*) FROM jobs WHERE status IN ('COMPLETED', 'FAILED', 'CANCELLED')"
COMPLETED = "SELECT count(*) FROM jobs WHERE status = 'COMPLETED'"
BEGUN = "SELECT coalesce(sum(epoch), 0) FROM jobs"
BODY: Mapping[str, Any] = {
    "model": "gpt-image-2",
    "prompt": "Poster for “Open Studio Night”",
    "gptImage2Params": {"quality": "low", "output_format": "webp"},
}


@dataclass
class Fleet:
    """An installation: its settings, and the server that takes requests."""

    folder: Path
    connection: "psycopg.Connection[tuple[Any, ...]]"
    env: Mapping[str, str]
    server: RunningServer

    def worker(self) -> contextlib.AbstractContextManager[RunningServer]:
        return running_worker(self.folder, env=self.env)

    def ask(self, query: str) -> int:
        (number,) = self.connection.execute(query).fetchone() or (0,)
        return int(number)

    async def submit(self, jobs: int) -> None:
        headers = {"X-API-Key": self.server.key}
        async with httpx.AsyncClient(base_url=self.server.url, headers=headers, timeout=60) as client:
            left = iter(range(jobs))

            async def some() -> None:
                for _ in left:
                    (await client.post("/v2/images/generate", json=BODY)).raise_for_status()

            await asyncio.gather(*(some() for _ in range(CLIENTS)))

    def wait(self, query: str, count: int) -> None:
        while self.ask(query) < count:
            time.sleep(LOOK)


@dataclass
class Seen:
    """What was seen of so many workers: jobs per second of each round, and processor seconds of a worker per job."""

    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=48)
    parser.add_argument("--kills", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, own_postgres() as postgres, running_object_store() as bucket:
        for name, jobs in (("upstream", given.jobs), ("sketch", given.jobs // 2)):
            with running_fleet(name, postgres.create(name), bucket, Path(folder), DELAY) as fleet:
                report(name, compare(fleet, jobs, given.rounds))
        with running_fleet("kills", postgres.create("kills"), bucket, Path(folder), UNAVAILABLE_ERRORS) as fleet:
            seconds = sorted(kill(fleet, given.kills))
        print(
            f"{len(seconds)} kills, seconds until the jobs were at work again: {seconds[0]:.1f} at best, "
            f"{statistics.median(seconds):.1f} in the middle, {seconds[-1]:.1f} at worst"
        )


@contextlib.contextmanager
def running_fleet(name: str, address: str, bucket: Bucket, folder: Path, delay: float) -> Iterator[Fleet]:
    """A server that takes requests, without workers yet. All but `sketch` have their pictures painted by the double."""
    env = {
        **bucket.environment(name),
        "EASEL_DATABASE_URL": address,
        "EASEL_JOBS_AT_ONCE": str(JOBS_AT_ONCE),
        "EASEL_MAX_CONCURRENT_JOBS": "100000",
        "EASEL_BOOTSTRAP_CREDITS": "100000000",
        "EASEL_RATE_LIMIT_PER_MINUTE": "0",
        "EASEL_LOG_LEVEL": "warning",
    }
    with contextlib.ExitStack() as stack:
        if name != "sketch":
            env |= stack.enter_context(double(delay))
        data = folder / name
        server = stack.enter_context(running_server(data, env=env, command=API))
        connection = stack.enter_context(psycopg.connect(address, autocommit=True))
        yield Fleet(data, connection, env, server)


@contextlib.contextmanager
def double(delay: float) -> Iterator[Mapping[str, str]]:
    """A stand-in for Replicate in a process of its own; the settings that lead there."""
    with running([sys.executable, "-m", "tests.support.doubles.replicate", "--delay", str(delay)]) as process:
        assert process.stdout
        said = process.stdout.readline()
        url = next(word for word in said.split() if word.startswith("http"))
        yield {"REPLICATE_API_TOKEN": KEY, "REPLICATE_BASE_URL": url, "EASEL_REPLICATE_FILE_HOSTS": "127.0.0.1"}


def compare(fleet: Fleet, jobs: int, rounds: int) -> Mapping[int, Seen]:
    """The same load for one worker and for two, in turns."""
    with fleet.worker() as worker:
        load(fleet, [worker], jobs=2)  # what everything does once, is done
    seen = {1: Seen(), 2: Seen()}
    for _ in range(rounds):
        for count, noted in seen.items():
            with contextlib.ExitStack() as stack:
                workers = [stack.enter_context(fleet.worker()) for _ in range(count)]
                used = sum(map(processor_seconds, workers))
                seconds = load(fleet, workers, jobs=jobs)
                noted.rates.append(jobs / seconds)
                noted.costs.append((sum(map(processor_seconds, workers)) - used) / jobs)
    return seen


def load(fleet: Fleet, workers: Sequence[RunningServer], *, jobs: int) -> float:
    """Submit while the workers are held still; the seconds from letting them go until the last job is done."""
    done = fleet.ask(COMPLETED)
    for worker in workers:
        worker.process.send_signal(signal.SIGSTOP)
    asyncio.run(fleet.submit(jobs))
    for worker in workers:
        worker.process.send_signal(signal.SIGCONT)
    begun = time.perf_counter()
    fleet.wait(FINAL, done + jobs)
    seconds = time.perf_counter() - begun
    assert fleet.ask(COMPLETED) == done + jobs
    return seconds


def report(name: str, seen: Mapping[int, Seen]) -> None:
    one, two = (statistics.median(seen[count].rates) for count in (1, 2))
    costs = ", ".join(f"{statistics.median(seen[count].costs) * 1000:.0f}" for count in (1, 2))
    print(
        f"{name}: {one:.2f} jobs/s with one worker, {two:.2f} with two: {two / one:.2f} times as many; "
        f"ms of a worker's processor a job: {costs}",
        flush=True,
    )


def kill(fleet: Fleet, kills: int) -> Iterator[float]:
    """Seconds from each kill -9 until another worker has taken up all the jobs of the killed one."""
    with contextlib.ExitStack() as stack:
        worker = stack.enter_context(fleet.worker())
        asyncio.run(fleet.submit(JOBS_AT_ONCE))
        fleet.wait(BEGUN, JOBS_AT_ONCE)
        for _ in range(kills):
            other = stack.enter_context(fleet.worker())
            time.sleep(random.uniform(0, KILL_WITHIN))
            begun, killed = fleet.ask(BEGUN), time.perf_counter()
            worker.kill()
            fleet.wait(BEGUN, begun + JOBS_AT_ONCE)
            yield time.perf_counter() - killed
            worker = other


if __name__ == "__main__":
    main()

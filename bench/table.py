"""The same requests with few and with many jobs in the table, on both databases, in one run. See bench/README.md.

make bench-table     (or: .venv/bin/python -m bench.table --jobs 1000000 --few 1000 --rounds 150)
"""

import argparse
import asyncio
import contextlib
import math
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from bench.filling import fill
from pydantic import SecretStr
from sqlalchemy import select
from tests.support.postgres import own_postgres

from easel.build import build_services
from easel.config import Settings
from easel.db.tables import jobs
from easel.kit.paging import encode_cursor
from easel.ops.sweep import sweep
from easel.ops.trusted_time import Counter
from easel.runtime import open_database
from easel.testing import RunningServer, running_server

BODY: Mapping[str, Any] = {
    "model": "gpt-image-2",
    "prompt": "a plain picture",
    "gptImage2Params": {"quality": "low", "output_format": "webp"},
}
ENV = {
    "EASEL_RATE_LIMIT_PER_MINUTE": "0",
    "EASEL_BOOTSTRAP_CREDITS": "1000000000",
    "EASEL_LOG_LEVEL": "warning",
    "EASEL_MAX_STORED_GIGABYTES": "0",
}
STARTS, SWEEPS, SLOWLY, SUBMITS = 3, 3, 4, 30
ASKED_OF = 500  # jobs that are looked at
SCRAPE_AFTER = 5.5  # what a scrape has seen is good for five seconds
MOST, WARM_UP = 1.3, 3
PAGE = "/v2/jobs"
# What is asked for, each once in a round. The order of the lines is that of the report.
QUESTIONS: Mapping[str, str] = {
    "GET /v2/jobs/{id}": "/v2/jobs/{id}",
    "GET /v2/jobs": PAGE,
    "  the second page": f"{PAGE}?cursor={{second}}",
    "  from the middle": f"{PAGE}?cursor={{middle}}",
    "  scope=team": f"{PAGE}?scope=team",
    "  scope=team&user=": f"{PAGE}?scope=team&user={{colleague}}",
    "  status=COMPLETED": f"{PAGE}?status=COMPLETED",
    "  status=CANCELLED&limit=2": f"{PAGE}?status=CANCELLED&limit=2",  # more are not there with few jobs
    "  status=QUEUED (none)": f"{PAGE}?status=QUEUED",
    "  model=gpt-image-1.5": f"{PAGE}?model=gpt-image-1.5",
    "  model= (none)": f"{PAGE}?model=none-of-these",
    "  search=lemons": f"{PAGE}?search=lemons",
    "  search= (none)": f"{PAGE}?search=nowhere+to+be+found",
    "  scope=team&search= (none)": f"{PAGE}?scope=team&search=nowhere+to+be+found",
    "GET /studio/gallery": "/studio/gallery",
    "GET /studio/create": "/studio/create",
    "GET /v2/credits/ledger": "/v2/credits/ledger",
    "GET /v2/credits/statement": "/v2/credits/statement",
    "GET /v2/credits/usage": "/v2/credits/usage",
    "GET /v2/events": "/v2/events?limit=20",
    "GET /v2/webhooks/deliveries": "/v2/webhooks/deliveries?limit=20",
    "  status=failed (none)": "/v2/webhooks/deliveries?limit=20&status=failed",
}
SCRAPE, SUBMIT, PAINTED, SWEEP, START = "GET /metrics", "POST, to the 202", "POST, to the picture", "a sweep", "start"


@dataclass
class Installation:
    """One of the four: how many jobs, where they are, and what was measured of it, in milliseconds."""

    database: str
    count: int
    folder: Path
    address: str | None
    took: dict[str, list[float]] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        return ENV | ({"EASEL_DATABASE_URL": self.address} if self.address else {})

    def running(self) -> contextlib.AbstractContextManager[RunningServer]:
        return running_server(self.folder, env=self.env)

    @contextlib.contextmanager
    def timing(self, what: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        self.took.setdefault(what, []).append((time.perf_counter() - begun) * 1000)


@dataclass
class Asked:
    """An installation that runs, and who asks it what."""

    place: Installation
    server: RunningServer
    client: httpx.Client
    words: Sequence[Mapping[str, str]]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--jobs", type=int, default=1_000_000)
    parser.add_argument("--few", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=150)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, own_postgres() as postgres:
        places = []
        for count in (given.few, given.jobs):
            address = postgres.create(f"easel_{count}")
            places.append(Installation("SQLite", count, Path(folder) / f"sqlite-{count}", None))
            places.append(Installation("PostgreSQL", count, Path(folder) / f"postgres-{count}", address))
        for place in places:
            prepare(place)
        for _ in range(SWEEPS):
            for place in places:
                asyncio.run(time_a_sweep(place))
        with contextlib.ExitStack() as stack:
            measure([begin(place, stack) for place in places], given.rounds)
        for name in ("SQLite", "PostgreSQL"):
            report(name, *[place for place in places if place.database == name])


def prepare(place: Installation) -> None:
    """Let the server generate one job, and fill its tables with the like of it."""
    with place.running() as server, httpx.Client(base_url=server.url, headers={"X-API-Key": server.key}) as client:
        job = client.post("/v2/images/generate", json=BODY).raise_for_status().json()["jobId"]
        assert client.get(f"/v2/jobs/{job}?wait=30", timeout=60).json()["status"] == "COMPLETED"
    begun = time.perf_counter()
    fill(place.folder, place.address, place.count)
    print(f"{place.count:,} jobs in {place.database}: {time.perf_counter() - begun:.0f} s to fill in", flush=True)


async def time_a_sweep(place: Installation) -> None:
    settings = Settings(data=place.folder, database_url=SecretStr(place.address) if place.address else None)
    db = open_database(place.folder, place.address)
    services = build_services(settings, db)
    with place.timing(SWEEP):
        await sweep(services, Counter())
    await db.close()


def begin(place: Installation, stack: contextlib.ExitStack) -> Asked:
    """Start it a few times, and leave it running."""
    for number in range(STARTS):
        running = place.running()
        with place.timing(START):
            server = running.__enter__()
        if number < STARTS - 1:
            running.__exit__(None, None, None)
    stack.push(running)
    client = stack.enter_context(httpx.Client(base_url=server.url, headers={"X-API-Key": server.key}, timeout=60))
    return Asked(place, server, client, words_for(place, client))


def words_for(place: Installation, client: httpx.Client) -> Sequence[Mapping[str, str]]:
    """What fills the questions: jobs of the one who asks from all the time there is, and the cursors of two pages."""
    second = client.get(PAGE).raise_for_status().json()["nextCursor"]
    me = client.get("/v2/me").raise_for_status().json()["user"]["id"]
    people = client.get("/v2/people").raise_for_status().json()["people"]
    ids = asyncio.run(jobs_of(place, me))
    middle = encode_cursor(ids[len(ids) // 2])
    fixed = {"second": second, "middle": middle, "colleague": next(one["email"] for one in people if one["id"] != me)}
    return [fixed | {"id": one} for one in random.Random(1).choices(ids, k=ASKED_OF)]


async def jobs_of(place: Installation, user_id: str) -> Sequence[str]:
    db = open_database(place.folder, place.address)
    with db.reading() as connection:
        mine = select(jobs.c.id).where(jobs.c.user_id == user_id).order_by(jobs.c.id)
        ids = list(connection.execute(mine).scalars())
    await db.close()
    return ids


def measure(asked: Sequence[Asked], rounds: int) -> None:
    """Ask each in turn, so that whatever else the machine does hits all of them. Another one is the first each time:
    it takes longer, after a pause or asked something new."""
    for number in range(-WARM_UP, rounds):
        for what, path in QUESTIONS.items():
            for one in in_turn(asked, number):
                ask(one, what, path.format(**one.words[number % ASKED_OF]), noted=number >= 0)
    for number in range(-1, SLOWLY):
        for one in in_turn(asked, number):
            ask(one, PAGE, PAGE, noted=False)  # after the pause
            ask(one, SCRAPE, "/metrics", noted=number >= 0)
        time.sleep(SCRAPE_AFTER)
    for number in range(SUBMITS):
        for one in in_turn(asked, number):
            submit(one)


def in_turn(asked: Sequence[Asked], number: int) -> Sequence[Asked]:
    first = number % len(asked)
    return [*asked[first:], *asked[:first]]


def ask(one: Asked, what: str, path: str, *, noted: bool = True) -> None:
    with one.place.timing(what) if noted else contextlib.nullcontext():
        one.client.get(path).raise_for_status()


def submit(one: Asked) -> None:
    with one.place.timing(PAINTED):
        with one.place.timing(SUBMIT):
            job = one.client.post("/v2/images/generate", json=BODY).raise_for_status().json()["jobId"]
        assert one.client.get(f"/v2/jobs/{job}?wait=30").json()["status"] == "COMPLETED"


def report(database: str, few: Installation, many: Installation) -> None:
    """Milliseconds, median and 95th percentile, and how many times longer the median is with many."""
    print(f"\n{database:28}{few.count:>10,} jobs, p95{many.count:>12,} jobs, p95{'times':>8}")
    for what in (*QUESTIONS, SUBMIT, PAINTED, SCRAPE, START, SWEEP):
        short, long = few.took[what], many.took[what]
        times = statistics.median(long) / statistics.median(short)
        print(f"{what:28}{_shown(short)}{_shown(long)}{times:8.2f}{'  !' if times > MOST else ''}")


def _shown(took: Sequence[float]) -> str:
    worst = sorted(took)[math.ceil(0.95 * len(took)) - 1]
    return f"{statistics.median(took):12.1f} ms{worst:7.1f}"


if __name__ == "__main__":
    main()

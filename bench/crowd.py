"""What a job costs with one team and with 1,000, and with few and with 2,000 waiting, on both databases.

make bench-crowd    (or: .venv/bin/python -m bench.crowd --teams 1000 --waiting 2000 --jobs 300)
"""

import argparse
import asyncio
import contextlib
import itertools
import os
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from bench.submit import BODY
from sqlalchemy import Connection, func, select, update
from tests.support.postgres import Postgres, own_postgres

from easel.accounts.keys import create_key
from easel.accounts.teams import create_team, create_user
from easel.db.engine import Database, Transaction
from easel.db.tables import jobs, teams
from easel.domain import JobState, Role
from easel.ledger.entries import grant
from easel.runtime import open_database
from easel.testing import KEY, RunningServer, running_server

ENV = {
    "EASEL_RATE_LIMIT_PER_MINUTE": "0",
    "EASEL_BOOTSTRAP_CREDITS": "1000000000",
    "EASEL_LOG_LEVEL": "warning",
    "EASEL_MAX_STORED_GIGABYTES": "0",
    "EASEL_MAX_CONCURRENT_JOBS": "8",
}
AT_ONCE, WARM_UP, MOST = 8, 100, 1.3
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Place:
    """A running server, its database, and the processor time of both for each step: milliseconds per job."""

    server: RunningServer
    db: Database
    postgres: Postgres | None
    keys: Sequence[str]
    cost: dict[str, float] = field(default_factory=dict)

    @contextlib.contextmanager
    def costing(self, what: str, count: int) -> Iterator[None]:
        before = self._used()
        yield
        self.cost[what] = (self._used() - before) * 1000 / count

    def _used(self) -> float:
        """Seconds of processor of the server, and of PostgreSQL."""
        parent = self._postmaster()
        seconds = 0.0
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                stat = (folder / "stat").read_text().rpartition(")")[2].split()
                # With what ended children used: PostgreSQL's helpers come and go.
                if int(folder.name) == self.server.process.pid:
                    seconds += int(stat[11]) + int(stat[12])
                elif parent is not None and parent in (int(folder.name), int(stat[1])):
                    seconds += sum(map(int, stat[11:15]))
        return seconds / TICKS

    def _postmaster(self) -> int | None:
        return int((self.postgres.data / "postmaster.pid").read_text().split()[0]) if self.postgres else None

    async def submit(self, count: int) -> None:
        keys, left = itertools.cycle(self.keys), iter(range(count))

        async def client() -> None:
            async with httpx.AsyncClient(base_url=self.server.url, timeout=60) as http:
                for _ in left:
                    headers = {"X-API-Key": next(keys)}
                    (await http.post("/v2/images/generate", json=BODY, headers=headers)).raise_for_status()

        await asyncio.gather(*(client() for _ in range(AT_ONCE)))

    async def ended(self, count: int) -> None:
        """Wait until so many jobs have ended."""
        while await self.db.read(_completed) < count:
            await asyncio.sleep(0.05)


def _completed(connection: Connection) -> int:
    query = select(func.count()).select_from(jobs).where(jobs.c.status == JobState.COMPLETED)
    return int(connection.execute(query).scalar_one())


def _set_limit(tx: Transaction, limit: int) -> None:
    tx.execute(update(teams).values(job_limit=limit))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--teams", type=int, default=1000)
    parser.add_argument("--waiting", type=int, default=2000)
    parser.add_argument("--jobs", type=int, default=300)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, own_postgres() as postgres:
        for name, server in (("SQLite", None), ("PostgreSQL", postgres)):
            print(f"\n{name:52}{'few':>8}{'many':>8}{'times':>8}")
            asyncio.run(many_teams(Path(folder) / f"{name}-teams", server, given.teams, given.jobs))
            asyncio.run(many_waiting(Path(folder) / f"{name}-waiting", server, given.waiting, given.jobs))


@contextlib.asynccontextmanager
async def running(folder: Path, postgres: Postgres | None, count: int = 1) -> AsyncIterator[Place]:
    """A new installation with so many teams."""
    address = postgres.create(folder.name.lower().replace("-", "_")) if postgres else None
    env = ENV | ({"EASEL_DATABASE_URL": address} if address else {})
    with running_server(folder, env=env):
        pass
    db = open_database(folder, address)
    keys = [KEY, *await db.write(_add_teams, count - 1)]
    await db.close()
    with running_server(folder, env=env, command=(str(Path(__file__).with_name("instant_server.py")),)) as server:
        db = open_database(folder, address)
        yield Place(server, db, postgres, keys)
        await db.close()


def _add_teams(tx: Transaction, count: int) -> Sequence[str]:
    """Their keys."""
    now, keys = time.time_ns() // 1_000_000, []
    for number in range(count):
        team = create_team(tx, name=f"Team {number}", job_limit=AT_ONCE, now=now)
        user = create_user(tx, team_id=team, email=f"owner@{number}.test", role=Role.OWNER, now=now)
        keys.append(create_key(tx, user_id=user, name="key", test=False, now=now).secret)
        grant(tx, team_id=team, credits=1_000_000, note="", now=now)
    return keys


async def many_teams(folder: Path, postgres: Postgres | None, count: int, number: int) -> None:
    """Jobs of one team, from submit to image; then of all teams in turns."""
    found = []
    for teams_there in (1, count):
        async with running(folder.with_name(f"{folder.name}-{teams_there}"), postgres, teams_there) as place:
            await place.submit(WARM_UP)
            await place.ended(WARM_UP)
            with place.costing("job", number):
                await place.submit(number)
                await place.ended(WARM_UP + number)
            found.append(place.cost["job"])
    report(f"a job, with 1 and with {count:,} teams", *found)


async def many_waiting(folder: Path, postgres: Postgres | None, count: int, number: int) -> None:
    """Submits of a team that may run nothing, and the ends of its jobs when it may again."""
    async with running(folder, postgres) as place:
        await place.submit(WARM_UP)
        await place.ended(WARM_UP)
        await place.db.write(_set_limit, 0)
        with place.costing("submit, few", number):
            await place.submit(number)
        await place.submit(max(count - 2 * number, 0))
        with place.costing("submit, many", number):
            await place.submit(number)
        await place.db.write(_set_limit, AT_ONCE)
        await place.submit(AT_ONCE)  # their ends admit those that wait
        done = await place.db.read(_completed)
        with place.costing("end, many", number):
            await place.ended(done + number)
        total = WARM_UP + max(count, 2 * number) + AT_ONCE
        await place.ended(total - number)
        done = await place.db.read(_completed)
        with place.costing("end, few", total - done):
            await place.ended(total)
        for what in ("submit", "end"):
            title = f"{what}, with few and with {count:,} waiting"
            report(title, place.cost[f"{what}, few"], place.cost[f"{what}, many"])


def report(what: str, few: float, many: float) -> None:
    mark = "  !" if many / few > MOST else ""
    print(f"{what:50}{few:7.1f} ms{many:5.1f} ms{many / few:8.2f}{mark}", flush=True)


if __name__ == "__main__":
    main()

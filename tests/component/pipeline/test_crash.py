"""A process that dies between any two steps of a job: raised there, and everything it had under way is dropped.

The database and the store are opened again, as by the next process, and the customer asks again with the same key.
`tests/e2e/test_killed.py` shows that a process that is really killed is no different.
"""

import asyncio
import contextlib
import functools
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import ColumnElement, Table, func, select
from tests.support.backends import Backend, opened
from tests.support.boundaries import AMONG_MANY, STEPS, Wire, body_of, boundaries, is_in_doubt
from tests.support.by_hand import QueueByHand
from tests.support.jobs import Tenant, create_tenant
from tests.support.pipeline import close, services_by_hand
from tests.support.samples import one_in

from easel.accounts.keys import authenticate
from easel.db.tables import attempts, events, files, ledger
from easel.domain import JobState, Pending
from easel.errors import ContentRejected, Throttled
from easel.jobs.idempotency import IdempotencyKey
from easel.jobs.job import Job
from easel.jobs.load import get_job
from easel.kit.clock import SECOND
from easel.kit.tasks import end_tasks
from easel.ops.doctor import examine
from easel.pipeline.run import run_job
from easel.pipeline.submit import submit
from easel.services import Services
from easel.storage.folder import FolderStorage
from easel.testing import InstantProvider, ManualClock

pytestmark = pytest.mark.backends(postgres="proof")

COST_EACH = 4
# What else a job may go through: how its provider behaves, and what of it leaves a call in doubt.
REFUSED, REQUEUED = "accept claim_to_send start close", "accept claim_to_send start requeue"
COMPLETED, IN_DOUBT = (JobState.COMPLETED, None), (JobState.FAILED, "upstream_in_doubt")
ENDINGS = dict.fromkeys(("free", "paid", "pending", "edit", "requeued"), COMPLETED) | {
    "refused": (JobState.FAILED, "moderation_refused")
}
MOST_CALLS = {"free": 2, "paid": 1, "pending": 1, "edit": 1, "refused": 1, "requeued": 2}  # over both lives


def every_boundary(kept: str) -> dict[str, list[str]]:
    """`kept`: the steps from the answer of a call that comes only once."""
    once = {kind: f"{STEPS[kind].partition(' keep')[0]} {kept}" for kind in ("paid", "edit")}
    again = f"{REQUEUED} {once['paid'].removeprefix('accept ')}"
    return {kind: boundaries(steps) for kind, steps in (STEPS | once | {"refused": REFUSED, "requeued": again}).items()}


ALL = {"embedded": every_boundary("keep put put close"), "postgres": every_boundary(AMONG_MANY)}
# Each boundary of what is paid for; of the other kinds of jobs some in `make test`, all in the proof.
CRASHES = [
    crash
    for kind, crossed in ALL["postgres"].items()
    for crash in one_in(1 if kind == "paid" else 3, [(kind, at) for at in range(1, len(crossed) + 1)])
]


class Crash(BaseException):
    """The process is dead: nothing catches this, and nothing of it does anything any more."""


class DeadlyWire(Wire):
    """Raises at the chosen boundary, and from then on at every one."""

    dead = False

    def counts(self) -> bool:
        task = asyncio.current_task()
        return task is not None and not task.get_name().startswith(("limiter", "share"))

    def cross(self, boundary: str) -> None:
        if self.dead:
            raise Crash
        super().cross(boundary)

    def tear(self) -> None:
        self.dead = True
        raise Crash


@dataclass
class Server:
    """What outlives its processes: the database, the store, the clock and the account at the provider."""

    source: Path | str
    folder: Path
    tenant: Tenant
    kind: str
    clock: ManualClock = field(default_factory=ManualClock)
    calls: int = 0

    def live(self, key: str, die_at: int = 0) -> tuple[Job | None, list[str]]:
        """One process: it takes a request and runs its job. The job as it is then, and the boundaries crossed."""
        return asyncio.run(self._live(key, die_at))

    async def _live(self, key: str, die_at: int) -> tuple[Job | None, list[str]]:
        provider, wire = self._provider(), DeadlyWire(die_at)
        services = self._begin(provider)
        caller = await services.db.read(authenticate, self.tenant.secret, services.clock.now())
        for limiter in services.limiters.values():
            await limiter.start()
        wire.stretch(services, provider)
        job = None
        try:
            body = body_of(self.kind)
            job = (await submit(services, caller, body, once=IdempotencyKey.of(caller, key, body))).job
            await self._run(services, job.id)
            job = await services.db.read(get_job, job.id)
        except Crash:
            job = None
        finally:
            self.calls += provider.starts
            await end_tasks(*(asyncio.all_tasks() - {asyncio.current_task()}))
            await services.db.close()
            await close(services)
        return job, wire.crossed

    def _begin(self, provider: InstantProvider) -> Services:
        return services_by_hand(opened(self.source), self.folder, provider, self.clock, QueueByHand())

    def _provider(self) -> InstantProvider:
        scripts: dict[str, list[Any]] = {
            "pending": [Pending("upstream", check_after=0.5)],
            "refused": [ContentRejected("no")],
            "requeued": [Throttled("later", retry_after=0.5)] if self.calls == 0 else [],
        }
        return InstantProvider(repeatable=self.kind == "free", script=scripts.get(self.kind, []))

    async def _run(self, services: Services, job_id: str) -> None:
        """Run the job; a second it waits for is over at once."""
        task = asyncio.create_task(run_job(services, job_id))
        while not task.done():
            await asyncio.wait([task], timeout=0.01)
            if self.clock.waiting and self.clock.waiting[0] <= 1:
                self.clock.advance(SECOND)
        await task

    def books(self, job: Job) -> "Books":
        """What the database says of the job, and `easel doctor` of everything."""
        return asyncio.run(self._books(job))

    async def _books(self, job: Job) -> "Books":
        db = opened(self.source)
        findings = await examine(db, FolderStorage(self.folder / "files"), self.clock)
        with db.reading() as connection:

            def count(table: Table, *conditions: ColumnElement[bool]) -> int:
                query = select(func.count()).where(table.c.job_id == job.id, *conditions)
                return int(connection.execute(query).scalar_one())

            written = connection.execute(select(ledger.c.kind, ledger.c.amount).where(ledger.c.job_id == job.id))
            books = Books(
                entries={entry.kind: int(entry.amount) for entry in written},
                endings=count(events),
                stored=count(files, files.c.kind == "output"),
                open_attempts=count(attempts, attempts.c.ended_at.is_(None)),
                # One account has had many lives here: that calls were lost in a row is as it must be.
                problems=[
                    one for finding in findings for one in finding.problems if finding.subject != "providers respond"
                ],
            )
        await db.close()
        return books


@dataclass
class Books:
    entries: dict[str, int]
    endings: int
    stored: int
    open_attempts: int
    problems: list[str]


Serve = Callable[[Backend, str], Server]


@pytest.fixture(scope="module")
def serve(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """One server for each kind of provider, with a database of its own."""
    with contextlib.ExitStack() as lent:

        @functools.cache
        def make(backend: Backend, kind: str) -> Server:
            folder = tmp_path_factory.mktemp(kind)
            source: Path | str = folder / "easel.db"
            if backend == "embedded":
                shutil.copyfile(request.getfixturevalue("empty_file"), source)
            else:
                source = lent.enter_context(request.getfixturevalue("lending").lend())
            return Server(source, folder, asyncio.run(move_in(source)), kind)

        yield make


async def move_in(source: Path | str) -> Tenant:
    db = opened(source)
    tenant = await create_tenant(db, credits=1000, job_limit=100)
    await db.close()
    return tenant


@pytest.mark.parametrize("kind", ALL["embedded"])
def test_the_boundaries_are_all_of_them(serve: Serve, backend: Backend, kind: str) -> None:
    server = serve(backend, kind)
    server.calls = 0
    _, crossed = server.live("whole")
    assert crossed == ALL[backend][kind]


@pytest.mark.parametrize(("kind", "at"), CRASHES)
def test_after_a_crash_there_is_one_job_paid_and_charged_at_most_once(
    serve: Serve, backend: Backend, kind: str, at: int
) -> None:
    server, passed = serve(backend, kind), ALL[backend][kind]
    server.calls = 0
    number, at = at, min(at, len(passed))  # one process has fewer of them
    died, crossed = server.live(f"died at {number}", die_at=at)
    assert (died, crossed) == (None, passed[:at])
    job, _ = server.live(f"died at {number}")
    assert job is not None
    status, code = IN_DOUBT if is_in_doubt(crossed) else ENDINGS[kind]
    assert (job.status, job.error_code) == (status, code)
    assert server.calls <= MOST_CALLS[kind]
    images = 2 if status is JobState.COMPLETED else 0
    charged = {"hold": 0, "settle": -images * COST_EACH} | ({} if images else {"release": 0})
    books = server.books(job)
    assert (books.entries, books.endings, books.stored, books.open_attempts) == (charged, 1, images, 0)
    assert books.problems == []

"""What every queue promises, run over each implementation; and what the fleet's promises beyond that."""

import asyncio
import importlib.resources
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
from sqlalchemy import text
from tests.support.backends import some_name
from tests.support.jobs import Tenant, create_tenant, new_job
from tests.support.postgres import Postgres, own_postgres
from tests.support.waiting import until

from easel.db.engine import TRANSIENT_ERRORS, Database
from easel.domain import JobState
from easel.jobs.write import claim, close, insert_job
from easel.kit.clock import Clock
from easel.runtime.base import JobQueue
from easel.runtime.embedded.queue import EmbeddedQueue
from easel.runtime.postgres.database import PostgresDatabase
from easel.runtime.postgres.queue import PostgresQueue

pytestmark = [pytest.mark.anyio, pytest.mark.backends]

HEARTBEAT, DEAD_AFTER = 0.2, 1.5
LONG_DEAD_AFTER = 15.0  # in which a worker reconnects and sends a heartbeat, however busy the machine is


def queue_on(db: Database, dead_after: float = DEAD_AFTER) -> JobQueue:
    """A queue that loses no time."""
    if isinstance(db, PostgresDatabase):
        return PostgresQueue(db, at_once=10, heartbeat=HEARTBEAT, dead_after=dead_after, pauses=(0.01, 0.02))
    return EmbeddedQueue(db, pauses=(0.01, 0.02))


@pytest.fixture
def queue(db: Database) -> JobQueue:
    return queue_on(db)


class Runs:
    """A handler that counts, and makes its job final as the real one does."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.counts: Counter[str] = Counter()
        self.faults = 0
        self.limiter = asyncio.Event()
        self.limiter.set()

    async def handler(self, job_id: str) -> None:
        self.counts[job_id] += 1
        if self.faults:
            self.faults -= 1
            raise RuntimeError("a fault")
        await self.limiter.wait()
        with self.db.transaction() as tx:
            job = claim(tx, job_id, provider="sketch", deadline_at=Clock().now() + 60_000, now=Clock().now())
            if job:
                close(tx, job, status=JobState.COMPLETED, cost=0, now=Clock().now())

    async def until(self, count: int) -> None:
        await until(lambda: self.counts.total() >= count)


@pytest.fixture
def runs(db: Database) -> Runs:
    return Runs(db)


async def accept(db: Database, queue: JobQueue, tenant: Tenant) -> str:
    """An admitted job and the queue's promise, in one transaction."""
    job = new_job(tenant, admitted_at=1)
    with db.transaction() as tx:
        insert_job(tx, job)
        queue.enqueue(tx, job.id)
    return job.id


async def test_a_committed_job_is_run(db: Database, queue: JobQueue, tenant: Tenant, runs: Runs) -> None:
    await queue.start(runs.handler)
    job_id = await accept(db, queue, tenant)
    await runs.until(1)
    assert runs.counts == {job_id: 1}
    await queue.stop(1)


async def test_a_rolled_back_job_is_never_run(db: Database, queue: JobQueue, tenant: Tenant, runs: Runs) -> None:
    await queue.start(runs.handler)
    with pytest.raises(RuntimeError), db.transaction() as tx:
        job = new_job(tenant, admitted_at=1)
        insert_job(tx, job)
        queue.enqueue(tx, job.id)
        raise RuntimeError
    kept = await accept(db, queue, tenant)
    await runs.until(1)
    assert runs.counts == {kept: 1}
    await queue.stop(1)


async def test_what_was_promised_before_the_start_is_run(
    db: Database, queue: JobQueue, tenant: Tenant, runs: Runs
) -> None:
    job_id = await accept(db, queue, tenant)
    await queue.start(runs.handler)
    await runs.until(1)
    assert runs.counts == {job_id: 1}
    await queue.stop(1)


async def test_a_road_that_breaks_is_run_again(db: Database, queue: JobQueue, tenant: Tenant, runs: Runs) -> None:
    runs.faults = 3
    await queue.start(runs.handler)
    job_id = await accept(db, queue, tenant)
    await runs.until(4)
    assert runs.counts == {job_id: 4}
    await queue.stop(1)


async def test_one_broken_job_does_not_hold_up_the_others(
    db: Database, queue: JobQueue, tenant: Tenant, runs: Runs
) -> None:
    await queue.start(runs.handler)
    runs.limiter.clear()
    await accept(db, queue, tenant)
    await runs.until(1)
    runs.limiter.set()
    await accept(db, queue, tenant)
    await runs.until(2)
    await queue.stop(1)


async def test_stopping_drains_what_is_at_work(db: Database, queue: JobQueue, tenant: Tenant, runs: Runs) -> None:
    await queue.start(runs.handler)
    runs.limiter.clear()
    await accept(db, queue, tenant)
    await runs.until(1)
    asyncio.get_running_loop().call_later(0.1, runs.limiter.set)
    await queue.stop(5)
    assert not queue.running
    again = Runs(db)
    await queue.start(again.handler)
    await asyncio.sleep(0.05)
    assert not again.counts, "a drained job is final and is not taken up again"
    await queue.stop(1)


async def test_what_could_not_be_drained_is_run_after_the_next_start(
    db: Database, queue: JobQueue, tenant: Tenant, runs: Runs
) -> None:
    await queue.start(runs.handler)
    runs.limiter.clear()
    job_id = await accept(db, queue, tenant)
    await runs.until(1)
    await queue.stop(0.05)
    late = await accept(db, queue, tenant)
    again = Runs(db)
    await queue.start(again.handler)
    await again.until(2)
    assert again.counts == {job_id: 1, late: 1}
    await queue.stop(1)


async def test_promising_a_job_twice_runs_it_once(db: Database, queue: JobQueue, tenant: Tenant, runs: Runs) -> None:
    await queue.start(runs.handler)
    runs.limiter.clear()
    job_id = await accept(db, queue, tenant)
    await db.write(queue.enqueue_forgotten, [job_id])
    await runs.until(1)
    runs.limiter.set()
    await asyncio.sleep(0.1)
    assert runs.counts == {job_id: 1}
    await queue.stop(1)


async def test_a_final_job_is_not_run(db: Database, queue: JobQueue, tenant: Tenant, runs: Runs) -> None:
    await queue.start(runs.handler)
    await accept(db, queue, tenant)
    await runs.until(1)
    await queue.stop(1)
    again = Runs(db)
    await queue.start(again.handler)
    await asyncio.sleep(0.05)
    assert not again.counts
    await queue.stop(1)


async def test_an_engine_may_be_stopped_at_any_moment(db: Database, runs: Runs) -> None:
    chance = random.Random(7)
    for _ in range(10):
        queue = queue_on(db)
        await queue.start(runs.handler)
        await asyncio.sleep(chance.uniform(0, 0.1))
        await queue.stop(1)


# The rest is about many processes.
only_fleet = pytest.mark.backends("postgres")

WORKER = """
import asyncio, sys
from easel.runtime.postgres.database import PostgresDatabase
from easel.runtime.postgres.queue import PostgresQueue

async def handler(job_id):
    print(job_id, flush=True)
    await asyncio.sleep(600)

async def main():
    db = PostgresDatabase(sys.argv[1])
    await PostgresQueue(db, at_once=10, heartbeat=float(sys.argv[2]), dead_after=float(sys.argv[3])).start(handler)
    await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.fixture
def worker(source: str) -> Iterator["subprocess.Popen[str]"]:
    """A worker in a process of its own, whose jobs never end; it tells what it has begun."""
    command = [sys.executable, "-c", WORKER, source, str(HEARTBEAT), str(DEAD_AFTER)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    yield process
    process.kill()
    process.communicate()


@only_fleet
@pytest.mark.proof
@pytest.mark.serial
async def test_what_a_killed_worker_was_running_another_runs_soon(
    db: Database, queue: JobQueue, tenant: Tenant, runs: Runs, worker: "subprocess.Popen[str]"
) -> None:
    assert worker.stdout
    job_ids = {await accept(db, queue, tenant) for _ in range(3)}
    assert {(await asyncio.to_thread(worker.stdout.readline)).strip() for _ in job_ids} == job_ids
    await queue.start(runs.handler)
    await asyncio.sleep(2 * DEAD_AFTER)
    assert not runs.counts, "what runs elsewhere is left alone, for however long"
    worker.send_signal(signal.SIGKILL)
    await runs.until(3)
    assert runs.counts == dict.fromkeys(job_ids, 1)
    await queue.stop(1)


@only_fleet
@pytest.mark.serial
async def test_a_worker_that_drains_takes_no_new_job_and_goes_on_living(
    db: Database, tenant: Tenant, runs: Runs, queue: JobQueue, open_again: Callable[[], Database]
) -> None:
    runs.limiter.clear()
    await queue.start(runs.handler)
    slow = await accept(db, queue, tenant)
    await runs.until(1)
    draining = asyncio.create_task(queue.stop(30))
    await asyncio.sleep(HEARTBEAT)
    late = await accept(db, queue, tenant)
    await asyncio.sleep(3 * HEARTBEAT)
    assert await times_fetched(db, late) == 0
    other, others = open_again(), Runs(db)
    second = queue_on(other)
    await second.start(others.handler)
    await others.until(1)
    await asyncio.sleep(DEAD_AFTER + 2 * HEARTBEAT)
    assert others.counts == {late: 1}, "one that still drains is not taken for dead"
    runs.limiter.set()
    await draining
    assert runs.counts == {slow: 1}
    await second.stop(1)
    await other.close()


@only_fleet
async def test_two_engines_share_the_work_and_run_no_job_twice(
    db: Database, tenant: Tenant, open_again: Callable[[], Database]
) -> None:
    other = open_again()
    pair = [(queue_on(one), Runs(one)) for one in (db, other)]
    for queue, runs in pair:
        runs.limiter.clear()
        await queue.start(runs.handler)
    job_ids = [await accept(db, pair[number % 2][0], tenant) for number in range(16)]
    await until(lambda: sum(runs.counts.total() for _, runs in pair) >= 16)
    for _, runs in pair:
        assert 6 <= runs.counts.total() <= 10, "neither has more than its hands can hold"
        runs.limiter.set()
    await asyncio.sleep(3 * HEARTBEAT)
    assert pair[0][1].counts + pair[1][1].counts == dict.fromkeys(job_ids, 1)
    for queue, _ in pair:
        await queue.stop(1)
    await other.close()


@only_fleet
async def test_who_only_makes_promises_runs_nothing(
    db: Database, tenant: Tenant, runs: Runs, queue: JobQueue, open_again: Callable[[], Database]
) -> None:
    other = open_again()
    assert isinstance(other, PostgresDatabase)
    front, front_runs = PostgresQueue(other, at_once=10, works=False), Runs(other)
    await front.start(front_runs.handler)
    job_id = await accept(other, front, tenant)
    await asyncio.sleep(3 * HEARTBEAT)
    await queue.start(runs.handler)
    await runs.until(1)
    assert (runs.counts, front_runs.counts) == ({job_id: 1}, {})
    await queue.stop(1)
    await front.stop(1)
    await other.close()


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    with own_postgres() as running:
        yield running


@pytest.fixture
async def mortal(server: Postgres) -> AsyncIterator[Database]:
    """A database on a server that may be killed."""
    database = PostgresDatabase(server.create(some_name()))
    await database.migrate()
    await PostgresQueue(database, at_once=1).prepare()
    yield database
    await database.close()


@only_fleet
@pytest.mark.proof
@pytest.mark.parametrize(("how", "seconds"), [("kill", 1.0), ("stop", 1.25 * LONG_DEAD_AFTER)])
async def test_a_database_that_comes_back_finds_its_workers_at_work(
    mortal: Database, server: Postgres, how: str, seconds: float
) -> None:
    tenant = await create_tenant(mortal, credits=100)
    queue, runs = queue_on(mortal, LONG_DEAD_AFTER), Runs(mortal)
    await queue.start(runs.handler)
    runs.limiter.clear()
    begun = await accept(mortal, queue, tenant)
    await runs.until(1)
    assert isinstance(mortal, PostgresDatabase)
    neighbour = PostgresDatabase(mortal.address)
    other, others = queue_on(neighbour, LONG_DEAD_AFTER), Runs(neighbour)
    await other.start(others.handler)
    await asyncio.to_thread(getattr(server, how))
    await asyncio.sleep(seconds)
    server.start()
    late = await steadily_accepted(mortal, queue, tenant)
    await asyncio.sleep(LONG_DEAD_AFTER + 1)
    assert (runs.counts[begun], others.counts[begun]) == (1, 0), "it went on where it was"
    runs.limiter.set()
    async with asyncio.timeout(30):
        while await unfinished(mortal):
            await asyncio.sleep(0.1)
    assert runs.counts + others.counts == {begun: 1, late: 1}
    for one in (queue, other):
        await one.stop(1)
    await neighbour.close()


async def times_fetched(db: Database, job_id: str) -> int:
    """How often a worker has taken the job and given it back."""
    query = text("SELECT attempts FROM procrastinate_jobs WHERE args->>'job_id' = :job")
    with db.reading() as connection:
        return int(connection.execute(query, {"job": job_id}).scalar_one())


async def steadily_accepted(db: Database, queue: JobQueue, tenant: Tenant) -> str:
    """Accepted as soon as the database takes it."""
    async with asyncio.timeout(30):
        while True:
            try:
                return await accept(db, queue, tenant)
            except TRANSIENT_ERRORS:
                await asyncio.sleep(0.1)


async def unfinished(db: Database) -> int:
    """Jobs that are not final, or that the queue still knows."""
    query = "SELECT (SELECT count(*) FROM jobs WHERE status <> 'COMPLETED') + (SELECT count(*) FROM procrastinate_jobs)"
    try:
        with db.reading() as connection:
            return int(connection.execute(text(query)).scalar_one())
    except TRANSIENT_ERRORS:
        return 1


def test_the_queues_schema_is_the_one_that_installations_have() -> None:
    files = importlib.resources.files("procrastinate.sql.migrations").iterdir()
    newest = max(file.name for file in files if file.name.endswith(".sql"))
    assert newest.startswith("03.04.00_50_"), "a newer Procrastinate needs a migration of ours that runs its SQL"

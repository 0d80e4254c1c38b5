"""What every engine promises, run over each implementation. (The fleet's will join the list.)"""

import asyncio
from collections import Counter

import pytest
from tests.support import Household, new_job

from easel.db.engine import Database
from easel.domain import JobState
from easel.jobs.write import claim, close, insert_job
from easel.kit.clock import Clock
from easel.workflow.engine import Engine
from easel.workflow.engine.embedded import EmbeddedEngine

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["embedded"])
def engine(db: Database) -> Engine:
    return EmbeddedEngine(db, pauses=(0.01, 0.02))


class Runs:
    """A road that counts, and makes its job final as the real one does."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.counts: Counter[str] = Counter()
        self.faults = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def road(self, job_id: str) -> None:
        self.counts[job_id] += 1
        if self.faults:
            self.faults -= 1
            raise RuntimeError("a fault")
        await self.gate.wait()
        async with self.db.write() as tx:
            job = await claim(tx, job_id, painter="sketch", deadline_at=Clock().now() + 60_000, now=Clock().now())
            if job:
                await close(tx, job, status=JobState.COMPLETED, cost=0, now=Clock().now())

    async def until(self, count: int) -> None:
        async with asyncio.timeout(10):
            while self.counts.total() < count:
                await asyncio.sleep(0.01)


@pytest.fixture
def runs(db: Database) -> Runs:
    return Runs(db)


async def accept(db: Database, engine: Engine, home: Household) -> str:
    """An admitted job and the engine's promise, in one transaction."""
    job = new_job(home, admitted_at=1)
    async with db.write() as tx:
        await insert_job(tx, job)
        await engine.enqueue(tx, job.id)
    return job.id


async def test_a_committed_job_is_run(db: Database, engine: Engine, home: Household, runs: Runs) -> None:
    await engine.start(runs.road)
    job_id = await accept(db, engine, home)
    await runs.until(1)
    assert runs.counts == {job_id: 1}
    await engine.stop(1)


async def test_a_rolled_back_job_is_never_run(db: Database, engine: Engine, home: Household, runs: Runs) -> None:
    await engine.start(runs.road)
    with pytest.raises(RuntimeError):
        async with db.write() as tx:
            job = new_job(home, admitted_at=1)
            await insert_job(tx, job)
            await engine.enqueue(tx, job.id)
            raise RuntimeError
    kept = await accept(db, engine, home)
    await runs.until(1)
    assert runs.counts == {kept: 1}
    await engine.stop(1)


async def test_what_was_promised_before_the_start_is_run(
    db: Database, engine: Engine, home: Household, runs: Runs
) -> None:
    job_id = await accept(db, engine, home)
    await engine.start(runs.road)
    await runs.until(1)
    assert runs.counts == {job_id: 1}
    await engine.stop(1)


async def test_a_road_that_breaks_is_run_again(db: Database, engine: Engine, home: Household, runs: Runs) -> None:
    runs.faults = 3
    await engine.start(runs.road)
    job_id = await accept(db, engine, home)
    await runs.until(4)
    assert runs.counts == {job_id: 4}
    await engine.stop(1)


async def test_one_broken_job_does_not_hold_up_the_others(
    db: Database, engine: Engine, home: Household, runs: Runs
) -> None:
    await engine.start(runs.road)
    runs.gate.clear()
    await accept(db, engine, home)
    await runs.until(1)
    runs.gate.set()
    await accept(db, engine, home)
    await runs.until(2)
    await engine.stop(1)


async def test_stopping_drains_what_is_at_work(db: Database, engine: Engine, home: Household, runs: Runs) -> None:
    await engine.start(runs.road)
    runs.gate.clear()
    await accept(db, engine, home)
    await runs.until(1)
    asyncio.get_running_loop().call_later(0.1, runs.gate.set)
    await engine.stop(5)
    assert not engine.running
    again = Runs(db)
    await engine.start(again.road)
    await asyncio.sleep(0.05)
    assert not again.counts, "a drained job is final and is not taken up again"
    await engine.stop(1)


async def test_what_could_not_be_drained_is_run_after_the_next_start(
    db: Database, engine: Engine, home: Household, runs: Runs
) -> None:
    await engine.start(runs.road)
    runs.gate.clear()
    job_id = await accept(db, engine, home)
    await runs.until(1)
    await engine.stop(0.05)
    late = await accept(db, engine, home)
    again = Runs(db)
    await engine.start(again.road)
    await again.until(2)
    assert again.counts == {job_id: 1, late: 1}
    await engine.stop(1)


async def test_promising_a_job_twice_runs_it_once(db: Database, engine: Engine, home: Household, runs: Runs) -> None:
    await engine.start(runs.road)
    runs.gate.clear()
    job_id = await accept(db, engine, home)
    async with db.write() as tx:
        await engine.enqueue(tx, job_id)
    await runs.until(1)
    runs.gate.set()
    await asyncio.sleep(0.1)
    assert runs.counts == {job_id: 1}
    await engine.stop(1)


async def test_a_final_job_is_not_run(db: Database, engine: Engine, home: Household, runs: Runs) -> None:
    await engine.start(runs.road)
    await accept(db, engine, home)
    await runs.until(1)
    await engine.stop(1)
    again = Runs(db)
    await engine.start(again.road)
    await asyncio.sleep(0.05)
    assert not again.counts
    await engine.stop(1)

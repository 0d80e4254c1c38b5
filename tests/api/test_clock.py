"""A clock that jumps for a while deletes nothing, has nothing paid for twice, and ends no job."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select, text, update
from tests.rig import MakeRig, Rig, request

from easel.db.tables import jobs
from easel.kit.clock import DAY, MINUTE, Clock
from easel.ops.sweep import end_overdue_jobs, look_at_clock, sweep
from easel.ops.trusted_time import Counter
from easel.testing.clock import ManualClock

pytestmark = [pytest.mark.anyio, pytest.mark.backends]


@dataclass
class Machine:
    """A clock that can be set wrong, and a counter that cannot."""

    clock: ManualClock
    counted: int = 0

    def __post_init__(self) -> None:
        self.since = Counter(lambda: self.counted)

    async def goes_on(self, rig: Rig, ms: int, *, jump: int = 0) -> None:
        self.counted += ms
        self.clock.jump(ms + jump)  # what waits by it goes on by hand
        await sweep(rig.services, self.since)


async def test_a_jump_of_91_days_for_a_while(make_rig: MakeRig) -> None:
    machine = Machine(ManualClock(Clock().now()))
    async with make_rig(clock=machine.clock) as rig:
        await machine.goes_on(rig, MINUTE)
        await machine.goes_on(rig, DAY)
        submitted = await rig.generate(Idempotency_Key="k")
        job = await rig.finished(submitted)
        await machine.goes_on(rig, MINUTE, jump=91 * DAY)
        for _ in range(3):
            await machine.goes_on(rig, MINUTE)
        assert (await rig.client.get(job["result"]["images"][0])).status_code == 200
        assert (await rig.generate(Idempotency_Key="k")).json()["jobId"] == job["id"]
        with rig.db.reading() as connection:
            assert connection.execute(text("SELECT count(*) FROM events")).scalar_one() == 1
        await machine.goes_on(rig, MINUTE, jump=-91 * DAY)
        await machine.goes_on(rig, DAY)
        assert (await rig.client.get(job["result"]["images"][0])).status_code == 200
        await machine.goes_on(rig, 90 * DAY)
        assert (await rig.client.get(job["result"]["images"][0])).status_code == 404


async def test_jobs_at_work_are_not_overdue_because_the_clock_jumped(make_rig: MakeRig) -> None:
    machine = Machine(ManualClock(Clock().now()))
    async with make_rig(clock=machine.clock) as rig:
        made = await rig.client.post("/v2/keys", json={"name": "ci", "test": True})
        rig.client.headers["X-API-Key"] = made.json()["secret"]
        job = await rig.finished(await rig.generate(request()))
        at_work = {"status": "PROCESSING", "deadline_at": machine.clock.now() + 2 * DAY, "completed_at": None}
        await machine.goes_on(rig, MINUTE)
        await machine.goes_on(rig, DAY)
        with rig.db.transaction() as tx:
            tx.execute(text("UPDATE teams SET admitted = admitted + 1"))
            tx.execute(update(jobs).values(**at_work))

        async def status_after(ms: int, *, jump: int = 0) -> str:
            machine.counted += ms
            machine.clock.jump(ms + jump)
            await end_overdue_jobs(rig.services, await look_at_clock(rig.services, machine.since))
            with rig.db.reading() as connection:
                return str(connection.execute(select(jobs.c.status).where(jobs.c.id == job["id"])).scalar_one())

        assert await status_after(MINUTE, jump=3 * DAY) == "PROCESSING", "its run ends it in time, by a counter"
        assert await status_after(14 * MINUTE) == "PROCESSING"
        assert await status_after(2 * MINUTE) == "FAILED"

"""One limiter for all processes: a bucket, a queue and an opinion that they share."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import func, select, text
from tests.support.waiting import until

from easel.db.clock import DatabaseClock
from easel.db.fleet_tables import queue_entries
from easel.kit.ids import new_id
from easel.runtime.embedded.limiter import BURST_SECONDS, FAILURES, ProviderDisabled
from easel.runtime.postgres.database import PostgresDatabase
from easel.runtime.postgres.limiter import PostgresLimiter
from easel.runtime.postgres.notifier import PostgresNotifier

pytestmark = [pytest.mark.anyio, pytest.mark.backends("postgres")]

Made = contextlib.AbstractAsyncContextManager[PostgresLimiter]
Process = Callable[..., Made]


@contextlib.asynccontextmanager
async def process(db: PostgresDatabase, images_per_minute: float | None = None) -> AsyncIterator[PostgresLimiter]:
    """The limiter as one process has it."""
    clock = DatabaseClock(db)
    notifier = PostgresNotifier(db, clock)
    await notifier.start()
    await hearing(db, notifier)
    limiter = PostgresLimiter("sketch", images_per_minute, db=db, notifier=notifier, clock=clock, process_id=new_id())
    await limiter.start()
    try:
        yield limiter
    finally:
        await limiter.stop()
        await notifier.stop()


async def hearing(db: PostgresDatabase, notifier: PostgresNotifier) -> None:
    """Return when the notifier hears the others."""
    rung = asyncio.create_task(notifier.wait("test", 30))
    while not rung.done():
        with db.transaction() as tx:
            tx.execute(text("SELECT pg_notify('easel', 'test')"))
        await asyncio.wait([rung], timeout=0.1)


async def passes(limiter: PostgresLimiter, team: str = "a", images: int = 1, *, within: float = 60.0) -> bool:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(within):
            await limiter.acquire(team, images)
            return True
    return False


@pytest.mark.serial
@pytest.mark.proof
async def test_two_processes_never_let_more_through_than_the_bucket_holds(db: PostgresDatabase) -> None:
    passed: list[float] = []

    async def stream(limiter: PostgresLimiter, team: str) -> None:
        while True:
            await limiter.acquire(team, 2)
            passed.append(time.monotonic())

    async with process(db, 600) as one, process(db, 600) as other:
        begun = time.monotonic()
        tasks = [asyncio.create_task(stream(limiter, team)) for limiter in (one, other) for team in "abcde"]
        await asyncio.sleep(4)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for at, _ in enumerate(passed, start=1):
        assert at * 2 <= 10 * BURST_SECONDS + 10 * (passed[at - 1] - begun) + 1
    assert len(passed) * 2 >= 10 * BURST_SECONDS + 10 * 4 - 6, "and hardly fewer"


async def test_teams_take_turns_within_and_across_processes(db: PostgresDatabase) -> None:
    parsed: list[str] = []

    async def wait(limiter: PostgresLimiter, team: str) -> None:
        await limiter.acquire(team, 1)
        parsed.append(team)

    async with process(db, 1200) as one, process(db, 1200) as other:
        assert await passes(one, images=120)
        crowd = [*[(one, "a")] * 40, *[(one, "b")] * 40, *[(other, "c")] * 40, *[(other, "a")] * 40]
        tasks = [asyncio.create_task(wait(limiter, team)) for limiter, team in crowd]
        await until(lambda: len(parsed) >= 60)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    later = parsed[15:60]  # the first may pass before the last have come
    assert all(abs(later.count(team) - 15) <= 2 for team in "abc"), parsed


async def test_one_process_is_told_to_pause_and_the_other_does(db: PostgresDatabase) -> None:
    async with process(db) as one, process(db) as other:
        assert await passes(other)
        one.pause(1)
        await until(lambda: other.paused_seconds > 0)
        assert not await passes(other, within=0.2)
        assert await passes(other)


async def test_faults_of_all_processes_count_and_one_job_tries_for_all(db: PostgresDatabase) -> None:
    async with process(db) as one, process(db) as other:
        for limiter in (one, other, one)[:FAILURES]:
            limiter.record_failure("It is down.")
        await until(lambda: one.open_reason == other.open_reason == "It is down.")
        waiting = [asyncio.create_task(limiter.acquire("a", 1)) for limiter in (one, one, other, other)]
        done, left = await asyncio.wait(waiting, timeout=60, return_when=asyncio.FIRST_COMPLETED)
        assert len(done) == 1
        other.record_success()
        await asyncio.wait(left, timeout=60)
        assert all(task.done() for task in waiting)
        await until(lambda: one.last_error is other.last_error is None)


async def test_what_will_not_heal_sends_the_jobs_of_all_processes_away(db: PostgresDatabase) -> None:
    async with process(db) as one, process(db) as other:
        one.pause(60)
        await until(lambda: other.paused_seconds > 0)
        waiting = asyncio.create_task(other.acquire("a", 1))
        await until(lambda: other.waiting == 1)
        one.record_failure("The key is wrong.", permanent=True)
        with pytest.raises(ProviderDisabled, match="The key is wrong"):
            await waiting
        with pytest.raises(ProviderDisabled, match="The key is wrong"):
            await other.acquire("b", 1)
        await until(lambda: entries(db) == 0)


def entries(db: PostgresDatabase) -> int:
    with db.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(queue_entries)).scalar_one())


async def test_the_places_of_a_dead_process_hold_up_nobody_for_long(
    db: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("easel.runtime.postgres.fair_queue.LEASE", 1_000)
    monkeypatch.setattr("easel.runtime.postgres.limiter.LOOK_AGAIN", 0.2)
    async with process(db, 60) as one, process(db, 60) as dead:
        assert await passes(one, images=6)
        waiting = asyncio.create_task(dead.acquire("a", 6))
        await until(lambda: dead.waiting == 1 and not dead._new)  # noqa: SLF001
        dead._ended = True  # noqa: SLF001
        dead._wake()  # noqa: SLF001
        assert await passes(one, "b", 1)
        waiting.cancel()


async def test_whoever_leaves_the_line_leaves_no_hole(db: PostgresDatabase) -> None:
    async with process(db, 60) as one:
        assert await passes(one, images=6)
        greedy = asyncio.create_task(one.acquire("a", 6))
        await until(lambda: one.waiting == 1)
        modest = asyncio.create_task(one.acquire("b", 1))
        await until(lambda: one.waiting == 2)
        greedy.cancel()
        await modest
        assert one.waiting == 0

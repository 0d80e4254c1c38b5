"""One limiter for all processes: a bucket, a queue and an opinion that they share. Their clock is one, and stands."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence

import pytest
from sqlalchemy import func, select, text
from tests.support.waiting import settled, until

from easel.db.fleet_tables import queue_entries
from easel.kit.clock import SECOND
from easel.kit.ids import new_id
from easel.runtime.embedded.limiter import BURST_SECONDS, FAILURES, FIRST_COOLDOWN, ProviderDisabled
from easel.runtime.postgres.database import PostgresDatabase
from easel.runtime.postgres.limiter import PostgresLimiter
from easel.runtime.postgres.notifier import PostgresNotifier
from easel.testing import ManualClock

pytestmark = [pytest.mark.anyio, pytest.mark.backends("postgres")]


NAME = (
    f"{'a-server-of-ones-own':.<40} {'a-model-of-its-own':.<80}"  # as long as a name may be: a provider and its model
)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@contextlib.asynccontextmanager
async def processes(
    db: PostgresDatabase, clock: ManualClock, images_per_minute: float | None = None
) -> AsyncIterator[Sequence[PostgresLimiter]]:
    """The limiter as each of two processes has it."""
    async with contextlib.AsyncExitStack() as stack:
        yield [await stack.enter_async_context(process(db, clock, images_per_minute)) for _ in range(2)]


@contextlib.asynccontextmanager
async def process(
    db: PostgresDatabase, clock: ManualClock, images_per_minute: float | None
) -> AsyncIterator[PostgresLimiter]:
    notifier = PostgresNotifier(db, clock)
    await notifier.start()
    await hearing(db, notifier)
    limiter = PostgresLimiter(NAME, images_per_minute, db=db, notifier=notifier, clock=clock, process_id=new_id())
    await limiter.start()
    try:
        yield limiter
    finally:
        await limiter.stop()
        await notifier.stop()


async def hearing(db: PostgresDatabase, notifier: PostgresNotifier) -> None:
    """Return when the notifier hears the others."""
    with notifier.subscribe("test") as changes:
        rung = asyncio.create_task(changes.wait(30))
        while not rung.done():
            with db.transaction() as tx:
                tx.execute(text("SELECT pg_notify('easel', 'test')"))
            await asyncio.wait([rung], timeout=0.1)


async def in_line(db: PostgresDatabase, several: int) -> None:
    """Return when so many wait in the queue that all processes share."""

    def count() -> int:
        with db.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(queue_entries)).scalar_one())

    await until(lambda: count() == several)


async def test_two_processes_let_through_what_the_bucket_holds_and_no_more(
    db: PostgresDatabase, clock: ManualClock
) -> None:
    per_second = 10
    passed = 0

    async def stream(limiter: PostgresLimiter, team: str) -> None:
        nonlocal passed
        while True:
            await limiter.acquire(team, 2)
            passed += 1

    async with processes(db, clock, 60 * per_second) as both:
        tasks = [asyncio.create_task(stream(limiter, team)) for limiter in both for team in "abcde"]
        for seconds in range(4):
            await until(lambda: 2 * passed >= per_second * (BURST_SECONDS + seconds))  # noqa: B023
            await in_line(db, len(tasks))
            assert 2 * passed == per_second * (BURST_SECONDS + seconds)
            clock.advance(SECOND)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_teams_take_turns_within_and_across_processes(db: PostgresDatabase, clock: ManualClock) -> None:
    passed: list[str] = []

    async def wait(limiter: PostgresLimiter, team: str) -> None:
        await limiter.acquire(team, 1)
        passed.append(team)

    async with processes(db, clock, 1200) as (one, other):
        await one.acquire("a", 120)
        crowd = [*[(one, "a")] * 40, *[(one, "b")] * 40, *[(other, "c")] * 40, *[(other, "a")] * 40]
        tasks = [asyncio.create_task(wait(limiter, team)) for limiter, team in crowd]
        for rounds in range(1, 6):
            await in_line(db, len(crowd) - len(passed))
            clock.advance(3 * SECOND // 20 + 1)  # three images
            await until(lambda: len(passed) == 3 * rounds)  # noqa: B023
            assert sorted(passed[-3:]) == ["a", "b", "c"]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_one_process_is_told_to_pause_and_the_other_does(db: PostgresDatabase, clock: ManualClock) -> None:
    async with processes(db, clock) as (one, other):
        await other.acquire("a", 1)
        one.pause(1)
        await until(lambda: other.paused_seconds)
        waiting = asyncio.create_task(other.acquire("a", 1))
        await in_line(db, 1)
        clock.advance(SECOND - 1)
        await settled()
        assert not waiting.done()
        clock.advance(1)
        await waiting


async def test_faults_of_all_processes_count_and_one_job_tries_for_all(
    db: PostgresDatabase, clock: ManualClock
) -> None:
    async with processes(db, clock) as (one, other):
        for limiter in (one, other, one)[:FAILURES]:
            limiter.record_failure("It is down.")
        await until(lambda: one.open_reason == other.open_reason == "It is down.")
        waiting = [asyncio.create_task(limiter.acquire("a", 1)) for limiter in (one, one, other, other)]
        await in_line(db, 4)
        clock.advance(int(FIRST_COOLDOWN * SECOND))
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        await in_line(db, 3)
        other.record_success()
        await asyncio.wait(waiting)
        await until(lambda: one.last_error is other.last_error is None)


async def test_what_will_not_heal_sends_the_jobs_of_all_processes_away(
    db: PostgresDatabase, clock: ManualClock
) -> None:
    async with processes(db, clock) as (one, other):
        one.pause(60)
        await until(lambda: other.paused_seconds)
        waiting = asyncio.create_task(other.acquire("a", 1))
        await in_line(db, 1)
        one.record_failure("The key is wrong.", permanent=True)
        with pytest.raises(ProviderDisabled, match="The key is wrong"):
            await waiting
        with pytest.raises(ProviderDisabled, match="The key is wrong"):
            await other.acquire("b", 1)
        await in_line(db, 0)


async def test_the_places_of_a_dead_process_hold_up_nobody_for_long(db: PostgresDatabase, clock: ManualClock) -> None:
    async with processes(db, clock, 60) as (one, dead):
        await one.acquire("a", 6)
        waiting = asyncio.create_task(dead.acquire("a", 6))
        await in_line(db, 1)
        dead._ended = True  # noqa: SLF001
        dead._wake()  # noqa: SLF001
        behind = asyncio.create_task(one.acquire("b", 6))
        await in_line(db, 2)

        def passed() -> bool:
            clock.advance(SECOND)
            return behind.done()

        await until(passed)
        waiting.cancel()


async def test_whoever_leaves_the_line_leaves_no_hole(db: PostgresDatabase, clock: ManualClock) -> None:
    async with processes(db, clock, 60) as (one, _):
        await one.acquire("a", 6)
        greedy = asyncio.create_task(one.acquire("a", 6))
        await in_line(db, 1)
        modest = asyncio.create_task(one.acquire("b", 1))
        await in_line(db, 2)
        clock.advance(SECOND)
        greedy.cancel()
        await modest
        assert one.waiting == 0

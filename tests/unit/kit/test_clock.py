import asyncio
import contextlib
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.waiting import settled

from easel.kit.clock import DAY, HOUR, MINUTE, SECOND, Clock, iso
from easel.testing.clock import ManualClock


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (None, None),
        (0, "1970-01-01T00:00:00.000Z"),
        (1, "1970-01-01T00:00:00.001Z"),
        (999, "1970-01-01T00:00:00.999Z"),
        (1_795_339_800_123, "2026-11-22T09:30:00.123Z"),
        (1_795_339_800_000, "2026-11-22T09:30:00.000Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"),
    ],
)
def test_a_time_is_written_in_utc_with_milliseconds(ms: int | None, text: str | None) -> None:
    assert iso(ms) == text


@settings(max_examples=60, database=None, derandomize=True)
@given(st.integers(0, 4_102_444_800_000))
def test_no_millisecond_is_lost_in_writing(ms: int) -> None:
    written = datetime.fromisoformat(str(iso(ms)))
    assert (written - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1_000 == pytest.approx(ms, abs=1e-3)


def test_the_clock_tells_milliseconds() -> None:
    before = time.time()
    assert before - 0.001 <= Clock().now() / 1_000 <= time.time()


def test_units_fit_each_other() -> None:
    assert (MINUTE, HOUR, DAY) == (60 * SECOND, 60 * MINUTE, 24 * HOUR)


def test_a_manual_clock_moves_only_when_told() -> None:
    clock = ManualClock(5)
    assert clock.now() == clock.now() == 5
    clock.advance(MINUTE)
    assert (clock.now(), clock.monotonic()) == (60_005, 60.0)
    clock.jump(-HOUR)
    assert (clock.now(), clock.monotonic()) == (60_005 - HOUR, 60.0)


@pytest.mark.anyio
async def test_what_waits_by_a_manual_clock_goes_on_in_order_each_at_its_moment() -> None:
    clock, seen = ManualClock(0), list[float]()

    async def wait(seconds: float) -> None:
        await clock.sleep(seconds)
        seen.append(seconds)

    async with asyncio.TaskGroup() as group:
        for seconds in (3, 1, 2, 0):
            group.create_task(wait(seconds))
        clock.call_later(2.5, lambda: seen.append(clock.now()))
        await settled()
        assert (seen, clock.waiting) == ([0], [1, 2, 2.5, 3])
        clock.advance(2_999)
        assert seen == [0, 2_500]
        await settled()
        assert seen == [0, 2_500, 1, 2]
        assert clock.waiting == [pytest.approx(0.001)]
        clock.advance(1)
    assert seen[-1] == 3


@pytest.mark.anyio
async def test_a_cancelled_wait_is_none() -> None:
    clock = ManualClock()
    task = asyncio.create_task(clock.sleep(1))
    await settled()
    task.cancel()
    await settled()
    assert (task.cancelled(), clock.waiting) == (True, [])


@pytest.mark.anyio
@pytest.mark.parametrize("clock", [Clock(), ManualClock()])
async def test_a_timeout_ends_a_block_and_says_so(clock: Clock) -> None:
    with pytest.raises(TimeoutError):
        async with clock.timeout(0.01) as timeout:
            clock.call_later(0.01, lambda: None)
            if isinstance(clock, ManualClock):
                clock.advance(10)
            await asyncio.Event().wait()
    assert timeout.expired()
    async with clock.timeout(None) as timeout:
        assert timeout.when() is None
    assert not timeout.expired()


@pytest.mark.anyio
async def test_the_time_of_a_pause_does_not_count() -> None:
    clock = ManualClock()
    async with clock.timeout(10) as timeout:
        clock.advance(4 * SECOND)
        with clock.paused(timeout):
            clock.advance(HOUR)
        assert timeout.when() == clock.monotonic() + 6
        with clock.paused(timeout), contextlib.suppress(OSError):
            clock.advance(HOUR)
            raise OSError
        clock.advance(6 * SECOND - 1)
        await settled()
        timeout.reschedule(None)
        with clock.paused(timeout):
            clock.advance(HOUR)
        assert timeout.when() is None
    with pytest.raises(TimeoutError):
        async with clock.timeout(1) as timeout:
            timeout.reschedule(clock.monotonic() - 1)
            await asyncio.Event().wait()


@pytest.mark.anyio
async def test_another_cancellation_is_no_timeout() -> None:
    clock = ManualClock()

    async def wait() -> None:
        async with clock.timeout(1):
            await asyncio.Event().wait()

    task = asyncio.create_task(wait())
    await settled()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

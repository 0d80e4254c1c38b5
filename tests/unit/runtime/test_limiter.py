"""The limiter before one account: a rate limit, teams in turn, and a circuit breaker."""

import asyncio
import contextlib

import pytest
from tests.support.waiting import settled

from easel.kit.clock import SECOND
from easel.runtime.embedded.limiter import FAILURES, FIRST_COOLDOWN, LONGEST_COOLDOWN, ProviderDisabled, ProviderLimiter
from easel.testing import ManualClock

pytestmark = pytest.mark.anyio

COOLDOWN = int(FIRST_COOLDOWN * SECOND)


async def passes(limiter: ProviderLimiter, team: str = "a", images: int = 1) -> bool:
    """Whether it is let through at once; it leaves the line if not."""
    turn = asyncio.create_task(limiter.acquire(team, images))
    await settled()
    if turn.done():
        await turn
        return True
    turn.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await turn
    return False


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


async def test_without_a_limit_everyone_passes(clock: ManualClock) -> None:
    limiter = ProviderLimiter(None, clock)
    assert [await passes(limiter, images=10) for _ in range(100)] == [True] * 100


async def test_a_rate_lets_a_few_through_and_then_one_after_the_other(clock: ManualClock) -> None:
    limiter = ProviderLimiter(60, clock)
    assert [await passes(limiter) for _ in range(7)] == [True] * 6 + [False]
    clock.advance(2 * SECOND)
    assert [await passes(limiter) for _ in range(3)] == [True, True, False]


async def test_more_images_than_the_bucket_holds_pass_when_it_is_full(clock: ManualClock) -> None:
    limiter = ProviderLimiter(60, clock)
    assert await passes(limiter, images=10)
    clock.advance(3 * SECOND)
    assert not await passes(limiter)
    clock.advance(2_100)
    assert await passes(limiter)


async def test_teams_take_turns(clock: ManualClock) -> None:
    limiter = ProviderLimiter(6000, clock)
    limiter.pause(0.05)
    parsed: list[str] = []

    async def wait(team: str) -> None:
        await limiter.acquire(team, 1)
        parsed.append(team)

    async with asyncio.TaskGroup() as group:
        for team in ("a", "a", "a", "b", "c"):
            group.create_task(wait(team))
        await settled()
        assert parsed == []
        clock.advance(100)
    assert parsed == ["a", "b", "c", "a", "a"]


async def test_a_busy_provider_shuts_the_gate_for_as_long_as_it_asks(clock: ManualClock) -> None:
    limiter = ProviderLimiter(None, clock)
    limiter.pause(0.2)
    clock.advance(199)
    assert not await passes(limiter)
    clock.advance(1)
    assert await passes(limiter)


async def test_whoever_leaves_the_line_leaves_no_hole(clock: ManualClock) -> None:
    limiter = ProviderLimiter(None, clock)
    limiter.pause(0.1)
    first = asyncio.create_task(limiter.acquire("a", 1))
    second = asyncio.create_task(limiter.acquire("a", 1))
    await asyncio.sleep(0)
    first.cancel()
    clock.advance(101)
    await second
    assert limiter.waiting == 0


async def test_a_provider_that_fails_again_and_again_is_left_alone_and_then_tried_by_one(clock: ManualClock) -> None:
    limiter = ProviderLimiter(None, clock)
    for _ in range(FAILURES - 1):
        limiter.record_failure("It is down.")
    assert limiter.open_reason is None
    assert limiter.last_error == "It is down."
    limiter.record_failure("It is down.")
    assert limiter.open_reason == "It is down."
    assert not await passes(limiter)
    clock.advance(COOLDOWN + 100)
    assert [await passes(limiter), await passes(limiter)] == [True, False]
    limiter.record_success()
    assert limiter.open_reason is None
    assert [await passes(limiter), await passes(limiter)] == [True, True]


async def test_rests_grow(clock: ManualClock) -> None:
    limiter = ProviderLimiter(None, clock)
    for _ in range(FAILURES + 1):
        limiter.record_failure("It is down.")
    clock.advance(COOLDOWN + 100)
    assert not await passes(limiter)
    clock.advance(COOLDOWN)
    assert await passes(limiter)


async def test_what_will_not_heal_sends_everyone_away_at_once(clock: ManualClock) -> None:
    limiter = ProviderLimiter(None, clock)
    limiter.pause(60)
    waiting = asyncio.create_task(limiter.acquire("a", 1))
    await asyncio.sleep(0)
    limiter.record_failure("The key is wrong.", permanent=True)
    with pytest.raises(ProviderDisabled, match="The key is wrong"):
        await waiting
    with pytest.raises(ProviderDisabled, match="The key is wrong"):
        await limiter.acquire("b", 1)


async def test_after_a_while_even_that_is_tried_again(clock: ManualClock) -> None:
    limiter = ProviderLimiter(None, clock)
    limiter.record_failure("The key is wrong.", permanent=True)
    clock.advance(COOLDOWN + 100)
    assert await passes(limiter)


async def test_whoever_leaves_the_line_does_not_hold_up_one_who_needs_less(clock: ManualClock) -> None:
    limiter = ProviderLimiter(60, clock)
    assert await passes(limiter, images=3)
    greedy = asyncio.create_task(limiter.acquire("a", 6))
    modest = asyncio.create_task(limiter.acquire("b", 1))
    await asyncio.sleep(0)
    greedy.cancel()
    await modest
    assert limiter.waiting == 0


async def test_one_who_leaves_as_its_turn_comes_stops_nobody(clock: ManualClock) -> None:
    limiter = ProviderLimiter(60, clock)
    assert await passes(limiter, images=6)
    leaving = asyncio.create_task(limiter.acquire("a", 1))
    await asyncio.sleep(0)
    clock.advance(1 * SECOND)
    limiter.record_success()
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    assert limiter.waiting == 0
    clock.advance(1 * SECOND)
    assert [await passes(limiter), await passes(limiter)] == [True, False]


async def test_a_bucket_does_not_fill_over_its_brim(clock: ManualClock) -> None:
    limiter = ProviderLimiter(60, clock)
    clock.advance(3600 * SECOND)
    assert [await passes(limiter) for _ in range(7)] == [True] * 6 + [False]


async def test_a_pause_counts_for_every_team_and_a_shorter_one_does_not_end_it(clock: ManualClock) -> None:
    limiter = ProviderLimiter(None, clock)
    limiter.pause(20)
    limiter.pause(1)
    limiter.record_success()
    clock.advance(19 * SECOND)
    assert [await passes(limiter, team) for team in "ab"] == [False, False]
    clock.advance(1 * SECOND)
    assert [await passes(limiter, team) for team in "ab"] == [True, True]


async def test_a_provider_that_works_again_lets_those_who_wait_through_at_once(clock: ManualClock) -> None:
    limiter = ProviderLimiter(None, clock)
    for _ in range(FAILURES):
        limiter.record_failure("It is down.")
    waiting = [asyncio.create_task(limiter.acquire(team, 1)) for team in "aab"]
    await asyncio.sleep(0)
    assert limiter.waiting == 3
    limiter.record_success()
    await asyncio.gather(*waiting)


async def test_faults_count_only_in_a_row(clock: ManualClock) -> None:
    limiter = ProviderLimiter(None, clock)
    for _ in range(FAILURES):
        limiter.record_failure("It is down.")
        limiter.record_success()
    assert (limiter.open_reason, limiter.last_error) == (None, None)


@pytest.mark.parametrize(
    ("failures", "rest"),
    [
        (FAILURES, FIRST_COOLDOWN),
        (FAILURES + 2, 4 * FIRST_COOLDOWN),
        (FAILURES + 9, LONGEST_COOLDOWN),
        (2_000, LONGEST_COOLDOWN),
    ],
)
async def test_a_rest_is_as_long_as_the_trouble_and_has_an_end(failures: int, rest: float, clock: ManualClock) -> None:
    limiter = ProviderLimiter(None, clock)
    for _ in range(failures):
        limiter.record_failure("It is down.")
    clock.advance(int(rest * SECOND) - 100)
    assert not await passes(limiter)
    clock.advance(200)
    assert await passes(limiter)


async def test_while_one_tries_what_would_not_heal_the_others_are_still_sent_away(clock: ManualClock) -> None:
    limiter = ProviderLimiter(None, clock)
    limiter.record_failure("The key is wrong.", permanent=True)
    clock.advance(COOLDOWN + 100)
    assert await passes(limiter)
    with pytest.raises(ProviderDisabled):
        await limiter.acquire("b", 1)
    limiter.record_success()
    assert await passes(limiter)


def test_a_provider_that_is_busy_again_and_again_is_asked_less_and_less_often() -> None:
    clock = ManualClock()
    limiter = ProviderLimiter(None, clock)
    pauses = []
    for _ in range(12):
        limiter.pause(0)
        pauses.append(round(limiter.paused_seconds, 2))
        clock.advance(60_000)
    assert pauses == [0.05, 0.5, 1, 2, 4, 8, 16, 30, 30, 30, 30, 30]
    limiter.record_success()
    limiter.pause(0)
    assert round(limiter.paused_seconds, 2) == 0.05
    limiter.pause(3)
    assert limiter.paused_seconds == 3, "who asks for more gets more"

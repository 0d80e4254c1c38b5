"""The limiter before one account: a rate limit, teams in turn, and a circuit breaker."""

import asyncio
import contextlib

import pytest

from easel.runtime.embedded.limiter import FAILURES, FIRST_COOLDOWN, LONGEST_COOLDOWN, ProviderDisabled, ProviderLimiter

pytestmark = pytest.mark.anyio


async def passes(limiter: ProviderLimiter, team: str = "a", images: int = 1, *, within: float = 0.05) -> bool:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(within):
            await limiter.acquire(team, images)
            return True
    return False


class Time:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_without_a_limit_everyone_passes() -> None:
    limiter = ProviderLimiter()
    assert [await passes(limiter, images=10) for _ in range(100)] == [True] * 100


async def test_a_rate_lets_a_few_through_and_then_one_after_the_other() -> None:
    time = Time()
    limiter = ProviderLimiter(60, now=time)
    assert [await passes(limiter) for _ in range(7)] == [True] * 6 + [False]
    time.now += 2
    assert [await passes(limiter) for _ in range(3)] == [True, True, False]


async def test_more_images_than_the_bucket_holds_pass_when_it_is_full() -> None:
    time = Time()
    limiter = ProviderLimiter(60, now=time)
    assert await passes(limiter, images=10)
    time.now += 3
    assert not await passes(limiter)
    time.now += 2.1
    assert await passes(limiter)


async def test_teams_take_turns() -> None:
    limiter = ProviderLimiter(6000)
    limiter.pause(0.05)
    parsed: list[str] = []

    async def wait(team: str) -> None:
        await limiter.acquire(team, 1)
        parsed.append(team)

    async with asyncio.TaskGroup() as group:
        for team in ("a", "a", "a", "b", "c"):
            group.create_task(wait(team))
    assert parsed == ["a", "b", "c", "a", "a"]


async def test_a_busy_provider_shuts_the_gate_for_as_long_as_it_asks() -> None:
    limiter = ProviderLimiter()
    limiter.pause(0.2)
    assert not await passes(limiter, within=0.1)
    assert await passes(limiter, within=0.5)


async def test_whoever_leaves_the_line_leaves_no_hole() -> None:
    limiter = ProviderLimiter()
    limiter.pause(0.1)
    first = asyncio.create_task(limiter.acquire("a", 1))
    second = asyncio.create_task(limiter.acquire("a", 1))
    await asyncio.sleep(0)
    first.cancel()
    async with asyncio.timeout(10):
        await second
    assert limiter.waiting == 0


async def test_a_provider_that_fails_again_and_again_is_left_alone_and_then_tried_by_one() -> None:
    time = Time()
    limiter = ProviderLimiter(now=time)
    for _ in range(FAILURES - 1):
        limiter.record_failure("It is down.")
    assert limiter.open_reason is None
    assert limiter.last_error == "It is down."
    limiter.record_failure("It is down.")
    assert limiter.open_reason == "It is down."
    assert not await passes(limiter)
    time.now += FIRST_COOLDOWN + 0.1
    assert [await passes(limiter), await passes(limiter)] == [True, False]
    limiter.record_success()
    assert limiter.open_reason is None
    assert [await passes(limiter), await passes(limiter)] == [True, True]


async def test_rests_grow() -> None:
    time = Time()
    limiter = ProviderLimiter(now=time)
    for _ in range(FAILURES + 1):
        limiter.record_failure("It is down.")
    time.now += FIRST_COOLDOWN + 0.1
    assert not await passes(limiter)
    time.now += FIRST_COOLDOWN
    assert await passes(limiter)


async def test_what_will_not_heal_sends_everyone_away_at_once() -> None:
    limiter = ProviderLimiter()
    limiter.pause(60)
    waiting = asyncio.create_task(limiter.acquire("a", 1))
    await asyncio.sleep(0)
    limiter.record_failure("The key is wrong.", permanent=True)
    with pytest.raises(ProviderDisabled, match="The key is wrong"):
        await waiting
    with pytest.raises(ProviderDisabled, match="The key is wrong"):
        await limiter.acquire("b", 1)


async def test_after_a_while_even_that_is_tried_again() -> None:
    time = Time()
    limiter = ProviderLimiter(now=time)
    limiter.record_failure("The key is wrong.", permanent=True)
    time.now += FIRST_COOLDOWN + 0.1
    assert await passes(limiter)


async def test_whoever_leaves_the_line_does_not_hold_up_one_who_needs_less() -> None:
    limiter = ProviderLimiter(60, now=Time())
    assert await passes(limiter, images=3)
    greedy = asyncio.create_task(limiter.acquire("a", 6))
    modest = asyncio.create_task(limiter.acquire("b", 1))
    await asyncio.sleep(0)
    greedy.cancel()
    async with asyncio.timeout(10):
        await modest
    assert limiter.waiting == 0


async def test_one_who_leaves_as_its_turn_comes_stops_nobody() -> None:
    time = Time()
    limiter = ProviderLimiter(60, now=time)
    assert await passes(limiter, images=6)
    leaving = asyncio.create_task(limiter.acquire("a", 1))
    await asyncio.sleep(0)
    time.now += 1
    limiter.record_success()
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    assert limiter.waiting == 0
    time.now += 1
    assert [await passes(limiter), await passes(limiter)] == [True, False]


async def test_a_bucket_does_not_fill_over_its_brim() -> None:
    time = Time()
    limiter = ProviderLimiter(60, now=time)
    time.now += 3600
    assert [await passes(limiter) for _ in range(7)] == [True] * 6 + [False]


async def test_a_pause_counts_for_every_team_and_a_shorter_one_does_not_end_it() -> None:
    time = Time()
    limiter = ProviderLimiter(now=time)
    limiter.pause(20)
    limiter.pause(1)
    limiter.record_success()
    time.now += 19
    assert [await passes(limiter, team) for team in "ab"] == [False, False]
    time.now += 1
    assert [await passes(limiter, team) for team in "ab"] == [True, True]


async def test_a_provider_that_works_again_lets_those_who_wait_through_at_once() -> None:
    limiter = ProviderLimiter(now=Time())
    for _ in range(FAILURES):
        limiter.record_failure("It is down.")
    waiting = [asyncio.create_task(limiter.acquire(team, 1)) for team in "aab"]
    await asyncio.sleep(0)
    assert limiter.waiting == 3
    limiter.record_success()
    async with asyncio.timeout(10):
        await asyncio.gather(*waiting)


async def test_faults_count_only_in_a_row() -> None:
    limiter = ProviderLimiter()
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
async def test_a_rest_is_as_long_as_the_trouble_and_has_an_end(failures: int, rest: float) -> None:
    time = Time()
    limiter = ProviderLimiter(now=time)
    for _ in range(failures):
        limiter.record_failure("It is down.")
    time.now += rest - 0.1
    assert not await passes(limiter)
    time.now += 0.2
    assert await passes(limiter)


async def test_while_one_tries_what_would_not_heal_the_others_are_still_sent_away() -> None:
    time = Time()
    limiter = ProviderLimiter(now=time)
    limiter.record_failure("The key is wrong.", permanent=True)
    time.now += FIRST_COOLDOWN + 0.1
    assert await passes(limiter)
    with pytest.raises(ProviderDisabled):
        await limiter.acquire("b", 1)
    limiter.record_success()
    assert await passes(limiter)

"""The gate before one account: a rate that makes jobs wait, teams in turn, and rest for a painter in trouble."""

import asyncio
import contextlib

import pytest

from easel.runtime.embedded.limiter import FAULTS, FIRST_REST, LONGEST_REST, Gate, Parked

pytestmark = pytest.mark.anyio


async def passes(gate: Gate, team: str = "a", images: int = 1, *, within: float = 0.05) -> bool:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(within):
            await gate.pass_through(team, images)
            return True
    return False


class Time:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_without_a_limit_everyone_passes() -> None:
    gate = Gate()
    assert [await passes(gate, images=10) for _ in range(100)] == [True] * 100


async def test_a_rate_lets_a_few_through_and_then_one_after_the_other() -> None:
    time = Time()
    gate = Gate(60, now=time)
    assert [await passes(gate) for _ in range(7)] == [True] * 6 + [False]
    time.now += 2
    assert [await passes(gate) for _ in range(3)] == [True, True, False]


async def test_more_pictures_than_the_bucket_holds_pass_when_it_is_full() -> None:
    time = Time()
    gate = Gate(60, now=time)
    assert await passes(gate, images=10)
    time.now += 3
    assert not await passes(gate)
    time.now += 2.1
    assert await passes(gate)


async def test_teams_take_turns() -> None:
    gate = Gate(6000)
    gate.busy(0.05)
    order: list[str] = []

    async def wait(team: str) -> None:
        await gate.pass_through(team, 1)
        order.append(team)

    async with asyncio.TaskGroup() as group:
        for team in ("a", "a", "a", "b", "c"):
            group.create_task(wait(team))
    assert order == ["a", "b", "c", "a", "a"]


async def test_a_busy_painter_shuts_the_gate_for_as_long_as_it_asks() -> None:
    gate = Gate()
    gate.busy(0.2)
    assert not await passes(gate, within=0.1)
    assert await passes(gate, within=0.5)


async def test_whoever_leaves_the_line_leaves_no_hole() -> None:
    gate = Gate()
    gate.busy(0.1)
    first = asyncio.create_task(gate.pass_through("a", 1))
    second = asyncio.create_task(gate.pass_through("a", 1))
    await asyncio.sleep(0)
    first.cancel()
    async with asyncio.timeout(10):
        await second
    assert gate.waiting == 0


async def test_a_painter_that_fails_again_and_again_is_left_alone_and_then_tried_by_one() -> None:
    time = Time()
    gate = Gate(now=time)
    for _ in range(FAULTS - 1):
        gate.failed("It is down.")
    assert gate.trouble is None
    assert gate.fault == "It is down."
    gate.failed("It is down.")
    assert gate.trouble == "It is down."
    assert not await passes(gate)
    time.now += FIRST_REST + 0.1
    assert [await passes(gate), await passes(gate)] == [True, False]
    gate.worked()
    assert gate.trouble is None
    assert [await passes(gate), await passes(gate)] == [True, True]


async def test_rests_grow() -> None:
    time = Time()
    gate = Gate(now=time)
    for _ in range(FAULTS + 1):
        gate.failed("It is down.")
    time.now += FIRST_REST + 0.1
    assert not await passes(gate)
    time.now += FIRST_REST
    assert await passes(gate)


async def test_what_will_not_heal_sends_everyone_away_at_once() -> None:
    gate = Gate()
    gate.busy(60)
    waiting = asyncio.create_task(gate.pass_through("a", 1))
    await asyncio.sleep(0)
    gate.failed("The key is wrong.", lasting=True)
    with pytest.raises(Parked, match="The key is wrong"):
        await waiting
    with pytest.raises(Parked, match="The key is wrong"):
        await gate.pass_through("b", 1)


async def test_after_a_while_even_that_is_tried_again() -> None:
    time = Time()
    gate = Gate(now=time)
    gate.failed("The key is wrong.", lasting=True)
    time.now += FIRST_REST + 0.1
    assert await passes(gate)


async def test_whoever_leaves_the_line_does_not_hold_up_one_who_needs_less() -> None:
    gate = Gate(60, now=Time())
    assert await passes(gate, images=3)
    greedy = asyncio.create_task(gate.pass_through("a", 6))
    modest = asyncio.create_task(gate.pass_through("b", 1))
    await asyncio.sleep(0)
    greedy.cancel()
    async with asyncio.timeout(10):
        await modest
    assert gate.waiting == 0


async def test_one_who_leaves_as_its_turn_comes_stops_nobody() -> None:
    time = Time()
    gate = Gate(60, now=time)
    assert await passes(gate, images=6)
    leaving = asyncio.create_task(gate.pass_through("a", 1))
    await asyncio.sleep(0)
    time.now += 1
    gate.worked()
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    assert gate.waiting == 0
    time.now += 1
    assert [await passes(gate), await passes(gate)] == [True, False]


async def test_a_bucket_does_not_fill_over_its_brim() -> None:
    time = Time()
    gate = Gate(60, now=time)
    time.now += 3600
    assert [await passes(gate) for _ in range(7)] == [True] * 6 + [False]


async def test_a_pause_counts_for_every_team_and_a_shorter_one_does_not_end_it() -> None:
    time = Time()
    gate = Gate(now=time)
    gate.busy(20)
    gate.busy(1)
    gate.worked()
    time.now += 19
    assert [await passes(gate, team) for team in "ab"] == [False, False]
    time.now += 1
    assert [await passes(gate, team) for team in "ab"] == [True, True]


async def test_a_painter_that_works_again_lets_those_who_wait_through_at_once() -> None:
    gate = Gate(now=Time())
    for _ in range(FAULTS):
        gate.failed("It is down.")
    waiting = [asyncio.create_task(gate.pass_through(team, 1)) for team in "aab"]
    await asyncio.sleep(0)
    assert gate.waiting == 3
    gate.worked()
    async with asyncio.timeout(10):
        await asyncio.gather(*waiting)


async def test_faults_count_only_in_a_row() -> None:
    gate = Gate()
    for _ in range(FAULTS):
        gate.failed("It is down.")
        gate.worked()
    assert (gate.trouble, gate.fault) == (None, None)


@pytest.mark.parametrize(
    ("faults", "rest"),
    [(FAULTS, FIRST_REST), (FAULTS + 2, 4 * FIRST_REST), (FAULTS + 9, LONGEST_REST), (2_000, LONGEST_REST)],
)
async def test_a_rest_is_as_long_as_the_trouble_and_has_an_end(faults: int, rest: float) -> None:
    time = Time()
    gate = Gate(now=time)
    for _ in range(faults):
        gate.failed("It is down.")
    time.now += rest - 0.1
    assert not await passes(gate)
    time.now += 0.2
    assert await passes(gate)


async def test_while_one_tries_what_would_not_heal_the_others_are_still_sent_away() -> None:
    time = Time()
    gate = Gate(now=time)
    gate.failed("The key is wrong.", lasting=True)
    time.now += FIRST_REST + 0.1
    assert await passes(gate)
    with pytest.raises(Parked):
        await gate.pass_through("b", 1)
    gate.worked()
    assert await passes(gate)

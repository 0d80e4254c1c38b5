"""Slots: so many at once, for everybody and for each name."""

import asyncio
from contextlib import ExitStack

import pytest

from easel.kit.slots import Full, Slots

pytestmark = pytest.mark.anyio


def test_a_name_has_its_share_and_everybody_a_limit() -> None:
    slots = Slots(3, each=2)
    with ExitStack() as held:
        held.enter_context(slots.hold("a"))
        held.enter_context(slots.hold("a"))
        with pytest.raises(Full), slots.hold("a"):
            pass
        held.enter_context(slots.hold("b"))
        with pytest.raises(Full), slots.hold("c"):
            pass
    assert slots.in_use == 0
    with slots.hold("c"):
        assert slots.taken_by("c") == 1


async def test_a_name_at_its_limit_does_not_stand_in_the_way_of_others() -> None:
    slots, parsed = Slots(2, each=1), []

    async def work(name: str, go: asyncio.Event) -> None:
        async with slots.wait(name):
            parsed.append(name)
            await go.wait()

    go = asyncio.Event()
    tasks = [asyncio.create_task(work(name, go)) for name in ("a", "a", "b")]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert parsed == ["a", "b"]
    go.set()
    await asyncio.gather(*tasks)
    assert parsed == ["a", "b", "a"]
    assert slots.in_use == 0


async def test_whoever_has_the_fewest_comes_first() -> None:
    slots, parsed = Slots(2), []

    async def work(name: str) -> None:
        async with slots.wait(name):
            parsed.append(name)

    with slots.hold("a"):
        with slots.hold("a"):
            tasks = [asyncio.create_task(work(name)) for name in ("a", "a", "b")]
            await asyncio.sleep(0)
        await asyncio.gather(*tasks)
    assert parsed == ["b", "a", "a"]


async def test_a_queue_has_an_end_and_who_gives_up_leaves_it() -> None:
    slots = Slots(1, waiting=1)
    with slots.hold("a"):
        waiting = asyncio.create_task(slots.wait("a").__aenter__())
        await asyncio.sleep(0)
        with pytest.raises(Full):
            await slots.wait("a").__aenter__()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    assert slots.in_use == 0
    with slots.hold("a"):
        assert slots.in_use == 1


async def test_a_turn_that_comes_as_its_owner_gives_up_is_given_back() -> None:
    slots = Slots(1)
    with slots.hold("a"):
        waiting = asyncio.create_task(slots.wait("b").__aenter__())
        await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert slots.in_use == 0

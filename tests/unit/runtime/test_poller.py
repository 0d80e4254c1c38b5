"""One read for all who watch: what is told to whom, and what becomes of a lost ring, a slow reader and a fault."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Collection

import pytest
from structlog.testing import capture_logs
from tests.support.waiting import settled

from easel.domain import Caller, Role
from easel.kit.clock import SECOND, Clock
from easel.runtime.embedded.notifier import Notifier
from easel.runtime.poller import Poller, Seen
from easel.testing import ManualClock

pytestmark = pytest.mark.anyio

CALLER = Caller("key", "first", "afk_", "user", "me@example.com", Role.OWNER, "team", test=False)


class Table:
    """What is read, and which reads there were."""

    def __init__(self) -> None:
        self.values = dict.fromkeys("abc", 0)
        self.ended: set[str] = set()
        self.reads: list[set[str]] = []
        self.broken = False

    async def read(self, names: Collection[str]) -> dict[str, Seen[int]]:
        self.reads.append(set(names))
        if self.broken:
            raise RuntimeError("nothing can be read")
        return {name: Seen(self.values[name], name in self.ended) for name in names if name in self.values}


@contextlib.asynccontextmanager
async def polling(
    table: Table, clock: Clock | None = None, look_again: float = 60.0
) -> AsyncIterator[tuple[Poller[str, int], Notifier]]:
    clock = clock or ManualClock()
    poller: Poller[str, int] = Poller(clock, look_again=look_again, settle=0.0)
    notifier = Notifier(clock)
    running = asyncio.create_task(poller.run(notifier, table.read))
    await asyncio.sleep(0)
    yield poller, notifier
    notifier.close()
    await running


async def test_all_who_watch_share_one_read_and_a_ring_reads_its_own_thing() -> None:
    table = Table()
    async with polling(table) as (poller, notifier), contextlib.AsyncExitStack() as stack:
        watchers = [stack.enter_context(poller.subscribe(CALLER, "abc")) for _ in range(50)]
        assert [sorted(await one.next(5) or ()) for one in watchers] == [[0, 0, 0]] * 50
        assert table.reads == [{"a", "b", "c"}]
        table.values["b"] = 7
        notifier.notify("b")
        notifier.notify("elsewhere")
        assert [await one.next(5) for one in watchers] == [[7]] * 50
        assert table.reads[1:] == [{"b"}]
    assert not poller.watches


async def test_a_ring_that_got_lost_is_made_up_for() -> None:
    table, clock = Table(), ManualClock()
    async with polling(table, clock, look_again=3) as (poller, _):
        with poller.subscribe(CALLER, "a") as watcher:
            assert await watcher.next(5) == [0]
            table.values["a"] = 1
            told = asyncio.create_task(watcher.next(5))
            await settled()
            clock.advance(2_999)
            await settled()
            assert not told.done()
            clock.advance(1)
            assert await told == [1]
            told = asyncio.create_task(watcher.next(4))
            await settled()
            clock.advance(4 * SECOND)
            assert await told == []  # the same again is no change


async def test_a_slow_reader_finds_the_newest_and_never_misses_an_end() -> None:
    table = Table()
    async with polling(table) as (poller, notifier):
        with poller.subscribe(CALLER, "ab") as slow, poller.subscribe(CALLER, "ab") as quick:
            await quick.next(5)
            for number in range(1, 6):
                table.values["a"] = number
                table.ended = {"a"} if number == 5 else set()
                notifier.notify("a")
                assert await quick.next(5) == [number]
            assert sorted(await slow.next(5) or ()) == [0, 5]
            del table.values["b"]
            notifier.notify("b")
            assert await slow.next(5) is None
        notifier.notify("a")
        assert len(table.reads) == 7  # nobody watches what has ended or is gone


async def test_a_fault_ends_whom_it_leaves_without_news_is_logged_once_and_passes() -> None:
    table = Table()
    async with polling(table) as (poller, notifier):
        with contextlib.ExitStack() as stack:
            watchers = [stack.enter_context(poller.subscribe(CALLER, "a")) for _ in range(3)]
            other = stack.enter_context(poller.subscribe(CALLER, "b"))
            for one in (*watchers, other):
                await one.next(5)
            table.broken = True
            with capture_logs() as logs:
                notifier.notify("a")
                assert [await one.next(5) for one in watchers] == [None] * 3
            assert len(logs) == 1
            table.broken = False
            notifier.notify("b")
            table.values["b"] = 1
            assert await other.next(5) == [1]
            with poller.subscribe(CALLER, "a") as again:
                assert await again.next(5) == [0]


async def test_nobody_waits_for_a_server_that_goes_down() -> None:
    table = Table()
    async with polling(table) as (poller, notifier):
        with poller.subscribe(CALLER, "a") as watcher:
            await watcher.next(5)
            notifier.close()
            assert await watcher.next(60) is None
            with poller.subscribe(CALLER, "a") as late:
                assert await late.next(60) is None

"""Concurrency limits: in total, and per name (a team, a key, an address).

`hold` takes a slot or raises at once; `wait` queues for one, and the name with the fewest slots comes first. A name at
its limit does not block others. For one event loop; processes do not share slots.
"""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager


class Full(Exception):
    """No slot is free, and the queue is full."""


class Slots:
    """At most `most` slots in total, `each` per name, and `waiting` queued per name."""

    def __init__(self, most: int, *, each: int | None = None, waiting: int | None = None) -> None:
        self.most, self.each, self.waiting = most, each or most, waiting
        self._taken: Counter[str] = Counter()
        self._queue: deque[tuple[str, asyncio.Future[None]]] = deque()

    @property
    def in_use(self) -> int:
        return self._taken.total()

    def taken_by(self, name: str) -> int:
        return self._taken[name]

    @contextmanager
    def hold(self, name: str = "") -> Iterator[None]:
        """A slot until the block ends; raises Full when there is none."""
        if not self._free_for(name):
            raise Full
        self._taken[name] += 1
        try:
            yield
        finally:
            self._give_back(name)

    @asynccontextmanager
    async def wait(self, name: str = "") -> AsyncIterator[None]:
        """The same, queued; raises Full when the queue of this name is full."""
        await self._take_in_turn(name)
        try:
            yield
        finally:
            self._give_back(name)

    async def _take_in_turn(self, name: str) -> None:
        if self._free_for(name):
            self._taken[name] += 1
            return
        if self.waiting is not None and sum(one == name for one, _ in self._queue) >= self.waiting:
            raise Full
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        entry = (name, turn)
        self._queue.append(entry)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._give_back(name)  # it got the slot in the moment it was cancelled
            else:
                self._queue.remove(entry)
            raise

    def _free_for(self, name: str) -> bool:
        return self.in_use < self.most and self._taken[name] < self.each

    def _give_back(self, name: str) -> None:
        self._taken[name] -= 1
        if not self._taken[name]:
            del self._taken[name]  # names are untrusted and unlimited
        while entry := self._next():
            self._queue.remove(entry)
            next_name, turn = entry
            if not turn.done():
                self._taken[next_name] += 1
                turn.set_result(None)

    def _next(self) -> tuple[str, asyncio.Future[None]] | None:
        """The longest waiter among the names with the fewest slots."""
        free = (entry for entry in self._queue if self._free_for(entry[0]))
        return min(free, key=lambda entry: self._taken[entry[0]], default=None)

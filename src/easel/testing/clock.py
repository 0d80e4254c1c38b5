"""A clock that only moves when told."""

import asyncio
import contextlib
import heapq
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

from easel.kit.clock import SECOND, Clock, Timeout, Timer


class ManualClock(Clock):
    """Starts at `now` (milliseconds since 1970) and stays there. What waits by it ends only when it has moved on."""

    def __init__(self, now: int = 1_800_000_000_000) -> None:
        self._now = now
        self._passed = 0
        self._timers: list[tuple[int, int, _Timer]] = []
        self._numbers = itertools.count()

    def now(self) -> int:
        return self._now

    def monotonic(self) -> float:
        return self._passed / SECOND

    def advance(self, ms: int) -> None:
        """Move on by so much; what is due meanwhile happens in order, each at its own moment."""
        until = self._passed + ms
        while self._timers and self._timers[0][0] <= until:
            due, _, timer = heapq.heappop(self._timers)
            self._move_to(due)
            timer.ring()
        self._move_to(until)

    def jump(self, ms: int) -> None:
        """Tell another time, as a clock that is set: nothing that waits is any nearer to its end."""
        self._now += ms

    @property
    def waiting(self) -> list[float]:
        """The seconds until each wait ends, the first to end first."""
        return [(due - self._passed) / SECOND for due, _, timer in sorted(self._timers) if timer.callback]

    async def sleep(self, seconds: float) -> None:
        over = asyncio.Event()
        timer = self.call_later(seconds, over.set)
        try:
            await over.wait()
        finally:
            timer.cancel()

    def timeout(self, seconds: float | None) -> AbstractAsyncContextManager[Timeout]:
        return _timeout(self, seconds)

    def call_later(self, seconds: float, callback: Callable[[], object]) -> Timer:
        timer, milliseconds = _Timer(callback), round(seconds * SECOND)
        if milliseconds > 0:
            heapq.heappush(self._timers, (self._passed + milliseconds, next(self._numbers), timer))
        else:
            asyncio.get_running_loop().call_soon(timer.ring)
        return timer

    def _move_to(self, passed: int) -> None:
        self._now += passed - self._passed
        self._passed = passed


class _Timer:
    def __init__(self, callback: Callable[[], object]) -> None:
        self.callback: Callable[[], object] | None = callback

    def cancel(self) -> None:
        self.callback = None

    def ring(self) -> None:
        if self.callback:
            self.callback()


class _Timeout:
    """An `asyncio.Timeout` that ends by the clock it is of."""

    def __init__(self, clock: ManualClock, inner: asyncio.Timeout) -> None:
        self._clock, self._inner = clock, inner
        self._when: float | None = None
        self._timer: Timer | None = None

    def when(self) -> float | None:
        return self._when

    def reschedule(self, when: float | None) -> None:
        self.cancel()
        self._when = when
        if when is not None:
            self._timer = self._clock.call_later(when - self._clock.monotonic(), self._end)

    def expired(self) -> bool:
        return self._inner.expired()

    def cancel(self) -> None:
        if self._timer:
            self._timer.cancel()

    def _end(self) -> None:
        self._inner.reschedule(asyncio.get_running_loop().time())


@contextlib.asynccontextmanager
async def _timeout(clock: ManualClock, seconds: float | None) -> AsyncIterator[Timeout]:
    async with asyncio.timeout(None) as inner:
        timeout = _Timeout(clock, inner)
        timeout.reschedule(None if seconds is None else clock.monotonic() + seconds)
        try:
            yield timeout
        finally:
            timeout.cancel()

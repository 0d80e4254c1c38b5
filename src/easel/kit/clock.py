"""What time it is, and everything that waits for a time to come.

Moments are whole milliseconds since 1970 in UTC: exact, sortable, the same in every database. Waits are seconds.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from datetime import UTC, datetime
from typing import Protocol

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


class Timer(Protocol):
    """A call that has not been made yet."""

    def cancel(self) -> None: ...


class Timeout(Protocol):
    """The end of a wait, as `asyncio.Timeout`. Moments are those of `Clock.monotonic`; None is never."""

    def when(self) -> float | None: ...

    def reschedule(self, when: float | None) -> None: ...

    def expired(self) -> bool: ...


class Clock:
    """The clock that everything waits by. A subclass may tell another time (see `easel.testing`)."""

    def now(self) -> int:
        """Milliseconds since 1970 in UTC."""
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        """Seconds since some moment. Unlike `now`, it never jumps."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def timeout(self, seconds: float | None) -> AbstractAsyncContextManager[Timeout]:
        """Raises TimeoutError in the block once it has lasted for so long."""
        return asyncio.timeout(seconds)

    def call_later(self, seconds: float, callback: Callable[[], object]) -> Timer:
        return asyncio.get_running_loop().call_later(seconds, callback)

    @contextmanager
    def paused(self, timeout: Timeout) -> Iterator[None]:
        """The time this block takes does not count for the timeout."""
        when, began = timeout.when(), self.monotonic()
        timeout.reschedule(None)
        try:
            yield
        finally:
            if when is not None:
                timeout.reschedule(when + self.monotonic() - began)

    async def sync(self) -> None:
        """Follow the clock that counts, where it is another one than the host's."""


def iso(ms: int | None) -> str | None:
    """`2026-11-22T09:30:00.123Z`: ISO 8601 in UTC with milliseconds; None stays None."""
    if ms is None:
        return None
    return datetime.fromtimestamp(ms / 1_000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def iso_day(day: int) -> str:
    """`2026-11-22`, from the number of days since 1970 in UTC."""
    return datetime.fromtimestamp(day * DAY / SECOND, UTC).date().isoformat()

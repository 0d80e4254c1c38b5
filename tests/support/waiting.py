"""The one way to wait in a test: for something to come true, however busy the machine is."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import Any

LONGEST = 60.0  # far longer than anything takes: who waits for so long waits in vain


async def until(is_so: Callable[[], Any | Awaitable[Any]], *, every: float = 0.01) -> Any:
    """The first true answer of `is_so`, which may be a coroutine function; raises TimeoutError if none comes."""
    end = time.monotonic() + LONGEST
    while True:
        answer = is_so()
        if answer := await answer if inspect.isawaitable(answer) else answer:
            return answer
        if time.monotonic() > end:
            raise TimeoutError("it never came true")
        await asyncio.sleep(every)


def block_until(is_so: Callable[[], Any], *, every: float = 0.02) -> Any:
    """The same in a test without an event loop."""
    end = time.monotonic() + LONGEST
    while not (answer := is_so()):
        if time.monotonic() > end:
            raise TimeoutError("it never came true")
        time.sleep(every)
    return answer


async def settled(turns: int = 10) -> None:
    """Return when all that is ready to run in this event loop has run. Not for what other threads have under way."""
    for _ in range(turns):
        await asyncio.sleep(0)

"""A clock that runs ahead of the real one: for stories with real connections in which Easel waits for long."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from easel.kit.clock import HOUR, Clock
from easel.kit.tasks import end_tasks
from easel.testing import ManualClock

STEP = 50  # milliseconds of the clock for one of ours


@contextlib.asynccontextmanager
async def hurried() -> AsyncIterator[ManualClock]:
    """Of this clock, a minute passes in about two seconds, and more slowly where the event loop is busy.

    It begins an hour ago, so that nothing a vendor's double notes lies before what it was asked for.
    """
    clock = ManualClock(Clock().now() - HOUR)

    async def run() -> None:
        while True:
            clock.advance(STEP)
            await asyncio.sleep(0.001)

    running = asyncio.create_task(run())
    try:
        yield clock
    finally:
        await end_tasks(running)

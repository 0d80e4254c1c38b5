"""Retries for a database or store that is temporarily unavailable, so that no generated image is lost."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import structlog

Result = TypeVar("Result")

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0

log = structlog.get_logger()


async def run_with_retry(
    action: Callable[[], Awaitable[Result]],
    *,
    on: type[Exception] | tuple[type[Exception], ...],
) -> Result:
    """Run `action` until it does not fail with `on`. Only for work that ends when the server stops."""
    pause = FIRST_PAUSE
    while True:
        try:
            return await action()
        except on as error:
            if pause == FIRST_PAUSE:  # once, however long it lasts
                log.warning("retrying until it succeeds", error=str(error))
        await asyncio.sleep(min(pause, LONGEST_PAUSE))
        pause *= 2


async def retry_forever(action: Callable[[], Awaitable[Result]], pauses: Sequence[float]) -> Result:
    """Run `action` until it does not raise. `pauses` are the seconds before each further run; the last one repeats."""
    runs = 0
    while True:
        try:
            return await action()
        except Exception:
            pause = pauses[min(runs, len(pauses) - 1)]
            log.exception("job run failed unexpectedly; retrying", pause=pause)
        runs += 1
        await asyncio.sleep(pause)

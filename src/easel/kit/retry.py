"""Retries for a database or store that is temporarily unavailable, so that no generated image is lost."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

import structlog

Result = TypeVar("Result")

PAUSES = (0.1, 0.5, 1.0, 2.0, 5.0)

log = structlog.get_logger()


async def run_with_retry(
    action: Callable[[], Awaitable[Result]],
    *,
    on: type[Exception] | tuple[type[Exception], ...],
    deadline: asyncio.Timeout | None = None,
) -> Result:
    """Run `action` again until it does not fail with `on`; only in the pipeline, which ends when the server stops.

    The time does not count for the `deadline`.
    """
    with paused(deadline) if deadline else contextlib.nullcontext():
        return await _run_with_retry(action, on)


@contextlib.contextmanager
def paused(deadline: asyncio.Timeout) -> Iterator[None]:
    """Pause a deadline meanwhile: paid results are not abandoned because a database is unavailable."""
    when, time = deadline.when(), asyncio.get_running_loop().time
    began = time()
    deadline.reschedule(None)
    try:
        yield
    finally:
        if when is not None:
            deadline.reschedule(when + time() - began)


async def _run_with_retry(
    action: Callable[[], Awaitable[Result]], on: type[Exception] | tuple[type[Exception], ...]
) -> Result:
    attempt = 0
    while True:
        try:
            return await action()
        except on as error:
            pause = PAUSES[min(attempt, len(PAUSES) - 1)]
            log.warning("retrying", error=str(error), pause=pause)
            attempt += 1
        await asyncio.sleep(pause)

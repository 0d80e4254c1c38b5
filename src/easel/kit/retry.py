"""Patience: a database or a store that is away for a moment must not cost a picture that is already painted."""

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
    """Do `action` until it does not fail with `on`; for the road only, which ends when the server stops.

    The seconds it takes do not count for the `deadline` it is under.
    """
    with paused(deadline) if deadline else contextlib.nullcontext():
        return await _run_with_retry(action, on)


@contextlib.contextmanager
def paused(deadline: asyncio.Timeout) -> Iterator[None]:
    """Stop a deadline's clock meanwhile: what is paid for is not given up because a database is away."""
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
            log.warning("trying again", error=str(error), pause=pause)
            attempt += 1
        await asyncio.sleep(pause)

"""Retries for a database or store that is temporarily unavailable, so that no generated image is lost."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import structlog
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, wait_chain, wait_exponential, wait_fixed

Result = TypeVar("Result")

LONGEST_PAUSE = 5.0

log = structlog.get_logger()


async def run_with_retry(
    action: Callable[[], Awaitable[Result]],
    *,
    on: type[Exception] | tuple[type[Exception], ...],
) -> Result:
    """Run `action` until it does not fail with `on`. Only for work that ends when the server stops."""
    wait = wait_exponential(multiplier=0.1, max=LONGEST_PAUSE)
    return await _retry(action, AsyncRetrying(retry=retry_if_exception_type(on), wait=wait, before_sleep=_warn))


async def retry_forever(action: Callable[[], Awaitable[Result]], pauses: Sequence[float]) -> Result:
    """Run `action` until it does not raise. `pauses` are the seconds before each further run; the last one repeats."""
    wait = wait_chain(*map(wait_fixed, pauses))
    return await _retry(action, AsyncRetrying(wait=wait, before_sleep=_report))


async def _retry(action: Callable[[], Awaitable[Result]], retrying: AsyncRetrying) -> Result:
    async def attempt() -> Result:
        return await action()

    return await retrying(attempt)


def _warn(state: RetryCallState) -> None:
    """Once, however long it lasts."""
    if state.attempt_number == 1:
        log.warning("retrying until it succeeds", error=str(_error(state)))


def _report(state: RetryCallState) -> None:
    log.error("job run failed unexpectedly; retrying", exc_info=_error(state), pause=state.upcoming_sleep)


def _error(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None

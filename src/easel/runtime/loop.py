"""Running the handler of one job to its end, whichever engine does it: a handler that breaks is walked again."""

import asyncio
import itertools
from collections.abc import Sequence

import structlog

from easel.runtime.base import JobHandler

log = structlog.get_logger()


async def run_until_done(handler: JobHandler, job_id: str, pauses: Sequence[float]) -> None:
    """Return when the handler does. `pauses` are the seconds before each further run; the last one goes on."""
    with structlog.contextvars.bound_contextvars(job_id=job_id):
        for attempt in itertools.count():
            try:
                await handler(job_id)
                return
            except Exception:
                pause = pauses[min(attempt, len(pauses) - 1)]
                log.exception("the handler broke; it will be run again", pause=pause)
                await asyncio.sleep(pause)

"""Running the road of one job to its end, whichever engine does it: a road that breaks is walked again."""

import asyncio
import itertools
from collections.abc import Sequence

import structlog

from easel.runtime.base import Road

log = structlog.get_logger()


async def run_until_done(road: Road, job_id: str, pauses: Sequence[float]) -> None:
    """Return when the road does. `pauses` are the seconds before each further run; the last one goes on."""
    with structlog.contextvars.bound_contextvars(job_id=job_id):
        for attempt in itertools.count():
            try:
                await road(job_id)
                return
            except Exception:
                pause = pauses[min(attempt, len(pauses) - 1)]
                log.exception("the road broke; it will be run again", pause=pause)
                await asyncio.sleep(pause)

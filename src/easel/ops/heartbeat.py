"""What every process does for itself, whatever it is for: it keeps the time, is seen by the others, and writes down
which keys were used.
"""

import asyncio
import itertools
import os
import time
from collections.abc import Callable

import structlog

from easel.db.engine import TRANSIENT_ERRORS
from easel.jobs.load import get_job
from easel.kit.memory import give_back
from easel.services import Services

HEARTBEAT_SECONDS = 10.0
ROUNDS_A_MINUTE = 6
# A process that did nothing for this much of the time after which it counts as dead is about to be taken for dead.
LATE = 0.75
EXIT_LATE = 75

log = structlog.get_logger()


async def run_heartbeat(services: Services) -> None:
    """Until the notifier is closed. A database that is away for a moment is asked again at the next round."""
    with services.notifier.subscribe("house") as subscription:
        for number in itertools.count():
            try:
                await services.runtime.record_heartbeat(services.process, services.clock.now())
                if number and number % ROUNDS_A_MINUTE == 0:
                    await services.clock.sync()
                    await services.last_used.write_down(services.db)
                    await resume_held_answers(services)
                    await asyncio.to_thread(give_back)
            except TRANSIENT_ERRORS as error:
                log.warning("keeping house failed; again soon", error=str(error))
            if services.notifier.closed:
                return
            await subscription.wait(HEARTBEAT_SECONDS)


async def resume_held_answers(services: Services) -> None:
    """Answers on this process's disk: go on with those whose jobs were taken from it, forget those of final ones."""
    for job_id in services.held.jobs():
        async with services.db.read() as connection:
            job = await get_job(connection, job_id)
        if job is not None and job.status.final:
            services.held.forget(job_id)
        elif job is not None:
            services.queue.take_up(job_id)


async def sign_off(services: Services) -> None:
    """Leave nothing behind: the keys used, and a process that is gone."""
    try:
        await services.last_used.write_down(services.db)
        await services.runtime.remove_process(services.process)
    except TRANSIENT_ERRORS as error:
        log.warning("the database is away at the end", error=str(error))


def _end_at_once() -> None:
    os._exit(EXIT_LATE)


async def watchdog(beat: float, dead_after: float, *, end: Callable[[], None] = _end_at_once) -> None:
    """End this process when it was stopped for so long that others are about to take its jobs up, or have.

    A database that is away is no reason: then nobody is heard, and what is painted meanwhile must not be lost.
    """
    last = _seconds()
    while True:
        await asyncio.sleep(beat)
        now = _seconds()
        if now - last > LATE * dead_after:
            log.critical(
                "this process was stopped for too long; its jobs go on elsewhere", seconds=round(now - last, 1)
            )
            end()
        last = now


def _seconds() -> float:
    """Time that also passes while the machine sleeps, where it can be told."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()

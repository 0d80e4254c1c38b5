"""Background work of every process: follow the database's clock, record a heartbeat, and write when keys were used."""

import asyncio
import itertools
import os
import time
from collections.abc import Callable

import structlog

from easel.db.engine import TRANSIENT_ERRORS
from easel.jobs.load import get_job
from easel.kit.clock import Clock
from easel.kit.memory import give_back
from easel.runtime.process import DEAD_AFTER
from easel.services import Services

HEARTBEAT_SECONDS = 10.0
ROUNDS_A_MINUTE = 6
# A process that paused for this share of the time after which it counts as dead is about to count as dead.
LATE = 0.75
EXIT_LATE = 75

log = structlog.get_logger()


async def run_heartbeat(services: Services) -> None:
    """Runs until the notifier is closed. When the database is unavailable, the next round retries."""
    with services.notifier.subscribe("heartbeat") as subscription:
        for number in itertools.count():
            try:
                await services.runtime.record_heartbeat(services.process, services.clock.now())
                if number and number % ROUNDS_A_MINUTE == 0:
                    await services.clock.sync()
                    await services.last_used.write_down(services.db)
                    await resume_held_answers(services)
                    await asyncio.to_thread(give_back)
            except TRANSIENT_ERRORS as error:
                log.warning("heartbeat failed; retrying", error=str(error))
            if services.notifier.closed:
                return
            await subscription.wait(HEARTBEAT_SECONDS)


async def resume_held_answers(services: Services) -> None:
    """Provider responses on this process's disk: continue with jobs taken from it, delete those of ended jobs."""
    for job_id in services.held.jobs():
        job = await services.db.read(get_job, job_id)
        if job is not None and job.status.final:
            await services.held.forget(job_id)
        elif job is not None:
            services.queue.take_up(job_id)


async def sign_off(services: Services) -> None:
    """Write the used keys and delete the process's row."""
    try:
        await services.last_used.write_down(services.db)
        await services.runtime.remove_process(services.process)
    except TRANSIENT_ERRORS as error:
        log.warning("database unavailable at shutdown", error=str(error))


def _seconds() -> float:
    """A clock that also runs while the machine sleeps, where available."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


def _end_at_once() -> None:
    os._exit(EXIT_LATE)


async def watchdog(
    clock: Clock,
    *,
    beat: float = 1.0,
    dead_after: float = DEAD_AFTER,
    seconds: Callable[[], float] = _seconds,
    end: Callable[[], None] = _end_at_once,
) -> None:
    """End this process after a pause so long that other processes have taken its jobs, or are about to.

    An unavailable database is no reason: then no process is heard, and images generated meanwhile must not be lost.
    """
    last = seconds()
    while True:
        await clock.sleep(beat)
        now = seconds()
        if now - last > LATE * dead_after:
            log.critical(
                "this process was paused for too long; its jobs continue elsewhere", seconds=round(now - last, 1)
            )
            end()
        last = now

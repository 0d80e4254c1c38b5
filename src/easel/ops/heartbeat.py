"""What every process does for itself, whatever it is for: it keeps the time, is seen by the others, and writes down
which keys were used.
"""

import asyncio
import itertools
import os
import time
from collections.abc import Callable

import structlog

from easel.db.clock import DatabaseClock
from easel.db.engine import PASSING
from easel.jobs.load import get_job
from easel.kit.memory import give_back
from easel.runtime.process import be_gone, be_seen
from easel.services import Stations

SEEN_EVERY = 10.0
ROUNDS_A_MINUTE = 6
# A process that did nothing for this much of the time after which it counts as dead is about to be taken for dead.
LATE = 0.75
EXIT_LATE = 75

log = structlog.get_logger()


async def keep_house(stations: Stations) -> None:
    """Until the bell is closed. A database that is away for a moment is asked again at the next round."""
    with stations.bell.listening("house") as ear:
        for number in itertools.count():
            try:
                await show_presence(stations)
                if number and number % ROUNDS_A_MINUTE == 0:
                    await keep_time(stations)
                    await stations.last_used.write_down(stations.db)
                    await see_to_held(stations)
                    await asyncio.to_thread(give_back)
            except PASSING as error:
                log.warning("keeping house failed; again soon", error=str(error))
            if stations.bell.closed:
                return
            await ear.wait(SEEN_EVERY)


async def see_to_held(stations: Stations) -> None:
    """Answers on this process's disk: go on with those whose jobs were taken from it, forget those of final ones."""
    for job_id in stations.held.jobs():
        async with stations.db.read() as connection:
            job = await get_job(connection, job_id)
        if job is not None and job.status.final:
            stations.held.forget(job_id)
        elif job is not None:
            stations.engine.take_up(job_id)


async def leave_house(stations: Stations) -> None:
    """Leave nothing behind: the keys used, and a process that is gone."""
    try:
        await stations.last_used.write_down(stations.db)
        if stations.db.dialect == "postgresql":
            async with stations.db.write() as tx:
                await be_gone(tx, stations.process)
    except PASSING as error:
        log.warning("the database is away at the end", error=str(error))


async def keep_time(stations: Stations) -> None:
    if isinstance(stations.clock, DatabaseClock):
        await stations.clock.set()


async def show_presence(stations: Stations) -> None:
    if stations.db.dialect == "postgresql":
        async with stations.db.write() as tx:
            await be_seen(tx, stations.process, stations.clock.now())


def _end_at_once() -> None:
    os._exit(EXIT_LATE)


async def end_when_late(beat: float, dead_after: float, *, end: Callable[[], None] = _end_at_once) -> None:
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

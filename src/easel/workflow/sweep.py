"""Once a minute: what must not be forgotten, and what must not be kept for ever."""

import asyncio
import itertools

import structlog

from easel.accounts.ratelimit import forget_old_counts
from easel.accounts.sessions import forget_old_sessions
from easel.domain import JobState
from easel.errors import DeadlineExceeded
from easel.jobs.admission import admit_waiting
from easel.jobs.files import expired_files, forget_files
from easel.jobs.idempotency import forget_old
from easel.jobs.read import overdue_jobs, teams_waiting, unfinished_jobs
from easel.kit.clock import DAY, SECOND
from easel.webhooks.outbox import forget_old_news
from easel.workflow.end import Outcome, end
from easel.workflow.line import forget_dead_places
from easel.workflow.names import copy_keys
from easel.workflow.orphans import ORPHAN_AGE, orphans
from easel.workflow.process import forget_gone
from easel.workflow.stations import Stations

log = structlog.get_logger()

EVERY_SECONDS = 60
# A run that passed its deadline ends the job itself; the sweep gives it this long before it does so instead.
GRACE = 30 * SECOND
NEWS_KEPT = 30 * DAY
# Looking for orphans lists the whole store: once an hour, and not while the server is starting.
ORPHANS_AT = 30


async def sweep_for_ever(stations: Stations) -> None:
    """Sweep each minute; a fault is logged and the next minute tries again."""
    for minute in itertools.count():
        await asyncio.sleep(EVERY_SECONDS)
        try:
            async with stations.db.if_nobody_else("sweep") as mine:
                if not mine:
                    continue
                await sweep(stations)
                if minute % 60 == ORPHANS_AT:
                    await purge_orphans(stations)
        except Exception:
            log.exception("the sweep broke")


async def sweep(stations: Stations) -> None:
    await end_overdue_jobs(stations)
    await run_forgotten_jobs(stations)
    await purge_expired_files(stations)
    now = stations.clock.now()
    async with stations.db.write() as tx:
        await forget_old(tx, now)
        await forget_old_sessions(tx, now)
        await forget_old_news(tx, before=now - NEWS_KEPT)
        await forget_old_counts(tx, now)
        await forget_dead_places(tx, now)
        await forget_gone(tx, now)


async def end_overdue_jobs(stations: Stations) -> None:
    async with stations.db.read() as connection:
        overdue = await overdue_jobs(connection, stations.clock.now() - GRACE)
    for job in overdue:
        failure = DeadlineExceeded("The job ran out of time; nothing was charged.")
        await end(stations, job, Outcome(JobState.FAILED, failure=failure))


async def run_forgotten_jobs(stations: Stations) -> None:
    """Admit what a raised limit makes room for, and promise the engine again what it may have lost."""
    async with stations.db.read() as connection:
        waiting, unfinished = await teams_waiting(connection), await unfinished_jobs(connection)
    async with stations.db.write() as tx:
        for team_id in waiting:
            unfinished = [*unfinished, *await admit_waiting(tx, team_id, stations.clock.now())]
        await stations.engine.enqueue_forgotten(tx, unfinished)


async def purge_expired_files(stations: Stations) -> None:
    while True:
        async with stations.db.read() as connection:
            gone = await expired_files(connection, stations.clock.now())
        if not gone:
            return
        for file in gone:
            await stations.storage.delete(file.key)
            for key in copy_keys(file.name):
                await stations.storage.delete(key)
        async with stations.db.write() as tx:
            await forget_files(tx, gone)
        log.info("purged expired files", count=len(gone))


async def purge_orphans(stations: Stations) -> None:
    async with stations.db.read() as connection:
        found = await orphans(connection, stations.storage, stations.clock.now() - ORPHAN_AGE)
    for key in found:
        await stations.storage.delete(key)
    if found:
        log.info("purged orphans", count=len(found))

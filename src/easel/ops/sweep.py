"""Once a minute: what must not be forgotten, and what must not be kept for ever.

What is deleted for good goes by the trusted time (`trusted_time.py`), and objects go only from the store that is known
to be this database's (`installation.py`).
"""

import asyncio
import itertools

import structlog

from easel.accounts.ratelimit import forget_old_counts
from easel.accounts.sessions import forget_old_sessions
from easel.domain import JobState
from easel.errors import DeadlineExceeded
from easel.files.names import copy_keys
from easel.files.rows import delete_files, expired_files
from easel.jobs.admission import admit_waiting
from easel.jobs.idempotency import forget_old
from easel.jobs.load import overdue_jobs, teams_waiting, unfinished_jobs
from easel.jobs.write import mark_expired
from easel.kit.clock import DAY, SECOND, iso
from easel.ops.installation import bind
from easel.ops.orphans import ORPHAN_AGE, Orphans, orphans
from easel.ops.trusted_time import Counter, TrustedTime, next_trusted_time
from easel.pipeline.finalize import JobResult, finalize
from easel.runtime.postgres.fair_queue import delete_stale_entries
from easel.services import Services
from easel.storage import Storage
from easel.webhooks.outbox import forget_old_news

log = structlog.get_logger()

EVERY_SECONDS = 60
# A run that passed its deadline ends the job itself; the sweep gives it this long before it does so instead.
GRACE = 30 * SECOND
NEWS_KEPT = 30 * DAY
# Looking for orphans lists the whole store: once an hour, and not while the server is starting.
ORPHANS_AT = 30


async def sweep_for_ever(services: Services) -> None:
    """Sweep each minute; a fault is logged and the next minute tries again."""
    since = Counter()
    for minute in itertools.count():
        await asyncio.sleep(EVERY_SECONDS)
        try:
            async with services.db.try_lock("sweep") as mine:
                if not mine:
                    since.restart()  # somebody is sweeping
                    continue
                time = await sweep(services, since)
                if minute % 60 == ORPHANS_AT:
                    await purge_orphans(services, time.trusted_at)
        except Exception:
            log.exception("the sweep broke")


async def sweep(services: Services, since: Counter) -> TrustedTime:
    """`since` counts from this process's last sweep; the time that was gone by."""
    time = await look_at_clock(services, since)
    await end_overdue_jobs(services, time)
    await run_forgotten_jobs(services)
    await purge_expired_files(services, time.trusted_at)
    now = services.clock.now()
    async with services.db.write() as tx:
        await forget_old(tx, time.trusted_at)
        await forget_old_sessions(tx, time.trusted_at)
        await forget_old_news(tx, before=time.trusted_at - NEWS_KEPT)
        await forget_old_counts(tx, now)
        await delete_stale_entries(tx, now)
    await services.runtime.delete_stale_processes(now)
    return time


async def look_at_clock(services: Services, since: Counter) -> TrustedTime:
    now = services.clock.now()
    async with services.db.write() as tx:
        time = await next_trusted_time(tx, now, since.milliseconds)
    since.restart()
    if time.trusted_at and time.doubted_at == now:
        log.warning("the clock has jumped, or no server ran: nothing old is deleted for a day", clock=iso(now))
    return time


async def end_overdue_jobs(services: Services, time: TrustedTime) -> None:
    """Not while the clock is in doubt for less than a job may take: runs end their jobs by counters of their own."""
    longest = services.settings.job_deadline_seconds * SECOND
    if time.doubted_at is not None and time.swept_at - time.doubted_at < longest:
        return
    async with services.db.read() as connection:
        overdue = await overdue_jobs(connection, services.clock.now() - GRACE)
    for job in overdue:
        failure = DeadlineExceeded("The job ran out of time; nothing was charged.")
        await finalize(services, job, JobResult(JobState.FAILED, failure=failure))


async def run_forgotten_jobs(services: Services) -> None:
    """Admit what a raised limit makes room for, and promise the engine again what it may have lost."""
    async with services.db.read() as connection:
        waiting, unfinished = await teams_waiting(connection), await unfinished_jobs(connection)
    async with services.db.write() as tx:
        for team_id in waiting:
            unfinished = [*unfinished, *await admit_waiting(tx, team_id, services.clock.now())]
        await services.queue.enqueue_forgotten(tx, unfinished)


async def purge_expired_files(services: Services, before: int) -> None:
    while True:
        async with services.db.read() as connection:
            gone = await expired_files(connection, before)
        if not gone:
            return
        for file in gone:
            await services.storage.delete(file.key)
            for key in copy_keys(file.name):
                await services.storage.delete(key)
        async with services.db.write() as tx:
            await mark_expired(tx, await delete_files(tx, gone))
        log.info("purged expired files", count=len(gone))


async def purge_orphans(services: Services, now: int) -> None:
    """Delete what no row names, if the store is this database's and it is little of it."""
    if problem := await bind(services.db, services.storage):
        log.error("objects that no row names are left alone", why=problem)
        return
    async with services.db.read() as connection:
        found = await orphans(connection, services.storage, now - ORPHAN_AGE)
    if found.are_many(services.settings.max_orphan_percent):
        why = "They are more than EASEL_MAX_ORPHAN_PERCENT: are rows missing? `easel store purge` deletes them."
        log.error("objects that no row names are left alone", why=why, count=len(found.keys), of=found.objects)
        return
    await delete_orphans(services.storage, found)


async def delete_orphans(storage: Storage, found: Orphans) -> None:
    for key in found.keys:
        await storage.delete(key)
    if found.keys:
        log.info("purged orphans", count=len(found.keys))

"""Periodic work, once per minute: expired jobs and files, missed steps, and orphans.

Permanent deletion follows the trusted time (`trusted_time.py`), and objects are deleted only from a store that is known
to be this database's (`installation.py`).
"""

import itertools
from collections.abc import Sequence

import structlog

from easel.accounts.ratelimit import forget_old_counts
from easel.accounts.sessions import forget_old_sessions
from easel.db.engine import Transaction
from easel.domain import JobState
from easel.errors import DeadlineExceeded
from easel.files.names import copy_keys
from easel.files.rows import FileRow, delete_files, expired_files
from easel.jobs.admission import admit_waiting
from easel.jobs.idempotency import forget_old
from easel.jobs.load import overdue_jobs, teams_waiting, unfinished_jobs
from easel.jobs.write import mark_expired
from easel.kit.clock import DAY, SECOND, iso
from easel.ops.installation import bind
from easel.ops.orphans import ORPHAN_AGE, Orphans, orphans
from easel.ops.trusted_time import Counter, TrustedTime, next_trusted_time
from easel.pipeline.fetch_inputs import resume_fetching
from easel.pipeline.finalize import JobResult, finalize
from easel.services import Services
from easel.storage import Storage
from easel.webhooks.outbox import delete_old_events

log = structlog.get_logger()

EVERY_SECONDS = 60
# A run ends its job at the deadline itself; the sweep does it this much later, if no run did.
GRACE = 30 * SECOND
EVENTS_KEPT = 30 * DAY
# The search for orphans lists the whole store: hourly, and not during the start.
ORPHANS_AT = 30


async def sweep_for_ever(services: Services) -> None:
    """Sweep each minute; errors are logged and the next minute retries."""
    since = Counter()
    for minute in itertools.count():
        await services.clock.sleep(EVERY_SECONDS)
        try:
            async with services.db.try_lock("sweep") as mine:
                if not mine:
                    since.restart()  # another process is sweeping
                    continue
                time = await sweep(services, since)
                if minute % 60 == ORPHANS_AT:
                    await purge_orphans(services, time.trusted_at)
        except Exception:
            log.exception("sweep failed")


async def sweep(services: Services, since: Counter) -> TrustedTime:
    """`since` counts from this process's last sweep; returns the trusted time used."""
    time = await look_at_clock(services, since)
    await end_overdue_jobs(services, time)
    await run_forgotten_jobs(services)
    await resume_fetching(services)
    await purge_expired_files(services, time.trusted_at)
    now = services.clock.now()

    def forget(tx: Transaction) -> None:
        forget_old(tx, time.trusted_at)
        forget_old_sessions(tx, time.trusted_at)
        delete_old_events(tx, before=time.trusted_at - EVENTS_KEPT)
        forget_old_counts(tx, now)
        services.runtime.delete_stale(tx, now)

    await services.db.write(forget)
    return time


async def look_at_clock(services: Services, since: Counter) -> TrustedTime:
    now = services.clock.now()
    time = await services.db.write(next_trusted_time, now, since.milliseconds)
    since.restart()
    if time.trusted_at and time.doubted_at == now:
        log.warning(
            "the clock has jumped, or no server was running: old files are not deleted for a day", clock=iso(now)
        )
    return time


async def end_overdue_jobs(services: Services, time: TrustedTime) -> None:
    """Skipped while the clock has been in doubt for less than a job's maximum time: runs have timers of their own."""
    longest = services.settings.job_deadline_seconds * SECOND
    if time.doubted_at is not None and time.swept_at - time.doubted_at < longest:
        return
    overdue = await services.db.read(overdue_jobs, services.clock.now() - GRACE)
    for job in overdue:
        failure = DeadlineExceeded("The job reached its deadline; not charged.")
        await finalize(services, job, JobResult(JobState.FAILED, failure=failure))


async def run_forgotten_jobs(services: Services) -> None:
    """Admit jobs that a raised limit has room for, and queue admitted jobs again that the queue may have lost."""
    waiting, unfinished = await services.db.read(teams_waiting), await services.db.read(unfinished_jobs)
    now = services.clock.now()

    def run(tx: Transaction) -> None:
        admitted = [job_id for team_id in waiting for job_id in admit_waiting(tx, team_id, now)]
        services.queue.enqueue_forgotten(tx, [*unfinished, *admitted])

    await services.db.write(run)


async def purge_expired_files(services: Services, before: int) -> None:
    while True:
        gone = await services.db.read(expired_files, before)
        if not gone:
            return
        for file in gone:
            await services.storage.delete(file.key)
            for key in copy_keys(file.name):
                await services.storage.delete(key)
        await services.db.write(_forget_files, gone)
        log.info("purged expired files", count=len(gone))


def _forget_files(tx: Transaction, gone: Sequence[FileRow]) -> None:
    mark_expired(tx, delete_files(tx, gone))


async def purge_orphans(services: Services, now: int) -> None:
    """Delete objects without a row, if the store is this database's and they are few."""
    if problem := await bind(services.db, services.storage):
        log.error("objects without a row are not deleted", why=problem)
        return
    orphaned = await orphans(services.db, services.storage, now - ORPHAN_AGE)
    if orphaned.are_many(services.settings.max_orphan_percent):
        why = "They exceed EASEL_MAX_ORPHAN_PERCENT: are rows missing? `easel store purge` deletes them."
        log.error("objects without a row are not deleted", why=why, count=len(orphaned.keys), of=orphaned.objects)
        return
    await delete_orphans(services.storage, orphaned)


async def delete_orphans(storage: Storage, found: Orphans) -> None:
    for key in found.keys:
        await storage.delete(key)
    if found.keys:
        log.info("purged orphans", count=len(found.keys))

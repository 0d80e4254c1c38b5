"""Watching jobs: their progress as it changes, until their ends. Read once for all who watch them in this process."""

import asyncio
import math
from collections import Counter
from collections.abc import AsyncGenerator, Collection, Iterator, Sequence
from typing import Any

import structlog
from sqlalchemy import Connection

from easel.accounts.callers import callers_of_keys
from easel.db.engine import TRANSIENT_ERRORS
from easel.domain import Caller, Scope
from easel.files.names import partial_path
from easel.files.rows import files_of_jobs
from easel.jobs.progress import Change, Progress, UsualDurations, progress_of
from easel.jobs.read import known_jobs
from easel.jobs.watch import JobGlance, glance_at_jobs, jobs_of_ids
from easel.kit.paging import batched
from easel.pipeline.events import end_of
from easel.runtime.poller import Poller, Seen
from easel.services import Services
from easel.webhooks.read import newest_event

HEARTBEAT = 15.0
PARTIAL_IMAGE = "partialImage"
CHECK_CALLERS = 30.0
AT_ONCE = 500  # jobs in one query

log = structlog.get_logger()


Changes = AsyncGenerator[Sequence[Change], None]


async def watch(services: Services, caller: Caller, job_ids: Sequence[str], *, seconds: float = math.inf) -> Changes:
    """The changes of some jobs as they come, the present states first; nothing at all when nothing changed for a while.

    Ends when all of them have. Ids that are not there, or not the caller's to see, are left out. Ends early when the
    server goes down or cannot look, after `seconds`, or when the caller's key ends or may see less: whoever connects
    again learns which.
    """
    until, shown = services.clock.monotonic() + seconds, Counter[str]()
    wanted = sorted({job_id.lower() for job_id in job_ids})
    known = await services.db.read(known_jobs, caller.scope, wanted)
    with services.job_poller.subscribe(caller, known) as subscription:
        while (left := until - services.clock.monotonic()) > 0:
            changes = await subscription.next(min(HEARTBEAT, left))
            if changes is None:
                return
            yield list(_with_partials(changes, shown))


def _with_partials(changes: Sequence[Change], shown: Counter[str]) -> Iterator[Change]:
    """Each change, and after it the partial images that this watcher has not heard of."""
    for change in changes:
        job_id = change.body["jobId"]
        yield change
        yield from change.partials[shown[job_id] :]
        shown[job_id] = max(shown[job_id], len(change.partials))


async def poll_for_ever(services: Services) -> None:
    """Read what is watched and waited for, and see that nobody watches on whose key has ended."""
    reader = _Reader(services)
    with services.notifier.on_every_notification(reader.on_notification):
        async with asyncio.TaskGroup() as group:
            checking = group.create_task(_check_callers(services), name="callers")
            jobs = group.create_task(services.job_poller.run(services.notifier, reader.jobs), name="watched jobs")
            await services.event_poller.run(services.notifier, reader.events)
            await jobs
            checking.cancel()


class _Reader:
    """Reads jobs and events as they are now."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._usual = UsualDurations()

    def on_notification(self, name: str, seen: object) -> None:
        if isinstance(seen, Seen) and seen.last:
            self._usual.look_again()

    async def jobs(self, job_ids: Collection[str]) -> dict[str, Seen[Change]]:
        return await self._services.db.read(self._jobs, job_ids)

    def _jobs(self, connection: Connection, job_ids: Collection[str]) -> dict[str, Seen[Change]]:
        seen: dict[str, Seen[Change]] = {}
        for some in batched(sorted(job_ids), AT_ONCE):
            jobs = glance_at_jobs(connection, some)
            under_way = [job for job in jobs if not job.status.final]
            progress = progress_of(connection, under_way, self._usual, self._services.clock.now())
            public = self._services.settings.public_url
            seen |= {job.id: Seen(_progress(job, progress[job.id], public or job.address)) for job in under_way}
            ended = [job for job in jobs if job.status.final]
            if ended:
                ids = [job.id for job in ended]
                files = files_of_jobs(connection, ids)
                for whole in jobs_of_ids(connection, ids):
                    names = [file.name for file in files.get(whole.id, ())]
                    seen[whole.id] = end_of(self._services, whole, names)
        return seen

    async def events(self, scopes: Collection[Scope]) -> dict[Scope, Seen[int]]:
        return await self._services.db.read(self._events, scopes)

    def _events(self, connection: Connection, scopes: Collection[Scope]) -> dict[Scope, Seen[int]]:
        return {scope: Seen(newest_event(connection, scope)) for scope in scopes}


def _progress(job: JobGlance, now: Progress, base: str) -> Change:
    body = {
        "event": "progress",
        "jobId": job.id,
        "status": job.status,
        "progress": now.percent,
        "model": job.model,
        "stage": now.stage,
        "position": now.position,
        "secondsLeft": _tenths(now.seconds_left),
        "secondsSoFar": _tenths(now.seconds_so_far),
        "longerThanUsual": now.longer_than_usual,
    }
    partials = [
        Change(PARTIAL_IMAGE, {"event": PARTIAL_IMAGE, "jobId": job.id, "index": index, "url": base + path})
        for index, path in enumerate(partial_path(job.id, index) for index in range(job.partials))
    ]
    state = (now.percent, now.stage, now.position, now.longer_than_usual, job.partials)
    return Change("progress", body, state, partials)


def _tenths(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)


async def _check_callers(services: Services) -> None:
    while True:
        await services.clock.sleep(CHECK_CALLERS)
        try:
            await end_of_others(services)
        except TRANSIENT_ERRORS as error:
            log.warning("the keys of streams could not be checked; retrying", error=str(error))
        except Exception:
            log.exception("the keys of streams could not be checked; retrying")


async def end_of_others(services: Services) -> None:
    """End the subscriptions of callers whose key has ended, or may see other things than when they began."""
    pollers: tuple[Poller[Any, Any], ...] = (services.job_poller, services.event_poller)
    open_now = [(poller, subscription) for poller in pollers for subscription in poller.watches]
    callers: dict[str, Caller] = {}
    if open_now:
        for some in batched(sorted({subscription.caller.key_id for _, subscription in open_now}), AT_ONCE):
            callers |= await services.db.read(callers_of_keys, some, services.clock.now())
    for poller, subscription in open_now:
        now = callers.get(subscription.caller.key_id)
        if now is None or now.scope != subscription.caller.scope:
            poller.end(subscription)

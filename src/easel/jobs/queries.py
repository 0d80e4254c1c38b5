"""Looking at a job, or at a team's events, and waiting for what is yet to come.

Whoever waits reads once before and once after; meanwhile the pollers read for all.
"""

import math
from collections.abc import Sequence

from easel.accounts.callers import callers_of_keys
from easel.domain import Caller
from easel.errors import NotFound, Unauthorized
from easel.jobs.job import Job
from easel.jobs.read import visible_job
from easel.services import Services
from easel.webhooks.outbox import Event
from easel.webhooks.read import events_after


async def find_job(
    services: Services, caller: Caller, job_id: str, *, wait: float = 0, partials: float = math.inf
) -> Job:
    """The job, once it is final, has more partial images than `partials`, or `wait` seconds have passed.

    Raises NotFound when the job is missing or not the caller's to see.
    """
    job = await _find_job(services, caller, job_id)
    if wait <= 0 or job.status.final or job.partials > partials:
        return job
    until = services.clock.monotonic() + wait
    with services.job_poller.subscribe(caller, [job.id]) as subscription:
        while (left := until - services.clock.monotonic()) > 0:
            changes = await subscription.next(left)
            if changes is None or any(len(change.partials) > partials for change in changes):
                break
    return await _find_job(services, await _as_now(services, caller), job_id)


async def _as_now(services: Services, caller: Caller) -> Caller:
    """The caller as they are after a wait; raises Unauthorized when their key has ended meanwhile."""
    found = (await services.db.read(callers_of_keys, [caller.key_id])).get(caller.key_id)
    if found is None:
        raise Unauthorized("Invalid API key")
    return found


async def _find_job(services: Services, caller: Caller, job_id: str) -> Job:
    job = await services.db.read(visible_job, caller.scope, job_id.lower())
    if job is None:
        raise NotFound("Job not found", code="job_not_found")
    return job


async def find_events(
    services: Services, caller: Caller, *, after: int, limit: int, wait: float = 0
) -> Sequence[Event]:
    """The caller's events after a number, once there are some or `wait` seconds have passed."""
    until = services.clock.monotonic() + wait
    found = await _find_events(services, caller, after, limit)
    if found or wait <= 0:
        return found
    with services.event_poller.subscribe(caller, [caller.scope]) as subscription:
        newest: Sequence[int] | None = ()
        while not found and (left := until - services.clock.monotonic()) > 0 and newest is not None:
            newest = await subscription.next(left)
            if newest and max(newest) > after:
                found = await _find_events(services, await _as_now(services, caller), after, limit)
    return found


async def _find_events(services: Services, caller: Caller, after: int, limit: int) -> Sequence[Event]:
    return await services.db.read(events_after, caller.scope, after=after, limit=limit)

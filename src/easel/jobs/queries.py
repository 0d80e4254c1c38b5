"""Looking at a job, or at a team's events, and waiting for what is yet to come.

Whoever waits reads once before and once after; meanwhile the pollers read for all. The end of a
job that was accepted just now, in this process, says all of it.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import Connection

from easel.accounts.keys import caller_of_key
from easel.domain import Caller
from easel.errors import Forbidden, NotFound, Unauthorized
from easel.jobs.job import Job
from easel.jobs.read import visible_job
from easel.pipeline.events import Ended
from easel.services import Services
from easel.webhooks.outbox import Event
from easel.webhooks.read import events_after

Result = TypeVar("Result")
Look = Callable[[Connection, Job], Result]
OfEnd = Callable[[Ended], Result]


async def find_job(
    services: Services, caller: Caller, job_id: str, *, wait: float = 0, partials: float = math.inf
) -> Job:
    """The job, once it is final, has more partial images than `partials`, or `wait` seconds have passed.

    Raises NotFound when the job is missing or not the caller's to see.
    """
    return await look_at_job(services, caller, job_id, _itself, wait=wait, partials=partials)


async def look_at_job(
    services: Services,
    caller: Caller,
    job_id: str,
    look: Look[Result],
    *,
    wait: float = 0,
    partials: float = math.inf,
) -> Result:
    """What `look` finds of a job, in the same read; otherwise as `find_job`."""
    job, seen = await services.db.read(_seen, caller, job_id, look)
    if wait <= 0 or job.status.final or job.partials > partials:
        return seen
    return await look_when_ended(services, caller, job, look, wait=wait, partials=partials)


async def look_when_ended(
    services: Services,
    caller: Caller,
    job: Job,
    look: Look[Result],
    *,
    wait: float,
    partials: float = math.inf,
    of_end: OfEnd[Result] | None = None,
) -> Result:
    """The same for a job that was read just now. Raises Unauthorized when the caller's key has ended meanwhile.

    Give `of_end` only for a job that was accepted just now: it cannot have ended before somebody watches it. It makes
    of its end, if that comes in this process, what `look` would find.
    """
    until, ended = services.clock.monotonic() + wait, None
    if wait > 0 and not job.status.final:
        ends_only = of_end is not None and not services.runtime.shared
        with services.job_poller.subscribe(caller, [job.id], ends_only=ends_only) as subscription:
            while (left := until - services.clock.monotonic()) > 0 and not ended:
                changes = await subscription.next(left)
                if changes is None or any(len(change.partials) > partials for change in changes):
                    break
                ended = next((change.ended for change in changes if isinstance(change.ended, Ended)), None)
    if ended and of_end:
        ended = replace(ended, in_memory=dict(ended.in_memory))  # they stay until this request is answered
        return await services.db.read(_ended_now, caller, services.clock.now(), ended, of_end)
    return await services.db.read(_seen_now, caller, services.clock.now(), job.id, look)


def _itself(_: Connection, job: Job) -> Job:
    return job


def _seen(connection: Connection, caller: Caller, job_id: str, look: Look[Result]) -> tuple[Job, Result]:
    job = visible_job(connection, caller.scope, job_id.lower())
    if job is None:
        raise _missing()
    return job, look(connection, job)


def _ended_now(connection: Connection, caller: Caller, now: int, ended: Ended, of_end: OfEnd[Result]) -> Result:
    if not _as_now(connection, caller, now).scope.holds(ended.job):
        raise _missing()
    return of_end(ended)


def _seen_now(connection: Connection, caller: Caller, now: int, job_id: str, look: Look[Result]) -> Result:
    _, seen = _seen(connection, _as_now(connection, caller, now), job_id, look)
    return seen


def _missing() -> NotFound:
    return NotFound("Job not found", code="job_not_found")


def _as_now(connection: Connection, caller: Caller, now: int) -> Caller:
    """The caller as they are after a wait; raises Unauthorized when their key has ended meanwhile."""
    try:
        return caller_of_key(connection, caller.key_id, now)
    except Forbidden as error:
        raise Unauthorized("Invalid API key") from error


async def find_events(
    services: Services, caller: Caller, *, after: int, limit: int, wait: float = 0
) -> Sequence[Event]:
    """The caller's events after a number, once there are some or `wait` seconds have passed."""
    until = services.clock.monotonic() + wait
    found = await services.db.read(events_after, caller.scope, after=after, limit=limit)
    if found or wait <= 0:
        return found
    with services.event_poller.subscribe(caller, [caller.scope]) as subscription:
        newest: Sequence[int] | None = ()
        while not found and (left := until - services.clock.monotonic()) > 0 and newest is not None:
            newest = await subscription.next(left)
            if newest and max(newest) > after:
                found = await services.db.read(_events_now, caller, services.clock.now(), after, limit)
    return found


def _events_now(connection: Connection, caller: Caller, now: int, after: int, limit: int) -> Sequence[Event]:
    return events_after(connection, _as_now(connection, caller, now).scope, after=after, limit=limit)

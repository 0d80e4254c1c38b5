"""Looking at a job, or at a team's events, and waiting for what is yet to come."""

from collections.abc import Sequence

from easel.domain import Caller
from easel.errors import NotFound
from easel.jobs.job import Job
from easel.jobs.read import visible_job
from easel.kit.clock import SECOND
from easel.webhooks.outbox import Event
from easel.webhooks.read import events_after
from easel.workflow.news import bell_of_team
from easel.workflow.stations import Stations

LOOK_AGAIN = 2.0


async def find_job(stations: Stations, caller: Caller, job_id: str, *, wait: float = 0) -> Job:
    """The job, once it is final or `wait` seconds have passed.

    Raises NotFound when the job is missing or not the caller's to see.
    """
    until = stations.clock.now() + wait * SECOND
    with stations.bell.listening(job_id.lower()) as ear:
        while True:
            async with stations.db.read() as connection:
                job = await visible_job(connection, caller.scope, job_id.lower())
            if job is None:
                raise NotFound("Job not found", code="job_not_found")
            left = (until - stations.clock.now()) / SECOND
            if job.status.final or left <= 0 or stations.bell.closed:
                return job
            await ear.wait(min(left, LOOK_AGAIN))


async def find_events(
    stations: Stations, caller: Caller, *, after: int, limit: int, wait: float = 0
) -> Sequence[Event]:
    """The caller's events after a number, once there are some or `wait` seconds have passed."""
    until = stations.clock.now() + wait * SECOND
    with stations.bell.listening(bell_of_team(caller.team_id)) as ear:
        while True:
            async with stations.db.read() as connection:
                found = await events_after(connection, caller.scope, after=after, limit=limit)
            left = (until - stations.clock.now()) / SECOND
            if found or left <= 0 or stations.bell.closed:
                return found
            await ear.wait(min(left, LOOK_AGAIN))

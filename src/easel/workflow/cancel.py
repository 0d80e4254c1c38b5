"""Cancelling: explicit, final, and the credits come back."""

from easel.domain import Caller, JobState
from easel.errors import Conflict, Forbidden
from easel.jobs.job import Job
from easel.workflow.end import Outcome, end
from easel.workflow.look import find_job
from easel.workflow.stations import Stations


async def cancel(stations: Stations, caller: Caller, job_id: str) -> Job:
    """The cancelled job; raises NotFound, Forbidden for another member's job, Conflict when it is final already.

    A run that is painting it at this moment finds its writes refused and drops what it has.
    """
    while True:
        job = await find_job(stations, caller, job_id)
        if job.user_id != caller.user_id and not caller.role.leads:
            raise Forbidden("Only its owner, or an admin of the team, can cancel this job.")
        if job.status.final:
            raise Conflict(f"The job is {job.status} already.", code="job_final")
        if await end(stations, job, Outcome(JobState.CANCELLED)):
            return await find_job(stations, caller, job_id)

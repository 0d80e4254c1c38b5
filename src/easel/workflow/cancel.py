"""Cancelling: explicit, final, and the credits come back."""

from easel.domain import Caller, JobState
from easel.errors import Conflict, Forbidden
from easel.jobs.job import Job
from easel.workflow.end import Outcome, end
from easel.workflow.look import find_job
from easel.workflow.order import choose_painter
from easel.workflow.stations import Stations


async def cancel(stations: Stations, caller: Caller, job_id: str) -> Job:
    """The cancelled job; raises NotFound, Forbidden for another member's job, Conflict when it is final already.

    A run that is painting it for free at this moment is stopped; one that may have paid goes on until it finds its
    writes refused, so that what was paid for is known.
    """
    while True:
        job = await find_job(stations, caller, job_id)
        if job.user_id != caller.user_id and not caller.role.leads:
            raise Forbidden("Only its owner, or an admin of the team, can cancel this job.")
        if job.status.final:
            raise Conflict(f"The job is {job.status} already.", code="job_final")
        if await end(stations, job, Outcome(JobState.CANCELLED)):
            if choose_painter(stations, test=job.test, name=job.provider or "").repeatable:
                stations.engine.let_go(job.id)
            return await find_job(stations, caller, job_id)

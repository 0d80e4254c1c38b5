"""Cancelling: explicit, final, and the credits come back."""

from easel.domain import Caller, JobState
from easel.errors import Conflict
from easel.jobs.job import Job
from easel.jobs.queries import find_job
from easel.pipeline.finalize import JobResult, finalize
from easel.services import Services


async def cancel(services: Services, caller: Caller, job_id: str) -> Job:
    """The cancelled job; raises NotFound, or Conflict when it is final already.

    A run that has sent no call that costs is stopped where it is. One that has goes on until it looks at the job again,
    and then asks the upstream to stop, where it can be asked.
    """
    while True:
        job = await find_job(services, caller, job_id)
        if job.status.final:
            raise Conflict(f"The job is {job.status} already.", code="job_final")
        if ended := await finalize(services, job, JobResult(JobState.CANCELLED)):
            if ended.unsent:
                services.queue.let_go(job.id)
            return await find_job(services, caller, job_id)

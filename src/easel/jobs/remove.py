"""Deleting jobs, or one image of a job, at once. What a job cost stays in the ledger."""

from collections.abc import Sequence

from easel.db.engine import Transaction
from easel.domain import Caller, JobState, Scope
from easel.errors import Conflict
from easel.files.names import copy_keys, partial_key
from easel.files.rows import FileRow, delete_files, lock_files_of, no_image
from easel.jobs.job import Job
from easel.jobs.queries import find_job
from easel.jobs.read import JobFilter, page_of_jobs
from easel.jobs.write import mark_deleted, mark_expired
from easel.services import Services

# Jobs in one transaction, and in one request: both take a moment only.
AT_ONCE = 100
AT_MOST = 10_000

Gone = tuple[Sequence[Job], Sequence[FileRow]]


async def remove(services: Services, caller: Caller, job_id: str) -> None:
    """Delete a job's images, inputs and prompt. Raises NotFound, or Conflict while it is not final."""
    job = await _final_job(services, caller, job_id)
    await _delete_objects(services, await services.db.write(_forget, [job], services.clock.now()))


async def remove_image(services: Services, caller: Caller, job_id: str, number: int) -> None:
    """Delete one image of a job, counting from 1; with the last one the job. Raises as `remove` does."""
    job = await _final_job(services, caller, job_id)
    await _delete_objects(services, await services.db.write(_forget_image, job, number, services.clock.now()))


async def remove_all(services: Services, scope: Scope, status: JobState) -> int:
    """Delete all jobs of a final status, up to a limit; returns how many."""
    count, before = 0, None
    while count < AT_MOST:
        jobs, gone = await services.db.write(_forget_page, scope, status, before, services.clock.now())
        await _delete_objects(services, (jobs, gone))
        count += len(jobs)
        if len(jobs) < AT_ONCE:
            break
        before = jobs[-1].id
    return count


async def _final_job(services: Services, caller: Caller, job_id: str) -> Job:
    job = await find_job(services, caller, job_id)
    if not job.status.final:
        raise Conflict(f"The job is {job.status}. Cancel it first.", code="job_not_final")
    return job


def _forget(tx: Transaction, jobs: Sequence[Job], now: int) -> Gone:
    files = lock_files_of(tx, [job.id for job in jobs])
    mark_expired(tx, delete_files(tx, files))
    for job in jobs:
        mark_deleted(tx, job, now=now)
    return jobs, files


def _forget_image(tx: Transaction, job: Job, number: int, now: int) -> Gone:
    images = [file for file in lock_files_of(tx, [job.id]) if file.kind == "output"]
    image = next((file for file in images if file.position == number), None)
    if image is None:
        raise no_image()
    if len(images) == 1:
        return _forget(tx, [job], now)
    delete_files(tx, [image])
    return [], [image]


def _forget_page(tx: Transaction, scope: Scope, status: JobState, before: str | None, now: int) -> Gone:
    jobs, _ = page_of_jobs(tx.connection, scope, JobFilter(status), limit=AT_ONCE, before=before)
    return _forget(tx, jobs, now)


async def _delete_objects(services: Services, gone: Gone) -> None:
    jobs, files = gone
    for file in files:  # should the server die here, the sweep finds them: no row names them any more
        await services.storage.delete(file.key)
        for key in copy_keys(file.name):
            await services.storage.delete(key)
    for job in jobs:
        for index in range(job.partial_images):  # a store that was away when the job ended may still have them
            await services.storage.delete(partial_key(job.id, index))

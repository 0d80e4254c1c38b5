"""Deleting a job: its images, inputs and prompt are deleted at once. What it cost stays in the ledger."""

from collections.abc import Sequence

from easel.db.engine import Transaction
from easel.domain import Caller
from easel.errors import Conflict
from easel.files.names import copy_keys, partial_key
from easel.files.rows import FileRow, all_files_of, delete_files
from easel.jobs.job import Job
from easel.jobs.queries import find_job
from easel.jobs.write import mark_deleted, mark_expired
from easel.services import Services


async def remove(services: Services, caller: Caller, job_id: str) -> None:
    """Raises NotFound, or Conflict while it is not final."""
    job = await find_job(services, caller, job_id)
    if not job.status.final:
        raise Conflict(f"The job is {job.status}. Cancel it first.", code="job_not_final")
    files = await services.db.write(_forget, job, services.clock.now())
    for file in files:  # should the server die here, the sweep finds them: no row names them any more
        await services.storage.delete(file.key)
        for key in copy_keys(file.name):
            await services.storage.delete(key)
    for index in range(job.partial_images):  # a store that was away when the job ended may still have them
        await services.storage.delete(partial_key(job.id, index))


def _forget(tx: Transaction, job: Job, now: int) -> Sequence[FileRow]:
    files = all_files_of(tx.connection, job.id)
    mark_expired(tx, delete_files(tx, files))
    mark_deleted(tx, job, now=now)
    return files

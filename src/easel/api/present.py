"""Jobs and files as callers see them."""

from collections.abc import Sequence
from typing import Any, Literal, cast

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncConnection

from easel.api import schemas
from easel.domain import JobState
from easel.jobs.attempts import Attempt, attempts_of_job
from easel.jobs.files import FileRow, files_of_jobs
from easel.jobs.job import Job
from easel.kit.clock import iso
from easel.workflow.names import file_address


def file_url(request: Request, file: FileRow) -> str:
    """A stable address: on the public URL if the operator named one, else where this request came in."""
    return file_address(base_url(request), file.token, file.name)


def base_url(request: Request) -> str:
    """How this server is addressed: as the operator says, else as this request names it."""
    public: str | None = request.app.state.settings.public_url
    return public or str(request.base_url).rstrip("/")


async def present_job(request: Request, connection: AsyncConnection, job: Job) -> schemas.Job:
    files = await files_of_jobs(connection, [job.id])
    attempts = [_attempt(one) for one in await attempts_of_job(connection, job.id)]
    return schemas.Job(**_summary(request, job, files.get(job.id, [])), input=job.request, attempts=attempts)


async def present_jobs(
    request: Request, connection: AsyncConnection, jobs: Sequence[Job]
) -> Sequence[schemas.JobSummary]:
    files = await files_of_jobs(connection, [job.id for job in jobs])
    return [schemas.JobSummary(**_summary(request, job, files.get(job.id, []))) for job in jobs]


def _attempt(attempt: Attempt) -> schemas.Attempt:
    return schemas.Attempt(
        provider=attempt.provider,
        startedAt=iso(attempt.started_at) or "",
        endedAt=iso(attempt.ended_at),
        outcome=attempt.outcome,
        paid=cast("Literal['no', 'yes', 'unknown']", attempt.paid),
        upstreamId=attempt.upstream_id,
        status=attempt.status,
        code=attempt.code,
        requestId=attempt.request_id,
    )


def _summary(request: Request, job: Job, files: Sequence[FileRow]) -> dict[str, Any]:
    done = job.status is JobState.COMPLETED
    return {
        "id": job.id,
        "status": job.status,
        "model": job.model,
        "progress": job.progress,
        "result": schemas.JobResult(images=[file_url(request, file) for file in files]) if done else None,
        "error": job.error,
        "creditCost": job.credit_cost,
        "webhookStatus": cast("Literal['pending', 'delivered', 'failed'] | None", job.webhook_status),
        "createdAt": iso(job.created_at),
        "completedAt": iso(job.completed_at),
        "expired": job.expired,
        "errorCode": job.error_code,
        "provider": job.provider,
        "warnings": job.warnings,
        "test": job.test,
        "expiresAt": iso(files[0].expires_at) if files else None,
    }

"""Jobs and files as the API shows them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal, cast

from fastapi import Request
from sqlalchemy import Connection

from easel.accounts.teams import addresses_in
from easel.api import schemas
from easel.domain import Caller, JobState, Scope
from easel.files.marks import NO_MARKS, Marks, marks_of_jobs
from easel.files.names import file_address, image_id, preview_address
from easel.files.rows import FileRow, files_of_jobs
from easel.jobs.attempts import Attempt, attempts_of_job
from easel.jobs.job import Job
from easel.jobs.read import known_jobs
from easel.kit.clock import iso
from easel.pipeline.inputs import OURS

_OF_A_JOB = re.compile(r"/files/[A-Za-z0-9]+/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-\d+\.\w+$")


def file_url(request: Request, file: FileRow) -> str:
    """A stable address: on the public URL if the operator has set one, else on the address of the request that created
    the job."""
    return file_address(base_url(request), file.token, file.name)


def base_url(request: Request) -> str:
    """The address of this server: the public URL if set, else the address of the request."""
    public: str | None = request.app.state.settings.public_url
    return public or str(request.base_url).rstrip("/")


def present_job(connection: Connection, job: Job, *, request: Request, caller: Caller) -> schemas.Job:
    files = files_of_jobs(connection, [job.id])
    kept = {file.name: file for file in files_of_jobs(connection, [job.id], "input").get(job.id, [])}
    attempts = [_attempt(one) for one in attempts_of_job(connection, job.id)]
    people, marks = addresses_in(connection, job.team_id), _marks(connection, caller, files)
    return schemas.Job(
        **_summary(request, job, files.get(job.id, []), people, marks),
        input=job.request,
        attempts=attempts,
        brief=job.brief,
        inputs=[_address(request, one, kept) for one in job.inputs],
        mask=_address(request, job.mask, kept) if job.mask else None,
        parents=_parents(connection, caller.scope, job),
    )


def present_jobs(
    connection: Connection, request: Request, caller: Caller, jobs: Sequence[Job]
) -> Sequence[schemas.JobSummary]:
    files = files_of_jobs(connection, [job.id for job in jobs])
    people, marks = addresses_in(connection, jobs[0].team_id) if jobs else {}, _marks(connection, caller, files)
    return [schemas.JobSummary(**_summary(request, job, files.get(job.id, []), people, marks)) for job in jobs]


def _marks(connection: Connection, caller: Caller, files: Mapping[str, Sequence[FileRow]]) -> Marks:
    return marks_of_jobs(connection, caller, list(files)) if files else NO_MARKS


def _address(request: Request, kept_as: str, files: Mapping[str, FileRow]) -> str:
    """The address of a job's input: on this server, or as in the request. Empty when it has expired."""
    if not kept_as.startswith(OURS):
        return kept_as
    file = files.get(kept_as.removeprefix(OURS))
    return file_url(request, file) if file else ""


def _parents(connection: Connection, scope: Scope, job: Job) -> Sequence[str]:
    """The jobs of the scope whose images were inputs of this job, according to its request."""
    named = [value for part in job.request.values() if isinstance(part, dict) for value in part.values()]
    addresses = [one for value in named if isinstance(value, list) for one in value if isinstance(one, str)]
    job_ids = [match[1] for match in map(_OF_A_JOB.search, addresses) if match]
    known = known_jobs(connection, scope, job_ids) if job_ids else set()
    return [one for one in dict.fromkeys(job_ids) if one in known]


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
        calls=attempt.calls,
    )


def _summary(
    request: Request, job: Job, files: Sequence[FileRow], people: Mapping[str, str], marks: Marks
) -> dict[str, Any]:
    done = job.status is JobState.COMPLETED
    base = base_url(request)
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
        "prompt": job.prompt,
        "width": files[0].width if files else job.width,
        "height": files[0].height if files else job.height,
        "count": job.count,
        "previews": [preview_address(base, file.token, file.name) for file in files] if done else [],
        "user": people[job.user_id],
        "images": [_image(base, job, file, marks) for file in files] if done else [],
    }


def _image(base: str, job: Job, file: FileRow, marks: Marks) -> schemas.JobImage:
    return schemas.JobImage(
        id=image_id(job.id, file.position),
        number=file.position,
        url=file_address(base, file.token, file.name),
        preview=preview_address(base, file.token, file.name),
        favourite=file.name in marks.favourites,
        collections=marks.collections.get(file.name, []),
    )

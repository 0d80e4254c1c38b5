"""The moves of a job. Each is one guarded statement: it says whether it happened, and cannot happen twice.

A worker's writes name the epoch it claimed; once another worker has taken the job up, they change nothing.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Update, case, func, insert, update

from easel.db.engine import Transaction
from easel.db.tables import jobs
from easel.domain import ACTIVE_STATES, JobState, Ticket
from easel.jobs.job import Job


async def insert_job(tx: Transaction, job: Job) -> None:
    await tx.execute(insert(jobs), asdict(job))


async def claim(tx: Transaction, job_id: str, *, deadline_at: int, now: int) -> Job | None:
    """Take a job up, again if need be: a new epoch, PROCESSING. None when it is final, or not admitted yet."""
    query = (
        update(jobs)
        .where(jobs.c.id == job_id, jobs.c.status.in_(ACTIVE_STATES), jobs.c.admitted_at.is_not(None))
        .values(
            epoch=jobs.c.epoch + 1,
            status=JobState.PROCESSING,
            progress=case((jobs.c.progress < 5, 5), else_=jobs.c.progress),
            started_at=func.coalesce(jobs.c.started_at, now),
            deadline_at=func.coalesce(jobs.c.deadline_at, deadline_at),
        )
        .returning(jobs)
    )
    row = (await tx.execute(query)).mappings().first()
    return Job.from_row(row) if row else None


async def mark_sending(tx: Transaction, job: Job, *, provider: str) -> bool:
    """Write down that a paid call is about to leave. False when one may have left already, or the claim is stale."""
    query = _guarded(job).where(jobs.c.submit_state == "NONE")
    return await _happened(tx, query.values(submit_state="SENDING", provider=provider))


async def mark_unsent(tx: Transaction, job: Job) -> bool:
    """Take `mark_sending` back: the painter proved that nothing was started."""
    return await _happened(tx, _guarded(job).where(jobs.c.submit_state == "SENDING").values(submit_state="NONE"))


async def mark_sent(tx: Transaction, job: Job, ticket: Ticket) -> None:
    """Keep the upstream's id, whatever the epoch: knowing what was paid for is always right."""
    query = update(jobs).where(jobs.c.id == job.id, jobs.c.status.in_(ACTIVE_STATES))
    await tx.execute(query.values(submit_state="SENT", ticket=_plain(ticket)))


async def note_ticket(tx: Transaction, job: Job, ticket: Ticket) -> bool:
    """Keep a newer ticket and its progress."""
    values: dict[str, Any] = {"ticket": _plain(ticket)}
    if ticket.progress is not None:
        values["progress"] = _never_back(ticket.progress)
    return await _happened(tx, _guarded(job).values(values))


async def close(
    tx: Transaction,
    job: Job,
    *,
    status: JobState,
    cost: int,
    now: int,
    error: str | None = None,
    error_code: str | None = None,
    warnings: Sequence[str] = (),
) -> Job | None:
    """Make a job final. None when it is final already or another worker has it: then nothing else may be written."""
    query = _guarded(job).values(
        status=status,
        progress=100 if status is JobState.COMPLETED else jobs.c.progress,
        credit_cost=cost,
        error=error,
        error_code=error_code,
        warnings=list(warnings),
        completed_at=now,
    )
    row = (await tx.execute(query.returning(jobs))).mappings().first()
    return Job.from_row(row) if row else None


def _guarded(job: Job) -> Update:
    return update(jobs).where(jobs.c.id == job.id, jobs.c.epoch == job.epoch, jobs.c.status.in_(ACTIVE_STATES))


def _never_back(progress: int) -> Any:
    return case((jobs.c.progress < progress, progress), else_=jobs.c.progress)


def _plain(ticket: Ticket) -> dict[str, Any]:
    return asdict(ticket)


async def _happened(tx: Transaction, query: Update) -> bool:
    return bool((await tx.execute(query)).rowcount)

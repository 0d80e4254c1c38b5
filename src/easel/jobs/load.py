"""Looking at jobs for the pipeline and the operator: whosever they are. Callers' looks are in `jobs.read`."""

from collections.abc import Sequence

from sqlalchemy import Connection, and_, bindparam, func, or_, select

from easel.db.tables import is_active, is_waiting, jobs
from easel.domain import JobState, SubmitState
from easel.jobs.job import Job
from easel.kit.clock import HOUR

LATEST = 1_000
HOLDS_AN_ANSWER = HOUR


BY_ID = select(jobs).where(jobs.c.id == bindparam("job"))


def get_job(connection: Connection, job_id: str) -> Job | None:
    """The job; None when it is missing."""
    row = connection.execute(BY_ID, {"job": job_id}).mappings().first()
    return Job.from_row(row) if row else None


def prompt_of(connection: Connection, job_id: str) -> str | None:
    """The job's prompt alone; None when the job is missing."""
    request = connection.scalar(select(jobs.c.request).where(jobs.c.id == job_id))
    return str(request["prompt"]) if request else None


def recent_durations(connection: Connection, job: Job, *, limit: int = 20) -> Sequence[int]:
    """How many milliseconds the last jobs like this one took: same model, provider, price and count.

    Looked for among the team's latest of that model: for a job like no other, not all there are need be read.
    """
    of_model = and_(jobs.c.team_id == job.team_id, jobs.c.model == job.model)
    too_old = select(jobs.c.id).where(of_model).order_by(jobs.c.id.desc()).offset(LATEST).limit(1).scalar_subquery()
    query = (
        select(jobs.c.completed_at - jobs.c.started_at)
        .where(
            of_model,
            jobs.c.id > func.coalesce(too_old, ""),
            jobs.c.status == JobState.COMPLETED,
            jobs.c.provider == job.provider,
            jobs.c.quoted == job.quoted,
            jobs.c.count == job.count,
        )
        .order_by(jobs.c.id.desc())
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def unfinished_jobs(connection: Connection) -> Sequence[str]:
    """Admitted and not final, the longest-waiting first: what a queue takes up when it starts."""
    query = select(jobs.c.id).where(is_active, jobs.c.admitted_at.is_not(None)).order_by(jobs.c.admitted_at, jobs.c.id)
    return list(connection.execute(query).scalars())


def jobs_being_fetched(connection: Connection) -> Sequence[Job]:
    """Those whose inputs some process is to fetch."""
    query = select(jobs).where(is_active, jobs.c.fetcher.is_not(None))
    found = [Job.from_row(row) for row in connection.execute(query).mappings()]
    return sorted(found, key=lambda job: job.id)  # sorted by SQLite, all jobs there ever were would be read


def teams_waiting(connection: Connection) -> Sequence[str]:
    """The teams that have jobs in their waiting line."""
    return list(connection.execute(select(jobs.c.team_id).where(is_waiting).distinct()).scalars())


def overdue_jobs(connection: Connection, now: int) -> Sequence[Job]:
    """Not final, and past their deadline. A run whose call was paid for may still hold the answer: it gets longer."""
    late = or_(
        jobs.c.deadline_at < now - HOLDS_AN_ANSWER,
        and_(jobs.c.submit_state == SubmitState.NONE, jobs.c.deadline_at < now),
    )
    query = select(jobs).where(is_active, late)
    return [Job.from_row(row) for row in connection.execute(query).mappings()]

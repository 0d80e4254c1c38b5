"""Looking at jobs: one, a page, and what an engine has to take up."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from easel.db.columns import Id
from easel.db.tables import is_active, is_waiting, jobs
from easel.domain import JobState
from easel.jobs.job import Job
from easel.kit.clock import HOUR

LATEST = 1_000
HOLDS_AN_ANSWER = HOUR


@dataclass(frozen=True, slots=True)
class JobFilter:
    """Which jobs to list. `user_id` narrows a team's jobs to one person's."""

    team_id: str
    user_id: str | None = None
    status: JobState | None = None
    model: str | None = None
    job_id: str | None = None
    words: str | None = None


async def get_job(connection: AsyncConnection, job_id: str, *, team_id: str | None = None) -> Job | None:
    """The job; None when it is missing. For one team: also when it is another's, or deleted."""
    query = select(jobs).where(jobs.c.id == job_id)
    if team_id is not None:
        query = query.where(jobs.c.team_id == team_id, jobs.c.deleted_at.is_(None))
    row = (await connection.execute(query)).mappings().first()
    return Job.from_row(row) if row else None


async def page_of_jobs(
    connection: AsyncConnection, wanted: JobFilter, *, limit: int, before: str | None
) -> tuple[Sequence[Job], bool]:
    """The newest jobs first, going on `before` an id; and whether there are more.

    Ids grow with time, so jobs that arrive while somebody pages never shift what they have yet to see.
    """
    # Words are looked for by reading: from the newest on, or all that an owner has. PostgreSQL decides well only if it
    # knows the owner; a plan made for anybody reads all that a large team has to find the first twenty.
    owner = partial(bindparam, None, literal_execute=wanted.words is not None, type_=Id)
    query = select(jobs).where(jobs.c.team_id == owner(wanted.team_id), jobs.c.deleted_at.is_(None))
    columns = (
        (jobs.c.user_id, wanted.user_id and owner(wanted.user_id)),
        (jobs.c.status, wanted.status),
        (jobs.c.model, wanted.model),
        (jobs.c.id, wanted.job_id),
    )
    for column, value in columns:
        if value is not None:
            query = query.where(column == value)
    if wanted.words is not None:
        query = query.where(jobs.c.request["prompt"].as_string().icontains(wanted.words, autoescape=True))
    if before is not None:
        query = query.where(jobs.c.id < before)
    rows = (await connection.execute(query.order_by(jobs.c.id.desc()).limit(limit + 1))).mappings().all()
    return [Job.from_row(row) for row in rows[:limit]], len(rows) > limit


async def models_used(connection: AsyncConnection, *, team_id: str, user_id: str | None) -> Sequence[str]:
    """In order. One look each: an index leads from one to the next, past all the jobs between."""
    owner = jobs.c.team_id == team_id if user_id is None else jobs.c.user_id == user_id
    following = select(func.min(jobs.c.model)).where(owner, jobs.c.model > bindparam("last"))
    found: list[str] = []
    while (model := (await connection.execute(following, {"last": found[-1] if found else ""})).scalar()) is not None:
        found.append(model)
    return found


async def count_ahead(connection: AsyncConnection, job: Job) -> int:
    """How many jobs wait before this one in its team's line."""
    query = select(func.count()).where(is_waiting, jobs.c.team_id == job.team_id, jobs.c.id < job.id)
    return int((await connection.execute(query)).scalar_one())


async def recent_durations(connection: AsyncConnection, job: Job, *, limit: int = 20) -> Sequence[int]:
    """How many milliseconds the last jobs like this one took: same model, painter, price and count.

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
    return list((await connection.execute(query)).scalars())


async def unfinished_jobs(connection: AsyncConnection) -> Sequence[str]:
    """Admitted and not final, the longest-waiting first: what an engine takes up when it starts."""
    query = select(jobs.c.id).where(is_active, jobs.c.admitted_at.is_not(None)).order_by(jobs.c.admitted_at, jobs.c.id)
    return list((await connection.execute(query)).scalars())


async def teams_waiting(connection: AsyncConnection) -> Sequence[str]:
    """The teams that have jobs in their waiting line."""
    return list((await connection.execute(select(jobs.c.team_id).where(is_waiting).distinct())).scalars())


async def overdue_jobs(connection: AsyncConnection, now: int) -> Sequence[Job]:
    """Not final, and past their deadline. A run whose call was paid for may still hold the answer: it gets longer."""
    late = or_(
        jobs.c.deadline_at < now - HOLDS_AN_ANSWER, and_(jobs.c.submit_state == "NONE", jobs.c.deadline_at < now)
    )
    query = select(jobs).where(is_active, late)
    return [Job.from_row(row) for row in (await connection.execute(query)).mappings()]

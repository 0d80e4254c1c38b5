"""Looking at jobs on behalf of a caller: every query is narrowed to a scope."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, bindparam, func, select

from easel.db.mark_tables import collection_images, favourites
from easel.db.scope import within
from easel.db.tables import jobs
from easel.domain import JobState, Scope
from easel.jobs.job import Job
from easel.jobs.load import get_job
from easel.jobs.search import prompt, search_jobs

AT_ONCE = 200  # marked jobs that are looked at together


@dataclass(frozen=True, slots=True)
class JobFilter:
    """Which jobs of a scope to list."""

    status: JobState | None = None
    model: str | None = None
    job_id: str | None = None
    words: str | None = None
    favourite_of: str | None = None  # a member, who marked an image of the job
    collection: str | None = None  # that has an image of the job
    without: Sequence[JobState] = ()  # these statuses are left out


def visible_job(connection: Connection, scope: Scope, job_id: str) -> Job | None:
    """The job; None when it is missing, deleted or outside the scope."""
    job = get_job(connection, job_id)
    return job if job and job.deleted_at is None and scope.holds(job) else None


def known_jobs(connection: Connection, scope: Scope, job_ids: Sequence[str]) -> set[str]:
    """Those of these jobs that the scope holds."""
    query = select(jobs.c.id).where(jobs.c.id.in_(job_ids), within(jobs, scope), jobs.c.deleted_at.is_(None))
    return set(connection.execute(query).scalars())


def jobs_by_id(connection: Connection, scope: Scope, job_ids: Sequence[str]) -> Sequence[Job]:
    """Those of these jobs that the scope holds, in no order."""
    query = select(jobs).where(jobs.c.id.in_(job_ids), within(jobs, scope), jobs.c.deleted_at.is_(None))
    return [Job.from_row(row) for row in connection.execute(query).mappings()]


def page_of_jobs(
    connection: Connection, scope: Scope, wanted: JobFilter, *, limit: int, before: str | None
) -> tuple[Sequence[Job], bool]:
    """The newest jobs first, going on `before` an id; and whether there are more.

    Ids grow with time, so jobs that arrive while somebody pages never shift what they have yet to see.
    """
    columns = (
        (jobs.c.status, wanted.status),
        (jobs.c.model, wanted.model),
        (jobs.c.id, wanted.job_id),
    )
    conditions = [column == value for column, value in columns if value is not None]
    if wanted.without:  # not `IN` the others: a database would sort all their jobs instead of going through the newest
        conditions.append(jobs.c.status.not_in(wanted.without))
    if before is not None:
        conditions.append(jobs.c.id < before)
    rows: Sequence[RowMapping]
    if marked := _marked(wanted):
        if wanted.words is not None:
            conditions.append(prompt.icontains(wanted.words, autoescape=True))
        conditions += [within(jobs, scope), jobs.c.deleted_at.is_(None)]
        rows = _among(connection, marked, conditions, limit=limit + 1, before=before)
    elif wanted.words is not None:
        rows = search_jobs(connection, scope, wanted.words, conditions, limit=limit + 1)
    else:
        query = select(jobs).where(within(jobs, scope), jobs.c.deleted_at.is_(None), *conditions)
        rows = connection.execute(query.order_by(jobs.c.id.desc()).limit(limit + 1)).mappings().all()
    return [Job.from_row(row) for row in rows[:limit]], len(rows) > limit


def _marked(wanted: JobFilter) -> list[Select[tuple[str]]]:
    """The jobs with an image that is marked as wanted, each as often as it has one."""
    queries = []
    if wanted.collection is not None:
        query = select(collection_images.c.job_id)
        queries.append(query.where(collection_images.c.collection_id == wanted.collection))
    if wanted.favourite_of is not None:
        queries.append(select(favourites.c.job_id).where(favourites.c.user_id == wanted.favourite_of))
    return queries


def _among(
    connection: Connection,
    marked: Sequence[Select[tuple[str]]],
    conditions: Sequence[ColumnElement[bool]],
    *,
    limit: int,
    before: str | None,
) -> Sequence[RowMapping]:
    """The newest jobs that are in each of the lists. The first list is walked, and never all jobs of a member."""
    walked, *others = marked
    job_id = walked.selected_columns.job_id
    lists = [query.where(query.selected_columns.job_id == jobs.c.id).exists() for query in others]
    query = select(jobs).where(*conditions, *lists).order_by(jobs.c.id.desc())
    newest = walked.distinct().order_by(job_id.desc()).limit(AT_ONCE)
    some = newest if before is None else newest.where(job_id < before)
    found: list[RowMapping] = []
    while len(found) < limit and (ids := [row.job_id for row in connection.execute(some)]):
        found += connection.execute(query.where(jobs.c.id.in_(ids)).limit(limit - len(found))).mappings()
        some = newest.where(job_id < ids[-1])
    return found


def count_jobs(connection: Connection, scope: Scope, status: JobState, *, at_most: int) -> int:
    """Jobs of one status; counting ends at `at_most`."""
    some = select(jobs.c.id).where(within(jobs, scope), jobs.c.deleted_at.is_(None), jobs.c.status == status)
    return connection.execute(select(func.count()).select_from(some.limit(at_most).subquery())).scalar_one()


def models_used(connection: Connection, scope: Scope) -> Sequence[str]:
    """In order. One look each: an index leads from one to the next, past all the jobs between."""
    following = select(func.min(jobs.c.model)).where(within(jobs, scope), jobs.c.model > bindparam("last"))
    found: list[str] = []
    while (model := connection.execute(following, {"last": found[-1] if found else ""}).scalar()) is not None:
        found.append(model)
    return found

"""Looking at many jobs at once, for those who watch them: no more of each than their progress needs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields

from sqlalchemy import Connection, func, select

from easel.db.tables import is_waiting, jobs
from easel.domain import JobState, SubmitState
from easel.jobs.job import Job


@dataclass(frozen=True, slots=True)
class JobGlance:
    """What a job's progress is computed from."""

    id: str
    team_id: str
    model: str
    provider: str | None
    quoted: int
    count: int
    status: JobState
    progress: int
    submit_state: SubmitState
    inputs: Sequence[str]
    address: str
    partials: int
    admitted_at: int | None
    created_at: int
    started_at: int | None

    @property
    def waiting(self) -> bool:
        """It waits in its team's queue."""
        return self.status is JobState.QUEUED and self.admitted_at is None


GLANCES = select(*(jobs.c[field.name] for field in fields(JobGlance))).where(jobs.c.deleted_at.is_(None))
WHOLE = select(jobs).where(jobs.c.deleted_at.is_(None))


def glance_at_jobs(connection: Connection, job_ids: Collection[str]) -> Sequence[JobGlance]:
    """Those of them that are not deleted, whosever they are."""
    rows = connection.execute(GLANCES.where(jobs.c.id.in_(job_ids))).mappings()
    return [
        JobGlance(**dict(row) | {"status": JobState(row["status"]), "submit_state": SubmitState(row["submit_state"])})
        for row in rows
    ]


def jobs_of_ids(connection: Connection, job_ids: Collection[str]) -> Sequence[Job]:
    """The same, with all there is of each."""
    rows = connection.execute(WHOLE.where(jobs.c.id.in_(job_ids))).mappings()
    return [Job.from_row(row) for row in rows]


def places_in_line(connection: Connection, team_ids: Collection[str], job_ids: Collection[str]) -> Mapping[str, int]:
    """Where these jobs stand in the lines of these teams, from 1 on; those that wait no longer are absent."""
    place = func.row_number().over(partition_by=jobs.c.team_id, order_by=jobs.c.id).label("place")
    line = select(jobs.c.id, place).where(is_waiting, jobs.c.team_id.in_(team_ids)).subquery()
    rows = connection.execute(select(line.c.id, line.c.place).where(line.c.id.in_(job_ids)))
    return {row.id: row.place for row in rows}

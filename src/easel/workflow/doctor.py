"""Is everything as it should be? Books, jobs, files. Looks, and changes nothing; safe on a live server."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from easel.db.engine import Database
from easel.db.tables import attempts, files, is_active, jobs, ledger, teams
from easel.domain import JobState
from easel.jobs.attempts import latest_attempts
from easel.kit.clock import DAY, MINUTE, Clock, iso
from easel.ledger.read import unbalanced_teams
from easel.storage import Storage
from easel.workflow.gate import FAULTS

FAULTY = ("down", "lost", "misconfigured")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. No problems: it is well. Notes are for the operator to look into."""

    subject: str
    problems: Sequence[str]
    notes: Sequence[str] = ()


async def examine(db: Database, storage: Storage, clock: Clock) -> Sequence[Finding]:
    """Every check, in the order a person would want to read them."""
    async with db.read() as connection:
        return [
            Finding("balances are the sums of their entries", await unbalanced_teams(connection)),
            Finding("each job was held, settled and released once and in full", await unsettled_jobs(connection)),
            Finding("each team's places at work are counted right", await miscounted_teams(connection)),
            Finding("no job is past its deadline", await overdue(connection, clock)),
            Finding("every delivered picture has its row", await missing_rows(connection)),
            Finding("every row has its file", await missing_files(connection, storage)),
            Finding("painters answer", await failing_painters(connection), await calls_in_doubt(connection, clock)),
        ]


async def unsettled_jobs(connection: AsyncConnection) -> Sequence[str]:
    """Jobs whose ledger entries do not fit their state."""

    def total(kind: str, column: str) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((ledger.c.kind == kind, ledger.c[column]), else_=0)), 0)

    held, settled = total("hold", "held"), total("settle", "amount")
    left = func.coalesce(func.sum(ledger.c.held), 0)
    priced = case((jobs.c.test, 0), else_=jobs.c.quoted)
    query = (
        select(jobs.c.id, jobs.c.status, held.label("held"), settled.label("settled"), left.label("left"))
        .outerjoin(ledger, ledger.c.job_id == jobs.c.id)
        .group_by(jobs.c.id)
        .having(
            or_(
                held != priced,
                and_(is_active, or_(left != priced, settled != 0)),
                and_(~is_active, or_(left != 0, -settled != jobs.c.credit_cost)),
            )
        )
    )
    return [
        f"Job {row.id} is {row.status}: held {row.held}, settled {-row.settled}, still held {row.left}."
        for row in await connection.execute(query)
    ]


async def miscounted_teams(connection: AsyncConnection) -> Sequence[str]:
    at_work = (
        select(jobs.c.team_id, func.count().label("count"))
        .where(is_active, jobs.c.admitted_at.is_not(None))
        .group_by(jobs.c.team_id)
        .subquery()
    )
    count = func.coalesce(at_work.c.count, 0)
    query = (
        select(teams.c.name, teams.c.admitted, count.label("count"))
        .outerjoin(at_work, at_work.c.team_id == teams.c.id)
        .where(teams.c.admitted != count)
    )
    return [
        f"Team {row.name!r} counts {row.admitted} jobs at work; there are {row.count}."
        for row in await connection.execute(query)
    ]


async def overdue(connection: AsyncConnection, clock: Clock) -> Sequence[str]:
    late = clock.now() - 2 * MINUTE
    query = select(jobs.c.id).where(is_active, jobs.c.deadline_at < late)
    return [f"Job {job_id} should have ended. Is a server running?" for job_id in await _all(connection, query)]


async def missing_rows(connection: AsyncConnection) -> Sequence[str]:
    query = (
        select(jobs.c.id)
        .outerjoin(files, and_(files.c.job_id == jobs.c.id, files.c.kind == "output"))
        .where(jobs.c.status == JobState.COMPLETED, ~jobs.c.expired, files.c.name.is_(None))
    )
    return [f"Job {job_id} is COMPLETED and has no pictures." for job_id in await _all(connection, query)]


async def missing_files(connection: AsyncConnection, storage: Storage) -> Sequence[str]:
    problems = []
    for row in await connection.execute(select(files.c.name, files.c.key, files.c.byte_size)):
        size = await storage.byte_size(row.key)
        if size is None:
            problems.append(f"{row.name} is not in the store.")
        elif size != row.byte_size:
            problems.append(f"{row.name} has {size} bytes in the store instead of {row.byte_size}.")
    return problems


async def failing_painters(connection: AsyncConnection) -> Sequence[str]:
    """Painters whose last calls all went wrong for reasons of their own."""
    names = select(attempts.c.provider).distinct()
    problems = []
    for name in await _all(connection, names):
        latest = await latest_attempts(connection, name, limit=FAULTS)
        if len(latest) == FAULTS and all(one.outcome in FAULTY for one in latest):
            problems.append(f"The last {FAULTS} calls of {name} went wrong: {latest[0].outcome}, {latest[0].detail}")
    return problems


async def calls_in_doubt(connection: AsyncConnection, clock: Clock) -> Sequence[str]:
    """Calls whose answers were lost: the upstream may have painted and billed."""
    late = clock.now() - 7 * DAY
    query = select(attempts.c.provider, attempts.c.job_id, attempts.c.ended_at).where(
        attempts.c.outcome == "lost", attempts.c.ended_at > late
    )
    return [
        f"The answer of {row.provider} to job {row.job_id} was lost at {iso(row.ended_at)}: look in its account."
        for row in await connection.execute(query)
    ]


async def _all(connection: AsyncConnection, query: Select[str]) -> Sequence[str]:
    return list((await connection.execute(query)).scalars())

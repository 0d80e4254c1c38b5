"""Reading the ledger: a team's entries, one job's receipt, and whether the books balance."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from easel.db.tables import jobs, ledger, teams
from easel.kit.clock import DAY


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the ledger."""

    id: int
    team_id: str
    job_id: str | None
    kind: str
    amount: int
    held: int
    note: str
    created_at: int


@dataclass(frozen=True, slots=True)
class Usage:
    """What one key spent on one model in one day. `day` counts from 1970, in UTC."""

    day: int
    model: str
    key_id: str
    credits: int
    jobs: int


async def entries_of_team(
    connection: AsyncConnection, team_id: str, limit: int, *, user_id: str | None = None, before: int | None = None
) -> Sequence[Entry]:
    """The newest entries first, going on `before` one; of one person's jobs only, if `user_id` is given."""
    query = select(ledger).where(ledger.c.team_id == team_id).order_by(ledger.c.id.desc()).limit(limit)
    if user_id is not None:
        query = query.join(jobs, jobs.c.id == ledger.c.job_id).where(jobs.c.user_id == user_id)
    if before is not None:
        query = query.where(ledger.c.id < before)
    return [Entry(**row) for row in (await connection.execute(query)).mappings()]


async def usage_of_team(
    connection: AsyncConnection, team_id: str, *, since: int, user_id: str | None = None
) -> Sequence[Usage]:
    """What was settled since a time, by day, model and key; the oldest day first."""
    day = ledger.c.created_at // DAY
    query = (
        select(
            day.label("day"),
            jobs.c.model,
            jobs.c.key_id,
            func.sum(-ledger.c.amount).label("credits"),
            func.count().label("jobs"),
        )
        .join(jobs, jobs.c.id == ledger.c.job_id)
        .where(ledger.c.team_id == team_id, ledger.c.kind == "settle", ledger.c.created_at >= since)
        .group_by("day", jobs.c.model, jobs.c.key_id)
        .order_by("day")
    )
    if user_id is not None:
        query = query.where(jobs.c.user_id == user_id)
    rows = (await connection.execute(query)).mappings()
    return [Usage(**dict(row) | {"day": int(row["day"]), "credits": int(row["credits"])}) for row in rows]


async def receipt(connection: AsyncConnection, job_id: str) -> Sequence[Entry]:
    """What one job held, cost and gave back, in order."""
    query = select(ledger).where(ledger.c.job_id == job_id).order_by(ledger.c.id)
    return [Entry(**row) for row in (await connection.execute(query)).mappings()]


async def unbalanced_teams(connection: AsyncConnection) -> Sequence[str]:
    """A sentence for each team whose sums are not the sums of its entries. Empty means the books balance."""
    sums = (
        select(
            ledger.c.team_id,
            func.sum(ledger.c.amount).label("amount"),
            func.sum(ledger.c.held).label("held"),
        )
        .group_by(ledger.c.team_id)
        .subquery()
    )
    amount, held = func.coalesce(sums.c.amount, 0), func.coalesce(sums.c.held, 0)
    query = (
        select(teams.c.name, teams.c.balance, teams.c.held, amount.label("amount"), held.label("held_sum"))
        .outerjoin(sums, sums.c.team_id == teams.c.id)
        .where((teams.c.balance != amount) | (teams.c.held != held))
    )
    return [
        f"Team {row.name!r} shows {row.balance} credits, {row.held} held; "
        f"its entries sum to {row.amount} and {row.held_sum}."
        for row in await connection.execute(query)
    ]

"""Reading the ledger: a team's entries, one job's receipt, and whether the books balance."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from easel.db.tables import ledger, teams


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


async def entries_of_team(connection: AsyncConnection, team_id: str, limit: int) -> Sequence[Entry]:
    """The newest entries first."""
    query = select(ledger).where(ledger.c.team_id == team_id).order_by(ledger.c.id.desc()).limit(limit)
    return [Entry(**row) for row in (await connection.execute(query)).mappings()]


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

"""Who goes next. A team has at most `job_limit` jobs at work; the rest wait in its own line, oldest first.

So no team's backlog ever stands before another team's jobs.
"""

from sqlalchemy import select, update

from easel.db.engine import Transaction
from easel.db.tables import jobs, teams
from easel.domain import JobState


async def admit(tx: Transaction, team_id: str) -> bool:
    """Take a place at work for one job of the team; False when all its places are taken."""
    query = update(teams).where(teams.c.id == team_id, teams.c.admitted < teams.c.job_limit)
    return bool((await tx.execute(query.values(admitted=teams.c.admitted + 1))).rowcount)


async def leave(tx: Transaction, team_id: str) -> None:
    """Give a place back."""
    await tx.execute(update(teams).where(teams.c.id == team_id).values(admitted=teams.c.admitted - 1))


async def admit_waiting(tx: Transaction, team_id: str, now: int) -> list[str]:
    """Admit the team's oldest waiting jobs for as long as it has places; their ids."""
    admitted: list[str] = []
    while (job_id := await _oldest_waiting(tx, team_id)) and await admit(tx, team_id):
        await tx.execute(update(jobs).where(jobs.c.id == job_id).values(admitted_at=now))
        admitted.append(job_id)
    return admitted


async def _oldest_waiting(tx: Transaction, team_id: str) -> str | None:
    query = (
        select(jobs.c.id)
        .where(jobs.c.team_id == team_id, jobs.c.status == JobState.QUEUED, jobs.c.admitted_at.is_(None))
        .order_by(jobs.c.id)
        .limit(1)
    )
    return (await tx.execute(query)).scalar_one_or_none()

"""Who goes next. A team has at most `job_limit` jobs at work; the rest wait in its own queue, oldest first.

So no team's backlog ever stands before another team's jobs.
"""

from sqlalchemy import BindParameter, bindparam, exists, select, update

from easel.db.engine import Transaction
from easel.db.tables import is_waiting, jobs, teams

TEAM: BindParameter[str] = bindparam("team")
ADMIT = (
    update(teams).where(teams.c.id == TEAM, teams.c.admitted < teams.c.job_limit).values(admitted=teams.c.admitted + 1)
)
LEAVE = update(teams).where(teams.c.id == TEAM).values(admitted=teams.c.admitted - 1)
# Whoever changes who is at work holds the team's row first, so that two ends at once never see the same job.
ALONE = select(teams.c.id).where(teams.c.id == TEAM).with_for_update(key_share=True)
# One that is just being cancelled is passed over: waiting for it here while it waits for the team would be for ever.
OLDEST_WAITING = (
    select(jobs.c.id)
    .where(jobs.c.team_id == TEAM, is_waiting)
    .order_by(jobs.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
ADMIT_OLDEST = (
    update(jobs)
    .where(jobs.c.id == OLDEST_WAITING, is_waiting)
    .values(admitted_at=bindparam("now"))
    .returning(jobs.c.id)
)
LEAVE_UNLESS_ONE_WAITS = LEAVE.where(~exists().where(jobs.c.team_id == TEAM, is_waiting))
# A slot is handed on only while the team has no more of them than its limit, which may have been lowered.
WITHIN_LIMIT = select(teams.c.admitted <= teams.c.job_limit).where(teams.c.id == TEAM).scalar_subquery()
HAND_ON = ADMIT_OLDEST.where(WITHIN_LIMIT)


def admit(tx: Transaction, team_id: str) -> bool:
    """Take a slot for one job of the team; False when all its slots are taken."""
    return bool(tx.execute(ADMIT, {"team": team_id}).rowcount)


def hand_on(tx: Transaction, team_id: str, now: int) -> str | None:
    """Give an ended job's slot to the oldest waiting job of its team, whose id it is; None frees the slot."""
    if tx.dialect == "postgresql":  # on SQLite whoever writes is alone
        tx.execute(ALONE, {"team": team_id})
    if tx.execute(LEAVE_UNLESS_ONE_WAITS, {"team": team_id}).rowcount:
        return None
    admitted: str | None = tx.execute(HAND_ON, {"team": team_id, "now": now}).scalar_one_or_none()
    if admitted is None:
        tx.execute(LEAVE, {"team": team_id})
    return admitted


def admit_waiting(tx: Transaction, team_id: str, now: int) -> list[str]:
    """Fill the slots that a raised limit has made, oldest first; the ids of the admitted."""
    admitted: list[str] = []
    while admit(tx, team_id):
        job_id = tx.execute(ADMIT_OLDEST, {"team": team_id, "now": now}).scalar_one_or_none()
        if job_id is None:
            tx.execute(LEAVE, {"team": team_id})
            break
        admitted.append(job_id)
    return admitted

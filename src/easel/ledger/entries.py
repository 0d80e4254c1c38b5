"""Writing ledger entries: each is one row and the matching update of the team's sums."""

from sqlalchemy import BindParameter, bindparam, insert, update

from easel.db.engine import Transaction
from easel.db.tables import ledger, teams
from easel.errors import InvalidRequest
from easel.ledger import MAX_BALANCE, MAX_GRANT

TEAM: BindParameter[str] = bindparam("team")
MAX_NOTE = 500
INSERT = insert(ledger)
HOLD = (
    update(teams)
    .where(teams.c.id == TEAM, teams.c.balance - teams.c.held >= bindparam("credits"))
    .values(held=teams.c.held + bindparam("credits"))
)
SETTLE = (
    update(teams)
    .where(teams.c.id == TEAM)
    .values(balance=teams.c.balance - bindparam("cost"), held=teams.c.held - bindparam("was_held"))
)


def hold(tx: Transaction, *, team_id: str, credits: int) -> bool:
    """Reserve credits for a job, if the team can afford it: one conditional statement, safe against concurrency.

    Returns whether it could. `record_hold` writes the row once the job exists.
    """
    return bool(tx.execute(HOLD, {"team": team_id, "credits": credits}).rowcount)


def record_hold(tx: Transaction, *, team_id: str, job_id: str, credits: int, now: int) -> None:
    _write(tx, team_id=team_id, job_id=job_id, kind="hold", amount=0, held=credits, now=now)


def settle(tx: Transaction, *, team_id: str, job_id: str, held: int, cost: int, now: int) -> None:
    """End a job's hold of `held` credits: `cost` is charged, the rest is refunded."""
    if not 0 <= cost <= held:
        raise ValueError(f"a job that held {held} credits cannot cost {cost}")
    if held:
        _write(tx, team_id=team_id, job_id=job_id, kind="settle", amount=-cost, held=-cost, now=now)
    if held - cost:
        _write(tx, team_id=team_id, job_id=job_id, kind="release", amount=0, held=cost - held, now=now)
    tx.execute(SETTLE, {"team": team_id, "cost": cost, "was_held": held})


def grant(tx: Transaction, *, team_id: str, credits: int, note: str, now: int) -> None:
    """Grant credits to a team, or take back unreserved ones; raises InvalidRequest outside the limits."""
    if abs(credits) > MAX_GRANT:
        raise InvalidRequest(f"At most {MAX_GRANT:,} credits can be granted or taken back at once, not {credits:,}.")
    if len(note) > MAX_NOTE:
        raise InvalidRequest(f"A note can have at most {MAX_NOTE} characters.")
    after = teams.c.balance + credits
    query = (
        update(teams)
        .where(teams.c.id == team_id, after - teams.c.held >= 0, after <= MAX_BALANCE)
        .values(balance=after)
    )
    if not tx.execute(query).rowcount:
        if credits > 0:
            raise InvalidRequest(f"A team can have at most {MAX_BALANCE:,} credits.")
        raise InvalidRequest("The team does not have that many available credits to take back.")
    _write(tx, team_id=team_id, job_id=None, kind="grant", amount=credits, held=0, note=note, now=now)


def _write(
    tx: Transaction, *, team_id: str, job_id: str | None, kind: str, amount: int, held: int, now: int, note: str = ""
) -> None:
    values = {"team_id": team_id, "job_id": job_id, "kind": kind, "amount": amount, "held": held}
    tx.execute(INSERT, values | {"note": note, "created_at": now})

"""Each call of a job to an upstream: when, how it ended, what the upstream called it, and whether it cost.

Calls of which nothing was started are one row for each provider and outcome, however often a job is put off.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, delete, func, insert, select, update

from easel.db.columns import values_of
from easel.db.engine import Transaction
from easel.db.tables import attempts, jobs
from easel.domain import AttemptOutcome, Paid

BEGIN = insert(attempts)
IS_OPEN = (attempts.c.job_id == bindparam("job"), attempts.c.ended_at.is_(None))
OPEN = update(attempts).where(*IS_OPEN)
OF_JOB = select(attempts).where(attempts.c.job_id == bindparam("job")).order_by(attempts.c.id)
OPEN_ONE = attempts.alias()
SAME_KIND = (
    select(attempts.c.id)
    .join(OPEN_ONE, (OPEN_ONE.c.job_id == attempts.c.job_id) & (OPEN_ONE.c.provider == attempts.c.provider))
    .where(
        OPEN_ONE.c.job_id == bindparam("job"),
        OPEN_ONE.c.ended_at.is_(None),
        attempts.c.ended_at.is_not(None),
        attempts.c.outcome == bindparam("outcome"),
    )
)
ONE_MORE = update(attempts).where(attempts.c.id == bindparam("same")).values(calls=attempts.c.calls + 1)


@dataclass(frozen=True, slots=True)
class Ending:
    """How an attempt ended: a word, whether it cost (no, yes, unknown), and the upstream's own words for it."""

    outcome: AttemptOutcome
    paid: Paid
    status: int | None = None
    code: str | None = None
    request_id: str | None = None
    detail: str | None = None
    usage: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One row: its times and facts are those of the first and the last of its `calls`."""

    id: int
    job_id: str
    provider: str
    outcome: AttemptOutcome
    paid: Paid
    upstream_id: str | None
    status: int | None
    code: str | None
    request_id: str | None
    detail: str | None
    calls: int
    usage: Mapping[str, Any] | None
    started_at: int
    ended_at: int | None


def begin_attempt(tx: Transaction, job_id: str, *, provider: str, now: int) -> None:
    """Write down, before it leaves, a call that may cost money."""
    values = {
        "job_id": job_id,
        "provider": provider,
        "outcome": AttemptOutcome.SENDING,
        "paid": Paid.UNKNOWN,
        "started_at": now,
    }
    tx.execute(BEGIN, values)


def name_attempt(tx: Transaction, job_id: str, upstream_id: str) -> None:
    """The upstream has it, under this id."""
    tx.execute(OPEN, {"job": job_id, "outcome": AttemptOutcome.GENERATING, "upstream_id": upstream_id[:200]})


def end_attempt(tx: Transaction, job_id: str, ending: Ending, *, now: int, upstream_id: str | None = None) -> None:
    """Close the job's open attempt; there may be none."""
    known = {"upstream_id": upstream_id[:200]} if upstream_id else {}
    tx.execute(OPEN, {"job": job_id, "ended_at": now} | values_of(ending) | known)


def end_unstarted(tx: Transaction, job_id: str, ending: Ending, *, now: int) -> None:
    """Close the job's open attempt, of which nothing was started: one more of its kind, if there was one before."""
    same = tx.execute(SAME_KIND, {"job": job_id, "outcome": ending.outcome}).scalar()
    if same is None:
        end_attempt(tx, job_id, ending, now=now)
        return
    tx.execute(delete(attempts).where(*IS_OPEN), {"job": job_id})
    tx.execute(ONE_MORE, {"same": same, "ended_at": now} | values_of(ending))


def attempts_of_job(connection: Connection, job_id: str) -> Sequence[Attempt]:
    """In the order in which each was first made."""
    return [_attempt(row) for row in connection.execute(OF_JOB, {"job": job_id}).mappings()]


def latest_attempts(connection: Connection, provider: str, *, limit: int) -> Sequence[Attempt]:
    """The provider's latest that have ended, the newest first."""
    query = (
        select(attempts)
        .where(attempts.c.provider == provider, attempts.c.ended_at.is_not(None))
        .order_by(attempts.c.ended_at.desc())
        .limit(limit)
    )
    return [_attempt(row) for row in connection.execute(query).mappings()]


def unavailable_models(connection: Connection, *, since: int) -> Sequence[tuple[str, str, str]]:
    """Provider, model and reason of each model that was not to be had there when it was last called since then."""
    calls = select(attempts.c.provider, jobs.c.model, func.max(attempts.c.id).label("id"))
    calls = calls.join(jobs, jobs.c.id == attempts.c.job_id).where(attempts.c.ended_at > since)
    ended = calls.where(attempts.c.outcome.in_([AttemptOutcome.MODEL_UNAVAILABLE, AttemptOutcome.GENERATED]))
    last = ended.group_by(attempts.c.provider, jobs.c.model).subquery()
    faulty = select(last.c.provider, last.c.model, attempts.c.detail).join(attempts, attempts.c.id == last.c.id)
    faulty = faulty.where(attempts.c.outcome == AttemptOutcome.MODEL_UNAVAILABLE)
    found = connection.execute(faulty.order_by(last.c.provider, last.c.model))
    return [(row.provider, row.model, row.detail or "") for row in found]


def _attempt(row: RowMapping) -> Attempt:
    return Attempt(**{**row, "outcome": AttemptOutcome(row["outcome"]), "paid": Paid(row["paid"])})

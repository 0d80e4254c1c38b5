"""Events and deliveries, written in the transaction of the change itself (transactional outbox).

A delivery is attempted until an endpoint accepts it or its attempts are used up. During an attempt its due time is set
to later, so that another process continues if this one dies.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, exists, func, insert, select, update

from easel.db.engine import Transaction
from easel.db.scope import within
from easel.db.tables import api_keys, deliveries, delivery_attempts, events, is_pending, jobs
from easel.domain import Scope
from easel.kit.clock import HOUR, MINUTE, SECOND
from easel.kit.ids import new_id

# After these delays, and the first attempt at once: eight attempts over about 24 hours.
PAUSES = (10 * SECOND, 2 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 7 * HOUR, 13 * HOUR)
LEASE = 30 * SECOND
Share = tuple[str, bool]  # a team, and whether in test mode
ONCE = "progress"  # attempted once, and not at all when it is late


@dataclass(frozen=True, slots=True)
class Event:
    """The end of a job. `number` increases in the order in which events became visible."""

    number: int
    id: str
    job_id: str | None
    kind: str
    body: str
    created_at: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one endpoint."""

    number: int
    id: str
    team_id: str
    job_id: str | None
    key_id: str
    kind: str
    url: str
    body: str
    state: str
    tries: int
    due_at: int | None
    created_at: int
    ended_at: int | None
    user_id: str | None
    test: bool

    @property
    def share(self) -> Share:
        return self.team_id, self.test


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt: the endpoint's response, or the error."""

    started_at: int
    milliseconds: int
    status: int | None = None
    error: str | None = None
    answer: str | None = None

    @property
    def delivered(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery to attempt now, and its signing keys. `trace` is its job's."""

    delivery: Delivery
    key_digest: bytes
    trace: str | None = None


def record_event(
    tx: Transaction, *, team_id: str, user_id: str, test: bool, job_id: str | None, kind: str, body: str, now: int
) -> str:
    """Record an event; returns its id.

    A team's events become visible one after the other: a reader that has seen one has seen all with smaller numbers.
    """
    tx.alone_in(f"events of {team_id}")
    event_id = new_id()
    values = {"id": event_id, "job_id": job_id, "kind": kind, "body": body, "created_at": now}
    tx.execute(insert(events), values | {"team_id": team_id, "user_id": user_id, "test": test})
    return event_id


def record_delivery(
    tx: Transaction,
    *,
    delivery_id: str,
    team_id: str,
    user_id: str,
    test: bool,
    job_id: str | None,
    key_id: str,
    kind: str,
    url: str,
    body: str,
    now: int,
) -> None:
    """Record a delivery. A pending progress message is replaced by the newer one."""
    if job_id is not None:
        waiting = update(deliveries).where(
            deliveries.c.job_id == job_id, deliveries.c.kind == ONCE, deliveries.c.state == "pending"
        )
        tx.execute(waiting.values(state="dropped", due_at=None, ended_at=now))
    values = {
        "id": delivery_id,
        "team_id": team_id,
        "user_id": user_id,
        "test": test,
        "job_id": job_id,
        "key_id": key_id,
        "kind": kind,
        "url": url,
        "body": body,
        "state": "pending",
        "due_at": now,
        "created_at": now,
    }
    tx.execute(insert(deliveries), values)


# Teams with pending messages are read off an index, and of each only the next few: a backlog slows down no other.
WAITING = select(deliveries.c.team_id, deliveries.c.test).where(is_pending).distinct()
_older = deliveries.alias()
_blocked = exists().where(
    _older.c.job_id == deliveries.c.job_id, _older.c.state == "pending", _older.c.number < deliveries.c.number
)
NEXT_OF = (
    select(deliveries, api_keys.c.digest, jobs.c.trace)
    .join(api_keys, api_keys.c.id == deliveries.c.key_id)
    .outerjoin(jobs, jobs.c.id == deliveries.c.job_id)
    .where(deliveries.c.team_id == bindparam("team"), deliveries.c.test == bindparam("test"), is_pending)
    .where(deliveries.c.due_at <= bindparam("now"), ~_blocked)
    .order_by(deliveries.c.due_at, deliveries.c.number)
    .limit(bindparam("room"))
)


def lease_due(tx: Transaction, *, now: int, busy: Mapping[Share, int], each: int, most: int) -> Sequence[Due]:
    """Claim what is due: teams in turn, at most `each` per team at once, counting those `busy` already.

    A team's test messages are counted separately and have turns of their own: they delay no live message. A job's
    messages are sent one after the other, in order.
    """
    claimed: list[tuple[int, Due]] = []
    for share in tx.execute(WAITING).mappings():
        room = each - busy.get((share["team_id"], share["test"]), 0)
        if room > 0:
            values = {"team": share["team_id"], "test": share["test"], "now": now, "room": room}
            claimed += enumerate(_due(row) for row in tx.execute(NEXT_OF, values))
    claimed.sort(key=lambda one: (one[0], one[1].delivery.due_at or 0))
    taken = [due for _, due in claimed[:most]]
    ids = [due.delivery.id for due in taken]
    if not ids:
        return []
    # Of two processes that select the same delivery, the second finds it leased.
    still_due = and_(deliveries.c.id.in_(ids), deliveries.c.state == "pending", deliveries.c.due_at <= now)
    lease = update(deliveries).where(still_due).values(due_at=now + LEASE).returning(deliveries.c.id)
    leased = set(tx.execute(lease).scalars())
    return [due for due in taken if due.delivery.id in leased]


def next_due(connection: Connection) -> int | None:
    """When the next delivery is due; None without pending ones."""
    query = select(func.min(deliveries.c.due_at)).where(deliveries.c.state == "pending")
    due_at: int | None = connection.execute(query).scalar_one()
    return due_at


def record_try(tx: Transaction, delivery: Delivery, tried: Try, *, now: int, pause: int | None) -> str | None:
    """Record an attempt; returns the delivery's final state, if the message is the one about its job's end.

    `pause` is the delay of the next attempt, in milliseconds; None when this was the last."""
    values = {
        "delivery_id": delivery.id,
        "started_at": tried.started_at,
        "milliseconds": tried.milliseconds,
        "status": tried.status,
        "error": tried.error,
        "answer": tried.answer,
    }
    tx.execute(insert(delivery_attempts), values)
    mine = update(deliveries).where(deliveries.c.id == delivery.id, deliveries.c.state == "pending")
    tries = deliveries.c.tries + 1
    if tried.delivered:
        change = mine.values(state="delivered", tries=tries, due_at=None, ended_at=now)
    elif pause is None:
        change = mine.values(state="failed", tries=tries, due_at=None, ended_at=now)
    else:
        change = mine.values(tries=tries, due_at=now + pause)
    changed = tx.execute(change).rowcount
    if not changed or delivery.kind == ONCE or not (tried.delivered or pause is None):
        return None
    return "delivered" if tried.delivered else "failed"


def _due(row: Row[Any]) -> Due:
    fields = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    digest, trace = fields.pop("digest"), fields.pop("trace")
    return Due(Delivery(**fields), digest, trace)


def delete_old_events(tx: Transaction, *, before: int) -> None:
    """Delete events and ended deliveries from before then, with their attempts.

    The newest event stays: SQLite derives the next number from it, and numbers must never repeat.
    """
    old = and_(deliveries.c.created_at < before, deliveries.c.state != "pending")
    gone = select(deliveries.c.id).where(old)
    tx.execute(delete(delivery_attempts).where(delivery_attempts.c.delivery_id.in_(gone)))
    tx.execute(delete(deliveries).where(old))
    newest = select(func.max(events.c.number)).scalar_subquery()
    tx.execute(delete(events).where(events.c.created_at < before, events.c.number < newest))


def resend(tx: Transaction, scope: Scope, *, delivery_id: str | None, now: int) -> Sequence[str | None]:
    """Resend one ended delivery of the scope, or all failed ones; returns the job of each."""
    which = deliveries.c.id == delivery_id if delivery_id else deliveries.c.state == "failed"
    ended = and_(within(deliveries, scope), deliveries.c.state != "pending", deliveries.c.kind != ONCE, which)
    again = update(deliveries).where(ended).values(state="pending", tries=0, due_at=now, ended_at=None)
    return list(tx.execute(again.returning(deliveries.c.job_id)).scalars())

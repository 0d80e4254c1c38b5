"""The queue before a limiter that many processes share: a row for each job that waits, whichever process runs it.

Teams take turns by rounds: a entry belongs to the round after its team's last one. Whoever looks lets through what may
pass, its own and others'; a entry that its process has not renewed for a while is passed over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, case, delete, func, select, update
from sqlalchemy.dialects import postgresql

from easel.db.columns import values_of
from easel.db.engine import Transaction
from easel.db.fleet_tables import limiters
from easel.db.fleet_tables import queue_entries as entries
from easel.kit.clock import SECOND
from easel.runtime.embedded.limiter import BURST_SECONDS, FAILURES, FIRST_COOLDOWN, cooldown_after

LEASE = 15 * SECOND
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many images an account takes: at once, and in a second; None without a limit."""

    size: float
    rate: float | None

    @classmethod
    def of(cls, images_per_minute: float | None) -> "Bucket":
        rate = images_per_minute / 60 if images_per_minute else None
        return cls(max(1.0, rate * BURST_SECONDS) if rate else 1.0, rate)

    def filled(self, tokens: float, milliseconds: int) -> float:
        return min(self.size, tokens + (self.rate or 0) * max(0, milliseconds) / SECOND)


@dataclass(frozen=True, slots=True)
class State:
    """What is known of the account."""

    paused_until: int
    failures: int
    last_error: str | None
    disabled: bool


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One job's entry in the queue."""

    id: str
    team_id: str
    images: int


@dataclass(frozen=True, slots=True)
class Asking:
    """A process that looks, with those of its jobs that have come and that have left since it last did."""

    process_id: str
    new: Sequence[QueueEntry]
    left: Sequence[str]


@dataclass(frozen=True, slots=True)
class Look:
    """The result of one look: which of this process are admitted, which processes to notify, and when to look again."""

    state: State
    passed: Sequence[str]
    others: frozenset[str]
    look_at: int | None


def create_limiter(tx: Transaction, limiter: str, bucket: Bucket, now: int) -> None:
    """Make the limiter's row, if there is none."""
    first = {"name": limiter, "tokens": bucket.size, "filled_at": now, "paused_until": 0}
    new = postgresql.insert(limiters).values(**first, failures=0, disabled=False, round=0)
    tx.execute(new.on_conflict_do_nothing())


def state_of(connection: Connection, limiter: str) -> State | None:
    row = connection.execute(select(limiters).where(limiters.c.name == limiter)).first()
    return _state(row) if row else None


def renew(tx: Transaction, entry_ids: Sequence[str], now: int) -> set[str]:
    """Say that these entries are still wanted; those that are still there."""
    mine = update(entries).where(entries.c.id.in_(entry_ids)).values(renewed_at=now)
    return set(tx.execute(mine.returning(entries.c.id)).scalars())


def admit(tx: Transaction, limiter: str, bucket: Bucket, asking: Asking, now: int) -> Look | None:
    """Let through whoever may pass now, the teams taking turns. None when the limiter has no row yet."""
    row = tx.execute(select(limiters).where(limiters.c.name == limiter).with_for_update()).first()
    if row is None:
        return None
    passed = _passed(tx, limiter, asking.process_id)
    if asking.left:
        tx.execute(delete(entries).where(entries.c.id.in_(asking.left)))
    if asking.new:
        _join(tx, limiter, asking, row.round, now)
    now = max(now, row.filled_at)  # clocks differ by a little; a bucket must not fill twice
    tokens, paused_until = bucket.filled(row.tokens, now - row.filled_at), row.paused_until
    taken, look_at = [], None
    for entry in _waiting(tx, limiter, now):
        needed = min(float(entry.images), bucket.size) if bucket.rate else 0.0
        look_at = _passes_at(now, paused_until, needed - tokens, bucket)
        if look_at > now:
            break
        taken.append(entry)
        tokens -= entry.images if bucket.rate else 0
        if row.failures >= FAILURES:  # one to see whether it is well again
            paused_until = now + int(FIRST_COOLDOWN * SECOND)
    own = [entry.id for entry in taken if entry.process_id == asking.process_id]
    others = [entry for entry in taken if entry.process_id != asking.process_id]
    _remove(tx, own, [entry.id for entry in others], now)
    turn = taken[-1].round if taken else row.round
    left = {"tokens": tokens, "filled_at": now, "paused_until": paused_until, "round": turn}
    tx.execute(update(limiters).where(limiters.c.name == limiter).values(**left))
    state = State(paused_until, row.failures, row.last_error, row.disabled)
    return Look(state, [*passed, *own], frozenset(entry.process_id for entry in others), look_at)


def record_pause(tx: Transaction, limiter: str, until: int) -> None:
    later = func.greatest(limiters.c.paused_until, until)
    tx.execute(update(limiters).where(limiters.c.name == limiter).values(paused_until=later))


def record_success(tx: Transaction, limiter: str, now: int) -> None:
    rested = case((limiters.c.failures >= FAILURES, now), else_=limiters.c.paused_until)
    well = {"failures": 0, "last_error": None, "disabled": False, "paused_until": rested}
    tx.execute(update(limiters).where(limiters.c.name == limiter).values(**well))


def record_failure(tx: Transaction, limiter: str, reason: str, *, permanent: bool, now: int) -> None:
    row = tx.execute(select(limiters).where(limiters.c.name == limiter).with_for_update()).first()
    if row is not None:
        failures = max(row.failures + 1, FAILURES if permanent else 0)
        until = max(row.paused_until, now + int(cooldown_after(failures) * SECOND))
        now_so = {"failures": failures, "last_error": reason, "disabled": permanent, "paused_until": until}
        tx.execute(update(limiters).where(limiters.c.name == limiter).values(**now_so))


def remove_all(tx: Transaction, process_id: str) -> None:
    """This process ends."""
    tx.execute(delete(entries).where(entries.c.process_id == process_id))


def delete_stale_entries(tx: Transaction, now: int) -> None:
    tx.execute(delete(entries).where(entries.c.renewed_at < now - 4 * LEASE))


def _join(tx: Transaction, limiter: str, asking: Asking, come: int, now: int) -> None:
    """A team's next entry is in the round after its last, and never in one that has come already.

    Taking the same entry again changes nothing.
    """
    teams = {entry.team_id for entry in asking.new}
    of_teams = select(entries.c.team_id, func.max(entries.c.round).label("turn")).where(
        entries.c.limiter == limiter, entries.c.team_id.in_(teams)
    )
    last = {row.team_id: max(come, row.turn) for row in tx.execute(of_teams.group_by(entries.c.team_id))}
    rows = []
    for entry in asking.new:
        last[entry.team_id] = turn = last.get(entry.team_id, come) + 1
        rows.append(values_of(entry) | {"limiter": limiter, "process_id": asking.process_id, "round": turn})
    insert = postgresql.insert(entries).on_conflict_do_nothing()
    tx.execute(insert.values([row | {"joined_at": now, "renewed_at": now} for row in rows]))


def _passed(tx: Transaction, limiter: str, process_id: str) -> list[str]:
    """The entries of this process that others let through, taken out of the queue."""
    mine = delete(entries).where(entries.c.process_id == process_id, entries.c.limiter == limiter)
    passed = mine.where(entries.c.granted_at.is_not(None)).returning(entries.c.id)
    return list(tx.execute(passed).scalars())


def _waiting(tx: Transaction, limiter: str, now: int) -> Sequence[Row[Any]]:
    """Who waits, in order, but for the dead."""
    alive = entries.c.renewed_at > now - LEASE
    waiting = select(entries).where(entries.c.limiter == limiter, entries.c.granted_at.is_(None), alive)
    return tx.execute(waiting.order_by(entries.c.round, entries.c.joined_at, entries.c.id).limit(AT_ONCE)).all()


def _passes_at(now: int, paused_until: int, lacking: float, bucket: Bucket) -> int:
    filled_at = now + int(lacking / bucket.rate * SECOND) + 1 if bucket.rate and lacking > 0 else now
    return max(now, paused_until, filled_at)


def _remove(tx: Transaction, own: Sequence[str], others: Sequence[str], now: int) -> None:
    """Own entries are done with; those of others are marked, for them to see."""
    if own:
        tx.execute(delete(entries).where(entries.c.id.in_(own)))
    if others:
        tx.execute(update(entries).where(entries.c.id.in_(others)).values(granted_at=now))


def _state(row: Row[Any]) -> State:
    return State(row.paused_until, row.failures, row.last_error, row.disabled)

"""The line before a gate that many processes share: a row for each job that waits, whichever process runs it.

Teams take turns by rounds: a place belongs to the round after its team's last one. Whoever looks lets through what may
pass, its own and others'; a place that its process has not renewed for a while is passed over.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Row, case, delete, func, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from easel.db.engine import Transaction
from easel.db.fleet_tables import gate_places as places
from easel.db.fleet_tables import gates
from easel.kit.clock import SECOND
from easel.runtime.embedded.limiter import BURST_SECONDS, FAULTS, FIRST_REST, rest_after

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

    shut_until: int
    faults: int
    trouble: str | None
    parked: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One job's place in the line."""

    id: str
    team_id: str
    images: int


@dataclass(frozen=True, slots=True)
class Asking:
    """A process that looks, with those of its jobs that have come and that have left since it last did."""

    process_id: str
    new: Sequence[Place]
    left: Sequence[str]


@dataclass(frozen=True, slots=True)
class Look:
    """What came of a look at the line: who of this process may pass, whom to tell, and when to look again."""

    state: State
    passed: Sequence[str]
    others: frozenset[str]
    look_at: int | None


async def put_up(tx: Transaction, gate: str, bucket: Bucket, now: int) -> None:
    """Make the gate's row, if there is none."""
    first = {"name": gate, "tokens": bucket.size, "filled_at": now, "shut_until": 0}
    new = postgresql.insert(gates).values(**first, faults=0, parked=False, round=0)
    await tx.execute(new.on_conflict_do_nothing())


async def state_of(connection: AsyncConnection, gate: str) -> State | None:
    row = (await connection.execute(select(gates).where(gates.c.name == gate))).first()
    return _state(row) if row else None


async def renew(tx: Transaction, place_ids: Sequence[str], now: int) -> set[str]:
    """Say that these places are still wanted; those that are still there."""
    mine = update(places).where(places.c.id.in_(place_ids)).values(renewed_at=now)
    return set((await tx.execute(mine.returning(places.c.id))).scalars())


async def let_through(tx: Transaction, gate: str, bucket: Bucket, asking: Asking, now: int) -> Look | None:
    """Let through whoever may pass now, the teams taking turns. None when the gate has no row yet."""
    row = (await tx.execute(select(gates).where(gates.c.name == gate).with_for_update())).first()
    if row is None:
        return None
    passed = await _passed(tx, gate, asking.process_id)
    if asking.left:
        await tx.execute(delete(places).where(places.c.id.in_(asking.left)))
    if asking.new:
        await _stand(tx, gate, asking, row.round, now)
    now = max(now, row.filled_at)  # clocks differ by a little; a bucket must not fill twice
    tokens, shut_until = bucket.filled(row.tokens, now - row.filled_at), row.shut_until
    taken, look_at = [], None
    for place in await _line(tx, gate, now):
        needed = min(float(place.images), bucket.size) if bucket.rate else 0.0
        look_at = _passes_at(now, shut_until, needed - tokens, bucket)
        if look_at > now:
            break
        taken.append(place)
        tokens -= place.images if bucket.rate else 0
        if row.faults >= FAULTS:  # one to see whether it is well again
            shut_until = now + int(FIRST_REST * SECOND)
    own = [place.id for place in taken if place.process_id == asking.process_id]
    others = [place for place in taken if place.process_id != asking.process_id]
    await _take(tx, own, [place.id for place in others], now)
    turn = taken[-1].round if taken else row.round
    left = {"tokens": tokens, "filled_at": now, "shut_until": shut_until, "round": turn}
    await tx.execute(update(gates).where(gates.c.name == gate).values(**left))
    state = State(shut_until, row.faults, row.trouble, row.parked)
    return Look(state, [*passed, *own], frozenset(place.process_id for place in others), look_at)


async def note_busy(tx: Transaction, gate: str, until: int) -> None:
    later = func.greatest(gates.c.shut_until, until)
    await tx.execute(update(gates).where(gates.c.name == gate).values(shut_until=later))


async def note_worked(tx: Transaction, gate: str, now: int) -> None:
    rested = case((gates.c.faults >= FAULTS, now), else_=gates.c.shut_until)
    well = {"faults": 0, "trouble": None, "parked": False, "shut_until": rested}
    await tx.execute(update(gates).where(gates.c.name == gate).values(**well))


async def note_failed(tx: Transaction, gate: str, reason: str, *, lasting: bool, now: int) -> None:
    row = (await tx.execute(select(gates).where(gates.c.name == gate).with_for_update())).first()
    if row is not None:
        faults = max(row.faults + 1, FAULTS if lasting else 0)
        until = max(row.shut_until, now + int(rest_after(faults) * SECOND))
        now_so = {"faults": faults, "trouble": reason, "parked": lasting, "shut_until": until}
        await tx.execute(update(gates).where(gates.c.name == gate).values(**now_so))


async def leave_all(tx: Transaction, process_id: str) -> None:
    """This process ends."""
    await tx.execute(delete(places).where(places.c.process_id == process_id))


async def forget_dead_places(tx: Transaction, now: int) -> None:
    await tx.execute(delete(places).where(places.c.renewed_at < now - 4 * LEASE))


async def _stand(tx: Transaction, gate: str, asking: Asking, come: int, now: int) -> None:
    """A team's next place is in the round after its last, and never in one that has come already.

    Taking the same place again changes nothing.
    """
    teams = {place.team_id for place in asking.new}
    of_teams = select(places.c.team_id, func.max(places.c.round).label("turn")).where(
        places.c.gate == gate, places.c.team_id.in_(teams)
    )
    last = {row.team_id: max(come, row.turn) for row in await tx.execute(of_teams.group_by(places.c.team_id))}
    rows = []
    for place in asking.new:
        last[place.team_id] = turn = last.get(place.team_id, come) + 1
        rows.append(asdict(place) | {"gate": gate, "process_id": asking.process_id, "round": turn})
    insert = postgresql.insert(places).on_conflict_do_nothing()
    await tx.execute(insert.values([row | {"stood_at": now, "renewed_at": now} for row in rows]))


async def _passed(tx: Transaction, gate: str, process_id: str) -> list[str]:
    """The places of this process that others let through, taken out of the line."""
    mine = delete(places).where(places.c.process_id == process_id, places.c.gate == gate)
    passed = mine.where(places.c.passed_at.is_not(None)).returning(places.c.id)
    return list((await tx.execute(passed)).scalars())


async def _line(tx: Transaction, gate: str, now: int) -> Sequence[Row[Any]]:
    """Who waits, in order, but for the dead."""
    alive = places.c.renewed_at > now - LEASE
    waiting = select(places).where(places.c.gate == gate, places.c.passed_at.is_(None), alive)
    return (await tx.execute(waiting.order_by(places.c.round, places.c.stood_at, places.c.id).limit(AT_ONCE))).all()


def _passes_at(now: int, shut_until: int, lacking: float, bucket: Bucket) -> int:
    filled_at = now + int(lacking / bucket.rate * SECOND) + 1 if bucket.rate and lacking > 0 else now
    return max(now, shut_until, filled_at)


async def _take(tx: Transaction, own: Sequence[str], others: Sequence[str], now: int) -> None:
    """Own places are done with; those of others are marked, for them to see."""
    if own:
        await tx.execute(delete(places).where(places.c.id.in_(own)))
    if others:
        await tx.execute(update(places).where(places.c.id.in_(others)).values(passed_at=now))


def _state(row: Row[Any]) -> State:
    return State(row.shut_until, row.faults, row.trouble, row.parked)

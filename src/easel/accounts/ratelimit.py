"""How many requests a key may make, and all keys of one person: counters per minute, in this process or for all that
share a database.

A fixed window is what the answer's headers can state exactly: so many left, fresh ones at the full minute.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pydantic import BaseModel, Field
from sqlalchemy import delete, text

from easel.db.engine import Database, Transaction
from easel.db.fleet_tables import request_counts
from easel.domain import Caller
from easel.errors import RateLimited
from easel.kit.clock import MINUTE, SECOND, Clock

# One trip for both counters. A key is no other person's, so two requests never wait for each other in a circle.
COUNT = text(
    "INSERT INTO request_counts (key_id, minute, count) "
    "SELECT name, :minute, 1 FROM unnest(CAST(:names AS text[])) name "
    "ON CONFLICT (key_id, minute) DO UPDATE SET count = request_counts.count + 1 RETURNING key_id, count AS requests"
)


class RateLimitSettings(BaseModel):
    rate_limit_per_minute: int = Field(
        default=500, ge=0, le=10**9, description="Requests one key may make in a minute; 0 switches the limit off."
    )
    rate_limit_per_person: int | None = Field(
        default=None,
        ge=0,
        le=10**9,
        description="Requests that all keys of one person together may make in a minute; 0 switches the limit off. "
        "Default: twice the limit of one key. Their test keys are counted apart from their live ones.",
    )

    @property
    def limit_of_person(self) -> int:
        return 2 * self.rate_limit_per_minute if self.rate_limit_per_person is None else self.rate_limit_per_person


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of this minute: for the answer's headers."""

    limit: int
    remaining: int
    reset_seconds: int

    @property
    def headers(self) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(self.reset_seconds),
        }


class Counter(Protocol):
    async def add(self, names: Sequence[str], minute: int) -> dict[str, int]:
        """Count one request for each name; how many of each there are in this minute by now."""
        ...


class OwnCounter:
    """For one process: a number per name of the current minute. All are forgotten at its end."""

    def __init__(self) -> None:
        self._minute = 0
        self._counts: dict[str, int] = {}

    async def add(self, names: Sequence[str], minute: int) -> dict[str, int]:
        if minute != self._minute:
            self._minute, self._counts = minute, {}
        for name in names:
            self._counts[name] = self._counts.get(name, 0) + 1
        return {name: self._counts[name] for name in names}


class SharedCounter:
    """For all processes on one PostgreSQL: a row per name and minute, which the sweep forgets."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def add(self, names: Sequence[str], minute: int) -> dict[str, int]:
        async with self._db.write() as tx:
            rows = await tx.execute(COUNT, {"names": list(names), "minute": minute})
            return {row.key_id: int(row.requests) for row in rows}


class RateLimit:
    """Lets the requests of one minute pass, up to the limits of a key and of its person."""

    def __init__(self, settings: RateLimitSettings, clock: Clock, counter: Counter) -> None:
        self._per_key, self._per_person = settings.rate_limit_per_minute, settings.limit_of_person
        self._clock = clock
        self._counter = counter
        self._spent: dict[str, int] = {}  # in which minute a name has none left: no need to count on

    async def count(self, caller: Caller) -> Allowance | None:
        """Count one request; raises RateLimited past a limit; None where none is set. Tells of the tighter one."""
        limits = {
            caller.key_id: (self._per_key, "each key"),
            _person(caller): (self._per_person, "all keys of a person"),
        }
        limits = {name: (most, whose) for name, (most, whose) in limits.items() if most}
        if not limits:
            return None
        minute, passed = divmod(self._clock.now(), MINUTE)
        reset = max(1, -(-(MINUTE - passed) // SECOND))
        for name, (most, whose) in limits.items():
            if self._spent.get(name) == minute:
                raise _limited(most, whose, reset)
        counts = await self._counter.add(list(limits), minute)
        for name, (most, whose) in limits.items():
            if counts[name] > most:
                self._note_spent(name, minute)
                raise _limited(most, whose, reset)
        return min(
            (Allowance(most, most - counts[name], reset) for name, (most, _) in limits.items()),
            key=lambda allowance: allowance.remaining,
        )

    def _note_spent(self, name: str, minute: int) -> None:
        if self._spent.get(name) != minute:
            self._spent = {one: when for one, when in self._spent.items() if when == minute} | {name: minute}


def _limited(most: int, whose: str, reset: int) -> RateLimited:
    return RateLimited(
        f"Rate limit exceeded: {most} requests per minute for {whose}.",
        hint=f"Try again in {reset} s.",
        retry_after=reset,
        headers=Allowance(most, 0, reset).headers,
    )


def _person(caller: Caller) -> str:
    """What a person's requests are counted under. A test key that got around does not use up what live keys have."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"test mode of {caller.user_id}")) if caller.test else caller.user_id


async def forget_old_counts(tx: Transaction, now: int) -> None:
    """The minutes that are over, by every process's clock."""
    await tx.execute(delete(request_counts).where(request_counts.c.minute < now // MINUTE - 1))

"""Rate limits per key and per member: counters per minute, in this process or shared through the database.

A fixed window is what the response headers can state exactly: requests left, and reset at the full minute.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pydantic import Field
from sqlalchemy import delete, text

from easel.db.engine import Database, Transaction
from easel.db.fleet_tables import request_counts
from easel.domain import Caller
from easel.errors import RateLimited
from easel.kit.clock import MINUTE, SECOND, Clock
from easel.kit.settings import SettingsModel

# One query for both counters. A key belongs to one member, so two requests cannot deadlock.
COUNT = text(
    "INSERT INTO request_counts (key_id, minute, count) "
    "SELECT name, :minute, 1 FROM unnest(CAST(:names AS text[])) name "
    "ON CONFLICT (key_id, minute) DO UPDATE SET count = request_counts.count + 1 RETURNING key_id, count AS requests"
)


class RateLimitSettings(SettingsModel):
    rate_limit_per_minute: int = Field(default=500, ge=0, le=10**9)
    """Requests per key and minute; 0 disables the limit."""
    rate_limit_per_person: int | None = Field(default=None, ge=0, le=10**9)
    """Requests per minute of all keys of one member together; 0 disables the limit. Default: twice the limit of one
    key. Test keys are counted separately."""

    @property
    def limit_of_person(self) -> int:
        return 2 * self.rate_limit_per_minute if self.rate_limit_per_person is None else self.rate_limit_per_person


@dataclass(frozen=True, slots=True)
class Allowance:
    """The remaining requests of this minute, for the response headers."""

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
        """Count one request for each name; returns the counts of this minute."""
        ...


class OwnCounter:
    """For one process: a counter per name for the current minute, cleared when it ends."""

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
    """For all processes on one PostgreSQL: a row per name and minute, deleted by the sweep."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def add(self, names: Sequence[str], minute: int) -> dict[str, int]:
        return await self._db.write(_count, names, minute)


def _count(tx: Transaction, names: Sequence[str], minute: int) -> dict[str, int]:
    rows = tx.execute(COUNT, {"names": list(names), "minute": minute})
    return {row.key_id: int(row.requests) for row in rows}


class RateLimit:
    """Admits the requests of one minute, up to the limits of the key and its member."""

    def __init__(self, settings: RateLimitSettings, clock: Clock, counter: Counter) -> None:
        self._per_key, self._per_person = settings.rate_limit_per_minute, settings.limit_of_person
        self._clock = clock
        self._counter = counter
        self._spent: dict[str, int] = {}  # the minute in which a name reached its limit: no need to count further

    async def count(self, caller: Caller) -> Allowance | None:
        """Count one request; raises RateLimited above a limit. Returns the tighter limit; None when there is none."""
        limits = {
            caller.key_id: (self._per_key, "each key"),
            _person(caller): (self._per_person, "all keys of a member"),
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
    """The name under which a member's requests are counted. A leaked test key does not use up the live limit."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"test mode of {caller.user_id}")) if caller.test else caller.user_id


def forget_old_counts(tx: Transaction, now: int) -> None:
    """The past minutes, by every process's clock."""
    tx.execute(delete(request_counts).where(request_counts.c.minute < now // MINUTE - 1))

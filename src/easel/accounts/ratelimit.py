"""How often one key may knock: a counter per key and minute, in this process or for all that share a database.

A fixed window is what the answer's headers can state exactly: so many left, fresh ones at the full minute.
"""

from dataclasses import dataclass
from typing import Protocol

from pydantic import BaseModel, Field
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from easel.db.engine import Database, Transaction
from easel.db.fleet_tables import request_counts
from easel.errors import RateLimited
from easel.kit.clock import MINUTE, SECOND, Clock

_FIRST = insert(request_counts).values(count=1)
COUNT = _FIRST.on_conflict_do_update(
    index_elements=["key_id", "minute"], set_={"count": request_counts.c.count + 1}
).returning(request_counts.c.count)


class RateLimitSettings(BaseModel):
    rate_limit_per_minute: int = Field(
        default=500, ge=0, description="Requests one key may make in a minute; 0 switches the limit off."
    )


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
    async def add(self, key_id: str, minute: int) -> int:
        """Count one request; how many of this key there are in this minute by now."""
        ...


class OwnCounter:
    """For one process: a number per key of the current minute. All are forgotten at its end."""

    def __init__(self) -> None:
        self._minute = 0
        self._counts: dict[str, int] = {}

    async def add(self, key_id: str, minute: int) -> int:
        if minute != self._minute:
            self._minute, self._counts = minute, {}
        self._counts[key_id] = self._counts.get(key_id, 0) + 1
        return self._counts[key_id]


class SharedCounter:
    """For all processes on one PostgreSQL: a row per key and minute, which the sweep forgets."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def add(self, key_id: str, minute: int) -> int:
        async with self._db.write() as tx:
            return int((await tx.execute(COUNT, {"key_id": key_id, "minute": minute})).scalar_one())


class RateLimit:
    """Lets a key's requests of one minute pass, up to the limit."""

    def __init__(self, settings: RateLimitSettings, clock: Clock, counter: Counter) -> None:
        self._limit = settings.rate_limit_per_minute
        self._clock = clock
        self._counter = counter
        self._spent: dict[str, int] = {}  # in which minute a key has none left: no need to count on

    async def count(self, key_id: str) -> Allowance | None:
        """Count one request; raises RateLimited past the limit; None where no limit is set."""
        if self._limit == 0:
            return None
        minute, passed = divmod(self._clock.now(), MINUTE)
        reset = max(1, -(-(MINUTE - passed) // SECOND))
        count = self._limit + 1 if self._spent.get(key_id) == minute else await self._counter.add(key_id, minute)
        allowance = Allowance(limit=self._limit, remaining=max(0, self._limit - count), reset_seconds=reset)
        if count > self._limit:
            self._note_spent(key_id, minute)
            raise RateLimited(
                f"Rate limit exceeded: {self._limit} requests per minute for each key.",
                hint=f"Try again in {reset} s.",
                retry_after=reset,
                headers=allowance.headers,
            )
        return allowance

    def _note_spent(self, key_id: str, minute: int) -> None:
        if self._spent.get(key_id) != minute:
            self._spent = {key: when for key, when in self._spent.items() if when == minute} | {key_id: minute}


def counter_for(db: Database) -> Counter:
    return SharedCounter(db) if db.dialect == "postgresql" else OwnCounter()


async def forget_old_counts(tx: Transaction, now: int) -> None:
    """The minutes that are over, by every process's clock."""
    await tx.execute(delete(request_counts).where(request_counts.c.minute < now // MINUTE - 1))

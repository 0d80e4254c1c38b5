"""How often one key may knock: a counter per key and minute, in this process.

A fixed window is what the answer's headers can state exactly: so many left, fresh ones at the full minute.
"""

from dataclasses import dataclass

from pydantic import BaseModel, Field

from easel.errors import RateLimited
from easel.kit.clock import MINUTE, SECOND, Clock


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


class RateLimit:
    """Counts requests by key. Keeps one number per key of the current minute, and forgets them all at its end."""

    def __init__(self, settings: RateLimitSettings, clock: Clock) -> None:
        self._limit = settings.rate_limit_per_minute
        self._clock = clock
        self._minute = 0
        self._counts: dict[str, int] = {}

    def count(self, key_id: str) -> Allowance | None:
        """Count one request; raises RateLimited past the limit; None where no limit is set."""
        if self._limit == 0:
            return None
        minute, passed = divmod(self._clock.now(), MINUTE)
        if minute != self._minute:
            self._minute, self._counts = minute, {}
        reset = max(1, -(-(MINUTE - passed) // SECOND))
        count = self._counts.get(key_id, 0) + 1
        allowance = Allowance(limit=self._limit, remaining=max(0, self._limit - count), reset_seconds=reset)
        if count > self._limit:
            raise RateLimited(
                f"Rate limit exceeded: {self._limit} requests per minute for each key.",
                hint=f"Try again in {reset} s.",
                retry_after=reset,
                headers=allowance.headers,
            )
        self._counts[key_id] = count
        return allowance

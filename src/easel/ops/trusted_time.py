"""The time used for deletions: the clock's, unless it has jumped.

A clock that is 91 days ahead for a minute must delete nothing, and a server that was off for three months must continue
to delete. At first the two look the same. So the clock is in doubt when it has moved since the last sweep of any
process by over an hour more or less than this process has counted; then the trusted time stops. It continues when the
clock has run for a day without another jump; sweeps before and after a restart count, so rarely running installations
delete too. Deleting a day late does no harm.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import update

from easel.db.columns import values_of
from easel.db.engine import Transaction
from easel.db.fleet_tables import installation
from easel.kit.clock import DAY, HOUR
from easel.ops.installation import made

TOLERATED = HOUR
CONFIRMED_AFTER = DAY


@dataclass(frozen=True, slots=True)
class TrustedTime:
    """Milliseconds since 1970. `doubted_at` is the clock's time when it came into doubt; None when it is trusted."""

    swept_at: int
    trusted_at: int
    doubted_at: int | None

    def at_next_sweep(self, now: int, counted: int | None) -> "TrustedTime":
        """`counted` is the time since the last sweep by this process's own counter; None in its first sweep."""
        step = now - self.swept_at
        jumped = not -TOLERATED <= step <= TOLERATED + (counted or 0)
        doubted = self.doubted_at
        if doubted is None:
            doubted = now if jumped else None
        elif now < doubted or (jumped and counted is not None):
            doubted = now
        elif now - doubted >= CONFIRMED_AFTER:
            doubted = None
        return TrustedTime(now, now if doubted is None else min(self.trusted_at, now), doubted)


def next_trusted_time(tx: Transaction, now: int, counted: int | None) -> TrustedTime:
    """Record a sweep; returns its trusted time. Nothing is deleted on the first day of a database."""
    row = made(tx)
    before = TrustedTime(row.swept_at, row.trusted_at, row.doubted_at) if row.swept_at is not None else None
    trusted = before.at_next_sweep(now, counted) if before else TrustedTime(now, 0, now)
    tx.execute(update(installation).values(**values_of(trusted)))
    return trusted


class Counter:
    """How long ago this process last knew of a sweep, by its monotonic counter; None before the first."""

    def __init__(self, counted: Callable[[], int] | None = None) -> None:
        self._counted = counted or milliseconds_of_machine
        self._since: int | None = None

    def restart(self) -> None:
        self._since = self._counted()

    @property
    def milliseconds(self) -> int | None:
        return None if self._since is None else self._counted() - self._since


def milliseconds_of_machine() -> int:
    """Also runs while the machine sleeps, where available."""
    clock = time.CLOCK_BOOTTIME if hasattr(time, "CLOCK_BOOTTIME") else time.CLOCK_MONOTONIC
    return time.clock_gettime_ns(clock) // 1_000_000

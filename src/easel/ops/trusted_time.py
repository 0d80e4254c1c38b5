"""The time that deletions go by: the clock's, unless it has jumped.

A clock that is 91 days ahead for a minute must delete nothing, and a server that was off for three months must go on
deleting. Neither can be told from the other when it is first seen. So a step of the clock since the last sweep of any
process that is more than an hour off what this process has counted meanwhile puts the clock in doubt, and the trusted
time stands still. It goes on with the clock once the clock has gone on for a day without being seen to jump again;
sweeps before and after a restart count, so an installation that is seldom on deletes too. What is deleted a day late
does no harm.
"""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from sqlalchemy import update

from easel.db.engine import Transaction
from easel.db.fleet_tables import installation
from easel.kit.clock import DAY, HOUR
from easel.ops.installation import made

TOLERATED = HOUR
CONFIRMED_AFTER = DAY


@dataclass(frozen=True, slots=True)
class TrustedTime:
    """Milliseconds since 1970. `doubted_at` is what the clock said when it was first in doubt; None when it is not."""

    swept_at: int
    trusted_at: int
    doubted_at: int | None

    def at_next_sweep(self, now: int, counted: int | None) -> "TrustedTime":
        """`counted` is the time since the last sweep by this process's own counter; None in its first one."""
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


async def next_trusted_time(tx: Transaction, now: int, counted: int | None) -> TrustedTime:
    """Write down that there is a sweep; what it may go by. Nothing is deleted in the first day of a database."""
    row = await made(tx)
    before = TrustedTime(row.swept_at, row.trusted_at, row.doubted_at) if row.swept_at is not None else None
    found = before.at_next_sweep(now, counted) if before else TrustedTime(now, 0, now)
    await tx.execute(update(installation).values(**asdict(found)))
    return found


class Counter:
    """How long ago this process last knew of a sweep, by a counter that no clock moves; None when it never did."""

    def __init__(self, counted: Callable[[], int] | None = None) -> None:
        self._counted = counted or milliseconds_of_machine
        self._since: int | None = None

    def restart(self) -> None:
        self._since = self._counted()

    @property
    def milliseconds(self) -> int | None:
        return None if self._since is None else self._counted() - self._since


def milliseconds_of_machine() -> int:
    """Goes on while the machine sleeps, where it can be told."""
    clock = time.CLOCK_BOOTTIME if hasattr(time, "CLOCK_BOOTTIME") else time.CLOCK_MONOTONIC
    return time.clock_gettime_ns(clock) // 1_000_000

"""The database's time, told without asking for it each time.

Hosts disagree about the time, and leases, deadlines and due times are for all of them. So what counts is the clock of
the database they share; between two looks at it this process counts on by itself, whatever is done to its host's clock.
"""

import time

import structlog
from sqlalchemy import text

from easel.db.engine import Database
from easel.kit.clock import SECOND, Clock

LOOKS = 3
TOLERATED = 2 * SECOND
NOW = text("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)")

log = structlog.get_logger()


class DatabaseClock(Clock):
    """The host's time until it is first set, and the database's from then on."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._ahead_of_counter = super().now() - _counted()

    def now(self) -> int:
        return self._ahead_of_counter + _counted()

    async def sync(self) -> None:
        """Look at the database's clock, and follow it."""
        self._ahead_of_counter = await _ahead_of_counter(self._db)
        ahead = super().now() - self.now()
        if abs(ahead) > TOLERATED:
            log.warning("this host's clock differs from the database's, which counts", milliseconds=ahead)


async def host_ahead(db: Database) -> int:
    """By how much this host's clock is ahead of the database's, in milliseconds."""
    ahead = await _ahead_of_counter(db)
    return Clock().now() - ahead - _counted()


async def _ahead_of_counter(db: Database) -> int:
    """The database's time less our own counter, taken from the quickest of a few answers."""
    looks = []
    async with db.read() as connection:
        for _ in range(LOOKS):
            asked = _counted()
            told = int((await connection.execute(NOW)).scalar_one())
            answered = _counted()
            looks.append((answered - asked, told - (asked + answered) // 2))
    return min(looks)[1]


def _counted() -> int:
    return time.monotonic_ns() // 1_000_000

"""The database's time without a query each time.

The clocks of hosts differ, and leases, deadlines and due times are shared. So the clock of the shared database is
authoritative; between two queries this process counts with its monotonic clock, independent of its host's clock.
"""

import time

import structlog
from sqlalchemy import Connection, text

from easel.db.engine import Database
from easel.kit.clock import SECOND, Clock

LOOKS = 3
TOLERATED = 2 * SECOND
NOW = text("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)")

log = structlog.get_logger()


class DatabaseClock(Clock):
    """The host's time until `set`, the database's from then on."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._ahead_of_counter = super().now() - _counted()

    def now(self) -> int:
        return self._ahead_of_counter + _counted()

    async def sync(self) -> None:
        """Query the database's clock and follow it."""
        self._ahead_of_counter = await _ahead_of_counter(self._db)
        ahead = super().now() - self.now()
        if abs(ahead) > TOLERATED:
            log.warning("this host's clock differs from the database's; using the database's", milliseconds=ahead)


async def host_ahead(db: Database) -> int:
    """How far this host's clock is ahead of the database's, in milliseconds."""
    ahead = await _ahead_of_counter(db)
    return Clock().now() - ahead - _counted()


async def _ahead_of_counter(db: Database) -> int:
    """The database's time minus our counter, from the fastest of several queries."""
    return await db.read(_look)


def _look(connection: Connection) -> int:
    looks = []
    for _ in range(LOOKS):
        asked = _counted()
        database_time = int(connection.execute(NOW).scalar_one())
        answered = _counted()
        looks.append((answered - asked, database_time - (asked + answered) // 2))
    return min(looks)[1]


def _counted() -> int:
    return time.monotonic_ns() // 1_000_000

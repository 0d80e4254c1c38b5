"""Time as whole milliseconds since 1970 in UTC: exact, sortable, the same in every database."""

import time
from datetime import UTC, datetime

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


class Clock:
    """The clock. A subclass may tell another time (see `easel.testing`)."""

    def now(self) -> int:
        """Milliseconds since 1970 in UTC."""
        return time.time_ns() // 1_000_000

    async def sync(self) -> None:
        """Follow the clock that counts, where it is another one than the host's."""


def iso(ms: int | None) -> str | None:
    """`2026-11-22T09:30:00.123Z`: ISO 8601 in UTC with milliseconds; None stays None."""
    if ms is None:
        return None
    return datetime.fromtimestamp(ms / 1_000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

"""When each key was last used: kept in memory and written once per minute, so that no request waits for it."""

from easel.accounts.keys import note_used
from easel.db.engine import Database


class LastUsed:
    """The keys used since the last write."""

    def __init__(self) -> None:
        self._times: dict[str, int] = {}

    def note(self, key_id: str, now: int) -> None:
        self._times[key_id] = now

    async def write_down(self, db: Database) -> None:
        times, self._times = self._times, {}
        if times:
            await db.write(note_used, times)

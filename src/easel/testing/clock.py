"""A clock that only moves when told."""

from easel.kit.clock import Clock


class ManualClock(Clock):
    """Starts at `now` (milliseconds since 1970) and stays there."""

    def __init__(self, now: int = 1_800_000_000_000) -> None:
        self._now = now

    def now(self) -> int:
        return self._now

    def advance(self, ms: int) -> None:
        self._now += ms

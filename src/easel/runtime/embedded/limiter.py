"""The limiter before one provider account: who may call it next, and when.

A bucket of images a minute lets jobs through, teams taking turns, so that a limit makes jobs wait instead of fail. A
provider that throttles pauses the limiter for as long as it asks. One that fails several times in a row opens the
circuit for a while; then one job is admitted to see whether it works again.
"""

import asyncio
from collections import OrderedDict, deque

from easel.kit.clock import Clock, Timer

FAILURES = 3
FIRST_COOLDOWN, LONGEST_COOLDOWN = 5.0, 120.0
SHORTEST_PAUSE, FIRST_GROWN, LONGEST_GROWN = 0.05, 0.5, 30.0
BURST_SECONDS = 6.0  # a bucket holds this much of its minute: a limit is meant to be spread


class ProviderDisabled(Exception):
    """The provider cannot work until its operator has seen to it; the message says why."""


def shortest_pause(busy: int) -> float:
    """The least seconds a provider is left alone that was busy so often in a row, whatever it asks for."""
    return SHORTEST_PAUSE if busy < 2 else min(FIRST_GROWN * 2.0 ** min(busy - 2, 10), LONGEST_GROWN)


def cooldown_after(failures: int) -> float:
    """How many seconds a provider is left alone that failed so often in a row."""
    return 0.0 if failures < FAILURES else min(FIRST_COOLDOWN * 2.0 ** min(failures - FAILURES, 10), LONGEST_COOLDOWN)


class ProviderLimiter:
    """The way to one account, for the jobs of this process. `images_per_minute` None: no limit is known."""

    def __init__(self, images_per_minute: float | None, clock: Clock) -> None:
        self._clock = clock
        self._rate = images_per_minute / 60 if images_per_minute else None
        self._size = max(1.0, self._rate * BURST_SECONDS) if self._rate else 1.0
        self._tokens = self._size
        self._filled_at = self._paused_until = clock.monotonic()
        self._failures = self._busy = 0
        self._last_error: str | None = None
        self._disabled = False
        self._queues: OrderedDict[str, deque[tuple[int, asyncio.Future[None]]]] = OrderedDict()
        self._timer: Timer | None = None

    async def start(self) -> None:
        """Begin to share it with other processes, where there are any."""
        return

    async def stop(self) -> None:
        return

    @property
    def open_reason(self) -> str | None:
        """Why the provider is left alone; None when it is well."""
        return self._last_error if self._failures >= FAILURES else None

    @property
    def last_error(self) -> str | None:
        """What went wrong last; None when the last call went well."""
        return self._last_error

    @property
    def paused_seconds(self) -> float:
        """How much longer nobody passes."""
        return max(0.0, self._paused_until - self._clock.monotonic())

    @property
    def waiting(self) -> int:
        return sum(len(queue) for queue in self._queues.values())

    async def acquire(self, team_id: str, images: int) -> None:
        """Return when it is this job's turn; raises ProviderDisabled when there is no sense in waiting."""
        self._require_enabled()
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue = self._queues.setdefault(team_id, deque())
        entry = (images, turn)
        queue.append(entry)
        self._admit()
        try:
            await turn
        finally:
            if entry in queue:
                queue.remove(entry)
                self._forget_empty(team_id)
                self._admit()  # whoever is next may need less

    def pause(self, seconds: float) -> None:
        """The provider asks for a pause: it counts for everyone. Without a success between them, pauses grow."""
        self._busy += 1
        self._pause(max(shortest_pause(self._busy), seconds))

    def record_success(self) -> None:
        """The provider answered as it should."""
        if self.open_reason:
            self._paused_until = self._clock.monotonic()
        self._failures, self._last_error, self._disabled = 0, None, False
        self._busy = 0
        self._admit()

    def record_failure(self, reason: str, *, permanent: bool = False) -> None:
        """The provider could not be reached, or did not answer; `permanent` when it will not heal by itself."""
        self._failures = max(self._failures + 1, FAILURES if permanent else 0)
        self._last_error, self._disabled = reason, permanent
        if self.open_reason:
            self._pause(cooldown_after(self._failures))
        if permanent:
            self._reject_waiting(reason)

    def _require_enabled(self) -> None:
        if self._disabled and self._last_error and self.paused_seconds:
            raise ProviderDisabled(self._last_error)

    def _reject_waiting(self, reason: str) -> None:
        for queue in self._queues.values():
            for _, turn in queue:
                if not turn.done():
                    turn.set_exception(ProviderDisabled(reason))

    def _pause(self, seconds: float) -> None:
        self._paused_until = max(self._paused_until, self._clock.monotonic() + seconds)

    def _admit(self) -> None:
        """Let through whoever may pass now, the teams taking turns; wake again when the next one may."""
        self._fill()
        while self._queues:
            wait = self._seconds_to_wait()
            if wait > 0:
                self._wake_in(wait)
                return
            team_id, queue = next(iter(self._queues.items()))
            images, turn = queue.popleft()
            self._queues.move_to_end(team_id)
            self._forget_empty(team_id)
            if not turn.done():
                self._tokens -= images if self._rate else 0
                if self.open_reason:  # one to see whether it is well again
                    self._pause(FIRST_COOLDOWN)
                turn.set_result(None)

    def _seconds_to_wait(self) -> float:
        if self.paused_seconds or self._rate is None:
            return self.paused_seconds
        images = next(iter(self._queues.values()))[0][0]
        lacking = min(float(images), self._size) - self._tokens
        return max(0.0, lacking / self._rate)

    def _fill(self) -> None:
        now = self._clock.monotonic()
        if self._rate:
            self._tokens = min(self._size, self._tokens + (now - self._filled_at) * self._rate)
        self._filled_at = now

    def _wake_in(self, seconds: float) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = self._clock.call_later(seconds + 0.001, self._admit)

    def _forget_empty(self, team_id: str) -> None:
        if not self._queues.get(team_id, True):
            del self._queues[team_id]

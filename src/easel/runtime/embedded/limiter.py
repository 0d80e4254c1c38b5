"""The gate before one provider account: who may call it next, and when.

A bucket of images a minute lets jobs through, teams taking turns, so that a limit makes jobs wait instead of fail. A
painter that says it is busy shuts the gate for as long as it asks. One that fails again and again is left alone for a
while; then one job is let through to see whether it is well again.
"""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Callable

FAULTS = 3
FIRST_REST, LONGEST_REST = 5.0, 120.0
SHORTEST_PAUSE = 0.05
BURST_SECONDS = 6.0  # a bucket holds this much of its minute: a limit is meant to be spread


class Parked(Exception):
    """The painter cannot work until its operator has seen to it; the message says why."""


def rest_after(faults: int) -> float:
    """How many seconds a painter is left alone that failed so often in a row."""
    return 0.0 if faults < FAULTS else min(FIRST_REST * 2.0 ** min(faults - FAULTS, 10), LONGEST_REST)


class Gate:
    """The way to one account, for the jobs of this process. `images_per_minute` None: no limit is known."""

    def __init__(self, images_per_minute: float | None = None, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._rate = images_per_minute / 60 if images_per_minute else None
        self._size = max(1.0, self._rate * BURST_SECONDS) if self._rate else 1.0
        self._tokens = self._size
        self._filled_at = now()
        self._shut_until = now()
        self._faults = 0
        self._trouble: str | None = None
        self._parked = False
        self._lines: OrderedDict[str, deque[tuple[int, asyncio.Future[None]]]] = OrderedDict()
        self._timer: asyncio.TimerHandle | None = None

    async def open(self) -> None:
        """Begin to share it with other processes, where there are any."""
        return

    async def shut(self) -> None:
        return

    @property
    def trouble(self) -> str | None:
        """Why the painter is left alone; None when it is well."""
        return self._trouble if self._faults >= FAULTS else None

    @property
    def fault(self) -> str | None:
        """What went wrong last; None when the last call went well."""
        return self._trouble

    @property
    def seconds_shut(self) -> float:
        """How much longer nobody passes."""
        return max(0.0, self._shut_until - self._now())

    @property
    def waiting(self) -> int:
        return sum(len(line) for line in self._lines.values())

    async def pass_through(self, team_id: str, images: int) -> None:
        """Return when it is this job's turn; raises Parked when there is no sense in waiting."""
        self._turn_away()
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        line = self._lines.setdefault(team_id, deque())
        entry = (images, turn)
        line.append(entry)
        self._let_through()
        try:
            await turn
        finally:
            if entry in line:
                line.remove(entry)
                self._forget_empty(team_id)
                self._let_through()  # whoever is next may need less

    def busy(self, seconds: float) -> None:
        """The painter asks for a pause: it counts for everyone."""
        self._shut(max(SHORTEST_PAUSE, seconds))

    def worked(self) -> None:
        """The painter answered as it should."""
        if self.trouble:
            self._shut_until = self._now()
        self._faults, self._trouble, self._parked = 0, None, False
        self._let_through()

    def failed(self, reason: str, *, lasting: bool = False) -> None:
        """The painter could not be reached, or did not answer; `lasting` when it will not heal by itself."""
        self._faults = max(self._faults + 1, FAULTS if lasting else 0)
        self._trouble, self._parked = reason, lasting
        if self.trouble:
            self._shut(rest_after(self._faults))
        if lasting:
            self._send_away(reason)

    def _turn_away(self) -> None:
        if self._parked and self._trouble and self.seconds_shut:
            raise Parked(self._trouble)

    def _send_away(self, reason: str) -> None:
        for line in self._lines.values():
            for _, turn in line:
                if not turn.done():
                    turn.set_exception(Parked(reason))

    def _shut(self, seconds: float) -> None:
        self._shut_until = max(self._shut_until, self._now() + seconds)

    def _let_through(self) -> None:
        """Let through whoever may pass now, the teams taking turns; wake again when the next one may."""
        self._fill()
        while self._lines:
            wait = self._seconds_to_wait()
            if wait > 0:
                self._wake_in(wait)
                return
            team_id, line = next(iter(self._lines.items()))
            images, turn = line.popleft()
            self._lines.move_to_end(team_id)
            self._forget_empty(team_id)
            if not turn.done():
                self._tokens -= images if self._rate else 0
                if self.trouble:  # one to see whether it is well again
                    self._shut(FIRST_REST)
                turn.set_result(None)

    def _seconds_to_wait(self) -> float:
        if self.seconds_shut or self._rate is None:
            return self.seconds_shut
        images = next(iter(self._lines.values()))[0][0]
        lacking = min(float(images), self._size) - self._tokens
        return max(0.0, lacking / self._rate)

    def _fill(self) -> None:
        now = self._now()
        if self._rate:
            self._tokens = min(self._size, self._tokens + (now - self._filled_at) * self._rate)
        self._filled_at = now

    def _wake_in(self, seconds: float) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(seconds + 0.001, self._let_through)

    def _forget_empty(self, team_id: str) -> None:
        if not self._lines.get(team_id, True):
            del self._lines[team_id]

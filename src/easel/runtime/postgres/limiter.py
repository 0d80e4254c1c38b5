"""A limiter that all processes of a fleet share: one bucket, one queue, one opinion of the provider, in the database.

While an account has no limit and is well, jobs pass without asking anybody. The notifier passes changes on.
"""

import asyncio
import contextlib
from collections.abc import Callable

import structlog

from easel.db.engine import TRANSIENT_ERRORS, Database, Transaction
from easel.kit.clock import SECOND, Clock
from easel.kit.ids import new_id
from easel.runtime.embedded.limiter import ProviderDisabled, ProviderLimiter
from easel.runtime.embedded.notifier import Notifier, Subscription
from easel.runtime.postgres import fair_queue
from easel.runtime.postgres.fair_queue import QueueEntry

LOOK_AGAIN = 5.0  # a notification can be lost; and a queue entry is renewed this often

log = structlog.get_logger()


class PostgresLimiter(ProviderLimiter):
    """The way to one account, for the jobs of all processes. What the base class keeps is what was last heard.

    One task talks to the database for all who wait here: entries are taken, kept and given up in few transactions.
    """

    def __init__(
        self,
        name: str,
        images_per_minute: float | None,
        *,
        db: Database,
        notifier: Notifier,
        clock: Clock,
        process_id: str,
    ) -> None:
        super().__init__(images_per_minute, clock)
        self._name, self._process = name, process_id
        self._bucket = fair_queue.Bucket.of(images_per_minute)
        self._db, self._notifier = db, notifier
        self._waiting_futures: dict[str, asyncio.Future[None]] = {}
        self._entries: dict[str, QueueEntry] = {}
        self._new: set[str] = set()
        self._left: set[str] = set()
        self._renewed_at = 0
        self._subscription: Subscription | None = None
        self._task: asyncio.Task[None] | None = None
        self._sharing: set[asyncio.Task[None]] = set()
        self._ended = False

    async def start(self) -> None:
        await self._db.write(fair_queue.create_limiter, self._name, self._bucket, self._clock.now())
        await self._read_state()
        self._task = asyncio.create_task(self._run(), name=f"limiter {self._name}")

    async def stop(self) -> None:
        self._ended = True
        self._wake()
        await asyncio.gather(*self._sharing, *([self._task] if self._task else []), return_exceptions=True)
        with contextlib.suppress(*TRANSIENT_ERRORS):
            await self._db.write(fair_queue.remove_all, self._process)

    @property
    def waiting(self) -> int:
        return len(self._waiting_futures)

    async def acquire(self, team_id: str, images: int) -> None:
        self._require_enabled()
        if self._bucket.rate is None and not self.open_reason and not self.paused_seconds:
            return
        entry = QueueEntry(new_id(), team_id, images)
        turn = self._waiting_futures[entry.id] = asyncio.get_running_loop().create_future()
        self._entries[entry.id] = entry
        self._new.add(entry.id)
        self._wake()
        try:
            await turn
        finally:
            del self._entries[entry.id]
            if self._waiting_futures.pop(entry.id, None):
                self._new.discard(entry.id)
                self._left.add(entry.id)
                self._wake()  # whoever is next may need less

    def pause(self, seconds: float) -> None:
        super().pause(seconds)
        until = self._clock.now() + int(self.paused_seconds * SECOND)
        self._share(lambda tx: fair_queue.record_pause(tx, self._name, until))

    def record_success(self) -> None:
        self._busy = 0
        if self.last_error is not None:  # else nothing has changed
            super().record_success()
            self._share(lambda tx: fair_queue.record_success(tx, self._name, self._clock.now()))

    def record_failure(self, reason: str, *, permanent: bool = False) -> None:
        super().record_failure(reason, permanent=permanent)
        self._share(
            lambda tx: fair_queue.record_failure(tx, self._name, reason, permanent=permanent, now=self._clock.now())
        )

    def _share(self, change: Callable[[Transaction], None]) -> None:
        """Write it down for everyone; nobody waits for that."""

        async def write() -> None:
            try:
                await self._db.write(change)
            except TRANSIENT_ERRORS as error:
                log.warning(
                    "provider state could not be shared with other processes", provider=self._name, error=str(error)
                )
            else:
                self._notifier.notify(self._channel)

        task = asyncio.create_task(write(), name=f"share {self._name}")
        self._sharing.add(task)
        task.add_done_callback(self._sharing.discard)

    @property
    def _channel(self) -> str:
        return f"limiter {self._name}"

    def _channel_of(self, process_id: str) -> str:
        return f"limiter {self._name} {process_id}"

    def _wake(self) -> None:
        if self._subscription:
            self._subscription.wake()

    async def _run(self) -> None:
        with self._notifier.subscribe(self._channel, self._channel_of(self._process)) as self._subscription:
            while not self._ended:
                try:
                    pause = await (self._let_pass() if self._waiting_futures or self._left else self._read_state())
                except TRANSIENT_ERRORS as error:
                    log.warning("reading the limiter failed; retrying", provider=self._name, error=str(error))
                    pause = 1.0
                await self._subscription.wait(pause)

    async def _read_state(self) -> float:
        """What others say of the provider."""
        state = await self._db.read(fair_queue.state_of, self._name)
        if state:
            self._note(state)
        return LOOK_AGAIN

    async def _let_pass(self) -> float:
        """Let through whoever may pass, of all processes; the seconds until there is sense in looking again."""
        now, new, left = self._clock.now(), set(self._new), set(self._left)
        asking = fair_queue.Asking(
            self._process, [self._entries[one] for one in self._waiting_futures if one in new], list(left)
        )
        look = await self._db.write(fair_queue.admit, self._name, self._bucket, asking, now)
        if look is None:
            await self._db.write(fair_queue.create_limiter, self._name, self._bucket, now)
            return 0.0
        self._new -= new
        self._left -= left
        for place_id in look.passed:
            if (turn := self._waiting_futures.pop(place_id, None)) and not turn.done():
                turn.set_result(None)
        for process_id in look.others:
            self._notifier.notify(self._channel_of(process_id))
        self._note(look.state)
        if now - self._renewed_at >= LOOK_AGAIN * SECOND:
            await self._renew(now)
        pause = (look.look_at - self._clock.now()) / SECOND if look.look_at else LOOK_AGAIN
        return min(LOOK_AGAIN, max(0.0, pause))

    async def _renew(self, now: int) -> None:
        """Keep the entries; one that is gone, because this process was taken for dead, is taken anew."""
        wanted = self._waiting_futures.keys() - self._new
        there = await self._db.write(fair_queue.renew, list(wanted), now)
        self._new |= (wanted - there) & self._waiting_futures.keys()
        self._renewed_at = now

    def _note(self, state: fair_queue.State) -> None:
        self._failures, self._last_error, self._disabled = state.failures, state.last_error, state.disabled
        self._paused_until = self._clock.monotonic() + (state.paused_until - self._clock.now()) / SECOND
        if state.disabled and state.last_error and self.paused_seconds:
            self._reject_waiting(state.last_error)

    def _reject_waiting(self, reason: str) -> None:
        for turn in self._waiting_futures.values():
            if not turn.done():
                turn.set_exception(ProviderDisabled(reason))

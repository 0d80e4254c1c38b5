"""A gate that all processes of a fleet share: one bucket, one line, one opinion of the painter, in the database.

While an account has no limit and is well, jobs pass without asking anybody. News of it are passed on by the bell.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import structlog

from easel.db.engine import PASSING, Database, Transaction
from easel.kit.clock import SECOND, Clock
from easel.kit.ids import new_id
from easel.runtime.embedded.limiter import SHORTEST_PAUSE, Gate, Parked
from easel.runtime.embedded.notifier import Bell, Ear
from easel.runtime.postgres import fair_queue
from easel.runtime.postgres.fair_queue import Place

LOOK_AGAIN = 5.0  # a ring may be lost; and a place in line is renewed this often

log = structlog.get_logger()


class FleetGate(Gate):
    """The way to one account, for the jobs of all processes. What the base class keeps is what was last heard.

    One task talks to the database for all who wait here: places are taken, kept and given up in few transactions.
    """

    def __init__(
        self, name: str, images_per_minute: float | None, *, db: Database, bell: Bell, clock: Clock, process_id: str
    ) -> None:
        super().__init__(images_per_minute)
        self._name, self._process = name, process_id
        self._bucket = fair_queue.Bucket.of(images_per_minute)
        self._db, self._bell, self._clock = db, bell, clock
        self._turns: dict[str, asyncio.Future[None]] = {}
        self._places: dict[str, Place] = {}
        self._new: set[str] = set()
        self._left: set[str] = set()
        self._renewed_at = 0
        self._ear: Ear | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._telling: set[asyncio.Task[None]] = set()
        self._ended = False

    async def open(self) -> None:
        async with self._db.write() as tx:
            await fair_queue.put_up(tx, self._name, self._bucket, self._clock.now())
        await self._hear()
        self._keeper = asyncio.create_task(self._keep(), name=f"gate {self._name}")

    async def shut(self) -> None:
        self._ended = True
        self._look_now()
        await asyncio.gather(*self._telling, *([self._keeper] if self._keeper else []), return_exceptions=True)
        with contextlib.suppress(*PASSING):
            async with self._db.write() as tx:
                await fair_queue.leave_all(tx, self._process)

    @property
    def waiting(self) -> int:
        return len(self._turns)

    async def pass_through(self, team_id: str, images: int) -> None:
        self._turn_away()
        if self._bucket.rate is None and not self.trouble and not self.seconds_shut:
            return
        place = Place(new_id(), team_id, images)
        turn = self._turns[place.id] = asyncio.get_running_loop().create_future()
        self._places[place.id] = place
        self._new.add(place.id)
        self._look_now()
        try:
            await turn
        finally:
            del self._places[place.id]
            if self._turns.pop(place.id, None):
                self._new.discard(place.id)
                self._left.add(place.id)
                self._look_now()  # whoever is next may need less

    def busy(self, seconds: float) -> None:
        super().busy(seconds)
        until = self._clock.now() + int(max(SHORTEST_PAUSE, seconds) * SECOND)
        self._tell(lambda tx: fair_queue.note_busy(tx, self._name, until))

    def worked(self) -> None:
        if self.fault is not None:  # else there is no news
            super().worked()
            self._tell(lambda tx: fair_queue.note_worked(tx, self._name, self._clock.now()))

    def failed(self, reason: str, *, lasting: bool = False) -> None:
        super().failed(reason, lasting=lasting)
        self._tell(lambda tx: fair_queue.note_failed(tx, self._name, reason, lasting=lasting, now=self._clock.now()))

    def _tell(self, change: Callable[[Transaction], Awaitable[None]]) -> None:
        """Write it down for everyone; nobody waits for that."""

        async def tell() -> None:
            try:
                async with self._db.write() as tx:
                    await change(tx)
            except PASSING as error:
                log.warning("news of a painter could not be passed on", painter=self._name, error=str(error))
            else:
                self._bell.ring(self._news)

        task = asyncio.create_task(tell(), name=f"news of {self._name}")
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    @property
    def _news(self) -> str:
        return f"gate {self._name}"

    def _bell_of(self, process_id: str) -> str:
        return f"gate {self._name} {process_id}"

    def _look_now(self) -> None:
        if self._ear:
            self._ear.prick()

    async def _keep(self) -> None:
        with self._bell.listening(self._news, self._bell_of(self._process)) as self._ear:
            while not self._ended:
                try:
                    pause = await (self._look() if self._turns or self._left else self._hear())
                except PASSING as error:
                    log.warning("looking at a gate failed; again soon", painter=self._name, error=str(error))
                    pause = 1.0
                await self._ear.wait(pause)

    async def _hear(self) -> float:
        """What others say of the painter."""
        async with self._db.read() as connection:
            state = await fair_queue.state_of(connection, self._name)
        if state:
            self._note(state)
        return LOOK_AGAIN

    async def _look(self) -> float:
        """Let through whoever may pass, of all processes; the seconds until there is sense in looking again."""
        now, new, left = self._clock.now(), set(self._new), set(self._left)
        asking = fair_queue.Asking(self._process, [self._places[one] for one in self._turns if one in new], list(left))
        async with self._db.write() as tx:
            look = await fair_queue.let_through(tx, self._name, self._bucket, asking, now)
            if look is None:
                await fair_queue.put_up(tx, self._name, self._bucket, now)
                return 0.0
        self._new -= new
        self._left -= left
        for place_id in look.passed:
            if (turn := self._turns.pop(place_id, None)) and not turn.done():
                turn.set_result(None)
        for process_id in look.others:
            self._bell.ring(self._bell_of(process_id))
        self._note(look.state)
        if now - self._renewed_at >= LOOK_AGAIN * SECOND:
            await self._renew(now)
        pause = (look.look_at - self._clock.now()) / SECOND if look.look_at else LOOK_AGAIN
        return min(LOOK_AGAIN, max(0.001, pause))

    async def _renew(self, now: int) -> None:
        """Keep the places; one that is gone, because this process was taken for dead, is taken anew."""
        wanted = self._turns.keys() - self._new
        async with self._db.write() as tx:
            there = await fair_queue.renew(tx, list(wanted), now)
        self._new |= (wanted - there) & self._turns.keys()
        self._renewed_at = now

    def _note(self, state: fair_queue.State) -> None:
        self._faults, self._trouble, self._parked = state.faults, state.trouble, state.parked
        self._shut_until = self._now() + (state.shut_until - self._clock.now()) / SECOND
        if state.parked and state.trouble and self.seconds_shut:
            self._send_away(state.trouble)

    def _send_away(self, reason: str) -> None:
        for turn in self._turns.values():
            if not turn.done():
                turn.set_exception(Parked(reason))

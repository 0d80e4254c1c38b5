"""Reads from the database once for everybody who waits for the same things to change: the watchers of jobs and events.

A notification has its own thing read at once, or brings what there is to read. What no notification named, such as one
that got lost on its way from another process, is seen every `look_again` seconds. Knows neither tables nor HTTP: it is
handed what reads.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

import structlog

from easel.db.engine import TRANSIENT_ERRORS
from easel.domain import Caller
from easel.kit.clock import Clock
from easel.runtime.embedded.notifier import Notifier, Subscription

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Seen(Generic[Value]):
    """The present value of a thing; `last` when it will never change again."""

    value: Value
    last: bool = False


class Watch(Generic[Key, Value]):
    """What one watcher has not read yet: the newest value of each thing, however slowly it is read."""

    def __init__(self, caller: Caller, keys: Collection[Key], clock: Clock, *, ends_only: bool) -> None:
        self.caller, self.ends_only, self._clock = caller, ends_only, clock
        self.keys = set(keys)
        self._told: dict[Key, Value] = {}
        self._pending: dict[Key, Value] = {}
        self._wake = asyncio.Event()

    async def next(self, seconds: float) -> Sequence[Value] | None:
        """The values that changed; none of them when nothing did for so long; None when nothing more will come."""
        if not self._pending and self.keys:
            self._wake.clear()
            with suppress(TimeoutError):
                async with self._clock.timeout(seconds):
                    await self._wake.wait()
        changed, self._pending = list(self._pending.values()), {}
        return changed if changed or self.keys else None

    def put(self, key: Key, value: Value) -> None:
        if self._told.get(key) != value:
            self._told[key] = self._pending[key] = value
            self.wake()

    def forget(self, key: Key) -> None:
        """Nothing is put for this one any more: what it was need not be kept to compare with."""
        self._told.pop(key, None)

    def wake(self) -> None:
        self._wake.set()


Read = Callable[[Collection[Key]], Awaitable[Mapping[Key, Seen[Value]]]]


class Poller(Generic[Key, Value]):
    """All watches of this process to things of one kind. `name_of` is what is notified when a thing has changed.

    Notifications within `settle` seconds, of whatever clock, are read together.
    """

    def __init__(
        self,
        clock: Clock,
        name_of: Callable[[Key], str] = str,
        *,
        look_again: float = 3.0,
        settle: float = 0.05,
        idle: float = 60.0,
    ) -> None:
        self._clock, self._name_of = clock, name_of
        self._look_again, self._settle, self._idle = look_again, settle, idle
        self._watched: dict[Key, set[Watch[Key, Value]]] = {}
        self._named: dict[str, set[Key]] = {}
        self._due: set[Key] = set()
        self._notifications: Subscription | None = None

    @property
    def watches(self) -> Collection[Watch[Key, Value]]:
        return set().union(*self._watched.values())

    @contextmanager
    def subscribe(
        self, caller: Caller, keys: Collection[Key], *, ends_only: bool = False
    ) -> Iterator[Watch[Key, Value]]:
        """Receive changes until the block ends, and of the present values as soon as may be.

        Whoever may not see a thing must not be let this far. Where nothing is read any more, it has ended already.
        `ends_only`: what is to come is notified here, with its value, so that nothing need be read for this watch but
        every `look_again` seconds.
        """
        watch: Watch[Key, Value] = Watch(caller, keys if self._notifications else (), self._clock, ends_only=ends_only)
        mine = tuple(watch.keys)
        for key in mine:
            self._watched.setdefault(key, set()).add(watch)
            self._named.setdefault(self._name_of(key), set()).add(key)
        if not ends_only:
            self._due.update(mine)
        if self._notifications and mine:
            self._notifications.wake()
        try:
            yield watch
        finally:
            self.end(watch)

    def end(self, watch: Watch[Key, Value]) -> None:
        """Tell it no more."""
        for key in tuple(watch.keys):
            self._let_go(key, watch)
        watch.wake()

    def _let_go(self, key: Key, watch: Watch[Key, Value]) -> None:
        """Nothing more will come of this one to this watch; what nobody watches is not read."""
        watch.keys.discard(key)
        self._watched[key].discard(watch)
        if self._watched[key]:
            return
        name = self._name_of(key)
        del self._watched[key]
        self._due.discard(key)
        self._named[name].discard(key)
        if not self._named[name]:
            del self._named[name]

    async def run(self, notifier: Notifier, read: Read[Key, Value]) -> None:
        """Read what is watched until the notifier is closed. `read` leaves out what is not there (any more)."""
        time = self._clock.monotonic
        tick = time()
        with notifier.subscribe("watchers") as notifications, notifier.on_every_notification(self._on_notification):
            self._notifications = notifications
            try:
                while not notifier.closed:
                    await notifications.wait(max(0.0, tick - time()) if self._watched else self._idle)
                    due, self._due = self._due, set()
                    if time() >= tick:
                        due, tick = set(self._watched), time() + self._look_again
                    if due and not notifier.closed:
                        await self._look(due, read)
                        await asyncio.sleep(self._settle)
            finally:
                self._notifications = None
                for watch in self.watches:
                    self.end(watch)

    def _on_notification(self, name: str, seen: object) -> None:
        keys = self._named.get(name, set())
        if isinstance(seen, Seen):
            for key in tuple(keys):
                for watch in tuple(self._watched[key]):
                    self._tell(watch, key, seen)
        elif self._notifications:
            due = {key for key in keys if not all(watch.ends_only for watch in self._watched[key])}
            self._due |= due
            if due:
                self._notifications.wake()

    async def _look(self, due: Collection[Key], read: Read[Key, Value]) -> None:
        """Pass the values on. A watch that cannot be served ends, so that its client connects again."""
        watching = [(key, watch) for key in due for watch in self._watched[key]]
        try:
            seen = await read(due)
        except Exception as error:
            if isinstance(error, TRANSIENT_ERRORS):
                log.warning("the database is away; streams and waits end", error=str(error))
            else:
                log.exception("what is watched could not be read; streams and waits end")
            for _, watch in watching:
                self.end(watch)
            return
        for key, watch in watching:
            if key in watch.keys:  # it may have left, or been told of its end meanwhile
                self._tell(watch, key, seen.get(key))

    def _tell(self, watch: Watch[Key, Value], key: Key, seen: Seen[Value] | None) -> None:
        if seen:
            watch.put(key, seen.value)
        if seen is None or seen.last:
            self._let_go(key, watch)
            watch.forget(key)
            if not watch.keys:
                watch.wake()

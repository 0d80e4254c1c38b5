"""Rings when a job has changed, for whoever waits for it in this process."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from easel.kit.clock import Clock

Listener = Callable[[str, object], None]


def team_channel(team_id: str) -> str:
    """What rings when a team has a new event."""
    return f"events of {team_id}"


class Subscription:
    """Somebody who waits for some things to change."""

    def __init__(self, clock: Clock) -> None:
        self._event, self._clock = asyncio.Event(), clock

    def wake(self) -> None:
        """End the wait of this one alone, or its next one."""
        self._event.set()

    async def wait(self, seconds: float) -> None:
        """Return when the notifier was called since the last wait, or after `seconds`."""
        with suppress(TimeoutError):
            async with self._clock.timeout(seconds):
                await self._event.wait()
        self._event.clear()


class Notifier:
    """One event per job somebody waits for; nothing at all for the others."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: dict[str, set[Subscription]] = {}
        self._listeners: list[Listener] = []
        self._closed = False

    async def start(self) -> None:
        """Begin to hear other processes, where there are any."""
        return

    async def stop(self) -> None:
        return

    def notify(self, name: str, seen: object = None, *, by: "Subscription | None" = None) -> None:
        """Say that a thing has changed; `seen`, where it is known, is what there is to read of it now.

        All who wait for it wake but `by`, who changed it.
        """
        for subscription in self._waiting.get(name, ()):
            if subscription is not by:
                subscription.wake()
        for listener in self._listeners:
            listener(name, seen)

    def close(self) -> None:
        """The server is going down: wake everybody once, so that whoever can leave leaves."""
        self._closed = True
        for job_id in self._waiting:
            self.notify(job_id)

    @property
    def closed(self) -> bool:
        return self._closed

    @contextmanager
    def subscribe(self, *names: str) -> Iterator[Subscription]:
        """Receive every notification from now on, also one that comes between a look and the wait after it."""
        subscription = Subscription(self._clock)
        for name in names:
            self._waiting.setdefault(name, set()).add(subscription)
        try:
            yield subscription
        finally:
            for name in names:
                self._waiting[name].discard(subscription)
                if not self._waiting[name]:
                    del self._waiting[name]

    @contextmanager
    def on_every_notification(self, listener: Listener) -> Iterator[None]:
        """Call `listener` with the name and the seen of each notification."""
        self._listeners.append(listener)
        try:
            yield
        finally:
            self._listeners.remove(listener)

"""Rings when a job has changed, for whoever waits for it in this process."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Ear:
    """Somebody who listens for one bell."""

    def __init__(self, event: asyncio.Event) -> None:
        self._event = event

    async def wait(self, seconds: float) -> None:
        """Return when the bell has rung since the last wait, or after `seconds`."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._event.wait()
        self._event.clear()


class Bell:
    """One event per job somebody waits for; nothing at all for the others."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self._closed = False

    def ring(self, job_id: str) -> None:
        for event in self._waiting.get(job_id, ()):
            event.set()

    def close(self) -> None:
        """The server is going down: wake everybody once, so that whoever can leave leaves."""
        self._closed = True
        for job_id in self._waiting:
            self.ring(job_id)

    @property
    def closed(self) -> bool:
        return self._closed

    async def wait(self, job_id: str, seconds: float) -> None:
        """Return when the job's bell rings, or after `seconds`. May return early; look again."""
        with self.listening(job_id) as ear:
            await ear.wait(seconds)

    @contextmanager
    def listening(self, job_id: str) -> Iterator["Ear"]:
        """Hear every ring from now on, also one that comes between a look and the wait after it."""
        event = asyncio.Event()
        self._waiting.setdefault(job_id, set()).add(event)
        try:
            yield Ear(event)
        finally:
            self._waiting[job_id].discard(event)
            if not self._waiting[job_id]:
                del self._waiting[job_id]

"""How many streams and waiting requests may be open at once: per key, per team, and in total."""

import asyncio
import math
from collections.abc import AsyncGenerator, Coroutine, Iterator, Sequence
from contextlib import ExitStack, aclosing, contextmanager
from typing import Any, TypeVar

from fastapi import Request
from fastapi.responses import StreamingResponse
from pydantic import Field
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from easel.api.caller import by_session
from easel.domain import Caller
from easel.errors import RateLimited
from easel.jobs.live import Changes, watch
from easel.kit.settings import SettingsModel
from easel.kit.slots import Full, Slots
from easel.kit.tasks import end_tasks

RETRY_AFTER = 5
Result = TypeVar("Result")
# Browsers reconnect by themselves, so a stream of a signed-out session ends after this many seconds.
SESSION_SECONDS = 60.0
# Asks proxies not to buffer events.
UNBUFFERED = {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}


class StreamSettings(SettingsModel):
    streams_per_key: int = Field(default=20, ge=1)
    """Open event streams (server-sent events) per key, in one process."""
    streams_per_team: int = Field(default=100, ge=1)
    """Open event streams per team, over all its live keys, in one process."""
    streams_of_test_keys: int = Field(default=20, ge=1)
    """Open event streams of all test keys of a team, in one process."""
    streams_at_once: int = Field(default=500, ge=1)
    """Open event streams in one process."""
    waits_per_key: int = Field(default=100, ge=1)
    """Waiting requests (wait=) per key; further ones are answered without waiting."""
    waits_at_once: int = Field(default=1000, ge=1)
    """Waiting requests (wait=) in one process."""


class StreamLimits:
    """The open streams and waiting requests of this process."""

    def __init__(self, settings: StreamSettings) -> None:
        most = settings.streams_at_once
        self._of_key = Slots(most, each=settings.streams_per_key)
        self._of_team = Slots(most, each=settings.streams_per_team)
        self._of_tests = Slots(most, each=settings.streams_of_test_keys)
        self._waits = Slots(settings.waits_at_once, each=settings.waits_per_key)

    @contextmanager
    def stream(self, caller: Caller) -> Iterator[None]:
        """Count a stream until the block ends; raises RateLimited when there are too many."""
        limits = [(self._of_key, caller.key_id, "this key")]
        if caller.test:
            limits.append((self._of_tests, caller.team_id, "the test keys of this team"))
        limits.append((self._of_team, caller.team_id, "this team"))
        with ExitStack() as held:
            for slots, name, whose in limits:
                try:
                    held.enter_context(slots.hold(name))
                except Full:
                    raise _too_many(slots, name, whose) from None
            yield

    @contextmanager
    def wait(self, caller: Caller, seconds: float) -> Iterator[float]:
        """How long a request may wait: as long as it asks, or not at all when too many wait already."""
        with ExitStack() as held:
            try:
                if seconds > 0:
                    held.enter_context(self._waits.hold(caller.key_id))
            except Full:
                seconds = 0
            yield seconds


def _too_many(slots: Slots, name: str, whose: str) -> RateLimited:
    own = slots.taken_by(name) >= slots.each
    return RateLimited(
        f"Too many open streams: {slots.each} at once for {whose}."
        if own
        else f"Too many open streams: {slots.most} at once on this server.",
        code="too_many_streams",
        hint="GET /v2/watch takes up to 50 jobs in one stream; close unused streams.",
        retry_after=RETRY_AFTER,
    )


def stream_limits(request: Request) -> StreamLimits:
    limits: StreamLimits = request.app.state.stream_limits
    return limits


async def while_there(request: Request, seconds: float, waiting: Coroutine[Any, Any, Result]) -> Result:
    """Wait for a result up to a number of seconds; raises ClientDisconnect as soon as the client has disconnected."""
    if seconds <= 0:
        return await waiting
    answer, gone = asyncio.create_task(waiting), asyncio.create_task(_hung_up(request))
    try:
        await asyncio.wait((answer, gone), return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            raise ClientDisconnect
        return await answer
    finally:
        await end_tasks(answer, gone)


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


class EventStream(StreamingResponse):
    """Changes of jobs as server-sent events until the client disconnects. An error response when there are too many."""

    def __init__(self, request: Request, caller: Caller, job_ids: Sequence[str]) -> None:
        seconds = SESSION_SECONDS if by_session(request) else math.inf
        self._events = _events(watch(request.app.state.services, caller, job_ids, seconds=seconds))
        self._limits, self._caller = stream_limits(request), caller
        super().__init__(self._events, media_type="text/event-stream", headers=UNBUFFERED)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._limits.stream(self._caller):
            async with aclosing(self._events):  # stop watching as soon as the client disconnects
                await super().__call__(scope, receive, send)


async def _events(changes: Changes) -> AsyncGenerator[str, None]:
    async with aclosing(changes):
        yield "retry: 2000\n\n"
        async for some in changes:
            if not some:
                yield ": still here\n\n"
                continue
            yield "".join(
                f"event: {one.event}\nid: {one.body.get('progress', one.event)}\ndata: {one.text}\n\n" for one in some
            )

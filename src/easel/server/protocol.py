"""HTTP/1.1 on top of uvicorn, with limits: size, number and time of headers, pipelining, stalled readers.

httptools joins a header that arrives in pieces, in quadratic time for a long one. So everything it receives except
bodies is counted here and limited before that matters.
"""

import asyncio
import math
from functools import partial
from typing import Any, cast

import uvicorn
from starlette.types import ASGIApp
from uvicorn._types import ASGISendEvent
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from easel.server.connections import Connections
from easel.server.limits import ConnectionSettings, raise_descriptors

PIPELINED = 32  # requests that may wait while one is being answered
IGNORED = 128_000_000  # bytes of a body accepted after its request was answered, so that the client reads the response
LEAST_READ = 16_384  # bytes; a client that reads less within `reader_seconds` is stalled
LATE, TOO_LARGE = "408 Request Timeout", "431 Request Header Fields Too Large"


def server_config(app: ASGIApp, settings: ConnectionSettings, *, host: str, port: int, **options: Any) -> Config:
    """Uvicorn's configuration for an app with these limits. Raises this process's limit of file descriptors."""
    connections = Connections(settings, raise_descriptors())
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http=cast("type[asyncio.Protocol]", partial(LimitedProtocol, limits=connections)),
        ws="none",
        backlog=connections.backlog,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=math.ceil(settings.keep_alive_seconds),
        **options,
    )


class _OverLimit(Exception):
    """Raised in the parser's callbacks: it stops there, and uvicorn calls `send_400_response`."""


def _send_unframed(cycle: RequestResponseCycle) -> None:
    """HTTP/1.0 knows no chunks, and uvicorn would send them: a response of unknown length ends with its connection."""
    send, unframed = cycle.send, False

    async def send_unframed(message: ASGISendEvent) -> None:
        nonlocal unframed
        if message["type"] == "http.response.start":
            unframed = all(name.lower() != b"content-length" for name, _ in message.get("headers", ()))
            cycle.chunked_encoding = False if unframed else None
        elif message["type"] == "http.response.body" and unframed:
            cycle.expected_content_length = len(message.get("body", b""))
        await send(message)

    cycle.send = send_unframed  # type: ignore[method-assign]


class LimitedProtocol(HttpToolsProtocol):
    """One connection."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        limits: Connections,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.address: str | None = None
        self._limits = limits
        self._max_head = limits.settings.max_head_kilobytes * 1_000
        self._in_message = self._in_head = self._begun_now = False
        self._head = self._fields = self._between = self._body = self._ignored = 0  # bytes of the current message head
        self._timed = True  # whether the time for the next head runs: at first from the opening of the connection
        self._to_be_read = False  # whether the application has not read the body yet
        self._refusal: str | None = None
        self._unread: tuple[float, int] | None = None  # since when the client reads nothing, and how much is left
        self._ignored_since: float | None = None  # since when an ignored body arrives

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.address = self.client[0] if self.client else None
        if not self._limits.enter(self):
            self.connections.discard(self)
            self.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._limits.leave(self)
        super().connection_lost(exc)

    @property
    def is_known(self) -> bool:
        state: dict[str, Any] = self.scope["state"] if self.scope else {}
        return state.get("team_id") is not None

    def abort(self) -> None:
        """Close at once; the running request sees a disconnect."""
        for cycle in (self.cycle, *(waiting for waiting, _ in self.pipeline)):
            if cycle and not cycle.response_complete:
                cycle.disconnected = True
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        if not self._timed and self._is_idle() and (self._in_head or not self._in_message):
            self._limits.wait(self)  # a head begins, or continues after an earlier request
            self._timed = True
        body, self._begun_now = self._body, False
        super().data_received(data)
        if self._in_message and not self._in_head and self._is_idle():
            self._ignored += len(data)
            if self._ignored > IGNORED:
                self.transport.close()
            elif not self.transport.is_closing():
                self.flow.pause_reading()
                self.loop.call_later(self._limits.pause_after(len(data)), self._read_on)
        if self._to_be_read and self._in_message and not self.transport.is_closing():
            self.flow.pause_reading()  # the rest is read once the application has authenticated the request
        self._to_be_read = False
        if self._in_message and not self._begun_now and not self.transport.is_closing():
            self._between += len(data) - (self._body - body)
            if self._between > self._max_head + (0 if self._in_head else self._body):
                self._refusal = TOO_LARGE if self._in_head else None
                self.send_400_response("Too many bytes between the parts of the body.")

    def on_message_begin(self) -> None:
        if len(self.pipeline) >= PIPELINED:
            raise _OverLimit
        super().on_message_begin()
        self._in_message = self._in_head = self._begun_now = True
        self._head = self._fields = self._between = self._body = self._ignored = 0

    def on_url(self, url: bytes) -> None:
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._fields += 1
        self._count(len(name) + len(value) + len(b": \r\n"))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._in_head = self._timed = False
        self._to_be_read = True
        self._limits.arrived(self)
        super().on_headers_complete()
        if self.scope["http_version"] == "1.0":
            _send_unframed(self.cycle)

    def on_body(self, body: bytes) -> None:
        self._body += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._in_message, self._ignored_since = False, None
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.cycle.response_complete:
            self.cycle.body = bytearray()  # unread bytes
        if self._is_idle() and (self._in_head or not self._in_message) and not self.transport.is_closing():
            self._limits.wait(self, idle=not self._in_head)
            self._timed = self._in_head  # an incomplete head followed this request

    def resume_writing(self) -> None:
        self._unread = None
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """An error of the parser or a limit. After a started response nothing can be sent."""
        if self.pipeline or (self.cycle and self.cycle.response_started and not self.cycle.response_complete):
            self.abort()
        elif self._refusal:
            self._answer(self._refusal)
        else:
            super().send_400_response(msg)

    def head_is_late(self) -> None:
        """The time is over, and no request is complete."""
        if self._in_head and self._is_idle():
            self._answer(LATE)
        else:
            self.transport.close()

    def look(self, now: float) -> None:
        """Close the connection if its client reads nothing, or keeps sending an ignored body."""
        closing = self.transport.is_closing()
        if closing or self.flow.write_paused:
            left = self.transport.get_write_buffer_size()
            if self._unread is None or self._unread[1] - left >= LEAST_READ:
                self._unread = now, left
            elif now - self._unread[0] >= self._limits.settings.reader_seconds:
                self.abort()
        if self._in_message and not self._in_head and self._is_idle() and not closing:
            self._ignored_since = self._ignored_since or now
            if now - self._ignored_since >= self._limits.settings.head_seconds:
                self.transport.close()

    def _read_on(self) -> None:
        if not self.transport.is_closing():
            self.flow.resume_reading()

    def _is_idle(self) -> bool:
        """Whether no request is running."""
        return not self.pipeline and (self.cycle is None or self.cycle.response_complete)

    def _count(self, size: int) -> None:
        self._head += size
        if self._head > self._max_head or self._fields > self._limits.settings.max_head_fields:
            self._refusal = TOO_LARGE
            raise _OverLimit

    def _answer(self, status: str) -> None:
        """Send an error for an incomplete request, and close."""
        self.transport.write(f"HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode())
        self.transport.close()

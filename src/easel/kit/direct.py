"""HTTP/1.1 to servers that the operator named, without a proxy: each connection is used again while it is open.

A transport of httpx. The library's own takes twice the CPU for an image, because each piece of it passes through a
dozen functions (bench/README.md). Responses wait in their sockets until they are read.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from functools import partial
from typing import Any, cast

import aiohappyeyeballs
import h11
import httpx

from easel.kit.exchange import Exchange, Unread

NEXT_ADDRESS = 0.25  # seconds until the next address of a host is tried beside the last one
SLICE = 64 * 1024  # bytes of a request that are written at once: below TLS, nothing waits for room before the next
PORTS, LAST_PORT = {"http": 80, "https": 443}, 65_535

Origin = tuple[str, str, int]
Seconds = Mapping[str, float | None]  # httpx's: connect, write and read


class DirectTransport(httpx.AsyncBaseTransport):
    """A transport on asyncio. Of its idle connections to a server, `kept` stay open at most, for so many `seconds`."""

    def __init__(self, authorities: ssl.SSLContext, *, kept: int, seconds: float) -> None:
        authorities.set_alpn_protocols(["http/1.1"])
        self._authorities = authorities
        self._kept, self._seconds = kept, seconds
        self._idle: dict[Origin, list[_Connection]] = {}
        self._unread = Unread()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        if url.scheme not in PORTS:
            raise httpx.UnsupportedProtocol(f"{url.scheme}:// is neither http:// nor https://")
        port = PORTS[url.scheme] if url.port is None else url.port
        if not 0 < port <= LAST_PORT:
            raise httpx.InvalidURL(f"{port} is not a port")
        origin = (url.scheme, url.raw_host.decode("ascii"), port)
        seconds: Seconds = request.extensions.get("timeout", {})
        try:
            exchange = Exchange(request, self._unread)
        except h11.LocalProtocolError as error:
            raise httpx.LocalProtocolError(str(error)) from error
        connection = self._take(origin) or await self._connect(origin, seconds.get("connect"))
        response = await connection.send(exchange, cast(httpx.AsyncByteStream, request.stream), seconds)
        body = _Body(connection, exchange, seconds, partial(self._give_back, origin, connection))
        return httpx.Response(response.status_code, headers=response.headers.raw_items(), stream=body)

    async def aclose(self) -> None:
        """Close the idle connections. Those in use are closed after their responses."""
        self._kept = 0
        for connections in self._idle.values():
            for connection in connections:
                connection.wake()
                connection.close()
        self._idle.clear()

    def _take(self, origin: Origin) -> "_Connection | None":
        """The one used last, so that the others grow old. One that its server closes is of no use."""
        connections = self._idle.pop(origin, [])
        while connections:
            connection = connections.pop()
            if connection.wake():
                if connections:
                    self._idle[origin] = connections
                return connection
            connection.close()
        return None

    def _give_back(self, origin: Origin, connection: "_Connection") -> None:
        others = [one for one in self._idle.get(origin, []) if one.open]
        if len(others) >= self._kept:
            connection.close()
            return
        loop = asyncio.get_running_loop()
        connection.rest(loop.call_later(self._seconds, self._expire, origin, connection))
        self._idle[origin] = [*others, connection]

    def _expire(self, origin: Origin, connection: "_Connection") -> None:
        connection.close()
        others = [one for one in self._idle.pop(origin, []) if one.open]
        if others:
            self._idle[origin] = others

    async def _connect(self, origin: Origin, seconds: float | None) -> "_Connection":
        """Raises httpx.ConnectError or httpx.ConnectTimeout."""
        scheme, host, port = origin
        loop = asyncio.get_running_loop()
        tls: dict[str, Any] = {"ssl": self._authorities, "server_hostname": host} if scheme == "https" else {}
        try:
            async with asyncio.timeout(seconds):
                addresses = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
                end = await aiohappyeyeballs.start_connection(addresses, happy_eyeballs_delay=NEXT_ADDRESS)
            async with asyncio.timeout(seconds):
                _, connection = await loop.create_connection(partial(_Connection, end), sock=end, **tls)
        except TimeoutError as error:
            raise httpx.ConnectTimeout(f"no connection within {seconds} s") from error
        except (OSError, UnicodeError, RuntimeError) as error:  # a name that is none; uvloop's, for all addresses
            raise httpx.ConnectError(str(error)) from error
        return connection


class _Connection(asyncio.Protocol):
    """A connection, with one exchange at a time or none."""

    _transport: asyncio.Transport

    def __init__(self, end: socket.socket) -> None:
        self._socket = end
        self.open = True
        self._exchange: Exchange | None = None
        self._fault: httpx.TransportError | None = None
        self._arrival: asyncio.Future[None] | None = None  # somebody waits for more of the response
        self._room: asyncio.Future[None] | None = None  # no more of the request can be sent until it is done
        self._paused = False
        self._expiry: asyncio.TimerHandle | None = None

    async def send(self, exchange: Exchange, body: httpx.AsyncByteStream, seconds: Seconds) -> h11.Response:
        """Send a request, and receive the head of its response.

        A server may respond before it has the whole request, and close the connection: the response counts.
        """
        if not self.open:
            raise httpx.ConnectError("the server closed the connection at once")
        self._exchange = exchange
        try:
            self._write(exchange.head)
            if await self._sent(exchange, body, seconds):
                self._write(exchange.end())
            while exchange.response is None:
                await self._more(seconds)
        except BaseException as error:
            self.close()
            exchange.forget()
            if isinstance(error, h11.LocalProtocolError):  # some of it was sent
                raise httpx.WriteError(str(error)) from error
            raise
        return exchange.response

    async def _sent(self, exchange: Exchange, body: httpx.AsyncByteStream, seconds: Seconds) -> bool:
        """Send the body; whether all of it was sent before the server closed the connection or had responded."""
        async for data in body:
            for at in range(0, len(data), SLICE):
                if exchange.whole or not self.open:
                    return False
                self._write(exchange.piece(data[at : at + SLICE]))
                if self._room:
                    await self._within(seconds.get("write"), self._room, httpx.WriteTimeout, "nothing was taken")
        return True

    async def body(self, exchange: Exchange, seconds: Seconds) -> AsyncIterator[bytes]:
        while True:
            while not exchange.due:
                await self._more(seconds)
            for piece in exchange.read():
                yield piece
            if exchange.whole:
                return

    def _write(self, data: bytes) -> None:
        if data and self.open:
            self._transport.write(data)

    async def _more(self, seconds: Seconds) -> None:
        """Wait until more of the response has arrived. Raises httpx.TransportError when nothing more comes."""
        if self._fault:
            raise self._fault
        if self._paused:
            self._paused = False
            self._transport.resume_reading()
        self._arrival = asyncio.get_running_loop().create_future()
        try:
            await self._within(seconds.get("read"), self._arrival, httpx.ReadTimeout, "nothing came")
        finally:
            self._arrival = None

    async def _within(
        self,
        seconds: float | None,
        waiting: asyncio.Future[None],
        late: type[httpx.TimeoutException],
        what: str,
    ) -> None:
        def fail() -> None:
            if not waiting.done():
                waiting.set_exception(late(f"{what} for {seconds} s"))

        timer = None if seconds is None else asyncio.get_running_loop().call_later(seconds, fail)
        try:
            await waiting
        finally:
            if timer:
                timer.cancel()

    def rest(self, expiry: asyncio.TimerHandle) -> None:
        """Without an exchange, until it is used again or expires."""
        self._exchange, self._expiry = None, expiry

    @property
    def can_rest(self) -> bool:
        """Whether nothing is left to write, and what comes would be noticed."""
        return self.open and not self._paused and not self._room

    def wake(self) -> bool:
        """Whether another exchange can begin: nothing has arrived meanwhile, as it does when the server closes it.

        The event loop may not have noticed that yet. A request would be lost, and whether it was paid for unknown.
        """
        if self._expiry:
            self._expiry.cancel()
        try:
            self._socket.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return self.open
        except OSError:
            pass
        return False

    def close(self) -> None:
        self.open, self._exchange = False, None
        self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        exchange = self._exchange
        if exchange is None:
            self.close()
            return
        try:
            exchange.receive(data)
        except h11.RemoteProtocolError as error:
            self._end_with(httpx.RemoteProtocolError(str(error)))
            return
        if exchange.excess:
            self.close()
        elif exchange.has_to_wait and not self._paused and self.open:
            self._paused = True
            self._transport.pause_reading()
        _wake(self._arrival)
        if exchange.whole or not self.open:
            _wake(self._room)

    def eof_received(self) -> None:
        self.open = False
        self.data_received(b"")

    def connection_lost(self, error: Exception | None) -> None:
        self._end_with(httpx.ReadError(str(error or "the connection was closed")))

    def pause_writing(self) -> None:
        self._room = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        _wake(self._room)
        self._room = None

    def _end_with(self, fault: httpx.TransportError) -> None:
        self._fault = self._fault or fault
        self.close()
        _wake(self._arrival)
        _wake(self._room)


class _Body(httpx.AsyncByteStream):
    """The body of a response. Once it is closed, `give_back` is called if its connection can be used again."""

    def __init__(
        self, connection: _Connection, exchange: Exchange, seconds: Seconds, give_back: Callable[[], None]
    ) -> None:
        self._connection, self._exchange, self._seconds, self._give_back = connection, exchange, seconds, give_back
        self._closed = False

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._connection.body(self._exchange, self._seconds)

    async def aclose(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._exchange.forget()
        if self._connection.can_rest and self._exchange.repeatable:
            self._give_back()
        else:
            self._connection.close()


def _wake(waiting: asyncio.Future[None] | None) -> None:
    if waiting and not waiting.done():
        waiting.set_result(None)

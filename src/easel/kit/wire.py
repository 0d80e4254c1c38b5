"""Limits what an untrusted server may send before its response: endless interim responses cost processor time.

httpx offers no way to set its pool's network backend, so the transport's pool is replaced.
"""

import functools
import ssl
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

import httpcore
import httpx

from easel.kit.proxies import Proxy

HEAD_BYTES = 64 * 1024
LONGEST_TUNNEL = 8 * 1024  # bytes of a proxy's answer
PIECE = 16 * 1024  # maximum read at once before the response: parsing blocks the event loop


class Head:
    """One response head: how many bytes may still come before it is complete."""

    def __init__(self) -> None:
        self.left = HEAD_BYTES
        self.complete = False

    def take(self, size: int) -> None:
        self.left -= 0 if self.complete else size
        if self.left < 0:
            raise httpcore.RemoteProtocolError("too many bytes before the response")


head: ContextVar[Head | None] = ContextVar("head", default=None)


class _Stream(httpcore.AsyncNetworkStream):
    def __init__(self, stream: httpcore.AsyncNetworkStream, of: Head) -> None:
        self._stream, self._head = stream, of

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's name
        data = await self._stream.read(max_bytes if self._head.complete else min(max_bytes, PIECE), timeout)
        self._head.take(len(data))
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        return _Stream(await self._stream.start_tls(ssl_context, server_hostname, timeout), self._head)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.AnyIOBackend):
    """With a proxy, a connection is a tunnel to the very address that was checked: the proxy resolves nothing."""

    def __init__(self, proxy: Proxy | None) -> None:
        super().__init__()
        self._proxy = proxy

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        proxy = self._proxy
        to = (proxy.host, proxy.port) if proxy else (host, port)
        stream = await super().connect_tcp(*to, timeout, local_address, socket_options)
        bounded = _Stream(stream, head.get() or Head())
        if proxy is None:
            return bounded
        try:
            return await _tunnel(bounded, proxy, host, port, timeout)
        except BaseException:
            await bounded.aclose()
            raise


async def _tunnel(
    stream: httpcore.AsyncNetworkStream,
    proxy: Proxy,
    host: str,
    port: int,
    timeout: float | None,  # noqa: ASYNC109
) -> httpcore.AsyncNetworkStream:
    """The same stream, once the proxy has connected it to the address; raises ProxyError."""
    if proxy.tls:
        stream = await stream.start_tls(certificates(trust_env=True), proxy.host, timeout)
    target = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
    if proxy.authorization:
        lines.append(f"Proxy-Authorization: {proxy.authorization}")
    await stream.write("\r\n".join([*lines, "", ""]).encode("ascii"), timeout)
    answer = b""
    while not answer.endswith(b"\r\n\r\n"):  # byte by byte: what follows belongs to the server behind it
        piece = await stream.read(1, timeout)
        answer += piece
        if not piece or len(answer) > LONGEST_TUNNEL:
            raise httpcore.ProxyError("the proxy did not answer")
    status = answer.split(b" ", 2)[1:2]
    if status != [b"200"]:
        raise httpcore.ProxyError(f"the proxy answered {b''.join(status).decode('ascii', 'replace')[:3]}")
    return stream


def bounded_transport(proxy: Proxy | None = None) -> httpx.AsyncHTTPTransport:
    """A transport for untrusted servers: each connection serves one request, whose `head` is set around it."""
    transport = httpx.AsyncHTTPTransport(verify=certificates(trust_env=False), trust_env=False)
    transport._pool = httpcore.AsyncConnectionPool(  # noqa: SLF001 - httpx has no public way
        ssl_context=certificates(trust_env=False), max_keepalive_connections=0, network_backend=_Backend(proxy)
    )
    return transport


@functools.cache
def certificates(*, trust_env: bool) -> ssl.SSLContext:
    """The authorities that this process trusts: reading them takes 20 ms, so all its clients share them."""
    return httpx.create_ssl_context(trust_env=trust_env)

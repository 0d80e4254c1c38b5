"""The connections of our HTTP clients: certificates, proxies, and limits for strangers.

An untrusted server is limited in what it may send before its response: endless interim responses cost processor time.
"""

import functools
import os
import ssl
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import httpcore
import httpx

from easel.kit.direct import DirectTransport
from easel.kit.proxies import Proxies, Proxy
from easel.kit.settings import explained

HEAD_BYTES = 64 * 1024
LONGEST_TUNNEL = 8 * 1024  # bytes of a proxy's answer
KEPT_OPEN = 8  # idle connections of a client: through a proxy, the library compares each with every other
OPEN_SECONDS = 4.0  # they are closed before the other side closes them
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


class _BoundedStream(httpcore.AsyncNetworkStream):
    def __init__(self, stream: httpcore.AsyncNetworkStream, of: Head) -> None:
        self._stream = stream
        self._head = of

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
        return _BoundedStream(await self._stream.start_tls(ssl_context, server_hostname, timeout), self._head)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _BoundedBackend(httpcore.AnyIOBackend):
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
        bounded = _BoundedStream(stream, head.get() or Head())
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
        ssl_context=certificates(trust_env=False), max_keepalive_connections=0, network_backend=_BoundedBackend(proxy)
    )
    return transport


class _ByRule(httpx.AsyncBaseTransport):
    """Each request leaves as the rule for proxies says: httpx reads NO_PROXY by another one."""

    def __init__(self, proxies: Proxies) -> None:
        self._proxies = proxies
        self._direct = DirectTransport(certificates(trust_env=True), kept=KEPT_OPEN, seconds=OPEN_SECONDS)
        self._through = {proxy: _through(proxy) for proxy in proxies.by_scheme.values()}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        proxy = self._proxies.of(url.scheme, url.raw_host.decode("ascii"), url.port)
        transport = self._through[proxy] if proxy else self._direct
        return await transport.handle_async_request(request)

    async def aclose(self) -> None:
        for transport in (self._direct, *self._through.values()):
            await transport.aclose()


def transport_by_rule(proxies: Proxies | None) -> httpx.AsyncBaseTransport:
    """The transport to servers that the operator named; its client has `trust_env=False`."""
    return _ByRule(proxies or Proxies())


def _through(proxy: Proxy) -> httpx.AsyncHTTPTransport:
    authorities = certificates(trust_env=True)
    host = f"[{proxy.host}]" if ":" in proxy.host else proxy.host
    through = httpx.Proxy(
        f"{'https' if proxy.tls else 'http'}://{host}:{proxy.port}",
        ssl_context=authorities if proxy.tls else None,
        headers={"Proxy-Authorization": proxy.authorization} if proxy.authorization else None,
    )
    limits = httpx.Limits(max_keepalive_connections=KEPT_OPEN, keepalive_expiry=OPEN_SECONDS)
    return httpx.AsyncHTTPTransport(verify=authorities, trust_env=False, limits=limits, proxy=through)


def certificate_faults(environment: Mapping[str, str]) -> list[str]:
    """One sentence when the authorities that the environment names cannot be used."""
    if file := environment.get("SSL_CERT_FILE"):
        try:
            ssl.create_default_context(cafile=file)
        except ssl.SSLError:
            return [f"SSL_CERT_FILE: {file} has no certificates in PEM form."]
        except OSError as error:
            return [f"SSL_CERT_FILE: {explained(error, file)}"]
        return []
    folders = environment.get("SSL_CERT_DIR")
    if folders and not any(Path(one).is_dir() for one in folders.split(os.pathsep)):
        return [f"SSL_CERT_DIR: {folders} is not a folder."]
    return []


@functools.cache
def certificates(*, trust_env: bool) -> ssl.SSLContext:
    """The authorities that this process trusts: reading them takes 20 ms, so all its clients share them."""
    return httpx.create_ssl_context(trust_env=trust_env)

"""The one way out: fetch an address a stranger named, without being led anywhere private.

Every hop is resolved once, checked, and connected to at the very address that was checked, so a name that changes its
mind between the look and the call gains nothing. Bytes, time and redirects are bounded.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

import httpx

IpNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network
IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

MAX_REDIRECTS = 3


class FetchFailed(Exception):
    """Says, for a person, why an address was not fetched."""


class Fetcher:
    """Fetches public http(s) addresses. `trusted` networks are reachable although they are private."""

    def __init__(self, trusted: Sequence[IpNetwork] = (), *, timeout: float = 30.0) -> None:
        self._trusted = trusted
        self._timeout = timeout
        self._client = httpx.AsyncClient(
            timeout=10.0, trust_env=False, follow_redirects=False, headers={"User-Agent": "easel"}
        )

    async def get(self, url: str, *, max_bytes: int) -> bytes:
        """The body at `url`; raises FetchFailed."""
        try:
            async with asyncio.timeout(self._timeout):
                return await self._follow(url, max_bytes)
        except TimeoutError as error:
            raise FetchFailed(f"it took longer than {self._timeout:.0f} s") from error
        except httpx.HTTPError as error:
            raise FetchFailed(f"the connection failed ({type(error).__name__})") from error

    async def close(self) -> None:
        await self._client.aclose()

    async def _follow(self, url: str, max_bytes: int) -> bytes:
        for _ in range(MAX_REDIRECTS + 1):
            response = await self._client.send(await self._request(url), stream=True)
            try:
                if response.is_redirect:
                    url = urljoin(url, response.headers["Location"])
                elif response.status_code == httpx.codes.OK:
                    return await _read(response, max_bytes)
                else:
                    raise FetchFailed(f"the server answered {response.status_code}")
            finally:
                await response.aclose()
        raise FetchFailed(f"it redirects more than {MAX_REDIRECTS} times")

    async def _request(self, url: str) -> httpx.Request:
        """A request to the checked address itself, still naming its host to the server and to TLS."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise FetchFailed("the address is malformed") from error
        if parts.scheme not in ("http", "https") or not host:
            raise FetchFailed("only http and https addresses are fetched")
        if parts.username or parts.password:
            raise FetchFailed("an address must not carry a user name or a password")
        address = await self._resolve(host, port or (443 if parts.scheme == "https" else 80))
        pinned = httpx.URL(url).copy_with(host=str(address))
        return self._client.build_request(
            "GET", pinned, headers={"Host": parts.netloc}, extensions={"sni_hostname": host}
        )

    async def _resolve(self, host: str, port: int) -> IpAddress:
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchFailed(f"the host {host} cannot be found") from error
        addresses = [ipaddress.ip_address(entry[4][0]) for entry in found]
        for address in addresses:
            if not is_allowed(address, self._trusted):
                raise FetchFailed(f"the host {host} is not on the public internet")
        return addresses[0]


def is_allowed(address: IpAddress, trusted: Sequence[IpNetwork]) -> bool:
    """Whether an address is public, or in a network the operator trusts. IPv4 hidden inside IPv6 is unwrapped first."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is not None:
            address = inner
        elif address in ipaddress.IPv6Network("64:ff9b::/96"):
            address = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if any(address.version == network.version and address in network for network in trusted):
        return True
    return address.is_global and not address.is_multicast


async def _read(response: httpx.Response, max_bytes: int) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > max_bytes:
            raise FetchFailed(f"it is larger than {max_bytes // 1_000_000} MB")
    return bytes(body)

"""Fetches URLs from untrusted input, without ever reaching a private address.

Every hop is resolved once, checked, and connected to at exactly the checked address, so that a name that changes
between check and connection gains nothing (DNS rebinding). Bytes, time, redirects and concurrent look-ups are limited.
"""

import asyncio
import contextlib
import ipaddress
import math
import re
import zlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import BinaryIO

import httpx

from easel import __version__
from easel.kit.networks import IpNetwork, is_allowed, is_trusted
from easel.kit.proxies import Proxies, Proxy
from easel.kit.resolve import IpAddress, LookupFailed, Resolver
from easel.kit.unpack import TooLarge, Unpacking
from easel.kit.wire import Head, bounded_transport, head

TRUSTED = "EASEL_TRUSTED_NETWORKS"
SILENCE = 10.0  # seconds after which a server that sends nothing is given up
MAX_REDIRECTS = 3
FEW_PIECES, SMALLEST_PIECE = 500, 64  # bytes per chunk required on average once there are more than a few
BEGINNING_SECONDS = 2  # what is waited for the body of a response whose status is known
LONGEST_NAME, LONGEST_LABEL = 254, 63  # bytes; the name with a dot at its end
_HOST = re.compile(rb"[a-z0-9._-]+|[0-9a-f:.]+", re.IGNORECASE)

WANTED = {"Accept": "image/*, */*;q=0.5"}
# Answers with the whole body; the second is of a proxy that changed something (RFC 9110, section 15.3.4).
WHOLE = (httpx.codes.OK, httpx.codes.NON_AUTHORITATIVE_INFORMATION)
# Answers that say nothing about the next one.
PASSING = (408, 421, 425, 429, 500, 502, 503, 504, 507, 509, 520, 521, 522, 523, 524, 529, 530)
# Other answers that say more than their number.
MEANINGS = {
    401: "which asks who fetches it: upload the image instead",
    403: "which forbids fetching it: upload the image instead",
    404: "there is nothing at this address",
    406: "which refuses such a request: upload the image instead",
    410: "there is nothing at this address any more",
    451: "which forbids fetching it: upload the image instead",
}
# The encodings that are unpacked, and those that are refused. Others are words that some stores write here.
PACKED = ("gzip", "x-gzip", "deflate")
UNKNOWN_PACKED = ("br", "zstd", "compress", "x-compress", "dcb", "dcz")


class FetchFailed(Exception):
    """Why an address was not fetched, for people. `again` when it may be later, `retry_after` seconds if it says so."""

    def __init__(self, sentence: str, *, again: bool = False, retry_after: float | None = None) -> None:
        super().__init__(sentence)
        self.again, self.retry_after = again, retry_after


@dataclass(frozen=True, slots=True)
class Answered:
    """The status and the beginning of the body."""

    status: int
    body: bytes


class Fetcher:
    """Fetches public http(s) URLs. `trusted` networks are reachable although they are private.

    `who` names the share of concurrent look-ups that a call uses. `contact` is an address where those who are asked can
    read who asks. `proxies` are used for public addresses: they connect to the address that was checked here.
    """

    def __init__(
        self,
        trusted: Sequence[IpNetwork] = (),
        *,
        timeout: float = 30.0,
        resolver: Resolver | None = None,
        contact: str | None = None,
        proxies: Proxies | None = None,
    ) -> None:
        self._trusted = trusted
        self._timeout = timeout
        self._resolver = resolver or Resolver()
        self._proxies = proxies or Proxies()
        self._contact = contact
        self._clients: dict[Proxy | None, httpx.AsyncClient] = {}

    async def fetch(
        self, url: str, into: BinaryIO, *, max_bytes: int, who: str = "", seconds: float = math.inf
    ) -> None:
        """Write the body at `url` into a file, in at most `seconds`; raises FetchFailed, and OSError of the file.

        The time a look-up waits in the queue does not count.
        """
        async with _within(min(self._timeout, seconds)) as deadline:
            await self._follow(url, into, max_bytes, who, deadline)

    async def post(
        self, url: str, *, content: bytes, headers: Mapping[str, str], seconds: float, max_bytes: int, who: str = ""
    ) -> Answered:
        """The response, whose status comes within `seconds`, with the first `max_bytes` of its body.

        Redirects are not followed. Raises FetchFailed, but not for what happens after the status.
        What is sent is not for everybody to read: http is used in trusted networks only.
        """
        async with _within(seconds):
            request = await self._request(url, who, method="POST", content=content, headers=headers)
            response = await self._send(request)
        try:
            return Answered(response.status_code, await _beginning(response, max_bytes))
        finally:
            await response.aclose()

    async def close(self) -> None:
        for client in self._clients.values():
            await client.aclose()
        await self._resolver.close()

    async def _follow(self, url: str, into: BinaryIO, max_bytes: int, who: str, deadline: asyncio.Timeout) -> None:
        for _ in range(MAX_REDIRECTS + 1):
            response = await self._send(await self._request(url, who, headers=WANTED, deadline=deadline))
            try:
                if "location" in response.extensions:
                    url = _joined(url, response.extensions["location"])
                    continue
                if response.status_code in WHOLE:
                    return await _read(response, into, max_bytes)
                raise _not_ok(response)
            finally:
                await response.aclose()
        raise FetchFailed(f"it redirects more than {MAX_REDIRECTS} times")

    def _client(self, proxy: Proxy | None) -> httpx.AsyncClient:
        # Made when needed: many servers fetch nothing, and reading the authorities takes 20 ms.
        if proxy not in self._clients:
            self._clients[proxy] = httpx.AsyncClient(
                timeout=SILENCE,
                trust_env=False,
                follow_redirects=False,
                event_hooks={"response": [_keep_location]},
                headers={
                    "User-Agent": f"Easel/{__version__}" + (f" (+{self._contact})" if self._contact else ""),
                    "Accept-Encoding": "gzip, deflate;q=0.5",
                },
                # The pool is keyed by IP address, and one address may serve many hosts: connections are not reused,
                # and each certificate is verified anew.
                transport=bounded_transport(proxy),
            )
        return self._clients[proxy]

    async def _send(self, request: httpx.Request) -> httpx.Response:
        coming = Head()
        head.set(coming)
        response = await self._client(request.extensions.get("proxy")).send(request, stream=True)
        coming.complete = True
        return response

    async def _request(
        self,
        url: str,
        who: str,
        *,
        method: str = "GET",
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        deadline: asyncio.Timeout | None = None,
    ) -> httpx.Request:
        """A request to the checked address itself, still naming its host to the server and to TLS."""
        parsed = checked_address(url)
        host = parsed.raw_host.decode("ascii")
        port = parsed.port or (443 if parsed.scheme == "https" else 80)
        address = await self._resolve(host, port, who, deadline)
        trusted = is_trusted(address, self._trusted)
        if method == "POST" and parsed.scheme == "http" and not trusted:
            raise FetchFailed(f"http is used in trusted networks only, and {host} is in none ({TRUSTED})")
        proxy = None if trusted else self._proxies.of(parsed.scheme, host, port)
        return self._client(proxy).build_request(
            method,
            parsed.copy_with(host=str(address)),
            content=content,
            headers={**(headers or {}), "Host": parsed.netloc.decode("ascii")},
            extensions={"sni_hostname": host, "proxy": proxy},
        )

    async def _resolve(self, host: str, port: int, who: str, deadline: asyncio.Timeout | None) -> IpAddress:
        try:
            addresses = [ipaddress.ip_address(host)]  # an IP address: no look-up needed
        except ValueError:
            try:
                addresses = list(await self._resolver.addresses(host, port, who=who, deadline=deadline))
            except LookupFailed as error:
                raise FetchFailed(str(error), again=error.again) from error
        for address in addresses:
            if not is_allowed(address, self._trusted):
                raise FetchFailed(f"the host {host} is not on the public internet, nor trusted ({TRUSTED})")
        return addresses[0]


@contextlib.asynccontextmanager
async def _within(seconds: float) -> AsyncIterator[asyncio.Timeout]:
    """A time limit, within which errors of the connection are FetchFailed too."""
    try:
        async with asyncio.timeout(seconds) as deadline:
            yield deadline
    except TimeoutError as error:
        raise FetchFailed(f"it took longer than {round(seconds, 1):g} s") from error
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            raise FetchFailed("its certificate cannot be verified") from error
        passing = isinstance(error, httpx.TransportError) and not isinstance(error, httpx.UnsupportedProtocol)
        raise FetchFailed(f"the connection failed{_how(error)}", again=passing) from error


def _how(error: Exception) -> str:
    """What happened to a connection, without the library's names for it."""
    match error:
        case httpx.ConnectError():
            return ": the server cannot be reached"
        case httpx.ProtocolError():
            return ": the response is not valid HTTP"
        case httpx.NetworkError():
            return ": it broke off"
        case httpx.ProxyError():
            return ": the proxy refuses it"
    return ""


def checked_address(url: str) -> httpx.URL:
    """An address that may be fetched; raises FetchFailed for one that never can. Resolves nothing."""
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchFailed(f"the address is malformed{_because(error)}") from error
    # `host` would be decoded by stricter rules than other software uses: https://xn--ls8h.la is one that exists.
    host = parsed.raw_host
    if parsed.port is not None and not 0 < parsed.port < 65536:
        raise FetchFailed(f"the address is malformed: there is no port {parsed.port}")
    if parsed.scheme not in ("http", "https"):
        raise FetchFailed(
            f"only http and https addresses are fetched, not {parsed.scheme[:20] or 'one without either'}"
        )
    if not host:
        raise FetchFailed("the address has no host")
    if not _is_host_name(host):
        raise FetchFailed(f"the address is malformed: its host {host[:60].decode('ascii', 'replace')} cannot be one")
    if parsed.userinfo:
        raise FetchFailed("an address must not contain a user name or a password")
    return parsed


def _because(error: Exception) -> str:
    """Why httpx refuses an address, where it says more than the address itself."""
    return ": its port is no number" if "port" in str(error).lower() else ""


def _is_host_name(host: bytes) -> bool:
    """Whether a name can exist in DNS: RFC 1035 limits the name and each of its labels."""
    short = len(host) <= LONGEST_NAME and all(len(label) <= LONGEST_LABEL for label in host.split(b"."))
    return short and _HOST.fullmatch(host) is not None


def _joined(url: str, location: str) -> str:
    try:
        return str(httpx.URL(url).join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchFailed("it redirects to a malformed address") from error


async def _beginning(response: httpx.Response, max_bytes: int) -> bytes:
    """The body up to its limit, raw or compressed; as much of it as comes soon and undamaged."""
    body = bytearray()
    with contextlib.suppress(httpx.HTTPError, TimeoutError):
        async with asyncio.timeout(BEGINNING_SECONDS):
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) >= max_bytes:
                    break
    return bytes(body[:max_bytes])


async def _keep_location(response: httpx.Response) -> None:
    """Hide a redirect's address from httpx, which parses it strictly even when it does not follow it."""
    if response.has_redirect_location:
        response.extensions["location"] = response.headers.pop("Location")


def _not_ok(response: httpx.Response) -> FetchFailed:
    status = response.status_code
    meaning = f", {MEANINGS[status]}" if status in MEANINGS else ""
    retry_after = _seconds(response.headers.get("Retry-After", ""))
    return FetchFailed(f"the server answered {status}{meaning}", again=status in PASSING, retry_after=retry_after)


def _seconds(retry_after: str) -> float | None:
    """The seconds of a Retry-After header, also of one that is a date (RFC 9110); None for anything else."""
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:9])
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


async def _read(response: httpx.Response, into: BinaryIO, max_bytes: int) -> None:
    """Write the body, unpacked: its limit is that of what it becomes."""
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    packings = [word for each in encoding.split(",") if (word := each.strip()) in PACKED + UNKNOWN_PACKED]
    if len(packings) > 1 or any(word in UNKNOWN_PACKED for word in packings):
        raise FetchFailed(f"it is compressed as {encoding[:40]}, which was not asked for")
    unpacking = Unpacking(into, max_bytes) if packings else None
    size = pieces = 0
    try:
        async for chunk in response.aiter_raw():
            size, pieces = size + len(chunk), pieces + 1
            if size > max_bytes:
                raise TooLarge
            if pieces > FEW_PIECES and size < pieces * SMALLEST_PIECE:  # each costs as much time as a large one
                raise FetchFailed("it comes in pieces that are too small")
            if unpacking:
                unpacking.write(chunk)
            else:
                into.write(chunk)
        if unpacking and not unpacking.complete:
            raise FetchFailed("it is compressed, and cut off", again=True)
    except TooLarge as error:
        raise FetchFailed(f"it is larger than {max_bytes / 1_000_000:g} MB") from error
    except zlib.error as error:
        raise FetchFailed("it says that it is compressed, and cannot be unpacked") from error

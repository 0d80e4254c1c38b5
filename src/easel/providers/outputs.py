"""The images of an answer: in it, in base64, or at an address where they are fetched.

Only the provider's own host and hosts that a setting names are asked, redirects included; the provider's key is sent to
its own address alone. What will never come ends the wait at once; what may still come is asked for again, ever later.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, replace

import httpx
import structlog

from easel.domain import Image, Paid, Pending, Size
from easel.errors import GenerationFailed
from easel.kit.longjson import Parked, from_base64
from easel.providers.reading import pause_asked
from easel.providers.upstream import Answer, ProviderClient

UNKNOWN_SIZE = Size(0, 0)  # postprocessing detects it from the bytes
REDIRECTS = 5
LAST_PORT = 65535
MAY_PASS = (408, 409, 425, 429)
WILL_NOT_PASS = (501, 505)
# Seconds between the attempts to fetch images that may still come: about five minutes in all.
FETCH_PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, *[30.0] * 9)

LAST_TRY = {"tries": len(FETCH_PAUSES)}  # the state of a pending whose images are fetched now or never

log = structlog.get_logger()


class ImageGone(Exception):
    """This image will not come; the message says why, for the operator."""


class NotYet(Exception):
    """This image may still come, not before `seconds` have passed; the message says why, for the operator."""

    def __init__(self, why: str, seconds: float = 0.0) -> None:
        super().__init__(why)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class FileHosts:
    """Hosts, including subdomains, that a provider's images may be fetched from; `setting` is where they are named."""

    hosts: Sequence[str]
    setting: str

    def require(self, url: httpx.URL) -> None:
        """Raises ImageGone for any other address."""
        if url.userinfo or url.scheme not in ("http", "https") or (url.port or 0) > LAST_PORT:
            raise ImageGone("the answer has an address that cannot be used")
        host = url.host.lower()
        if not any(host == one or host.endswith("." + one) for one in map(str.lower, self.hosts)):
            raise ImageGone(f"{host} is not one of the hosts that images may be fetched from; {self.setting} adds it")


def image_in(answer: Answer, text: str) -> Parked | None:
    """The image in one string of a response, base64 or a data: URL; None when it is neither."""
    if parked := answer.parked.pop(text, None):
        return parked
    data = from_base64(text)
    return Parked(memoryview(data)) if data else None


def address_in(text: str) -> bool:
    """Whether a string of a response is an address rather than an image."""
    return text.lower().startswith(("http:", "https:"))


async def images_of(
    upstream: ProviderClient, items: Sequence[Parked | str], hosts: FileHosts, pending: Pending
) -> list[Parked] | Pending:
    """The images of an answer, those at addresses fetched; a pending while one of them may still come.

    `tries` in its state counts the attempts. Raises GenerationFailed when none will come; those that will not come do
    not keep the others back.
    """
    coming = (_arrived(upstream, one, hosts) for one in items)
    results = await asyncio.gather(*coming, return_exceptions=True)
    arrived = [one for one in results if isinstance(one, Parked)]
    faults = [one for one in results if isinstance(one, BaseException)]
    later = [one.seconds for one in faults if isinstance(one, NotYet)]
    tries = int(pending.state.get("tries", 0))
    unforeseen = [one for one in faults if not isinstance(one, ImageGone | NotYet)]
    if unforeseen or (later and tries < len(FETCH_PAUSES)):
        for one in arrived:
            one.close()
        if unforeseen:
            raise unforeseen[0]
        pause = max(FETCH_PAUSES[tries], min(max(later), FETCH_PAUSES[-1]))
        return replace(pending, state={**pending.state, "tries": tries + 1}, check_after=pause, progress=None)
    reasons = "; ".join(dict.fromkeys(map(str, faults)))
    if not arrived:
        raise GenerationFailed(
            f"{upstream.name} generated, but no image could be fetched.",
            request_id=pending.upstream_id,
            detail=reasons or "the answer has no image",
            paid=Paid.YES,
        )
    if faults:
        log.warning("some images of an answer could not be fetched", upstream_id=pending.upstream_id, reasons=reasons)
    return arrived


async def _arrived(upstream: ProviderClient, item: Parked | str, hosts: FileHosts) -> Parked:
    return item if isinstance(item, Parked) else await fetch_image(upstream, item, hosts)


async def fetch_image(upstream: ProviderClient, address: str, hosts: FileHosts) -> Parked:
    """The image at one address, relative ones being the provider's own. Raises ImageGone or NotYet."""
    try:
        url = upstream.joined(address)
        for _ in range(REDIRECTS + 1):
            hosts.require(url)
            async with upstream.fetching(url) as response:
                location = response.headers.get("location") if response.is_redirect else None
                if location is None:
                    return await _received(upstream, url, response)
                url = url.join(location)
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError, UnicodeError) as error:
        raise ImageGone("the answer has an address that cannot be used") from error
    except httpx.HTTPError as error:
        raise NotYet(f"{url.host}: {type(error).__name__}") from error
    raise ImageGone(f"{url.host} redirects more than {REDIRECTS} times")


async def _received(upstream: ProviderClient, url: httpx.URL, response: httpx.Response) -> Parked:
    status = response.status_code
    if status in MAY_PASS or (status >= 500 and status not in WILL_NOT_PASS):
        raise NotYet(f"{url.host} answered {status}", pause_asked(response.headers, None, "", now=time.time()) or 0.0)
    if not response.is_success:
        raise ImageGone(f"{url.host} answered {status}")
    if parked := await upstream.park(response):
        return parked
    raise ImageGone(f"{url.host} sent too large a file")


async def images_in(parked: Sequence[Parked], media_type: str) -> AsyncGenerator[Image, None]:
    """Images that have arrived, one in memory at a time; their files are deleted when reading ends."""
    try:
        for one in parked:
            yield Image(one.read(), media_type, UNKNOWN_SIZE)
    finally:
        for one in parked:
            one.close()

"""The images of an answer: in it, in base64, or at an address where they are fetched.

Only the provider's own host and hosts that a setting names are asked, redirects included; the provider's key is sent to
its own address alone. What will never come ends the wait at once; what may still come is asked for again, ever later.
"""

import asyncio
import re
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote_to_bytes

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

TRIES_OF_MISSING = 2  # an image that its own server does not have yet: some answer before the file is there
# The names under which answers have their images, or one image in base64 or its address.
LISTS, IN_BASE64, ADDRESSES = (
    ("data", "images", "image"),
    ("b64_json", "b64", "base64", "image_base64"),
    ("image_url", "url"),
)
# How PNG, JPEG, WebP, GIF and AVIF begin: enough to tell an image from an address that happens to be base64.
_IMAGE = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|RIFF....WEBP|GIF8[79]a|....ftyp", re.DOTALL)
DEEPEST = 4
LONGEST_ADDRESS = 4_000

LAST_TRY = {"tries": len(FETCH_PAUSES)}  # the state of a pending whose images are fetched now or never

log = structlog.get_logger()


class ImageGone(Exception):
    """This image will not come; the message says why, for the operator."""


class NotYet(Exception):
    """This image may still come, not before `seconds` have passed, within `tries`; the message says why, for the
    operator."""

    def __init__(self, why: str, seconds: float = 0.0, tries: int = len(FETCH_PAUSES)) -> None:
        super().__init__(why)
        self.seconds, self.tries = seconds, tries


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
    return text.lstrip().lower().startswith(("http:", "https:"))


def items_in(answer: Answer) -> list[Parked | str]:
    """The images of an answer, or their addresses, wherever servers put them; empty when there is none."""
    return _items(answer, answer.raw, "", DEEPEST)


def _items(answer: Answer, value: Any, name: str, deep: int) -> list[Parked | str]:
    if isinstance(value, str):
        one = _item(answer, value, name)
        return [] if one is None else [one]
    if isinstance(value, list) and deep:
        return [one for inner in value for one in _items(answer, inner, name, deep - 1)]
    if isinstance(value, Mapping) and deep:
        for inner in (*LISTS, *IN_BASE64, *ADDRESSES):
            if found := _items(answer, value.get(inner), inner, deep - 1):
                return found
    return []


def _item(answer: Answer, text: str, name: str) -> Parked | str | None:
    """One string of an answer under this name. Base64 may look like an address: what decodes to an image is one."""
    if text in answer.parked:
        return image_in(answer, text)
    text = text.strip()
    if text.lower().startswith("data:"):
        return image_in(answer, text) or _in_data_url(text)
    if address_in(text):
        return text
    parked = image_in(answer, text)
    if parked and (_IMAGE.match(parked.content) or (name in IN_BASE64 and not text.startswith("/"))):
        return parked
    unnamed = not text.split()[1:] and (text.startswith("/") or ("." in text and "/" in text))
    return text if (name in ADDRESSES or unnamed) and 0 < len(text) <= LONGEST_ADDRESS else None


def _in_data_url(text: str) -> Parked | None:
    """The image in a data: URL with percent escapes."""
    head, _, rest = text.partition(",")
    data = unquote_to_bytes(rest)
    if head.rstrip().lower().endswith("base64"):
        data = from_base64(data.decode("latin-1"))
    return Parked(memoryview(data)) if _IMAGE.match(data) else None


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
    tries = int(pending.state.get("tries", 0))
    later = [one.seconds for one in faults if isinstance(one, NotYet) and tries < one.tries]
    unforeseen = [one for one in faults if not isinstance(one, ImageGone | NotYet)]
    if unforeseen or later:
        for one in arrived:
            one.close()
        if unforeseen:
            raise unforeseen[0]
        pause = max(FETCH_PAUSES[tries], min(max(later), FETCH_PAUSES[-1]))
        return replace(pending, state={**pending.state, "tries": tries + 1}, check_after=pause, progress=None)
    reasons = upstream.cut("; ".join(dict.fromkeys(map(str, faults))))
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
    if status == httpx.codes.NOT_FOUND and upstream.is_own(url):
        raise NotYet(f"{url.host} answered {status}", tries=TRIES_OF_MISSING)
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

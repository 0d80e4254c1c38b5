"""The client of all HTTP providers: lost responses, what refusals mean, and redacted messages."""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import httpx
from pydantic import SecretStr

from easel.errors import (
    ContentRejected,
    GenerationFailed,
    Misconfigured,
    ModelUnavailable,
    OutcomeUnknown,
    ProviderError,
    Throttled,
    Unreachable,
    UnsupportedRequest,
)
from easel.kit.longjson import NotLongJson, Parked, parse, read_long_json
from easel.kit.proxies import Proxies
from easel.kit.settings import read_key
from easel.kit.spill import Spill
from easel.kit.sse import SentEvent, TooLong, read_events
from easel.kit.trace import trace_headers
from easel.kit.wire import transport_by_rule
from easel.providers.reading import Fault, read_answer
from easel.providers.redact import Redactor, redact, without_addresses

PICTURE_BYTES = 64_000_000
ANSWER_BYTES = 4_000_000
EVENTS = "text/event-stream"
AT_ONCE = 8
PATIENCE = 5.0
DEFAULT_WAIT, SHORTEST_WAIT = 5.0, 1.0  # seconds a busy provider is left alone that asks for none, or for less

# These fail before a byte of the request was sent.
NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.InvalidURL,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A provider's response: status, headers, JSON, and the images parked in it.

    What is not JSON has no body; `text` is how it begins. `body` and `headers` are without secrets, for all that is
    told or kept; `raw` is the JSON as it came, for ids and addresses. `cut` takes the secrets out of anything else.
    `event` is set for each event of a stream: its name, which may be empty. `host` is where it was asked for.
    """

    status: int
    headers: httpx.Headers
    body: Any = None
    parked: dict[str, Parked] = field(default_factory=dict, repr=False)
    event: str | None = None
    text: str = ""
    raw: Any = field(default=None, repr=False)
    host: str = ""
    cut: Callable[[Any], Any] = field(default=lambda value: value, repr=False, compare=False)

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def request_id(self) -> str | None:
        request_id: str | None = self.headers.get("x-request-id")
        return request_id

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for parked in self.parked.values():
            parked.close()


class ProviderClient:
    """One account at one address. Nothing is ever sent twice here: retries belong to the pipeline."""

    def __init__(
        self,
        base_url: str,
        *,
        headers: dict[str, str],
        spool: Path,
        name: str,
        secrets: Iterable[str] = (),
        proxies: Proxies | None = None,
    ) -> None:
        self.name = name
        self._redactor = Redactor(secrets)
        self._spool = spool
        self._base = httpx.URL(base_url)
        self._client = _client({"User-Agent": "easel", **headers}, proxies)
        self._reading = asyncio.Semaphore(AT_ONCE)
        self._anyone = _client({"User-Agent": "easel"}, proxies)

    async def call(
        self, method: str, path: str, *, safe: bool = False, seconds: float = 30.0, images: int = 0, **request: Any
    ) -> Answer:
        """The response to one request. `safe` requests may be repeated; `images` is the maximum of images in it.

        Raises Unreachable when nothing can have started, OutcomeUnknown when the response was lost.
        """
        try:
            async with self._sent(method, path, seconds, request) as response, self._a_turn_to_read():
                return await self._read(response, images)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._lost(error, safe=safe) from error

    async def stream(
        self, method: str, path: str, *, seconds: float = 30.0, images: int = 0, **request: Any
    ) -> AsyncGenerator[Answer, None]:
        """The response to one request, event by event; `images` is the maximum of images in all events together.

        A response that is no stream comes as one answer without an event. Raises as `call` does.
        """
        try:
            async with self._sent(method, path, seconds, request) as response:
                if not response.headers.get("content-type", "").startswith(EVENTS):
                    async with self._a_turn_to_read():
                        answer = await self._read(response, images)
                    yield answer
                    return
                # No turn to read: a stream is mostly silent, and would keep the others waiting.
                sent = read_events(response.aiter_bytes(), folder=self._spool, max_bytes=_most_bytes(images))
                async with contextlib.aclosing(sent) as events:
                    async for event in events:
                        yield self._answer_of(response, event)
        except (httpx.HTTPError, httpx.InvalidURL, TooLong) as error:
            raise self._lost(error, safe=False) from error

    def joined(self, address: str) -> httpx.URL:
        """An address of an answer; a relative one is at the provider's own. Raises httpx.InvalidURL."""
        return self._base.copy_with(path=self._base.path.rstrip("/") + "/", query=None).join(address.strip())

    def fetching(self, url: httpx.URL) -> contextlib.AbstractAsyncContextManager[httpx.Response]:
        """A GET of a file, whose redirects are not followed: with our key at the provider's own address only."""
        return (self._client if self.is_own(url) else self._anyone).stream("GET", url, timeout=30.0)

    async def close(self) -> None:
        await self._client.aclose()
        await self._anyone.aclose()

    @contextlib.asynccontextmanager
    async def _a_turn_to_read(self) -> AsyncIterator[None]:
        """Only a few responses are read at a time; the others wait in their sockets."""
        mine = False
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                mine = await self._reading.acquire()
        try:
            yield
        finally:
            if mine:
                self._reading.release()

    def _sent(
        self, method: str, path: str, seconds: float, request: Mapping[str, Any]
    ) -> contextlib.AbstractAsyncContextManager[httpx.Response]:
        timeout = httpx.Timeout(max(1.0, seconds), connect=10.0)
        address = self._base.copy_with(path=self._base.path.rstrip("/") + path)
        return self._client.stream(method, address, timeout=timeout, **request)

    async def _read(self, response: httpx.Response, images: int) -> Answer:
        most = _most_bytes(images)
        try:
            body, parked = await read_long_json(
                response.aiter_bytes(), folder=self._spool, max_bytes=most, expected=_length_of(response)
            )
        except NotLongJson as error:
            return self._redacted(response, text=error.text)
        return self._redacted(response, body, parked)

    def _answer_of(self, response: httpx.Response, event: SentEvent) -> Answer:
        try:
            body, parked = parse(event.data)
        except NotLongJson:
            return self._redacted(response, event=event.name)
        return self._redacted(response, body, parked, event=event.name)

    def _redacted(
        self,
        response: httpx.Response,
        body: Any = None,
        parked: dict[str, Parked] | None = None,
        *,
        event: str | None = None,
        text: str = "",
    ) -> Answer:
        cut = self._redactor.cut
        headers = httpx.Headers([(name, cut(value)) for name, value in response.headers.multi_items()])
        return Answer(
            response.status_code,
            headers,
            cut(body, names=False),
            parked or {},
            event,
            cut(text),
            raw=body,
            host=response.url.host,
            cut=cut,
        )

    def is_own(self, url: httpx.URL) -> bool:
        """Whether it is at the provider's own address."""
        return (url.scheme, url.host, url.port) == (self._base.scheme, self._base.host, self._base.port)

    def cut(self, text: str) -> str:
        """The same text without secrets."""
        return str(self._redactor.cut(text))

    async def park(self, response: httpx.Response) -> Parked | None:
        """A file that is being received, on the disk; None when it is too large."""
        with Spill(self._spool, _length_of(response)) as spill:
            async for chunk in response.aiter_bytes():
                if spill.size + len(chunk) > PICTURE_BYTES:
                    return None
                spill.write(chunk)
            return Parked(memoryview(spill.content()))

    def _lost(self, error: Exception, *, safe: bool) -> ProviderError:
        detail = f"{type(error).__name__}: {redact(self.cut(str(error)))}"
        if isinstance(error, NOT_SENT):
            return Unreachable(f"{self.name} is unreachable.", detail=detail)
        if safe:
            return Unreachable(f"{self.name} did not respond.", detail=detail)
        return OutcomeUnknown(f"The response of {self.name} was lost.", detail=detail)


def _length_of(response: httpx.Response) -> int:
    """How many bytes its body has, as far as it says; compressed, it has more."""
    length = response.headers.get("content-length", "")
    return int(length) if length.isdecimal() and len(length) < 12 else 0


def _most_bytes(images: int) -> int:
    return ANSWER_BYTES + images * PICTURE_BYTES * 4 // 3


async def _with_trace(request: httpx.Request) -> None:
    request.headers.update(trace_headers())


def _client(headers: dict[str, str], proxies: Proxies | None) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        trust_env=False,
        headers=headers,
        follow_redirects=False,
        event_hooks={"request": [_with_trace]},
        transport=transport_by_rule(proxies),  # as many connections as there are calls: teams' limits bound these
    )


def refusal_of(
    answer: Answer, *, name: str, model: str = "", not_found: Fault = Fault.SETTINGS, own: Iterable[str] = ()
) -> ProviderError:
    """The meaning of a response without images, by the one reading of them all. `name` is what customers know.

    `model` is the one that was asked for; `not_found` says what a 404 without words means;
    `own` is what the customer wrote, which an answer may repeat.
    """
    body = answer.text if answer.body is None else answer.body
    now = time.time()
    reading = read_answer(answer.status, answer.headers, body, now=now, not_found=not_found, own=own)
    reason, fault = redact(answer.cut(reading.reason)), reading.fault
    if answer.raw is not None and answer.raw != answer.body:  # a secret may be a word that tells whose fault it is
        fault = read_answer(answer.status, answer.headers, answer.raw, now=now, not_found=not_found, own=own).fault
    detail = f"{reason} {_names_in(answer)}".strip() if fault is Fault.NO_IMAGE and answer.ok else reason
    facts: dict[str, Any] = {
        "status": answer.status,
        "code": answer.cut(reading.code),
        "request_id": answer.request_id,
        "detail": detail or None,
    }
    match fault:
        case Fault.CONTENT:
            return ContentRejected("The model declined the prompt or an input image.", **facts)
        case Fault.REQUEST:
            said = without_addresses(reason, answer.host)
            return UnsupportedRequest(f"{name} rejects this request: {said or answer.status}", **facts)
        case Fault.MODEL:
            return ModelUnavailable(f"{name} does not offer {model or 'this model'} to this server.", **facts)
        case Fault.ACCOUNT:
            return Misconfigured(f"{name} rejects this server's account; its operator has to see to it.", **facts)
        case Fault.SETTINGS:
            return Misconfigured(
                f"This server's settings for {name} are wrong; its operator has to see to it.", **facts
            )
        case Fault.BUSY:
            pause = DEFAULT_WAIT if reading.pause is None else max(SHORTEST_WAIT, reading.pause)
            return Throttled(f"{name} is busy.", retry_after=pause, **facts)
        case Fault.DOWN:
            return Unreachable(f"{name} is unreachable.", **facts)
        case Fault.NO_IMAGE if answer.ok:
            return GenerationFailed(f"{name} responded without an image.", **facts)
        case Fault.NO_IMAGE:
            return GenerationFailed(f"{name} failed while generating.", **facts)
    return OutcomeUnknown(f"{name} responded without saying whether it has generated.", **facts)


def _names_in(answer: Answer) -> str:
    """The names in an answer without an image, for the operator; empty when there is none."""
    top = as_mapping(answer.body)
    below = {name: as_list(one)[0] if as_list(one) else one for name, one in top.items()}
    names = [".".join((name, inner)) for name, one in below.items() for inner in as_mapping(one) or ("",)]
    return f"(it has {answer.cut(', '.join(names).replace('., ', ', ').rstrip('.'))[:200]})" if names else ""


def as_mapping(value: Any) -> Mapping[str, Any]:
    """A JSON object; empty when it is something else."""
    return value if isinstance(value, Mapping) else {}


def as_list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else []


def secret_of(value: SecretStr | None, file: Path | None) -> str | None:
    """A key from the settings, or from a file they name."""
    if value is not None:
        return value.get_secret_value()
    return read_key(file) if file else None

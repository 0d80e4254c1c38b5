"""OpenAI's streams: partial images are handed over, and the end means what the same answer in one piece would."""

import base64
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from easel.domain import Done, GenerationRequest, Image, Needs, Size
from easel.errors import (
    ContentRejected,
    GenerationFailed,
    Misconfigured,
    OutcomeUnknown,
    ProviderError,
    Throttled,
    UnsupportedRequest,
)
from easel.providers.openai import OpenAI, OpenAISettings
from easel.providers.outputs import UNKNOWN_SIZE

pytestmark = pytest.mark.anyio
WORK = GenerationRequest(
    "job", "gpt-image-2", "gpt-image-2", "a cat", "1:1", Size(1024, 1024), 1, "low", "auto", "png", {}, partial_images=2
)
INPUT = Image(b"input", "image/png", Size(1, 1))
USAGE = {"total_tokens": 7}


def event(name: str, **data: Any) -> bytes:
    return f"event: {name}\ndata: {json.dumps({'type': name} | data)}\n\n".encode()


def image(letter: str, times: int = 30_000) -> str:
    return base64.b64encode(letter.encode() * times).decode()


def partial(index: int, name: str = "image_generation") -> bytes:
    return event(f"{name}.partial_image", b64_json=image(str(index)), partial_image_index=index)


def failure(**error: Any) -> bytes:
    return f"event: error\ndata: {json.dumps({'error': error})}\n\n".encode()


COMPLETED = event("image_generation.completed", b64_json=image("x"), usage=USAGE, created_at=5)


class Upstream:
    """A server that answers this stream, and the partial images that the provider hands over."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        key = {"openai_api_key": SecretStr("sk-test")}
        self.provider = OpenAI(OpenAISettings.model_validate(key | settings).openai_server, folder)
        self.answer: Callable[[], httpx.Response] = lambda: httpx.Response(200)
        self.requests: list[httpx.Request] = []
        self.partials: list[Image] = []
        self.provider._upstream._client = httpx.AsyncClient(transport=httpx.MockTransport(self._take))  # noqa: SLF001

    def streams(self, *chunks: bytes, breaks: bool = False) -> None:
        async def sent() -> AsyncIterator[bytes]:
            for chunk in chunks:
                yield chunk
            if breaks:
                raise httpx.ReadError("reset")

        headers = {"content-type": "text/event-stream; charset=utf-8", "x-request-id": "req-1"}
        self.answer = lambda: httpx.Response(200, headers=headers, content=sent())

    async def start(self, **changes: Any) -> tuple[list[bytes], Done]:
        done = await self.provider.start(replace(WORK, on_partial=self.partials.append, **changes))
        assert isinstance(done, Done)
        return [one.data async for one in done.images], done

    async def fails(self) -> ProviderError:
        with pytest.raises(ProviderError) as failed:
            await self.start()
        return failed.value

    def _take(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.answer()


@pytest.fixture
async def upstream(tmp_path: Path) -> AsyncIterator[Upstream]:
    made = Upstream(tmp_path)
    yield made
    await made.provider.close()


@pytest.mark.parametrize("pieces", [7, 1000, 1_000_000])
async def test_partial_images_come_before_the_image(upstream: Upstream, pieces: int) -> None:
    whole = b": hello\n\n" + partial(0) + event("image_generation.new") + partial(1) + COMPLETED
    upstream.streams(*(whole[at : at + pieces] for at in range(0, len(whole), pieces)))
    images, done = await upstream.start()
    assert images == [b"x" * 30_000]
    assert (done.usage, done.upstream_id) == (USAGE, "req-1")
    assert [(one.data, one.media_type, one.size) for one in upstream.partials] == [
        (letter * 30_000, "image/png", UNKNOWN_SIZE) for letter in (b"0", b"1")
    ]
    sent = json.loads(upstream.requests[0].content)
    assert (sent["stream"], sent["partial_images"]) == (True, 2)


async def test_an_edit_is_a_form_that_asks_for_them(upstream: Upstream) -> None:
    upstream.streams(partial(0, "image_edit"), event("image_edit.completed", b64_json=image("x", 3)))
    images, _ = await upstream.start(inputs=(INPUT,))
    assert (images, len(upstream.partials)) == ([b"xxx"], 1)
    form = (await upstream.requests[0].aread()).decode("latin-1")
    assert 'name="stream"\r\n\r\ntrue\r\n' in form
    assert 'name="partial_images"\r\n\r\n2\r\n' in form


@pytest.mark.parametrize("changes", [{"partial_images": 0}, {"count": 2}])
async def test_what_has_none_is_not_a_stream(upstream: Upstream, changes: dict[str, Any]) -> None:
    upstream.answer = lambda: httpx.Response(200, json={"data": [{"b64_json": image("x", 3)}]})
    assert (await upstream.start(**changes))[0] == [b"xxx"]
    assert "stream" not in json.loads(upstream.requests[0].content)


async def test_a_server_without_streams_is_not_asked_for_them(tmp_path: Path) -> None:
    upstream = Upstream(tmp_path, openai_lacks="stream")
    upstream.answer = lambda: httpx.Response(200, json={"data": [{"b64_json": image("x", 3)}]})
    await upstream.start()
    assert "stream" not in json.loads(upstream.requests[0].content)
    assert not upstream.provider.can("gpt-image-2", Needs(frozenset({"partial-images"}), 1))
    assert upstream.provider.can("gpt-image-2", Needs(frozenset({"edit"}), 1))
    await upstream.provider.close()


async def test_a_server_that_does_not_stream_answers_as_ever(upstream: Upstream) -> None:
    upstream.answer = lambda: httpx.Response(200, json={"data": [{"b64_json": image("x", 3)}], "usage": USAGE})
    images, done = await upstream.start()
    assert (images, done.usage, upstream.partials) == ([b"xxx"], USAGE, [])
    upstream.answer = lambda: httpx.Response(400, json={"error": {"message": "Unknown parameter: 'stream'."}})
    assert isinstance(await upstream.fails(), UnsupportedRequest)
    upstream.answer = lambda: httpx.Response(429, json={"error": {"code": "rate_limit_exceeded"}})
    assert isinstance(await upstream.fails(), Throttled)


@pytest.mark.parametrize("broken", [partial(0)[:50], b"", event("image_generation.new"), b"data: [DONE]\n\n"])
@pytest.mark.parametrize("breaks", [True, False])
async def test_a_stream_that_ends_early_is_a_lost_answer(upstream: Upstream, broken: bytes, breaks: bool) -> None:
    upstream.streams(partial(0), broken, COMPLETED[:-2], breaks=breaks)
    assert isinstance(await upstream.fails(), OutcomeUnknown)


@pytest.mark.parametrize(
    ("error", "first", "later"),
    [
        ({"code": "moderation_blocked", "message": "No."}, ContentRejected, ContentRejected),
        ({"code": "rate_limit_exceeded", "message": "try again in 3s"}, Throttled, GenerationFailed),
        ({"type": "insufficient_quota"}, Misconfigured, GenerationFailed),
        ({"type": "server_error", "message": "Sorry."}, GenerationFailed, GenerationFailed),
        ({"type": "image_generation_user_error", "code": "odd"}, GenerationFailed, GenerationFailed),
        ({}, OutcomeUnknown, OutcomeUnknown),
    ],
)
async def test_an_error_event_means_what_the_answer_would(
    upstream: Upstream, error: dict[str, Any], first: type[ProviderError], later: type[ProviderError]
) -> None:
    upstream.streams(failure(**error) if error else b"event: error\ndata: nonsense\n\n")
    failed = await upstream.fails()
    assert type(failed) is first
    assert error.get("type") != "server_error" or failed.status == 500, "it counts against the server"
    upstream.streams(partial(0), failure(**error) if error else b"event: error\ndata: nonsense\n\n")
    assert type(await upstream.fails()) is later, "something was started, and may be billed"


async def test_an_error_may_be_flat(upstream: Upstream) -> None:
    upstream.streams(event("error", code="moderation_blocked", message="No."))
    assert isinstance(await upstream.fails(), ContentRejected)


async def test_a_partial_image_that_is_none_is_left_out(upstream: Upstream, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("easel.providers.openai.LONGEST_PARTIAL", 30_000)
    names = "image_generation.partial_image"
    upstream.streams(
        event(names), event(names, b64_json="?"), partial(0), event(names, b64_json=image("s", 9)), COMPLETED
    )
    images, _ = await upstream.start()
    assert ([one.data for one in upstream.partials], images) == ([b"s" * 9], [b"x" * 30_000])


async def test_a_stream_has_an_end(upstream: Upstream, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("easel.providers.upstream.ANSWER_BYTES", 1000)
    monkeypatch.setattr("easel.providers.upstream.PICTURE_BYTES", 10_000)
    upstream.streams(*[b"data: " + b"x" * 10_000] * 10, COMPLETED)
    assert isinstance(await upstream.fails(), OutcomeUnknown)

"""What every upstream has in common, over real HTTP: answers, lost answers, and words without secrets."""

import asyncio
import base64
import json
import os
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from tests.support.loopback import NoAnswer, serving

from easel.errors import OutcomeUnknown, ProviderError, Unreachable
from easel.kit.longjson import LONG, Parked
from easel.providers.redact import LONGEST_DETAIL, redact
from easel.providers.upstream import NOT_SENT, ProviderClient

pytestmark = pytest.mark.anyio

DATA = os.urandom(3 * LONG)
SECRET = {"Authorization": "Bearer sk-verysecret"}
# Every way a request may fail that httpx knows of: a new one is to be thought about.
BEFORE_A_BYTE_LEFT = {
    "ConnectError",
    "ConnectTimeout",
    "InvalidURL",
    "LocalProtocolError",
    "PoolTimeout",
    "ProxyError",
    "UnsupportedProtocol",
}
PERHAPS_AFTER = {
    "CloseError",
    "DecodingError",
    "HTTPError",
    "HTTPStatusError",
    "NetworkError",
    "ProtocolError",
    "ReadError",
    "ReadTimeout",
    "RemoteProtocolError",
    "RequestError",
    "TimeoutException",
    "TooManyRedirects",
    "TransportError",
    "WriteError",
    "WriteTimeout",
}


def known_to_httpx() -> list[type[Exception]]:
    found: list[type[Exception]] = [httpx.HTTPError, httpx.InvalidURL]
    for one in found:
        found += [below for below in one.__subclasses__() if below not in found]
    return [one for one in found if one.__module__.split(".")[0] == "httpx"]


async def broken_off() -> AsyncIterator[bytes]:
    yield b'{"data": "'
    raise ConnectionResetError


async def without_end() -> AsyncIterator[bytes]:
    while True:
        yield b"A" * 100_000
        await asyncio.sleep(0)  # whoever hung up is noticed


async def answered(request: Request) -> Response:
    """The answer that the path asks for."""
    match request.path_params["what"]:
        case "json":
            said = {"method": request.method, "body": (await request.body()).decode(), "query": request.url.query}
            said["authorization"] = request.headers.get("authorization", "")
            return Response(json.dumps(said), 201, {"x-request-id": "req-1"})
        case "html":
            return Response("<html>a proxy</html>", 502)
        case "picture":
            text = base64.b64encode(DATA).decode()
            return Response(json.dumps({"data": [{"b64_json": text}, {"b64_json": "QUJD"}]}))
        case "nothing":
            return NoAnswer()
        case "half":
            return Response(b'{"data": ', headers={"content-length": "100"})
        case "garbled":
            return Response(b"no gzip", headers={"content-encoding": "gzip"})
        case "slow":
            await asyncio.sleep(30)
        case "large":
            return StreamingResponse(without_end())
        case "elsewhere":
            return RedirectResponse("/bytes")
    return Response(status_code=int(request.path_params["what"]))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    methods = ["GET", "POST"]
    with serving(Starlette(routes=[Route("/v1/{what}", answered, methods=methods)])) as url:
        yield url + "/v1"


@pytest.fixture
async def upstream(address: str, tmp_path: Path) -> AsyncIterator[ProviderClient]:
    made = ProviderClient(address + "/", headers=SECRET, spool=tmp_path, name="The provider")
    yield made
    await made.close()


def test_every_fault_of_httpx_has_been_thought_about() -> None:
    assert {one.__name__ for one in known_to_httpx()} == BEFORE_A_BYTE_LEFT | PERHAPS_AFTER
    assert {one.__name__ for one in known_to_httpx() if issubclass(one, NOT_SENT)} == BEFORE_A_BYTE_LEFT


@pytest.mark.parametrize("safe", [False, True])
@pytest.mark.parametrize("kind", known_to_httpx(), ids=lambda kind: kind.__name__)
async def test_a_lost_answer_is_broken_only_where_sending_again_does_no_harm(
    tmp_path: Path, kind: type[Exception], safe: bool
) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        if issubclass(kind, httpx.HTTPStatusError):
            raise kind("with sk-verysecret", request=request, response=httpx.Response(500))
        raise kind("with sk-verysecret")

    upstream = ProviderClient("http://provider.test", headers={}, spool=tmp_path, name="The provider")
    async with httpx.AsyncClient(transport=httpx.MockTransport(fail)) as client:
        with pytest.MonkeyPatch.context() as patch, pytest.raises(ProviderError) as lost:
            patch.setattr(upstream, "_client", client)
            await upstream.call("POST", "/images", safe=safe)
    await upstream.close()
    assert type(lost.value) is (Unreachable if safe or kind.__name__ in BEFORE_A_BYTE_LEFT else OutcomeUnknown)
    assert lost.value.message.startswith(("The provider ", "The response of The provider "))
    assert lost.value.detail == f"{kind.__name__}: with [secret]"
    assert lost.value.paid == ("unknown" if isinstance(lost.value, OutcomeUnknown) else "no")


@pytest.mark.parametrize("path", ["nothing", "half", "garbled", "slow"])
@pytest.mark.parametrize(("safe", "error"), [(False, OutcomeUnknown), (True, Unreachable)])
async def test_an_answer_that_breaks_off_is_lost(
    upstream: ProviderClient, path: str, safe: bool, error: type[ProviderError]
) -> None:
    with pytest.raises(error):
        await upstream.call("POST", f"/{path}", safe=safe, seconds=1)


async def test_where_nobody_listens_nothing_was_begun(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    upstream = ProviderClient(f"http://127.0.0.1:{port}", headers=SECRET, spool=tmp_path, name="The provider")
    with pytest.raises(Unreachable, match="is unreachable"):
        await upstream.call("POST", "/images")
    await upstream.close()


async def test_an_answer_has_its_status_its_body_and_its_id(upstream: ProviderClient) -> None:
    with await upstream.call("POST", "/json", json={"a": 1}, params={"page": "2"}) as answer:
        assert (answer.status, answer.ok, answer.request_id) == (201, True, "req-1")
        said = {"method": "POST", "body": '{"a":1}', "query": "page=2", "authorization": SECRET["Authorization"]}
        assert answer.body == said
        assert "verysecret" not in repr(answer.parked)


@pytest.mark.parametrize(("path", "status"), [("html", 502), ("401", 401), ("503", 503), ("elsewhere", 307)])
async def test_an_answer_that_is_no_json_has_no_body(upstream: ProviderClient, path: str, status: int) -> None:
    with await upstream.call("GET", f"/{path}") as answer:
        assert (answer.status, answer.ok, answer.body) == (status, False, None)


async def test_an_answer_too_large_to_read_has_no_body(upstream: ProviderClient) -> None:
    with await upstream.call("GET", "/large") as answer:
        assert (answer.ok, answer.body, answer.parked) == (True, None, {})


def is_closed(parked: Parked) -> bool:
    try:
        return parked.content.nbytes < 0
    except ValueError:  # released
        return True


async def test_images_that_nobody_took_go_with_the_answer(upstream: ProviderClient) -> None:
    with await upstream.call("GET", "/picture", images=2) as answer:
        kept = answer.parked["parked:0"]
    assert is_closed(kept)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Incorrect API key provided: sk-abc123.", "Incorrect API key provided: [secret]"),
        ("sk-proj-Ab_c*****wxyz is wrong", "[secret] is wrong"),
        ("token r8_AbCdEf0123456789", "token [secret]"),
        ("Authorization: Bearer abc.def/ghi+j=", "Authorization: [secret]"),
        ("authorization: bearer abcdef", "authorization: [secret]"),
        ("signed with whsec_C2FV+sBQ/Ihr==, sorry", "signed with [secret], sorry"),
        ("in organization org-AbCdEf on tokens per min", "in organization [secret] on tokens per min"),
        ("a task-force of bears risk-averse", "a task-force of bears risk-averse"),
        ("the quality must be low", "the quality must be low"),
        ("word " * 1000, ("word " * 1000)[:LONGEST_DETAIL]),
        ("x" * (LONGEST_DETAIL - 8) + " sk-verysecret", "x" * (LONGEST_DETAIL - 8) + " [secret"),
    ],
)
def test_secrets_are_taken_out_of_an_upstreams_words(text: str, kept: str) -> None:
    assert redact(text) == kept


async def test_a_name_and_password_in_the_address_and_cookies_are_sent_as_a_server_expects(tmp_path: Path) -> None:
    """A server of one's own may stand behind a proxy that asks for them, or that keeps a client with one machine."""
    seen = list[tuple[str | None, str | None]]()

    async def answer(request: Request) -> Response:
        seen.append((request.headers.get("authorization"), request.headers.get("cookie")))
        return Response("{}", headers={"Set-Cookie": "machine=a"})

    with serving(Starlette(routes=[Route("/images", answer)])) as address:
        named = address.replace("//", "//name:word@")
        upstream = ProviderClient(named, headers={}, spool=tmp_path, name="The provider")
        for _ in range(2):
            await upstream.call("GET", "/images")
        await upstream.close()
    basic = "Basic " + base64.b64encode(b"name:word").decode()
    assert seen == [(basic, None), (basic, "machine=a")]

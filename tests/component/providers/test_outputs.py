"""Images of answers: in base64 of any dress, or fetched from the hosts that may be asked, with the key or without."""

import base64
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from easel.domain import Image, Pending
from easel.errors import GenerationFailed
from easel.kit.longjson import Parked
from easel.providers.outputs import (
    FETCH_PAUSES,
    LAST_TRY,
    REDIRECTS,
    TRIES_OF_MISSING,
    UNKNOWN_SIZE,
    FileHosts,
    ImageGone,
    NotYet,
    fetch_image,
    image_in,
    images_in,
    images_of,
    items_in,
)
from easel.providers.upstream import Answer, ProviderClient

pytestmark = pytest.mark.anyio

KEY = {"Authorization": "Bearer sk-verysecret"}
BASE = "https://images.test/v1"
HOSTS = FileHosts(["images.test", "cdn.test"], "EASEL_OPENAI_FILE_HOSTS")
DATA = bytes(range(256))


class FileServers:
    """Every host there is: `answers` by address, and the requests they got."""

    def __init__(self) -> None:
        self.answers: dict[str, httpx.Response | Exception] = {}
        self.asked: list[tuple[str, str]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append((str(request.url), request.headers.get("authorization", "")))
        answer = self.answers.get(str(request.url), httpx.Response(200, content=DATA))
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def servers() -> FileServers:
    return FileServers()


@pytest.fixture
async def upstream(
    tmp_path: Path, servers: FileServers, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[ProviderClient]:
    made = ProviderClient(BASE, headers=KEY, spool=tmp_path, name="The provider")
    await made.close()
    transport = httpx.MockTransport(servers)
    async with (
        httpx.AsyncClient(transport=transport, headers=KEY) as client,
        httpx.AsyncClient(transport=transport) as anyone,
    ):
        monkeypatch.setattr(made, "_client", client)
        monkeypatch.setattr(made, "_anyone", anyone)
        yield made


def elsewhere(address: str) -> httpx.Response:
    return httpx.Response(302, headers={"location": address})


def read(parked: Parked) -> bytes:
    data = parked.read()
    parked.close()
    return data


@pytest.mark.parametrize(
    ("address", "asked", "with_key"),
    [
        ("https://images.test/a.png", "https://images.test/a.png", True),
        ("/generated-images/a.png", "https://images.test/generated-images/a.png", True),
        ("images/a.png", "https://images.test/v1/images/a.png", True),
        (" /a.png?variant=1\n", "https://images.test/a.png?variant=1", True),
        ("//cdn.test/a.png", "https://cdn.test/a.png", False),
        ("https://cdn.test/a.png", "https://cdn.test/a.png", False),
        ("HTTPS://EU.Cdn.Test/a.png", "https://eu.cdn.test/a.png", False),
        ("http://images.test/a.png", "http://images.test/a.png", False),
        ("https://images.test:8443/a.png", "https://images.test:8443/a.png", False),
        ("https://files.images.test/a.png", "https://files.images.test/a.png", False),
    ],
)
async def test_only_the_providers_own_address_is_asked_with_its_key(
    upstream: ProviderClient, servers: FileServers, address: str, asked: str, with_key: bool
) -> None:
    assert read(await fetch_image(upstream, address, HOSTS)) == DATA
    assert servers.asked == [(asked, KEY["Authorization"] if with_key else "")]


async def test_redirects_are_followed_among_the_hosts_and_the_key_stays(
    upstream: ProviderClient, servers: FileServers
) -> None:
    servers.answers = {
        "https://images.test/a.png": elsewhere("https://cdn.test/b.png"),
        "https://cdn.test/b.png": elsewhere("/c.png"),
    }
    assert read(await fetch_image(upstream, "/a.png", HOSTS)) == DATA
    assert [key for _, key in servers.asked] == [KEY["Authorization"], "", ""]
    servers.answers["https://cdn.test/c.png"] = elsewhere("https://internal.test/d.png")
    with pytest.raises(ImageGone, match=r"^internal\.test is not one of .*; EASEL_OPENAI_FILE_HOSTS adds it$"):
        await fetch_image(upstream, "/a.png", HOSTS)
    servers.answers["https://cdn.test/c.png"] = elsewhere("/c.png")
    servers.asked.clear()
    with pytest.raises(ImageGone, match=r"cdn\.test redirects more than"):
        await fetch_image(upstream, "https://cdn.test/c.png", HOSTS)
    assert len(servers.asked) == REDIRECTS + 1


@pytest.mark.parametrize(
    "address",
    [
        *("https://evilcdn.test/a.png", "https://cdn.test.evil.test/a.png", "https://cdn.test@evil.test/a.png"),
        *("https://key@cdn.test/a.png", "https://key:word@cdn.test/a.png", "https://evil.test\\@cdn.test/a.png"),
        *("https://cdn.test\\.evil.test/a.png", "https://evil.test/?cdn.test", "https://evil.test#.cdn.test"),
        *("ftp://cdn.test/a.png", "file://cdn.test/a.png", "file:///etc/passwd", "https://[::1", "//evil.test/a.png"),
        *("javascript:1", "https://169.254.169.254/a.png", "https://cdn.test:99999/a.png"),
        *(
            "https://images.test.evil.test/a",
            "https://xn--evil.test/a",
            "https://cdn.test./a",
            "https://cdn.test/\ud800",
        ),
    ],
)
async def test_no_other_host_is_asked(upstream: ProviderClient, servers: FileServers, address: str) -> None:
    with pytest.raises(ImageGone):
        await fetch_image(upstream, address, HOSTS)
    assert servers.asked == []


NOW_OR_LATER: list[tuple[httpx.Response | Exception, type[Exception]]] = [
    *((httpx.Response(status), ImageGone) for status in (300, 304, 400, 401, 402, 403, 404, 405, 410, 451, 501)),
    *((httpx.Response(status), NotYet) for status in (408, 425, 429, 500, 502, 503, 504, 520, 529)),
    *((kind("no"), NotYet) for kind in (httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError)),
]


@pytest.mark.parametrize(("answer", "meaning"), NOW_OR_LATER)
async def test_what_will_never_come_is_told_from_what_may_still_come(
    upstream: ProviderClient, servers: FileServers, answer: httpx.Response | Exception, meaning: type[Exception]
) -> None:
    servers.answers["https://cdn.test/a.png"] = answer
    with pytest.raises(meaning, match=r"^cdn\.test"):
        await fetch_image(upstream, "https://cdn.test/a.png", HOSTS)


async def test_an_image_too_large_will_never_come(upstream: ProviderClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("easel.providers.upstream.PICTURE_BYTES", 100)
    with pytest.raises(ImageGone, match="too large"):
        await fetch_image(upstream, "/a.png", HOSTS)


async def test_images_that_may_still_come_are_asked_for_ever_later_and_at_last_no_more(
    upstream: ProviderClient, servers: FileServers
) -> None:
    servers.answers["https://cdn.test/b.png"] = httpx.Response(503)
    items, pending, pauses = ["/a.png", "https://cdn.test/b.png"], Pending("1", {"urls": "kept"}), list[float]()
    while isinstance(found := await images_of(upstream, items, HOSTS, pending), Pending):
        pending = found
        pauses.append(pending.check_after)
    assert tuple(pauses) == FETCH_PAUSES
    assert sum(pauses) > 300
    assert pending.state == {"urls": "kept", "tries": len(FETCH_PAUSES)}
    assert [read(one) for one in found] == [DATA]  # the one is not lost with the other
    with pytest.raises(GenerationFailed, match="no image could be fetched") as failed:
        await images_of(upstream, items[1:], HOSTS, pending)
    assert (failed.value.paid, failed.value.detail) == ("yes", "cdn.test answered 503")


@pytest.mark.parametrize(("asks", "pause"), [("7", 7.0), ("0", FETCH_PAUSES[0]), ("3600", FETCH_PAUSES[-1])])
async def test_a_file_server_may_ask_for_a_pause(
    upstream: ProviderClient, servers: FileServers, asks: str, pause: float
) -> None:
    servers.answers["https://images.test/a.png"] = httpx.Response(429, headers={"retry-after": asks})
    pending = await images_of(upstream, ["/a.png"], HOSTS, Pending("1"))
    assert isinstance(pending, Pending)
    assert pending.check_after == pause


async def test_each_reason_is_named_once_and_the_rest_is_delivered_in_order(
    upstream: ProviderClient, servers: FileServers
) -> None:
    servers.answers["https://images.test/gone.png"] = httpx.Response(404)
    gone = ["/gone.png", "/gone.png", "https://other.test/a.png"]
    found = await images_of(upstream, gone, HOSTS, Pending("1"))
    for _ in range(TRIES_OF_MISSING - 1):  # the provider may answer before its file is there
        assert isinstance(found, Pending)
        found = await images_of(upstream, gone, HOSTS, found)
    assert isinstance(found, Pending)
    assert found.check_after < 5
    with pytest.raises(GenerationFailed) as failed:
        await images_of(upstream, gone, HOSTS, found)
    hint = "other.test is not one of the hosts that images may be fetched from; EASEL_OPENAI_FILE_HOSTS adds it"
    assert failed.value.detail == f"images.test answered 404; {hint}"
    items: list[Parked | str] = [Parked(memoryview(b"first")), *gone, "/a.png", Parked(memoryview(b"last"))]
    some = await images_of(upstream, items, HOSTS, Pending("1", LAST_TRY))
    assert isinstance(some, list)
    assert [read(one) for one in some] == [b"first", DATA, b"last"]


async def test_what_nobody_foresaw_leaves_nothing_open(upstream: ProviderClient, servers: FileServers) -> None:
    servers.answers["https://images.test/a.png"] = RuntimeError("a fault of ours")
    first = Parked(memoryview(b"image"))
    with pytest.raises(RuntimeError):
        await images_of(upstream, [first, "/a.png"], HOSTS, Pending("1"))
    with pytest.raises(ValueError, match="released"):
        first.read()


def in_lines(text: str, end: str = "\n") -> str:
    return "".join(text[at : at + 76] + end for at in range(0, len(text), 76))


DRESSES: list[Callable[[bytes], str]] = [
    lambda data: base64.b64encode(data).decode(),
    lambda data: base64.b64encode(data).decode().rstrip("="),
    lambda data: base64.urlsafe_b64encode(data).decode(),
    lambda data: base64.urlsafe_b64encode(data).decode().rstrip("="),
    lambda data: in_lines(base64.b64encode(data).decode()),
    lambda data: in_lines(base64.b64encode(data).decode(), "\r\n"),
    lambda data: in_lines(base64.b64encode(data).decode(), " "),
    lambda data: "data:image/png;base64," + base64.b64encode(data).decode(),
    lambda data: "data:image/png;charset=utf-8;name=a b.png;base64, " + base64.b64encode(data).decode(),
    lambda data: "DATA:IMAGE/PNG;BASE64," + base64.urlsafe_b64encode(data).decode().rstrip("="),
    lambda data: "\n data:;base64,\n" + in_lines(base64.b64encode(data).decode(), "\n "),
]


@pytest.mark.parametrize("size", [1, 2, 256, 20_001, 20_002])
@pytest.mark.parametrize("dress", DRESSES)
async def test_base64_in_any_dress_is_the_image(
    upstream: ProviderClient, servers: FileServers, dress: Callable[[bytes], str], size: int
) -> None:
    data = (DATA * 100)[-size:]
    servers.answers[f"{BASE}/images"] = httpx.Response(200, json={"data": [{"b64_json": dress(data)}]})
    with await upstream.call("GET", "/images", images=1) as answer:
        parked = image_in(answer, answer.body["data"][0]["b64_json"])
    assert parked is not None
    assert read(parked) == data


@pytest.mark.parametrize(
    "text", ["no base64!", "QUJDR", "ж", "https://images.test/a.png", "data:image/svg+xml,<svg/>", "data:;base64,", ""]
)
def test_what_is_neither_is_no_image(text: str) -> None:
    assert image_in(Answer(200, httpx.Headers()), text) is None


async def test_images_are_read_one_at_a_time_and_their_files_closed() -> None:
    arrived = [Parked(memoryview(b"a")), Parked(memoryview(b"b"))]
    images: list[Any] = [one async for one in images_in(arrived, "image/png")]
    assert images == [Image(b"a", "image/png", UNKNOWN_SIZE), Image(b"b", "image/png", UNKNOWN_SIZE)]
    for one in arrived:
        with pytest.raises(ValueError, match="released"):
            one.read()


PNG = b"\x89PNG\r\n\x1a\n" + DATA
JPEG = b"\xff\xd8\xff\xe0" + DATA  # its base64 begins with a slash
BARE, SLASHED = base64.b64encode(PNG).decode(), base64.b64encode(JPEG).decode()
SHAPES: list[tuple[Any, list[bytes | str]]] = [
    ({"data": {"b64_json": BARE}}, [PNG]),
    ({"data": [BARE, SLASHED]}, [PNG, JPEG]),
    ({"data": ["/a.png", "images/b.png"]}, ["/a.png", "images/b.png"]),
    ({"images": [{"url": "/a.png"}, {"b64": BARE}]}, ["/a.png", PNG]),
    ({"images": [f"data:image/png;base64,{BARE}"]}, [PNG]),
    ({"image": {"url": "https://cdn.test/a.png"}}, ["https://cdn.test/a.png"]),
    ({"image": SLASHED}, [JPEG]),
    ({"data": [{"base64": BARE}, {"image": BARE}, {"image_url": {"url": "/a.png"}}]}, [PNG, PNG, "/a.png"]),
    ({"b64_json": BARE}, [PNG]),
    ([{"url": "/a.png"}], ["/a.png"]),
    ({"data": [{"b64_json": "/images/a.png"}, {"b64_json": "images/b.png"}]}, ["/images/a.png", "images/b.png"]),
    ({"data": [{"url": BARE}, {"url": SLASHED}]}, [PNG, JPEG]),
    ({"data": [{"url": f" data:image/png;base64,{BARE}"}, {"url": " http://x.test/a"}]}, [PNG, "http://x.test/a"]),
    ({"data": [{"url": "data:image/png," + quote(PNG)}]}, [PNG]),
    ({"data": [{"url": "data:image/png;base64," + quote(BARE, safe="")}]}, [PNG]),
    ({"data": [], "images": None, "image": {"b64_json": ""}, "url": 7}, []),
    ({"data": "It failed. See /docs."}, []),
    ("a sentence", []),
    ({"data": [[[[[[BARE]]]]]]}, []),
]


@pytest.mark.parametrize(("body", "items"), SHAPES)
def test_images_are_found_wherever_servers_put_them(body: Any, items: list[bytes | str]) -> None:
    found = items_in(Answer(200, httpx.Headers(), raw=body))
    assert [read(one) if isinstance(one, Parked) else one for one in found] == items

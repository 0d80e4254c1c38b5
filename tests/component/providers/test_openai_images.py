"""The images of OpenAI-compatible answers: at addresses, in base64, and both in one answer."""

import base64
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from easel.domain import Done, GenerationRequest, Pending, Size
from easel.errors import GenerationFailed, ProviderError
from easel.providers.openai import OpenAI, OpenAISettings

pytestmark = pytest.mark.anyio
WORK = GenerationRequest(
    "job", "gpt-image-2", "gpt-image-2", "a cat", "1:1", Size(1024, 1024), 3, "low", "auto", "png", {}
)
HERE, FIRST = "http://server.test:8080", base64.b64encode(b"first").decode()


class Server:
    def __init__(self, data: Any, missing: int = 0) -> None:
        self.data, self.missing, self.asked = data, missing, list[str]()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            return httpx.Response(200, json={"data": self.data})
        self.asked.append(f"{request.url} {request.headers.get('authorization', '-')}")
        if len(self.asked) <= self.missing:
            return httpx.Response(404)
        return httpx.Response(404) if request.url.path.endswith("gone.png") else httpx.Response(200, content=b"file")


@pytest.fixture
async def openai(tmp_path: Path) -> AsyncIterator[OpenAI]:
    given = {"openai_api_key": SecretStr("key-1"), "openai_base_url": HERE + "/v1"}
    provider = OpenAI(OpenAISettings.model_validate(given).openai_server, tmp_path)
    yield provider
    await provider.close()


async def images(openai: OpenAI, server: Server, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    transport = httpx.MockTransport(server)
    key = {"Authorization": "Bearer key-1"}
    async with httpx.AsyncClient(transport=transport, headers=key) as client, httpx.AsyncClient() as anyone:
        monkeypatch.setattr(openai._upstream, "_client", client)  # noqa: SLF001 - there is no server to ask
        monkeypatch.setattr(openai._upstream, "_anyone", anyone)  # noqa: SLF001
        answer = await openai.start(WORK)
        while isinstance(answer, Pending):
            answer = await openai.check(WORK, answer)
        assert isinstance(answer, Done)
        return [one.data async for one in answer.images]


@pytest.mark.parametrize(
    ("data", "arrived", "asked"),
    [
        ([{"url": "/generated-images/a.png"}], [b"file"], ["/generated-images/a.png"]),
        ([{"url": "images/a.png"}], [b"file"], ["/v1/images/a.png"]),
        ([{"url": f"{HERE}/a.png"}], [b"file"], ["/a.png"]),
        ([{"url": "/a.png", "b64_json": None}, {"url": None, "b64_json": FIRST}], [b"file", b"first"], ["/a.png"]),
        ([{"b64_json": FIRST}, {"url": "/gone.png"}, {"url": "/a.png"}], [b"first", b"file"], ["/gone.png", "/a.png"]),
        ([{"b64_json": FIRST, "url": "/a.png"}], [b"first"], []),
        ([{"b64_json": "?", "url": "/a.png"}], [b"file"], ["/a.png"]),
        ([{"b64_json": f"{HERE}/a.png"}], [b"file"], ["/a.png"]),
        ([{"url": f"data:image/png;base64,{FIRST}"}], [b"first"], []),
        ([{"url": "data:image/png;base64," + base64.b64encode(b"x" * 20_000).decode()}], [b"x" * 20_000], []),
        ([{"b64_json": base64.urlsafe_b64encode(b"\xff\xfe" * 9_000).decode().strip("=")}], [b"\xff\xfe" * 9_000], []),
        ([{}, {"b64_json": FIRST}, {"url": ""}], [b"first"], []),
    ],
)
async def test_every_image_of_an_answer_arrives_in_its_order(
    openai: OpenAI, monkeypatch: pytest.MonkeyPatch, data: Any, arrived: list[bytes], asked: list[str]
) -> None:
    server = Server(data)
    assert await images(openai, server, monkeypatch) == arrived
    assert sorted(server.asked) == sorted(f"{HERE}{path} Bearer key-1" for path in asked)


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        ([{"url": "/gone.png"}], "server.test answered 404"),
        (
            [{"url": "https://cdn.test/a.png"}],
            "cdn.test is not one of the hosts that images may be fetched from; EASEL_OPENAI_FILE_HOSTS adds it",
        ),
    ],
)
async def test_why_there_is_no_image_is_said(
    openai: OpenAI, monkeypatch: pytest.MonkeyPatch, data: Any, detail: str
) -> None:
    with pytest.raises(GenerationFailed) as failed:
        await images(openai, Server(data), monkeypatch)
    assert (failed.value.detail, failed.value.paid) == (detail, "yes")
    assert "server.test" not in failed.value.message


@pytest.mark.parametrize("data", [[], [{}], [{"url": None}], [{"b64_json": "?"}], [7], "no", None])
async def test_an_answer_without_an_image_is_read_for_its_reason(
    openai: OpenAI, monkeypatch: pytest.MonkeyPatch, data: Any
) -> None:
    with pytest.raises(ProviderError):
        await images(openai, Server(data), monkeypatch)


async def test_an_image_that_comes_just_after_its_answer_arrives(
    openai: OpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await images(openai, Server([{"url": "/a.png"}], missing=2), monkeypatch) == [b"file"]


@pytest.mark.parametrize("secret", ["server", "generated", "data", "b64_json", "localai"])
async def test_a_secret_that_is_a_word_of_an_answer_loses_no_image(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    given = {"openai_api_key": SecretStr("key-1"), "openai_base_url": HERE + "/v1"}
    provider = OpenAI(OpenAISettings.model_validate(given).openai_server, tmp_path, secrets={secret})
    server = Server([{"url": f"{HERE}/generated/{secret}.png"}, {"b64_json": FIRST}])
    assert await images(provider, server, monkeypatch) == [b"file", b"first"]
    gone = Server([{"url": f"{HERE}/{secret}/gone.png"}, {"url": f"https://{secret}.test/"}])
    with pytest.raises(GenerationFailed) as failed:
        await images(provider, gone, monkeypatch)
    assert secret not in str(failed.value.detail)
    await provider.close()


async def test_the_names_in_an_answer_without_an_image_are_told_to_the_operator(
    openai: OpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(GenerationFailed) as failed:
        await images(openai, Server([{"picture": "x", "key-1": 1}]), monkeypatch)
    assert failed.value.detail == "(it has data.picture, data.[secret])"

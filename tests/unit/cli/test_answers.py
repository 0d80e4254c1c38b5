"""Answers that are not Easel's, on the command line and in the Studio: named by what they mean, asked again or not."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from easel.cli import answers
from easel.cli.client import Client, Unanswered
from easel.cli.output import CommandError
from easel.kit.clock import Clock
from easel.web.assets import FOLDER

pytestmark = pytest.mark.anyio

PAGE = "<html><head><title>{status}</title></head><body><center>nginx/1.22.1</center></body></html>"
Answer = Callable[[httpx.Request], httpx.Response]


class Hurried(Clock):
    async def sleep(self, seconds: float) -> None:
        assert 0 < seconds <= 15


def page(status: int, **headers: str) -> httpx.Response:
    return httpx.Response(status, html=PAGE.format(status=status), headers=headers)


def client(*given: httpx.Response | Exception) -> tuple[Client, list[httpx.Request]]:
    """A client whose server gives these answers, one after the other; the last one for ever."""
    left, asked = list(given), []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        one = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(one, Exception):
            raise one
        return httpx.Response(one.status_code, content=one.content, headers=one.headers)

    made = Client("https://easel.example/below", "afk_x", Hurried())
    made._http = httpx.AsyncClient(base_url=made.url, transport=httpx.MockTransport(answer))  # noqa: SLF001
    return made, asked


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (page(413), "nginx client_max_body_size. (HTTP 413)"),
        (page(401), "asks for a sign-in of its own"),
        (page(407), "asks for a user and a password"),
        (page(404), "There is no Easel at this URL"),
        (page(418), "The proxy in front of Easel refuses this request. (HTTP 418)"),
        (page(200), "Another page came instead of Easel's response"),
        (page(302, location="https://login.example/"), "It leads to https://login.example/."),
        (httpx.Response(200, json=["x"], headers={"content-type": "text/plain"}), "Another page came"),
        (httpx.Response(403, json={"message": "Forbidden"}), "The proxy in front of Easel refuses this request."),
        (httpx.Response(200, content=b"{", headers={"content-type": "application/json"}), "Another page came"),
        (httpx.Response(402, json={"error": "Not enough credits.", "hint": "Ask."}), "Not enough credits. Ask."),
    ],
)
async def test_an_answer_that_no_repeat_improves_is_named(answer: httpx.Response, said: str) -> None:
    made, asked = client(answer)
    with pytest.raises(CommandError, match=re.escape(said)) as raised:
        await made.events(0, wait=1)
    assert not isinstance(raised.value, Unanswered)
    assert len(asked) == 1


@pytest.mark.parametrize("status", [502, 503, 504, 520])
async def test_a_server_that_restarts_is_named(status: int) -> None:
    made, _ = client(page(status))
    with pytest.raises(CommandError, match=f"HTTP {status}"):
        await made.events(0)


async def test_whoever_waits_waits_for_a_server_that_restarts() -> None:
    away = (page(502), httpx.ConnectError("refused"), httpx.Response(503, json={"error": "x", "retryable": True}))
    made, asked = client(*away, httpx.Response(200, json={"events": [], "next": 7, "hasMore": False}))
    assert (await made.events(0, wait=1))["next"] == 7
    assert [one.url.path for one in asked] == ["/below/v2/events"] * 4
    made, asked = client(page(504), httpx.Response(202, json={"jobId": "j"}))
    assert await made.generate({"model": "m"}) == "j"
    assert len({one.headers["idempotency-key"] for one in asked}) == 1 < len(asked), "it is paid once"


async def test_an_image_that_cannot_be_had_is_named() -> None:
    made, _ = client(page(404))
    with pytest.raises(CommandError, match=r"https://cdn\.example/a\.png: There is no Easel"):
        await made.download("https://cdn.example/a.png", Path("a.png"))


def test_the_studio_names_the_same_answers() -> None:
    text = (FOLDER / "answers.js").read_text("utf-8")
    table: Any = re.findall(r"^  (\d{3}): ", text, re.MULTILINE)
    assert [int(status) for status in table] == list(answers.MEANINGS)
    assert json.dumps("nginx client_max_body_size")[1:-1] in text

"""Webhooks survive kill -9, and reach a laptop without a tunnel: real servers, real receivers."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from standardwebhooks import Webhook
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from tests.rig import request
from tests.support.loopback import serving

from easel.testing import KEY, RunningServer, running_server

ENV = {"EASEL_TRUSTED_NETWORKS": "127.0.0.0/8", "EASEL_RATE_LIMIT_PER_MINUTE": "0"}
HEADERS = {"X-API-Key": KEY}


class Receiver:
    """Keeps every message; refuses while it is `down`, and answers late while it is `slow`."""

    def __init__(self) -> None:
        self.url = ""
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.down = False
        self.hangs = False

    def app(self) -> Starlette:
        async def take(received: Request) -> Response:
            self.got.append((dict(received.headers), await received.body()))
            while self.hangs:
                if await received.is_disconnected():
                    break
            return Response("down" if self.down else "thanks", 503 if self.down else 200)

        return Starlette(routes=[Route("/{path:path}", take, methods=["POST"])])

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.got]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    with serving(made.app()) as url:
        made.url = url + "/hook"
        yield made


def until(true: Callable[[], Any], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def submit(server: RunningServer, receiver: Receiver) -> str:
    body = request() | {"webhookUrl": receiver.url}
    return str(httpx.post(server.url + "/v2/images/generate", headers=HEADERS, json=body).json()["jobId"])


def told(server: RunningServer, job_id: str) -> str | None:
    found: str | None = httpx.get(f"{server.url}/v2/jobs/{job_id}", headers=HEADERS).json()["webhookStatus"]
    return found


def test_killed_in_the_middle_of_a_delivery_it_is_sent_again_under_the_same_id(
    tmp_path: Path, receiver: Receiver
) -> None:
    receiver.hangs = True
    with running_server(tmp_path, env=ENV) as server:
        job_id = submit(server, receiver)
        until(lambda: receiver.got)
        server.kill()
    receiver.hangs = False
    with running_server(tmp_path, env=ENV) as server:
        until(lambda: told(server, job_id) == "delivered")
    assert len(receiver.got) == 2
    assert len(set(receiver.ids)) == 1


def test_killed_as_soon_as_a_job_is_final_its_news_still_arrive(tmp_path: Path, receiver: Receiver) -> None:
    receiver.down = True
    with running_server(tmp_path, env=ENV) as server:
        jobs = {submit(server, receiver) for _ in range(5)}
        until(lambda: all(told(server, job) for job in jobs))
        server.kill()
    receiver.down = False
    with running_server(tmp_path, env=ENV) as server:
        until(lambda: all(told(server, job) == "delivered" for job in jobs))
        events = httpx.get(server.url + "/v2/events", headers=HEADERS).json()["events"]
    assert {json.loads(body)["jobId"] for _, body in receiver.got} == jobs
    assert set(receiver.ids) == {event["id"] for event in events}


def test_a_laptop_listens_and_forwards(tmp_path: Path, receiver: Receiver) -> None:
    with running_server(tmp_path, env=ENV) as server:
        command = [sys.executable, "-u", "-m", "easel", "listen", "--forward", receiver.url]
        env = {**os.environ, "EASEL_URL": server.url, "EASEL_API_KEY": KEY}
        listening = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            assert listening.stderr
            assert "Listening" in listening.stderr.readline()
            sent = httpx.post(server.url + "/v2/images/generate", headers=HEADERS, json=request()).json()
            until(lambda: receiver.got)
            secret = httpx.get(server.url + "/v2/webhooks/secret", headers=HEADERS).json()["secrets"][0]["secret"]
            assert listening.stdout
            said = listening.stdout.readline() + listening.stdout.readline()
        finally:
            listening.terminate()
            listening.communicate()
    headers, body = receiver.got[0]
    assert Webhook(secret).verify(body, headers)["jobId"] == sent["jobId"]
    assert sent["jobId"] in said
    assert "200 'thanks'" in said

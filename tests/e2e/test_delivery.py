"""Webhooks survive kill -9, and reach a laptop without a tunnel: real servers, real receivers."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from standardwebhooks import Webhook
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from tests.support.customer import Customer
from tests.support.loopback import serving
from tests.support.waiting import block_until

from easel.testing import KEY, running_server

ENV = {"EASEL_TRUSTED_NETWORKS": "127.0.0.0/8", "EASEL_RATE_LIMIT_PER_MINUTE": "0"}


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
            while self.hangs and not await received.is_disconnected():
                await asyncio.sleep(0.05)
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


def told(customer: Customer, job_id: str) -> str | None:
    status: str | None = customer.job(job_id)["webhookStatus"]
    return status


@pytest.mark.proof
def test_killed_in_the_middle_of_a_delivery_it_is_sent_again_under_the_same_id(
    tmp_path: Path, receiver: Receiver
) -> None:
    receiver.hangs = True
    with running_server(tmp_path, env=ENV) as server, Customer(server) as customer:
        job_id = customer.submit(webhookUrl=receiver.url)
        block_until(lambda: receiver.got)
        server.kill()
    receiver.hangs = False
    with running_server(tmp_path, env=ENV) as server, Customer(server) as customer:
        block_until(lambda: told(customer, job_id) == "delivered")
    assert len(receiver.got) == 2
    assert len(set(receiver.ids)) == 1


@pytest.mark.proof
def test_killed_as_soon_as_a_job_is_final_its_news_still_arrive(tmp_path: Path, receiver: Receiver) -> None:
    receiver.down = True
    with running_server(tmp_path, env=ENV) as server, Customer(server) as customer:
        jobs = {customer.submit(webhookUrl=receiver.url) for _ in range(5)}
        block_until(lambda: all(told(customer, job) for job in jobs))
        server.kill()
    receiver.down = False
    with running_server(tmp_path, env=ENV) as server, Customer(server) as customer:
        block_until(lambda: all(told(customer, job) == "delivered" for job in jobs))
        events = customer.http.get("/v2/events").json()["events"]
    assert {json.loads(body)["jobId"] for _, body in receiver.got} == jobs
    assert set(receiver.ids) == {event["id"] for event in events}


@pytest.mark.proof
def test_a_laptop_listens_and_forwards(tmp_path: Path, receiver: Receiver) -> None:
    with running_server(tmp_path, env=ENV) as server:
        command = [sys.executable, "-u", "-m", "easel", "listen", "--forward", receiver.url]
        env = {**os.environ, "EASEL_URL": server.url, "EASEL_API_KEY": KEY}
        listening = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            assert listening.stderr
            assert "Listening" in listening.stderr.readline()
            with Customer(server) as customer:
                job_id = customer.submit()
                block_until(lambda: receiver.got)
                secret = customer.http.get("/v2/webhooks/secret").json()["secrets"][0]["secret"]
            assert listening.stdout
            said = listening.stdout.readline() + listening.stdout.readline()
        finally:
            listening.terminate()
            listening.communicate()
    headers, body = receiver.got[0]
    assert Webhook(secret).verify(body, headers)["jobId"] == job_id
    assert job_id in said
    assert "200 'thanks'" in said

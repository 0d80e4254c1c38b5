"""easel serve --workers: several processes on one port are one server, whichever of them a connection reaches."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from tests.rig import request
from tests.support.backends import copied, split
from tests.support.child import ports_in_a_row
from tests.support.doubles.environment import at_openai, at_replicate
from tests.support.doubles.openai import OpenAIDouble
from tests.support.doubles.openai import Slow as SlowOpenAI
from tests.support.doubles.replicate import ReplicateDouble
from tests.support.doubles.replicate import Slow as SlowReplicate
from tests.support.waiting import block_until

from easel.accounts.sessions import csrf_token
from easel.testing import KEY, RunningServer, running_server
from easel.testing.server import surroundings

pytestmark = pytest.mark.proof

HEADERS = {"X-API-Key": KEY, "Authorization": f"Bearer {KEY}"}
COUNT = 2
COMMAND = ("-m", "easel", "serve", "--workers", str(COUNT))


@dataclass
class Together:
    """A server of several processes. Each request has a connection of its own, which reaches any of them."""

    server: RunningServer
    database: str
    ports: list[int]  # of the metrics of each process
    env: Mapping[str, str]

    def ask(self, method: str, path: str, key: str = KEY, **given: Any) -> httpx.Response:
        headers = {"X-API-Key": key, "Authorization": f"Bearer {key}"} | given.pop("headers", {})
        return httpx.request(method, self.server.url + path, headers=headers, timeout=90, **given)

    def submit(self, **given: Any) -> str:
        answer = self.ask("POST", "/v2/images/generate", json=request(), **given)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["jobId"])

    def final(self, job_id: str) -> str:
        return str(self.ask("GET", f"/v2/jobs/{job_id}?wait=60").json()["status"])

    def pids(self) -> list[int]:
        with psycopg.connect(self.database) as connection:
            rows = connection.execute("SELECT name FROM processes ORDER BY started_at").fetchall()
        return [int(name.rpartition(":")[2]) for (name,) in rows]

    def counts(self, metric: str) -> list[float]:
        """A metric of each process, the sum of its series."""
        pages = [httpx.get(f"http://127.0.0.1:{port}/metrics").text for port in self.ports]
        return [
            sum(float(value) for value in re.findall(rf"^{metric}{{.*}} (\S+)$", page, re.MULTILINE)) for page in pages
        ]


@pytest.fixture(scope="module")
def double() -> Iterator[OpenAIDouble]:
    with OpenAIDouble().serving() as running:
        yield running


@contextlib.contextmanager
def several(folder: Path, template: str, provider: Mapping[str, str]) -> Iterator[Together]:
    """A server of COUNT processes, all of which are ready."""
    with copied(*split(template)) as database, contextlib.ExitStack() as stack:
        first = ports_in_a_row(1 + COUNT)
        env = {
            "EASEL_DATABASE_URL": database,
            "EASEL_METRICS_PORT": str(first),
            "EASEL_RATE_LIMIT_PER_MINUTE": "0",
            "EASEL_MAX_CONCURRENT_JOBS": "50",
            "EASEL_DRAIN_SECONDS": "1",
            **provider,
        }
        server = stack.enter_context(running_server(folder, env=env, command=COMMAND))
        made = Together(server, database, list(range(first + 1, first + 1 + COUNT)), env)
        block_until(lambda: len(made.pids()) == COUNT)
        yield made


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory, template: str, double: OpenAIDouble) -> Iterator[Together]:
    """For all tests of this file; the last of them kills it."""
    with several(tmp_path_factory.mktemp("together"), template, at_openai(double)) as made:
        yield made


def is_alive(pid: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def test_every_connection_reaches_the_same_server(together: Together, double: OpenAIDouble) -> None:
    body = {"model": "gpt-image-2", "prompt": "a fox", "size": "1024x1024", "quality": "low"}
    paid, ended = double.paid, sum(together.counts("easel_job_ends_total"))
    with ThreadPoolExecutor(12) as clients:
        answers = list(clients.map(lambda _: together.ask("POST", "/v1/images/generations", json=body), range(24)))
    assert Counter(answer.status_code for answer in answers) == {200: 24}
    assert all(answer.json()["data"][0]["b64_json"] for answer in answers)
    assert double.paid == paid + 24
    assert sum(together.counts("easel_job_ends_total")) == ended + 24
    assert sum(count > 0 for count in together.counts("easel_request_seconds_count")) >= 2
    assert "easel_request_seconds" not in together.ask("GET", "/metrics").text
    with ThreadPoolExecutor(8) as clients:
        jobs = set(clients.map(lambda _: together.submit(headers={"Idempotency-Key": "once"}), range(8)))
    assert len(jobs) == 1
    assert together.final(jobs.pop()) == "COMPLETED"
    made = together.ask("POST", "/v2/keys", json={"name": "other"}).json()
    assert {together.ask("GET", "/v2/me", made["secret"]).status_code for _ in range(9)} == {200}
    together.ask("POST", f"/v2/keys/{made['id']}/revoke").raise_for_status()
    assert {together.ask("GET", "/v2/me", made["secret"]).status_code for _ in range(9)} == {401}


def test_what_happens_in_one_is_seen_in_all(together: Together, double: OpenAIDouble) -> None:
    double.script(SlowOpenAI(4))
    params = {"quality": "low", "partial_images": 2}
    body = {"model": "gpt-image-2", "prompt": "a fox", "gptImage2Params": params}
    job_id = together.ask("POST", "/v2/images/generate", json=body).json()["jobId"]
    with contextlib.ExitStack() as streams:
        watching = [
            streams.enter_context(httpx.stream("GET", together.server.url + path, headers=HEADERS, timeout=60))
            for path in [f"/v2/jobs/{job_id}/events", f"/v2/watch?id={job_id}"] * 3
        ]
        said = ["\n".join(stream.iter_lines()) for stream in watching]
    assert all("COMPLETED" in text for text in said), said
    assert all("partialImage" in text for text in said[::2]), said
    double.script(*[SlowOpenAI(60)] * 3)
    slow = [together.submit() for _ in range(3)]
    block_until(lambda: {together.ask("GET", f"/v2/jobs/{one}").json()["status"] for one in slow} == {"PROCESSING"})
    for one in slow:
        together.ask("POST", f"/v2/jobs/{one}/cancel").raise_for_status()
    assert {together.final(one) for one in slow} == {"CANCELLED"}


def test_a_session_of_the_studio_holds_in_all(together: Together) -> None:
    url = together.server.url
    entered = httpx.post(url + "/studio/signin", data={"key": KEY}, headers={"Origin": url})
    session = entered.headers["Set-Cookie"].partition(";")[0]
    cookie = {"Cookie": session, "X-CSRF-Token": csrf_token(session.partition("=")[2])}
    asked = [httpx.post(url + "/v2/images/generate", json=request(), headers=cookie) for _ in range(9)]
    assert {answer.status_code for answer in asked} == {202}
    form = {"csrf": cookie["X-CSRF-Token"]}
    assert httpx.post(url + "/studio/signout", data=form, headers={**cookie, "Origin": url}).status_code == 303
    assert {httpx.get(url + "/v2/me", headers=cookie).status_code for _ in range(9)} == {401}


def test_a_killed_process_is_replaced_and_its_jobs_go_on(tmp_path: Path, template: str) -> None:
    with ReplicateDouble().serving() as double, several(tmp_path, template, at_replicate(double)) as together:
        double.script(*[SlowReplicate(4.0)] * 12)
        jobs = [together.submit() for _ in range(12)]
        block_until(lambda: double.paid == 12)
        victim = together.pids()[1]
        os.kill(victim, signal.SIGKILL)
        block_until(lambda: not is_alive(victim))
        assert {together.ask("GET", "/healthz").status_code for _ in range(20)} == {200}, "connections pass it over"
        assert set(map(together.final, jobs)) == {"COMPLETED"}
        assert double.paid == 12, "each was paid for once"
        block_until(lambda: sum(map(is_alive, together.pids())) == COUNT)
        assert together.server.stop() == 0
        assert together.pids() == [victim], "the others have signed off"


def test_none_is_left_when_the_first_process_is_killed(together: Together) -> None:
    pids = together.pids()
    together.server.kill()
    block_until(lambda: not any(map(is_alive, pids)))
    assert together.pids() == [], "each ended as on a signal"
    with running_server(together.server.data, env=together.env, command=COMMAND) as again:
        assert httpx.get(again.url + "/healthz").status_code == 200


def test_a_database_that_is_away_ends_the_start(tmp_path: Path) -> None:
    env = surroundings() | {"EASEL_DATABASE_URL": "postgresql://u:secret-pw@127.0.0.1:9/x", "EASEL_DATA": str(tmp_path)}
    env |= {"EASEL_PORT": "0"}
    ended = subprocess.run([sys.executable, *COMMAND], env=env, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    lines = ended.stderr.splitlines()
    (said,) = [line for line in lines if not line.startswith("{")]
    assert said.startswith("EASEL_DATABASE_URL: ")
    events = [json.loads(line)["event"] for line in lines if line.startswith("{")]
    assert events == ["process started", "a process ended before it was ready; stopping all"]

"""Several processes on one PostgreSQL, started together, stopped and replaced while jobs run."""

import contextlib
import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from tests.support.backends import copied, split
from tests.support.customer import Customer
from tests.support.doubles.environment import at_openai, at_replicate
from tests.support.doubles.openai import OpenAIDouble
from tests.support.doubles.openai import Slow as SlowOpenAI
from tests.support.doubles.replicate import ReplicateDouble, Slow
from tests.support.images import encoded, gradient
from tests.support.prepared import Prepared
from tests.support.waiting import block_until

from easel.testing import KEY, RunningServer, running_server
from easel.testing.server import API, AT_WORK, LISTENING, run_command, running_worker, surroundings

HEADERS = {"X-API-Key": KEY}


@pytest.fixture
def address(template: str) -> Iterator[str]:
    """A database with tables, and nothing in them."""
    with copied(*split(template)) as made:
        yield made


@pytest.fixture
def empty_address(template: str) -> Iterator[str]:
    """A database with nothing in it, not even a schema."""
    with copied(split(template)[0], "template1") as made:
        yield made


def settings(address: str, **more: str) -> dict[str, str]:
    return {"EASEL_DATABASE_URL": address, "EASEL_RATE_LIMIT_PER_MINUTE": "0", "EASEL_DRAIN_SECONDS": "1"} | more


@pytest.mark.proof
def test_processes_that_start_together_make_one_installation(tmp_path: Path, empty_address: str) -> None:
    env = surroundings() | settings(empty_address) | {"EASEL_DATA": str(tmp_path), "EASEL_PORT": "0"}
    env.pop("EASEL_BOOTSTRAP_KEY", None)
    commands = [["serve"], ["serve", "--no-worker"], ["worker"], ["worker"]]
    started = [
        Prepared([sys.executable, "-m", "easel", *words], env=env, stdout=subprocess.PIPE, text=True)
        for words in commands
    ]
    try:
        said = [until_ready(process) for process in started]
        assert [process.poll() for process in started] == [None] * 4
        for process in started:
            process.terminate()
        said = [before + process.communicate(timeout=30)[0] for before, process in zip(said, started, strict=True)]
    finally:
        for process in started:
            process.kill()
    assert [process.returncode for process in started] == [0] * 4
    assert len(re.findall(r"afk_\w+", "".join(said))) == 1, "one key is made, and shown once"
    assert sum("Easel is listening" in one for one in said) == 2
    assert sum("Easel worker is running." in one for one in said) == 2
    assert rows(empty_address, "SELECT count(*) FROM teams") == [(1,)]
    assert rows(empty_address, "SELECT count(*) FROM processes") == [(0,)], "who goes takes leave"


@pytest.mark.proof
def test_a_server_that_only_answers_accepts_jobs_and_leaves_them_to_workers(tmp_path: Path, address: str) -> None:
    with running_server(tmp_path, env=settings(address), command=API) as server, Customer(server) as customer:
        job_id = customer.submit()
        assert customer.job(job_id, wait=1)["status"] == "QUEUED"
        with running_worker(tmp_path, env=settings(address)):
            assert customer.finished(job_id)["status"] == "COMPLETED"


@pytest.mark.proof
def test_partial_images_that_a_worker_stores_are_shown_by_a_server(tmp_path: Path, address: str) -> None:
    with OpenAIDouble().serving() as double:
        double.script(SlowOpenAI(4))
        env = settings(address) | at_openai(double)
        params = {"quality": "low", "partial_images": 2}
        body = {"model": "gpt-image-2", "prompt": "a fox", "gptImage2Params": params}
        with (
            running_server(tmp_path, env=env, command=API) as server,
            running_worker(tmp_path, env=env),
            httpx.Client(base_url=server.url, headers=HEADERS, timeout=60) as http,
        ):
            job_id = http.post("/v2/images/generate", json=body).json()["jobId"]
            with http.stream("GET", f"/v2/jobs/{job_id}/events") as events:
                sent = (line.removeprefix("data: ") for line in events.iter_lines() if "partialImage" in line)
                told = (json.loads(line) for line in sent if line.startswith("{"))
                images = [http.get(one["url"]).content for one in told]  # each as it comes
            assert http.get(f"/v2/jobs/{job_id}").json()["status"] == "COMPLETED"
    assert len(set(images)) == 2
    assert all(image.startswith(b"RIFF") for image in images)


class FileServer(ThreadingHTTPServer):
    """Sends an image, while `sends` is set."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Sending)
        self.asked, self.sends = 0, threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/portrait.png"


class Sending(BaseHTTPRequestHandler):
    server: FileServer

    def do_GET(self) -> None:
        self.server.asked += 1
        self.server.sends.wait(60)
        self.send_response(200)
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(encoded(gradient()).data)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.mark.proof
def test_workers_wait_for_the_server_that_fetches_an_input_and_take_over_when_it_is_killed(
    tmp_path: Path, address: str
) -> None:
    env = settings(address, EASEL_TRUSTED_NETWORKS="127.0.0.0/8")
    params = {"quality": "low", "aspect_ratio": "1:1"}
    with FileServer() as files, running_worker(tmp_path, env=env), running_worker(tmp_path, env=env):
        threading.Thread(target=files.serve_forever, daemon=True).start()
        params |= {"input_images": files.address}
        with running_server(tmp_path, env=env, command=API) as server, Customer(server) as customer:
            first = customer.submit(gptImage2Params=params)
            block_until(lambda: files.asked)
            assert customer.job(first, wait=3)["status"] == "QUEUED"
            files.sends.set()
            assert customer.finished(first)["status"] == "COMPLETED"
            assert files.asked == 1
            files.sends.clear()
            second = customer.submit(gptImage2Params=params)
            block_until(lambda: files.asked == 2)
            server.kill()
        files.sends.set()
        with running_server(tmp_path, env=env, command=API) as server, Customer(server) as customer:
            assert customer.finished(second)["status"] == "COMPLETED"
            assert files.asked == 3
        files.shutdown()


@pytest.mark.proof
def test_the_limit_of_a_key_holds_across_servers(tmp_path: Path, address: str) -> None:
    env = settings(address, EASEL_RATE_LIMIT_PER_MINUTE="30")
    with (
        running_server(tmp_path, env=env, command=API) as one,
        running_server(tmp_path, env=env, command=API) as other,
        httpx.Client(headers=HEADERS) as http,
    ):
        if time.time() % 60 > 40:
            time.sleep(21)  # all in one minute
        answers = [http.get(f"{server.url}/v2/me") for server in (one, other) * 25]
    assert [answer.status_code for answer in answers].count(200) == 30
    assert answers[-1].status_code == 429
    left = [int(answer.headers["X-RateLimit-Remaining"]) for answer in answers if answer.status_code == 200]
    assert left == list(range(29, -1, -1))


@pytest.mark.proof
def test_the_doctor_looks_at_a_live_installation(tmp_path: Path, address: str) -> None:
    env = settings(address)
    with running_server(tmp_path, env=env, command=API) as server, running_worker(tmp_path, env=env):
        with Customer(server) as customer:
            assert customer.finished(customer.submit())["status"] == "COMPLETED"
        found = doctor(tmp_path, env)
        assert found.returncode == 0, found.stdout
        assert len(re.findall(r"Easel \S+: (?:api|worker) \S+:\d+", found.stdout)) == 2
        assert "PostgreSQL" in found.stdout
        assert "Procrastinate" in found.stdout
        assert "!" not in found.stdout
        image = next((tmp_path / "files" / "pictures").rglob("*.*"))
        image.unlink()
        with psycopg.connect(address) as connection:
            connection.execute("UPDATE teams SET admitted = 1")
        found = doctor(tmp_path, env)
        assert found.returncode == 1
        assert f"{image.name} is missing in the store." in found.stdout
        assert "counts 1 running jobs; there are 0" in found.stdout
    assert "No worker is running." in doctor(tmp_path, env).stdout


@pytest.mark.proof
def test_workers_that_are_replaced_one_after_the_other_lose_no_job(tmp_path: Path, address: str) -> None:
    with ReplicateDouble().serving() as double, contextlib.ExitStack() as stack:
        double.script(*[Slow(4.0)] * 200)
        env = settings(address, EASEL_MAX_CONCURRENT_JOBS="20") | at_replicate(double)
        server = stack.enter_context(running_server(tmp_path, env=env, command=API))
        workers = [stack.enter_context(running_worker(tmp_path, env=env)) for _ in range(2)]
        with ThreadPoolExecutor(8) as customers:
            sent = [customers.submit(keep_submitting, server, 6, 1.0) for _ in range(4)]
            for worker in workers:
                time.sleep(2)
                assert worker.stop() == 0
                stack.enter_context(running_worker(tmp_path, env=env))
            jobs = [job_id for one in sent for job_id in one.result()]
            customer = stack.enter_context(Customer(server))
            ended = [customer.finished(job_id) for job_id in jobs]
        assert [one["status"] for one in ended] == ["COMPLETED"] * len(jobs)
        assert (len(jobs), double.paid) == (24, 24), "each was paid for once"
        cost = sum(one["creditCost"] for one in ended)
        assert customer.credits() == 1000 - cost
        found = doctor(tmp_path, env)
        assert found.returncode == 0, found.stdout


def until_ready(process: "subprocess.Popen[str]") -> str:
    """What a process says until it is ready."""
    said = ""
    for line in process.stdout or ():
        said += line
        if line.startswith((LISTENING, AT_WORK)):
            return said
    raise AssertionError(said)


def doctor(data: Path, env: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    return run_command("doctor", env={**env, "EASEL_DATA": str(data)})


def keep_submitting(server: RunningServer, count: int, pause: float) -> list[str]:
    sent = []
    with Customer(server) as customer:
        for _ in range(count):
            sent.append(customer.submit())
            time.sleep(pause)
    return sent


def rows(address: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(address) as connection:
        return connection.execute(query.encode()).fetchall()

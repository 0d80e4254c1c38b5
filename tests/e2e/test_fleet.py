"""Several processes on one PostgreSQL, started together, stopped and replaced while jobs run."""

import contextlib
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from tests.rig import request
from tests.support.backends import copied, split
from tests.support.doubles.replicate import ReplicateDouble, Slow

from easel.testing import KEY, RunningServer, running_server
from easel.testing.server import API, AT_WORK, LISTENING, run_command, running_worker, surroundings

HEADERS = {"X-API-Key": KEY}


@pytest.fixture
def address(template: str) -> Iterator[str]:
    """A database with nothing in it, not even a schema."""
    with copied(split(template)[0], "template1") as made:
        yield made


def settings(address: str, **more: str) -> dict[str, str]:
    return {"EASEL_DATABASE_URL": address, "EASEL_RATE_LIMIT_PER_MINUTE": "0", "EASEL_DRAIN_SECONDS": "1"} | more


def at_replicate(double: ReplicateDouble) -> dict[str, str]:
    hosts = {"EASEL_REPLICATE_FILE_HOSTS": "127.0.0.1"}
    return {"REPLICATE_API_TOKEN": double.key, "REPLICATE_BASE_URL": double.url} | hosts


def test_processes_that_start_together_make_one_installation(tmp_path: Path, address: str) -> None:
    env = surroundings() | settings(address) | {"EASEL_DATA": str(tmp_path), "EASEL_PORT": "0"}
    env.pop("EASEL_BOOTSTRAP_KEY", None)
    commands = [["serve"], ["serve", "--no-worker"], ["worker"], ["worker"]]
    started = [
        subprocess.Popen([sys.executable, "-m", "easel", *words], env=env, stdout=subprocess.PIPE, text=True)
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
    assert rows(address, "SELECT count(*) FROM teams") == [(1,)]
    assert rows(address, "SELECT count(*) FROM processes") == [(0,)], "who goes takes leave"


def test_without_a_shared_database_there_is_no_server_without_a_worker(tmp_path: Path) -> None:
    env = surroundings() | {"EASEL_DATA": str(tmp_path)}
    ended = subprocess.run([sys.executable, *API], env=env, capture_output=True, text=True, timeout=60)
    assert ended.returncode != 0
    assert "--no-worker needs a shared database" in ended.stdout + ended.stderr


def test_a_server_that_only_answers_accepts_jobs_and_leaves_them_to_workers(tmp_path: Path, address: str) -> None:
    with running_server(tmp_path, env=settings(address), command=API) as server:
        job_id = submit(server)
        time.sleep(1)
        assert job(server, job_id)["status"] == "QUEUED"
        with running_worker(tmp_path, env=settings(address)):
            assert job(server, job_id, wait=30)["status"] == "COMPLETED"


def test_the_limit_of_a_key_holds_across_servers(tmp_path: Path, address: str) -> None:
    env = settings(address, EASEL_RATE_LIMIT_PER_MINUTE="30")
    with (
        running_server(tmp_path, env=env, command=API) as one,
        running_server(tmp_path, env=env, command=API) as other,
        httpx.Client(headers=HEADERS) as http,
    ):
        if time.time() % 60 > 50:
            time.sleep(11)  # all in one minute
        answers = [http.get(f"{server.url}/v2/me") for server in (one, other) * 25]
    assert [answer.status_code for answer in answers].count(200) == 30
    assert answers[-1].status_code == 429
    left = [int(answer.headers["X-RateLimit-Remaining"]) for answer in answers if answer.status_code == 200]
    assert left == list(range(29, -1, -1))


def test_the_doctor_looks_at_a_live_installation(tmp_path: Path, address: str) -> None:
    env = settings(address)
    with running_server(tmp_path, env=env, command=API) as server, running_worker(tmp_path, env=env):
        assert job(server, submit(server), wait=30)["status"] == "COMPLETED"
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
                begun = time.monotonic()
                assert worker.stop() == 0
                assert time.monotonic() - begun < 5
                stack.enter_context(running_worker(tmp_path, env=env))
            jobs = [job_id for one in sent for job_id in one.result()]
            ended = list(customers.map(lambda job_id: job(server, job_id, wait=60), jobs))
        assert [one["status"] for one in ended] == ["COMPLETED"] * len(jobs)
        assert (len(jobs), double.paid) == (24, 24), "each was paid for once"
        cost = sum(one["creditCost"] for one in ended)
        assert httpx.get(server.url + "/v2/me", headers=HEADERS).json()["team"]["credits"] == 1000 - cost
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
    for _ in range(count):
        sent.append(submit(server))
        time.sleep(pause)
    return sent


def submit(server: RunningServer) -> str:
    answer = httpx.post(server.url + "/v2/images/generate", headers=HEADERS, json=request(), timeout=30)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["jobId"])


def job(server: RunningServer, job_id: str, *, wait: int = 0) -> dict[str, Any]:
    found = httpx.get(f"{server.url}/v2/jobs/{job_id}", params={"wait": wait}, headers=HEADERS, timeout=90)
    return dict(found.json())


def rows(address: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(address) as connection:
        return connection.execute(query.encode()).fetchall()

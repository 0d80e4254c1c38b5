"""kill -9 while an upstream generates: after the restart it was asked and paid once, whether or not it had answered."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import httpx
from tests.rig import request
from tests.support.doubles.openai import Hang as NoAnswer
from tests.support.doubles.openai import OpenAIDouble
from tests.support.doubles.replicate import Hang, ReplicateDouble, Slow

from easel.testing import KEY, RunningServer, running_server

HEADERS = {"X-API-Key": KEY}


def killed_and_restarted(data: Path, env: Mapping[str, str], when: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The job as it ends, when its first server died as soon as `when` was true of it."""
    with running_server(data, env=env) as server:
        sent = httpx.post(server.url + "/v2/images/generate", headers=HEADERS, json=request(number_of_images=2))
        path = f"/v2/jobs/{sent.json()['jobId']}"
        until(lambda: when(get(server, path)))
        server.kill()
    with running_server(data, env=env) as server:
        job = get(server, path + "?wait=60")
        assert get(server, "/v2/me")["team"]["credits"] == 1000 - job["creditCost"]
        assert server.stop() == 0
    return job


def get(server: RunningServer, path: str) -> dict[str, Any]:
    found: dict[str, Any] = httpx.get(server.url + path, headers=HEADERS, timeout=90).json()
    return found


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def at_replicate(double: ReplicateDouble) -> dict[str, str]:
    hosts = {"EASEL_REPLICATE_FILE_HOSTS": "127.0.0.1"}
    return {"REPLICATE_API_TOKEN": double.key, "REPLICATE_BASE_URL": double.url} | hosts


def at_openai(double: OpenAIDouble) -> dict[str, str]:
    return {"OPENAI_API_KEY": double.key, "OPENAI_BASE_URL": double.url}


def test_a_prediction_that_is_known_is_gone_on_with(tmp_path: Path) -> None:
    with ReplicateDouble().serving() as double:
        double.script(Slow(3.0))
        job = killed_and_restarted(
            tmp_path, at_replicate(double), lambda job: bool(job["attempts"]) and job["attempts"][0]["upstreamId"]
        )
        assert (job["status"], job["creditCost"]) == ("COMPLETED", 8)
        assert [one["outcome"] for one in job["attempts"]] == ["generated"]
        assert (double.paid, len(double.seen)) == (1, 1)


def test_a_prediction_whose_answer_never_came_is_found(tmp_path: Path) -> None:
    with ReplicateDouble().serving() as double:
        double.script(Hang(after_work=True))
        job = killed_and_restarted(tmp_path, at_replicate(double), lambda _: double.paid == 1)
        assert (job["status"], job["creditCost"]) == ("COMPLETED", 8)
        assert (double.paid, len(double.seen)) == (1, 1)


def test_a_prediction_that_was_never_made_is_in_doubt_and_costs_nothing(tmp_path: Path) -> None:
    with ReplicateDouble().serving() as double:
        double.script(Hang(after_work=False))
        job = killed_and_restarted(tmp_path, at_replicate(double), lambda _: len(double.seen) == 1)
        assert (job["status"], job["errorCode"], job["creditCost"]) == ("FAILED", "upstream_in_doubt", 0)
        assert (double.paid, len(double.seen)) == (0, 1)


def test_a_call_that_cannot_be_asked_for_is_in_doubt_and_costs_nothing(tmp_path: Path) -> None:
    with OpenAIDouble().serving() as double:
        double.script(NoAnswer())
        job = killed_and_restarted(tmp_path, at_openai(double), lambda _: double.paid == 1)
        assert (job["status"], job["errorCode"], job["creditCost"]) == ("FAILED", "upstream_in_doubt", 0)
        assert [(one["outcome"], one["paid"]) for one in job["attempts"]] == [("lost", "unknown")]
        assert (double.paid, len(double.seen)) == (1, 1)

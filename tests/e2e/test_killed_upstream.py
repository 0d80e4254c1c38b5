"""kill -9 while an upstream generates: after the restart it was asked and paid once, whether or not it had answered."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.rig import request
from tests.support.customer import Customer
from tests.support.doubles import fal as f
from tests.support.doubles.environment import at_fal, at_openai, at_replicate
from tests.support.doubles.openai import Hang as NoAnswer
from tests.support.doubles.openai import OpenAIDouble
from tests.support.doubles.replicate import Hang, ReplicateDouble, Slow
from tests.support.waiting import block_until

from easel.testing import running_server


def killed_and_restarted(data: Path, env: Mapping[str, str], when: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The job as it ends, when its first server died as soon as `when` was true of it."""
    with running_server(data, env=env) as server, Customer(server) as customer:
        job_id = customer.submit(request(number_of_images=2))
        block_until(lambda: when(customer.job(job_id)))
        server.kill()
    with running_server(data, env=env) as server:
        with Customer(server) as customer:
            job = customer.finished(job_id)
            assert customer.credits() == 1000 - job["creditCost"]
        assert server.stop() == 0
    return job


@pytest.mark.proof
def test_a_prediction_that_is_known_is_gone_on_with(tmp_path: Path) -> None:
    with ReplicateDouble().serving() as double:
        double.script(Slow(3.0))
        job = killed_and_restarted(
            tmp_path, at_replicate(double), lambda job: bool(job["attempts"]) and job["attempts"][0]["upstreamId"]
        )
        assert (job["status"], job["creditCost"]) == ("COMPLETED", 8)
        assert [one["outcome"] for one in job["attempts"]] == ["generated"]
        assert (double.paid, len(double.seen)) == (1, 1)


@pytest.mark.proof
def test_a_request_at_fal_that_is_known_is_gone_on_with(tmp_path: Path) -> None:
    with f.FalDouble().serving() as double:
        double.script(f.Slow(3.0))
        job = killed_and_restarted(
            tmp_path, at_fal(double), lambda job: bool(job["attempts"]) and job["attempts"][0]["upstreamId"]
        )
        assert (job["status"], job["creditCost"]) == ("COMPLETED", 8)
        assert (double.paid, len(double.seen)) == (1, 1)


@pytest.mark.proof
def test_a_prediction_whose_answer_never_came_is_found(tmp_path: Path) -> None:
    with ReplicateDouble().serving() as double:
        double.script(Hang(after_work=True))
        job = killed_and_restarted(tmp_path, at_replicate(double), lambda _: double.paid == 1)
        assert (job["status"], job["creditCost"]) == ("COMPLETED", 8)
        assert (double.paid, len(double.seen)) == (1, 1)


@pytest.mark.proof
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

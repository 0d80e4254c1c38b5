"""Many at once, over real connections to a real process: credit for one is credit for one, and a key is a job."""

import asyncio
from collections import Counter
from pathlib import Path

import httpx
import pytest
from tests.rig import request

from easel.testing import RunningServer, running_server

pytestmark = [pytest.mark.anyio, pytest.mark.proof]

INSTANT = ("-m", "tests.support.tripwire", "0", "free")
ENV = {"EASEL_RATE_LIMIT_PER_MINUTE": "0", "EASEL_BOOTSTRAP_CREDITS": "4"}


def client(server: RunningServer) -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=200)
    return httpx.AsyncClient(base_url=server.url, headers={"X-API-Key": server.key}, timeout=60, limits=limits)


async def test_two_hundred_submits_with_credit_for_exactly_one(tmp_path: Path) -> None:
    with running_server(tmp_path, env=ENV, command=INSTANT) as server:
        async with client(server) as http:
            answers = await asyncio.gather(*(http.post("/v2/images/generate", json=request()) for _ in range(200)))
            assert Counter(answer.status_code for answer in answers) == {202: 1, 402: 199}
            refused = next(answer.json() for answer in answers if answer.status_code == 402)
            assert (refused["error"], refused["creditsRequired"]) == ("Insufficient credits", 4)
            accepted = next(answer.json() for answer in answers if answer.status_code == 202)
            job = (await http.get(f"/v2/jobs/{accepted['jobId']}?wait=30")).json()
            assert job["status"] == "COMPLETED"
            assert (await http.get("/v2/me")).json()["team"]["credits"] == 0


async def test_one_idempotency_key_fifty_times_at_once_is_one_job(tmp_path: Path) -> None:
    with running_server(tmp_path, env=ENV, command=INSTANT) as server:
        async with client(server) as http:
            headers = {"Idempotency-Key": "the-same"}
            posts = (http.post("/v2/images/generate", json=request(), headers=headers) for _ in range(50))
            answers = await asyncio.gather(*posts)
            assert {answer.status_code for answer in answers} == {202}
            assert len({answer.json()["jobId"] for answer in answers}) == 1
            assert len((await http.get("/v2/jobs")).json()["jobs"]) == 1

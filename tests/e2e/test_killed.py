"""kill -9 between every two neighbouring steps: a real process, a real file, and a customer who simply asks again.

However the server dies, after a restart there is one job, generated and charged once, or failed and charged nothing.
"""

import asyncio
import contextlib
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.rig import request

from easel.kit.clock import Clock
from easel.ops.doctor import examine
from easel.runtime import open_database
from easel.storage.folder import FolderStorage
from easel.testing import KEY, RunningServer, running_server

BODY = request(number_of_images=2)
COST_EACH = 4
PAID = "paid"
FREE = "free"
TICKET = "pending"

# What the tripwire crosses for one job of two images; `test_the_boundaries_are_all_of_them` keeps this true.
BOUNDARIES = {
    FREE: [
        *("before commit", "after commit"),  # accept
        *("before commit", "after commit"),  # claim
        *("before generating", "after generating"),
        *("before storing", "after storing", "before storing", "after storing"),
        *("before commit", "after commit"),  # end
    ],
}
COMMIT = ["before commit", "after commit"]
SENDING = [*BOUNDARIES[FREE][:4], *COMMIT, *BOUNDARIES[FREE][4:6]]
STORED = ["before storing", "after storing"]
BOUNDARIES[PAID] = [
    *SENDING,
    *COMMIT,
    *STORED,
    *COMMIT,
    *STORED,
    *COMMIT,
    *COMMIT,
]  # that it is held, each image, the end
BOUNDARIES[TICKET] = [*SENDING, *COMMIT, *STORED, *STORED, *COMMIT]  # the pending is

# After these a paid call may have left: it is never sent a second time, so the job fails and the credits come back.
# Once a pending is written down there is no doubt any more, nor once an answer that comes only once is in its file.
IN_DOUBT = {PAID: range(6, 9), TICKET: range(6, 10)}


def test_a_number_is_given_to_every_boundary() -> None:
    assert len(BOUNDARIES[FREE]) == 12
    assert len(BOUNDARIES[PAID]) == 20
    assert len(BOUNDARIES[TICKET]) == 16


@pytest.mark.parametrize("kind", [FREE, PAID, TICKET])
def test_the_boundaries_are_all_of_them(tmp_path: Path, kind: str) -> None:
    with tripping(tmp_path, 0, kind) as server:
        job = finished(server, submit(server))
        crossed = [line.split(" ", 1)[1] for line in (tmp_path / "boundaries").read_text().splitlines()]
    assert job["status"] == "COMPLETED"
    assert crossed == BOUNDARIES[kind]


@pytest.mark.parametrize("at", range(1, len(BOUNDARIES[FREE]) + 1))
def test_killed_anywhere_a_free_job_completes_once(tmp_path: Path, at: int) -> None:
    job = killed_and_restarted(tmp_path, at, FREE)
    assert job["status"] == "COMPLETED"
    assert len(job["result"]["images"]) == 2


@pytest.mark.parametrize(
    ("kind", "at"), [(kind, at) for kind in (PAID, TICKET) for at in range(1, len(BOUNDARIES[kind]) + 1)]
)
def test_killed_anywhere_a_paid_call_is_never_repeated(tmp_path: Path, kind: str, at: int) -> None:
    job = killed_and_restarted(tmp_path, at, kind)
    paid = (tmp_path / "paid").read_text().splitlines() if (tmp_path / "paid").exists() else []
    assert len(paid) <= 1
    if at in IN_DOUBT[kind]:
        assert (job["status"], job["errorCode"]) == ("FAILED", "upstream_in_doubt")
    else:
        assert job["status"] == "COMPLETED"
        assert len(job["result"]["images"]) == 2


def killed_and_restarted(data: Path, at: int, kind: str) -> dict[str, Any]:
    """Submit to a server that dies at a boundary; start it again, ask again, and look at the books."""
    with tripping(data, at, kind) as server:
        with contextlib.suppress(httpx.TransportError):
            submit(server)
        assert server.process.wait(timeout=30) == -9
    with tripping(data, 0, kind) as server:
        job = finished(server, submit(server))
        for address in (job["result"] or {"images": []})["images"]:
            assert httpx.get(address.replace("http://easel.test", server.url)).status_code == 200
        with client(server) as http:
            assert len(http.get("/v2/jobs").json()["jobs"]) == 1
            cost = COST_EACH * len((job["result"] or {"images": []})["images"])
            assert job["creditCost"] == cost
            assert http.get("/v2/me").json()["team"]["credits"] == 1000 - cost
        assert server.stop() == 0
    assert asyncio.run(problems(data)) == []
    return job


async def problems(data: Path) -> list[str]:
    """What `easel doctor` would find."""
    db = open_database(data)
    findings = await examine(db, FolderStorage(data / "files"), Clock())
    await db.close()
    return [problem for finding in findings for problem in finding.problems]


def tripping(data: Path, at: int, kind: str) -> Any:
    return running_server(data, command=("-m", "tests.support.tripwire", str(at), kind))


def client(server: RunningServer) -> httpx.Client:
    return httpx.Client(base_url=server.url, headers={"X-API-Key": KEY}, timeout=60)


def submit(server: RunningServer) -> str:
    """As a customer whose answer may get lost: with an Idempotency-Key, so that asking again is safe."""
    with client(server) as http:
        answer = http.post("/v2/images/generate", json=BODY, headers={"Idempotency-Key": "the-same"})
    assert answer.status_code == 202, answer.text
    return str(answer.json()["jobId"])


def finished(server: RunningServer, job_id: str) -> dict[str, Any]:
    with client(server) as http:
        job: dict[str, Any] = http.get(f"/v2/jobs/{job_id}?wait=30").json()
    return job

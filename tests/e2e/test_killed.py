"""kill -9 between two steps of a job: a real process, a real file, and a customer who simply asks again.

`tests/component/pipeline/test_crash.py` dies at every boundary on both databases; here a process is no different. One
boundary of each kind of provider is always tried, the others by `make proof`.
"""

import asyncio
import contextlib
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.rig import request
from tests.support.boundaries import BOUNDARIES, is_in_doubt
from tests.support.customer import Customer

from easel.kit.clock import Clock
from easel.ops.doctor import examine
from easel.runtime import open_database
from easel.storage.folder import FolderStorage
from easel.testing import running_server

BODY = request(number_of_images=2)
COST_EACH = 4
ALWAYS = {"free": "before close", "paid": "after note_held", "pending": "after start"}


def cases() -> list[Any]:
    """Every boundary of every kind; those that are not always tried are marked."""
    return [
        pytest.param(kind, at, id=f"{kind} {at} {name}", marks=() if name == ALWAYS[kind] else pytest.mark.proof)
        for kind, names in BOUNDARIES.items()
        for at, name in enumerate(names, start=1)
    ]


@pytest.mark.proof
@pytest.mark.parametrize("kind", BOUNDARIES)
def test_a_process_crosses_all_of_them(tmp_path: Path, kind: str) -> None:
    with tripping(tmp_path, 0, kind) as server, Customer(server) as customer:
        assert customer.finished(customer.submit(BODY))["status"] == "COMPLETED"
        assert (tmp_path / "boundaries").read_text().splitlines() == BOUNDARIES[kind]


@pytest.mark.parametrize(("kind", "at"), cases())
def test_killed_anywhere_it_is_one_job_paid_and_charged_at_most_once(tmp_path: Path, kind: str, at: int) -> None:
    with tripping(tmp_path, at, kind) as server:
        with contextlib.suppress(httpx.TransportError), Customer(server) as customer:
            customer.submit(BODY, once="the-same")
        assert server.process.wait(timeout=60) == -9
    with tripping(tmp_path, 0, kind) as server:
        with Customer(server) as customer:
            job = customer.finished(customer.submit(BODY, once="the-same"))
            images = (job["result"] or {"images": []})["images"]
            for address in images:
                assert customer.http.get(address).status_code == 200
            assert len(customer.http.get("/v2/jobs").json()["jobs"]) == 1
            assert (job["creditCost"], customer.credits()) == (COST_EACH * len(images), 1000 - COST_EACH * len(images))
        assert server.stop() == 0
    doubt = is_in_doubt(BOUNDARIES[kind][:at])
    expected = ("FAILED", "upstream_in_doubt", 0) if doubt else ("COMPLETED", None, 2)
    assert (job["status"], job["errorCode"], len(images)) == expected
    assert len(calls(tmp_path)) <= (2 if kind == "free" else 1)
    assert asyncio.run(problems(tmp_path)) == []


def calls(data: Path) -> list[str]:
    """A line for each call of the provider, by whichever process."""
    return (data / "paid").read_text().splitlines() if (data / "paid").exists() else []


async def problems(data: Path) -> list[str]:
    """What `easel doctor` would find."""
    db = open_database(data)
    findings = await examine(db, FolderStorage(data / "files"), Clock())
    await db.close()
    return [problem for finding in findings for problem in finding.problems]


def tripping(data: Path, at: int, kind: str) -> Any:
    return running_server(data, command=("-m", "tests.support.tripwire", str(at), kind))

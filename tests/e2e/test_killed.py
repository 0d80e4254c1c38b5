"""kill -9 between two steps of a job: a real process, a real file, and a customer who simply asks again.

`tests/component/pipeline/test_crash.py` dies at every boundary on both databases; here a process is no different. One
boundary of each kind of provider is always tried, the others by `make proof`.
"""

import asyncio
import contextlib
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.support.boundaries import BOUNDARIES, body_of, is_in_doubt
from tests.support.customer import Customer
from tests.support.waiting import block_until

from easel.kit.clock import Clock
from easel.ops.doctor import examine
from easel.runtime import open_database
from easel.storage.folder import FolderStorage
from easel.testing import RunningServer, running_server

COST_EACH = 4
ALWAYS = {"free": "before close", "paid": "after keep", "pending": "after start"}


def cases() -> list[Any]:
    """Of each kind, one boundary that is always tried, and every other one of a paid call, one after the other.

    A crash within the process, which `test_crash.py` has at every boundary, is no different.
    """
    some = [pytest.param(kind, [name], id=f"{kind} {name}") for kind, name in ALWAYS.items()]
    return [*some, pytest.param("paid", BOUNDARIES["paid"][::2], id="paid", marks=pytest.mark.proof)]


@pytest.mark.proof
@pytest.mark.parametrize("kind", BOUNDARIES)
def test_a_process_crosses_all_of_them(tmp_path: Path, kind: str) -> None:
    with tripping(tmp_path, 0, kind) as server, Customer(server) as customer:
        arm(server)
        assert customer.finished(customer.submit(body_of(kind)))["status"] == "COMPLETED"
        assert (tmp_path / "boundaries").read_text().splitlines() == BOUNDARIES[kind]


@pytest.mark.parametrize(("kind", "names"), cases())
def test_killed_anywhere_it_is_one_job_paid_and_charged_at_most_once(
    tmp_path: Path, kind: str, names: Sequence[str]
) -> None:
    """Each server ends the job at which the one before it died, and dies at the next boundary of the next job."""
    spent = 0
    for number, name in enumerate([*names, None]):
        at = BOUNDARIES[kind].index(name) + 1 if name else 0
        with tripping(tmp_path, at, kind) as server, Customer(server) as customer:
            if number:
                spent += ended(tmp_path, customer, kind, names[number - 1], once=str(number))
                assert len(customer.http.get("/v2/jobs?limit=100").json()["jobs"]) == number
                assert customer.credits() == 1000 - spent
            if name:
                arm(server)
                with contextlib.suppress(httpx.TransportError):
                    customer.submit(body_of(kind), once=str(number + 1))
                assert server.process.wait(timeout=60) == -9, name
            else:
                assert server.stop() == 0
    assert asyncio.run(problems(tmp_path)) == []


def ended(data: Path, customer: Customer, kind: str, name: str, *, once: str) -> int:
    """What the job cost at which a server died, once the customer has asked again and seen it end."""
    job = customer.finished(customer.submit(body_of(kind), once=once))
    images = (job["result"] or {"images": []})["images"]
    for address in images:
        assert customer.http.get(address.replace(address.partition("/files")[0], "")).status_code == 200
    doubt = is_in_doubt(BOUNDARIES[kind][: BOUNDARIES[kind].index(name) + 1])
    expected = ("FAILED", "upstream_in_doubt", 0) if doubt else ("COMPLETED", None, 2)
    assert (job["status"], job["errorCode"], len(images)) == expected, name
    assert calls(data).count(job["id"]) <= (2 if kind == "free" else 1), name
    assert job["creditCost"] == COST_EACH * len(images)
    return COST_EACH * len(images)


def arm(server: RunningServer) -> None:
    """From now on the server counts the boundaries it crosses."""
    armed = server.data / "armed"
    armed.unlink(missing_ok=True)
    server.process.send_signal(signal.SIGUSR1)
    block_until(armed.exists)


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

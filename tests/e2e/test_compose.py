"""deploy/compose.yaml does what it says: its processes, its commands and settings, on a real PostgreSQL and bucket.

No engine for containers is needed, nor is one tried: hosts, ports and folders become those of this machine.
"""

import contextlib
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from tests.deployed import PORT, compose, compose_variables, dockerfile, easel_services, seconds
from tests.rig import request
from tests.support.backends import copied, split
from tests.support.child import free_ports

from easel.testing import KEY, RunningServer, running_server
from easel.testing.server import AT_WORK, LISTENING, run_command

pytestmark = pytest.mark.proof
HEADERS = {"X-API-Key": KEY}
VARIABLES = dict.fromkeys((name for name, optional in compose_variables().items() if not optional), "a-secret-of-tests")
VARIABLES |= {"EASEL_PUBLIC_URL": "https://easel.example"}
TOKEN = {"Authorization": f"Bearer {VARIABLES['EASEL_METRICS_TOKEN']}"}
FILE = compose(VARIABLES)
SERVICES = easel_services(FILE)
IMAGE = dockerfile()


@dataclass(frozen=True)
class Running:
    """The services of the file on this machine: their processes, and the environment of each."""

    servers: Mapping[str, RunningServer]
    env: Mapping[str, Mapping[str, str]]
    ports: Mapping[str, int]

    def url(self, name: str, path: str = "") -> str:
        return f"http://127.0.0.1:{self.ports[name]}{path}"


@pytest.fixture(scope="module")
def running(template: str, bucket: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """All services of Easel, started together."""
    folders = {name: tmp_path_factory.mktemp(name) for name in SERVICES}
    ports = dict(zip(SERVICES, free_ports(len(SERVICES)), strict=True))
    with copied(*split(template)) as address, contextlib.ExitStack() as stack:
        env = {name: here(SERVICES[name], address, bucket, folders[name], ports[name]) for name in SERVICES}
        starting = {
            name: running_server(
                folders[name],
                env=env[name],
                command=("-m", *IMAGE.entrypoint, *service["command"]),
                ready=LISTENING if "serve" in service["command"] else AT_WORK,
            )
            for name, service in SERVICES.items()
        }
        with ThreadPoolExecutor(len(SERVICES)) as hands:
            started = [hands.submit(stack.enter_context, one) for one in starting.values()]
        yield Running(dict(zip(SERVICES, (one.result() for one in started), strict=True)), env, ports)


def here(
    service: Mapping[str, Any], address: str, bucket: Mapping[str, str], folder: Path, port: int
) -> dict[str, str]:
    """A service's environment with the places of this machine in it."""
    env: dict[str, str] = {**IMAGE.environment, **service["environment"]}
    del env["PATH"]
    assert (env["EASEL_HOST"], env["EASEL_DATA"]) == ("0.0.0.0", service["volumes"][0])
    store, images = urlsplit(env["EASEL_STORAGE_ENDPOINT"]), urlsplit(env["EASEL_STORAGE_URL"])
    assert f"-bucket={images.netloc}" in FILE["services"][store.hostname]["command"]
    assert f"-s3.port={store.port}" in FILE["services"][store.hostname]["command"]
    own = {"EASEL_HOST": "127.0.0.1", "EASEL_DATA": str(folder), "EASEL_DATABASE_URL": address}
    own |= {name: str(port) for name, value in env.items() if value == PORT}
    keys = {name.upper(): value for name, value in bucket.items() if name.startswith("aws")}
    where = {"EASEL_STORAGE_ENDPOINT": bucket["storage_endpoint"], "EASEL_STORAGE_URL": bucket["storage_url"]}
    return env | own | keys | where


def test_what_one_process_accepts_a_worker_generates_and_the_other_process_shows(running: Running) -> None:
    one, other = (name for name, service in SERVICES.items() if "serve" in service["command"])
    sent = httpx.post(running.url(one, "/v2/images/generate"), headers=HEADERS, json=request(), timeout=30)
    assert sent.status_code == 202, sent.text
    found = httpx.get(running.url(other, f"/v2/jobs/{sent.json()['jobId']}?wait=30"), headers=HEADERS, timeout=60)
    job = found.json()
    assert job["status"] == "COMPLETED"
    address = job["result"]["images"][0]
    assert address.startswith(VARIABLES["EASEL_PUBLIC_URL"])
    image = httpx.get(running.url(other, urlsplit(address).path))
    assert image.headers["Content-Type"].startswith("image/")
    assert image.content == httpx.get(running.url(one, urlsplit(address).path)).content


def test_every_container_is_found_healthy_by_its_own_check(running: Running) -> None:
    python, script, port = IMAGE.health
    assert (python, port) == ("python", PORT)
    for name in SERVICES:
        assert health(script, running.ports[name]).returncode == 0, name
    nobody = health(script, free_ports()[0])
    assert nobody.returncode == 1
    assert "refused" in nobody.stderr


def health(script: str, port: int) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(IMAGE.source_of(script)), str(port)]
    return subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)


def test_the_doctor_sees_them_all(running: Running) -> None:
    found = run_command("doctor", env=running.env["api-1"])
    assert found.returncode == 0, found.stdout
    assert sorted(re.findall(r"Easel \S+: (\w+) ", found.stdout)) == ["api", "api", "worker", "worker"]
    assert "!" not in found.stdout


def test_prometheus_reads_each_with_the_token_and_nobody_without(running: Running) -> None:
    for name, service in SERVICES.items():
        assert httpx.get(running.url(name, "/metrics")).status_code == 401
        told = httpx.get(running.url(name, "/metrics"), headers=TOKEN)
        assert told.status_code == 200
        assert "easel_database_up 1.0" in told.text
        assert "easel_build_info{" in told.text
        assert (
            f"easel_taking_jobs {float('worker' in service['command'])}" in told.text or "serve" in service["command"]
        )


def test_each_ends_well_on_the_signal_and_within_its_time(running: Running) -> None:
    assert not IMAGE.all("STOPSIGNAL"), "SIGTERM, as nothing else is said"
    assert not [name for name, service in SERVICES.items() if "stop_signal" in service]
    begun = time.monotonic()
    for server in running.servers.values():
        server.process.send_signal(signal.SIGTERM)
    for name, server in running.servers.items():
        limit = seconds(SERVICES[name]["stop_grace_period"])
        assert limit >= 2 * float(SERVICES[name]["environment"]["EASEL_DRAIN_SECONDS"]) + 5
        assert server.process.wait(max(0.1, limit - (time.monotonic() - begun))) == 0, name

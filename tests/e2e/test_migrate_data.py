"""An installation moves from a file and a folder to PostgreSQL and a bucket, and back, with a job in flight."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from tests.rig import request
from tests.support.backends import DatabasePool, some_name
from tests.support.customer import Customer
from tests.support.doubles.environment import at_replicate
from tests.support.doubles.replicate import ReplicateDouble, Slow
from tests.support.images import encoded, gradient
from tests.support.loopback import serving
from tests.support.waiting import block_until

from easel.build import DataInUse
from easel.cli.migrate_data import migrate_data
from easel.cli.output import CommandError
from easel.config import environment_name
from easel.kit.settings import WrongSettings
from easel.testing import RunningServer, running_server

UPLOAD = encoded(gradient()).data
SECONDS = 5.0  # that the job in flight is generated
Migrate = Callable[[Mapping[str, str], Path], None]
ENV = {
    "EASEL_DRAIN_SECONDS": "0.2",
    "EASEL_MAX_CONCURRENT_JOBS": "1",
    "EASEL_RATE_LIMIT_PER_MINUTE": "0",
    "EASEL_TRUSTED_NETWORKS": "127.0.0.0/8",
}


@pytest.fixture
def grown(lending: DatabasePool, bucket: Mapping[str, str], tmp_path: Path) -> Iterator[Path]:
    """The file that describes an installation in a database and a bucket with nothing in them."""
    with lending.lend() as address:
        given = dict(bucket) | {"database_url": address, "storage_url": bucket["storage_url"] + some_name()}
        yield described(tmp_path / "grown.toml", given)


def described(file: Path, settings: Mapping[str, str]) -> Path:
    file.write_text("".join(f"{name} = {json.dumps(value)}\n" for name, value in settings.items()))
    return file


def as_environment(file: Path) -> dict[str, str]:
    lines = [line.split(" = ", 1) for line in file.read_text().splitlines()]
    return {environment_name(name): json.loads(value) for name, value in lines}


@pytest.fixture
def migrate(monkeypatch: pytest.MonkeyPatch) -> Migrate:
    """The command, given where these settings are in the environment."""

    def run(env: Mapping[str, str], to: Path) -> None:
        with monkeypatch.context() as patch:
            for name, value in env.items():
                patch.setenv(name, value)
            migrate_data(to)

    return run


def seen(http: httpx.Client) -> dict[str, Any]:
    """What a customer sees of an installation that has nothing at work."""
    paths = ("/v2/me", "/v2/credits/ledger", "/v2/events", "/v2/webhooks/deliveries")
    found = {path: ask(http, path) for path in paths}
    jobs = [ask(http, f"/v2/jobs/{job['id']}") for job in ask(http, "/v2/jobs?limit=100")["jobs"]]
    images = [path for job in jobs if job["result"] for path in job["result"]["images"]]
    return found | {"jobs": jobs, "pictures": {path: http.get(path).content.hex() for path in images}}


def ask(http: httpx.Client, path: str) -> Any:
    """An answer, with the paths of addresses of its server alone."""
    return json.loads(http.get(path).raise_for_status().text.replace(str(http.base_url).rstrip("/"), ""))


@pytest.fixture
def hook() -> Iterator[str]:
    """An address that takes messages."""

    async def take(_: Request) -> Response:
        return Response("thanks")

    with serving(Starlette(routes=[Route("/", take, methods=["POST"])])) as url:
        yield url + "/"


@pytest.mark.proof
def test_there_and_back_with_a_job_in_flight(tmp_path: Path, grown: Path, hook: str, migrate: Migrate) -> None:
    small, small_again = tmp_path / "small", tmp_path / "again"
    back = described(tmp_path / "back.toml", {"data": str(small_again)})
    with ReplicateDouble().serving() as double:
        env = ENV | at_replicate(double)
        here, there = env | {"EASEL_DATA": str(small)}, env | as_environment(grown)
        with running_server(small, env=env) as server, Customer(server) as customer:
            upload = lived_in(server, customer, hook)
            double.script(Slow(SECONDS))
            flying = customer.submit(request("in flight"))
            waiting = customer.submit(request("waits"), once="w")
            block_until(lambda: any(one["upstreamId"] for one in customer.job(flying)["attempts"]))
            assert customer.job(waiting)["status"] == "QUEUED"
            with pytest.raises(DataInUse):
                migrate(here, grown)
            assert server.stop() == 0
        migrate(here, grown)
        with pytest.raises(CommandError, match="is not empty"):
            migrate(here, grown)

        with running_server(tmp_path / "process", env=there) as server, Customer(server) as customer:
            for job_id in (flying, waiting):
                assert customer.finished(job_id)["status"] == "COMPLETED"
            assert customer.submit(request("waits"), once="w") == waiting, "an idempotency key is known there too"
            assert (double.paid, len(double.seen)) == (3, 3), "each is asked and paid for once"
            grown_up = seen(customer.http)
            with pytest.raises(CommandError, match="A server uses the source"):
                migrate(there, back)
            assert server.stop() == 0
        migrate(there, back)
        with running_server(small_again, env=env) as server, Customer(server) as customer:
            assert seen(customer.http) == grown_up
            assert customer.http.get(httpx.URL(upload).path).content == UPLOAD
    assert len(grown_up["pictures"]) == 3
    assert [job["status"] for job in grown_up["jobs"]] == ["COMPLETED"] * 2 + ["CANCELLED", "FAILED", "COMPLETED"]
    assert key_of(small_again) == key_of(small)


def lived_in(server: RunningServer, customer: Customer, hook: str) -> str:
    """Jobs that ended in each way, a message and its answer; the address of an upload."""
    http = customer.http
    upload = str(http.post("/v2/uploads", files={"file": ("a.png", UPLOAD, "image/png")}).json()["url"])
    edited = customer.submit(request("edited", input_images=[upload]), webhookUrl=hook)
    customer.finished(edited)
    secret = http.post("/v2/keys", json={"name": "trial", "test": True}).raise_for_status().json()["secret"]
    with Customer(server, secret) as trial:
        trial.finished(trial.submit(request("[easel:fail]")))
        slow = trial.submit(request("[easel:slow 50]"))
    http.post(f"/v2/jobs/{slow}/cancel").raise_for_status()
    block_until(lambda: customer.job(edited)["webhookStatus"] == "delivered")
    return upload


def key_of(data: Path) -> str:
    """What images are signed with."""
    return (data / "provenance" / "key.pem").read_text()


def test_what_cannot_be_a_move_is_refused(tmp_path: Path, grown: Path, migrate: Migrate) -> None:
    with pytest.raises(CommandError, match="There is no installation in"):
        migrate({"EASEL_DATA": str(tmp_path / "nothing")}, grown)
    with pytest.raises(CommandError, match="describes the source itself"):
        migrate(as_environment(grown), grown)
    with pytest.raises(WrongSettings, match="Did you mean database_url"):
        migrate(as_environment(grown), described(tmp_path / "misspelt.toml", {"databse_url": "postgresql://nowhere"}))
    (tmp_path / "broken.toml").write_text("data = ")
    with pytest.raises(WrongSettings, match=r"broken\.toml is not valid TOML: invalid value"):
        migrate(as_environment(grown), tmp_path / "broken.toml")

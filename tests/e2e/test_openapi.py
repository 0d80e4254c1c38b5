"""/openapi.json tells the truth: a machine reads it, tries everything it allows and forbids, and is never surprised."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from easel.testing import KEY, RunningServer, running_server

CONFIG = Path(__file__).with_name("schemathesis.toml")
INSTANT = ("-m", "tests.support.tripwire", "0", "free")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    env = {"EASEL_RATE_LIMIT_PER_MINUTE": "0", "EASEL_BOOTSTRAP_CREDITS": "100000000"}
    with running_server(tmp_path_factory.mktemp("openapi"), env=env, command=INSTANT) as running:
        yield running


@pytest.mark.proof
def test_the_api_is_as_documented(server: RunningServer) -> None:
    """No 5xx, no undocumented status or body, nothing legal refused, nothing illegal accepted, no open door."""
    command = [sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()"]
    # At the bounds of each value and beyond them, not at random.
    options = ["--phases=examples,coverage", "--seed=1", "--no-color"]
    address = f"{server.url}/openapi.json"
    done = subprocess.run(
        [*command, f"--config-file={CONFIG}", "run", address, "--header", f"X-API-Key: {KEY}", *options],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-8000:]


def test_the_document_names_what_a_client_needs(server: RunningServer) -> None:
    document = httpx.get(f"{server.url}/openapi.json").json()
    generate = document["paths"]["/v2/images/generate"]["post"]
    body = generate["requestBody"]["content"]["application/json"]
    assert len(body["schema"]["oneOf"]) == 2
    assert set(body["examples"]) == {"text-to-image", "edit"}
    assert {name for option in generate["security"] for name in option} == {"apiKey", "bearer"}
    assert {"202", "400", "401", "402", "403", "409", "413", "429", "500", "502", "503"} <= set(generate["responses"])
    assert "422" not in str(document["paths"])
    assert "security" not in document["paths"]["/v2/models"]["get"]


def test_every_operation_is_in_one_group_that_says_what_it_is_for(server: RunningServer) -> None:
    document = httpx.get(f"{server.url}/openapi.json").json()
    operations = {path: one for path, item in document["paths"].items() for one in item.values()}
    described = {tag["name"] for tag in document["tags"] if tag["description"]}
    assert described == {tag for one in operations.values() for tag in one["tags"]}
    for path, one in operations.items():
        assert len(one["tags"]) == 1, path
        assert one["tags"][0].startswith("OpenAI") is path.startswith("/v1/"), path

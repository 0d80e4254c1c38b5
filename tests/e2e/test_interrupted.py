"""`easel generate` on a real server that is killed meanwhile, and interrupted itself: nothing is lost or paid twice."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import pyvips
from tests.support.child import free_ports
from tests.support.customer import Customer
from tests.support.waiting import block_until

from easel.testing import KEY, RunningServer, running_server
from easel.testing.server import surroundings

pytestmark = pytest.mark.proof


@pytest.fixture
def port() -> int:
    return free_ports()[0]


def start(*arguments: str, out: Path, port: int, key: str) -> "subprocess.Popen[str]":
    """An `easel` command, whose standard error is in a file."""
    out.mkdir(exist_ok=True)
    env = surroundings() | {"EASEL_API_KEY": key, "EASEL_URL": f"http://127.0.0.1:{port}"}
    with (out / "stderr").open("w") as errors:
        return subprocess.Popen(
            [sys.executable, "-m", "easel", *arguments, "--out", str(out / "images")],
            env=env,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            preexec_fn=hears_interrupts,
        )


def hears_interrupts() -> None:
    """Whoever runs the tests may ignore them, as shells do for what they start in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def said(out: Path) -> str:
    return (out / "stderr").read_text()


def job_named(out: Path) -> str:
    """The id that the command has shown."""
    line = block_until(lambda: next((one for one in said(out).splitlines() if one.startswith("Job ")), None))
    return str(line).split()[1]


def free_key(server: RunningServer) -> str:
    """A test key: its prompts may ask for a slow provider."""
    with Customer(server) as customer:
        made = customer.http.post("/v2/keys", json={"name": "slow", "test": True}).raise_for_status()
        return str(made.json()["secret"])


def saved(out: Path, process: "subprocess.Popen[str]") -> list[Path]:
    """The images of a command that succeeded."""
    stdout, _ = process.communicate(timeout=120)
    assert process.returncode == 0, said(out)
    paths = [Path(line) for line in stdout.splitlines()]
    assert sorted((out / "images").iterdir()) == sorted(paths)
    for path in paths:
        assert pyvips.Image.new_from_file(str(path)).width == 1024
    return paths


def test_a_server_that_is_killed_meanwhile_loses_nothing(tmp_path: Path, port: int) -> None:
    env, out = {"EASEL_PORT": str(port)}, tmp_path / "out"
    with running_server(tmp_path / "data", env=env) as server:
        command = start("generate", "[easel:slow 4] a fox", out=out, port=port, key=free_key(server))
        job_id = job_named(out)
        server.kill()
    block_until(lambda: "Trying again" in said(out))
    with running_server(tmp_path / "data", env=env) as server:
        assert [path.stem for path in saved(out, command)] == [f"{job_id}-1"]
        assert server.process.poll() is None


def test_ctrl_c_says_how_to_fetch_the_images_later(tmp_path: Path, port: int) -> None:
    env, out = {"EASEL_PORT": str(port)}, tmp_path / "out"
    with running_server(tmp_path / "data", env=env) as server:
        key = free_key(server)
        command = start("generate", "[easel:slow 12] a fox", out=out, port=port, key=key)
        job_id = job_named(out)
        os.kill(command.pid, signal.SIGINT)
        command.communicate(timeout=30)
        assert command.returncode == 130
        assert said(out).rstrip().splitlines()[-1].endswith(f"easel jobs download {job_id}")
        assert "Traceback" not in said(out)
        later = start("jobs", "download", job_id, out=out, port=port, key=key)
        assert [path.stem for path in saved(out, later)] == [f"{job_id}-1"]


def test_a_request_that_is_repeated_is_paid_once(tmp_path: Path, port: int) -> None:
    out = tmp_path / "out"
    with running_server(tmp_path / "data", env={"EASEL_PORT": str(port)}) as server:
        again = ("generate", "a fox", "--quality", "low", "--format", "png", "--idempotency-key", "once-1")
        first = saved(out, start(*again, out=out, port=port, key=KEY))
        assert saved(out, start(*again, out=out, port=port, key=KEY)) == first
        with Customer(server) as customer:
            assert customer.credits() == 1000 - 4

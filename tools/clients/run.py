"""Runs one client's program at one server, and looks at what became of it."""

import contextlib
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyvips
from tests.support.child import end_child, free_ports, is_listening, start_child, wait_until
from tests.support.customer import Customer
from tests.support.images import encoded, gradient, masked
from tools.clients.install import is_node
from tools.clients.roster import DID, Client

from easel.domain import Size
from easel.testing import RunningServer
from easel.testing.server import surroundings

PROGRAMS = Path(__file__).parent / "programs"
HOST, PROXY = "http://127.0.0.1:8787", "http://127.0.0.1:4000"  # as the programs and the documentation call them
INPUTS = {"fox.png": Size(640, 480), "hat.png": Size(320, 320), "den.png": Size(480, 640)}
PATIENCE = 180  # seconds for a whole program


@dataclass(frozen=True, slots=True)
class Result:
    """`did` are the requests that gave what they should; `fault` is what is wrong, or nothing."""

    did: Sequence[str]
    fault: str = ""


def run(client: Client, installation: Path, server: RunningServer, folder: Path) -> Result:
    """The client's program in an empty folder that has the input images."""
    folder.mkdir(parents=True)
    for name, size in INPUTS.items():
        (folder / name).write_bytes(encoded(gradient(size)).data)
    (folder / "mask.png").write_bytes(encoded(masked(INPUTS["fox.png"], (100, 100, 200, 200))).data)
    own = {"EASEL_API_KEY": server.key, "LITELLM_MASTER_KEY": f"sk-{secrets.token_hex(32)}", "HOME": str(folder)}
    env = surroundings() | own | {"PATH": f"{installation / 'venv/bin'}{os.pathsep}{os.environ['PATH']}"}
    env = {name: value for name, value in env.items() if not name.startswith("OPENAI_")}
    with Customer(server) as customer:
        before, credits = jobs_of(customer), customer.credits()
        with _proxy(client, installation, server, folder, env) as proxy:
            program = folder / client.program
            program.write_text(here(PROGRAMS / client.program, server, proxy))
            if is_node(client):
                (folder / "node_modules").symlink_to(installation / "node_modules")
            done = subprocess.run(
                [*_interpreter(client, installation), str(program)],
                cwd=folder,
                env=env,
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                check=False,
            )
        jobs = [job for job in jobs_of(customer).items() if job[0] not in before]
        did = [name for name, size in client.images.items() if _size(folder / name) == size]
        fault = fault_of(client, did, dict(jobs), credits - customer.credits())
    if done.returncode:
        words = [line for line in f"{done.stdout}\n{done.stderr}".splitlines() if line.strip()]
        fault = f"exit code {done.returncode}: {' / '.join(words[-3:])[-600:]}"
    return Result([DID[name] for name in did], fault)


def here(file: Path, server: RunningServer, proxy: str) -> str:
    """A program with the addresses of this run."""
    return file.read_text().replace(HOST, server.url).replace(PROXY, proxy)


def jobs_of(customer: Customer) -> Mapping[str, tuple[str, int]]:
    """Each job's state and price, by its id."""
    jobs = customer.http.get("/v2/jobs", params={"limit": 100}).raise_for_status().json()["jobs"]
    return {job["id"]: (job["status"], job["creditCost"]) for job in jobs}


def fault_of(client: Client, did: Sequence[str], jobs: Mapping[str, tuple[str, int]], charged: int) -> str:
    """What is wrong with the files that were saved and the jobs that were charged, or nothing."""
    if missing := [DID[name] for name in client.images if name not in did]:
        return f"no image, or one of another size: {', '.join(missing)}"
    if [status for status, _ in jobs.values()] != ["COMPLETED"] * len(client.images):
        return f"{len(client.images)} requests became {len(jobs)} jobs: {sorted(status for status, _ in jobs.values())}"
    prices = [price for _, price in jobs.values()]
    if not all(prices) or sum(prices) != charged:
        return f"jobs of {prices} credits were charged {charged}"
    return ""


def _size(file: Path) -> Size | None:
    if not file.exists():
        return None
    image = pyvips.Image.new_from_file(str(file))
    return Size(image.width, image.height)


def _interpreter(client: Client, installation: Path) -> Sequence[str]:
    if is_node(client):
        own = installation / "node_modules/.bin/node"
        return (str(own) if own.exists() else "node",)
    if client.program.endswith(".sh"):
        return ("sh", "-eu")
    return (str(installation / "venv/bin/python") if client.packages else sys.executable,)


@contextlib.contextmanager
def _proxy(
    client: Client, installation: Path, server: RunningServer, folder: Path, env: Mapping[str, str]
) -> Iterator[str]:
    """The address of a LiteLLM proxy in front of the server, if the client wants one."""
    if client.proxy is None:
        yield ""
        return
    [port] = free_ports()
    config = folder / client.proxy
    config.write_text(here(PROGRAMS / client.proxy, server, ""))
    litellm = installation / "venv/bin/litellm"
    command = [str(litellm), "--config", str(config), "--host", "127.0.0.1", "--port", str(port)]
    child = start_child(command, folder=folder, env=env)
    try:
        wait_until(lambda: is_listening(port), child, folder)
        yield f"http://127.0.0.1:{port}"
    finally:
        end_child(child, signal.SIGTERM)

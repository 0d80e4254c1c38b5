"""The two servers and their double, each a process of its own for as long as a `with` block lasts."""

import contextlib
import os
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
from tests.support.child import free_ports

from easel.testing import running_server

BUILD = Path(__file__).parents[2] / "build"
VERSION = "1.108.7"
CONFIG = """\
model_list:
  - model_name: gpt-image-2
    litellm_params: {{model: openai/gpt-image-2, api_key: sk-door, api_base: "{upstream}"}}
litellm_settings: {{telemetry: false}}
general_settings: {{master_key: sk-door-clients}}
"""
QUIET = {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "DISABLE_ADMIN_UI": "True", "LITELLM_LOG": "ERROR"}
PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Server:
    """Where it is, the key of its clients, its first process."""

    url: str
    key: str
    pid: int


def litellm_command() -> Path:
    """The command of LiteLLM in a virtual environment of its own, made at first."""
    folder = BUILD / f"litellm-{VERSION}"
    command = folder / "bin" / "litellm"
    if not command.exists():
        print(f"installing LiteLLM {VERSION} into {folder}", file=sys.stderr, flush=True)
        venv.create(folder, with_pip=True, clear=True)
        install = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", f"litellm[proxy]=={VERSION}"]
        subprocess.run(install, check=True)
    return command


@contextlib.contextmanager
def double(*, delay: float, image_bytes: int) -> Iterator[str]:
    """The base URL of an upstream."""
    words = ["-m", "bench.door.double", "--delay", str(delay), "--image-bytes", str(image_bytes)]
    with running([sys.executable, *words]) as process:
        assert process.stdout
        yield process.stdout.readline().strip()


@contextlib.contextmanager
def litellm(upstream: str, folder: Path, *, in_flight: int) -> Iterator[Server]:
    """LiteLLM's proxy with one worker, without a database."""
    (folder / "litellm.yaml").write_text(CONFIG.format(upstream=upstream))
    (port,) = free_ports()
    words = ["--config", str(folder / "litellm.yaml"), "--host", "127.0.0.1", "--port", str(port), "--num_workers", "1"]
    url = f"http://127.0.0.1:{port}"
    with running([str(litellm_command()), *words], env=os.environ | QUIET) as process:
        end = time.monotonic() + PATIENCE
        while not _is_ready(url + "/health/liveliness"):
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("LiteLLM did not start")
            time.sleep(0.5)
        yield Server(url, "sk-door-clients", process.pid)


def easel_settings(upstream: str, *, in_flight: int) -> dict[str, str]:
    """Limits that let the load in."""
    return {
        "EASEL_PROVIDERS": "openai",
        "OPENAI_API_KEY": "sk-door",
        "OPENAI_BASE_URL": upstream,
        "EASEL_BOOTSTRAP_CREDITS": "100000000",
        "EASEL_RATE_LIMIT_PER_MINUTE": "0",
        "EASEL_MAX_CONCURRENT_JOBS": str(in_flight),
        "EASEL_WAITS_PER_KEY": str(in_flight),
        "EASEL_MAX_STORED_GIGABYTES": "0",
        "EASEL_LOG_LEVEL": "warning",
    }


@contextlib.contextmanager
def easel(upstream: str, folder: Path, *, in_flight: int) -> Iterator[Server]:
    """Easel as it comes, with SQLite and a folder."""
    with running_server(folder / "data", env=easel_settings(upstream, in_flight=in_flight)) as server:
        yield Server(server.url, server.key, server.process.pid)


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


@contextlib.contextmanager
def running(command: list[str], env: dict[str, str] | None = None) -> "Iterator[subprocess.Popen[str]]":
    process = subprocess.Popen(
        command, env=env, cwd=BUILD.parent, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()

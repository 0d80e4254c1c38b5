"""Jobs in flight before a slow provider: Easel and LiteLLM on the same double, one after the other, in one run.

make bench-upstream     (or: .venv/bin/python -m bench.upstream --in-flight 200 --delay 5 --seconds 30 --litellm PATH)

Each client keeps one request in flight at a time and ends with the image's bytes in its hands: from LiteLLM they are
in the answer; with Easel it submits, waits for the job and downloads. Without --litellm only Easel is measured.
"""

import argparse
import asyncio
import contextlib
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx

from easel.testing import running_server

PROMPT = "a plain picture"
KEY = "sk-easel-double-for-loopback-only"
ENV = {
    "EASEL_RATE_LIMIT_PER_MINUTE": "0",
    "EASEL_BOOTSTRAP_CREDITS": "100000000",
    "EASEL_LOG_LEVEL": "warning",
    "EASEL_PROVIDERS": "openai",
    "OPENAI_API_KEY": KEY,
}
LITELLM = """\
model_list:
  - model_name: gpt-image-2
    litellm_params: {{model: openai/gpt-image-2, api_key: {key}, api_base: "{base}"}}
general_settings: {{master_key: sk-test}}
"""
Ask = Callable[[httpx.AsyncClient], Awaitable[int]]


async def ask_easel(client: httpx.AsyncClient) -> int:
    body = {"model": "gpt-image-2", "prompt": PROMPT, "gptImage2Params": {"quality": "low", "output_format": "png"}}
    submitted = await client.post("/v2/images/generate", json=body)
    submitted.raise_for_status()
    address = f"/v2/jobs/{submitted.json()['jobId']}?wait=60"
    job: dict[str, Any] = {"status": ""}
    while job["status"] not in ("COMPLETED", "FAILED"):
        job = (await client.get(address)).raise_for_status().json()
    image = await client.get(job["result"]["images"][0])
    return len(image.raise_for_status().content)


async def ask_litellm(client: httpx.AsyncClient) -> int:
    body = {"model": "gpt-image-2", "prompt": PROMPT, "quality": "low", "size": "1024x1024", "n": 1}
    answer = await client.post("/v1/images/generations", json=body)
    return len(answer.raise_for_status().json()["data"][0]["b64_json"]) * 3 // 4


async def load(
    url: str, key: str, ask: Ask, *, in_flight: int, delay: float, seconds: float
) -> tuple[list[float], int]:
    """Seconds each answer took that came in the window, after one delay to fill up; and how many requests failed."""
    start = time.perf_counter() + delay + 2
    end = start + seconds
    took: list[float] = []
    errors = 0

    async def one(client: httpx.AsyncClient) -> None:
        nonlocal errors
        while (begun := time.perf_counter()) < end:
            try:
                await ask(client)
            except (httpx.HTTPError, KeyError, TypeError):
                errors += 1
                await asyncio.sleep(0.5)
                continue
            if start <= time.perf_counter() <= end:
                took.append(time.perf_counter() - begun)

    headers = {"X-API-Key": key, "Authorization": f"Bearer {key}"}
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=120, limits=limits) as client:
        await asyncio.gather(*(one(client) for _ in range(in_flight)))
    return took, errors


def memory_mb(pid: int, what: str) -> float:
    """VmRSS (now) or VmHWM (the most) of one process."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith(what))) / 1024


def report(name: str, url: str, key: str, pid: int, ask: Ask, given: argparse.Namespace) -> None:
    idle = memory_mb(pid, "VmRSS")
    work = load(url, key, ask, in_flight=given.in_flight, delay=given.delay, seconds=given.seconds)
    took, errors = asyncio.run(work)
    print(
        f"{name:<8} {len(took) / given.seconds:5.1f} pictures/s   p50 {statistics.median(took or [0]):5.1f} s   "
        f"errors {errors}   {idle:.0f} MB idle, {memory_mb(pid, 'VmHWM'):.0f} MB at the most",
        flush=True,
    )


@contextlib.contextmanager
def double(given: argparse.Namespace) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.support.doubles.openai", "--port", "0", "--key", KEY]
    command += ["--delay", str(given.delay), "--image-bytes", str(given.image_bytes)]
    with running(command) as process:
        assert process.stdout
        yield process.stdout.readline().split()[-1]


@contextlib.contextmanager
def litellm(command: str, base: str, folder: Path) -> Iterator[tuple[str, int]]:
    config = folder / "litellm.yaml"
    config.write_text(LITELLM.format(key=KEY, base=base))
    port = "19002"
    env = os.environ | {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "DISABLE_ADMIN_UI": "True"}
    url = f"http://127.0.0.1:{port}"
    with running([command, "--config", str(config), "--port", port, "--num_workers", "1"], env=env) as process:
        for _ in range(120):
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(url + "/health/liveliness").status_code == 200:
                    break
            time.sleep(1)
        yield url, process.pid


@contextlib.contextmanager
def running(command: list[str], env: dict[str, str] | None = None) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--in-flight", type=int, default=200)
    parser.add_argument("--delay", type=float, default=5.0)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--image-bytes", type=int, default=1_500_000)
    parser.add_argument("--litellm", help="the litellm command of a virtualenv with litellm[proxy]")
    given = parser.parse_args()
    most = given.in_flight / given.delay
    print(f"{given.in_flight} in flight, an upstream of {given.delay:g} s: {most:g} pictures/s at the most")
    with double(given) as base, tempfile.TemporaryDirectory() as folder:
        env = ENV | {"OPENAI_BASE_URL": base, "EASEL_MAX_CONCURRENT_JOBS": str(given.in_flight)}
        with running_server(Path(folder) / "data", env=env) as server:
            report("Easel", server.url, server.key, server.process.pid, ask_easel, given)
        if given.litellm:
            with litellm(given.litellm, base, Path(folder)) as (url, pid):
                report("LiteLLM", url, "sk-test", pid, ask_litellm, given)


if __name__ == "__main__":
    main()

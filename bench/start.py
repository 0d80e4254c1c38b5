"""Measures starting: help of commands, a server until it is ready, a worker, and the memory of an idle server.

make bench-start    (or: .venv/bin/python -m bench.start --rounds 10)
"""

import argparse
import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx
from bench.deliveries import processor_seconds, resident_mb
from tests.support.postgres import own_postgres

from easel.testing import running_server
from easel.testing.server import running_worker

COMMANDS = (("--help",), ("keys", "--help"), ("generate", "--help"), ("serve", "--help"), ("version",))
SKETCH = {"EASEL_PROVIDERS": "sketch"}
IDLE = 5  # seconds after the start of a server

Run = Callable[[], tuple[float, float]]  # seconds of wall clock and of processor


def command(*words: str) -> tuple[float, float]:
    before, start = os.times(), time.perf_counter()
    subprocess.run([sys.executable, "-m", "easel", *words], stdout=subprocess.DEVNULL, check=True)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - start, used


def server(data: Path, *, idle: Callable[[float], None] | None = None) -> tuple[float, float]:
    """Until the first 200 of /readyz."""
    start = time.perf_counter()
    with running_server(data, env=SKETCH) as running:
        while httpx.get(f"{running.url}/readyz").status_code != httpx.codes.OK:
            time.sleep(0.005)
        measured = time.perf_counter() - start, processor_seconds(running)
        if idle:
            time.sleep(IDLE)
            idle(resident_mb(running))
    return measured


def worker(data: Path, env: dict[str, str]) -> tuple[float, float]:
    """Until it says that it runs."""
    start = time.perf_counter()
    with running_worker(data, env=SKETCH | env) as running:
        return time.perf_counter() - start, processor_seconds(running)


def show(name: str, run: Run, rounds: int) -> None:
    wall, used = zip(*(run() for _ in range(rounds)), strict=True)
    print(f"| {name} | {statistics.median(wall):.2f} s | {statistics.median(used):.2f} s |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    rounds: int = parser.parse_args().rounds
    print("| median | wall clock | CPU |\n|---|---|---|")
    for words in COMMANDS:
        show(f"`easel {' '.join(words)}`", lambda words=words: command(*words), rounds)  # type: ignore[misc]
    with tempfile.TemporaryDirectory() as name:
        folder, number, memory = Path(name), itertools.count(), list[float]()
        server(folder / "old")
        show("`easel serve`, existing database", lambda: server(folder / "old"), rounds)
        show("`easel serve`, new database", lambda: server(folder / f"new{next(number)}"), rounds)
        with own_postgres() as databases:
            env = {"EASEL_DATABASE_URL": databases.create("start")}
            worker(folder / "worker", env)
            show("`easel worker`, PostgreSQL", lambda: worker(folder / "worker", env), rounds)
        server(folder / "old", idle=memory.append)
        print(f"\nidle server: {memory[0]:.0f} MB resident")


if __name__ == "__main__":
    main()

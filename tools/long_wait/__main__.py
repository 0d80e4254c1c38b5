"""make long-wait: runs it and prints what each client saw. Exit code 1 if one of them paid twice."""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import httpx
from tests.support.doubles.environment import at_openai
from tests.support.doubles.openai import OpenAIDouble
from tools.long_wait.clients import CLIENTS, Client
from tools.long_wait.proxy import Answered, Proxy, nginx

from easel.testing import RunningServer, running_server

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of one client: how it ended, after how many seconds, its requests, and what it was charged for."""

    client: Client
    end: str
    seconds: float
    requests: Sequence[str]
    calls: int
    jobs: int
    credits: int


def main() -> None:
    parser = argparse.ArgumentParser(prog="make long-wait", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20.0, help="how long the provider takes")
    parser.add_argument("--sync-wait", type=float, default=600.0, help="EASEL_SYNC_WAIT_SECONDS")
    given = parser.parse_args()
    seen = long_wait(given.minutes * MINUTE, sync_wait=given.sync_wait)
    print("| client | its requests | ends with | after | paid calls | jobs | credits |\n" + "|---" * 7 + "|")
    for one in seen:
        facts = (", ".join(one.requests), one.end, f"{one.seconds:.0f} s", one.calls, one.jobs, one.credits)
        print(f"| {one.client.name} | " + " | ".join(map(str, facts)) + " |")
    sys.exit(0 if all(one.calls == one.jobs == 1 for one in seen) else 1)


def long_wait(seconds: float, *, sync_wait: float = 600.0, clients: Sequence[Client] = CLIENTS) -> Sequence[Seen]:
    """Run all clients at once, at a provider that takes so many seconds."""
    with tempfile.TemporaryDirectory() as folder, OpenAIDouble(delay=seconds).serving() as double:
        env = at_openai(double) | {
            "EASEL_JOB_DEADLINE_SECONDS": str(round(seconds + 10 * MINUTE)),
            "EASEL_SYNC_WAIT_SECONDS": str(sync_wait),
            "EASEL_MAX_CONCURRENT_JOBS": "100",
        }
        within = Path(folder) / "nginx"
        within.mkdir()
        with (
            running_server(Path(folder) / "data", env=env) as server,
            nginx(server.url, within) as proxy,
            ThreadPoolExecutor(len(clients)) as threads,
        ):
            started = time.time()
            ends = list(threads.map(lambda client: _timed(client, proxy, server.key), clients))
            _all_done(server)
            calls = [str(dict(request.body)["prompt"]) for request in double.seen]
            log = proxy.log()
            return [
                Seen(
                    client,
                    end,
                    took,
                    _requests([one for one in log if one.client == client.name], started),
                    calls.count(client.name),
                    *_jobs(server, client.name),
                )
                for client, (end, took) in zip(clients, ends, strict=True)
            ]


def _timed(client: Client, proxy: Proxy, key: str) -> tuple[str, float]:
    begun = time.monotonic()
    return client.run(proxy, key), time.monotonic() - begun


def _all_done(server: RunningServer) -> None:
    """Wait for jobs that nobody waits for any more."""
    while any(job["status"] in ("QUEUED", "PROCESSING") for job in _listed(server)):
        time.sleep(1)


def _jobs(server: RunningServer, prompt: str) -> tuple[int, int]:
    """How many jobs have this prompt, and what they cost together."""
    costs = [job["creditCost"] for job in _listed(server) if job["prompt"] == prompt]
    return len(costs), sum(costs)


def _listed(server: RunningServer) -> Sequence[dict[str, Any]]:
    answer = httpx.get(f"{server.url}/v2/jobs?limit=100", headers={"X-API-Key": server.key}, timeout=30)
    listed: Sequence[dict[str, Any]] = answer.raise_for_status().json()["jobs"]
    return listed


def _requests(log: Sequence[Answered], started: float) -> Sequence[str]:
    """The statuses and when they came; equal ones that follow each other together."""
    found = []
    for status, group in groupby(log, key=lambda one: one.status):
        times = [f"{one.ended - started:.0f}" for one in group]
        found.append(
            f"{status} at {times[0]} s" if len(times) == 1 else f"{len(times)} × {status}, {times[0]} to {times[-1]} s"
        )
    return found


if __name__ == "__main__":
    main()

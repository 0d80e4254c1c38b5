"""Customers who ask until they are answered, at whichever server answers, and never twice for the same thing."""

import itertools
import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx

from easel.testing import KEY

HEADERS = {"X-API-Key": KEY}
FINAL = ("COMPLETED", "FAILED", "CANCELLED")
AT_ONCE = 12


@dataclass
class Customers:
    """What they asked for, by prompt: the id of each job. `asked_again` counts answers that did not come."""

    servers: Sequence[str]
    hook: str
    job_ids: dict[str, str] = field(default_factory=dict)
    asked_again: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def submit(self, jobs: int, a_second: float) -> None:
        """Ask for `jobs` images, about so many a second."""
        with ThreadPoolExecutor(AT_ONCE) as hands:
            for number in range(jobs):
                hands.submit(self._submit_one, f"picture {number}")
                time.sleep(1 / a_second)

    def _submit_one(self, prompt: str) -> None:
        body = {
            "model": "gpt-image-2",
            "prompt": prompt,
            "gptImage2Params": {"quality": "low", "output_format": "jpeg"},
            "webhookUrl": self.hook,
        }
        answer = self.ask("POST", "/v2/images/generate", headers={"Idempotency-Key": prompt}, json=body)
        self.job_ids[prompt] = str(answer["jobId"])

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
        """What some server answers, sooner or later. Raises for a refusal, which asking again does not change."""
        return dict(self.fetch(method, path, headers, **more).json())

    def fetch(self, method: str, path: str, headers: dict[str, str] | None = None, **more: Any) -> httpx.Response:
        first = random.randrange(len(self.servers))
        for turn in itertools.count(first):
            server = self.servers[turn % len(self.servers)]
            try:
                answer = httpx.request(method, server + path, headers=HEADERS | (headers or {}), timeout=20, **more)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code < 500:
                return answer.raise_for_status()
            with self._lock:
                self.asked_again += 1
            time.sleep(0.2)
        raise AssertionError

    def unfinished(self) -> list[str]:
        """The jobs that are not final yet."""
        return [job["id"] for job in self.jobs() if job["status"] not in FINAL]

    def jobs(self) -> list[dict[str, Any]]:
        """Every job of the team, as the list shows it."""
        return self._pages("/v2/jobs", "jobs")

    def deliveries(self) -> list[dict[str, Any]]:
        return self._pages("/v2/webhooks/deliveries", "deliveries")

    def _pages(self, path: str, name: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        cursor: dict[str, str] = {}
        while True:
            page = self.ask("GET", path, params={"limit": "100"} | cursor)
            found += page[name]
            if not page.get("nextCursor"):
                return found
            cursor = {"cursor": page["nextCursor"]}


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    """Whether it became true in this time."""
    end = time.monotonic() + seconds
    while not (found := true()) and time.monotonic() < end:
        time.sleep(1)
    return found

"""Another team: one cheap job every 0.7 s, each waited for with ?wait=, whatever became of those before."""

import asyncio
import contextlib
import math
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

EVERY, PATIENCE, PAUSE = 0.7, 30.0, 0.1
FINAL = ("COMPLETED", "FAILED", "CANCELLED")
BODY = {
    "model": "gpt-image-2",
    "prompt": "a plain picture",
    "gptImage2Params": {"quality": "low", "output_format": "jpeg"},
}


@dataclass
class Seen:
    """Seconds to each answer, and to the end of each job; infinite for what failed or took too long."""

    answers: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)


def measure(url: str, key: str, seconds: float) -> Seen:
    return asyncio.run(_measure(url, key, seconds))


async def _measure(url: str, key: str, seconds: float) -> Seen:
    seen = Seen()
    limits = httpx.Limits(max_connections=None, keepalive_expiry=2)
    async with httpx.AsyncClient(base_url=url, headers={"X-API-Key": key}, timeout=PATIENCE, limits=limits) as client:
        over = time.monotonic() + seconds
        async with asyncio.TaskGroup() as jobs:
            while time.monotonic() < over:
                jobs.create_task(_one(client, seen))
                await asyncio.sleep(EVERY)
    return seen


async def _one(client: httpx.AsyncClient, seen: Seen) -> None:
    begun, answered, status = time.monotonic(), math.inf, ""
    with contextlib.suppress(httpx.HTTPError, TimeoutError):
        async with asyncio.timeout(PATIENCE):
            headers = {"Idempotency-Key": str(uuid.uuid4())}
            job = await _asked(client, "POST", "/v2/images/generate", json=BODY, headers=headers)
            answered = time.monotonic() - begun
            while status not in FINAL:
                status = str((await _asked(client, "GET", f"/v2/jobs/{job['jobId']}?wait=20"))["status"])
    seen.answers.append(answered)
    seen.ends.append(time.monotonic() - begun if status == "COMPLETED" else math.inf)


async def _asked(client: httpx.AsyncClient, method: str, path: str, **more: Any) -> dict[str, Any]:
    """The answer. Asks again, as clients should, when the connection breaks or the server says when to."""
    while True:
        pause = PAUSE
        with contextlib.suppress(httpx.TransportError):
            answer = await client.request(method, path, **more)
            if answer.status_code not in (429, 503):
                return dict(answer.raise_for_status().json())
            pause = float(answer.headers.get("Retry-After", PAUSE))
        await asyncio.sleep(pause)


def p95(values: Sequence[float]) -> float:
    return sorted(values)[max(0, math.ceil(0.95 * len(values)) - 1)] if values else math.inf

"""Another team: one cheap job every 0.7 s, each waited for with ?wait=, whatever became of those before."""

import asyncio
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx

EVERY, PATIENCE = 0.7, 30.0
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
    try:
        async with asyncio.timeout(PATIENCE):
            answer = (await client.post("/v2/images/generate", json=BODY)).raise_for_status()
            answered = time.monotonic() - begun
            while status not in FINAL:
                job = await client.get(f"/v2/jobs/{answer.json()['jobId']}?wait=20")
                status = str(job.raise_for_status().json()["status"])
    except (httpx.HTTPError, TimeoutError):
        pass
    seen.answers.append(answered)
    seen.ends.append(time.monotonic() - begun if status == "COMPLETED" else math.inf)


def p95(values: Sequence[float]) -> float:
    return sorted(values)[max(0, math.ceil(0.95 * len(values)) - 1)] if values else math.inf

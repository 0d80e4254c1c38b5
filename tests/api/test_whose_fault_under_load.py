"""Two teams, two providers and many jobs at once: only the job that is to blame ends, and nothing is paid for twice."""

import asyncio
from collections import Counter
from typing import Any

import pytest
from tests.api.test_whose_fault import (
    CONFLICT,
    FILTERED,
    FLAGGED,
    LIMITED_IN_A_200,
    NO_MEMORY,
    NO_SUCH_MODEL,
    ODD_SIZE,
    OVERLOADED,
    TIMED_OUT,
    UNPAID,
    UNSAFE,
    Answered,
    Upstream,
    first_of_two,
)
from tests.api.test_whose_fault import second as second
from tests.api.test_whose_fault import upstream as upstream
from tests.rig import MakeRig, Rig, request
from tests.support.doubles.replicate import ReplicateDouble
from tests.support.hurry import hurried
from tests.support.jobs import create_tenant

pytestmark = [pytest.mark.anyio, pytest.mark.proof]
JOBS_OF_EACH = 8
GUILTY = "blood"
AT_ONCE_BUSY = (429, {"error": {"message": "Rate limit reached."}})  # its Retry-After is sent beside it, and is 0


CELLS = [
    ("A1", FLAGGED, "moderation_refused"),
    ("A2", NO_SUCH_MODEL, None),
    ("A3", FILTERED, "moderation_refused"),
    ("A3", UNSAFE, "moderation_refused"),
    ("A4", TIMED_OUT, "upstream_in_doubt"),
    ("A4", CONFLICT, "upstream_in_doubt"),
    ("A5", UNPAID, None),
    ("A6", OVERLOADED, None),
    ("A7", LIMITED_IN_A_200, None),
    ("A8", ODD_SIZE, None),
    ("A8", NO_MEMORY, "provider_failed"),
    ("A9", AT_ONCE_BUSY, None),
]


@pytest.mark.backends("embedded")
@pytest.mark.parametrize(("cell", "answer", "code"), CELLS)
async def test_only_the_job_that_is_to_blame_ends(
    make_rig: MakeRig, upstream: Upstream, second: ReplicateDouble, cell: str, answer: Answered, code: str | None
) -> None:
    await only_the_guilty_ends(make_rig, upstream, second, cell, answer, code)


@pytest.mark.backends("postgres")
@pytest.mark.parametrize(("cell", "answer", "code"), CELLS[::4])
async def test_so_it_is_on_postgresql(
    make_rig: MakeRig, upstream: Upstream, second: ReplicateDouble, cell: str, answer: Answered, code: str | None
) -> None:
    await only_the_guilty_ends(make_rig, upstream, second, cell, answer, code)


async def only_the_guilty_ends(
    make_rig: MakeRig, upstream: Upstream, second: ReplicateDouble, cell: str, answer: Answered, code: str | None
) -> None:
    """`code` is the guilty job's; None where the other provider, or the same one later, carries it out."""
    upstream.by_word[GUILTY] = [answer, answer, (0, None)] if cell in ("A6", "A7", "A9") else [answer]
    upstream.retry_after = "0" if cell == "A9" else None
    async with hurried() as clock, make_rig(real=True, clock=clock, **first_of_two(upstream, second)) as rig:
        other = await create_tenant(rig.db, "Other", credits=1_000, job_limit=10)
        keys: dict[str, dict[str, str]] = {"ours": {}, "theirs": {"X_API_Key": other.secret}}
        prompts = [(f"a hare, {number} of {team}", team) for team in keys for number in range(JOBS_OF_EACH)]
        prompts.insert(len(prompts) // 2, (GUILTY, "theirs"))
        ended = await asyncio.gather(*(end_of(rig, prompt, keys[team]) for prompt, team in prompts))
    jobs = dict(zip((prompt for prompt, _ in prompts), ended, strict=True))
    guilty = jobs.pop(GUILTY)
    assert (guilty["errorCode"], guilty["creditCost"]) == (code, 0 if code else 4), guilty
    assert {job["status"] for job in jobs.values()} == {"COMPLETED"}
    assert {job["creditCost"] for job in jobs.values()} == {4}
    paid = Counter(upstream.generated) + Counter(
        sent.body["input"]["prompt"] for sent in second.seen if sent.method == "POST" and "input" in sent.body
    )
    assert set(paid.values()) == {1}
    assert paid[GUILTY] == (0 if code else 1)


async def end_of(rig: Rig, prompt: str, headers: dict[str, str]) -> dict[str, Any]:
    submitted = await rig.generate(request(prompt), **headers)
    await rig.becomes(submitted, lambda job: job.status.final)
    by_key = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = await rig.client.get(f"/v2/jobs/{submitted.json()['jobId']}", headers=by_key)
    job: dict[str, Any] = answer.json()
    return job

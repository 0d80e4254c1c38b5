"""Test keys: free, offline, and able to provoke every ending."""

from collections.abc import AsyncIterator

import pytest
from tests.rig import MakeRig, Rig, request

from easel.accounts.keys import create_key
from easel.accounts.teams import find_user
from easel.domain import JobState
from easel.kit.clock import Clock
from easel.ops.first_start import OWNER

pytestmark = [pytest.mark.anyio, pytest.mark.backends]


@pytest.fixture
async def test_provider(make_rig: MakeRig) -> AsyncIterator[Rig]:
    """A rig without a single credit, whose client holds a test key."""
    async with make_rig(bootstrap_credits=0) as rig:
        with rig.db.transaction() as tx:
            owner = find_user(tx.connection, OWNER)
            key = create_key(tx, user_id=owner.id, name="test", test=True, now=Clock().now())
        assert key.secret.startswith("afk_test_")
        rig.client.headers["X-API-Key"] = key.secret
        yield rig


async def test_a_test_key_generates_without_spending(test_provider: Rig) -> None:
    job = await test_provider.finished(await test_provider.generate(request(quality="high")))
    assert (job["status"], job["test"], job["creditCost"]) == ("COMPLETED", True, 0)
    assert await test_provider.credits() == 0
    assert (await test_provider.client.get("/v2/me")).json()["apiKey"]["test"] is True


@pytest.mark.parametrize(("mark", "code"), [("refuse", "moderation_refused"), ("fail", "provider_failed")])
async def test_outcome_prompts_provoke_failures(test_provider: Rig, mark: str, code: str) -> None:
    job = await test_provider.finished(await test_provider.generate(request(f"a cat [easel:{mark}]")))
    assert (job["status"], job["errorCode"]) == ("FAILED", code)


async def test_slow_shows_progress_on_the_way(test_provider: Rig) -> None:
    submitted = await test_provider.generate(request("a cat [easel:slow 1]"))
    job = await test_provider.becomes(submitted, lambda job: job.status is not JobState.QUEUED)
    assert job.status is JobState.PROCESSING
    done = await test_provider.finished(submitted)
    assert done["status"] == "COMPLETED"


async def test_partial_delivers_fewer_and_says_so(test_provider: Rig) -> None:
    job = await test_provider.finished(
        await test_provider.generate(request("[easel:partial 2] cats", number_of_images=4))
    )
    assert len(job["result"]["images"]) == 2
    assert "2 of 4" in job["warnings"][0]


async def test_rate_limit_is_answered_at_the_door(test_provider: Rig) -> None:
    response = await test_provider.generate(request("a cat [easel:rate-limit]"))
    assert (response.status_code, response.headers["Retry-After"]) == (429, "1")


async def test_live_keys_take_such_prompts_as_words(rig: Rig) -> None:
    job = await rig.finished(await rig.generate(request("a cat [easel:fail]")))
    assert job["status"] == "COMPLETED"

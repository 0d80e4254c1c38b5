"""The same key is the same job; and credit for one is credit for one, however many ask at once."""

import asyncio

import pytest
from tests.rig import MakeRig, Rig, request

from easel.accounts.keys import create_key
from easel.accounts.teams import find_user
from easel.kit.clock import DAY, Clock
from easel.ops.first_start import OWNER
from easel.ops.sweep import sweep
from easel.ops.trusted_time import Counter
from easel.testing import ManualClock

pytestmark = [pytest.mark.anyio, pytest.mark.backends]


async def test_fifty_submits_with_one_key_are_one_job(rig: Rig) -> None:
    answers = await asyncio.gather(*(rig.generate(Idempotency_Key="a-key") for _ in range(50)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["jobId"] for answer in answers}) == 1
    assert sum("Idempotent-Replayed" not in answer.headers for answer in answers) == 1
    await rig.finished(answers[0])
    assert await rig.credits() == 1000 - 4


async def test_a_replay_shows_the_original_however_its_json_is_spelled(rig: Rig) -> None:
    first = await rig.generate(Idempotency_Key="k")
    await rig.finished(first)
    params = rb'{"output_format":"png", "quality":"\u006cow"}'
    spelled = b'{ "prompt":"a plain picture", "gptImage2Params":' + params + b', "model":"gpt-image-2" }'
    again = await rig.client.post("/v2/images/generate", content=spelled, headers={"Idempotency-Key": "k"})
    assert again.json() == {"jobId": first.json()["jobId"], "status": "COMPLETED"}
    assert again.headers["Idempotent-Replayed"] == "true"


async def test_another_body_under_the_same_key_conflicts(rig: Rig) -> None:
    await rig.generate(Idempotency_Key="k")
    response = await rig.generate(request("another"), Idempotency_Key="k")
    assert (response.status_code, response.json()["code"]) == (409, "idempotency_key_reused")


async def test_a_refused_request_does_not_use_its_key_up(rig: Rig) -> None:
    assert (await rig.generate(request(quality="ultra"), Idempotency_Key="k")).status_code == 400
    assert (await rig.generate(Idempotency_Key="k")).status_code == 202


async def test_keys_last_a_day(make_rig: MakeRig) -> None:
    clock = ManualClock(Clock().now())
    async with make_rig(clock=clock) as rig:
        first = (await rig.generate(Idempotency_Key="k")).json()["jobId"]
        since = Counter(clock.now)
        await sweep(rig.services, since)
        clock.jump(DAY - 1)
        await sweep(rig.services, since)
        assert (await rig.generate(Idempotency_Key="k")).json()["jobId"] == first
        clock.jump(1)
        await sweep(rig.services, since)
        assert (await rig.generate(Idempotency_Key="k")).json()["jobId"] != first


async def test_the_team_shares_its_keys_but_test_and_live_do_not_mix(rig: Rig) -> None:
    live = await rig.generate(Idempotency_Key="k")
    with rig.db.transaction() as tx:
        owner = find_user(tx.connection, OWNER)
        test_key = create_key(tx, user_id=owner.id, name="t", test=True, now=Clock().now())
    response = await rig.generate(Idempotency_Key="k", X_API_Key=test_key.secret)
    assert response.status_code == 202
    assert response.json()["jobId"] != live.json()["jobId"]


@pytest.mark.parametrize("key", ["", "x" * 256])
async def test_a_key_of_no_or_of_too_many_characters_is_refused(rig: Rig, key: str) -> None:
    assert (await rig.generate(Idempotency_Key=key)).status_code == 400

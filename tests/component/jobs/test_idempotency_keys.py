import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from tests.support.jobs import NOW, Tenant, create_tenant, some_caller, written_job

from easel.db.engine import Database
from easel.domain import Caller, JobState
from easel.errors import Conflict
from easel.jobs.idempotency import LIFETIME, REPEATED_WITHIN, IdempotencyKey, find_original, forget_old, remember
from easel.jobs.write import close
from easel.kit.clock import HOUR
from easel.kit.strictjson import parse

pytestmark = [pytest.mark.anyio, pytest.mark.backends]

BODY = {"model": "gpt-image-2", "prompt": "ein Bär", "gptImage2Params": {"quality": "low", "number_of_images": 4}}


def key(tenant: Tenant, name: str = "order-1", body: Any = BODY, *, test: bool = False) -> IdempotencyKey:
    return IdempotencyKey.of(caller(tenant, test=test), name, body)


def caller(tenant: Tenant, *, test: bool = False) -> Caller:
    return some_caller(tenant.key_id, tenant.user_id, team_id=tenant.team_id, test=test)


async def bind(db: Database, given_key: IdempotencyKey, job_id: str, now: int = NOW) -> bool:
    return await db.write(remember, given_key, job_id=job_id, now=now)


async def original(db: Database, given_key: IdempotencyKey) -> str | None:
    return await db.read(find_original, given_key)


async def test_a_key_nobody_used_stands_for_nothing(db: Database, tenant: Tenant) -> None:
    assert await original(db, key(tenant)) is None


async def test_the_same_key_and_body_is_the_same_job(db: Database, tenant: Tenant) -> None:
    await bind(db, key(tenant), "job-1")
    assert await original(db, key(tenant)) == "job-1"


@pytest.mark.parametrize(
    "spelling",
    [
        '{"prompt": "ein Bär", "gptImage2Params": {"number_of_images": 4, "quality": "low"}, "model": "gpt-image-2"}',
        '{"model":"gpt-image-2","prompt":"ein B\\u00e4r","gptImage2Params":{"quality":"low","number_of_images":4}}',
        '\n{ "model" : "gpt\\u002dimage-2", "prompt" : "ein Bär",\t"gptImage2Params":'
        ' {"quality":"low", "number_of_images":4}}',
        '{"model": "gpt-image-2", "prompt": "ein Bär", "gptImage2Params": {"quality": "low", "number_of_images": 4.0}}',
        '{"model": "gpt-image-2", "prompt": "ein Bär", "gptImage2Params": {"quality": "low", "number_of_images": 4e0}}',
    ],
)
async def test_a_body_spelled_differently_is_the_same_body(db: Database, tenant: Tenant, spelling: str) -> None:
    await bind(db, key(tenant), "job-1")
    assert await original(db, key(tenant, body=parse(spelling.encode()))) == "job-1"


@pytest.mark.parametrize(
    "other",
    [
        BODY | {"prompt": "ein bär"},
        BODY | {"prompt": "ein Ba\u0308r"},
        BODY | {"model": "gpt-image-1.5"},
        BODY | {"gptImage2Params": {"quality": "low"}},
        BODY | {"gptImage2Params": {"quality": "low", "number_of_images": 5}},
        BODY | {"gptImage2Params": {"quality": "low", "number_of_images": "4"}},
        BODY | {"webhookUrl": "https://example.com"},
        {},
        [],
        None,
    ],
)
async def test_another_body_under_the_same_key_conflicts(db: Database, tenant: Tenant, other: Any) -> None:
    await bind(db, key(tenant), "job-1")
    with pytest.raises(Conflict) as refusal:
        await original(db, key(tenant, body=other))
    assert refusal.value.code == "idempotency_key_reused"
    assert refusal.value.hint
    assert await original(db, key(tenant)) == "job-1"


async def test_one_and_true_are_not_the_same(tenant: Tenant) -> None:
    assert key(tenant, body={"n": 1}).fingerprint != key(tenant, body={"n": True}).fingerprint
    assert key(tenant, body=["a", "b"]).fingerprint != key(tenant, body=["b", "a"]).fingerprint


@pytest.mark.parametrize("first", [False, True])
async def test_a_test_request_is_never_a_live_one(db: Database, tenant: Tenant, first: bool) -> None:
    await bind(db, key(tenant, test=first), "job-1")
    assert await original(db, key(tenant, test=not first)) is None
    await bind(db, key(tenant, test=not first), "job-2")
    assert await original(db, key(tenant, test=first)) == "job-1"


async def test_a_key_is_its_teams_own(db: Database, tenant: Tenant) -> None:
    neighbours = await create_tenant(db, "Next")
    await bind(db, key(tenant), "job-1")
    assert await original(db, key(neighbours)) is None
    await bind(db, key(neighbours), "job-2")
    assert (await original(db, key(tenant)), await original(db, key(neighbours))) == ("job-1", "job-2")


@pytest.mark.parametrize("name", ["order-2", "ORDER-1", "order-1 ", "x" * 255, "🔑"])
async def test_another_key_is_another_job(db: Database, tenant: Tenant, name: str) -> None:
    await bind(db, key(tenant), "job-1")
    await bind(db, key(tenant, name), "job-2")
    assert await original(db, key(tenant, name)) == "job-2"


@pytest.mark.parametrize(("age", "found"), [(0, True), (23 * HOUR, True), (LIFETIME - 1, True), (LIFETIME, False)])
async def test_a_key_is_free_again_once_it_is_forgotten(db: Database, tenant: Tenant, age: int, found: bool) -> None:
    await bind(db, key(tenant), "job-1")
    await db.write(forget_old, NOW + age)
    assert await original(db, key(tenant)) == ("job-1" if found else None)


async def test_a_free_key_can_be_bound_to_another_body_and_job(db: Database, tenant: Tenant) -> None:
    await bind(db, key(tenant), "job-1")
    await db.write(forget_old, NOW + LIFETIME)
    assert await bind(db, key(tenant, body={}), "job-2", NOW + LIFETIME)
    assert await original(db, key(tenant, body={})) == "job-2"


async def test_a_key_in_use_is_never_bound_twice(db: Database, tenant: Tenant) -> None:
    await bind(db, key(tenant), "job-1")
    for body in (BODY, {}):
        assert not await bind(db, key(tenant, body=body), "job-2", NOW + 91 * LIFETIME), "a clock that jumped ends none"
    assert await original(db, key(tenant)) == "job-1"


async def test_only_old_keys_are_forgotten(db: Database, tenant: Tenant) -> None:
    await bind(db, key(tenant, "old"), "job-1")
    await bind(db, key(tenant, "new"), "job-2", NOW + 1)
    await db.write(forget_old, NOW + LIFETIME)
    with db.reading() as connection:
        left = connection.execute(text("SELECT key FROM idempotency_keys")).scalars().all()
    assert left == ["new"]


# A client that repeats a request by itself and says so.


def repeat(tenant: Tenant, now: int, *, repeated: bool = True, body: Any = BODY) -> IdempotencyKey:
    return IdempotencyKey.of_repeat(caller(tenant), body, repeated=repeated, now=now)


async def accepted(db: Database, given_key: IdempotencyKey, job_id: str, now: int) -> str:
    """The job that a request becomes: its own, or the one that was there."""
    if found := await original(db, given_key):
        return found
    assert await bind(db, given_key, job_id, now)
    return job_id


async def test_a_repeat_is_the_newest_request_like_it_within_ten_minutes(db: Database, tenant: Tenant) -> None:
    assert await accepted(db, repeat(tenant, NOW, repeated=False), "job-1", NOW) == "job-1"
    assert await accepted(db, repeat(tenant, NOW + 1, repeated=False), "job-2", NOW + 1) == "job-2"
    assert await accepted(db, repeat(tenant, NOW + 2), "job-3", NOW + 2) == "job-2"
    assert await accepted(db, repeat(tenant, NOW + 2, body={}), "job-3", NOW + 2) == "job-3"
    late = NOW + 1 + REPEATED_WITHIN
    assert await accepted(db, repeat(tenant, late), "job-4", late) == "job-2"
    assert await accepted(db, repeat(tenant, late + 1), "job-4", late + 1) == "job-4"


async def test_a_repeat_is_the_same_job_while_that_runs_and_ten_minutes_longer(db: Database, tenant: Tenant) -> None:
    job = await written_job(db, tenant)
    assert await accepted(db, repeat(tenant, NOW, repeated=False), job.id, NOW) == job.id
    ended = NOW + 3 * HOUR
    assert await accepted(db, repeat(tenant, ended), "job-2", ended) == job.id
    await db.write(close, job, status=JobState.FAILED, cost=0, now=ended)
    late = ended + REPEATED_WITHIN
    assert await accepted(db, repeat(tenant, late), "job-2", late) == job.id
    assert await accepted(db, repeat(tenant, late + 1), "job-2", late + 1) == "job-2"


async def test_a_first_request_is_a_new_job_while_one_like_it_runs(db: Database, tenant: Tenant) -> None:
    job = await written_job(db, tenant)
    assert await accepted(db, repeat(tenant, NOW), job.id, NOW) == job.id
    assert await accepted(db, repeat(tenant, NOW + 1, repeated=False), "job-2", NOW + 1) == "job-2"


async def test_a_first_request_that_was_overtaken_by_its_repeat_is_that_ones_job(db: Database, tenant: Tenant) -> None:
    assert await accepted(db, repeat(tenant, NOW + 5), "job-1", NOW + 5) == "job-1"
    assert await accepted(db, repeat(tenant, NOW + 6), "job-2", NOW + 6) == "job-1"
    assert await accepted(db, repeat(tenant, NOW, repeated=False), "job-3", NOW + 7) == "job-1"
    assert not await bind(db, repeat(tenant, NOW, repeated=False), "job-3", NOW + 7)
    assert await accepted(db, repeat(tenant, NOW + 6, repeated=False), "job-4", NOW + 8) == "job-4"


async def test_repeats_of_another_key_are_not_ours(db: Database, tenant: Tenant) -> None:
    other = replace(tenant, key_id="another")
    assert await accepted(db, repeat(tenant, NOW, repeated=False), "job-1", NOW) == "job-1"
    assert await accepted(db, repeat(other, NOW + 1), "job-2", NOW + 1) == "job-2"


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=40, database=None, derandomize=True, deadline=None)
@given(json_values, json_values)
def test_fingerprints_are_the_same_exactly_when_the_bodies_are(one: Any, other: Any) -> None:
    def fingerprint(body: Any) -> bytes:
        return IdempotencyKey.of(some_caller(), "key", body).fingerprint

    assert fingerprint(parse(json.dumps(one, indent=1).encode())) == fingerprint(one)
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (fingerprint(one) == fingerprint(other)) is same

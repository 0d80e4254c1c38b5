"""Deliveries: who may try which, when, and what becomes of it."""

import asyncio
from typing import Any

import pytest
from tests.support.jobs import NOW, Tenant, create_tenant, written_job

from easel.db.engine import Database
from easel.kit.clock import SECOND
from easel.kit.ids import new_id
from easel.webhooks.outbox import LEASE, Due, Try, lease_due, next_due, record_delivery, record_try

pytestmark = [pytest.mark.anyio, pytest.mark.backends]


async def put(db: Database, tenant: Tenant, **given: Any) -> str:
    """A message that is due now; its id."""
    message = {
        "kind": "completed",
        "url": "https://example.com",
        "body": "{}",
        "now": NOW,
        "job_id": None,
        "test": False,
    }
    ids = {"delivery_id": new_id(), "team_id": tenant.team_id, "user_id": tenant.user_id, "key_id": tenant.key_id}
    await db.write(record_delivery, **{**message, **ids, **given})
    return ids["delivery_id"]


async def take(db: Database, *, now: int = NOW, each: int = 9, most: int = 99) -> list[Due]:
    return list(await db.write(lease_due, now=now, busy={}, each=each, most=most))


def ids(due: list[Due]) -> list[str]:
    return [one.delivery.id for one in due]


async def test_a_delivery_is_leased_to_one_process_at_a_time(db: Database, tenant: Tenant) -> None:
    put_now = [await put(db, tenant) for _ in range(5)]
    taken = await asyncio.gather(*(take(db) for _ in range(8)))
    assert sorted(one for each in taken for one in ids(each)) == sorted(put_now)


async def test_a_lease_that_ran_out_is_due_again(db: Database, tenant: Tenant) -> None:
    message = await put(db, tenant)
    assert ids(await take(db)) == [message]
    assert await db.read(next_due) == NOW + LEASE
    assert ids(await take(db, now=NOW + LEASE - 1)) == []
    assert ids(await take(db, now=NOW + LEASE)) == [message]


@pytest.mark.parametrize(
    ("tried", "pause", "due_at", "state"),
    [
        (Try(NOW, 5, status=200), 1000, None, "delivered"),
        (Try(NOW, 5, status=204), None, None, "delivered"),
        (Try(NOW, 5, status=302), 1000, NOW + 1000, None),
        (Try(NOW, 5, status=500), None, None, "failed"),
        (Try(NOW, 5, error="it took too long"), 1000, NOW + 1000, None),
        (Try(NOW, 5, error="it took too long"), None, None, "failed"),
    ],
)
async def test_what_becomes_of_a_delivery(
    db: Database, tenant: Tenant, tried: Try, pause: int | None, due_at: int | None, state: str | None
) -> None:
    await put(db, tenant)
    [due] = await take(db)
    assert await db.write(record_try, due.delivery, tried, now=NOW, pause=pause) == state
    assert await db.read(next_due) == due_at
    assert await db.write(record_try, due.delivery, tried, now=NOW, pause=None) == ("failed" if due_at else None)


async def test_the_messages_of_a_job_go_one_after_the_other(db: Database, tenant: Tenant) -> None:
    job = await written_job(db, tenant)
    first, second = [await put(db, tenant, job_id=job.id) for _ in range(2)]
    [due] = await take(db)
    assert due.delivery.id == first
    await db.write(record_try, due.delivery, Try(NOW, 5, status=200), now=NOW, pause=None)
    assert ids(await take(db)) == [second]


async def test_of_progress_only_the_newest_waits(db: Database, tenant: Tenant) -> None:
    job = await written_job(db, tenant)
    _, newest = [await put(db, tenant, job_id=job.id, kind="progress") for _ in range(2)]
    assert ids(await take(db)) == [newest]


async def test_teams_take_turns_and_test_messages_have_turns_of_their_own(db: Database, tenant: Tenant) -> None:
    other = await create_tenant(db, "Other")
    mine = [await put(db, tenant) for _ in range(3)]
    tests = [await put(db, tenant, test=True) for _ in range(3)]
    theirs = [await put(db, other, now=NOW + 1) for _ in range(3)]
    assert set(ids(await take(db, now=NOW + SECOND, each=1))) == {mine[0], tests[0], theirs[0]}
    assert set(ids(await take(db, now=NOW + SECOND, most=3))) == {mine[1], tests[1], theirs[1]}

"""What a team has spent, by day, model and key."""

from dataclasses import replace

import pytest
from tests.support.jobs import NOW, Tenant, create_tenant, written_job

from easel.accounts.keys import create_key
from easel.db.engine import Database
from easel.domain import Scope
from easel.kit.clock import DAY
from easel.ledger.entries import grant, hold, record_hold, settle
from easel.ledger.read import Usage, entries_within, usage_within

pytestmark = [pytest.mark.anyio, pytest.mark.backends(postgres="proof")]
TODAY = NOW // DAY


async def spent(db: Database, tenant: Tenant, cost: int, *, days_ago: int = 0, model: str = "gpt-image-2") -> None:
    """A job that has ended on a day."""
    job = await written_job(db, tenant, model=model)
    with db.transaction() as tx:
        assert hold(tx, team_id=tenant.team_id, credits=10)
        record_hold(tx, team_id=tenant.team_id, job_id=job.id, credits=10, now=NOW)
        settle(tx, team_id=tenant.team_id, job_id=job.id, held=10, cost=cost, now=NOW - days_ago * DAY)


async def test_usage_is_added_up_by_day_model_and_key(db: Database, tenant: Tenant) -> None:
    key = await db.write(create_key, user_id=tenant.user_id, name="second", test=False, now=NOW)
    second = replace(tenant, key_id=key.id)
    await spent(db, tenant, 4)
    await spent(db, tenant, 9)
    await spent(db, second, 2)
    await spent(db, tenant, 3, model="gpt-image-1.5")
    await spent(db, tenant, 5, days_ago=2)
    used = await db.read(usage_within, Scope(tenant.team_id), since=0)
    assert used[0] == Usage(TODAY - 2, "gpt-image-2", tenant.key_id, 5, 1)
    assert sorted(used[1:], key=lambda one: one.credits) == [
        Usage(TODAY, "gpt-image-2", second.key_id, 2, 1),
        Usage(TODAY, "gpt-image-1.5", tenant.key_id, 3, 1),
        Usage(TODAY, "gpt-image-2", tenant.key_id, 13, 2),
    ]


async def test_usage_is_that_of_one_team_since_a_moment(db: Database, tenant: Tenant) -> None:
    await spent(db, await create_tenant(db, "Other", credits=20), 4)
    await spent(db, tenant, 5, days_ago=2)
    await spent(db, tenant, 1)
    scope = Scope(tenant.team_id)
    assert [one.credits for one in await db.read(usage_within, scope, since=0)] == [5, 1]
    assert [one.credits for one in await db.read(usage_within, scope, since=TODAY - 2)] == [5, 1]
    assert [one.credits for one in await db.read(usage_within, scope, since=TODAY - 1)] == [1]


async def test_a_member_sees_the_entries_and_the_usage_of_his_own_jobs(db: Database, tenant: Tenant) -> None:
    await spent(db, tenant, 4)
    await db.write(grant, team_id=tenant.team_id, credits=1, note="", now=NOW)
    for user_id, kinds, credits in ((tenant.user_id, ["release", "settle", "hold"], [4]), ("somebody else", [], [])):
        mine = Scope(tenant.team_id).of_user(user_id)
        assert [entry.kind for entry in await db.read(entries_within, mine, 9)] == kinds
        assert [one.credits for one in await db.read(usage_within, mine, since=0)] == credits

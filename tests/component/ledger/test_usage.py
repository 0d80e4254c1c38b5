"""What a team has spent, by day, model and key."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import astuple, replace

import pytest
from sqlalchemy import Connection, select, text
from tests.support.jobs import NOW, Tenant, create_tenant, written_job

from easel.accounts.keys import create_key
from easel.accounts.teams import create_user
from easel.db.engine import Database, Transaction
from easel.db.tables import jobs, ledger, teams
from easel.domain import Role, Scope
from easel.kit.clock import DAY
from easel.ledger.entries import grant, hold, record_hold, settle
from easel.ledger.read import Usage, entries_within, lines_within, miscounted_usage, usage_within

pytestmark = [pytest.mark.anyio, pytest.mark.backends(postgres="proof")]
TODAY = NOW // DAY


async def spent(db: Database, tenant: Tenant, cost: int, *, days_ago: int = 0, model: str = "gpt-image-2") -> None:
    """A job that has ended on a day."""
    job = await written_job(db, tenant, model=model)
    with db.transaction() as tx:
        assert hold(tx, team_id=tenant.team_id, credits=10)
        record_hold(tx, team_id=tenant.team_id, job_id=job.id, credits=10, now=NOW)
        settle(tx, team_id=tenant.team_id, job_id=job.id, held=10, cost=cost, now=NOW - days_ago * DAY)


def of_the_entries(connection: Connection, team_id: str) -> list[Usage]:
    """What the rows say, added up here."""
    credits, count = Counter[tuple[int, str, str]](), Counter[tuple[int, str, str]]()
    query = select(ledger, jobs.c.model, jobs.c.key_id).join(jobs, jobs.c.id == ledger.c.job_id)
    for row in connection.execute(query.where(ledger.c.team_id == team_id, ledger.c.kind == "settle")).mappings():
        which = (row["created_at"] // DAY, row["model"], row["key_id"])
        credits[which] -= row["amount"]
        count[which] += 1
    return [Usage(*which, credits[which], count[which]) for which in sorted(count)]


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


async def test_the_entries_of_a_member_are_found_among_many_of_the_team(
    db: Database, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    with db.transaction() as tx:
        user = create_user(tx, team_id=tenant.team_id, email="b@main.test", role=Role.MEMBER, now=NOW)
    for number in range(8):
        await spent(db, replace(tenant, user_id=user) if number in (1, 2, 6) else tenant, 1)
    mine = Scope(tenant.team_id, user)
    expected = await db.read(entries_within, mine, 20)
    assert len(expected) == 9
    for newest in (0, 1, 5, 7):
        monkeypatch.setattr("easel.ledger.read.NEWEST", newest)
        found = await db.read(entries_within, mine, 4)
        found = [*found, *await db.read(entries_within, mine, 4, before=found[-1].id)]
        assert [*found, *await db.read(entries_within, mine, 4, before=found[-1].id)] == expected
        lines = await db.read(lines_within, mine, 2)
        lines = [*lines, *await db.read(lines_within, mine, 2, before=lines[-1].opening.id)]
        assert [line.opening for line in lines] == expected[2::3]
        assert [line.cost for line in lines] == [1, 1, 1]


class Crash(Exception):
    """The process is gone, or the statement after this one fails."""


async def test_usage_is_what_the_entries_say_at_every_commit(db: Database, tenant: Tenant) -> None:
    chance = random.Random(3)
    await db.write(grant, team_id=tenant.team_id, credits=1_000, note="", now=NOW)
    second = await db.write(create_key, user_id=tenant.user_id, name="second", test=False, now=NOW)
    tenants = [tenant, replace(tenant, key_id=second.id), await create_tenant(db, "Other", credits=1_000)]
    for _ in range(30):
        whose, cost = chance.choice(tenants), chance.randrange(11)
        job = await written_job(db, whose, model=chance.choice(["gpt-image-2", "gpt-image-1.5"]))
        now = NOW - chance.randrange(3) * DAY
        crashes = chance.random() < 0.3
        try:
            with db.transaction() as tx:
                hold(tx, team_id=whose.team_id, credits=10)
                record_hold(tx, team_id=whose.team_id, job_id=job.id, credits=10, now=now)
                settle(tx, team_id=whose.team_id, job_id=job.id, held=10, cost=cost, now=now)
                if crashes:
                    raise Crash
        except Crash:
            assert crashes
        with db.reading() as connection:
            for team_id in {one.team_id for one in tenants}:
                used = usage_within(connection, Scope(team_id), since=0)
                assert sorted(used, key=astuple) == of_the_entries(connection, team_id)
            assert miscounted_usage(connection) == []


async def test_a_job_that_costs_nothing_counts_as_a_job(db: Database, tenant: Tenant) -> None:
    await spent(db, tenant, 0)
    assert await db.read(usage_within, Scope(tenant.team_id), since=0) == [
        Usage(TODAY, "gpt-image-2", tenant.key_id, 0, 1)
    ]


async def test_usage_that_is_not_that_of_the_entries_is_told(db: Database, tenant: Tenant) -> None:
    await spent(db, tenant, 4)
    with db.transaction() as tx:
        tx.execute(text("UPDATE daily_usage SET credits = credits - 3, jobs = jobs + 1"))
    told = (
        f"The usage of team 'Main' on 2027-01-15, model gpt-image-2, key {tenant.key_id}, "
        "differs from its entries by -3 credits and +1 jobs."
    )
    assert await db.read(miscounted_usage) == [told]
    with db.transaction() as tx:
        tx.execute(text("DELETE FROM daily_usage"))
    [sentence] = await db.read(miscounted_usage)
    assert sentence.endswith("by -4 credits and -1 jobs.")


@pytest.mark.proof
async def test_many_jobs_of_a_team_end_at_once(
    db: Database, tenant: Tenant, open_again: Callable[[], Database]
) -> None:
    """Whether they hold the team's row before or not, none waits for another in a circle, as PostgreSQL would say."""
    await db.write(grant, team_id=tenant.team_id, credits=1_000, note="", now=NOW)
    ids = [(await written_job(db, tenant)).id for _ in range(60)]
    alone = select(teams.c.id).where(teams.c.id == tenant.team_id).with_for_update(key_share=True)

    def end(tx: Transaction, number: int) -> None:
        if number % 2:
            tx.execute(alone)
        settle(tx, team_id=tenant.team_id, job_id=ids[number], held=10, cost=1, now=NOW)

    for job_id in ids:
        with db.transaction() as tx:
            hold(tx, team_id=tenant.team_id, credits=10)
            record_hold(tx, team_id=tenant.team_id, job_id=job_id, credits=10, now=NOW)
    second = open_again()
    await asyncio.gather(*((db, second)[number % 3 == 0].write(end, number) for number in range(60)))
    await second.close()
    [used] = await db.read(usage_within, Scope(tenant.team_id), since=0)
    assert (used.credits, used.jobs) == (60, 60)

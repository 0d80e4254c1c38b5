import asyncio

import pytest
from sqlalchemy.exc import IntegrityError
from tests.support.jobs import NOW, Tenant, create_tenant, written_job

from easel.accounts.teams import get_team, set_job_limit
from easel.db.engine import Database
from easel.domain import JobState
from easel.jobs.admission import admit, admit_waiting, hand_on
from easel.jobs.load import get_job

pytestmark = [pytest.mark.anyio, pytest.mark.backends]


async def at_work(db: Database, tenant: Tenant) -> int:
    with db.reading() as connection:
        return get_team(connection, tenant.team_id).admitted


async def admit_more(db: Database, tenant: Tenant) -> list[str]:
    return await db.write(admit_waiting, tenant.team_id, NOW + 5)


async def one_leaves(db: Database, tenant: Tenant) -> str | None:
    return await db.write(hand_on, tenant.team_id, NOW + 9)


async def test_as_many_are_admitted_as_there_are_places(db: Database, tenant: Tenant) -> None:
    with db.transaction() as tx:
        assert [admit(tx, tenant.team_id) for _ in range(4)] == [True, True, False, False]
    assert await at_work(db, tenant) == 2


async def test_a_place_given_back_is_free(db: Database, tenant: Tenant) -> None:
    with db.transaction() as tx:
        for _ in range(2):
            assert admit(tx, tenant.team_id)
        assert hand_on(tx, tenant.team_id, NOW) is None
        assert admit(tx, tenant.team_id)
        assert not admit(tx, tenant.team_id)


async def test_twenty_at_once_get_two_places(db: Database, tenant: Tenant) -> None:
    async def knock() -> bool:
        return await db.write(admit, tenant.team_id)

    assert sum(await asyncio.gather(*(knock() for _ in range(20)))) == 2
    assert await at_work(db, tenant) == 2


async def test_the_oldest_waiting_go_first(db: Database, tenant: Tenant) -> None:
    ids = [(await written_job(db, tenant)).id for _ in range(5)]
    assert await admit_more(db, tenant) == ids[:2]
    assert await admit_more(db, tenant) == []
    assert await one_leaves(db, tenant) == ids[2]
    assert await at_work(db, tenant) == 2
    assert await admit_more(db, tenant) == []


async def test_an_admitted_job_says_since_when(db: Database, tenant: Tenant) -> None:
    job = await written_job(db, tenant)
    await admit_more(db, tenant)
    admitted = await db.read(get_job, job.id)
    assert admitted is not None
    assert (admitted.admitted_at, admitted.status) == (NOW + 5, JobState.QUEUED)


async def test_with_nobody_waiting_no_place_is_taken(db: Database, tenant: Tenant) -> None:
    assert await admit_more(db, tenant) == []
    assert await at_work(db, tenant) == 0


@pytest.mark.parametrize("status", [JobState.PROCESSING, JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED])
async def test_only_queued_jobs_wait(db: Database, tenant: Tenant, status: JobState) -> None:
    await written_job(db, tenant, status=status)
    await written_job(db, tenant, admitted_at=NOW)
    assert await admit_more(db, tenant) == []
    assert await at_work(db, tenant) == 0


async def test_no_other_teams_job_is_admitted(db: Database, tenant: Tenant) -> None:
    neighbours = await create_tenant(db, "Next", job_limit=9)
    theirs = [(await written_job(db, neighbours)).id for _ in range(3)]
    ours = (await written_job(db, tenant)).id
    assert await admit_more(db, tenant) == [ours]
    assert await at_work(db, neighbours) == 0
    assert await admit_more(db, neighbours) == theirs
    assert (await at_work(db, tenant), await at_work(db, neighbours)) == (1, 3)


async def test_a_lowered_limit_is_reached_as_jobs_end(db: Database, tenant: Tenant) -> None:
    ids = [(await written_job(db, tenant)).id for _ in range(4)]
    await admit_more(db, tenant)
    await db.write(set_job_limit, tenant.team_id, 1)
    assert await one_leaves(db, tenant) is None
    assert await at_work(db, tenant) == 1
    assert await one_leaves(db, tenant) == ids[2]
    assert await at_work(db, tenant) == 1


async def test_nobody_can_leave_who_was_not_there(db: Database, tenant: Tenant) -> None:
    with pytest.raises(IntegrityError):
        await one_leaves(db, tenant)


async def test_a_smaller_limit_sends_nobody_away_but_admits_nobody_either(db: Database) -> None:
    tenant = await create_tenant(db, job_limit=0)
    await written_job(db, tenant)
    assert await admit_more(db, tenant) == []

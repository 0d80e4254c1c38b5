from typing import Any

import pytest
from tests.support.jobs import NOW, Tenant, create_tenant, written_job

from easel.accounts.teams import create_user
from easel.db.engine import Database
from easel.domain import JobState, Role, Scope
from easel.jobs.load import HOLDS_AN_ANSWER, get_job, overdue_jobs, unfinished_jobs
from easel.jobs.read import JobFilter, models_used, page_of_jobs, visible_job

pytestmark = [pytest.mark.anyio, pytest.mark.backends(postgres="proof")]


async def page(
    db: Database, scope: Scope, limit: int = 100, before: str | None = None, **wanted: Any
) -> tuple[list[str], bool]:
    jobs, more = await db.read(page_of_jobs, scope, JobFilter(**wanted), limit=limit, before=before)
    return [job.id for job in jobs], more


async def many(db: Database, tenant: Tenant, count: int) -> list[str]:
    """Ids of new jobs, the newest first."""
    return [(await written_job(db, tenant)).id for _ in range(count)][::-1]


async def test_a_team_without_jobs_has_an_empty_page(db: Database, tenant: Tenant) -> None:
    assert await page(db, Scope(tenant.team_id)) == ([], False)


async def test_jobs_that_arrive_while_somebody_pages_shift_nothing(db: Database, tenant: Tenant) -> None:
    ids = await many(db, tenant, 7)
    wanted = Scope(tenant.team_id)
    seen: list[str] = []
    more = True
    while more:
        part, more = await page(db, wanted, limit=2, before=seen[-1] if seen else None)
        seen += part
        await many(db, tenant, 3)
    assert seen == ids


@pytest.mark.parametrize(("limit", "more"), [(1, True), (4, True), (5, False), (6, False), (100, False)])
async def test_a_page_says_whether_there_are_more(db: Database, tenant: Tenant, limit: int, more: bool) -> None:
    ids = await many(db, tenant, 5)
    assert await page(db, Scope(tenant.team_id), limit=limit) == (ids[:limit], more)


async def test_after_the_last_job_there_are_none(db: Database, tenant: Tenant) -> None:
    ids = await many(db, tenant, 2)
    assert await page(db, Scope(tenant.team_id), before=ids[-1]) == ([], False)


async def test_a_page_may_go_on_after_a_job_of_anybody(db: Database, tenant: Tenant) -> None:
    older = await many(db, tenant, 2)
    elsewhere = await many(db, await create_tenant(db, "Next"), 1)
    await many(db, tenant, 2)
    assert await page(db, Scope(tenant.team_id), before=elsewhere[0]) == (older, False)


async def test_jobs_are_told_apart_by_team_person_state_model_and_id(db: Database, tenant: Tenant) -> None:
    neighbours = await create_tenant(db, "Next")
    mate = await db.write(create_user, team_id=tenant.team_id, email="mate@main.test", role=Role.MEMBER, now=NOW)
    plain = (await written_job(db, tenant)).id
    failed = (await written_job(db, tenant, status=JobState.FAILED)).id
    older = (await written_job(db, tenant, model="gpt-image-1.5")).id
    mates = (await written_job(db, tenant, user_id=mate)).id
    theirs = (await written_job(db, neighbours)).id
    team = tenant.team_id
    assert await page(db, Scope(team)) == ([mates, older, failed, plain], False)
    assert await page(db, Scope(team, mate)) == ([mates], False)
    assert await page(db, Scope(team), status=JobState.FAILED) == ([failed], False)
    assert await page(db, Scope(team), model="gpt-image-1.5") == ([older], False)
    assert await page(db, Scope(team), job_id=plain) == ([plain], False)
    assert await page(db, Scope(team), job_id=theirs) == ([], False)
    assert await page(db, Scope(team), status=JobState.FAILED, model="gpt-image-1.5") == ([], False)
    assert await page(db, Scope(neighbours.team_id)) == ([theirs], False)
    assert await page(db, Scope(team), limit=1, before=older) == ([failed], True)
    tried = (await written_job(db, tenant, test=True)).id
    assert await page(db, Scope(team, test_only=True)) == ([tried], False)
    assert await page(db, Scope(team, tenant.user_id, test_only=True)) == ([tried], False)
    assert await page(db, Scope(neighbours.team_id, test_only=True)) == ([], False)


async def test_a_job_is_found_by_its_own_team_only(db: Database, tenant: Tenant) -> None:
    neighbours = await create_tenant(db, "Next")
    job = await written_job(db, tenant)
    with db.reading() as connection:
        assert get_job(connection, job.id) == job
        assert visible_job(connection, Scope(tenant.team_id), job.id) == job
        assert visible_job(connection, Scope(neighbours.team_id), job.id) is None
        assert get_job(connection, "nothing") is None


async def test_the_models_a_team_has_used_are_told_once_each(db: Database, tenant: Tenant) -> None:
    for model in ("gpt-image-2", "gpt-image-1.5", "gpt-image-2"):
        await written_job(db, tenant, model=model)
    await written_job(db, await create_tenant(db, "Next"), model="another")
    with db.reading() as connection:
        used = models_used(connection, Scope(tenant.team_id))
        assert used == ["gpt-image-1.5", "gpt-image-2"]
        assert models_used(connection, Scope(tenant.team_id, "nobody")) == []


async def test_an_engine_takes_up_what_is_admitted_and_not_final_in_order(db: Database, tenant: Tenant) -> None:
    late = await written_job(db, tenant, admitted_at=NOW + 9)
    early = await written_job(db, tenant, admitted_at=NOW, status=JobState.PROCESSING)
    await written_job(db, tenant)
    for status in (JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED):
        await written_job(db, tenant, admitted_at=NOW, status=status)
    with db.reading() as connection:
        assert unfinished_jobs(connection) == [early.id, late.id]


async def test_overdue_is_what_is_not_final_and_past_its_deadline(db: Database, tenant: Tenant) -> None:
    overdue = await written_job(db, tenant, deadline_at=NOW, status=JobState.PROCESSING)
    await written_job(db, tenant, deadline_at=NOW + 1, status=JobState.PROCESSING)
    await written_job(db, tenant, deadline_at=NOW, status=JobState.FAILED)
    paid = await written_job(db, tenant, deadline_at=NOW, status=JobState.PROCESSING, submit_state="SENDING")
    await written_job(db, tenant)
    with db.reading() as connection:
        assert [job.id for job in overdue_jobs(connection, NOW + 1)] == [overdue.id]
        much_later = overdue_jobs(connection, NOW + HOLDS_AN_ANSWER + 1)
        assert paid.id in {job.id for job in much_later}, "a run that may hold an answer has longer"

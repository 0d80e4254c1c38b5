from typing import Any

import pytest
from tests.support.jobs import NOW, Household, move_in, written_job

from easel.accounts.teams import create_user
from easel.db.engine import Database
from easel.domain import JobState, Role, Scope
from easel.jobs.load import HOLDS_AN_ANSWER, get_job, overdue_jobs, unfinished_jobs
from easel.jobs.read import JobFilter, models_used, page_of_jobs, visible_job

pytestmark = [pytest.mark.anyio, pytest.mark.places]


async def page(
    db: Database, scope: Scope, limit: int = 100, before: str | None = None, **wanted: Any
) -> tuple[list[str], bool]:
    jobs, more = await db.read(page_of_jobs, scope, JobFilter(**wanted), limit=limit, before=before)
    return [job.id for job in jobs], more


async def many(db: Database, home: Household, count: int) -> list[str]:
    """Ids of new jobs, the newest first."""
    return [(await written_job(db, home)).id for _ in range(count)][::-1]


async def test_a_team_without_jobs_has_an_empty_page(db: Database, home: Household) -> None:
    assert await page(db, Scope(home.team_id)) == ([], False)


async def test_jobs_that_arrive_while_somebody_pages_shift_nothing(db: Database, home: Household) -> None:
    ids = await many(db, home, 7)
    wanted = Scope(home.team_id)
    seen: list[str] = []
    more = True
    while more:
        part, more = await page(db, wanted, limit=2, before=seen[-1] if seen else None)
        seen += part
        await many(db, home, 3)
    assert seen == ids


@pytest.mark.parametrize(("limit", "more"), [(1, True), (4, True), (5, False), (6, False), (100, False)])
async def test_a_page_says_whether_there_are_more(db: Database, home: Household, limit: int, more: bool) -> None:
    ids = await many(db, home, 5)
    assert await page(db, Scope(home.team_id), limit=limit) == (ids[:limit], more)


async def test_after_the_last_job_there_are_none(db: Database, home: Household) -> None:
    ids = await many(db, home, 2)
    assert await page(db, Scope(home.team_id), before=ids[-1]) == ([], False)


async def test_a_page_may_go_on_after_a_job_of_anybody(db: Database, home: Household) -> None:
    older = await many(db, home, 2)
    elsewhere = await many(db, await move_in(db, "Next"), 1)
    await many(db, home, 2)
    assert await page(db, Scope(home.team_id), before=elsewhere[0]) == (older, False)


async def test_jobs_are_told_apart_by_team_person_state_model_and_id(db: Database, home: Household) -> None:
    neighbours = await move_in(db, "Next")
    mate = await db.write(create_user, team_id=home.team_id, email="mate@main.test", role=Role.MEMBER, now=NOW)
    plain = (await written_job(db, home)).id
    failed = (await written_job(db, home, status=JobState.FAILED)).id
    older = (await written_job(db, home, model="gpt-image-1.5")).id
    mates = (await written_job(db, home, user_id=mate)).id
    theirs = (await written_job(db, neighbours)).id
    team = home.team_id
    assert await page(db, Scope(team)) == ([mates, older, failed, plain], False)
    assert await page(db, Scope(team, mate)) == ([mates], False)
    assert await page(db, Scope(team), status=JobState.FAILED) == ([failed], False)
    assert await page(db, Scope(team), model="gpt-image-1.5") == ([older], False)
    assert await page(db, Scope(team), job_id=plain) == ([plain], False)
    assert await page(db, Scope(team), job_id=theirs) == ([], False)
    assert await page(db, Scope(team), status=JobState.FAILED, model="gpt-image-1.5") == ([], False)
    assert await page(db, Scope(neighbours.team_id)) == ([theirs], False)
    assert await page(db, Scope(team), limit=1, before=older) == ([failed], True)
    tried = (await written_job(db, home, test=True)).id
    assert await page(db, Scope(team, test_only=True)) == ([tried], False)
    assert await page(db, Scope(team, home.user_id, test_only=True)) == ([tried], False)
    assert await page(db, Scope(neighbours.team_id, test_only=True)) == ([], False)


async def test_a_job_is_found_by_its_own_team_only(db: Database, home: Household) -> None:
    neighbours = await move_in(db, "Next")
    job = await written_job(db, home)
    with db.reading() as connection:
        assert get_job(connection, job.id) == job
        assert visible_job(connection, Scope(home.team_id), job.id) == job
        assert visible_job(connection, Scope(neighbours.team_id), job.id) is None
        assert get_job(connection, "nothing") is None


async def test_the_models_a_team_has_used_are_told_once_each(db: Database, home: Household) -> None:
    for model in ("gpt-image-2", "gpt-image-1.5", "gpt-image-2"):
        await written_job(db, home, model=model)
    await written_job(db, await move_in(db, "Next"), model="another")
    with db.reading() as connection:
        used = models_used(connection, Scope(home.team_id))
        assert used == ["gpt-image-1.5", "gpt-image-2"]
        assert models_used(connection, Scope(home.team_id, "nobody")) == []


async def test_an_engine_takes_up_what_is_admitted_and_not_final_in_order(db: Database, home: Household) -> None:
    late = await written_job(db, home, admitted_at=NOW + 9)
    early = await written_job(db, home, admitted_at=NOW, status=JobState.PROCESSING)
    await written_job(db, home)
    for status in (JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED):
        await written_job(db, home, admitted_at=NOW, status=status)
    with db.reading() as connection:
        assert unfinished_jobs(connection) == [early.id, late.id]


async def test_overdue_is_what_is_not_final_and_past_its_deadline(db: Database, home: Household) -> None:
    overdue = await written_job(db, home, deadline_at=NOW, status=JobState.PROCESSING)
    await written_job(db, home, deadline_at=NOW + 1, status=JobState.PROCESSING)
    await written_job(db, home, deadline_at=NOW, status=JobState.FAILED)
    paid = await written_job(db, home, deadline_at=NOW, status=JobState.PROCESSING, submit_state="SENDING")
    await written_job(db, home)
    with db.reading() as connection:
        assert [job.id for job in overdue_jobs(connection, NOW + 1)] == [overdue.id]
        much_later = overdue_jobs(connection, NOW + HOLDS_AN_ANSWER + 1)
        assert paid.id in {job.id for job in much_later}, "a run that may hold an answer has longer"

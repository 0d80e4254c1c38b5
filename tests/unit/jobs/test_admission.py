import asyncio

import pytest
from sqlalchemy.exc import IntegrityError
from tests.support.jobs import NOW, Household, move_in, written_job

from easel.accounts.teams import get_team, set_job_limit
from easel.db.engine import Database
from easel.domain import JobState
from easel.jobs.admission import admit, admit_waiting, hand_on
from easel.jobs.load import get_job

pytestmark = [pytest.mark.anyio, pytest.mark.places]


async def at_work(db: Database, home: Household) -> int:
    with db.reading() as connection:
        return get_team(connection, home.team_id).admitted


async def admit_more(db: Database, home: Household) -> list[str]:
    return await db.write(admit_waiting, home.team_id, NOW + 5)


async def one_leaves(db: Database, home: Household) -> str | None:
    return await db.write(hand_on, home.team_id, NOW + 9)


async def test_as_many_are_admitted_as_there_are_places(db: Database, home: Household) -> None:
    with db.transaction() as tx:
        assert [admit(tx, home.team_id) for _ in range(4)] == [True, True, False, False]
    assert await at_work(db, home) == 2


async def test_a_place_given_back_is_free(db: Database, home: Household) -> None:
    with db.transaction() as tx:
        for _ in range(2):
            assert admit(tx, home.team_id)
        assert hand_on(tx, home.team_id, NOW) is None
        assert admit(tx, home.team_id)
        assert not admit(tx, home.team_id)


async def test_twenty_at_once_get_two_places(db: Database, home: Household) -> None:
    async def knock() -> bool:
        return await db.write(admit, home.team_id)

    assert sum(await asyncio.gather(*(knock() for _ in range(20)))) == 2
    assert await at_work(db, home) == 2


async def test_the_oldest_waiting_go_first(db: Database, home: Household) -> None:
    ids = [(await written_job(db, home)).id for _ in range(5)]
    assert await admit_more(db, home) == ids[:2]
    assert await admit_more(db, home) == []
    assert await one_leaves(db, home) == ids[2]
    assert await at_work(db, home) == 2
    assert await admit_more(db, home) == []


async def test_an_admitted_job_says_since_when(db: Database, home: Household) -> None:
    job = await written_job(db, home)
    await admit_more(db, home)
    admitted = await db.read(get_job, job.id)
    assert admitted is not None
    assert (admitted.admitted_at, admitted.status) == (NOW + 5, JobState.QUEUED)


async def test_with_nobody_waiting_no_place_is_taken(db: Database, home: Household) -> None:
    assert await admit_more(db, home) == []
    assert await at_work(db, home) == 0


@pytest.mark.parametrize("status", [JobState.PROCESSING, JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED])
async def test_only_queued_jobs_wait(db: Database, home: Household, status: JobState) -> None:
    await written_job(db, home, status=status)
    await written_job(db, home, admitted_at=NOW)
    assert await admit_more(db, home) == []
    assert await at_work(db, home) == 0


async def test_no_other_teams_job_is_admitted(db: Database, home: Household) -> None:
    neighbours = await move_in(db, "Next", job_limit=9)
    theirs = [(await written_job(db, neighbours)).id for _ in range(3)]
    ours = (await written_job(db, home)).id
    assert await admit_more(db, home) == [ours]
    assert await at_work(db, neighbours) == 0
    assert await admit_more(db, neighbours) == theirs
    assert (await at_work(db, home), await at_work(db, neighbours)) == (1, 3)


async def test_a_lowered_limit_is_reached_as_jobs_end(db: Database, home: Household) -> None:
    ids = [(await written_job(db, home)).id for _ in range(4)]
    await admit_more(db, home)
    await db.write(set_job_limit, home.team_id, 1)
    assert await one_leaves(db, home) is None
    assert await at_work(db, home) == 1
    assert await one_leaves(db, home) == ids[2]
    assert await at_work(db, home) == 1


async def test_nobody_can_leave_who_was_not_there(db: Database, home: Household) -> None:
    with pytest.raises(IntegrityError):
        await one_leaves(db, home)


async def test_a_smaller_limit_sends_nobody_away_but_admits_nobody_either(db: Database) -> None:
    home = await move_in(db, job_limit=0)
    await written_job(db, home)
    assert await admit_more(db, home) == []

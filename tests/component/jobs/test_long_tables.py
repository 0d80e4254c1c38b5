"""However many jobs there are, no list sorts them or reads more than it shows: an index leads to each."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert
from tests.support.jobs import Tenant, some_caller, written_job

from easel.db.engine import Database
from easel.db.mark_tables import collections
from easel.domain import Caller, JobState, Scope, Size, StoredObject
from easel.files.collections import add_image
from easel.files.favourites import mark
from easel.files.marks import marks_of_jobs
from easel.files.rows import keys_without_row, record_file
from easel.jobs.load import (
    LATEST,
    jobs_being_fetched,
    overdue_jobs,
    recent_durations,
    teams_waiting,
    unfinished_jobs,
)
from easel.jobs.read import JobFilter, models_used, page_of_jobs
from easel.ledger.read import lines_within, usage_within
from easel.webhooks.outbox import NEXT_OF, WAITING
from easel.webhooks.read import page_of_deliveries

pytestmark = [pytest.mark.anyio, pytest.mark.backends("embedded")]

TEAM, ME = Scope("us"), Scope("us", "me")
FILTERS: tuple[tuple[Scope, dict[str, Any], str], ...] = (
    (TEAM, {}, "team_id=?"),
    (TEAM, {"status": JobState.FAILED}, "team_id=? AND status=?"),
    (TEAM, {"without": (JobState.FAILED, JobState.CANCELLED)}, "team_id=?"),
    (TEAM, {"model": "some"}, "team_id=? AND model=?"),
    (ME, {}, "user_id=?"),
    (ME, {"status": JobState.FAILED}, "user_id=? AND status=?"),
    (ME, {"model": "some"}, "user_id=? AND model=?"),
    (Scope("us", test_only=True), {}, "ix_jobs_test_team"),
    (Scope("us", "me", test_only=True), {}, "ix_jobs_test_user"),
)


def plans(db: Database, look: Callable[[Connection], object]) -> list[str]:
    """How SQLite goes about each statement of a look."""
    said: list[tuple[str, Any]] = []
    with db.reading() as connection:

        def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
            said.append((statement, parameters))

        event.listen(connection, "before_cursor_execute", note)
        look(connection)
        event.remove(connection, "before_cursor_execute", note)
        rows = [
            connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters) for statement, parameters in said
        ]
        return [str(step.detail) for plan in rows for step in plan if not step.detail.startswith("SCALAR SUBQUERY")]


@pytest.mark.parametrize("before", [None, "some id"])
@pytest.mark.parametrize(("scope", "given", "found_by"), FILTERS)
async def test_a_page_is_a_walk_along_an_index(
    db: Database, scope: Scope, given: dict[str, Any], found_by: str, before: str | None
) -> None:
    wanted = JobFilter(**given)
    (step,) = plans(db, lambda connection: page_of_jobs(connection, scope, wanted, limit=20, before=before))
    assert step.startswith("SEARCH jobs USING INDEX")
    assert found_by in step


@pytest.fixture
async def marked(db: Database, tenant: Tenant) -> Caller:
    """Who marked the image of a job and has it in the collection `foxes`."""
    job = await written_job(db, tenant)
    stored = StoredObject("ab/a.png", "a.png", "image/png", 9, "e", Size(1, 1))
    whose: dict[str, Any] = {"team_id": tenant.team_id, "user_id": tenant.user_id, "test": False}
    caller = some_caller(**{name: value for name, value in whose.items() if name != "test"})
    with db.transaction() as tx:
        kept: dict[str, Any] = {"token": "t", "kind": "output", "job_id": job.id, "position": 1, "expires_at": 9}
        record_file(tx, stored, **whose, **kept, now=1)
        mark(tx, caller, job.id, 1)
        tx.execute(insert(collections), {"id": "foxes", "name": "Foxes", "created_at": 1, **whose})
        add_image(tx, caller, "foxes", job.id, 1)
    return caller


@pytest.mark.parametrize("before", [None, "x"])
@pytest.mark.parametrize("found_by", ["user_id=?", "collection_id=?"])
async def test_marked_jobs_are_found_along_the_marks(
    db: Database, marked: Caller, found_by: str, before: str | None
) -> None:
    wanted = JobFilter(favourite_of=marked.user_id) if found_by == "user_id=?" else JobFilter(collection="foxes")
    walk, *found = plans(db, lambda connection: page_of_jobs(connection, marked.scope, wanted, limit=1, before=before))
    assert "USING COVERING INDEX sqlite_autoindex" in walk
    assert f"({found_by}{' AND job_id<?' if before else ''})" in walk
    assert found[0] == "SEARCH jobs USING INDEX sqlite_autoindex_jobs_1 (id=?)"
    assert not [step for step in found if "B-TREE" in step or "SCAN" in step]


async def test_what_a_member_says_of_some_images_is_read_off_indexes(db: Database, marked: Caller) -> None:
    for step in plans(db, lambda connection: marks_of_jobs(connection, marked, ["some", "others"])):
        assert step.startswith(("COMPOUND QUERY", "LEFT-MOST SUBQUERY", "UNION ALL", "SEARCH ")), step


@pytest.mark.parametrize("user_id", [None, "me"])
async def test_older_prompts_are_found_by_their_trigrams(
    db: Database, tenant: Tenant, user_id: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("easel.jobs.search.NEWEST", (0,))
    await written_job(db, tenant)
    scope, wanted = Scope(tenant.team_id, user_id and tenant.user_id), JobFilter(words="plain")
    *_, edge, newest, older, _, index, _ = plans(
        db, lambda connection: page_of_jobs(connection, scope, wanted, limit=20, before=None)
    )
    owner = "user_id" if user_id else "team_id"
    assert "COVERING INDEX" in edge
    assert owner in edge
    assert newest.startswith(f"SEARCH jobs USING INDEX ix_jobs_{owner}_id ({owner}=? AND id>?)")
    assert older == "SEARCH jobs USING INTEGER PRIMARY KEY (rowid=?)"
    assert index.startswith("SCAN job_prompts VIRTUAL TABLE")


@pytest.mark.parametrize(("scope", "found_by"), [(TEAM, "(team_id=?"), (ME, "(team_id=? AND user_id=?")])
async def test_usage_is_read_off_its_sums(db: Database, scope: Scope, found_by: str) -> None:
    (step,) = plans(db, lambda connection: usage_within(connection, scope, since=9))
    assert step.startswith("SEARCH daily_usage USING INDEX")
    assert f"{found_by} AND day>?)" in step


async def test_a_statement_is_a_walk_along_an_index_and_the_entries_of_its_jobs(db: Database, tenant: Tenant) -> None:
    scope = Scope(tenant.team_id)
    walk, *ends = plans(db, lambda connection: lines_within(connection, scope, 20, before=9))
    assert "SEARCH ledger USING INDEX" in walk
    assert "(team_id=? AND id<?)" in walk
    assert "(job_id=?" in ends[0]


@pytest.mark.parametrize("user_id", [None, "me"])
async def test_the_models_used_are_found_by_one_look_each(db: Database, tenant: Tenant, user_id: str | None) -> None:
    await written_job(db, tenant)
    for step in plans(db, lambda connection: models_used(connection, Scope(tenant.team_id, user_id))):
        assert step.startswith("SEARCH jobs USING ")
        assert f"{'user' if user_id else 'team'}_id=? AND model>?" in step


async def test_how_long_the_like_took_is_asked_of_the_latest_of_its_model_alone(db: Database, tenant: Tenant) -> None:
    job = await written_job(db, tenant)
    steps = plans(db, lambda connection: recent_durations(connection, job))
    assert all("team_id=? AND model=?" in step for step in steps), steps
    assert any("id>?" in step for step in steps), steps
    assert LATEST <= 1_000


async def test_what_each_minute_asks_is_read_off_the_index_of_current_work(db: Database) -> None:
    for look in (unfinished_jobs, jobs_being_fetched, teams_waiting, partial(overdue_jobs, now=1)):
        step, *rest = plans(db, look)
        assert step.startswith(("SCAN jobs USING", "SEARCH jobs USING")), step
        assert "ix_jobs_active" in step or "ix_jobs_waiting" in step
        assert all("B-TREE" in one for one in rest)  # of the few


async def test_orphans_are_looked_for_by_the_names_of_files(db: Database) -> None:
    (step,) = plans(db, lambda connection: keys_without_row(connection, ["pictures/ab/a.png"]))
    assert "name=?" in step


async def test_the_next_deliveries_of_a_team_are_read_off_an_index(db: Database) -> None:
    values = {"team": "us", "test": False, "now": 1, "room": 8}
    (whose,) = plans(db, lambda connection: connection.execute(WAITING))
    assert "COVERING INDEX ix_deliveries_next" in whose
    steps = plans(db, lambda connection: connection.execute(NEXT_OF, values))
    assert "ix_deliveries_next (team_id=? AND test=? AND due_at<?)" in steps[0]
    assert not [step for step in steps if "B-TREE" in step]


@pytest.mark.parametrize(("state", "found_by"), [(None, "team_id=?"), ("failed", "team_id=? AND state=?")])
async def test_so_is_a_page_of_deliveries(db: Database, state: str | None, found_by: str) -> None:
    (step,) = plans(db, lambda connection: page_of_deliveries(connection, TEAM, state=state))
    assert step.startswith("SEARCH deliveries USING INDEX")
    assert found_by in step

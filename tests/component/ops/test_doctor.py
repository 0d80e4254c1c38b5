"""What the doctor notices, on both databases."""

import datetime
import os
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text, update
from tests.support.jobs import NOW, Tenant, new_job, written_job

from easel.db.engine import Database
from easel.db.fleet_tables import installation
from easel.db.schema import newest_schema
from easel.db.tables import attempts, deliveries, jobs
from easel.domain import Image, JobState, Size
from easel.jobs.admission import admit
from easel.jobs.write import insert_job
from easel.kit.clock import DAY, MINUTE
from easel.ops.doctor import examine
from easel.ops.installation import bind
from easel.runtime.postgres.database import PostgresDatabase
from easel.runtime.postgres.queue import PostgresQueue
from easel.storage import MARK
from easel.storage.folder import FolderStorage
from easel.testing.clock import ManualClock
from easel.webhooks.outbox import record_delivery

pytestmark = [pytest.mark.anyio, pytest.mark.backends(postgres="proof")]


async def examined(db: Database, folder: Path, clock: ManualClock) -> tuple[list[str], list[str]]:
    """All problems and all notes."""
    findings = await examine(db, FolderStorage(folder), clock)
    return [line for one in findings for line in one.problems], [line for one in findings for line in one.notes]


async def test_an_empty_installation_is_well(db: Database, tenant: Tenant, tmp_path: Path) -> None:
    findings = await examine(db, FolderStorage(tmp_path / "files"), ManualClock())
    assert [line for one in findings for line in one.problems] == []
    facts = " ".join(fact for one in findings for fact in one.facts)
    assert "Easel" in facts
    assert "schema 00" in facts
    assert {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[db.dialect] in facts


async def test_of_another_schema_it_says_only_that(db: Database, tmp_path: Path) -> None:
    change = text("UPDATE alembic_version SET version_num = :number")
    with db.transaction() as tx:
        tx.execute(change, {"number": "0001"})
    findings = await examine(db, FolderStorage(tmp_path / "files"), ManualClock())
    with db.transaction() as tx:
        tx.execute(change, {"number": newest_schema()})
    assert len(findings) == 1
    assert "The schema is 0001" in findings[0].problems[0]


async def test_jobs_that_are_stuck(db: Database, tenant: Tenant, tmp_path: Path) -> None:
    clock = ManualClock(NOW)
    free = {"quoted": 0, "credit_cost": 0}
    with db.transaction() as tx:
        assert admit(tx, tenant.team_id)
        lost = new_job(tenant, admitted_at=NOW, **free)
        insert_job(tx, lost)
    waits = await written_job(db, tenant, **free)
    clock.advance(MINUTE)
    assert await examined(db, tmp_path, clock) == ([], await notes(db, tmp_path, clock))
    clock.advance(2 * MINUTE)
    found, _ = await examined(db, tmp_path, clock)
    assert [line for line in found if waits.team_id in line or "are queued" in line]
    unheard = f"Job {lost.id} is admitted but missing from the queue. Is a worker running?"
    assert (unheard in found) == (db.dialect == "postgresql"), "in SQLite the row is the promise"
    if isinstance(engine := engine_of(db), PostgresQueue):
        await db.write(engine.enqueue, lost.id)
        assert unheard not in (await examined(db, tmp_path, clock))[0]


async def notes(db: Database, folder: Path, clock: ManualClock) -> list[str]:
    return (await examined(db, folder, clock))[1]


def engine_of(db: Database) -> PostgresQueue | None:
    return PostgresQueue(db, at_once=1) if isinstance(db, PostgresDatabase) else None


async def test_calls_whose_fate_is_unknown(db: Database, tenant: Tenant, tmp_path: Path) -> None:
    job = await written_job(db, tenant, quoted=0, credit_cost=0)
    call = {"job_id": job.id, "provider": "openai", "paid": "unknown", "started_at": NOW}
    with db.transaction() as tx:
        tx.execute(attempts.insert().values(**call, outcome="lost", ended_at=NOW))
        tx.execute(attempts.insert().values(**call, outcome="sending"))
    told = await notes(db, tmp_path, ManualClock(NOW + DAY))
    assert [line for line in told if "was lost at" in line]
    assert [line for line in told if "has not responded" in line]


async def test_objects_that_nobody_names(db: Database, tmp_path: Path) -> None:
    stray = tmp_path / "pictures" / "abc.png"
    stray.parent.mkdir()
    stray.write_bytes(b"stray")
    now = int(datetime.datetime.now(datetime.UTC).timestamp() * 1000)
    assert not [line for line in await notes(db, tmp_path, ManualClock(now)) if "nobody" in line]
    os.utime(stray, (1, 1))
    assert [line for line in await notes(db, tmp_path, ManualClock(now)) if "pictures/abc.png has no row" in line]


async def test_many_objects_that_nobody_names_are_a_problem(db: Database, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    storage = FolderStorage(folder)
    for number in range(21):
        await storage.put(f"pictures/{number}.png", "x", Image(b"stray", "image/png", Size(1, 1)))
        os.utime(folder / "pictures" / f"{number}.png", (1, 1))
    problems, told = await examined(db, folder, ManualClock(NOW))
    assert [line for line in problems if line.startswith("21 of 21 objects have no row")]
    assert [line for line in told if "0.png has no row. It is not deleted." in line]


async def test_a_store_that_is_anothers_and_a_clock_that_jumped(db: Database, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    assert await bind(db, FolderStorage(folder)) is None
    (folder / MARK).write_text('{"id": "theirs", "generation": 1}')
    with db.transaction() as tx:
        tx.execute(update(installation).values(trusted_at=NOW, swept_at=NOW, doubted_at=NOW))
    problems, told = await examined(db, folder, ManualClock(NOW))
    assert [line for line in problems if line.startswith("The store belongs to another database (store: theirs")]
    assert [line for line in told if line.startswith("The clock has jumped")]


async def test_messages_that_nobody_carries_out(db: Database, tenant: Tenant, tmp_path: Path) -> None:
    ended = {"quoted": 0, "credit_cost": 0, "status": JobState.FAILED, "completed_at": NOW}
    told, untold = [await written_job(db, tenant, **ended, webhook_status="pending") for _ in range(2)]
    message: dict[str, Any] = {
        "team_id": tenant.team_id,
        "user_id": tenant.user_id,
        "test": False,
        "key_id": tenant.key_id,
        "kind": "failed",
        "body": "{}",
        "now": NOW,
    }
    await db.write(record_delivery, delivery_id="one", job_id=told.id, url="https://receiver.test/hook", **message)
    problems, _ = await examined(db, tmp_path, ManualClock(NOW + 10 * MINUTE))
    assert "1 messages are overdue, the first by 600 s. Is a server or a worker running?" in problems
    assert f"Job {untold.id} ended, but its message was never written." in problems
    assert len(problems) == 2
    with db.transaction() as tx:
        tx.execute(update(deliveries).values(state="failed", ended_at=NOW))
        tx.execute(update(jobs).values(webhook_status="failed"))
    problems, told_of = await examined(db, tmp_path, ManualClock(NOW + 10 * MINUTE))
    assert problems == []
    assert "https://receiver.test/hook accepted none of 1 messages of the last 7 days; they can be resent." in told_of

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from tests.support.jobs import NOW, Tenant, written_job

from easel.accounts.teams import get_team
from easel.db.engine import Database
from easel.db.tables import teams
from easel.domain import Size, StoredObject
from easel.errors import StorageFull
from easel.files.rows import (
    FileRow,
    delete_files,
    expired_files,
    files_of_jobs,
    find_file,
    keys_without_row,
    record_file,
)
from easel.jobs.load import get_job
from easel.jobs.write import mark_expired

pytestmark = [pytest.mark.anyio, pytest.mark.backends]


async def record(db: Database, tenant: Tenant, name: str, **changes: Any) -> FileRow:
    stored = StoredObject(key=f"ab/{name}", name=name, media_type="image/png", byte_size=9, etag="e", size=Size(96, 64))
    given: dict[str, Any] = {
        "token": "token",
        "kind": "output",
        "team_id": tenant.team_id,
        "user_id": tenant.user_id,
        "test": False,
        "job_id": None,
        "position": 0,
        "now": NOW,
        "expires_at": NOW + 100,
    }
    with db.transaction() as tx:
        record_file(tx, stored, **given | changes)
        found = find_file(tx.connection, name)
    assert found is not None
    return found


async def is_expired(db: Database, job_id: str) -> bool:
    job = await db.read(get_job, job_id)
    assert job is not None
    return job.expired


async def forget(db: Database, *files: FileRow) -> None:
    with db.transaction() as tx:
        mark_expired(tx, delete_files(tx, files))


async def test_a_file_is_found_as_it_was_recorded(db: Database, tenant: Tenant) -> None:
    job = await written_job(db, tenant)
    file = await record(db, tenant, "a-1.png", job_id=job.id, position=1, token="secret")
    assert file == FileRow(
        name="a-1.png",
        token="secret",
        kind="output",
        team_id=tenant.team_id,
        job_id=job.id,
        position=1,
        key="ab/a-1.png",
        media_type="image/png",
        byte_size=9,
        etag="e",
        width=96,
        height=64,
        created_at=NOW,
        expires_at=NOW + 100,
        user_id=tenant.user_id,
        test=False,
    )


@pytest.mark.parametrize("name", ["", "A-1.PNG", "a-1", "a-1.png ", "%"])
async def test_a_file_nobody_recorded_is_not_found(db: Database, tenant: Tenant, name: str) -> None:
    await record(db, tenant, "a-1.png")
    with db.reading() as connection:
        assert find_file(connection, name) is None


async def test_a_name_is_taken_once(db: Database, tenant: Tenant) -> None:
    await record(db, tenant, "a-1.png")
    with pytest.raises(IntegrityError):
        await record(db, tenant, "a-1.png")


async def test_the_files_of_jobs_come_in_order_and_by_kind(db: Database, tenant: Tenant) -> None:
    one, other, empty = [(await written_job(db, tenant)).id for _ in range(3)]
    for position in (10, 2, 1):
        await record(db, tenant, f"one-{position}.png", job_id=one, position=position)
    await record(db, tenant, "other-1.png", job_id=other)
    await record(db, tenant, "other-in1.png", job_id=other, kind="input")
    await record(db, tenant, "upload.png", kind="upload")
    with db.reading() as connection:
        outputs = files_of_jobs(connection, [one, other, empty])
        inputs = files_of_jobs(connection, [one, other, empty], kind="input")
        assert files_of_jobs(connection, []) == {}
    names = {job: [file.name for file in files] for job, files in outputs.items()}
    assert names == {one: ["one-1.png", "one-2.png", "one-10.png"], other: ["other-1.png"]}
    assert {job: [file.name for file in files] for job, files in inputs.items()} == {other: ["other-in1.png"]}


async def test_expired_is_what_has_reached_its_time_the_oldest_first(db: Database, tenant: Tenant) -> None:
    for name, expires_at in (("c", NOW + 3), ("a", NOW + 1), ("b", NOW + 2)):
        await record(db, tenant, name, expires_at=expires_at)
    with db.reading() as connection:
        assert expired_files(connection, NOW) == []
        assert [file.name for file in expired_files(connection, NOW + 2)] == ["a", "b"]
        assert [file.name for file in expired_files(connection, NOW + 9, limit=1)] == ["a"]


async def test_forgetting_a_jobs_images_marks_the_job_as_expired(db: Database, tenant: Tenant) -> None:
    job, other = await written_job(db, tenant), await written_job(db, tenant)
    gone = await record(db, tenant, "a-1.png", job_id=job.id)
    await record(db, tenant, "b-1.png", job_id=other.id)
    await forget(db, gone)
    assert await is_expired(db, job.id)
    assert not await is_expired(db, other.id)
    with db.reading() as connection:
        assert find_file(connection, "a-1.png") is None
        assert find_file(connection, "b-1.png") is not None


@pytest.mark.parametrize("kind", ["input", "upload"])
async def test_forgetting_an_input_or_an_upload_marks_no_job(db: Database, tenant: Tenant, kind: str) -> None:
    job = await written_job(db, tenant)
    await forget(db, await record(db, tenant, "a-in1.png", job_id=job.id, kind=kind))
    assert not await is_expired(db, job.id)


async def test_nothing_is_forgotten_when_nothing_is_gone(db: Database, tenant: Tenant) -> None:
    await record(db, tenant, "a")
    await forget(db)
    with db.reading() as connection:
        assert find_file(connection, "a") is not None


async def test_hundreds_of_files_are_forgotten_at_once(db: Database, tenant: Tenant) -> None:
    job = await written_job(db, tenant)
    stored = StoredObject(key="k", name="n", media_type="image/png", byte_size=1, etag="e", size=Size(1, 1))
    with db.transaction() as tx:
        for index in range(500):
            record_file(
                tx,
                replace(stored, name=f"f{index}"),
                token="t",
                kind="output",
                team_id=tenant.team_id,
                user_id=tenant.user_id,
                test=False,
                job_id=job.id,
                position=index,
                now=NOW,
                expires_at=NOW,
            )
    gone = await db.read(expired_files, NOW)
    assert len(gone) == 500
    await forget(db, *gone)
    assert await is_expired(db, job.id)
    with db.reading() as connection:
        assert expired_files(connection, NOW) == []


async def stored(db: Database, tenant: Tenant) -> tuple[int, int]:
    team = await db.read(get_team, tenant.team_id)
    return team.stored_bytes, team.stored_test_bytes


async def test_a_team_counts_what_it_stores_in_live_and_in_test_mode(db: Database, tenant: Tenant) -> None:
    files = [await record(db, tenant, name, test=name == "c") for name in "abc"]
    assert await stored(db, tenant) == (18, 9)
    await forget(db, files[0], files[2])
    await forget(db, files[0], files[2])
    assert await stored(db, tenant) == (9, 0), "each is counted once"
    with db.transaction() as tx:
        tx.execute(update(teams).values(stored_bytes=1))
    await forget(db, files[1])
    assert await stored(db, tenant) == (0, 0), "a sum that is wrong keeps nothing from being deleted"


@pytest.mark.parametrize("test", [False, True])
async def test_beyond_the_limit_nothing_is_recorded(db: Database, tenant: Tenant, test: bool) -> None:
    await record(db, tenant, "a", test=test, limit=17)
    with pytest.raises(StorageFull, match="storage limit"):
        await record(db, tenant, "b", test=test, limit=17)
    await record(db, tenant, "b", test=test, limit=18)
    assert await stored(db, tenant) == ((0, 18) if test else (18, 0))


async def test_objects_no_row_names_are_told(db: Database, tenant: Tenant) -> None:
    await record(db, tenant, "a.png")
    with db.reading() as connection:
        assert keys_without_row(connection, ["ab/a.png", "ab/b.png", "zz"]) == ["ab/b.png", "zz"]
        assert keys_without_row(connection, []) == []

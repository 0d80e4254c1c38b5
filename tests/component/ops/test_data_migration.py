"""Moving an installation between databases and stores: all of it arrives, or nothing counts."""

import contextlib
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import insert, select, text, update
from tests.support.backends import DatabasePool, some_name
from tests.support.jobs import NOW, Tenant, some_caller, written_job
from tests.support.waiting import block_until

from easel.build import open_storage
from easel.cli.migrate_data import migrate
from easel.config import FileSettings, Settings
from easel.db.engine import Database
from easel.db.tables import api_keys, jobs, ledger, teams
from easel.domain import Image, JobState, Scope, Size, StoredObject
from easel.errors import StorageUnavailable
from easel.files.collections import add_image, create_collection
from easel.files.favourites import mark
from easel.files.names import output_key, output_name
from easel.files.rows import record_file
from easel.imaging.provenance import certificate
from easel.jobs.admission import admit
from easel.jobs.read import JobFilter, page_of_jobs
from easel.ledger.entries import grant, hold, record_hold, settle
from easel.ledger.read import usage_within
from easel.ops.data_migration import CannotMove
from easel.ops.data_migration.objects import Objects
from easel.ops.data_migration.rows import TABLES
from easel.ops.installation import bind, read_mark
from easel.ops.signing_identity import shared_identity
from easel.runtime import open_database, runtime_of
from easel.storage import MARK, Storage
from easel.testing.server import surroundings

pytestmark = pytest.mark.anyio

Make = Callable[..., Settings]


class Watched:
    """Keeps what it is told."""

    plan: tuple[int, Objects] | None = None
    told: tuple[str, int, int] | None = None

    def planned(self, rows: int, objects: Objects) -> None:
        self.plan = (rows, objects)

    def progress(self, what: str, done: int, total: int) -> None:
        self.told = (what, done, total)


async def moved(source: Settings, target: Settings) -> Watched:
    watched = Watched()
    await migrate(source, target, watched)
    return watched


@pytest.fixture
def place(tmp_path: Path, lending: DatabasePool, bucket: Mapping[str, str]) -> Iterator[Make]:
    """Settings of an installation in a database and a store that are empty, or in the `store` of another."""
    with contextlib.ExitStack() as lent:

        def make(*, grown: bool = False, in_bucket: bool = False, store: Settings | None = None) -> Settings:
            given: dict[str, Any] = {"data": tmp_path / some_name()}
            if grown:
                given["database_url"] = lent.enter_context(lending.lend())
            if in_bucket:
                given |= {**bucket, "storage_url": bucket["storage_url"] + some_name()}
            if store and store.storage_url:
                given |= {**bucket, "storage_url": store.storage_url}
            return FileSettings(**given)

        yield make


@pytest.fixture
async def small(db: Database, tenant: Tenant, tmp_path: Path) -> Settings:
    """A team, a job that is done, one whose image is at rest and has no row, and an upload."""
    settings = FileSettings(data=tmp_path)
    storage = open_storage(settings)
    done = await written_job(
        db, tenant, test=True, status=JobState.COMPLETED, credit_cost=0, admitted_at=NOW, pending={}
    )
    at_rest = await stored(storage, "at-rest")
    delivered = {"stored": [asdict(at_rest)], "warnings": []}
    work = {"status": JobState.PROCESSING, "admitted_at": NOW, "submit_state": "SENT", "delivered": delivered}
    await written_job(db, tenant, test=True, credit_cost=0, **work)
    objects = [(kind, job_id, await stored(storage, kind)) for kind, job_id in (("output", done.id), ("upload", None))]
    with db.transaction() as tx:
        admit(tx, tenant.team_id)
        for kind, job_id, one in objects:
            whose: dict[str, Any] = {
                "team_id": tenant.team_id,
                "user_id": tenant.user_id,
                "job_id": job_id,
            }
            record_file(tx, one, token="t", kind=kind, position=1, now=NOW, expires_at=NOW, test=True, **whose)
        caller = some_caller(user_id=tenant.user_id, team_id=tenant.team_id)
        mark(tx, caller, done.id, 1)
        foxes = create_collection(tx, caller, "Foxes", now=NOW)
        add_image(tx, caller, foxes.id, done.id, 1)
    certificate.keep(certificate.made(), tmp_path / "provenance")
    return settings


async def stored(storage: Storage, name: str) -> StoredObject:
    full = output_name(name, 1, "image/png")
    return await storage.put(output_key(full), full, Image(name.encode() * 1000, "image/png", Size(9, 9)))


@contextlib.asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    db = open_database(settings.data, settings.database_address)
    yield db
    await db.close()


async def rows_of(settings: Settings) -> dict[str, Sequence[str]]:
    async with opened(settings) as db:
        await db.migrate()
        with db.reading() as connection:
            found = {table.name: connection.execute(select(table)).all() for table in TABLES}
    return {name: sorted(repr(tuple(row)) for row in rows) for name, rows in found.items()}


async def has_nothing(settings: Settings) -> bool:
    return not any((await rows_of(settings)).values())


async def keys_of(settings: Settings) -> list[str]:
    return sorted([key async for key, _ in open_storage(settings).listing()])


@pytest.mark.proof
async def test_from_anywhere_to_anywhere(small: Settings, place: Make) -> None:
    one, other = place(grown=True, in_bucket=True), place(in_bucket=True)
    places = [small, place(grown=True), other, one, place(), place(grown=True, in_bucket=True), place()]
    for source, target in pairwise(places):
        watched = await moved(source, target)
        rows = await rows_of(target)
        assert rows == await rows_of(source)
        assert len(await keys_of(target)) == 3
        assert watched.plan == (sum(map(len, rows.values())), Objects(3, 7000 + 6000 + 6000))
        assert watched.told
        assert watched.told[1] == watched.told[2]


@pytest.mark.proof
async def test_what_both_have_in_common_stays_where_it_is(small: Settings, place: Make) -> None:
    grown = place(grown=True, in_bucket=True)
    await moved(small, grown)
    rows_only = place(store=grown)
    await moved(grown, rows_only)
    assert await rows_of(rows_only) == await rows_of(grown)
    objects_only = FileSettings(data=rows_only.data)
    await moved(rows_only, objects_only)
    assert await keys_of(objects_only) == await keys_of(grown)


@pytest.mark.proof
async def test_a_job_at_work_is_promised_and_numbers_go_on(
    small: Settings, place: Make, db: Database, tenant: Tenant
) -> None:
    grown = place(grown=True)
    await moved(small, grown)
    with db.reading() as connection:
        at_work = connection.execute(select(jobs.c.id).where(jobs.c.status == "PROCESSING")).scalar_one()
    async with opened(grown) as there:
        with there.reading() as connection:
            assert runtime_of(there).promised(connection, [at_work]) == {at_work}
            assert shared_identity(connection) == certificate.kept(small.data / "provenance")
        with there.transaction() as tx:
            grant(tx, team_id=tenant.team_id, credits=1, note="later", now=NOW)
            numbers = tx.execute(select(ledger.c.id).order_by(ledger.c.id)).scalars().all()
    assert list(numbers) == [1, 2]


@pytest.mark.proof
async def test_usage_and_searches_are_the_same_there(
    small: Settings, place: Make, db: Database, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("easel.jobs.search.NEWEST", (0,))
    scope, back, grown = Scope(tenant.team_id), place(), place(grown=True)
    job = await written_job(db, tenant, status=JobState.FAILED, credit_cost=3, quoted=10, completed_at=NOW)
    with db.transaction() as tx:
        hold(tx, team_id=tenant.team_id, credits=10)
        record_hold(tx, team_id=tenant.team_id, job_id=job.id, credits=10, now=NOW)
        settle(tx, team_id=tenant.team_id, job_id=job.id, held=10, cost=3, now=NOW)
    await moved(small, grown)
    await moved(grown, back)
    for settings in (small, grown, back):
        async with opened(settings) as there:
            used = await there.read(usage_within, scope, since=0)
            assert [(one.key_id, one.credits, one.jobs) for one in used] == [(tenant.key_id, 3, 1)]
            wanted = JobFilter(words="plain")
            found, _ = await there.read(page_of_jobs, scope, wanted, limit=9, before=None)
            assert len(found) == 3


@pytest.mark.proof
async def test_json_stays_as_it_was_written(small: Settings, place: Make, db: Database) -> None:
    """An SQL NULL is no JSON null, and the order of keys and the spelling of numbers is kept."""
    spelled = '{"z": 1.0, "a": "\\u0000\\ud800 \\u00e4"}'
    with db.transaction() as tx:
        tx.execute(text("UPDATE jobs SET brief = NULL, pending = 'null', params = :spelled"), {"spelled": spelled})
    back, grown = place(), place(grown=True)
    await moved(small, grown)
    await moved(grown, back)
    query = text("SELECT brief IS NULL, CAST(pending AS TEXT), CAST(params AS TEXT) FROM jobs LIMIT 1")
    for settings in (grown, back):
        async with opened(settings) as there:
            with there.reading() as connection:
                assert tuple(connection.execute(query).one()) == (True, "null", spelled)


async def test_a_store_that_fails_leaves_a_target_that_can_be_tried_again(
    small: Settings, place: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = place(grown=True)
    with monkeypatch.context() as patch:
        kept = Storage.put

        async def put(self: Storage, key: str, name: str, image: Image) -> StoredObject:
            if "upload" in key:
                raise StorageUnavailable("The file store is not writable.")
            return await kept(self, key, name, image)

        patch.setattr(Storage, "put", put)
        with pytest.raises(StorageUnavailable):
            await moved(small, target)
    assert await has_nothing(target)
    assert len(await keys_of(target)) < 3
    await moved(small, target)
    assert len(await keys_of(target)) == 3


@pytest.mark.proof
async def test_killed_among_its_rows_a_move_has_done_nothing_and_is_done_again(
    small: Settings, place: Make, tmp_path: Path
) -> None:
    target = place(grown=True)
    address = target.database_address
    assert address
    (tmp_path / "grown.toml").write_text(f"database_url = {json.dumps(address)}\ndata = {json.dumps(str(target.data))}")
    kill_among_rows(["--to", str(tmp_path / "grown.toml"), "--data", str(small.data)], address)
    assert await has_nothing(target)
    await moved(small, target)
    assert await rows_of(target) == await rows_of(small)


def kill_among_rows(words: Sequence[str], address: str) -> None:
    """Give the command, and kill it when it is about to write the ledger."""
    with psycopg.connect(address) as busy, psycopg.connect(address, autocommit=True) as look:
        busy.execute("LOCK TABLE ledger IN SHARE MODE")  # it can be read, and not be written to
        command = [sys.executable, "-m", "easel", "migrate-data", *words]
        process = subprocess.Popen(command, env=surroundings(), stdout=subprocess.DEVNULL)
        block_until(lambda: look.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone())
        process.kill()
        process.wait()
        busy.rollback()


@pytest.mark.parametrize(("data", "words"), [(b"tampered", "is damaged in"), (None, "is missing in")])
async def test_an_object_that_is_not_what_its_row_says_stops_a_move(
    small: Settings, place: Make, data: bytes | None, words: str
) -> None:
    target = place(in_bucket=True)
    image = next((small.data / "files" / "pictures").rglob("output-*.png"))
    original = image.read_bytes()
    image.unlink()
    if data:
        image.write_bytes(data.ljust(len(original)))
    with pytest.raises(CannotMove, match=f"output-1.png {words} the source store"):
        await moved(small, target)
    assert await has_nothing(target)
    image.write_bytes(original)
    await moved(small, target)


@pytest.mark.proof
async def test_a_damaged_object_in_the_target_is_brought_again(small: Settings, place: Make) -> None:
    target = place(in_bucket=True)
    there = open_storage(target)
    key = output_key("output-1.png")
    await there.put(key, "output-1.png", Image(b"x" * 6000, "image/png", Size(9, 9)))
    await moved(small, target)
    assert await there.get(key) == b"output" * 1000


@pytest.mark.proof
async def test_the_installations_id_comes_along(small: Settings, place: Make, db: Database) -> None:
    assert await bind(db, open_storage(small)) is None
    source = place(grown=True, in_bucket=True)
    await moved(small, source)
    for target in (place(), place(grown=True, store=source)):
        await moved(source, target)
        storage = open_storage(target)
        assert await read_mark(storage) == await read_mark(open_storage(small))
        async with opened(target) as there:
            assert await bind(there, storage) is None


async def test_the_store_of_another_installation_stops_a_move(small: Settings, place: Make, db: Database) -> None:
    assert await bind(db, open_storage(small)) is None
    target = place(in_bucket=True)
    await open_storage(target).write(MARK, b'{"id": "theirs", "generation": 1}')
    with pytest.raises(CannotMove, match=f"belongs to another installation: its {MARK} says theirs"):
        await moved(small, target)


@pytest.mark.proof
async def test_an_object_of_somebody_else_in_the_target_stops_a_move(small: Settings, place: Make) -> None:
    target = place(in_bucket=True)
    await stored(open_storage(target), "theirs")
    with pytest.raises(CannotMove, match=r"1 objects without a row in this installation, such as .*theirs-1\.png"):
        await moved(small, target)


async def test_rows_that_come_out_different_do_not_count(small: Settings, place: Make) -> None:
    target = place(grown=True)
    change = (
        "CREATE FUNCTION change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.progress = 7; RETURN NEW; END $$",
        "CREATE TRIGGER change BEFORE INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION change()",
    )
    async with opened(target) as db:
        with db.transaction() as tx:
            for statement in change:
                tx.execute(text(statement))
        with pytest.raises(CannotMove, match="Table jobs differs after the move: other values"):
            await moved(small, target)
        assert await has_nothing(target)
        with db.transaction() as tx:
            tx.execute(text("DROP FUNCTION change CASCADE"))


async def test_a_target_with_anything_in_it_is_refused(small: Settings, place: Make) -> None:
    target = place()
    await moved(small, target)
    before = await rows_of(target)
    with pytest.raises(CannotMove, match="is not empty"):
        await moved(small, target)
    assert await rows_of(target) == before


async def test_what_postgres_does_not_take_is_named_before_anything_is_copied(
    small: Settings, place: Make, db: Database, tenant: Tenant
) -> None:
    target = place(grown=True)
    with db.transaction() as tx:
        tx.execute(update(api_keys).values(name="a\0b"))
        values = {"team_id": tenant.team_id, "kind": "grant", "amount": 0, "held": 0, "created_at": NOW}
        tx.execute(insert(ledger).values(**values, note="n" * 501))
        tx.execute(update(teams).values(job_limit=2**40))
    with pytest.raises(CannotMove) as refused:
        await moved(small, target)
    assert str(refused.value).splitlines() == [
        f"teams {tenant.team_id}: PostgreSQL rejects its job_limit.",
        f"api_keys {tenant.key_id}: PostgreSQL rejects its name.",
        "ledger 2: PostgreSQL rejects its note.",
    ]
    assert await keys_of(target) == []
    await moved(small, place())


async def test_books_that_do_not_balance_are_not_moved(small: Settings, place: Make, db: Database) -> None:
    with db.transaction() as tx:
        tx.execute(update(teams).values(balance=99))
    with pytest.raises(CannotMove, match="has 99 credits, 0 reserved; its entries sum to 100 and 0"):
        await moved(small, place())


async def test_an_older_schema_is_brought_up_first(small: Settings, place: Make, db: Database) -> None:
    with db.transaction() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '0006'"))
    with pytest.raises(CannotMove, match="The schema is 0006, this version needs 0"):
        await moved(small, place())

"""Migrations forwards, from every schema there ever was, on both databases."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    insert,
    make_url,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError
from tests.support.backends import Backend, copied, opened, some_name, split
from tests.support.jobs import NOW, Tenant, create_tenant, written_job
from tests.support.samples import one_in

import easel
from easel.db.engine import Database
from easel.db.schema import MIGRATIONS, revisions
from easel.db.tables import metadata
from easel.domain import JobState, Scope
from easel.jobs.read import JobFilter, page_of_jobs
from easel.jobs.write import mark_deleted
from easel.kit.clock import DAY
from easel.kit.ids import new_id
from easel.ledger.entries import grant, hold, record_hold, settle
from easel.ledger.read import Usage, miscounted_usage, usage_within

pytestmark = [pytest.mark.anyio, pytest.mark.backends(postgres="proof")]

REVISIONS = [one.revision for one in ScriptDirectory(str(MIGRATIONS)).walk_revisions()][::-1]
Rows = dict[str, dict[str, Any]]


@pytest.fixture
def nothing(request: pytest.FixtureRequest, backend: Backend, tmp_path: Path) -> Iterator[Path | str]:
    """A database without a schema."""
    if backend == "embedded":
        yield tmp_path / "easel.db"
    else:
        databases, _ = split(request.getfixturevalue("template"))
        with copied(databases, "template0") as address:
            yield address


@pytest.fixture
async def bare(nothing: Path | str) -> AsyncIterator[Database]:
    db = opened(nothing)
    yield db
    await db.close()


def some_value(column: "Column[Any]") -> object:
    """Something legal: rows refer to each other, as every table has one."""
    if isinstance(column.type, JSON):
        return {"a": [1, "ä"]}
    if isinstance(column.type, Boolean):
        return True
    if isinstance(column.type, Integer | Float):
        return 1
    if isinstance(column.type, LargeBinary):
        return b"\x00\xff"
    return "id" if column.primary_key or column.foreign_keys else column.name[:10]


# The index of prompts: not in the code's tables, and on each database another.
SCALING = Path(easel.__file__).parent / "docs" / "pages" / "scaling.md"
NO_TABLES = ("job_prompts", "ix_jobs_prompt", "alembic_version")


def schema_of(connection: Connection) -> MetaData:
    there = MetaData()
    there.reflect(connection, only=lambda name, _: not name.startswith(NO_TABLES))
    return there


# What is renamed later, and what is made anew: it is known again a moment after a start.
RENAMED = {"put_back": "requeues", "ticket": "pending"}
FLEETING = {"gates", "gate_places"}


def fill(connection: Connection) -> None:
    """One row in every table there is."""
    for table in schema_of(connection).sorted_tables:
        connection.execute(insert(table).values({column.name: some_value(column) for column in table.columns}))


def rows_of(connection: Connection) -> Rows:
    tables = schema_of(connection).sorted_tables
    return {table.name: dict(connection.execute(select(table)).mappings().one_or_none() or {}) for table in tables}


def differences(connection: Connection) -> list[object]:
    ours = {"include_name": lambda name, *_: not (name or "").startswith(NO_TABLES)}
    return list(compare_metadata(MigrationContext.configure(connection, opts=ours), metadata))


def partial_indexes(of: MetaData) -> set[str]:
    """Those whose condition is known, whichever database it is written for."""
    return {
        str(index.name)
        for table in of.sorted_tables
        for index in table.indexes
        if index.name not in NO_TABLES
        and any(index.dialect_options[one]["where"] is not None for one in ("sqlite", "postgresql"))
    }


async def test_an_index_of_some_rows_is_one_on_both_databases(bare: Database) -> None:
    await bare.migrate()
    with bare.reading() as connection:
        assert partial_indexes(schema_of(connection)) == partial_indexes(metadata)


@pytest.mark.parametrize("revision", one_in(5, REVISIONS))
async def test_what_an_older_easel_wrote_is_there_after_the_migration(bare: Database, revision: str) -> None:
    await bare.migrate(revision)
    with bare.transaction() as tx:
        fill(tx.connection)
    with bare.reading() as connection:
        before = rows_of(connection)
    assert all(before.values())
    await bare.migrate()
    with bare.reading() as connection:
        after = rows_of(connection)
        assert differences(connection) == []
    for name, row in before.items():
        if name not in FLEETING:
            assert {column: after[name][RENAMED.get(column, column)] for column in row} == row
    with pytest.raises(DBAPIError, match="the ledger is append-only"), bare.transaction() as tx:
        tx.execute(text("UPDATE ledger SET amount = 2"))


async def test_the_migrations_make_exactly_the_tables_of_the_code(bare: Database) -> None:
    assert revisions() == REVISIONS
    await bare.migrate()
    with bare.reading() as connection:
        assert differences(connection) == []


async def test_migrating_again_changes_nothing(bare: Database) -> None:
    await bare.migrate()
    with bare.transaction() as tx:
        fill(tx.connection)
    with bare.reading() as connection:
        before = rows_of(connection)
    await bare.migrate()
    with bare.reading() as connection:
        assert rows_of(connection) == before


async def test_what_is_summed_and_indexed_now_holds_for_older_rows(
    bare: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bare.migrate("0015")
    tenant = Tenant(new_id(), new_id(), new_id(), "")
    with bare.transaction() as tx:
        old = MetaData()  # without what later migrations add
        old.reflect(tx.connection, only=["teams", "users", "api_keys"])
        now: dict[str, Any] = {"created_at": NOW}
        whose = {"team_id": tenant.team_id, "email": "owner@main.test", "role": "OWNER"}
        key = {"name": "first", "prefix": "afk_", "digest": b"-" * 32, "test": False, "state": "active"}
        tx.execute(insert(old.tables["teams"]).values(id=tenant.team_id, name="Main", plan="", job_limit=2, **now))
        tx.execute(insert(old.tables["users"]).values(id=tenant.user_id, **whose, **now))
        tx.execute(insert(old.tables["api_keys"]).values(id=tenant.key_id, user_id=tenant.user_id, **key, **now))
        grant(tx, team_id=tenant.team_id, credits=100, note="", now=NOW)
    status = JobState.COMPLETED
    first, gone, last = [await written_job(bare, tenant, status=status) for _ in range(3)]
    with bare.transaction() as tx:
        mark_deleted(tx, gone, now=NOW)
        for job, cost in ((first, 4), (last, 3)):
            hold(tx, team_id=tenant.team_id, credits=10)
            record_hold(tx, team_id=tenant.team_id, job_id=job.id, credits=10, now=NOW)
            settle(tx, team_id=tenant.team_id, job_id=job.id, held=10, cost=cost, now=NOW)
    await bare.migrate()
    with bare.transaction() as tx:
        hold(tx, team_id=tenant.team_id, credits=10)
        record_hold(tx, team_id=tenant.team_id, job_id=gone.id, credits=10, now=NOW)
        settle(tx, team_id=tenant.team_id, job_id=gone.id, held=10, cost=2, now=NOW)
    scope = Scope(tenant.team_id)
    assert await bare.read(miscounted_usage) == []
    assert await bare.read(usage_within, scope, since=0) == [Usage(NOW // DAY, first.model, tenant.key_id, 9, 3)]
    monkeypatch.setattr("easel.jobs.search.NEWEST", (0,))
    found, _ = await bare.read(page_of_jobs, scope, JobFilter(words="PLAIN pic"), limit=9, before=None)
    assert [job.id for job in found] == [last.id, first.id]


@pytest.mark.proof
@pytest.mark.backends("postgres")
@pytest.mark.parametrize(("owns", "indexed"), [(True, True), (False, False)])
async def test_a_plain_owner_of_the_database_gets_the_index_of_prompts(
    nothing: str, monkeypatch: pytest.MonkeyPatch, owns: bool, indexed: bool
) -> None:
    """And whoever may not have the extension searches all the same."""
    role, url = some_name(), make_url(nothing)
    with psycopg.connect(nothing, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'secret'")
        what = f"ALTER DATABASE {url.database} OWNER TO {role}" if owns else f"GRANT ALL ON SCHEMA public TO {role}"
        connection.execute(what)
        db = opened(url.set(username=role, password="secret").render_as_string(hide_password=False))
        await db.migrate()
        monkeypatch.setattr("easel.jobs.search.NEWEST", (0,))
        tenant = await create_tenant(db, credits=100)
        job = await written_job(db, tenant, status=JobState.COMPLETED)
        wanted = JobFilter(words="plain")
        found, _ = await db.read(page_of_jobs, Scope(tenant.team_id), wanted, limit=9, before=None)
        index = connection.execute("SELECT to_regclass('ix_jobs_prompt')").fetchone()
        await db.close()
        if not indexed:  # whoever administers the database adds it later, as the page says
            (later,) = re.findall(r"```sql\n(.*?)```", SCALING.read_text(), re.DOTALL)
            connection.execute(later)
            assert connection.execute("SELECT to_regclass('ix_jobs_prompt')").fetchone() != (None,)
        connection.execute(f"REASSIGN OWNED BY {role} TO CURRENT_USER")
        connection.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")
    assert [one.id for one in found] == [job.id]
    assert (index != (None,)) == indexed

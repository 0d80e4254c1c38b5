"""Migrations forwards, from every schema there ever was, on both databases."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Boolean, Column, Connection, Float, Integer, LargeBinary, MetaData, insert, select, text
from sqlalchemy.exc import DBAPIError
from tests.support.backends import Backend, copied, opened, split
from tests.support.samples import one_in

from easel.db.engine import MIGRATIONS, Database
from easel.db.tables import metadata

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


@pytest.mark.parametrize("revision", one_in(3, REVISIONS))
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

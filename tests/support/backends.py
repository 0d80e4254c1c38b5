"""The two places where a test's data can be: a file and a folder, or a PostgreSQL and a bucket.

What is marked `backends` runs in both of them; what is marked `backends("postgres")`, in that one.
"""

import asyncio
import contextlib
import dataclasses
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import psycopg
from psycopg import sql
from tests.support.object_store import running_object_store
from tests.support.postgres import Databases, running_postgres

from easel.db.engine import Database
from easel.db.tables import metadata
from easel.runtime import open_database
from easel.runtime.postgres.database import PostgresDatabase
from easel.runtime.postgres.queue import PostgresQueue
from easel.services import Services

Backend = Literal["embedded", "postgres"]
HEARTBEAT, DEAD_AFTER = 0.5, 5.0  # of an engine that is polling_often
OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
# Settings of an empty installation for a data folder; the same for the same folder, as after a restart.
SettingsFor = Callable[[Path], Mapping[str, Any]]


def some_name() -> str:
    return f"easel_{secrets.token_hex(6)}"


@contextlib.contextmanager
def template_server() -> Iterator[str]:
    """The address of a database of the newest schema: copying it is several times faster than migrating anew."""
    with running_postgres() as databases, copied(databases, "template1") as address:
        asyncio.run(_migrated(address))
        yield address


@contextlib.contextmanager
def bucket_server() -> Iterator[str]:
    with running_object_store() as bucket:
        yield bucket.address


@contextlib.contextmanager
def copied(databases: Databases, template: str) -> Iterator[str]:
    """A copy of a database, for as long as the block lasts; its address."""
    name = some_name()
    try:
        yield databases.create(name, template=template)
    finally:
        databases.drop(name)


class DatabasePool:
    """Empty databases, lent to one test after the other: emptying one is far cheaper than making one."""

    def __init__(self, template: str) -> None:
        self._databases, self._template = split(template)
        self._clean: list[str] = []
        self._copies = contextlib.ExitStack()

    @contextlib.contextmanager
    def lend(self) -> Iterator[str]:
        if not self._clean:
            self._clean.append(self._copies.enter_context(copied(self._databases, self._template)))
        address = self._clean.pop()
        yield address
        _empty(address)
        self._clean.append(address)

    def close(self) -> None:
        self._copies.close()


def split(address: str) -> tuple[Databases, str]:
    """A database's server and name."""
    server, _, name = address.rpartition("/")
    return Databases(server), name


def embedded_settings(empty: Path) -> SettingsFor:
    def prepare(data: Path) -> Mapping[str, Any]:
        if not (data / "easel.db").exists():
            shutil.copyfile(empty, data / "easel.db")
        return {}

    return prepare


@contextlib.contextmanager
def postgres_settings(lending: DatabasePool, bucket: Mapping[str, str]) -> Iterator[SettingsFor]:
    """Each data folder has a database of its own and a folder in the bucket."""
    made: dict[Path, Mapping[str, Any]] = {}
    with contextlib.ExitStack() as lent:

        def prepare(data: Path) -> Mapping[str, Any]:
            if data not in made:
                address = lent.enter_context(lending.lend())
                folder = f"{bucket['storage_url']}{some_name()}"
                made[data] = {**bucket, "database_url": address, "storage_url": folder}
            return made[data]

        yield prepare


def polling_often(services: Services) -> Services:
    """The same, with an engine that looks for work more often."""
    if not isinstance(services.db, PostgresDatabase):
        return services
    at_once = services.settings.jobs_at_once
    engine = PostgresQueue(services.db, at_once=at_once, heartbeat=HEARTBEAT, dead_after=DEAD_AFTER)
    return dataclasses.replace(services, queue=engine)


def opened(source: Path | str) -> Database:
    return open_database(source.parent) if isinstance(source, Path) else open_database(Path(), source)


def _empty(address: str) -> None:
    """No rows, numbers from 1, and nobody connected."""
    queue = [f"procrastinate_{name}" for name in ("periodic_defers", "events", "jobs", "workers")]
    tables = [table.name for table in reversed(metadata.sorted_tables)]
    with psycopg.connect(address) as connection:
        connection.execute(OTHERS)
        connection.execute("ALTER TABLE ledger DISABLE TRIGGER USER")
        for name in (*queue, *tables):
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
        connection.execute("ALTER TABLE ledger ENABLE TRIGGER USER")
        connection.execute("SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'")


async def _migrated(address: str) -> None:
    db = PostgresDatabase(address)
    await db.migrate()
    await PostgresQueue(db, at_once=1).prepare()
    await db.close()

"""What one process works with. What differs between one process and many is in `embedded` and `postgres`.

`postgres` is imported when it is used: psycopg and Procrastinate cost a small installation time and memory.
"""

from pathlib import Path
from typing import cast

from easel.db.engine import Database
from easel.runtime.base import Runtime
from easel.runtime.embedded.database import SqliteDatabase
from easel.runtime.embedded.runtime import EmbeddedRuntime


def open_database(data: Path, address: str | None = None) -> Database:
    """The PostgreSQL database at the address; without one, the SQLite file in the data folder."""
    if address:
        from easel.runtime.postgres.database import PostgresDatabase

        return PostgresDatabase(address)
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return SqliteDatabase(data / "easel.db")


def runtime_of(db: Database) -> Runtime:
    """The one place that chooses between one process and many."""
    if db.dialect == "sqlite":
        return EmbeddedRuntime(db)
    from easel.runtime.postgres.database import PostgresDatabase
    from easel.runtime.postgres.runtime import PostgresRuntime

    return PostgresRuntime(cast(PostgresDatabase, db))

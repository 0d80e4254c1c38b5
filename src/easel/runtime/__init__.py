"""What one process works with. What differs between one process and many is in `embedded` and `postgres`."""

from pathlib import Path

from easel.db.engine import Database
from easel.runtime.base import Runtime
from easel.runtime.embedded.database import SqliteDatabase
from easel.runtime.embedded.runtime import EmbeddedRuntime
from easel.runtime.postgres.database import PostgresDatabase
from easel.runtime.postgres.runtime import PostgresRuntime


def open_database(data: Path, address: str | None = None) -> Database:
    """The PostgreSQL database at the address; without one, the SQLite file in the data folder."""
    if address:
        return PostgresDatabase(address)
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return SqliteDatabase(data / "easel.db")


def runtime_of(db: Database) -> Runtime:
    """The one place that chooses between one process and many."""
    return PostgresRuntime(db) if isinstance(db, PostgresDatabase) else EmbeddedRuntime(db)

"""What one process works with. What differs between one process and many is in `embedded` and `postgres`."""

from pathlib import Path
from typing import TYPE_CHECKING

from easel.db.engine import Database
from easel.runtime.base import Runtime

if TYPE_CHECKING:
    from easel.runtime.postgres.database import PostgresDatabase


def open_database(data: Path, address: str | None = None) -> Database:
    """The PostgreSQL database at the address; without one, the SQLite file in the data folder."""
    if address:
        from easel.runtime.postgres.database import PostgresDatabase

        return PostgresDatabase(address)
    from easel.runtime.embedded.database import SqliteDatabase

    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return SqliteDatabase(data / "easel.db")


def runtime_of(db: Database) -> Runtime:
    """The one place that chooses between one process and many. Libraries are imported only where they are used."""
    if db.dialect == "postgresql":
        from easel.runtime.postgres.runtime import PostgresRuntime

        return PostgresRuntime(_postgres(db))
    from easel.runtime.embedded.runtime import EmbeddedRuntime

    return EmbeddedRuntime(db)


def _postgres(db: Database) -> "PostgresDatabase":
    from easel.runtime.postgres.database import PostgresDatabase

    assert isinstance(db, PostgresDatabase)  # noqa: S101 - its dialect said so
    return db

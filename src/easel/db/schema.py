"""The schema of a database: its revision, and the migrations to the newest one."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = "head"


class SchemaTooNew(Exception):
    """The database has a newer schema than this version of Easel."""


def schema_of(connection: Connection) -> str | None:
    """The schema revision of a database; None before the first migration."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def newest_schema() -> str:
    """The newest schema revision of this version."""
    return revisions()[-1]


def revisions() -> list[str]:
    """All revisions of this version, the oldest first: the file of each begins with its number."""
    return sorted(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def upgrade(connection: Connection, revision: str) -> None:
    """Migrate to a revision. Raises SchemaTooNew."""
    known, found = revisions(), schema_of(connection)
    connection.rollback()  # reading began a transaction, and the migration begins its own
    if found and found not in known:
        raise SchemaTooNew(f"The database schema ({found}) belongs to a newer version of Easel. Start that version.")
    if found == known[-1] and revision == NEWEST:
        return
    # Importing Alembic takes longer than all migrations, and most starts find nothing to migrate.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)

"""Whose every row is, and whether it is of test mode; what a team stores; how far a key may reach."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

BACKFILL = (
    *(
        f"UPDATE {table} SET user_id = (SELECT user_id FROM jobs WHERE jobs.id = {table}.job_id), "  # noqa: S608
        f"test = coalesce((SELECT test FROM jobs WHERE jobs.id = {table}.job_id), false)"
        for table in ("files", "events", "deliveries")
    ),
    "UPDATE deliveries SET user_id = (SELECT user_id FROM api_keys WHERE api_keys.id = deliveries.key_id) "
    "WHERE user_id IS NULL",
    "UPDATE idempotency_keys "
    "SET test = coalesce((SELECT test FROM jobs WHERE jobs.id = idempotency_keys.job_id), false)",
    *(
        f"UPDATE teams SET {column} = coalesce("  # noqa: S608
        f"(SELECT sum(byte_size) FROM files WHERE files.team_id = teams.id AND files.test IS {mode}), 0)"
        for column, mode in (("stored_bytes", "false"), ("stored_test_bytes", "true"))
    ),
)


def upgrade() -> None:
    for table in ("files", "events", "deliveries"):
        op.add_column(table, sa.Column("user_id", sa.String(length=36), nullable=True))
        op.add_column(table, _test())
    op.add_column("idempotency_keys", _test())
    op.add_column("api_keys", sa.Column("role_cap", sa.String(length=10), nullable=True))
    for name in ("stored_bytes", "stored_test_bytes"):
        op.add_column("teams", sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
    for statement in BACKFILL:
        op.execute(statement)
    with op.batch_alter_table("idempotency_keys", schema=None) as batch_op:
        batch_op.drop_constraint("pk_idempotency_keys", type_="primary")
        batch_op.create_primary_key("pk_idempotency_keys", ["team_id", "test", "key"])
    for table, column in (("events", "number"), ("deliveries", "id")):
        op.create_index(f"ix_{table}_user_id_{column}", table, ["user_id", column], unique=False)
        _of_test_mode(f"ix_{table}_test", table, ["team_id", column])
    _of_test_mode("ix_jobs_test_team", "jobs", ["team_id", "id"])
    _of_test_mode("ix_jobs_test_user", "jobs", ["user_id", "id"])


def _of_test_mode(name: str, table: str, columns: list[str]) -> None:
    sqlite, postgresql = sa.text("test IS 1"), sa.text("test IS true")
    op.create_index(name, table, columns, unique=False, sqlite_where=sqlite, postgresql_where=postgresql)


def _test() -> "sa.Column[bool]":
    return sa.Column("test", sa.Boolean(), nullable=False, server_default=sa.text("false"))

"""Which installation this is and what time its deletions go by; credits and sizes have bounds that the schema keeps."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

# A quadrillion of credits, and an exabyte: far from where sums leave whole numbers of 64 bits.
CREDITS, BYTES = 10**15, 10**18
BOUNDS: dict[str, dict[str, tuple[int, int]]] = {
    "teams": {
        "balance": (0, CREDITS),
        "held": (0, CREDITS),
        "stored_bytes": (0, BYTES),
        "stored_test_bytes": (0, BYTES),
    },
    "ledger": {"amount": (-CREDITS, CREDITS), "held": (-CREDITS, CREDITS)},
    "jobs": {"quoted": (0, 2**31 - 1), "credit_cost": (0, 2**31 - 1)},
    "files": {"byte_size": (0, BYTES)},
}


def upgrade() -> None:
    op.create_table(
        "installation",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("generation", sa.BigInteger(), nullable=False),
        sa.Column("swept_at", sa.BigInteger(), nullable=True),
        sa.Column("trusted_at", sa.BigInteger(), nullable=True),
        sa.Column("doubted_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_installation")),
    )
    bound = _bound_on_postgres if op.get_bind().dialect.name == "postgresql" else _bound_on_sqlite
    for table, columns in BOUNDS.items():
        bound(table, columns)


def _bound_on_postgres(table: str, columns: dict[str, tuple[int, int]]) -> None:
    """A row that is out of bounds already must not stop a server from starting: then only writes are checked."""
    within = " AND ".join(f"{name} BETWEEN {low} AND {high}" for name, (low, high) in columns.items())
    broken = op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} WHERE NOT ({within}) LIMIT 1")).first()  # noqa: S608
    later = " NOT VALID" if broken else ""
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_bounded CHECK ({within}){later}")


def _bound_on_sqlite(table: str, columns: dict[str, tuple[int, int]]) -> None:
    """Triggers, since tables that others refer to cannot be made anew; and SQLite would keep 1.5 in such a column."""
    outside = " OR ".join(
        f"typeof(NEW.{name}) <> 'integer' OR NEW.{name} NOT BETWEEN {low} AND {high}"
        for name, (low, high) in columns.items()
    )
    for name, when in (("insert", "INSERT"), ("update", f"UPDATE OF {', '.join(columns)}")):
        op.execute(
            f"CREATE TRIGGER {table}_bounded_{name} AFTER {when} ON {table} WHEN {outside} "
            f"BEGIN SELECT RAISE(ABORT, '{table}: a number is out of its bounds'); END"
        )

"""The trace a job belongs to, and credits granted without reading the whole ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("trace", sa.String(length=55), nullable=True))
    grants = sa.text("kind = 'grant'")
    op.create_index(
        "ix_ledger_grants", "ledger", ["amount"], unique=False, sqlite_where=grants, postgresql_where=grants
    )

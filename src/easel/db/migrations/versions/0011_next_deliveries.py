"""Which messages of a team are next, however many wait."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    pending = sa.text("state = 'pending'")
    columns = ["team_id", "test", "due_at", "number", "state"]
    op.create_index(
        "ix_deliveries_next", "deliveries", columns, unique=False, sqlite_where=pending, postgresql_where=pending
    )

"""How many calls of a job one row of its attempts stands for."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("attempts", sa.Column("calls", sa.Integer(), nullable=False, server_default="1"))

"""How many partial images of a job were shown, and what each costs."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    for name in ("partials", "partial_credits"):
        op.add_column("jobs", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))

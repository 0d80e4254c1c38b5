"""How many calls of a job one row of its attempts stands for; and limiters of single models, whose names are longer."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("attempts", sa.Column("calls", sa.Integer(), nullable=False, server_default="1"))
    for table, name in (("limiters", "name"), ("queue_entries", "limiter")):
        with op.batch_alter_table(table) as batch:
            batch.alter_column(name, existing_type=sa.String(40), type_=sa.String(160), existing_nullable=False)

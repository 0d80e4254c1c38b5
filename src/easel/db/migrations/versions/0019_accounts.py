"""Keys with an expiry, a monthly credit limit and a list of models; members who were removed."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("api_keys", sa.Column("expires_at", sa.BigInteger()))
    op.add_column("api_keys", sa.Column("monthly_credits", sa.BigInteger()))
    op.add_column("api_keys", sa.Column("models", sa.JSON()))
    op.add_column("users", sa.Column("removed_at", sa.BigInteger()))

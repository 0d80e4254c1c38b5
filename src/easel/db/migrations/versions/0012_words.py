"""The field's words: providers, limiters, queue entries; in columns, and in the error codes of jobs."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

COLUMNS = {"put_back": "requeues", "ticket": "pending"}
CODES = {
    "painter_busy": "provider_busy",
    "painter_down": "provider_down",
    "painter_failed": "provider_failed",
    "painter_misconfigured": "provider_misconfigured",
    "not_a_picture": "not_an_image",
}
OUTCOMES = {
    "painting": "generating",
    "painted": "generated",
    "no_picture": "no_image",
    "busy": "throttled",
    "down": "unreachable",
    "invalid": "unsupported",
    "refused": "rejected",
}


def upgrade() -> None:
    for old, new in COLUMNS.items():
        op.execute(f"ALTER TABLE jobs RENAME COLUMN {old} TO {new}")
    for old, new in CODES.items():
        op.execute(sa.text("UPDATE jobs SET error_code = :new WHERE error_code = :old").bindparams(new=new, old=old))
    for old, new in OUTCOMES.items():
        op.execute(sa.text("UPDATE attempts SET outcome = :new WHERE outcome = :old").bindparams(new=new, old=old))
    # What they hold is known anew a moment after a start.
    op.drop_table("gate_places")
    op.drop_table("gates")
    op.create_table(
        "limiters",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("tokens", sa.Float(), nullable=False),
        sa.Column("filled_at", sa.BigInteger(), nullable=False),
        sa.Column("paused_until", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text()),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_limiters"),
    )
    op.create_table(
        "queue_entries",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("limiter", sa.String(40), nullable=False),
        sa.Column("process_id", sa.String(36), nullable=False),
        sa.Column("team_id", sa.String(36), nullable=False),
        sa.Column("images", sa.Integer(), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("renewed_at", sa.BigInteger(), nullable=False),
        sa.Column("granted_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_queue_entries"),
    )
    op.create_index("ix_queue_entries_limiter_round_joined_at", "queue_entries", ["limiter", "round", "joined_at"])
    op.create_index("ix_queue_entries_process_id", "queue_entries", ["process_id"])

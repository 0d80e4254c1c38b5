"""Usage by day, model and key, kept by the database as entries of the ledger are written."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

COLUMNS = "team_id, day, model, key_id, user_id, credits, jobs"
FILL = (
    f"INSERT INTO daily_usage ({COLUMNS}) "  # noqa: S608 - constants
    "SELECT ledger.team_id, ledger.created_at / 86400000, model, key_id, user_id, -sum(amount), count(*) "
    "FROM ledger JOIN jobs ON jobs.id = ledger.job_id WHERE ledger.kind = 'settle' "
    "GROUP BY ledger.team_id, ledger.created_at / 86400000, model, key_id, user_id"
)
ADD = (
    f"INSERT INTO daily_usage ({COLUMNS}) "  # noqa: S608 - constants
    "SELECT NEW.team_id, NEW.created_at / 86400000, model, key_id, user_id, -NEW.amount, 1 "
    "FROM jobs WHERE id = NEW.job_id "
    "ON CONFLICT (team_id, day, model, key_id) "
    "DO UPDATE SET credits = daily_usage.credits + excluded.credits, jobs = daily_usage.jobs + 1"
)
# Whoever ends a job holds the team's row: taken first, two ends never wait for each other in a circle.
TEAM_FIRST = "PERFORM 1 FROM teams WHERE id = NEW.team_id FOR NO KEY UPDATE"


def upgrade() -> None:
    op.create_table(
        "daily_usage",
        sa.Column("team_id", sa.String(length=36), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=80), nullable=False),
        sa.Column("key_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("credits", sa.BigInteger(), nullable=False),
        sa.Column("jobs", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_daily_usage_team_id_teams")),
        sa.ForeignKeyConstraint(["key_id"], ["api_keys.id"], name=op.f("fk_daily_usage_key_id_api_keys")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_daily_usage_user_id_users")),
        sa.PrimaryKeyConstraint("team_id", "day", "model", "key_id", name=op.f("pk_daily_usage")),
    )
    op.create_index("ix_daily_usage_of_user", "daily_usage", ["team_id", "user_id", "day", "model", "key_id"])
    if op.get_bind().dialect.name == "postgresql":
        # An older process that still runs writes entries meanwhile: none may fall between the sums and the trigger.
        op.execute("LOCK TABLE ledger IN SHARE ROW EXCLUSIVE MODE")
        op.execute(
            "CREATE FUNCTION easel_daily_usage() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {TEAM_FIRST}; {ADD}; RETURN NULL; END $$"
        )
        op.execute(
            "CREATE TRIGGER ledger_daily_usage AFTER INSERT ON ledger FOR EACH ROW "
            "WHEN (NEW.kind = 'settle') EXECUTE FUNCTION easel_daily_usage()"
        )
    else:
        op.execute(
            f"CREATE TRIGGER ledger_daily_usage AFTER INSERT ON ledger WHEN NEW.kind = 'settle' BEGIN {ADD}; END"
        )
    op.execute(FILL)

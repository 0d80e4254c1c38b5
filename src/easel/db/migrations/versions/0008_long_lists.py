"""Lists that stay as quick to read, filtered too, however long they become."""

from alembic import op

revision = "0008"
down_revision = "0007"

NEW: dict[str, list[tuple[str, ...]]] = {
    "jobs": [
        ("team_id", "status", "id"),
        ("user_id", "status", "id"),
        ("team_id", "model", "id"),
        ("user_id", "model", "id"),
    ],
    "deliveries": [("team_id", "id"), ("team_id", "state", "id"), ("created_at",)],
}


def upgrade() -> None:
    for table, indexes in NEW.items():
        for columns in indexes:
            op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns), unique=False)
    op.drop_index("ix_deliveries_team_id_number", table_name="deliveries")

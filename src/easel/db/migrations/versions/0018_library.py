"""Favourites and collections of images. An entry is deleted with its image."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

ID, NAME = sa.String(length=36), sa.String(length=80)


def upgrade() -> None:
    op.create_table(
        "favourites",
        sa.Column("user_id", ID, nullable=False),
        sa.Column("job_id", ID, nullable=False),
        sa.Column("image", NAME, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_favourites_user_id_users")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_favourites_job_id_jobs")),
        sa.ForeignKeyConstraint(["image"], ["files.name"], name=op.f("fk_favourites_image_files"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "job_id", "image", name=op.f("pk_favourites")),
    )
    op.create_index(op.f("ix_favourites_image"), "favourites", ["image"])
    op.create_table(
        "collections",
        sa.Column("id", ID, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("test", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_collections_team_id_teams")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_collections_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collections")),
    )
    op.create_index(op.f("ix_collections_user_id"), "collections", ["user_id"])
    op.create_table(
        "collection_images",
        sa.Column("collection_id", ID, nullable=False),
        sa.Column("job_id", ID, nullable=False),
        sa.Column("image", NAME, nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["collections.id"],
            name=op.f("fk_collection_images_collection_id_collections"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_collection_images_job_id_jobs")),
        sa.ForeignKeyConstraint(
            ["image"], ["files.name"], name=op.f("fk_collection_images_image_files"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("collection_id", "job_id", "image", name=op.f("pk_collection_images")),
    )
    op.create_index(op.f("ix_collection_images_image"), "collection_images", ["image"])
    op.create_index(op.f("ix_collection_images_job_id"), "collection_images", ["job_id"])

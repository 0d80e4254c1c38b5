"""Favourites and collections. An entry names a file, and is deleted with it; its job is in the key, to list by it."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table

from easel.db.columns import Id, Time, metadata

favourites = Table(
    "favourites",
    metadata,
    Column("user_id", Id, ForeignKey("users.id"), primary_key=True),
    Column("job_id", Id, ForeignKey("jobs.id"), primary_key=True),
    Column("image", String(80), ForeignKey("files.name", ondelete="CASCADE"), primary_key=True),
    Index(None, "image"),
)

collections = Table(
    "collections",
    metadata,
    Column("id", Id, primary_key=True),
    Column("team_id", Id, ForeignKey("teams.id"), nullable=False),
    Column("user_id", Id, ForeignKey("users.id"), nullable=False),
    Column("test", Boolean, nullable=False),  # created with a test key
    Column("name", String(200), nullable=False),
    Column("created_at", Time, nullable=False),
    Index(None, "user_id"),
)

collection_images = Table(
    "collection_images",
    metadata,
    Column("collection_id", Id, ForeignKey("collections.id", ondelete="CASCADE"), primary_key=True),
    Column("job_id", Id, ForeignKey("jobs.id"), primary_key=True),
    Column("image", String(80), ForeignKey("files.name", ondelete="CASCADE"), primary_key=True),
    Index(None, "image"),
    Index(None, "job_id"),
)

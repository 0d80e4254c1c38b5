"""Favourites: images that a member marked. A mark is deleted with its image, and keeps it no longer."""

from sqlalchemy import delete, insert, select

from easel.db.engine import Transaction
from easel.db.mark_tables import favourites
from easel.domain import Caller
from easel.files.rows import lock_image


def mark(tx: Transaction, caller: Caller, job_id: str, number: int) -> None:
    """Raises NotFound. Marking it again changes nothing."""
    image = lock_image(tx, caller.scope, job_id, number).name
    marked = (favourites.c.user_id == caller.user_id, favourites.c.image == image)
    if tx.execute(select(favourites.c.image).where(*marked)).first() is None:
        tx.execute(insert(favourites), {"user_id": caller.user_id, "job_id": job_id, "image": image})


def unmark(tx: Transaction, caller: Caller, job_id: str, number: int) -> None:
    """Raises NotFound when there is no such image."""
    image = lock_image(tx, caller.scope, job_id, number).name
    tx.execute(delete(favourites).where(favourites.c.user_id == caller.user_id, favourites.c.image == image))

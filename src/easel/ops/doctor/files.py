"""Do rows and the store agree?"""

import asyncio
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, select

from easel.db.engine import Database
from easel.db.tables import files, jobs
from easel.domain import JobState
from easel.kit.clock import HOUR
from easel.ops.doctor.finding import Finding, all_of, shortened
from easel.ops.installation import compare
from easel.ops.orphans import ORPHAN_AGE, orphans
from easel.storage import Storage

AT_ONCE = 500


def missing_rows(connection: Connection) -> Sequence[str]:
    query = (
        select(jobs.c.id)
        .outerjoin(files, and_(files.c.job_id == jobs.c.id, files.c.kind == "output"))
        .where(jobs.c.status == JobState.COMPLETED, ~jobs.c.expired, files.c.name.is_(None))
    )
    return [f"Job {job_id} is COMPLETED and has no images." for job_id in all_of(connection, query)]


async def missing_files(db: Database, storage: Storage) -> Sequence[str]:
    """Rows whose objects are missing or incomplete. Files deleted since the query are fine."""
    problems: list[str] = []
    last = ""
    while rows := await db.read(_page, last):
        last = rows[-1].name
        sizes = await asyncio.gather(*(storage.byte_size(row.key) for row in rows))
        pairs = zip(rows, sizes, strict=True)
        wrong = {row.name: _said(row.name, size, row.byte_size) for row, size in pairs if size != row.byte_size}
        problems += [wrong[name] for name in await db.read(_still, wrong)]
    return problems


def _page(connection: Connection, after: str) -> Sequence[Row[Any]]:
    page = select(files.c.name, files.c.key, files.c.byte_size).where(files.c.name > after).order_by(files.c.name)
    return list(connection.execute(page.limit(AT_ONCE)))


def _still(connection: Connection, names: Collection[str]) -> Sequence[str]:
    return all_of(connection, select(files.c.name).where(files.c.name.in_(names)).order_by(files.c.name))


async def nobodys_files(db: Database, storage: Storage, now: int, percent: float) -> tuple[Finding, Finding]:
    """Objects without a row that the sweep should have deleted or will not delete; and whether the store is linked."""
    anothers = await compare(db, storage)
    orphaned = await orphans(db, storage, now - ORPHAN_AGE - 2 * HOUR)
    problems: list[str] = []
    fate = "It is not deleted." if anothers else "The sweep of a running server deletes it."
    if orphaned.are_many(percent):
        fate = "It is not deleted."
        problems = [
            f"{len(orphaned.keys):,} of {orphaned.objects:,} objects have no row, more than a sweep deletes "
            "automatically. Are rows missing? If not, `easel store purge` deletes them."
        ]
    notes = [f"{key} has no row. {fate}" for key in orphaned.keys]
    return (
        Finding("every file has its row", problems, notes=shortened(notes)),
        Finding("database and store belong together", [anothers] if anothers else []),
    )


def _said(name: str, size: int | None, expected: int) -> str:
    if size is None:
        return f"{name} is missing in the store."
    return f"{name} has {size} bytes in the store instead of {expected}."

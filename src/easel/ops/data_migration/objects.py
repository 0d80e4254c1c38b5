"""Copies the objects that rows name from one store to another, under the same keys."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from easel.db.engine import Database
from easel.db.tables import files
from easel.domain import Image, Size, StoredObject
from easel.jobs.load import get_job, unfinished_jobs
from easel.ops.orphans import orphans
from easel.pipeline.store import stored_before
from easel.storage import Storage, has_etag

BATCH = 500
EVER = 2**62


@dataclass(frozen=True, slots=True)
class Objects:
    """Count and size of objects."""

    count: int
    bytes: int


def count_objects(connection: Connection) -> Objects:
    of_rows = select(func.count(), func.coalesce(func.sum(files.c.byte_size), 0))
    count, size = connection.execute(of_rows).one()
    others = _of_jobs_at_work(connection)
    return Objects(count + len(others), int(size) + sum(one.byte_size for one in others))


async def copy_objects(
    db: Database, source: Storage, target: Storage, at_once: int, on_copied: Callable[[int], None]
) -> Sequence[str]:
    """Ensure that each object is in the target; returns a sentence for each missing one, and reports progress."""
    problems: list[str] = []
    slots, done = asyncio.Semaphore(at_once), 0

    async def copy(one: StoredObject) -> None:
        nonlocal done
        async with slots:
            if problem := await _copy(one, source, target):
                problems.append(problem)
        done += 1
        on_copied(done)

    async for page in _named(db):
        await asyncio.gather(*map(copy, page))
    return sorted(problems)


async def unknown_objects(db: Database, target: Storage) -> Sequence[str]:
    """Whether the target has other objects: its sweep would delete them."""
    at_rest = {one.key for one in await db.read(_of_jobs_at_work)}
    unknown_objects = [key for key in (await orphans(db, target, EVER)).keys if key not in at_rest]
    if not unknown_objects:
        return []
    count = f"{len(unknown_objects):,} objects without a row in this installation, such as {unknown_objects[0]}"
    return [f"The target store has {count}: a server would delete them. Use an empty folder."]


async def _named(db: Database) -> AsyncIterator[Sequence[StoredObject]]:
    """All objects that rows name, in batches. Previews are not copied: they are created on request."""
    yield await db.read(_of_jobs_at_work)
    last = ""
    while rows := await db.read(_page, last):
        last = rows[-1].name
        yield [
            StoredObject(row.key, row.name, row.media_type, row.byte_size, row.etag, Size(row.width, row.height))
            for row in rows
        ]


def _page(connection: Connection, after: str) -> Sequence[Row[Any]]:
    return connection.execute(select(files).order_by(files.c.name).limit(BATCH).where(files.c.name > after)).all()


def _of_jobs_at_work(connection: Connection) -> Sequence[StoredObject]:
    """Stored images that get a row when their job ends."""
    jobs = [get_job(connection, job_id) for job_id in unfinished_jobs(connection)]
    deliveries = [stored_before(job) for job in jobs if job]
    return [one for delivery in deliveries if delivery for one in delivery.stored]


async def _copy(one: StoredObject, source: Storage, target: Storage) -> str | None:
    if _is(one, await target.get(one.key)):
        return None
    data = await source.get(one.key)
    if data is None:
        return f"{one.key} is missing in the source store. Delete its job, or wait until it expires."
    if not _is(one, data):
        return f"{one.key} is damaged in the source store. Delete its job, or wait until it expires."
    await target.put(one.key, one.name, Image(data, one.media_type, one.size))
    return None if _is(one, await target.get(one.key)) else f"{one.key} differs in the target store."


def _is(one: StoredObject, data: bytes | None) -> bool:
    return data is not None and len(data) == one.byte_size and has_etag(data, one.etag)

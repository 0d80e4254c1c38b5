"""Copies the objects that rows name from one store to another, under the same keys."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from easel.db.tables import files
from easel.domain import Image, Size, StoredObject
from easel.jobs.load import get_job, unfinished_jobs
from easel.ops.orphans import orphans
from easel.pipeline.store import stored_before
from easel.storage import Storage, etag_of

BATCH = 500
EVER = 2**62


@dataclass(frozen=True, slots=True)
class Objects:
    """Count and size of objects."""

    count: int
    bytes: int


async def count_objects(connection: AsyncConnection) -> Objects:
    of_rows = select(func.count(), func.coalesce(func.sum(files.c.byte_size), 0))
    count, size = (await connection.execute(of_rows)).one()
    others = await _of_jobs_at_work(connection)
    return Objects(count + len(others), int(size) + sum(one.byte_size for one in others))


async def bring_objects(
    connection: AsyncConnection, source: Storage, target: Storage, at_once: int, brought: Callable[[int], None]
) -> Sequence[str]:
    """Ensure that each object is in the target; returns a sentence for each missing one, and reports progress."""
    problems: list[str] = []
    slots, done = asyncio.Semaphore(at_once), 0

    async def bring(one: StoredObject) -> None:
        nonlocal done
        async with slots:
            if problem := await _bring(one, source, target):
                problems.append(problem)
        done += 1
        brought(done)

    async for page in _named(connection):
        await asyncio.gather(*map(bring, page))
    return sorted(problems)


async def strangers(connection: AsyncConnection, target: Storage) -> Sequence[str]:
    """Whether the target has other objects: its sweep would delete them."""
    at_rest = {one.key for one in await _of_jobs_at_work(connection)}
    strangers = [key for key in (await orphans(connection, target, EVER)).keys if key not in at_rest]
    if not strangers:
        return []
    count = f"{len(strangers):,} objects without a row in this installation, such as {strangers[0]}"
    return [f"The target store has {count}: a server would delete them. Use an empty folder."]


async def _named(connection: AsyncConnection) -> AsyncIterator[Sequence[StoredObject]]:
    """All objects that rows name, in batches. Previews are not copied: they are created on request."""
    yield await _of_jobs_at_work(connection)
    query, last = select(files).order_by(files.c.name).limit(BATCH), ""
    while rows := (await connection.execute(query.where(files.c.name > last))).all():
        last = rows[-1].name
        yield [
            StoredObject(row.key, row.name, row.media_type, row.byte_size, row.etag, Size(row.width, row.height))
            for row in rows
        ]


async def _of_jobs_at_work(connection: AsyncConnection) -> Sequence[StoredObject]:
    """Stored images that get a row when their job ends."""
    jobs = [await get_job(connection, job_id) for job_id in await unfinished_jobs(connection)]
    deliveries = [stored_before(job) for job in jobs if job]
    return [one for delivery in deliveries if delivery for one in delivery.stored]


async def _bring(one: StoredObject, source: Storage, target: Storage) -> str | None:
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
    return data is not None and (len(data), etag_of(data)) == (one.byte_size, one.etag)

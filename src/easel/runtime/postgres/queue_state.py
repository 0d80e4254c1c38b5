"""The fleet's queue for whoever does not run its jobs: its limits, what the doctor asks."""

from collections.abc import Sequence
from importlib.metadata import version

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

HEARTBEAT, DEAD_AFTER = 5.0, 15.0  # seconds
KNOWN = text(
    "SELECT args->>'job_id' FROM procrastinate_jobs WHERE queue_name = 'jobs' AND status IN ('todo', 'doing') "
    "AND args->>'job_id' = ANY(:ids)"
)
THERE = text("SELECT to_regclass('procrastinate_jobs') IS NOT NULL")
# Twice the limit: the living have had the time to notice.
STALLED = text(
    "SELECT job.args->>'job_id' FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker "
    "ON worker.id = job.worker_id WHERE job.queue_name = 'jobs' AND job.status = 'doing' "
    "AND coalesce(worker.last_heartbeat, '-infinity') < now() - make_interval(secs => :limit)"
)


async def has_queue(connection: AsyncConnection) -> bool:
    return bool((await connection.execute(THERE)).scalar_one())


async def promised(connection: AsyncConnection, job_ids: Sequence[str]) -> set[str]:
    """Those of these jobs that some worker runs or will run."""
    if not await has_queue(connection):
        return set()
    return set((await connection.execute(KNOWN, {"ids": list(job_ids)})).scalars())


async def jobs_of_dead_workers(connection: AsyncConnection) -> Sequence[str]:
    if not await has_queue(connection):
        return []
    return list((await connection.execute(STALLED, {"limit": 2 * DEAD_AFTER})).scalars())


async def queue_version(connection: AsyncConnection) -> str:
    return f"Procrastinate {version('procrastinate')}" if await has_queue(connection) else "not made yet"

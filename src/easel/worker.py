"""A process that runs jobs and answers nobody: to finish a stopped server's work, or to work through a backlog."""

import asyncio
import contextlib
import signal

from easel.app import at_work, build_stations, open_database, sole_owner
from easel.config import Settings
from easel.jobs.read import unfinished_jobs


async def work(settings: Settings, *, until_empty: bool) -> None:
    """Run jobs until told to stop, or until none is left."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    with sole_owner(settings.data):
        db = open_database(settings.data)
        await db.migrate()
        async with at_work(build_stations(settings, db), drain_seconds=settings.drain_seconds):
            while not stop.is_set():
                async with db.read() as connection:
                    if until_empty and not await unfinished_jobs(connection):
                        break
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), timeout=0.5)
        await db.close()

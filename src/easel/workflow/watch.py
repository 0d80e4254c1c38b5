"""Watching a job: its progress as it changes, until its end."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

from easel.domain import Caller
from easel.errors import NotFound
from easel.jobs.files import files_of_jobs
from easel.jobs.job import Job
from easel.kit.tasks import end_tasks
from easel.workflow.look import find_job
from easel.workflow.news import KINDS, ended_body
from easel.workflow.progress import Progress, progress_of, usual_duration
from easel.workflow.stations import Stations

LOOK_AGAIN = 3.0  # a change in this process rings; one of another is seen when looking
HEARTBEAT = 15.0


Changes = AsyncIterator[tuple[str, dict[str, Any]] | None]


async def watch(stations: Stations, caller: Caller, job_id: str) -> Changes:
    """Each change as (event, body), the present state first and the end last; None when nothing changed for a while.

    Raises NotFound before the first.
    """
    told: Progress | None = None
    quiet = 0.0
    usual: float | None = None
    with stations.bell.listening(job_id.lower()) as ear:
        while True:
            job = await find_job(stations, caller, job_id)
            if job.status.final:
                yield KINDS[job.status], await _end(stations, job)
                return
            async with stations.db.read() as connection:
                usual = usual or await usual_duration(connection, job)
                now = await progress_of(stations, connection, job, usual)
            if told is None or (now.percent, now.stage, now.position) != (told.percent, told.stage, told.position):
                told, quiet = now, 0.0
                yield "progress", _body(job, now)
            if stations.bell.closed:
                return
            await ear.wait(LOOK_AGAIN)
            quiet += LOOK_AGAIN
            if quiet >= HEARTBEAT:
                quiet = 0.0
                yield None


async def watch_all(stations: Stations, caller: Caller, job_ids: Sequence[str]) -> Changes:
    """The changes of several jobs as one stream, which ends when all have; those that are not there are left out."""
    changes: asyncio.Queue[tuple[str, dict[str, Any]] | _Ended | None] = asyncio.Queue(maxsize=64)

    async def follow(job_id: str) -> None:
        try:
            async for change in watch(stations, caller, job_id):
                await changes.put(change)
        except NotFound:
            pass
        finally:
            await changes.put(_Ended())

    tasks = [asyncio.create_task(follow(job_id)) for job_id in dict.fromkeys(job_ids)]
    try:
        left = len(tasks)
        while left:
            change = await changes.get()
            if isinstance(change, _Ended):
                left -= 1
            else:
                yield change
    finally:
        await end_tasks(*tasks)


class _Ended:
    """One of the jobs has no more to tell."""


async def _end(stations: Stations, job: Job) -> dict[str, Any]:
    async with stations.db.read() as connection:
        files = (await files_of_jobs(connection, [job.id])).get(job.id, [])
    return dict(ended_body(stations, job, [file.name for file in files]))


def _body(job: Job, now: Progress) -> dict[str, Any]:
    return {
        "event": "progress",
        "jobId": job.id,
        "status": job.status,
        "progress": now.percent,
        "model": job.model,
        "stage": now.stage,
        "position": now.position,
        "secondsLeft": None if now.seconds_left is None else round(now.seconds_left, 1),
    }

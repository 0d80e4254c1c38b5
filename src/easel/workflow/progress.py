"""How far a job is, and how much longer it may take: learnt from how long the like of it took before.

What is shown never goes back: it is the most of what the row says and of what the time that has passed suggests.
"""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from easel.domain import JobState
from easel.jobs.job import Job
from easel.jobs.load import count_ahead, recent_durations
from easel.kit.clock import SECOND
from easel.workflow.stations import Stations

BEGUN, PAINTED = 5, 90  # percent: what is between is painting


@dataclass(frozen=True, slots=True)
class Progress:
    """`percent` of a job, its stage (queued, inputs, painting, finishing), its place in its team's line while it
    waits there (1 is next), and the seconds it may still take; None when nothing like it has been painted before."""

    percent: int
    stage: str
    position: int | None = None
    seconds_left: float | None = None


async def usual_duration(connection: AsyncConnection, job: Job) -> float | None:
    """How many milliseconds the like of it took of late; None when there was nothing like it."""
    like = await recent_durations(connection, job)
    return sum(like) / len(like) if like else None


async def progress_of(stations: Stations, connection: AsyncConnection, job: Job, usual: float | None) -> Progress:
    """How far a job that is not final is now."""
    if job.admitted_at is None:
        ahead = await count_ahead(connection, job)
        return Progress(0, "queued", ahead + 1, usual and usual * (ahead + 1) / SECOND)
    if job.status is JobState.QUEUED:
        return Progress(0, "queued", None, usual and usual / SECOND)
    passed = stations.clock.now() - (job.started_at or job.created_at)
    guess = int(BEGUN + (PAINTED - BEGUN) * passed / (passed + usual / 3)) if usual else BEGUN
    percent = max(job.progress, min(guess, PAINTED - 1))
    left = max(usual - passed, SECOND) / SECOND if usual else None
    return Progress(percent, _stage(job, percent), None, left)


def _stage(job: Job, percent: int) -> str:
    if job.inputs and job.unsent and job.progress <= BEGUN:
        return "inputs"
    return "finishing" if percent >= PAINTED else "painting"

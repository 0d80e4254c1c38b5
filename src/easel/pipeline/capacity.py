"""Waiting, before a job is taken up, until its painter's account has room for it."""

import asyncio

from easel.domain import JobState
from easel.errors import JobFailure, PainterBusy, PainterDown, PainterMisconfigured, ServerUnable
from easel.jobs.attempts import attempts_of_job
from easel.jobs.job import Job
from easel.jobs.load import get_job
from easel.kit.clock import SECOND
from easel.pipeline.finalize import Outcome, end
from easel.pipeline.routing import painters_for
from easel.providers import Provider
from easel.runtime.embedded.limiter import Gate, Parked
from easel.services import Stations
from easel.telemetry import step

FIRST_CHANCE = 60.0
LOOK_AGAIN = 1.0
WILL_NOT = ("invalid", "misconfigured")


@step("turn")
async def await_turn(stations: Stations, job_id: str) -> str | None:
    """The name of the painter that has room for the job now; None when the job is final, perhaps for having waited.

    A job with a call under way waits for nobody: it stays with its painter.
    """
    async with stations.db.read() as connection:
        job = await get_job(connection, job_id)
    if job is None or job.status.final:
        return None
    if job.test or not job.unsent:
        return job.provider
    try:
        return await _turn_of(stations, job)
    except JobFailure as failure:
        await end(stations, job, Outcome(JobState.FAILED, failure=failure))
        return None


async def others(stations: Stations, job: Job) -> list[Provider]:
    """The painters left for a job: those that can, less those that have declined it for good."""
    able = painters_for(stations, job.model, job.needs)
    if not job.put_back:
        return list(able)
    async with stations.db.read() as connection:
        declined = {one.provider for one in await attempts_of_job(connection, job.id) if one.outcome in WILL_NOT}
    return [painter for painter in able if painter.name not in declined]


async def _turn_of(stations: Stations, job: Job) -> str:
    able = await others(stations, job)
    if not able:
        raise PainterMisconfigured("This server no longer has a painter for this request.")
    parked: list[str] = []
    while len(parked) < len(able):
        painter = _best(stations, [one for one in able if one.name not in parked])
        gate = stations.gates[painter.name]
        left = _seconds_left(stations, job)
        if left <= 0:
            raise _too_late(gate)
        if not painter.repeatable:
            await _until_it_can_be_kept(stations, left)
        try:
            async with asyncio.timeout(left):
                await gate.pass_through(job.team_id, job.count)
        except Parked as error:
            parked.append(painter.name)
            reason = str(error)
        except TimeoutError as error:
            raise _too_late(gate) from error
        else:
            return painter.name
    raise PainterMisconfigured(reason)


async def _until_it_can_be_kept(stations: Stations, seconds: float) -> None:
    """Wait until this process could keep what a painter is paid for; raises ServerUnable after so many seconds."""
    fault: str | None = None
    try:
        async with asyncio.timeout(seconds):
            while fault := await stations.keeping.fault():  # noqa: ASYNC110 - no disk says when it has room again
                await asyncio.sleep(LOOK_AGAIN)
    except TimeoutError as error:
        raise ServerUnable(f"This server could not have kept the images. {fault or ''}".strip()) from error


def _seconds_left(stations: Stations, job: Job) -> float:
    """How much longer the job may wait. A server that was down must not cost a job its first chance."""
    most = stations.settings.max_wait_seconds
    waited = (stations.clock.now() - (job.admitted_at or job.created_at)) / SECOND
    return most - waited if job.put_back else max(most - waited, min(most, FIRST_CHANCE))


def _too_late(gate: Gate) -> JobFailure:
    if gate.fault:
        return PainterDown(gate.fault)
    return PainterBusy("The painter's limits did not let the job through in time.")


def _best(stations: Stations, able: list[Provider]) -> Provider:
    """The first that is not in trouble; else the first."""
    return next((painter for painter in able if not stations.gates[painter.name].trouble), able[0])

"""How a job ends, whichever way it ends: one transaction, once.

Final state, files, credits and the next admission are written together or not at all.
"""

from dataclasses import dataclass

import structlog

from easel.db.engine import Transaction
from easel.domain import JobState
from easel.errors import JobFailure
from easel.jobs.admission import hand_on
from easel.jobs.files import record_file
from easel.jobs.job import Job
from easel.jobs.write import close
from easel.kit.clock import DAY
from easel.ledger.entries import settle
from easel.workflow.deliver import Delivery
from easel.workflow.stations import Stations

log = structlog.get_logger()


NOTHING = Delivery()


@dataclass(frozen=True, slots=True)
class Outcome:
    """COMPLETED with a delivery, FAILED with a failure, or CANCELLED with neither."""

    state: JobState
    delivery: Delivery = NOTHING
    failure: JobFailure | None = None


async def end(stations: Stations, job: Job, outcome: Outcome) -> bool:
    """Make the job final. False when it is already, or when another run has it: then nothing was written."""
    ended = await _end(stations, job, outcome)
    if ended:
        stations.bell.ring(job.id)
        failure = outcome.failure
        log.info("job ended", job_id=job.id, state=outcome.state, error_code=failure.code if failure else None)
    return ended


async def _end(stations: Stations, job: Job, outcome: Outcome) -> bool:
    now = stations.clock.now()
    cost = 0 if job.test else len(outcome.delivery.stored) * (job.quoted // job.count)
    async with stations.db.write() as tx:
        closed = await close(
            tx,
            job,
            status=outcome.state,
            cost=cost,
            now=now,
            error=outcome.failure.message if outcome.failure else None,
            error_code=outcome.failure.code if outcome.failure else None,
            warnings=outcome.delivery.warnings,
        )
        if closed is None:
            return False
        await _record_files(tx, closed, outcome.delivery, now, now + stations.settings.retention_days * DAY)
        if closed.held:
            await settle(tx, team_id=job.team_id, job_id=job.id, held=closed.held, cost=cost, now=now)
        await _make_room(stations, tx, closed, now)
    return True


async def _record_files(tx: Transaction, job: Job, delivery: Delivery, now: int, expires_at: int) -> None:
    for position, stored in enumerate(delivery.stored, start=1):
        await record_file(
            tx,
            stored,
            token=job.file_token,
            kind="output",
            team_id=job.team_id,
            job_id=job.id,
            position=position,
            now=now,
            expires_at=expires_at,
        )


async def _make_room(stations: Stations, tx: Transaction, job: Job, now: int) -> None:
    """The job's place at work goes to the next in its team's line."""
    if job.admitted_at is not None and (next_job := await hand_on(tx, job.team_id, now)):
        await stations.engine.enqueue(tx, next_job)

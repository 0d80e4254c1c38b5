"""How a job ends, whichever way it ends: one transaction, once.

Final state, files, credits and the next admission are written together or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

import structlog

from easel.db.engine import Transaction
from easel.domain import AttemptOutcome, JobState, Paid
from easel.errors import JobFailure, NotAnImage, UpstreamInDoubt
from easel.files.rows import FileRow, record_file, shorten_inputs
from easel.jobs.admission import hand_on
from easel.jobs.attempts import Ending, end_attempt
from easel.jobs.job import Job
from easel.jobs.load import get_job
from easel.jobs.write import close
from easel.kit.clock import HOUR
from easel.ledger.entries import settle
from easel.pipeline.events import Ended, has_webhook, record_job_finished
from easel.pipeline.failures import ending_of
from easel.pipeline.instrumentation import job_ended
from easel.pipeline.partials import forget_partials
from easel.pipeline.routing import ignores
from easel.pipeline.store import StoredImages
from easel.services import Services
from easel.telemetry import step

log = structlog.get_logger()


NO_IMAGES = StoredImages()


@dataclass(frozen=True, slots=True)
class JobResult:
    """COMPLETED with images, FAILED with a failure, or CANCELLED with neither."""

    state: JobState
    images: StoredImages = NO_IMAGES
    failure: JobFailure | None = None

    @property
    def ending(self) -> Ending:
        """What it says of an attempt that is open."""
        match self.state, self.failure:
            case JobState.COMPLETED, _:
                return Ending(AttemptOutcome.GENERATED, Paid.YES, usage=self.images.usage)
            case JobState.CANCELLED, _:
                return Ending(AttemptOutcome.CANCELLED, Paid.UNKNOWN)
            case _, JobFailure(cause=cause) if cause:
                return ending_of(cause)
            case _, NotAnImage():
                return Ending(AttemptOutcome.NO_IMAGE, Paid.YES)
        return Ending(AttemptOutcome.LOST, Paid.UNKNOWN)


async def finalize(services: Services, job: Job, result: JobResult) -> Job | None:
    """Make the job final, and give it as it is now. None when it was already, or when another run has it."""
    ended = await _finalize(services, job, result)
    if ended:
        if not ended.unsent:
            services.background.start(services.held.forget(job.id))
        if ended.partial_images:
            services.background.start(forget_partials(services, ended))
        failure = result.failure
        job_ended(services, ended, failure.code if failure else None)
        log.info("job ended", job_id=job.id, state=result.state, error_code=failure.code if failure else None)
        if isinstance(failure, UpstreamInDoubt):
            log.error("a paid call is in doubt: look for it in the provider's account", provider=job.provider)
    return ended


@step("finalize")
async def _finalize(services: Services, job: Job, result: JobResult) -> Job | None:
    return await services.db.write(_close, services, job, result)


def _close(tx: Transaction, services: Services, job: Job, result: JobResult) -> Job | None:
    now, keep = services.clock.now(), services.settings
    priced = get_job(tx.connection, job.id) if job.partial_credits else None  # which partial images were shown
    cost = (priced or job).cost_of(result.images.charged(job.size), at_most=_price_made(services, job, result))
    closed = close(
        tx,
        job,
        status=result.state,
        cost=cost,
        now=now,
        error=result.failure.message if result.failure else None,
        error_code=result.failure.code if result.failure else None,
        warnings=result.images.warnings,
        brief=result.images.brief,
        notified=has_webhook(job, result.state),
    )
    if closed is None:
        return None
    if not closed.unsent:
        provider = services.providers.get(job.provider or "")
        ending = replace(result.ending, paid=Paid.NO) if provider and provider.free else result.ending
        end_attempt(tx, job.id, ending, now=now, upstream_id=result.images.upstream_id)
    files = _record_files(tx, closed, result.images, now, now + keep.kept_for(test=job.test))
    if closed.inputs and not result.images.stored:
        shorten_inputs(tx, job.id, expires_at=now + keep.failed_input_hours * HOUR)
    if closed.held:
        settle(tx, team_id=job.team_id, job_id=job.id, held=closed.held, cost=cost, now=now)
    usage = {} if closed.unsent else result.images.usage
    record_job_finished(services, tx, Ended(closed, files, usage, WeakValueDictionary(result.images.in_memory)))
    _make_room(services, tx, closed, now)
    return closed


def _price_made(services: Services, job: Job, result: JobResult) -> int | None:
    """The most an image may cost: the card's lowest price if its provider does not follow the quality."""
    if not result.images.stored or not ignores(services, job, "quality"):
        return None
    return min(services.catalog[job.model].credits.values())


def _record_files(tx: Transaction, job: Job, images: StoredImages, now: int, expires_at: int) -> Sequence[FileRow]:
    return [
        record_file(
            tx,
            stored,
            token=job.file_token,
            kind="output",
            team_id=job.team_id,
            user_id=job.user_id,
            test=job.test,
            job_id=job.id,
            position=position,
            now=now,
            expires_at=expires_at,
        )
        for position, stored in enumerate(images.stored, start=1)
    ]


def _make_room(services: Services, tx: Transaction, job: Job, now: int) -> None:
    """Admit the oldest waiting job of the same team."""
    if job.admitted_at is not None and (next_job := hand_on(tx, job.team_id, now)):
        services.queue.enqueue(tx, next_job)

"""The road of one job, from accepted to final. Read this first.

It may be run again from the top after any crash: the job's row says how far it came, every write is guarded by the
epoch this run claimed, pictures overwrite themselves with the same pixels, and the ledger takes each entry once.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from functools import partial

import structlog

from easel.db.engine import UNAVAILABLE_ERRORS
from easel.domain import Image, JobState
from easel.errors import DeadlineExceeded, JobFailure, ProviderFailed, StorageUnavailable, UpstreamInDoubt
from easel.jobs.job import Job
from easel.jobs.write import claim, give_time
from easel.kit.clock import MINUTE, SECOND
from easel.kit.retry import paused, run_with_retry
from easel.kit.tasks import end_tasks
from easel.pipeline.capacity import wait_for_capacity
from easel.pipeline.events import notify_progress
from easel.pipeline.failures import IN_DOUBT
from easel.pipeline.finalize import Outcome, end
from easel.pipeline.inputs import gather_inputs
from easel.pipeline.instrumentation import run_of
from easel.pipeline.provider_call import ClaimLost, NotStarted, hold, paint
from easel.pipeline.routing import provider_of
from easel.pipeline.store import deliver, delivered_before
from easel.services import Services

MAX_RUNS, MAX_RUNS_WITH_ANSWER = 8, 80
ALIVE_EVERY, ALIVE_FOR = 15.0, 2 * MINUTE

log = structlog.get_logger()


async def generate(services: Services, job_id: str) -> None:
    """Paint a job, store its pictures, settle its credits. A job that is final already is left as it is."""
    async with run_of(services, job_id):
        await until_final(services, job_id)


async def until_final(services: Services, job_id: str) -> None:
    while (job := await take_up(services, job_id)) is not None:
        try:
            outcome = await walk(services, job)
        except NotStarted as not_now:
            await asyncio.sleep(not_now.pause)
        except ClaimLost:
            log.info("another worker has this job, or it was cancelled")
            return
        else:
            async with still_at_it(services, job):
                await run_with_retry(partial(end, services, job, outcome), on=UNAVAILABLE_ERRORS)
            return


async def walk(services: Services, job: Job) -> Outcome:
    """How the job ends. Raises NotNow when its provider has not begun, and ClaimLost when this run has no say any more."""
    deadline = asyncio.timeout(seconds_left(services, job))
    try:
        async with deadline:
            with paused(deadline):  # an answer that cannot be read now is not given up
                held = None if job.unsent else await services.held.find(job.id)
            give_up_after(MAX_RUNS if held is None else MAX_RUNS_WITH_ANSWER, job)
            if held is None and (delivery := delivered_before(job)) is not None:
                return Outcome(JobState.COMPLETED, delivery)
            if held:
                deadline.reschedule(None)
            inputs = await run_with_retry(partial(inputs_of, services, job), on=StorageUnavailable)
            done = held or await paint(services, job, inputs, deadline)
            if not provider_of(services, job).repeatable:
                deadline.reschedule(None)  # it is paid for, and what may go wrong now passes: it waits
            async with still_at_it(services, job):
                if done.once and held is None:
                    done = await hold(services, job, done)
                return Outcome(JobState.COMPLETED, await deliver(services, job, done, inputs))
    except JobFailure as failure:
        return Outcome(JobState.FAILED, failure=failure)
    except TimeoutError:
        if not deadline.expired():
            raise
        return Outcome(JobState.FAILED, failure=DeadlineExceeded("The job ran out of time; nothing was charged."))


async def inputs_of(services: Services, job: Job) -> tuple[Image, ...]:
    """The job's inputs. Once its call has left, one that is gone loses nothing that is paid for: it is done without."""
    try:
        return await gather_inputs(services, job)
    except JobFailure as error:
        if job.unsent:
            raise
        log.warning("an input is gone; the call for it has left, and the job goes on", error=error.message)
        return ()


async def take_up(services: Services, job_id: str) -> Job | None:
    """Claim the job for this run, once it is its turn at its provider; None when there is nothing left to do."""
    provider = await wait_for_capacity(services, job_id)
    if provider is None:
        return None
    now = services.clock.now()
    deadline = now + services.settings.job_deadline_seconds * SECOND
    async with services.db.write() as tx:
        job = await claim(tx, job_id, provider=provider, deadline_at=deadline, now=now)
        if job:
            await notify_progress(services, tx, job)
    services.notifier.notify(job_id)
    return job


@contextlib.asynccontextmanager
async def still_at_it(services: Services, job: Job) -> AsyncIterator[None]:
    """Put the job's deadline off meanwhile, so that the sweep does not end what waits for a store or a database."""

    async def renew() -> None:
        while True:
            with contextlib.suppress(*UNAVAILABLE_ERRORS):
                async with services.db.write() as tx:
                    await give_time(tx, job, until=services.clock.now() + ALIVE_FOR)
            await asyncio.sleep(ALIVE_EVERY)

    tasks: list[asyncio.Task[None]] = []
    # Nearly every job is done before: then this costs a timer and no task.
    timer = asyncio.get_running_loop().call_later(ALIVE_EVERY, lambda: tasks.append(asyncio.create_task(renew())))
    try:
        yield
    finally:
        timer.cancel()
        await end_tasks(*tasks)


def give_up_after(runs: int, job: Job) -> None:
    """A job that breaks its run each time must not do so for ever; one that is being painted elsewhere may wait."""
    if job.epoch - job.requeues > runs and job.open_pending is None:
        if not job.unsent:
            raise UpstreamInDoubt(IN_DOUBT)
        raise ProviderFailed(f"The job was begun {runs} times and broke each time.")


def seconds_left(services: Services, job: Job) -> float:
    """The time until the job's one deadline. A restart does not renew it, but leaves at least a minute."""
    return max(0.0, ((job.deadline_at or 0) - services.clock.now()) / SECOND)

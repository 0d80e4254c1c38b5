"""One job, from accepted to final. Read this first.

A run can be repeated from the top after any crash: the job's row says how far it came, every write is guarded by the
epoch that this run claimed, images overwrite themselves with the same pixels, and the ledger takes each entry once.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import structlog

from easel.db.engine import UNAVAILABLE_ERRORS, Transaction
from easel.domain import JobState
from easel.errors import DeadlineExceeded, JobFailure, ProviderFailed, StorageUnavailable, UpstreamInDoubt
from easel.jobs.job import Job
from easel.jobs.load import get_job
from easel.jobs.write import claim, claim_to_send, extend_deadline, mark_sending
from easel.kit.clock import MINUTE, SECOND, Timeout
from easel.kit.retry import run_with_retry
from easel.kit.tasks import end_tasks
from easel.pipeline.capacity import wait_for_capacity
from easel.pipeline.events import notify_progress
from easel.pipeline.failures import IN_DOUBT
from easel.pipeline.fetch_inputs import fetch_inputs
from easel.pipeline.finalize import JobResult, finalize
from easel.pipeline.inputs import Inputs, gather_inputs
from easel.pipeline.instrumentation import traced_run
from easel.pipeline.provider_call import ClaimLost, NotStarted, call_provider, keep_answer, sends_at_once
from easel.pipeline.routing import provider_of
from easel.pipeline.store import store_images, stored_before
from easel.providers import Provider
from easel.services import Services

MAX_RUNS, MAX_RUNS_WITH_ANSWER = 8, 80
EXTEND_EVERY, EXTEND_BY = 15.0, 2 * MINUTE

log = structlog.get_logger()


async def run_job(services: Services, job_id: str) -> None:
    """Generate a job's images, store them, settle its credits. A job that is final already is left as it is."""
    async with traced_run(services, job_id):
        while job := await load_active_job(services, job_id):
            try:
                if job.unsent:
                    await run_with_retry(partial(fetch_inputs, services, job), on=StorageUnavailable)
                provider = await wait_for_capacity(services, job)  # rate limit, circuit breaker, teams in turn
                job = await claim_job(services, job, provider)
                result = await generate_images(services, job)
            except NotStarted as error:  # nothing was billed, and the job is queued again
                await services.clock.sleep(error.retry_after)
                continue
            except ClaimLost:  # another worker has the job, or it was cancelled
                log.info("claim lost: another worker has the job, or it was cancelled")
                return
            except JobFailure as failure:  # the one place where a failure ends a run
                result = JobResult(JobState.FAILED, failure=failure)
            async with extended_deadline(services, job):  # state, files, credits, event, next job: one transaction
                await run_with_retry(partial(finalize, services, job, result), on=UNAVAILABLE_ERRORS)
            return


async def load_active_job(services: Services, job_id: str) -> Job | None:
    """The job; None when it is final, or gone."""
    job = services.queue.known(job_id) or await services.db.read(get_job, job_id)
    return job if job and not job.status.final else None


async def claim_job(services: Services, job: Job, provider: Provider) -> Job:
    """Take the job for this run, with this provider unless a call to another has left already. Raises ClaimLost."""
    claiming = _claim_to_send if sends_at_once(job, provider) else _claim
    claimed = await services.db.write(claiming, services, job, provider)
    services.notifier.notify(job.id)
    return claimed


def _claim(tx: Transaction, services: Services, job: Job, provider: Provider) -> Job:
    claimed = claim(tx, job.id, **_terms(services, provider))
    if claimed is None:
        raise ClaimLost
    notify_progress(services, tx, claimed)
    return claimed


def _claim_to_send(tx: Transaction, services: Services, job: Job, provider: Provider) -> Job:
    claimed = claim_to_send(tx, job.id, **_terms(services, provider))
    if claimed is None:  # it is final, or a call has left
        claimed = _claim(tx, services, job, provider)
        if claimed.unsent:  # until an earlier run found, in between, that nothing was started
            mark_sending(tx, claimed, now=services.clock.now())
        return claimed
    notify_progress(services, tx, claimed)
    return claimed


def _terms(services: Services, provider: Provider) -> dict[str, Any]:
    now = services.clock.now()
    deadline = now + services.settings.job_deadline_seconds * SECOND
    return {"provider": provider.name, "deadline_at": deadline, "now": now}


async def generate_images(services: Services, job: Job) -> JobResult:
    """Inputs, the provider's answer, and its images in the store. Raises JobFailure, NotStarted or ClaimLost.

    Once the provider is paid the deadline no longer counts: what can go wrong then passes, and the job waits.
    """
    async with job_deadline(services, job) as deadline:
        provider = provider_of(services, job)
        with services.clock.paused(deadline):
            kept = None if job.unsent else await services.held.find(job.id)
        require_runs_left(job, MAX_RUNS_WITH_ANSWER if kept else MAX_RUNS)
        if not kept and (stored := stored_before(job)):
            return JobResult(JobState.COMPLETED, stored)
        if kept:
            deadline.reschedule(None)
        inputs = await run_with_retry(partial(inputs_of, services, job), on=StorageUnavailable)
        answer = kept or await call_provider(services, job, provider, inputs, deadline)
        if not provider.repeatable:
            deadline.reschedule(None)
        async with extended_deadline(services, job):
            if answer.once and not kept:
                answer = await keep_answer(services, job, answer)
            return JobResult(
                JobState.COMPLETED, await store_images(services, job, provider, answer, inputs.images, deadline)
            )


async def inputs_of(services: Services, job: Job) -> Inputs:
    """The job's inputs. Once its call has left, a missing one loses nothing that is paid for: the job goes on."""
    try:
        return await gather_inputs(services, job)
    except JobFailure as error:
        if job.unsent:
            raise
        log.warning("an input is gone; its call was sent already, so the job goes on", error=error.message)
        return Inputs()


def require_runs_left(job: Job, runs: int) -> None:
    """A job that breaks its run each time ends. One that is being generated elsewhere may wait."""
    if job.epoch - job.requeues > runs and job.open_pending is None:
        if not job.unsent:
            raise UpstreamInDoubt(IN_DOUBT)
        raise ProviderFailed(f"The job was started {runs} times and its run failed each time.")


@contextlib.asynccontextmanager
async def job_deadline(services: Services, job: Job) -> AsyncIterator[Timeout]:
    """The job's one deadline, which a restart does not renew. Raises DeadlineExceeded."""
    seconds = max(0.0, ((job.deadline_at or 0) - services.clock.now()) / SECOND)
    try:
        async with services.clock.timeout(seconds) as deadline:
            yield deadline
    except TimeoutError as error:
        if not deadline.expired():
            raise
        raise DeadlineExceeded("The job ran out of time; nothing was charged.") from error


@contextlib.asynccontextmanager
async def extended_deadline(services: Services, job: Job) -> AsyncIterator[None]:
    """Extend the deadline in the row meanwhile, so that the sweep leaves a job that waits for a store or a database."""

    async def extend() -> None:
        while True:
            with contextlib.suppress(*UNAVAILABLE_ERRORS):
                await services.db.write(extend_deadline, job, until=services.clock.now() + EXTEND_BY)
            await services.clock.sleep(EXTEND_EVERY)

    tasks: list[asyncio.Task[None]] = []
    # Nearly every job is done before that: it then costs a timer, and no task.
    timer = services.clock.call_later(EXTEND_EVERY, lambda: tasks.append(asyncio.create_task(extend())))
    try:
        yield
    finally:
        timer.cancel()
        await end_tasks(*tasks)

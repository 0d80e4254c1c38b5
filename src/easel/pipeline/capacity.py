"""Waiting, before a job is taken up, until its provider's account has room for it."""

import asyncio

from easel.domain import AttemptOutcome, JobState
from easel.errors import JobFailure, ProviderBusy, ProviderDown, ProviderMisconfigured, ServerUnable
from easel.jobs.attempts import attempts_of_job
from easel.jobs.job import Job
from easel.jobs.load import get_job
from easel.kit.clock import SECOND
from easel.pipeline.finalize import Outcome, end
from easel.pipeline.routing import providers_for
from easel.providers import Provider
from easel.runtime.embedded.limiter import ProviderDisabled, ProviderLimiter
from easel.services import Services
from easel.telemetry import step

FIRST_CHANCE = 60.0
LOOK_AGAIN = 1.0
WILL_NOT = (AttemptOutcome.UNSUPPORTED, AttemptOutcome.MISCONFIGURED)


@step("turn")
async def wait_for_capacity(services: Services, job_id: str) -> str | None:
    """The name of the provider that has room for the job now; None when the job is final, perhaps for having waited.

    A job with a call under way waits for nobody: it stays with its provider.
    """
    async with services.db.read() as connection:
        job = await get_job(connection, job_id)
    if job is None or job.status.final:
        return None
    if job.test or not job.unsent:
        return job.provider
    try:
        return await _turn_of(services, job)
    except JobFailure as failure:
        await end(services, job, Outcome(JobState.FAILED, failure=failure))
        return None


async def others(services: Services, job: Job) -> list[Provider]:
    """The providers left for a job: those that can, less those that have declined it for good."""
    able = providers_for(services, job.model, job.needs)
    if not job.requeues:
        return list(able)
    async with services.db.read() as connection:
        declined = {one.provider for one in await attempts_of_job(connection, job.id) if one.outcome in WILL_NOT}
    return [provider for provider in able if provider.name not in declined]


async def _turn_of(services: Services, job: Job) -> str:
    able = await others(services, job)
    if not able:
        raise ProviderMisconfigured("This server no longer has a provider for this request.")
    disabled: list[str] = []
    while len(disabled) < len(able):
        provider = _best(services, [one for one in able if one.name not in disabled])
        limiter = services.limiters[provider.name]
        left = _seconds_left(services, job)
        if left <= 0:
            raise _too_late(limiter)
        if not provider.repeatable:
            await _until_it_can_be_kept(services, left)
        try:
            async with asyncio.timeout(left):
                await limiter.acquire(job.team_id, job.count)
        except ProviderDisabled as error:
            disabled.append(provider.name)
            reason = str(error)
        except TimeoutError as error:
            raise _too_late(limiter) from error
        else:
            return provider.name
    raise ProviderMisconfigured(reason)


async def _until_it_can_be_kept(services: Services, seconds: float) -> None:
    """Wait until this process could keep what a provider is paid for; raises ServerUnable after so many seconds."""
    fault: str | None = None
    try:
        async with asyncio.timeout(seconds):
            while fault := await services.keeping.fault():  # noqa: ASYNC110 - no disk says when it has room again
                await asyncio.sleep(LOOK_AGAIN)
    except TimeoutError as error:
        raise ServerUnable(f"This server could not have kept the images. {fault or ''}".strip()) from error


def _seconds_left(services: Services, job: Job) -> float:
    """How much longer the job may wait. A server that was down must not cost a job its first chance."""
    most = services.settings.max_wait_seconds
    waited = (services.clock.now() - (job.admitted_at or job.created_at)) / SECOND
    return most - waited if job.requeues else max(most - waited, min(most, FIRST_CHANCE))


def _too_late(limiter: ProviderLimiter) -> JobFailure:
    if limiter.last_error:
        return ProviderDown(limiter.last_error)
    return ProviderBusy("The provider's limits did not let the job through in time.")


def _best(services: Services, able: list[Provider]) -> Provider:
    """The first that is not in trouble; else the first."""
    return next((provider for provider in able if not services.limiters[provider.name].open_reason), able[0])

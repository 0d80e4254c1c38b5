"""Waiting, before a job is claimed, until a provider's account has room for it: the provider is chosen here."""

from collections.abc import Awaitable, Callable, Sequence

from easel.domain import AttemptOutcome
from easel.errors import JobFailure, ProviderBusy, ProviderDown, ProviderMisconfigured, ServerUnable
from easel.jobs.attempts import attempts_of_job
from easel.jobs.job import Job
from easel.kit.clock import SECOND
from easel.pipeline.routing import fault_of, provider_of, providers_for
from easel.providers import Provider
from easel.runtime.embedded.limiter import ProviderDisabled, ProviderLimiter
from easel.services import Services
from easel.telemetry import step

FIRST_CHANCE = 60.0
CHECK_EVERY = 1.0
DECLINED = (AttemptOutcome.UNSUPPORTED, AttemptOutcome.MODEL_UNAVAILABLE, AttemptOutcome.MISCONFIGURED)


@step("capacity")
async def wait_for_capacity(services: Services, job: Job) -> Provider:
    """The provider that has room for the job now; raises a JobFailure when the job has waited too long.

    A job with a call under way waits for nobody: it stays with its provider.
    """
    if job.test or not job.unsent:
        if job.unsent:
            await _until_kept(services, services.readiness.write_fault, _seconds_left(services, job))
        return provider_of(services, job)
    everyone = await remaining_providers(services, job)
    if not everyone:
        raise ProviderMisconfigured("This server no longer has a provider for this request.")
    able, trouble = everyone, ""
    until = services.clock.monotonic() + _seconds_left(services, job)
    while True:
        provider = _preferred(services, able, job.model)
        limiters = _limiters_of(services, provider, job.model)
        seconds = until - services.clock.monotonic()
        if seconds <= 0:
            raise ProviderMisconfigured(trouble) if trouble else _timed_out(limiters)
        fault = services.readiness.write_fault if provider.repeatable else services.readiness.fault
        await _until_kept(services, fault, seconds)
        try:
            async with services.clock.timeout(seconds):
                for limiter in limiters:
                    await limiter.acquire(job.team_id, job.count)
        except ProviderDisabled as error:  # whoever waits is not to blame: it goes elsewhere, or waits on
            trouble = str(error)
            able = [one for one in able if one is not provider]
            if not able:
                able = everyone
                pauses = [_paused_seconds(_limiters_of(services, one, job.model)) for one in everyone]
                await services.clock.sleep(min(seconds, *pauses))
        except TimeoutError as error:
            raise _timed_out(limiters) from error
        else:
            await _until_kept(services, fault, until - services.clock.monotonic())  # it may have come meanwhile
            return provider


async def remaining_providers(services: Services, job: Job) -> list[Provider]:
    """The providers left for a job: those that can do it, without those that have declined it for good."""
    able = providers_for(services, job.model, job.needs)
    if not job.requeues:
        return list(able)
    attempts = await services.db.read(attempts_of_job, job.id)
    declined = {attempt.provider for attempt in attempts if attempt.outcome in DECLINED}
    return [provider for provider in able if provider.name not in declined]


async def _until_kept(services: Services, look: Callable[[], Awaitable[str | None]], seconds: float) -> None:
    """Wait until this process could keep the images; raises ServerUnable after so many seconds."""
    if not (fault := await look()):
        return
    try:
        async with services.clock.timeout(seconds):
            while fault := await look():  # no disk says when it has room again
                await services.clock.sleep(CHECK_EVERY)
    except TimeoutError as error:
        raise ServerUnable(f"This server could not have kept the images. {fault or ''}".strip()) from error


def _seconds_left(services: Services, job: Job) -> float:
    """How much longer the job may wait. A server that was down must not cost a job its first chance."""
    most = services.settings.max_wait_seconds
    waited = (services.clock.now() - (job.admitted_at or job.created_at)) / SECOND
    return most - waited if job.requeues else max(most - waited, min(most, FIRST_CHANCE))


def _limiters_of(services: Services, provider: Provider, model: str) -> Sequence[ProviderLimiter]:
    """Those before a call, in their order: a model that is not to be had takes no token of the account."""
    of_model = services.model_limiters.get((provider.name, model))
    return [limiter for limiter in (of_model, services.limiters[provider.name]) if limiter]


def _paused_seconds(limiters: Sequence[ProviderLimiter]) -> float:
    return max(limiter.paused_seconds for limiter in limiters)


def _timed_out(limiters: Sequence[ProviderLimiter]) -> JobFailure:
    for limiter in limiters:
        if limiter.last_error:
            return ProviderDown(limiter.last_error)
    return ProviderBusy("The provider's rate limit did not let the job through in time.")


def _preferred(services: Services, able: list[Provider], model: str) -> Provider:
    """The first whose circuits are closed; else the first."""
    return next((provider for provider in able if not fault_of(services, provider, model)), able[0])

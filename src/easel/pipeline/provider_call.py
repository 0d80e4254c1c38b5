"""Have a job painted: start, wait, check; the one owner of retries.

A call that may cost money is written down before it leaves. If this process dies before the answer is written down
too, the next run finds the job SENDING and does not send again: it looks for the painting, and else that moment is in
doubt. Providers that are `repeatable` cost nothing and paint the same again, so theirs is simply started anew.
"""

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import NoReturn

import structlog

from easel.db.engine import UNAVAILABLE_ERRORS
from easel.domain import Done, GenerationRequest, Image, Pending
from easel.errors import (
    ContentRejected,
    GenerationFailed,
    Misconfigured,
    OutcomeUnknown,
    ProviderError,
    Throttled,
    Unreachable,
    UnsupportedRequest,
    UpstreamInDoubt,
)
from easel.files.names import callback_path
from easel.jobs.attempts import Attempt, attempts_of_job
from easel.jobs.job import Job
from easel.jobs.load import get_job
from easel.jobs.write import mark_sending, mark_sent, note_held, note_pending, requeues
from easel.kit.clock import SECOND
from easel.kit.retry import run_with_retry
from easel.pipeline.capacity import others
from easel.pipeline.events import notify_progress
from easel.pipeline.failures import IN_DOUBT, ending_of, failure_of
from easel.pipeline.instrumentation import call
from easel.pipeline.routing import provider_of
from easel.providers import Provider
from easel.services import Services

PAUSES_WHEN_BROKEN = (0.2, 1.0, 5.0, 15.0, 30.0)
LOOKS_FOR_LOST = (0.5, 2.0, 5.0, 10.0)
SHORTEST_WAIT, LONGEST_WAIT = 0.2, 10.0

log = structlog.get_logger()


class ClaimLost(Exception):
    """Another run has taken the job up, or it was cancelled: this run has no say in it any more."""


class NotStarted(Exception):
    """Nothing was started, and the job is put back: it may be taken up again after `pause` seconds."""

    def __init__(self, pause: float) -> None:
        super().__init__(f"again in {pause} s")
        self.pause = pause


async def paint(services: Services, job: Job, inputs: tuple[Image, ...], deadline: asyncio.Timeout) -> Done:
    """The finished painting; raises a JobFailure, NotStarted or ClaimLost."""
    provider = provider_of(services, job)
    work = generation_request(services, job, inputs)
    if job.open_pending:  # an earlier run started it, and much may have happened since
        answer = await _check(services, job, provider, work, job.open_pending, deadline)
    elif job.unsent or provider.repeatable:
        answer = await _start(services, job, provider, work, deadline)
    else:
        answer = await _find(services, job, provider, work, deadline)
    while isinstance(answer, Pending):
        await services.notifier.wait(job.id, max(SHORTEST_WAIT, answer.check_after))
        await _stop_if_cancelled(services, job, provider, answer)
        answer = await _check(services, job, provider, work, answer, deadline)
    return answer


def generation_request(services: Services, job: Job, inputs: tuple[Image, ...]) -> GenerationRequest:
    named = {"quality", "background", "output_format", "aspect_ratio", "number_of_images"}
    painted = services.catalog[job.model].providers.get(job.provider or "")
    public = services.settings.public_url
    return GenerationRequest(
        job_id=job.id,
        model=job.model,
        upstream_model=painted.model if painted else job.model,
        prompt=job.prompt,
        aspect_ratio=job.params["aspect_ratio"],
        size=job.size,
        count=job.count,
        quality=job.params["quality"],
        background=job.params["background"],
        output_format=job.params["output_format"],
        params={name: value for name, value in job.params.items() if name not in named},
        inputs=inputs,
        seconds=max(0.0, ((job.deadline_at or 0) - services.clock.now()) / 1000),
        callback_url=public + callback_path(job.provider or "", job.id) if public else None,
        test=job.test,
    )


async def _start(
    services: Services, job: Job, provider: Provider, work: GenerationRequest, deadline: asyncio.Timeout
) -> Done | Pending:
    if not provider.repeatable:
        if fault := await services.keeping.fault():  # it may have come while the job waited for its turn
            raise await _not_begun(services, job, Unreachable(f"This server cannot keep an answer now. {fault}"))
        await _before_sending(services, job)
    try:
        with call(services, job, "start"):
            answer = await provider.start(work)
    except (Throttled, Unreachable, UnsupportedRequest, Misconfigured) as error:
        _report_to_limiter(services, job, error)
        raise await _not_begun(services, job, error) from error
    except OutcomeUnknown as error:
        _report_to_limiter(services, job, error)
        return await _find(services, job, provider, work, deadline, error)
    except ProviderError as error:
        _report_to_limiter(services, job, error)
        raise failure_of(error) from error
    _report_to_limiter(services, job, None)
    if isinstance(answer, Done):
        return replace(answer, once=not provider.repeatable)
    await run_with_retry(partial(_keep_pending, services, job, answer), on=UNAVAILABLE_ERRORS, deadline=deadline)
    return answer


async def hold(services: Services, job: Job, answer: Done) -> Done:
    """The same answer, which comes only once, on this process's disk; that it is there is said in the job's row."""
    held, safe = await services.held.keep(job.id, answer)
    if safe:
        await run_with_retry(partial(_note_held, services, job), on=UNAVAILABLE_ERRORS)
    return held


async def _not_begun(
    services: Services, job: Job, error: Throttled | Unreachable | UnsupportedRequest | Misconfigured
) -> Exception:
    """What to raise when nothing was started: NotNow after the job is put back, or its end."""
    if isinstance(error, UnsupportedRequest | Misconfigured):
        left = [provider for provider in await others(services, job) if provider.name != job.provider]
        if job.test or not left:
            return failure_of(error)
    await run_with_retry(partial(_put_back, services, job, error), on=UNAVAILABLE_ERRORS)
    if not isinstance(error, Unreachable):
        return NotStarted(0)
    return NotStarted(PAUSES_WHEN_BROKEN[min(job.requeues, len(PAUSES_WHEN_BROKEN) - 1)])


async def _find(
    services: Services,
    job: Job,
    provider: Provider,
    work: GenerationRequest,
    deadline: asyncio.Timeout,
    cause: OutcomeUnknown | None = None,
) -> Pending:
    """The painting that a lost answer spoke of, looked for a few times; it is never sent again.

    The time to look begins with the call, so a restart adds no more than one look.
    """
    if job.held_by:
        await _wait_for_holder(services, job)
    attempts = await run_with_retry(partial(_attempts, services, job), on=UNAVAILABLE_ERRORS, deadline=deadline)
    since = attempts[-1].started_at if attempts else job.created_at
    for pause in (0.0, *LOOKS_FOR_LOST):
        await asyncio.sleep(pause)
        late = services.clock.now() - since >= sum(LOOKS_FOR_LOST) * SECOND
        try:
            with call(services, job, "find"):
                found = await provider.find(work, since=since)
        except OutcomeUnknown:
            break  # this upstream has nowhere to look
        except ProviderError:
            continue
        if found:
            await run_with_retry(partial(_keep_pending, services, job, found), on=UNAVAILABLE_ERRORS, deadline=deadline)
            return found
        if late:
            break
    raise UpstreamInDoubt(IN_DOUBT, cause=cause) from cause


async def _wait_for_holder(services: Services, job: Job) -> NoReturn:
    """Another process has the answer on its disk, and goes on with it once it is back; or the deadline comes."""
    log.warning("the answer is with another process; waiting for that", held_by=job.held_by)
    while True:
        await services.notifier.wait(job.id, LONGEST_WAIT)
        now = await run_with_retry(partial(_now, services, job), on=UNAVAILABLE_ERRORS)
        if now is None or now.epoch != job.epoch or now.status.final:
            raise ClaimLost


async def _now(services: Services, job: Job) -> Job | None:
    async with services.db.read() as connection:
        return await get_job(connection, job.id)


async def _attempts(services: Services, job: Job) -> Sequence[Attempt]:
    async with services.db.read() as connection:
        return await attempts_of_job(connection, job.id)


async def _check(
    services: Services,
    job: Job,
    provider: Provider,
    work: GenerationRequest,
    pending: Pending,
    deadline: asyncio.Timeout,
) -> Done | Pending:
    """Look at a painting under way. A check costs nothing, so a fault in it is only a reason to look again."""
    try:
        with call(services, job, "check"):
            answer = await provider.check(work, pending)
    except (ContentRejected, GenerationFailed) as error:
        _report_to_limiter(services, job, error)
        raise failure_of(error) from error
    except Throttled as error:
        return Pending(pending.upstream_id, pending.state, check_after=error.retry_after)
    except ProviderError:
        return Pending(pending.upstream_id, pending.state, check_after=min(2 * pending.check_after, LONGEST_WAIT))
    if isinstance(answer, Pending) and (answer.state, answer.progress) != (pending.state, pending.progress):
        await run_with_retry(partial(_note_pending, services, job, answer), on=UNAVAILABLE_ERRORS, deadline=deadline)
    return answer


async def _stop_if_cancelled(services: Services, job: Job, provider: Provider, pending: Pending) -> None:
    """A job that was cancelled meanwhile need not be painted to its end."""
    now = await _now(services, job)
    if now is not None and now.epoch == job.epoch and not now.status.final:
        return
    if now is not None and now.status.final:
        with contextlib.suppress(ProviderError), call(services, job, "cancel"):
            await provider.cancel(pending)
    raise ClaimLost


def _report_to_limiter(services: Services, job: Job, error: ProviderError | None) -> None:
    """What happened to this call is news for everyone who waits for the same account."""
    limiter = services.limiters.get(job.provider or "")
    if limiter is None or job.test:
        return
    match error:
        case Throttled():
            limiter.pause(error.retry_after)
        case Misconfigured():
            limiter.record_failure(error.message, permanent=True)
        case Unreachable() | OutcomeUnknown():
            limiter.record_failure(error.message)
        case GenerationFailed() if (error.status or 0) >= 500:
            limiter.record_failure(error.message)
        case _:
            limiter.record_success()


async def _before_sending(services: Services, job: Job) -> None:
    async with services.db.write() as tx:
        if not await mark_sending(tx, job, now=services.clock.now()):
            raise ClaimLost


async def _put_back(services: Services, job: Job, error: ProviderError) -> None:
    async with services.db.write() as tx:
        if not await requeues(tx, job, ending_of(error), now=services.clock.now()):
            raise ClaimLost


async def _note_held(services: Services, job: Job) -> None:
    async with services.db.write() as tx:
        if not await note_held(tx, job, by=services.process.name):
            raise ClaimLost


async def _keep_pending(services: Services, job: Job, pending: Pending) -> None:
    """What was paid for must not be forgotten."""
    async with services.db.write() as tx:
        await mark_sent(tx, job, pending)
    services.notifier.notify(job.id)


async def _note_pending(services: Services, job: Job, pending: Pending) -> None:
    async with services.db.write() as tx:
        if not await note_pending(tx, job, pending):
            raise ClaimLost
        if pending.progress:
            await notify_progress(services, tx, replace(job, progress=pending.progress))
    services.notifier.notify(job.id)

"""The call to a job's provider: start it, poll it, or look for one that was lost.

A call that may cost money is written down before it leaves. If this process dies before the answer is written down
too, the next run finds the job SENDING and does not send again: it looks for the result, and if there is none, whether
it was paid is in doubt. Providers that are `repeatable` cost nothing and generate the same again: theirs starts anew.
What a `free` provider lost, or failed at, is queued again a few times.
"""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NoReturn

import structlog
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, retry_if_result, wait_chain, wait_fixed

from easel.db.engine import UNAVAILABLE_ERRORS, Transaction
from easel.domain import AttemptOutcome, Done, GenerationRequest, Pending
from easel.errors import (
    OutcomeUnknown,
    ProviderError,
    ProviderFailed,
    Throttled,
    Unreachable,
    UnsupportedRequest,
    UpstreamInDoubt,
)
from easel.files.names import callback_path
from easel.jobs.attempts import Attempt, attempts_of_job
from easel.jobs.job import Job
from easel.jobs.load import get_job
from easel.jobs.write import mark_sending, mark_sent, note_held, note_pending, requeue
from easel.kit.clock import SECOND, Timeout
from easel.kit.retry import run_with_retry
from easel.pipeline.capacity import remaining_providers
from easel.pipeline.events import notify_progress
from easel.pipeline.failures import (
    IN_DOUBT,
    Next,
    ending_of,
    failed_on_its_side,
    failure_of,
    meaning_of,
    report,
    report_model,
)
from easel.pipeline.inputs import Inputs
from easel.pipeline.instrumentation import call
from easel.pipeline.partials import PartialImages
from easel.pipeline.routing import provider_of
from easel.providers import Provider
from easel.runtime.embedded.notifier import Subscription
from easel.services import Services

PAUSES_WHEN_UNREACHABLE = (0.2, 1.0, 5.0, 15.0, 30.0)
SEARCH_PAUSES = (0.5, 2.0, 5.0, 10.0)
PAUSES_WHEN_FREE = (2.0, 10.0)  # before a call that costs nothing is sent again
SHORTEST_WAIT, LONGEST_WAIT = 0.2, 10.0

log = structlog.get_logger()


class ClaimLost(Exception):
    """Another run has claimed the job, or it was cancelled: this run changes nothing any more."""


class NotStarted(Exception):
    """Nothing was started, and the job is queued again: it can be claimed after `retry_after` seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"again in {retry_after} s")
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class _Call:
    """One job's call."""

    services: Services
    job: Job
    provider: Provider
    request: GenerationRequest
    deadline: Timeout
    changes: Subscription  # of the job, by others than this run

    def traced(self, step: str) -> contextlib.AbstractContextManager[object]:
        return call(self.services, self.job, step)

    def deadline_paused(self) -> contextlib.AbstractContextManager[None]:
        """Waiting for our own database does not count: what is paid for is not abandoned because it is away."""
        return self.services.clock.paused(self.deadline)


async def call_provider(services: Services, job: Job, provider: Provider, inputs: Inputs, deadline: Timeout) -> Done:
    """The provider's answer; raises a JobFailure, NotStarted or ClaimLost."""
    partials = PartialImages(services, job, provider, inputs.images)
    request = replace(generation_request(services, job, inputs), on_partial=partials.take)
    try:
        with services.notifier.subscribe(job.id) as changes:
            return await _answer(_Call(services, job, provider, request, deadline, changes))
    finally:
        partials.end()


async def _answer(this: _Call) -> Done:
    job, provider = this.job, this.provider
    if job.open_pending:  # an earlier run started it, and much may have happened since
        answer = await _check(this, job.open_pending)
    elif job.unsent or provider.repeatable:
        answer = await _start(this)
    else:
        answer = await _search(this)
    while isinstance(answer, Pending):
        await this.changes.wait(max(SHORTEST_WAIT, answer.check_after))
        await _stop_if_cancelled(this, answer)
        answer = await _check(this, answer)
    return answer


def generation_request(services: Services, job: Job, inputs: Inputs) -> GenerationRequest:
    named = {"quality", "background", "output_format", "output_compression", "aspect_ratio", "number_of_images"}
    named |= {"mask", "user", "safety_identifier", "partial_images"}
    entry = services.catalog[job.model].providers.get(provider_of(services, job).kind)
    public = services.settings.public_url
    return GenerationRequest(
        job_id=job.id,
        model=job.model,
        upstream_model=entry.model if entry else job.model,
        prompt=job.prompt,
        aspect_ratio=job.params["aspect_ratio"],
        size=job.size,
        count=job.count,
        quality=job.params["quality"],
        background=job.params["background"],
        output_format=job.params["output_format"],
        output_compression=job.params.get("output_compression", 100),  # jobs of earlier versions have none
        params={name: value for name, value in job.params.items() if name not in named},
        inputs=inputs.images,
        mask=inputs.mask,
        user=job.params.get("user"),
        safety_identifier=job.params.get("safety_identifier"),
        seconds=max(0.0, ((job.deadline_at or 0) - services.clock.now()) / SECOND),
        callback_url=public + callback_path(job.provider or "", job.id) if public else None,
        test=job.test,
        variation=job.variation,
        partial_images=job.partial_images,
        upstream_parameters=entry.parameters if entry else (),
        spelled_size=entry.spelled_size if entry else False,
    )


async def keep_answer(services: Services, job: Job, answer: Done) -> Done:
    """The same answer on this process's disk, if it comes only once. Other processes learn from its row where it is."""
    held, safe = await services.held.keep(job.id, answer, job.count)
    if not safe:
        return held
    if not services.runtime.shared:
        return replace(held, once=False)
    write = partial(services.db.write, note_held, job, by=services.process.name)
    _must_be_ours(await run_with_retry(write, on=UNAVAILABLE_ERRORS))
    return held


def sends_at_once(job: Job, provider: Provider) -> bool:
    """Nothing lies between the claim and a call that may cost money: an unsent job is marked as sent by its claim."""
    return not (provider.repeatable or job.inputs)


async def _start(this: _Call) -> Done | Pending:
    services, job, provider = this.services, this.job, this.provider
    if not (provider.repeatable or sends_at_once(job, provider)):
        if fault := await services.readiness.fault():  # it may have come while the job waited for capacity
            raise await _requeue(this, Unreachable(f"This server cannot keep an answer now. {fault}"))
        _must_be_ours(await services.db.write(mark_sending, job, now=services.clock.now()))
    try:
        with this.traced("start"):
            answer = await provider.start(this.request)
    except ProviderError as error:
        _report(this, error)
        if provider.free and failed_on_its_side(error):
            raise await _again_for_free(this, error) from error
        match meaning_of(error).next:
            case Next.SEARCH:
                return await _search(this, error)
            case Next.REQUEUE:
                raise await _requeue(this, error) from error
            case Next.REROUTE if not job.test and await _another_provider(this):
                raise await _requeue(this, error) from error
        raise failure_of(error) from error
    _report(this, None)
    if isinstance(answer, Done):
        return replace(answer, once=not provider.repeatable)
    await _keep_pending(this, answer)
    return answer


async def _check(this: _Call, pending: Pending) -> Done | Pending:
    """Poll what is under way. A check costs nothing, so an error in it is only a reason to check again."""
    try:
        with this.traced("check"):
            answer = await this.provider.check(this.request, pending)
    except Throttled as error:
        return replace(pending, check_after=error.retry_after, progress=None)
    except ProviderError as error:
        if meaning_of(error).next is Next.FAIL or isinstance(error, UnsupportedRequest):
            _report(this, error)
            raise failure_of(error) from error
        pause = min(2 * max(pending.check_after, SHORTEST_WAIT), LONGEST_WAIT)
        return replace(pending, check_after=pause, progress=None)
    if isinstance(answer, Pending) and (answer.state, answer.progress) != (pending.state, pending.progress):
        write = partial(this.services.db.write, _write_pending, this.services, this.job, answer)
        with this.deadline_paused():
            _must_be_ours(await run_with_retry(write, on=UNAVAILABLE_ERRORS))
        if answer.progress != pending.progress:
            this.services.notifier.notify(this.job.id, by=this.changes)
    return answer


async def _search(this: _Call, cause: ProviderError | None = None) -> Pending:
    """Look for the result of a call whose answer was lost; it is never sent again. Raises UpstreamInDoubt.

    The time for this counts from the call, so a restart adds no more than one look.
    """
    services, job = this.services, this.job
    if job.held_by:
        await _wait_for_holder(this)
    if this.provider.free:
        raise await _again_for_free(this, OutcomeUnknown("The server stopped before the response arrived."))
    attempts = await _attempts(this)
    since = attempts[-1].started_at if attempts else job.created_at

    async def look() -> Pending | None:
        with this.traced("find"):
            return await this.provider.find(this.request, since=since)

    def over(state: RetryCallState) -> bool:
        late = services.clock.now() - since >= sum(SEARCH_PAUSES) * SECOND
        return late or state.attempt_number > len(SEARCH_PAUSES)

    looks = AsyncRetrying(
        sleep=services.clock.sleep,
        wait=wait_chain(*map(wait_fixed, SEARCH_PAUSES)),
        stop=over,
        retry=retry_if_exception(_may_pass) | retry_if_result(lambda found: found is None),
        retry_error_callback=lambda _: None,
    )
    with contextlib.suppress(OutcomeUnknown):  # this provider has nowhere to look
        pending: Pending | None = await looks(look)
        if pending:
            await _keep_pending(this, pending)
            return pending
    raise UpstreamInDoubt(IN_DOUBT, cause=cause) from cause


async def _again_for_free(this: _Call, error: ProviderError) -> NotStarted:
    """Queue a job again whose call cost nothing; raises ProviderFailed when it has failed too often."""
    lost_or_failed = (AttemptOutcome.LOST, AttemptOutcome.FAILED)
    failed = sum(one.calls for one in await _attempts(this) if one.outcome in lost_or_failed)
    if failed >= len(PAUSES_WHEN_FREE):
        raise ProviderFailed(f"{error.message} It was asked {failed + 1} times.", cause=error) from error
    log.warning("a call that costs nothing failed; it is sent again", provider=this.provider.name, why=error.message)
    await _requeue(this, error)
    return NotStarted(PAUSES_WHEN_FREE[failed])


async def _attempts(this: _Call) -> Sequence[Attempt]:
    read = partial(this.services.db.read, attempts_of_job, this.job.id)
    with this.deadline_paused():
        return await run_with_retry(read, on=UNAVAILABLE_ERRORS)


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, ProviderError) and not isinstance(error, OutcomeUnknown)


async def _wait_for_holder(this: _Call) -> NoReturn:
    """Another process has the answer on its disk and goes on with it once it is back, or the deadline comes."""
    log.warning("waiting for the process that holds the answer", held_by=this.job.held_by)
    read = partial(this.services.db.read, get_job, this.job.id)
    while _has_claim(this, await run_with_retry(read, on=UNAVAILABLE_ERRORS)):
        await this.changes.wait(LONGEST_WAIT)
    raise ClaimLost


def _has_claim(this: _Call, now: Job | None) -> bool:
    return now is not None and now.epoch == this.job.epoch and not now.status.final


async def _stop_if_cancelled(this: _Call, pending: Pending) -> None:
    """A job that was cancelled meanwhile need not be generated to its end."""
    now = await this.services.db.read(get_job, this.job.id)
    if _has_claim(this, now):
        return
    if now is not None and now.status.final:
        with contextlib.suppress(ProviderError), this.traced("cancel"):
            await this.provider.cancel(pending)
    raise ClaimLost


async def _requeue(this: _Call, error: ProviderError) -> NotStarted:
    """Queue the job again, since nothing was started; what to raise then."""
    ending = ending_of(error, free=this.provider.free)
    write = partial(this.services.db.write, requeue, this.job, ending, now=this.services.clock.now())
    _must_be_ours(await run_with_retry(write, on=UNAVAILABLE_ERRORS))
    if not isinstance(error, Unreachable):
        return NotStarted(0)
    return NotStarted(PAUSES_WHEN_UNREACHABLE[min(this.job.requeues, len(PAUSES_WHEN_UNREACHABLE) - 1)])


async def _another_provider(this: _Call) -> bool:
    remaining = await remaining_providers(this.services, this.job)
    return any(provider.name != this.job.provider for provider in remaining)


def _report(this: _Call, error: ProviderError | None) -> None:
    limiter = this.services.limiters.get(this.provider.name)
    of_model = this.services.model_limiters.get((this.provider.name, this.job.model))
    if limiter is not None and not this.job.test:
        report(limiter, error)
    if of_model is not None and not this.job.test:
        report_model(of_model, error)


async def _keep_pending(this: _Call, pending: Pending) -> None:
    """What was paid for must not be forgotten."""
    write = partial(this.services.db.write, mark_sent, this.job, pending)
    with this.deadline_paused():
        await run_with_retry(write, on=UNAVAILABLE_ERRORS)
    this.services.notifier.notify(this.job.id, by=this.changes)


def _write_pending(tx: Transaction, services: Services, job: Job, pending: Pending) -> bool:
    if not note_pending(tx, job, pending):
        return False
    if pending.progress:
        notify_progress(services, tx, replace(job, progress=pending.progress))
    return True


def _must_be_ours(written: bool) -> None:
    """A guarded write that wrote nothing: another run has the job, or it is final."""
    if not written:
        raise ClaimLost

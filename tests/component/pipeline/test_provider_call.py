"""The call to a provider: what leaves, what is written down before and after it, and what an error leads to."""

import asyncio
import dataclasses
from collections.abc import Awaitable
from typing import Any

import pytest
from tests.support.pipeline import Pipeline, ToldProvider
from tests.support.waiting import until

from easel.domain import AttemptOutcome, Done, JobState, Paid, Pending, SubmitState
from easel.errors import (
    ContentRejected,
    GenerationFailed,
    JobFailure,
    Misconfigured,
    ModelUnavailable,
    OutcomeUnknown,
    ProviderError,
    ProviderFailed,
    ProviderMisconfigured,
    Refused,
    RequestRejected,
    Throttled,
    Unreachable,
    UnsupportedRequest,
    UpstreamInDoubt,
)
from easel.jobs.job import Job
from easel.jobs.write import close, mark_sending
from easel.kit.clock import MINUTE, SECOND
from easel.pipeline.inputs import Inputs
from easel.pipeline.provider_call import (
    PAUSES_WHEN_FREE,
    PAUSES_WHEN_UNREACHABLE,
    SEARCH_PAUSES,
    ClaimLost,
    NotStarted,
    call_provider,
    generation_request,
)
from easel.pipeline.run import claim_job, job_deadline
from easel.providers import Provider

pytestmark = pytest.mark.anyio

NEVER = 10 * MINUTE // SECOND


async def call(pipeline: Pipeline, job: Job, provider: Provider | None = None) -> Done:
    async with job_deadline(pipeline.services, job) as deadline:
        return await call_provider(pipeline.services, job, provider or pipeline.provider, Inputs(), deadline)


async def waits(pipeline: Pipeline, seconds: float) -> None:
    """Return when the next thing that waits does so for so long."""
    await until(lambda: pipeline.clock.waiting and pipeline.clock.waiting[0] == pytest.approx(seconds, abs=0.01))


async def by_the_clock(pipeline: Pipeline, work: Awaitable[Any], *seconds: float) -> Any:
    """Do it while the clock moves on by these steps, one for each wait in it."""
    task = asyncio.ensure_future(work)
    for pause in seconds:
        await waits(pipeline, pause)
        pipeline.clock.advance(round(pause * SECOND))
    return await task


@pytest.mark.parametrize("claimed", ["claimed", "claimed_edit"])
async def test_a_paid_call_is_written_down_before_it_leaves(pipeline: Pipeline, claimed: str) -> None:
    job = await getattr(pipeline, claimed)()
    seen: list[tuple[SubmitState, AttemptOutcome]] = []
    real = pipeline.provider.start

    async def start(work: Any) -> Any:
        [attempt] = await pipeline.attempts(job)
        seen.append((SubmitState((await pipeline.now(job)).submit_state), attempt.outcome))
        return await real(work)

    pipeline.provider.start = start  # type: ignore[method-assign]
    done = await call(pipeline, job)
    assert done.once
    assert seen == [(SubmitState.SENDING, AttemptOutcome.SENDING)]


async def test_a_call_that_costs_nothing_leaves_without_a_word(pipeline: Pipeline) -> None:
    pipeline.provider.repeatable = True
    job = await pipeline.claimed()
    assert not (await call(pipeline, job)).once
    assert await pipeline.attempts(job) == []


async def test_nothing_is_sent_twice(pipeline: Pipeline) -> None:
    """Whoever finds the row SENDING was not the one to send, or has died after it."""
    job = await pipeline.claimed_edit()
    assert await pipeline.services.db.write(mark_sending, job, now=pipeline.clock.now())
    with pytest.raises(UpstreamInDoubt):
        await call(pipeline, await pipeline.now(job))
    with pytest.raises(ClaimLost):  # a run that does not know it yet
        await call(pipeline, job)
    assert pipeline.provider.starts == 0


async def test_a_call_that_costs_nothing_is_sent_again_after_a_crash_a_few_times(pipeline: Pipeline) -> None:
    pipeline.provider.free = True
    job = await pipeline.claimed()
    for pause in PAUSES_WHEN_FREE:
        with pytest.raises(NotStarted) as again:
            await call(pipeline, await pipeline.now(job))
        assert again.value.retry_after == pause
        job = await claim_job(pipeline.services, await pipeline.now(job), pipeline.provider)
    with pytest.raises(ProviderFailed, match=r"It was asked 3 times\.$"):
        await call(pipeline, await pipeline.now(job))
    assert pipeline.provider.starts == 0
    lost, _ = await pipeline.attempts(job)
    assert (lost.outcome, lost.paid, lost.calls) == (AttemptOutcome.LOST, Paid.NO, 2)


@pytest.mark.parametrize(
    ("error", "sent_again"),
    [
        (OutcomeUnknown("lost"), True),
        (GenerationFailed("out of memory", status=500), True),
        (GenerationFailed("no image", status=200), False),
        (ContentRejected("no", status=500), False),
    ],
)
async def test_what_a_free_provider_failed_at_itself_is_sent_again(
    pipeline: Pipeline, error: ProviderError, sent_again: bool
) -> None:
    pipeline.provider.free = True
    job = await pipeline.claimed()
    pipeline.provider.tell("start", error)
    with pytest.raises(NotStarted if sent_again else JobFailure):
        await call(pipeline, job)
    assert (await pipeline.now(job)).unsent is sent_again


@pytest.mark.parametrize("stale", ["claimed by another run", "final"])
async def test_a_run_that_lost_its_claim_sends_nothing(pipeline: Pipeline, stale: str) -> None:
    job = await pipeline.claimed_edit()
    if stale == "final":
        await pipeline.services.db.write(close, job, status=JobState.CANCELLED, cost=0, now=pipeline.clock.now())
    else:
        await claim_job(pipeline.services, job, pipeline.provider)
    with pytest.raises(ClaimLost):
        await call(pipeline, job)
    assert pipeline.provider.starts == 0


async def test_nothing_is_sent_while_its_answer_could_not_be_kept(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when that was found out while the job gathered its inputs."""

    async def fault() -> str:
        return "storage: The file store is not writable."

    job = await pipeline.claimed_edit()
    monkeypatch.setattr(pipeline.services.readiness, "fault", fault)
    with pytest.raises(NotStarted):
        await call(pipeline, job)
    assert (pipeline.provider.starts, await pipeline.attempts(job)) == (0, [])
    assert (await pipeline.now(job)).requeues == 1


@pytest.mark.parametrize(
    ("error", "pause", "outcome"),
    [
        (Throttled("slow down", retry_after=7), 0, AttemptOutcome.THROTTLED),
        (Unreachable("away"), PAUSES_WHEN_UNREACHABLE[0], AttemptOutcome.UNREACHABLE),
    ],
)
async def test_what_was_not_started_is_queued_again(
    pipeline: Pipeline, error: ProviderError, pause: float, outcome: AttemptOutcome
) -> None:
    job = await pipeline.claimed()
    pipeline.provider.tell("start", error)
    with pytest.raises(NotStarted) as raised:
        await call(pipeline, job)
    assert raised.value.retry_after == pause
    now, [attempt] = await pipeline.now(job), await pipeline.attempts(job)
    assert (now.submit_state, now.requeues, now.deadline_at, now.status) == (
        SubmitState.NONE,
        1,
        None,
        JobState.PROCESSING,
    )
    assert (attempt.outcome, attempt.paid, attempt.ended_at) == (outcome, Paid.NO, pipeline.clock.now())


async def test_a_provider_that_is_away_is_tried_less_and_less_often(pipeline: Pipeline) -> None:
    job = await pipeline.claimed()
    pauses = []
    for _ in range(len(PAUSES_WHEN_UNREACHABLE) + 2):
        pipeline.provider.tell("start", Unreachable("away"))
        with pytest.raises(NotStarted) as raised:
            await call(pipeline, job)
        pauses.append(raised.value.retry_after)
        job = await claim_job(pipeline.services, job, pipeline.provider)
    assert pauses == [*PAUSES_WHEN_UNREACHABLE, *PAUSES_WHEN_UNREACHABLE[-1:] * 2]


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (ContentRejected("The model declined."), Refused),
        (GenerationFailed("It broke."), ProviderFailed),
        (UnsupportedRequest("No such size."), RequestRejected),
        (Misconfigured("The key is wrong."), ProviderMisconfigured),
        (OutcomeUnknown("lost"), UpstreamInDoubt),
    ],
)
async def test_an_error_that_ends_the_job(pipeline: Pipeline, error: ProviderError, failure: type[JobFailure]) -> None:
    job = await pipeline.claimed()
    pipeline.provider.tell("start", error)
    with pytest.raises(failure) as raised:
        await call(pipeline, job)
    assert raised.value.cause is error
    assert pipeline.provider.starts == 1


@pytest.mark.parametrize(("error", "waits_for"), [(Throttled("slow", retry_after=9), 9), (Unreachable("away"), 4)])
async def test_a_fault_of_a_check_is_a_reason_to_check_again(
    pipeline: Pipeline, error: ProviderError, waits_for: float
) -> None:
    job = await pipeline.claimed()
    pipeline.provider.tell("start", Pending("u", check_after=2))
    pipeline.provider.tell("check", error)
    done = await by_the_clock(pipeline, call(pipeline, job), 2, waits_for)
    assert done.once is False
    assert (pipeline.provider.starts, pipeline.provider.checks) == (1, 1)


async def test_checks_that_fail_come_slower_up_to_ten_seconds(pipeline: Pipeline) -> None:
    job = await pipeline.claimed()
    pipeline.provider.tell("start", Pending("u", check_after=2))
    pipeline.provider.tell("check", *[Unreachable("away")] * 4)
    await by_the_clock(pipeline, call(pipeline, job), 2, 4, 8, 10, 10)


async def test_also_a_check_without_a_pause_comes_slower(pipeline: Pipeline) -> None:
    job = await pipeline.claimed()
    pipeline.provider.tell("start", Pending("u", check_after=0))
    pipeline.provider.tell("check", *[Unreachable("away")] * 7)
    await by_the_clock(pipeline, call(pipeline, job), 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10)


@pytest.mark.parametrize(
    ("error", "failure"), [(ContentRejected("no"), Refused), (GenerationFailed("it broke"), ProviderFailed)]
)
async def test_a_check_can_end_the_job(pipeline: Pipeline, error: ProviderError, failure: type[JobFailure]) -> None:
    job = await pipeline.claimed()
    pipeline.provider.tell("start", Pending("u", check_after=1))
    pipeline.provider.tell("check", error)
    with pytest.raises(failure):
        await by_the_clock(pipeline, call(pipeline, job), 1)


async def test_a_pending_and_its_progress_are_in_the_row(pipeline: Pipeline) -> None:
    job = await pipeline.claimed()
    pipeline.provider.tell("start", Pending("u", {"get": "a"}, check_after=1))
    pipeline.provider.tell(
        "check", Pending("u", {"get": "b"}, check_after=1, progress=40), Pending("u", {"get": "c"}, 1, 30)
    )
    task = asyncio.ensure_future(call(pipeline, job))
    await waits(pipeline, 1)
    now, [attempt] = await pipeline.now(job), await pipeline.attempts(job)
    assert (now.submit_state, now.open_pending) == (SubmitState.SENT, Pending("u", {"get": "a"}, check_after=1))
    assert (attempt.outcome, attempt.upstream_id) == (AttemptOutcome.GENERATING, "u")
    for state in ("b", "c"):
        pipeline.clock.advance(SECOND)
        await waits(pipeline, 1)
        now = await pipeline.now(job)
        assert now.open_pending is not None
        assert now.open_pending.state == {"get": state}
        assert now.progress == 40, "progress never goes back"
    pipeline.clock.advance(SECOND)
    await task


async def test_a_notification_is_a_reason_to_check_at_once(pipeline: Pipeline) -> None:
    job = await pipeline.claimed()
    pipeline.provider.tell("start", Pending("u", check_after=NEVER))
    task = asyncio.ensure_future(call(pipeline, job))
    await waits(pipeline, NEVER)
    pipeline.services.notifier.notify(job.id)
    await task
    assert pipeline.provider.checks == 1


@pytest.mark.parametrize("during", ["start", "check"])
async def test_a_job_cancelled_during_a_call_is_cancelled_at_its_provider_without_a_pause(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, during: str
) -> None:
    """What comes before the run waits for it ends its next wait: on this clock no time passes by itself."""
    job = await pipeline.claimed()
    pipeline.provider.tell("start", Pending("u", check_after=1))
    pipeline.provider.tell("check", Pending("u", check_after=NEVER))
    real = getattr(pipeline.provider, during)

    async def cancelled(*given: Any) -> Any:
        await pipeline.services.db.write(close, job, status=JobState.CANCELLED, cost=0, now=pipeline.clock.now())
        pipeline.services.notifier.notify(job.id)
        return await real(*given)

    monkeypatch.setattr(pipeline.provider, during, cancelled)
    with pytest.raises(ClaimLost):
        await by_the_clock(pipeline, call(pipeline, job), *([1] if during == "check" else []))
    assert (pipeline.provider.cancelled, pipeline.provider.checks) == (["u"], 0)


async def test_what_a_provider_says_during_its_call_is_a_reason_to_check_at_once(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = await pipeline.claimed()
    pipeline.provider.tell("start", Pending("u", check_after=NEVER))
    real = pipeline.provider.start

    async def start(work: Any) -> Any:
        pipeline.services.notifier.notify(job.id)
        return await real(work)

    monkeypatch.setattr(pipeline.provider, "start", start)
    await call(pipeline, job)
    assert pipeline.provider.checks == 1


async def test_a_known_call_is_gone_on_with_and_not_started_again(pipeline: Pipeline) -> None:
    job = await pipeline.claimed()
    pipeline.provider.tell("start", Pending("u", check_after=NEVER))
    task = asyncio.ensure_future(call(pipeline, job))
    await waits(pipeline, NEVER)
    task.cancel()
    later = await claim_job(pipeline.services, job, pipeline.provider)
    await call(pipeline, later)
    assert (pipeline.provider.starts, pipeline.provider.checks) == (1, 1)


@pytest.mark.parametrize("final", [True, False])
async def test_a_cancelled_job_is_cancelled_at_its_provider_and_a_taken_one_is_not(
    pipeline: Pipeline, final: bool
) -> None:
    job = await pipeline.claimed()
    pipeline.provider.tell("start", Pending("u", check_after=1))
    task = asyncio.ensure_future(call(pipeline, job))
    await waits(pipeline, 1)
    if final:
        await pipeline.services.db.write(close, job, status=JobState.CANCELLED, cost=0, now=pipeline.clock.now())
    else:
        await claim_job(pipeline.services, job, pipeline.provider)
    pipeline.clock.advance(SECOND)
    with pytest.raises(ClaimLost):
        await task
    assert pipeline.provider.cancelled == (["u"] if final else [])


async def test_a_lost_answer_is_looked_for_from_its_call_on(pipeline: Pipeline) -> None:
    job = await pipeline.claimed()
    sent_at = pipeline.clock.now()
    pipeline.provider.tell("start", OutcomeUnknown("the connection was cut"))
    pipeline.provider.tell("find", None, Unreachable("away"), Pending("found", check_after=1))
    await by_the_clock(pipeline, call(pipeline, job), *SEARCH_PAUSES[:2], 1)
    assert pipeline.provider.found_since == [sent_at] * 3
    [attempt] = await pipeline.attempts(job)
    assert attempt.upstream_id == "found"
    assert pipeline.provider.starts == 1


async def test_what_is_not_found_in_time_is_in_doubt(pipeline: Pipeline) -> None:
    job = await pipeline.claimed()
    pipeline.provider.tell("start", OutcomeUnknown("the connection was cut"))
    pipeline.provider.tell("find", *[None] * 9)
    with pytest.raises(UpstreamInDoubt):
        await by_the_clock(pipeline, call(pipeline, job), *SEARCH_PAUSES)
    assert len(pipeline.provider.found_since) == len(SEARCH_PAUSES) + 1


async def test_a_restart_adds_no_more_than_one_look(pipeline: Pipeline) -> None:
    job = await pipeline.claimed()
    pipeline.clock.advance(MINUTE)
    pipeline.provider.tell("find", *[None] * 9)
    with pytest.raises(UpstreamInDoubt):
        await call(pipeline, await pipeline.now(job))
    assert len(pipeline.provider.found_since) == 1


@pytest.mark.parametrize("error", [UnsupportedRequest("no such size"), Misconfigured("the key is wrong")])
async def test_another_provider_may_take_what_this_one_declines(pipeline: Pipeline, error: ProviderError) -> None:
    other = ToldProvider()
    other.name = "replicate"
    providers = {"replicate": other, "sketch": pipeline.provider}
    limiters = dict.fromkeys(providers, pipeline.services.limiters["sketch"])
    pipeline.services = dataclasses.replace(pipeline.services, providers=providers, limiters=limiters)
    job = await pipeline.claimed()
    pipeline.provider.tell("start", error)
    with pytest.raises(NotStarted) as raised:
        await call(pipeline, job)
    assert raised.value.retry_after == 0
    assert (await pipeline.now(job)).submit_state is SubmitState.NONE


@pytest.mark.parametrize(
    ("error", "learned"),
    [
        (None, (0.0, None)),
        (Throttled("slow down", retry_after=7), (7.0, None)),
        (Unreachable("away"), (0.0, "away")),
        (Misconfigured("the key is wrong"), (5.0, "the key is wrong")),
        (ContentRejected("no"), (0.0, None)),
    ],
)
async def test_the_limiter_learns_how_the_call_went(
    pipeline: Pipeline, error: ProviderError | None, learned: tuple[float, str | None]
) -> None:
    job = await pipeline.claimed()
    if error:
        pipeline.provider.tell("start", error)
    try:
        await call(pipeline, job)
    except (NotStarted, JobFailure):
        assert error
    limiter = pipeline.services.limiters["sketch"]
    assert (limiter.paused_seconds, limiter.last_error) == learned


@pytest.mark.parametrize(
    ("error", "learned"),
    [
        (ModelUnavailable("no such model"), (5.0, "no such model")),
        (Throttled("slow down", retry_after=7), (5.0, "before")),
        (Misconfigured("the key is wrong"), (5.0, "before")),
        (UnsupportedRequest("no such size"), (5.0, "before")),
        (ContentRejected("no"), (0.0, None)),
        (None, (0.0, None)),
    ],
)
async def test_the_limiter_of_the_model_learns_what_is_about_the_model(
    pipeline: Pipeline, error: ProviderError | None, learned: tuple[float, str | None]
) -> None:
    job = await pipeline.claimed()
    of_model = pipeline.services.model_limiters["sketch", "gpt-image-2"]
    if not isinstance(error, ModelUnavailable):
        of_model.record_failure("before", permanent=True)
    if error:
        pipeline.provider.tell("start", error)
    try:
        await call(pipeline, job)
    except (NotStarted, JobFailure):
        assert error
    assert (of_model.paused_seconds, of_model.last_error) == learned
    of_account = pipeline.services.limiters["sketch"].open_reason
    assert of_account == ("the key is wrong" if isinstance(error, Misconfigured) else None)


async def test_a_provider_is_told_all_of_the_request_and_nothing_of_the_customer(pipeline: Pipeline) -> None:
    public = pipeline.services.settings.model_copy(update={"public_url": "https://easel.test"})
    pipeline.services = dataclasses.replace(pipeline.services, settings=public)
    asked = {"aspect_ratio": "3:2", "output_format": "jpeg", "output_compression": 40}
    job = await pipeline.claimed(number_of_images=2, **asked)
    pipeline.clock.advance(100 * SECOND)
    told = generation_request(pipeline.services, job, Inputs())
    assert (told.prompt, told.count, told.aspect_ratio, told.output_format) == ("a plain picture", 2, "3:2", "jpeg")
    assert (told.size.width, told.size.height, told.quality) == (1536, 1024, "low")
    assert told.output_compression == 40
    assert "output_compression" not in told.params, "these seed the sketch: the same image at every compression"
    older = dataclasses.replace(job, params={name: job.params[name] for name in job.params if "compr" not in name})
    assert generation_request(pipeline.services, older, Inputs()).output_compression == 100
    assert told.seconds == 800
    assert told.callback_url == f"https://easel.test/hooks/sketch/{job.id}"
    assert not {job.team_id, job.user_id, job.key_id, job.file_token} & {str(one) for one in dataclasses.astuple(told)}

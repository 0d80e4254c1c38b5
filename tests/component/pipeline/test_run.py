"""One run of a job: what it takes up, what it gives up, and when it ends."""

import asyncio
import dataclasses
from functools import partial

import pytest
from tests.support.pipeline import Pipeline
from tests.support.waiting import until

from easel.db.engine import Transaction
from easel.domain import AttemptOutcome, JobState, Paid, Pending
from easel.errors import (
    ContentRejected,
    DeadlineExceeded,
    InputUnusable,
    ProviderFailed,
    Throttled,
    UpstreamInDoubt,
)
from easel.jobs.attempts import Ending
from easel.jobs.job import Job
from easel.jobs.write import mark_sent, note_delivered, requeue
from easel.kit.clock import MINUTE, SECOND
from easel.pipeline.cancel import cancel
from easel.pipeline.inputs import Inputs
from easel.pipeline.provider_call import ClaimLost
from easel.pipeline.run import (
    EXTEND_BY,
    EXTEND_EVERY,
    MAX_RUNS,
    MAX_RUNS_WITH_ANSWER,
    claim_job,
    extended_deadline,
    inputs_of,
    job_deadline,
    load_active_job,
    require_runs_left,
    run_job,
)

pytestmark = pytest.mark.anyio

LONG = 5_000.0  # longer than anything else waits
BUSY = Ending(AttemptOutcome.THROTTLED, Paid.NO, status=429)


async def test_a_job_is_generated_stored_and_settled(pipeline: Pipeline) -> None:
    job = await pipeline.submitted(number_of_images=2)
    await run_job(pipeline.services, job.id)
    ended = await pipeline.now(job)
    assert (ended.status, ended.credit_cost, ended.epoch) == (JobState.COMPLETED, 8, 1)
    assert pipeline.provider.starts == 1
    await until(lambda: not pipeline.services.held.jobs())


@pytest.mark.parametrize("state", ["final", "gone"])
async def test_there_is_nothing_to_run(pipeline: Pipeline, state: str) -> None:
    job = await pipeline.submitted()
    if state == "final":
        await cancel(pipeline.services, pipeline.caller, job.id)
    job_id = job.id if state == "final" else "no-such-job"
    assert await load_active_job(pipeline.services, job_id) is None
    await run_job(pipeline.services, job_id)
    assert pipeline.provider.starts == 0


async def test_a_claim_is_a_new_epoch_with_one_deadline(pipeline: Pipeline) -> None:
    job = await claim_job(pipeline.services, await pipeline.submitted(), pipeline.provider)
    assert (job.status, job.epoch, job.provider) == (JobState.PROCESSING, 1, "sketch")
    assert job.deadline_at == pipeline.clock.now() + 900 * SECOND
    pipeline.clock.advance(5 * MINUTE)
    again = await claim_job(pipeline.services, job, pipeline.provider)
    assert (again.epoch, again.deadline_at) == (2, job.deadline_at)


async def test_what_was_not_admitted_or_has_ended_cannot_be_claimed(pipeline: Pipeline) -> None:
    jobs = [await pipeline.submitted() for _ in range(3)]
    await cancel(pipeline.services, pipeline.caller, jobs[0].id)
    waiting = await pipeline.submitted()
    for job in (jobs[0], waiting):
        with pytest.raises(ClaimLost):
            await claim_job(pipeline.services, job, pipeline.provider)


async def test_a_run_that_was_overtaken_changes_nothing(pipeline: Pipeline) -> None:
    job = await pipeline.submitted()
    pipeline.provider.tell("start", Pending("u", check_after=LONG))
    first = asyncio.create_task(run_job(pipeline.services, job.id))
    await until(lambda: pipeline.provider.starts)
    await until(lambda: [one for one in pipeline.clock.waiting if one == LONG])
    second = asyncio.create_task(run_job(pipeline.services, job.id))
    await second
    ended = await pipeline.now(job)
    pipeline.services.notifier.notify(job.id)
    await first
    assert await pipeline.now(job) == ended
    assert (ended.status, ended.epoch, pipeline.provider.starts) == (JobState.COMPLETED, 2, 1)


async def test_a_job_that_was_queued_again_waits_and_is_claimed_anew(pipeline: Pipeline) -> None:
    job = await pipeline.submitted()
    pipeline.provider.tell("start", Throttled("slow down", retry_after=7))
    task = asyncio.create_task(run_job(pipeline.services, job.id))
    await until(lambda: pipeline.services.limiters["sketch"].waiting)
    pipeline.clock.advance(7_001)
    await task
    ended = await pipeline.now(job)
    assert (ended.status, ended.epoch, ended.requeues, pipeline.provider.starts) == (JobState.COMPLETED, 2, 1, 2)


async def test_the_deadline_ends_a_job_that_generates_elsewhere(pipeline: Pipeline) -> None:
    job = await pipeline.submitted()
    pipeline.provider.tell("start", Pending("u", check_after=LONG))
    task = asyncio.create_task(run_job(pipeline.services, job.id))
    await until(lambda: [one for one in pipeline.clock.waiting if one == LONG])
    pipeline.clock.advance(900 * SECOND - 1)
    assert (await pipeline.now(job)).status is JobState.PROCESSING
    pipeline.clock.advance(1)
    await task
    ended = await pipeline.now(job)
    assert (ended.status, ended.error_code, ended.credit_cost) == (JobState.FAILED, "deadline_exceeded", 0)


async def test_a_deadline_is_what_is_left_of_it(pipeline: Pipeline) -> None:
    job = await pipeline.claimed()
    pipeline.clock.advance(899 * SECOND)
    async with job_deadline(pipeline.services, job) as deadline:
        assert deadline.when() == pipeline.clock.monotonic() + 1
    pipeline.clock.advance(MINUTE)
    with pytest.raises(DeadlineExceeded):
        async with job_deadline(pipeline.services, job):
            await asyncio.Event().wait()


async def test_a_timeout_of_something_else_is_no_deadline(pipeline: Pipeline) -> None:
    job = await pipeline.claimed()
    with pytest.raises(TimeoutError):
        async with job_deadline(pipeline.services, job):
            raise TimeoutError


@pytest.mark.parametrize(
    ("changes", "runs", "error"),
    [
        ({"epoch": MAX_RUNS}, MAX_RUNS, None),
        ({"epoch": MAX_RUNS + 1}, MAX_RUNS, ProviderFailed),
        ({"epoch": MAX_RUNS + 3, "requeues": 3}, MAX_RUNS, None),
        ({"epoch": MAX_RUNS + 1, "submit_state": "SENDING"}, MAX_RUNS, UpstreamInDoubt),
        ({"epoch": 99, "submit_state": "SENT", "pending": {"upstream_id": "u"}}, MAX_RUNS, None),
        ({"epoch": MAX_RUNS + 1, "submit_state": "SENDING"}, MAX_RUNS_WITH_ANSWER, None),
    ],
)
async def test_a_job_that_breaks_its_run_each_time_ends(
    pipeline: Pipeline, changes: dict[str, object], runs: int, error: type[Exception] | None
) -> None:
    job: Job = dataclasses.replace(await pipeline.claimed(), **changes)  # type: ignore[arg-type]
    if error is None:
        require_runs_left(job, runs)
        return
    with pytest.raises(error):
        require_runs_left(job, runs)


async def test_a_kept_answer_is_used_and_nobody_is_called(pipeline: Pipeline) -> None:
    job = await pipeline.submitted(number_of_images=2)
    claimed = await claim_job(pipeline.services, job, pipeline.provider)
    await pipeline.keep_answer_of(claimed)
    await run_job(pipeline.services, job.id)
    ended = await pipeline.now(job)
    assert (ended.status, ended.credit_cost, pipeline.provider.starts) == (JobState.COMPLETED, 8, 0)
    await until(lambda: not pipeline.services.held.jobs())


async def test_what_was_stored_before_is_delivered_without_the_answer(pipeline: Pipeline) -> None:
    job = await pipeline.submitted(number_of_images=2)
    claimed = await claim_job(pipeline.services, job, pipeline.provider)
    one = {"key": "k", "name": "n.png", "media_type": "image/png", "byte_size": 9, "etag": "e"}
    noted = {"stored": [one | {"size": {"width": 1024, "height": 1024}}], "warnings": []}
    assert await pipeline.services.db.write(note_delivered, claimed, noted)
    await run_job(pipeline.services, job.id)
    ended = await pipeline.now(job)
    assert (ended.status, ended.credit_cost, pipeline.provider.starts) == (JobState.COMPLETED, 4, 0)
    assert ended.warnings == ["1 of 2 images were delivered; only these were charged."]


async def test_a_missing_input_ends_a_job_only_before_its_call(pipeline: Pipeline) -> None:
    job = dataclasses.replace(await pipeline.claimed(), inputs=["file:gone.png"])
    with pytest.raises(InputUnusable, match=r"input_images\[0\]"):
        await inputs_of(pipeline.services, job)
    sent = dataclasses.replace(job, submit_state="SENDING")  # type: ignore[arg-type]
    assert await inputs_of(pipeline.services, sent) == Inputs()


async def test_the_deadline_in_the_row_moves_on_while_an_answer_is_worked_on(pipeline: Pipeline) -> None:
    job = await pipeline.claimed()
    pipeline.clock.advance(899 * SECOND)
    async with extended_deadline(pipeline.services, job):
        assert (await pipeline.now(job)).deadline_at == job.deadline_at
        for _ in range(3):
            await until(lambda: pipeline.clock.waiting == [EXTEND_EVERY])
            pipeline.clock.advance(int(EXTEND_EVERY * SECOND))
            await until(partial(_has_deadline, pipeline, job, pipeline.clock.now() + EXTEND_BY))
    assert pipeline.clock.waiting == []


async def _has_deadline(pipeline: Pipeline, job: Job, at: int) -> bool:
    return (await pipeline.now(job)).deadline_at == at


async def test_a_failure_is_the_end_and_refunds(pipeline: Pipeline) -> None:
    job = await pipeline.submitted()
    pipeline.provider.tell("start", ContentRejected("The model declined."))
    await run_job(pipeline.services, job.id)
    ended = await pipeline.now(job)
    assert (ended.status, ended.error, ended.credit_cost) == (JobState.FAILED, "The model declined.", 0)


async def test_a_job_that_another_run_has_sent_meanwhile_is_not_sent_again(pipeline: Pipeline) -> None:
    stale = await pipeline.submitted()
    await claim_job(pipeline.services, stale, pipeline.provider)
    claimed = await claim_job(pipeline.services, stale, pipeline.provider)
    assert (claimed.epoch, claimed.unsent) == (2, False)


@pytest.mark.parametrize("between", ["before the claim", "within it"])
async def test_a_job_that_an_earlier_run_queues_again_meanwhile_is_marked_before_it_is_sent(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, between: str
) -> None:
    """An earlier run that was taken for dead finds out that nothing was started, as the next one takes the job up."""
    earlier = await claim_job(pipeline.services, await pipeline.submitted(), pipeline.provider)
    sent, again = await pipeline.now(earlier), partial(requeue, job=earlier, ending=BUSY, now=pipeline.clock.now())
    assert not sent.unsent
    if between == "before the claim":
        assert await pipeline.services.db.write(again)
    else:

        def late(tx: Transaction, *_: object, **__: object) -> None:
            assert again(tx)

        monkeypatch.setattr("easel.pipeline.run.claim_to_send", late)
    claimed = await claim_job(pipeline.services, sent, pipeline.provider)
    assert claimed.unsent
    assert not (await pipeline.now(claimed)).unsent
    assert (await pipeline.attempts(claimed))[-1].outcome is AttemptOutcome.SENDING


async def test_what_is_a_bug_ends_no_job(pipeline: Pipeline) -> None:
    """The queue runs it again, with growing pauses."""
    job = await pipeline.submitted()
    pipeline.provider.tell("start", ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        await run_job(pipeline.services, job.id)
    assert (await pipeline.now(job)).status is JobState.PROCESSING


async def test_the_upstreams_id_is_kept_whatever_has_become_of_the_claim(pipeline: Pipeline) -> None:
    job = await pipeline.claimed()
    await claim_job(pipeline.services, job, pipeline.provider)
    await pipeline.services.db.write(mark_sent, job, Pending("u"))
    assert (await pipeline.now(job)).open_pending == Pending("u")

"""How a job ends: state, files, credits, event and the next admission, together and once."""

import asyncio
import dataclasses

import pytest
from sqlalchemy import select
from tests.support.pipeline import Pipeline
from tests.support.waiting import until

from easel.accounts.teams import get_team
from easel.api.openai.answers import look_at_result, result_of
from easel.db.tables import events, files, ledger
from easel.domain import AttemptOutcome, JobState, Paid, Pending, Size, StoredObject
from easel.errors import (
    ContentRejected,
    DeadlineExceeded,
    InputUnusable,
    JobFailure,
    NotAnImage,
    OutcomeUnknown,
    ProviderFailed,
    Refused,
    UpstreamInDoubt,
)
from easel.jobs.attempts import Ending
from easel.jobs.job import Job
from easel.jobs.write import mark_sent
from easel.kit.clock import DAY, HOUR
from easel.pipeline.events import Ended
from easel.pipeline.finalize import JobResult, finalize
from easel.pipeline.store import StoredImages
from easel.runtime.poller import Seen

pytestmark = pytest.mark.anyio

ENTRIES = (
    select(ledger.c.kind, ledger.c.amount, ledger.c.held).where(ledger.c.job_id.is_not(None)).order_by(ledger.c.id)
)


def images(count: int, warnings: tuple[str, ...] = ()) -> StoredImages:
    stored = [StoredObject(f"k/{n}", f"{n}.png", "image/png", 9, "e", Size(1024, 1024)) for n in range(count)]
    return StoredImages(stored, warnings, "upstream", {"tokens": 7}, {"read": "x"})


def failed(failure: JobFailure) -> JobResult:
    return JobResult(JobState.FAILED, failure=failure)


COMPLETED, CANCELLED = JobResult(JobState.COMPLETED, images(2)), JobResult(JobState.CANCELLED)


async def entries(pipeline: Pipeline) -> list[tuple[str, int, int]]:
    with pipeline.services.db.reading() as connection:
        return [tuple(row) for row in connection.execute(ENTRIES)]


async def money(pipeline: Pipeline) -> tuple[int, int, int]:
    team = await pipeline.services.db.read(get_team, pipeline.caller.team_id)
    return team.balance, team.held, team.admitted


@pytest.mark.parametrize(
    ("result", "cost", "written"),
    [
        (COMPLETED, 8, [("hold", 0, 8), ("settle", -8, -8)]),
        (JobResult(JobState.COMPLETED, images(1)), 4, [("hold", 0, 8), ("settle", -4, -4), ("release", 0, -4)]),
        (failed(ProviderFailed("no")), 0, [("hold", 0, 8), ("settle", 0, 0), ("release", 0, -8)]),
        (CANCELLED, 0, [("hold", 0, 8), ("settle", 0, 0), ("release", 0, -8)]),
    ],
)
async def test_only_what_was_delivered_is_charged(
    pipeline: Pipeline, result: JobResult, cost: int, written: list[tuple[str, int, int]]
) -> None:
    job = await pipeline.claimed(number_of_images=2)
    ended = await finalize(pipeline.services, job, result)
    assert ended is not None
    assert (ended.status, ended.credit_cost) == (result.state, cost)
    assert await entries(pipeline) == written
    assert await money(pipeline) == (100 - cost, 0, 0)


@pytest.mark.parametrize("first", [COMPLETED, CANCELLED, failed(ProviderFailed("no"))])
@pytest.mark.parametrize("second", [COMPLETED, CANCELLED, failed(ProviderFailed("no"))])
async def test_a_job_ends_once(pipeline: Pipeline, first: JobResult, second: JobResult) -> None:
    job = await pipeline.claimed(number_of_images=2)
    assert await finalize(pipeline.services, job, first)
    after = (await pipeline.now(job), await entries(pipeline), await money(pipeline))
    assert await finalize(pipeline.services, job, second) is None
    assert (await pipeline.now(job), await entries(pipeline), await money(pipeline)) == after


async def test_of_two_runs_that_end_it_at_once_one_does(pipeline: Pipeline) -> None:
    job = await pipeline.claimed(number_of_images=2)
    ends = await asyncio.gather(*(finalize(pipeline.services, job, one) for one in (COMPLETED, CANCELLED) * 5))
    assert len([one for one in ends if one]) == 1
    assert len(await entries(pipeline)) in (2, 3)


async def test_a_run_that_lost_its_claim_ends_nothing(pipeline: Pipeline) -> None:
    job = await pipeline.claimed()
    earlier = dataclasses.replace(job, epoch=job.epoch - 1)
    assert await finalize(pipeline.services, earlier, COMPLETED) is None
    assert (await pipeline.now(job)).status is JobState.PROCESSING
    assert await money(pipeline) == (100, 4, 1)


async def test_what_the_owner_is_told(pipeline: Pipeline) -> None:
    job = await pipeline.claimed(number_of_images=2)
    result = JobResult(JobState.COMPLETED, images(2, ("One word is wrong.",)))
    ended = await finalize(pipeline.services, job, result)
    assert ended is not None
    assert (ended.progress, ended.completed_at) == (100, pipeline.clock.now())
    assert (ended.warnings, ended.brief, ended.error, ended.error_code) == (
        ["One word is wrong."],
        {"read": "x"},
        None,
        None,
    )
    refused = await pipeline.claimed()
    ended = await finalize(pipeline.services, refused, failed(Refused("The model declined.")))
    assert ended is not None
    assert (ended.error, ended.error_code, ended.progress) == ("The model declined.", "moderation_refused", 5)


async def test_its_files_are_on_record_in_order_and_have_their_time(pipeline: Pipeline) -> None:
    job = await pipeline.claimed(number_of_images=2)
    await finalize(pipeline.services, job, COMPLETED)
    with pipeline.services.db.reading() as connection:
        rows = connection.execute(select(files).order_by(files.c.position)).mappings().all()
    assert [(row["name"], row["position"], row["kind"]) for row in rows] == [
        ("0.png", 1, "output"),
        ("1.png", 2, "output"),
    ]
    assert {row["expires_at"] for row in rows} == {pipeline.clock.now() + 90 * DAY}
    assert {(row["team_id"], row["user_id"], row["token"], row["job_id"]) for row in rows} == {
        (job.team_id, job.user_id, job.file_token, job.id)
    }


@pytest.mark.parametrize(("result", "hours"), [(failed(ProviderFailed("no")), 24), (COMPLETED, 90 * 24)])
async def test_inputs_of_a_job_without_images_go_soon(pipeline: Pipeline, result: JobResult, hours: int) -> None:
    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
    job = await pipeline.claimed(number_of_images=2, input_images=[f"data:image/png;base64,{pixel}"])
    await finalize(pipeline.services, job, result)
    with pipeline.services.db.reading() as connection:
        expires_at = connection.execute(select(files.c.expires_at).where(files.c.kind == "input")).scalar_one()
    assert expires_at == pipeline.clock.now() + hours * HOUR


async def test_the_end_is_an_event_and_a_message_only_if_asked_for(pipeline: Pipeline) -> None:
    job = await pipeline.claimed()
    await finalize(pipeline.services, job, failed(ProviderFailed("no")))
    with pipeline.services.db.reading() as connection:
        event = connection.execute(select(events)).mappings().one()
    assert (event["kind"], event["job_id"], event["team_id"], event["test"]) == ("failed", job.id, job.team_id, False)
    assert '"error":"no"' in event["body"]
    assert (await pipeline.now(job)).webhook_status is None


async def test_the_next_job_of_the_team_is_admitted_and_promised(pipeline: Pipeline) -> None:
    job = await pipeline.claimed()
    await pipeline.submitted()
    waiting = await pipeline.submitted()
    pipeline.queue.promised.clear()
    await finalize(pipeline.services, job, CANCELLED)
    assert pipeline.queue.promised == [waiting.id]
    assert (await pipeline.now(waiting)).admitted_at == pipeline.clock.now()
    assert (await money(pipeline))[2] == 2


@pytest.mark.parametrize(
    ("result", "ending"),
    [
        (COMPLETED, Ending(AttemptOutcome.GENERATED, Paid.YES, usage={"tokens": 7})),
        (CANCELLED, Ending(AttemptOutcome.CANCELLED, Paid.UNKNOWN)),
        (failed(NotAnImage("no")), Ending(AttemptOutcome.NO_IMAGE, Paid.YES)),
        (failed(DeadlineExceeded("late")), Ending(AttemptOutcome.LOST, Paid.UNKNOWN)),
        (failed(InputUnusable("gone")), Ending(AttemptOutcome.LOST, Paid.UNKNOWN)),
        (
            failed(Refused("no", cause=ContentRejected("no", status=400, code="moderation", request_id="r"))),
            Ending(AttemptOutcome.REJECTED, Paid.NO, 400, "moderation", "r", "no"),
        ),
        (
            failed(UpstreamInDoubt("lost", cause=OutcomeUnknown("lost", detail="read timeout"))),
            Ending(AttemptOutcome.LOST, Paid.UNKNOWN, detail="read timeout"),
        ),
    ],
)
async def test_the_open_attempt_ends_with_its_job(pipeline: Pipeline, result: JobResult, ending: Ending) -> None:
    job = await sent(pipeline)
    await finalize(pipeline.services, job, result)
    [attempt] = await pipeline.attempts(job)
    assert attempt.ended_at == pipeline.clock.now()
    assert {name: getattr(attempt, name) for name in dataclasses.asdict(ending)} == dataclasses.asdict(ending)
    assert attempt.upstream_id == ("upstream" if result is COMPLETED else "u")


@pytest.mark.parametrize("result", [COMPLETED, CANCELLED, failed(ProviderFailed("no"))])
@pytest.mark.parametrize("repeatable", [False, True])
async def test_its_notification_says_what_a_look_would_find(
    pipeline: Pipeline, result: JobResult, repeatable: bool
) -> None:
    """So that nobody who has waited for it need look."""
    pipeline.provider.repeatable = repeatable
    job, told = await pipeline.claimed(number_of_images=2), list[Ended]()

    def listen(_: str, seen: object) -> None:
        if isinstance(seen, Seen):
            told.append(seen.value.ended)

    with pipeline.services.notifier.on_every_notification(listen):
        ended = await finalize(pipeline.services, job, result)
        await until(lambda: told)
    assert ended == await pipeline.now(job)
    with pipeline.services.db.reading() as connection:
        assert [result_of(one) for one in told] == [look_at_result(connection, ended)]


async def sent(pipeline: Pipeline) -> Job:
    """A job whose call is under way at its provider."""
    job = await pipeline.claimed(number_of_images=2)
    await pipeline.services.db.write(mark_sent, job, Pending("u"))
    return await pipeline.now(job)

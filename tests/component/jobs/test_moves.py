import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from tests.support.jobs import NOW, Tenant, new_job, written_job

from easel.db.engine import Database, Transaction
from easel.domain import AttemptOutcome, JobState, Paid, Pending, Size, SubmitState
from easel.jobs.attempts import Attempt, Ending, attempts_of_job
from easel.jobs.job import Job
from easel.jobs.load import get_job
from easel.jobs.write import (
    GRACE,
    claim,
    claim_to_send,
    close,
    insert_job,
    mark_sending,
    mark_sent,
    note_delivered,
    note_pending,
    requeue,
)
from easel.kit.clock import HOUR, MINUTE

pytestmark = [pytest.mark.anyio, pytest.mark.backends]
FINAL = [JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED]
BUSY = Ending(AttemptOutcome.THROTTLED, Paid.NO, status=429)


async def take(
    db: Database, job_id: str, *, provider: str = "sketch", now: int = NOW + 10, deadline_at: int = NOW + 900
) -> Job | None:
    return await db.write(claim, job_id, provider=provider, deadline_at=deadline_at, now=now)


async def taken(db: Database, tenant: Tenant, **changes: Any) -> Job:
    """A job of the tenant that a worker has taken up."""
    written = await written_job(db, tenant, **{"admitted_at": NOW} | changes)
    job = await take(db, written.id)
    assert job is not None
    return job


async def now_is(db: Database, job: Job) -> Job:
    found = await db.read(get_job, job.id)
    assert found is not None
    return found


async def attempts(db: Database, job: Job) -> Sequence[Attempt]:
    return await db.read(attempts_of_job, job.id)


async def ended(db: Database, job: Job, status: JobState = JobState.COMPLETED, **given: Any) -> Job | None:
    return await db.write(close, job, status=status, **{"cost": 4, "now": NOW + 99} | given)


async def test_a_job_is_read_back_as_it_was_written(db: Database, tenant: Tenant) -> None:
    job = new_job(
        tenant,
        params={"quality": "low", "input_images": None},
        inputs=["file:a.png", "https://example.com/b.png"],
        request={"model": "gpt-image-2", "prompt": "ein Bär 🐻", "gptImage2Params": {"number_of_images": 2}},
        webhook_url="https://example.com/hook",
        webhook_events=["completed"],
        webhook_status="pending",
        warnings=["a warning"],
        pending={"upstream_id": "u", "state": {"a": 1}, "check_after": 0.5, "progress": None},
    )
    await db.write(insert_job, job)
    assert await now_is(db, job) == job
    assert job.prompt == "ein Bär 🐻"
    assert job.size == Size(1024, 1024)
    assert job.open_pending == Pending("u", {"a": 1}, check_after=0.5)


async def test_two_jobs_never_share_an_id(db: Database, tenant: Tenant) -> None:
    job = await written_job(db, tenant)
    with pytest.raises(IntegrityError):
        await db.write(insert_job, job)


@pytest.mark.parametrize(("test", "held"), [(False, 36), (True, 0)])
async def test_a_test_keys_job_holds_nothing(tenant: Tenant, test: bool, held: int) -> None:
    assert new_job(tenant, test=test, quoted=36).held == held


async def test_a_claim_begins_an_epoch_and_the_work(db: Database, tenant: Tenant) -> None:
    job = await taken(db, tenant)
    assert (job.status, job.epoch, job.progress) == (JobState.PROCESSING, 1, 5)
    assert (job.started_at, job.deadline_at) == (NOW + 10, NOW + 900)
    assert await now_is(db, job) == job


async def test_a_second_claim_begins_another_epoch_but_renews_neither_start_nor_deadline(
    db: Database, tenant: Tenant
) -> None:
    first = await taken(db, tenant)
    assert first.deadline_at is not None
    second = await take(db, first.id, now=first.deadline_at - GRACE, deadline_at=NOW + 10**9)
    assert second == replace(first, epoch=2)


async def test_a_claim_after_the_deadline_has_a_minute(db: Database, tenant: Tenant) -> None:
    first = await taken(db, tenant)
    assert first.deadline_at is not None
    late = first.deadline_at + HOUR
    second = await take(db, first.id, now=late, deadline_at=late + HOUR)
    assert second == replace(first, epoch=2, deadline_at=late + GRACE)


async def test_a_claim_takes_no_progress_back(db: Database, tenant: Tenant) -> None:
    assert (await taken(db, tenant, progress=60)).progress == 60


async def test_a_job_nobody_admitted_cannot_be_claimed(db: Database, tenant: Tenant) -> None:
    job = await written_job(db, tenant)
    assert await take(db, job.id) is None
    assert await now_is(db, job) == job


@pytest.mark.parametrize("status", FINAL)
async def test_a_final_job_cannot_be_claimed(db: Database, tenant: Tenant, status: JobState) -> None:
    job = await written_job(db, tenant, admitted_at=NOW, status=status)
    assert await take(db, job.id) is None
    assert await now_is(db, job) == job


async def test_a_job_nobody_wrote_cannot_be_claimed(db: Database) -> None:
    assert await take(db, "nothing") is None


async def test_ten_claims_at_once_are_ten_epochs(db: Database, tenant: Tenant) -> None:
    job = await written_job(db, tenant, admitted_at=NOW)
    claims = await asyncio.gather(*(take(db, job.id) for _ in range(10)))
    assert sorted(claimed.epoch for claimed in claims if claimed) == list(range(1, 11))


async def test_of_a_stale_claim_every_write_is_refused(db: Database, tenant: Tenant) -> None:
    stale = await taken(db, tenant)
    current = await take(db, stale.id)
    assert current is not None
    with db.transaction() as tx:
        assert not mark_sending(tx, stale, now=NOW)
        assert not requeue(tx, stale, BUSY, now=NOW)
        assert not note_pending(tx, stale, Pending("stale", progress=99))
        assert close(tx, stale, status=JobState.FAILED, cost=0, now=NOW) is None
    assert await now_is(db, current) == current


async def test_a_claim_that_came_true_later_refuses_too(db: Database, tenant: Tenant) -> None:
    job = await taken(db, tenant)
    with db.transaction() as tx:
        assert not mark_sending(tx, replace(job, epoch=2), now=NOW)


async def test_sending_is_marked_only_once(db: Database, tenant: Tenant) -> None:
    job = await taken(db, tenant)
    with db.transaction() as tx:
        assert mark_sending(tx, job, now=NOW)
        assert not mark_sending(tx, job, now=NOW)
    assert (await now_is(db, job)).submit_state == "SENDING"
    assert [(one.provider, one.outcome) for one in await attempts(db, job)] == [("sketch", "sending")]


async def test_another_claim_does_not_allow_sending_again(db: Database, tenant: Tenant) -> None:
    job = await taken(db, tenant)
    with db.transaction() as tx:
        assert mark_sending(tx, job, now=NOW)
    again = await take(db, job.id)
    assert again is not None
    with db.transaction() as tx:
        assert not mark_sending(tx, again, now=NOW)


async def test_a_claim_to_send_is_had_by_one_of_ten(db: Database, tenant: Tenant) -> None:
    job = await written_job(db, tenant, admitted_at=NOW)

    def one_more(tx: Transaction) -> Job | None:
        return claim_to_send(tx, job.id, provider="sketch", deadline_at=NOW + MINUTE, now=NOW)

    claims = await asyncio.gather(*(db.write(one_more) for _ in range(10)))
    [claimed] = [one for one in claims if one]
    assert (claimed.epoch, claimed.unsent, claimed.deadline_at) == (1, True, NOW + MINUTE)
    assert await now_is(db, job) == replace(claimed, submit_state=SubmitState.SENDING)
    assert [(one.provider, one.outcome) for one in await attempts(db, job)] == [("sketch", "sending")]
    again = await take(db, job.id)
    assert again is not None
    assert (again.epoch, again.unsent) == (2, False)


@pytest.mark.parametrize("state", [{"status": status, "admitted_at": NOW} for status in FINAL] + [{}])
async def test_what_cannot_be_claimed_cannot_be_claimed_to_send(
    db: Database, tenant: Tenant, state: dict[str, Any]
) -> None:
    job = await written_job(db, tenant, **state)
    assert await db.write(claim_to_send, job.id, provider="sketch", deadline_at=NOW, now=NOW) is None
    assert (await now_is(db, job), await attempts(db, job)) == (job, [])


async def test_what_was_provably_not_begun_may_be_sent_again(db: Database, tenant: Tenant) -> None:
    job = await taken(db, tenant)
    with db.transaction() as tx:
        assert mark_sending(tx, job, now=NOW)
        assert requeue(tx, job, BUSY, now=NOW + 1)
    found = await now_is(db, job)
    assert (found.submit_state, found.requeues, found.deadline_at) == ("NONE", 1, None)
    with db.transaction() as tx:
        assert mark_sending(tx, job, now=NOW + 2)
    assert [(one.outcome, one.ended_at) for one in await attempts(db, job)] == [
        ("throttled", NOW + 1),
        ("sending", None),
    ]


async def test_a_job_that_is_put_off_for_an_hour_has_a_row_for_each_kind(db: Database, tenant: Tenant) -> None:
    job = await taken(db, tenant)
    away = replace(BUSY, outcome=AttemptOutcome.UNREACHABLE, detail="nobody answers")
    for second in range(20):
        with db.transaction() as tx:
            assert mark_sending(tx, job, now=NOW + second)
            ending = away if second % 3 == 0 else replace(BUSY, detail=f"busy {second}")
            assert requeue(tx, job, ending, now=NOW + second + 1)
    again = await take(db, job.id, provider="openai")
    assert again is not None
    with db.transaction() as tx:
        mark_sending(tx, again, now=NOW + 30)
        requeue(tx, again, BUSY, now=NOW + 31)
        mark_sending(tx, again, now=NOW + 32)
    found = [(one.provider, one.outcome, one.calls, one.detail) for one in await attempts(db, job)]
    assert found == [
        ("sketch", "unreachable", 7, "nobody answers"),
        ("sketch", "throttled", 13, "busy 19"),
        ("openai", "throttled", 1, BUSY.detail),
        ("openai", "sending", 1, None),
    ]
    times = [(one.started_at - NOW, one.ended_at and one.ended_at - NOW) for one in await attempts(db, job)]
    assert times == [(0, 19), (1, 20), (30, 31), (32, None)]


async def test_a_job_that_is_put_back_may_go_to_another_provider(db: Database, tenant: Tenant) -> None:
    job = await taken(db, tenant)
    with db.transaction() as tx:
        mark_sending(tx, job, now=NOW)
        requeue(tx, job, BUSY, now=NOW)
    again = await take(db, job.id, provider="openai")
    assert again is not None
    assert again.provider == "openai"


async def test_a_job_whose_call_has_left_stays_with_its_provider(db: Database, tenant: Tenant) -> None:
    job = await taken(db, tenant)
    await db.write(mark_sending, job, now=NOW)
    again = await take(db, job.id, provider="openai")
    assert again is not None
    assert again.provider == "sketch"


async def test_what_was_sent_is_never_sent_again(db: Database, tenant: Tenant) -> None:
    job = await taken(db, tenant)
    with db.transaction() as tx:
        mark_sending(tx, job, now=NOW)
        mark_sent(tx, job, Pending("u-1", {"poll": "/1"}))
        assert not mark_sending(tx, job, now=NOW)
    found = await now_is(db, job)
    assert (found.submit_state, found.open_pending) == ("SENT", Pending("u-1", {"poll": "/1"}))
    assert [(one.outcome, one.paid, one.upstream_id) for one in await attempts(db, job)] == [
        ("generating", "unknown", "u-1")
    ]


async def test_what_is_at_rest_of_an_answer_is_kept(db: Database, tenant: Tenant) -> None:
    job = await taken(db, tenant)
    with db.transaction() as tx:
        mark_sending(tx, job, now=NOW)
        assert note_delivered(tx, job, {"stored": [], "warnings": ["one"]})
        assert not note_delivered(tx, replace(job, epoch=9), {})
    found = await now_is(db, job)
    assert (found.submit_state, found.delivered) == ("SENT", {"stored": [], "warnings": ["one"]})


async def test_a_ticket_is_kept_whatever_the_epoch(db: Database, tenant: Tenant) -> None:
    stale = await taken(db, tenant)
    await take(db, stale.id)
    await db.write(mark_sent, stale, Pending("paid for"))
    pending = (await now_is(db, stale)).open_pending
    assert pending is not None
    assert pending.upstream_id == "paid for"


async def test_a_newer_ticket_replaces_the_older_one(db: Database, tenant: Tenant) -> None:
    job = await taken(db, tenant)
    with db.transaction() as tx:
        mark_sent(tx, job, Pending("u"))
        assert note_pending(tx, job, Pending("u", {"page": 2}, check_after=3.0, progress=40))
    found = await now_is(db, job)
    assert found.open_pending == Pending("u", {"page": 2}, check_after=3.0, progress=40)
    assert found.progress == 40


@pytest.mark.parametrize(("told", "shown"), [(None, 50), (10, 50), (50, 50), (51, 51), (99, 99)])
async def test_progress_never_goes_back(db: Database, tenant: Tenant, told: int | None, shown: int) -> None:
    job = await taken(db, tenant, progress=50)
    with db.transaction() as tx:
        assert note_pending(tx, job, Pending("u", progress=told))
    assert (await now_is(db, job)).progress == shown


async def test_a_completed_job_is_at_a_hundred_percent(db: Database, tenant: Tenant) -> None:
    job = await taken(db, tenant)
    done = await ended(db, job, cost=3, warnings=["one picture less"])
    assert done == await now_is(db, job)
    assert done == replace(
        job,
        status=JobState.COMPLETED,
        progress=100,
        credit_cost=3,
        warnings=["one picture less"],
        completed_at=NOW + 99,
    )


async def test_a_failed_job_says_why_and_stays_where_it_was(db: Database, tenant: Tenant) -> None:
    job = await taken(db, tenant, progress=40)
    done = await ended(db, job, JobState.FAILED, cost=0, error="It broke.", error_code="provider_failed")
    assert done == replace(
        job,
        status=JobState.FAILED,
        credit_cost=0,
        error="It broke.",
        error_code="provider_failed",
        completed_at=NOW + 99,
    )


@pytest.mark.parametrize("second", FINAL)
@pytest.mark.parametrize("first", FINAL)
async def test_a_job_is_closed_once(db: Database, tenant: Tenant, first: JobState, second: JobState) -> None:
    job = await taken(db, tenant)
    done = await ended(db, job, first)
    assert done is not None
    assert done.status is first
    assert await ended(db, job, second, cost=0, error="too late") is None
    assert await now_is(db, job) == done


async def test_ten_endings_at_once_are_one(db: Database, tenant: Tenant) -> None:
    job = await taken(db, tenant)
    endings = await asyncio.gather(*(ended(db, job, FINAL[index % 3]) for index in range(10)))
    assert len([done for done in endings if done]) == 1


async def test_a_job_that_waits_in_line_can_be_closed(db: Database, tenant: Tenant) -> None:
    job = await written_job(db, tenant)
    done = await ended(db, job, JobState.CANCELLED, cost=0)
    assert done is not None
    assert done.status is JobState.CANCELLED


async def test_after_the_end_nothing_is_written_any_more(db: Database, tenant: Tenant) -> None:
    job = await taken(db, tenant)
    done = await ended(db, job)
    with db.transaction() as tx:
        assert not mark_sending(tx, job, now=NOW)
        assert not note_pending(tx, job, Pending("late"))
    assert await now_is(db, job) == done


async def test_even_after_the_end_it_is_known_what_was_paid_for(db: Database, tenant: Tenant) -> None:
    job = await taken(db, tenant)
    done = await ended(db, job)
    await db.write(mark_sent, job, Pending("late"))
    after = await now_is(db, job)
    assert after is not None
    assert done is not None
    assert after.open_pending == Pending("late")
    assert after == replace(done, submit_state=SubmitState.SENT, pending=after.pending)

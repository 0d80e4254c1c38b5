"""What is written of a job is what is read of it: its request, its end, its attempts."""

from dataclasses import asdict, replace
from typing import Any

import pytest
from sqlalchemy import text
from tests.support.jobs import NOW, Tenant, written_job

from easel.db.engine import Database
from easel.domain import AttemptOutcome, JobState, Paid, Scope, Size, Webhook
from easel.jobs.attempts import Ending, attempts_of_job, begin_attempt, end_attempt
from easel.jobs.job import NewJob, needs_of
from easel.jobs.read import JobFilter, page_of_jobs, visible_job
from easel.jobs.write import claim, close

pytestmark = [pytest.mark.anyio, pytest.mark.backends(postgres="proof")]
NEW = NewJob(
    id="0192f0a0-0000-7000-8000-000000000000",
    team_id="team",
    user_id="user",
    key_id="key",
    test=True,
    model="gpt-image-1.5",
    params={"quality": "high"},
    size=Size(1536, 1024),
    count=3,
    inputs=["file:a.png"],
    request={"prompt": "a fox"},
    webhook=Webhook("https://a.example", ("completed",)),
    address="http://easel.test",
    provider="openai",
    trace="00-1-2-01",
    quoted=12,
    file_token="token",
    created_at=NOW,
    warnings=["a word"],
)


def test_a_mask_needs_a_provider_that_has_masks() -> None:
    assert needs_of({"mask": "file:m.png"}, inputs=1, count=1).capabilities == {"edit", "mask"}
    assert needs_of({"mask": None}, inputs=1, count=1).capabilities == {"edit"}


def test_a_queued_job_is_what_its_request_gave() -> None:
    job = asdict(NEW.queued(admitted=True))
    size, webhook = NEW.size, NEW.webhook
    assert webhook
    assert (job["width"], job["height"]) == (size.width, size.height)
    assert (job["webhook_url"], job["webhook_events"], job["webhook_status"]) == (*asdict(webhook).values(), "pending")
    same = set(asdict(NEW)) - {"size", "webhook"}
    assert {name: job[name] for name in same} == {name: asdict(NEW)[name] for name in same}
    assert (job["admitted_at"], job["credit_cost"], job["status"]) == (NOW, 0, JobState.QUEUED)
    quiet = replace(NEW, webhook=None, test=False).queued(admitted=False)
    assert (quiet.webhook_url, quiet.webhook_events, quiet.webhook_status) == (None, None, None)
    assert (quiet.admitted_at, quiet.credit_cost) == (None, 12)


@pytest.mark.parametrize(
    ("inputs", "background", "words"),
    [
        (0, "auto", {"text-to-image"}),
        (1, "opaque", {"edit"}),
        (2, "auto", {"compose"}),
        (0, "transparent", {"text-to-image", "transparent"}),
    ],
)
def test_what_a_request_needs_of_its_provider(inputs: int, background: str, words: set[str]) -> None:
    needs = needs_of({"background": background}, inputs=inputs, count=7)
    assert (set(needs.capabilities), needs.count) == (words, 7)


async def test_a_job_is_found_by_its_id_until_it_is_deleted(db: Database, tenant: Tenant) -> None:
    first, second = await written_job(db, tenant), await written_job(db, tenant)
    scope = Scope(tenant.team_id)
    for job in (first, second):
        found = await db.read(visible_job, scope, job.id)
        assert found and found.id == job.id
    with db.transaction() as tx:
        tx.execute(text("UPDATE jobs SET deleted_at = 1 WHERE id = :id"), {"id": first.id})
    assert await db.read(visible_job, scope, first.id) is None
    jobs, _ = await db.read(page_of_jobs, scope, JobFilter(), limit=9, before=None)
    assert [job.id for job in jobs] == [second.id]


@pytest.mark.parametrize(("words", "found"), [("fox", [0, 1]), ("RED fox", [0]), ("100%", [1]), ("%", [1]), ("_", [])])
async def test_words_are_looked_for_in_prompts_as_they_are(
    db: Database, tenant: Tenant, words: str, found: list[int]
) -> None:
    prompts = ["a red Fox", "100% fox", "a bear"]
    ids = [(await written_job(db, tenant, request={"prompt": prompt, "note": "fox"})).id for prompt in prompts]
    jobs, _ = await db.read(page_of_jobs, Scope(tenant.team_id), JobFilter(words=words.lower()), limit=9, before=None)
    assert {job.id for job in jobs} == {ids[at] for at in found}


async def test_an_end_keeps_what_was_understood_and_that_somebody_is_to_be_told(db: Database, tenant: Tenant) -> None:
    given = {"admitted_at": NOW, "warnings": ["about the request"]}
    written = await written_job(db, tenant, **given)
    job = await db.write(claim, written.id, provider="sketch", deadline_at=NOW + 900, now=NOW)
    assert job
    about: dict[str, Any] = {"brief": {"kind": "poster"}, "notified": True, "warnings": ["about the image"]}
    ended = await db.write(close, job, status=JobState.COMPLETED, cost=4, now=NOW + 1, **about)
    assert ended
    assert (ended.brief, ended.webhook_status) == ({"kind": "poster"}, "pending")
    assert ended.warnings == ["about the request", "about the image"]


async def test_attempts_are_read_in_their_order_with_their_names(db: Database, tenant: Tenant) -> None:
    job = await written_job(db, tenant)
    with db.transaction() as tx:
        for number in (2, 1):
            begin_attempt(tx, job.id, provider="openai", now=NOW - number)
            ending = Ending(AttemptOutcome.FAILED, Paid.UNKNOWN)
            end_attempt(tx, job.id, ending, now=NOW, upstream_id=f"{number}" * 300)
    made = await db.read(attempts_of_job, job.id)
    assert [(one.id, one.upstream_id) for one in made] == [(1, "2" * 200), (2, "1" * 200)]

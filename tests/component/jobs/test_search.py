"""Words are found wherever they are in a prompt, among the newest jobs by reading, among older ones by the index."""

import random
from dataclasses import replace

import pytest
from sqlalchemy import text
from tests.support.jobs import NOW, Tenant, create_tenant, written_job

from easel.accounts.teams import create_user
from easel.db.engine import Database
from easel.domain import JobState, Role, Scope
from easel.jobs.job import Job
from easel.jobs.read import JobFilter, page_of_jobs
from easel.jobs.write import mark_deleted

pytestmark = [pytest.mark.anyio, pytest.mark.backends(postgres="proof")]

PROMPTS = (
    "A red Fox, 100% wool",
    'a fox_trot "by night", it\'s late',
    "Straße nach İzmir, ΟΔΗΓΟΙ και φως, Настя",
    "一只红狐狸在雪地里奔跑，电影般的光线",
    "雪の中の赤い狐、映画のような光",
    "สุนัขจิ้งจอกสีแดงในหิมะ",
    "fox 🦊🦊 and 👩‍👩‍👧 in / the \\ snow *; NEAR AND OR NOT",
    "x",
    "",
    "aaaaaaaa",
    "several\nlines\tof text",
)
ABSENT = ("nowhere to be found", "狐狸们", "🦊🦊🦊", "fox_x", "%%%", "zz", "q", "oow 001", "foxtrot")


@pytest.fixture(
    params=[(0, 0), pytest.param((3, 3), marks=pytest.mark.proof), pytest.param((400, 1), marks=pytest.mark.proof)]
)
def newest(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many jobs are read before the index is asked."""
    monkeypatch.setattr("easel.jobs.search.NEWEST", request.param)


async def found(db: Database, scope: Scope, words: str, *, limit: int = 3, status: JobState | None = None) -> list[str]:
    """All of it, a page at a time."""
    ids: list[str] = []
    more = True
    while more:
        before = ids[-1] if ids else None
        jobs, more = await db.read(page_of_jobs, scope, JobFilter(status, words=words), limit=limit, before=before)
        ids += [job.id for job in jobs]
    return ids


async def prompted(db: Database, tenant: Tenant, prompt: str, status: JobState = JobState.COMPLETED) -> Job:
    return await written_job(db, tenant, request={"model": "gpt-image-2", "prompt": prompt}, status=status)


@pytest.mark.usefixtures("newest")
async def test_every_part_of_every_prompt_is_found_and_nothing_else(db: Database, tenant: Tenant) -> None:
    chance = random.Random(5)
    with db.transaction() as tx:
        user = create_user(tx, team_id=tenant.team_id, email="b@main.test", role=Role.MEMBER, now=NOW)
    whose = (tenant, replace(tenant, user_id=user), await create_tenant(db, "Other"))
    written: list[Job] = []
    for number in range(2 * len(PROMPTS)):
        status = chance.choice([JobState.QUEUED, JobState.PROCESSING, JobState.FAILED, JobState.COMPLETED])
        written.append(await prompted(db, chance.choice(whose), PROMPTS[number % len(PROMPTS)], status))
    gone = [job for job in written if job.status.final][::4]
    for job in gone:
        await db.write(mark_deleted, job, now=NOW)
    there = [job for job in written if job not in gone][::-1]
    words = list(ABSENT)
    for _ in range(30):
        prompt = chance.choice([prompt for prompt in PROMPTS if prompt])
        start = chance.randrange(len(prompt))
        part = prompt[start : start + chance.choice([1, 2, 3, 4, 8, 30])]
        words.append(part.upper() if part.isascii() else part)
    for scope in (Scope(tenant.team_id), Scope(tenant.team_id, tenant.user_id), Scope(tenant.team_id, user)):
        seen = [job for job in there if scope.holds(job)]
        for part in words:
            expected = [job for job in seen if part.casefold() in job.request["prompt"].casefold()]
            assert await found(db, scope, part) == [job.id for job in expected], part
            failed = [job.id for job in expected if job.status is JobState.FAILED]
            assert await found(db, scope, part, status=JobState.FAILED) == failed, part


@pytest.mark.usefixtures("newest")
@pytest.mark.backends("embedded")
@pytest.mark.parametrize("words", ["STRASSE", "straße", "i̇zmir", "οδηγοσ", "ΚΑΙ ΦΩΣ", "НАСТЯ"])
async def test_case_is_that_of_every_alphabet(db: Database, tenant: Tenant, words: str) -> None:
    prompt = "Straße nach İzmir, ΟΔΗΓΟΣ και φως, Настя"
    job = await prompted(db, tenant, prompt)
    assert await found(db, Scope(tenant.team_id), words) == [job.id]


@pytest.mark.usefixtures("newest")
@pytest.mark.parametrize("first", ["0", "ᾀ"])  # the second is two characters in lower case
async def test_the_longest_words_are_found(db: Database, tenant: Tenant, first: str) -> None:
    words = "".join(chr(ord(first) + number) for number in range(100))
    job = await prompted(db, tenant, f"before {words} after")
    await prompted(db, tenant, f"before {words[:50]} {words[50:]} after")
    assert await found(db, Scope(tenant.team_id), words) == [job.id]


@pytest.mark.backends("embedded")
async def test_a_deleted_prompt_leaves_nothing_in_the_index(db: Database, tenant: Tenant) -> None:
    kept, gone = [await prompted(db, tenant, prompt) for prompt in ("a secret fox", "a secret owl")]
    await db.write(mark_deleted, gone, now=NOW)
    await db.write(mark_deleted, gone, now=NOW + 1)
    count = text("SELECT count(*) FROM job_prompts WHERE job_prompts MATCH :gram")
    with db.reading() as connection:
        assert [connection.execute(count, {"gram": gram}).scalar_one() for gram in ('"sec"', '"owl"')] == [1, 0]
    assert await found(db, Scope(tenant.team_id), "secret") == [kept.id]


@pytest.mark.usefixtures("newest")
async def test_what_is_rolled_back_is_not_in_the_index(db: Database, tenant: Tenant) -> None:
    job = await prompted(db, tenant, "a fox")
    with pytest.raises(ZeroDivisionError), db.transaction() as tx:
        mark_deleted(tx, job, now=NOW)
        raise ZeroDivisionError
    assert await found(db, Scope(tenant.team_id), "fox") == [job.id]

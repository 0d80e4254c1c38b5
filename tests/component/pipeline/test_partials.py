"""Partial images: shown while a job runs, gone when it has ended, and never a reason for it to fail."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from tests.support.pipeline import Pipeline, ToldProvider
from tests.support.waiting import settled, until

from easel.domain import Done, GenerationRequest, Image, JobState, Pending, Size
from easel.errors import GenerationFailed, NotAnImage, ProviderError, StorageUnavailable
from easel.files.names import is_partial, partial_key
from easel.jobs.job import Job
from easel.jobs.remove import remove
from easel.jobs.write import claim
from easel.kit.clock import DAY
from easel.ops.installation import bind
from easel.ops.sweep import purge_orphans
from easel.pipeline.cancel import cancel
from easel.pipeline.partials import PartialImages, open_partial
from easel.pipeline.run import run_job
from easel.services import Services

pytestmark = pytest.mark.anyio


def drawn(letter: str) -> Image:
    return Image(letter.encode(), "image/png", Size(1, 1))


class Sending(ToldProvider):
    """Hands over what it is told to, and then waits until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.partials: list[Image] = []
        self.asked: list[int] = []
        self.on_partial: Callable[[Image], None] = lambda image: None
        self.let_go = asyncio.Event()

    async def start(self, work: GenerationRequest) -> Done | Pending:
        self.on_partial = work.on_partial
        self.asked.append(work.partial_images)
        for image in self.partials:
            work.on_partial(image)
            await settled()
        await self.let_go.wait()
        return await super().start(work)


@pytest.fixture
def sending(pipeline: Pipeline) -> Sending:
    made = Sending()
    pipeline.services.providers[pipeline.provider.name] = made  # type: ignore[index]
    return made


async def stored(services: Services) -> list[str]:
    return [key async for key, _ in services.storage.listing() if is_partial(key)]


async def gone(services: Services) -> None:
    async def none_left() -> bool:
        return not await stored(services)

    await until(none_left)


async def seen(services: Services, job: Job, index: int) -> bytes | None:
    chunks = await open_partial(services, job, index)
    return b"".join([chunk async for chunk in chunks]) if chunks else None


async def started(pipeline: Pipeline, **params: Any) -> tuple[Job, "asyncio.Task[None]"]:
    job = await pipeline.submitted(**{"partial_images": 2} | params)
    return job, asyncio.create_task(run_job(pipeline.services, job.id))


async def shown(pipeline: Pipeline, job: Job, count: int) -> Job:
    async def now() -> Job | None:
        found = await pipeline.now(job)
        return found if found.partials == count else None

    found: Job = await until(now)
    return found


async def test_they_are_there_while_the_job_runs_and_gone_when_it_has_ended(
    pipeline: Pipeline, sending: Sending
) -> None:
    sending.partials = [drawn("a"), drawn("b")]
    job, run = await started(pipeline)
    running = await shown(pipeline, job, 2)
    assert (sending.asked, running.status, running.submit_state) == ([2], JobState.PROCESSING, "SENDING")
    assert [await seen(pipeline.services, running, index) for index in range(3)] == [b"a", b"b", None]
    assert len(await stored(pipeline.services)) == 2
    sending.let_go.set()
    await run
    await gone(pipeline.services)
    ended = await pipeline.now(job)
    assert (ended.status, ended.credit_cost) == (JobState.COMPLETED, 4)
    assert [await seen(pipeline.services, ended, index) for index in range(2)] == [None, None]


@pytest.mark.parametrize("error", [GenerationFailed("It broke."), None])
async def test_a_job_that_fails_or_is_cancelled_leaves_none(
    pipeline: Pipeline, sending: Sending, error: ProviderError | None
) -> None:
    sending.partials = [drawn("a")]
    job, run = await started(pipeline)
    await shown(pipeline, job, 1)
    if error:
        sending.tell("start", error)
    else:
        await cancel(pipeline.services, pipeline.caller, job.id)
        sending.on_partial(drawn("late"))
    sending.let_go.set()
    await run
    await gone(pipeline.services)
    ended = await pipeline.now(job)
    assert (ended.status, ended.credit_cost) == (JobState.FAILED if error else JobState.CANCELLED, 0)


async def test_a_run_that_was_killed_leaves_none_once_the_next_has_ended_its_job(
    pipeline: Pipeline, sending: Sending
) -> None:
    sending.partials = [drawn("a")]
    job, run = await started(pipeline)
    running = await shown(pipeline, job, 1)
    run.cancel()
    await asyncio.gather(run, return_exceptions=True)
    assert await seen(pipeline.services, running, 0) == b"a"
    await run_job(pipeline.services, job.id)
    await gone(pipeline.services)
    ended = await pipeline.now(job)
    assert (ended.status, ended.error_code, sending.starts) == (JobState.FAILED, "upstream_in_doubt", 0)


async def test_one_that_is_stored_as_its_job_ends_is_deleted_by_whoever_stored_it(
    pipeline: Pipeline, sending: Sending, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, stored_one, go_on = pipeline.services.storage.write, asyncio.Event(), asyncio.Event()

    async def slow(key: str, data: bytes) -> None:
        await go_on.wait()
        await write(key, data)
        stored_one.set()

    monkeypatch.setattr(pipeline.services.storage, "write", slow)
    sending.partials = [drawn("a")]
    job, run = await started(pipeline)
    await until(lambda: sending.asked)
    await settled()
    await cancel(pipeline.services, pipeline.caller, job.id)
    await settled()
    go_on.set()
    await stored_one.wait()
    await gone(pipeline.services)
    assert (await pipeline.now(job)).partials == 0
    sending.let_go.set()
    await run


@pytest.mark.parametrize("fault", [StorageUnavailable("away"), OSError("full"), RuntimeError("a bug")])
async def test_what_cannot_be_stored_is_not_shown_and_the_job_goes_on(
    pipeline: Pipeline, sending: Sending, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    async def fails(*_: object) -> None:
        tries.append(1)
        raise fault

    tries: list[int] = []
    monkeypatch.setattr(pipeline.services.storage, "write", fails)
    sending.partials = [drawn("a")]
    job, run = await started(pipeline)
    await until(lambda: tries)
    monkeypatch.undo()
    await until(lambda: not pipeline.services.partial_slots.in_use)
    sending.on_partial(drawn("b"))
    running = await shown(pipeline, job, 1)
    assert await seen(pipeline.services, running, 0) == b"b", "the next one is shown all the same"
    sending.let_go.set()
    await run
    assert (await pipeline.now(job)).status is JobState.COMPLETED


async def test_what_is_no_image_is_not_shown(pipeline: Pipeline, sending: Sending) -> None:
    async def refuses(*_: object) -> None:
        tries.append(1)
        raise NotAnImage("It is not an image.")

    tries: list[int] = []
    as_it_is = pipeline.services.imaging.postprocess
    pipeline.services.imaging.postprocess = refuses  # type: ignore[method-assign, assignment]
    sending.partials = [drawn("a")]
    job, run = await started(pipeline)
    await until(lambda: tries and not pipeline.services.partial_slots.in_use)
    pipeline.services.imaging.postprocess = as_it_is  # type: ignore[method-assign]
    sending.let_go.set()
    await run
    ended = await pipeline.now(job)
    assert (ended.status, ended.partials, await stored(pipeline.services)) == (JobState.COMPLETED, 0, [])


async def test_no_more_are_shown_than_were_asked_for_and_none_that_is_too_large(
    pipeline: Pipeline, sending: Sending, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("easel.pipeline.partials.MAX_BYTES", 1)
    job, run = await started(pipeline, partial_images=1)
    await until(lambda: sending.asked)
    sending.on_partial(drawn("aa"))
    sending.on_partial(drawn("a"))
    await shown(pipeline, job, 1)
    await until(lambda: not pipeline.services.partial_slots.in_use)
    sending.on_partial(drawn("b"))
    await settled()
    assert not pipeline.services.partial_slots.in_use
    sending.let_go.set()
    await run
    assert (await pipeline.now(job)).partials == 1


async def test_one_is_worked_on_at_a_time_and_the_newest_is_next(
    pipeline: Pipeline, sending: Sending, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, go_on = pipeline.services.storage.write, asyncio.Event()

    async def slow(key: str, data: bytes) -> None:
        await go_on.wait()
        await write(key, data)

    monkeypatch.setattr(pipeline.services.storage, "write", slow)
    sending.partials = [drawn(letter) for letter in "abcd"]
    job, run = await started(pipeline, partial_images=3)
    await until(lambda: pipeline.services.partial_slots.in_use)
    await settled(30)
    assert pipeline.services.partial_slots.in_use == 1
    go_on.set()
    running = await shown(pipeline, job, 2)
    assert [await seen(pipeline.services, running, index) for index in range(2)] == [b"a", b"d"]
    sending.let_go.set()
    await run


async def test_when_too_many_jobs_have_some_they_are_left_out(pipeline: Pipeline, sending: Sending) -> None:
    slots = pipeline.services.partial_slots
    with slots.hold(pipeline.caller.team_id):
        slots.each = 1
        sending.partials = [drawn("a")]
        job, run = await started(pipeline)
        await until(lambda: sending.asked)
        await settled()
    sending.let_go.set()
    await run
    ended = await pipeline.now(job)
    assert (ended.status, ended.partials) == (JobState.COMPLETED, 0)


async def test_a_run_that_lost_its_claim_shows_none(pipeline: Pipeline) -> None:
    job = await pipeline.claimed(partial_images=2)
    partials = PartialImages(pipeline.services, job, pipeline.provider, ())
    later = await pipeline.services.db.write(claim, job.id, provider=pipeline.provider.name, deadline_at=1, now=1)
    assert later
    partials.take(drawn("a"))
    await until(lambda: not pipeline.services.partial_slots.in_use and not partials._at_work)  # noqa: SLF001
    assert ((await pipeline.now(job)).partials, await stored(pipeline.services)) == (0, [])


async def test_what_a_killed_process_left_is_swept(pipeline: Pipeline) -> None:
    services = pipeline.services
    assert await bind(services.db, services.storage) is None
    job = await pipeline.claimed(partial_images=2)
    await services.storage.write(partial_key(job.id, 0), b"a")
    for number in range(100):  # more than the sweep would delete of objects that should have rows
        await services.storage.write(partial_key(f"0192f0a0-0000-7000-8000-{number:012}", 0), b"b")
    await purge_orphans(services, pipeline.clock.now() - 400 * DAY)
    assert len(await stored(services)) == 101
    await purge_orphans(services, 10 * pipeline.clock.now())
    assert await stored(services) == []


async def test_what_a_store_that_was_away_kept_goes_with_the_job(
    pipeline: Pipeline, sending: Sending, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        tries.append(1)
        raise StorageUnavailable("away")

    tries: list[int] = []
    sending.partials = [drawn("a")]
    job, run = await started(pipeline)
    await shown(pipeline, job, 1)
    monkeypatch.setattr(pipeline.services.storage, "delete", away)
    sending.let_go.set()
    await run
    await until(lambda: tries)
    monkeypatch.undo()
    assert len(await stored(pipeline.services)) == 1
    assert await seen(pipeline.services, await pipeline.now(job), 0) is None, "the job has ended"
    await remove(pipeline.services, pipeline.caller, job.id)
    assert await stored(pipeline.services) == []


async def test_each_that_was_shown_costs_what_the_card_says(pipeline: Pipeline, sending: Sending) -> None:
    catalog = pipeline.services.catalog
    card = catalog["gpt-image-2"].model_copy(update={"credits_per_partial": 3})
    catalog._cards[card.id] = card  # noqa: SLF001
    sending.partials = [drawn("a")]
    job, run = await started(pipeline)
    assert (job.quoted, job.held, job.partial_credits) == (10, 10, 3)
    await shown(pipeline, job, 1)
    sending.let_go.set()
    await run
    ended = await pipeline.now(job)
    assert (ended.status, ended.credit_cost) == (JobState.COMPLETED, 7)
    several, run = await started(pipeline, number_of_images=2)
    sending.partials = []
    await run
    assert (several.quoted, (await pipeline.now(several)).credit_cost) == (14, 8)

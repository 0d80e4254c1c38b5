"""Inputs are fetched as soon as their job is accepted, whoever runs it and whenever; nothing runs by itself here."""

import asyncio
import dataclasses
from functools import partial
from typing import Any, BinaryIO

import pytest
from tests.support.images import SIZE, encoded, gradient, masked
from tests.support.pipeline import Pipeline
from tests.support.waiting import settled, until

from easel.domain import JobState
from easel.jobs.job import Job
from easel.kit.fetch import FetchFailed
from easel.pipeline.cancel import cancel
from easel.pipeline.fetch_inputs import LONGEST_PAUSE, PAUSES, fetch_inputs, resume_fetching
from easel.pipeline.inputs import gather_inputs
from easel.pipeline.run import run_job
from easel.runtime.process import Process
from easel.services import Services

pytestmark = pytest.mark.anyio

ADDRESS = "https://example.com/cat.png"
PNG, MASK = encoded(gradient()).data, encoded(masked()).data
PASSING = FetchFailed("the server answered 503", again=True)


class Site:
    """The world, as far as it is fetched: each address answers what it is told to, and the image when nothing is left.

    Until it is `open`, nothing comes.
    """

    def __init__(self, *answers: Exception | bytes) -> None:
        self.answers, self.asked = list(answers), list[str]()
        self.open = asyncio.Event()
        self.open.set()

    async def fetch(self, url: str, into: BinaryIO, **_: Any) -> None:
        self.asked.append(url)
        await self.open.wait()
        answer = self.answers.pop(0) if self.answers else PNG
        if isinstance(answer, Exception):
            raise answer
        into.write(answer)

    async def close(self) -> None: ...


class Among:
    """A runtime of several processes: those that live are told."""

    def __init__(self, services: Services, *live: Process) -> None:
        self._runtime, self._live = services.runtime, live

    def live_processes(self, *_: Any) -> tuple[Process, ...]:
        return self._live

    def __getattr__(self, name: str) -> Any:
        return getattr(self._runtime, name)


def at(pipeline: Pipeline, site: Site, **changes: Any) -> Services:
    pipeline.services = dataclasses.replace(pipeline.services, fetcher=site, **changes)  # type: ignore[arg-type]
    return pipeline.services


async def kept(pipeline: Pipeline, job: Job) -> bool:
    return all(address.startswith("file:") for address in (await pipeline.now(job)).inputs)


async def passes(pipeline: Pipeline, count: int) -> list[float]:
    """The pauses, each of which is over at once."""
    pauses = []
    for _ in range(count):
        await until(lambda: pipeline.clock.waiting)
        pauses.append(pipeline.clock.waiting[0])
        pipeline.clock.advance(round(pauses[-1] * 1000))
    return pauses


async def test_every_waiting_job_has_its_inputs_before_anything_runs(pipeline: Pipeline) -> None:
    site = Site()
    at(pipeline, site)
    jobs = [await pipeline.submitted(input_images=[f"{ADDRESS}?{number}"]) for number in range(4)]
    assert [job.admitted_at is not None for job in jobs] == [True, True, False, False], "two wait for their turn"
    for job in jobs:
        await until(partial(kept, pipeline, job))
    assert len(site.asked) == 4
    site.answers = [FetchFailed("the server answered 403")] * 9  # the addresses are good no more
    await run_job(pipeline.services, jobs[0].id)
    assert (await pipeline.now(jobs[0])).status == JobState.COMPLETED
    assert len(site.asked) == 4
    assert len((await gather_inputs(pipeline.services, await pipeline.now(jobs[3]))).images) == 1


async def test_the_answer_does_not_wait_for_a_slow_address_and_a_run_waits_for_the_fetch_under_way(
    pipeline: Pipeline,
) -> None:
    site = Site()
    site.open.clear()
    services = at(pipeline, site)
    job = await pipeline.submitted(input_images=[ADDRESS])
    running = asyncio.create_task(run_job(services, job.id))
    await until(lambda: site.asked)
    await settled()
    assert (await pipeline.now(job)).status == JobState.QUEUED, "no provider is kept waiting"
    site.open.set()
    await running
    assert (await pipeline.now(job)).status == JobState.COMPLETED
    assert site.asked == [ADDRESS]


async def test_a_mask_is_fetched_after_its_image_and_checked_with_it(pipeline: Pipeline) -> None:
    site = Site(PNG, MASK)
    at(pipeline, site)
    job = await pipeline.submitted(input_images=[ADDRESS], mask=f"{ADDRESS}?mask")
    await until(lambda: kept(pipeline, job))
    now = await until(lambda: fetched(pipeline, job))
    assert (now.inputs, now.mask, now.fetcher) == ([f"file:{job.id}-in0.png"], f"file:{job.id}-mask.png", None)
    gathered = await gather_inputs(pipeline.services, now)
    assert gathered.mask
    assert gathered.mask.size == SIZE


async def fetched(pipeline: Pipeline, job: Job) -> Job | None:
    now = await pipeline.now(job)
    return None if now.fetcher else now


@pytest.mark.parametrize(
    ("params", "answers", "code", "sentence"),
    [
        ({}, [FetchFailed("the server answered 404")], "input_unusable", "input_images[0] cannot be used: the server"),
        ({}, [b"<!doctype html>"], "input_unusable", "input_images[0] cannot be used: The file is a web page"),
        ({"mask": ADDRESS}, [PNG, PNG], "mask_unusable", "mask cannot be used: A mask must be a PNG with an alpha"),
    ],
)
async def test_what_cannot_be_used_ends_its_job_at_once_and_costs_nothing(
    pipeline: Pipeline, params: dict[str, Any], answers: list[Any], code: str, sentence: str
) -> None:
    at(pipeline, Site(*answers))
    job = await pipeline.submitted(input_images=[ADDRESS], **params)
    await until(lambda: failed(pipeline, job))
    now = await pipeline.now(job)
    assert (now.error_code, now.credit_cost, now.epoch) == (code, 0, 0)
    assert str(now.error).startswith(sentence)
    assert pipeline.provider.starts == 0


async def failed(pipeline: Pipeline, job: Job) -> bool:
    return (await pipeline.now(job)).status == JobState.FAILED


async def test_a_passing_fault_is_waited_for(pipeline: Pipeline) -> None:
    asked = FetchFailed("the server answered 429", again=True, retry_after=7)
    site = Site(PASSING, asked, FetchFailed("the server answered 503", again=True, retry_after=9_999))
    at(pipeline, site)
    job = await pipeline.submitted(input_images=[ADDRESS])
    assert await passes(pipeline, 3) == [PAUSES[0], 7, LONGEST_PAUSE]
    await until(lambda: kept(pipeline, job))
    assert len(site.asked) == 4


async def test_a_fault_that_does_not_pass_is_reported_after_a_few_tries(pipeline: Pipeline) -> None:
    site = Site(*[PASSING] * 9)
    at(pipeline, site)
    job = await pipeline.submitted(input_images=[ADDRESS])
    assert await passes(pipeline, len(PAUSES)) == list(PAUSES)
    await until(lambda: failed(pipeline, job))
    assert len(site.asked) == len(PAUSES) + 1


async def test_another_process_that_lives_is_waited_for_and_one_that_is_gone_is_followed(pipeline: Pipeline) -> None:
    site, first = Site(), pipeline.services.process
    site.open.clear()
    theirs = at(pipeline, site)
    job = await pipeline.submitted(input_images=[ADDRESS])
    await until(lambda: site.asked)
    ours = dataclasses.replace(
        theirs,
        process=Process(),
        runtime=Among(theirs, first),
        limits=dataclasses.replace(theirs.limits, fetching=type(theirs.limits.fetching)()),
    )
    await resume_fetching(ours)
    waiting = asyncio.create_task(fetch_inputs(ours, await pipeline.now(job)))
    await settled()
    assert (site.asked, waiting.done()) == ([ADDRESS], False)
    site.open.set()
    await waiting
    assert (await kept(pipeline, job), len(site.asked)) == (True, 1)

    site.open.clear()
    other = await pipeline.submitted(input_images=[f"{ADDRESS}?2"])
    await until(lambda: len(site.asked) == 2)
    after = dataclasses.replace(ours, runtime=Among(theirs))
    await resume_fetching(after)
    await until(lambda: len(site.asked) == 3)
    assert (await pipeline.now(other)).fetcher == after.process.id
    site.open.set()
    await until(lambda: kept(pipeline, other))
    await after.limits.fetching.close()


async def test_what_was_kept_before_a_restart_is_not_fetched_again(pipeline: Pipeline) -> None:
    class Breaks(Site):
        async def fetch(self, url: str, into: BinaryIO, **_: Any) -> None:
            first_time = url not in self.asked
            await super().fetch(url, into)
            if url.endswith("?2") and first_time:
                await until(partial(is_kept, 0))
                raise RuntimeError("the process breaks")

    async def is_kept(index: int) -> bool:
        return (await pipeline.now(job)).inputs[index].startswith("file:")

    site = Breaks()
    services = at(pipeline, site)
    job = await pipeline.submitted(input_images=[ADDRESS, f"{ADDRESS}?2"])
    await until(lambda: len(site.asked) == 2 and job.id not in services.limits.fetching)
    assert (await pipeline.now(job)).inputs == [f"file:{job.id}-in0.png", f"{ADDRESS}?2"]
    await resume_fetching(dataclasses.replace(services, process=Process()))
    await until(lambda: kept(pipeline, job))
    assert site.asked == [ADDRESS, f"{ADDRESS}?2", f"{ADDRESS}?2"]


async def test_the_inputs_of_a_job_are_fetched_together(pipeline: Pipeline) -> None:
    site = Site()
    site.open.clear()
    at(pipeline, site)
    job = await pipeline.submitted(input_images=[f"{ADDRESS}?{number}" for number in range(4)])
    await until(lambda: len(site.asked) == 4)
    site.open.set()
    await until(partial(kept, pipeline, job))


async def test_of_a_cancelled_job_nothing_is_kept(pipeline: Pipeline) -> None:
    site = Site()
    site.open.clear()
    services = at(pipeline, site)
    job = await pipeline.submitted(input_images=[ADDRESS])
    await until(lambda: site.asked)
    await cancel(services, pipeline.caller, job.id)
    site.open.set()
    await until(lambda: job.id not in services.limits.fetching)
    now = await pipeline.now(job)
    assert (now.status, now.inputs, now.credit_cost) == (JobState.CANCELLED, [ADDRESS], 0)

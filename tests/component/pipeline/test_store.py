"""From an answer to stored images: one at a time, at most as many as were asked for, damaged ones left out."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from tests.support.pipeline import Pipeline, as_it_is

from easel.domain import Done, Image, Provenance, Size, StoredObject
from easel.errors import GenerationFailed, NotAnImage, ProviderFailed, StorageUnavailable
from easel.imaging import OutputSpec
from easel.jobs.job import Job
from easel.pipeline.provider_call import keep_answer
from easel.pipeline.store import StoredImages, output_spec, store_images, stored_before

pytestmark = pytest.mark.anyio

GOOD = Image(b"good", "image/png", Size(1024, 1024))
BAD = Image(b"bad", "image/png", Size(1024, 1024))
WARNED = Image(b"good", "image/png", Size(1024, 1024), ("One word is wrong.",))


class Answer:
    """Images that are taken one by one; an error in their place is raised."""

    def __init__(self, *images: Image | Exception, once: bool = False) -> None:
        self.taken = 0
        self.closed = False
        self.done = Done(self._each(images), once, "u", {"tokens": 7}, {"read": "x"})

    async def _each(self, images: Sequence[Image | Exception]) -> AsyncGenerator[Image, None]:
        try:
            for image in images:
                self.taken += 1
                if isinstance(image, Exception):
                    raise image
                yield image
        finally:
            self.closed = True


async def good_or_not(image: Image, *given: Any) -> tuple[Image, tuple[str, ...]]:
    if image.data == b"bad":
        raise NotAnImage("It cannot be decoded.")
    return await as_it_is(image, *given)


@pytest.fixture(autouse=True)
def _decoding(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.services.imaging, "postprocess", good_or_not)


async def stored(pipeline: Pipeline, job: Job, answer: Answer) -> StoredImages:
    return await store_all(pipeline, job, answer.done)


async def store_all(pipeline: Pipeline, job: Job, done: Done, inputs: tuple[Image, ...] = ()) -> StoredImages:
    async with pipeline.clock.timeout(None) as deadline:
        return await store_images(pipeline.services, job, pipeline.provider, done, inputs, deadline)


async def in_store(pipeline: Pipeline) -> list[str]:
    return sorted([key async for key, _ in pipeline.services.storage.listing()])


async def test_images_are_stored_in_order_under_names_of_their_own(pipeline: Pipeline) -> None:
    job = await pipeline.claimed(number_of_images=3)
    result = await stored(pipeline, job, Answer(GOOD, WARNED, WARNED))
    assert [one.name for one in result.stored] == [f"{job.id}-{n}.png" for n in (1, 2, 3)]
    assert await in_store(pipeline) == sorted(one.key for one in result.stored)
    assert result.warnings == ["One word is wrong."]
    assert (result.upstream_id, result.usage, result.brief) == ("u", {"tokens": 7}, {"read": "x"})


async def test_each_image_is_finished_as_it_was_asked_for_and_says_where_it_comes_from(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished: list[tuple[OutputSpec, Provenance]] = []

    async def finish(image: Image, spec: OutputSpec, provenance: Provenance) -> tuple[Image, tuple[str, ...]]:
        finished.append((spec, provenance))
        return await as_it_is(image)

    monkeypatch.setattr(pipeline.services.imaging, "postprocess", finish)
    job = await pipeline.claimed(number_of_images=2, aspect_ratio="3:2", output_format="jpeg")
    await store_all(pipeline, job, Answer(GOOD, GOOD).done, (GOOD,))
    assert (
        finished
        == [(OutputSpec(Size(1536, 1024), "jpeg", "opaque"), Provenance("sketch", "gpt-image-2", True, (GOOD,)))] * 2
    )


async def test_what_each_image_lacks_is_said(pipeline: Pipeline) -> None:
    job = await pipeline.claimed(number_of_images=2)
    other = replace(WARNED, warnings=("One line is missing.",))
    assert (await stored(pipeline, job, Answer(WARNED, other))).warnings == [
        "One word is wrong.",
        "One line is missing.",
    ]


async def test_more_than_was_asked_for_is_not_taken_and_the_provider_is_told(pipeline: Pipeline) -> None:
    job = await pipeline.claimed(number_of_images=2)
    answer = Answer(*[GOOD] * 5)
    assert len((await stored(pipeline, job, answer)).stored) == 2
    assert (answer.taken, answer.closed) == (2, True)


@pytest.mark.parametrize(
    ("images", "count"),
    [((GOOD, BAD, GOOD), 2), ((BAD, GOOD), 1), ((GOOD,), 1), ((GOOD, GenerationFailed("It broke."), GOOD), 1)],
)
async def test_what_cannot_be_used_is_left_out_and_said(
    pipeline: Pipeline, images: Sequence[Image | Exception], count: int
) -> None:
    job = await pipeline.claimed(number_of_images=3)
    result = await stored(pipeline, job, Answer(*images))
    assert len(result.stored) == count
    assert result.warnings == [f"{count} of 3 images were delivered; only these were charged."]


@pytest.mark.parametrize(
    ("images", "failure", "sentence"),
    [
        ((), NotAnImage, "The provider delivered no image."),
        ((BAD, BAD), NotAnImage, "It cannot be decoded."),
        ((BAD, GenerationFailed("It broke.")), ProviderFailed, "It broke."),
    ],
)
async def test_without_one_usable_image_the_job_fails(
    pipeline: Pipeline, images: Sequence[Image | Exception], failure: type[Exception], sentence: str
) -> None:
    job = await pipeline.claimed(number_of_images=2)
    answer = Answer(*images)
    with pytest.raises(failure, match=sentence):
        await stored(pipeline, job, answer)
    assert answer.closed
    assert await in_store(pipeline) == []


async def test_each_image_of_an_answer_that_comes_once_is_noted_and_not_asked_for_again(pipeline: Pipeline) -> None:
    job = await pipeline.claimed(number_of_images=2)
    result = await stored(pipeline, job, Answer(GOOD, WARNED, once=True))
    before = stored_before(await pipeline.now(job))
    assert before is not None
    assert (before.stored, before.warnings) == (result.stored, result.warnings)
    assert stored_before(job) is None


async def test_an_answer_that_comes_again_is_not_noted(pipeline: Pipeline) -> None:
    job = await pipeline.claimed()
    await stored(pipeline, job, Answer(GOOD))
    assert stored_before(await pipeline.now(job)) is None


async def test_what_an_earlier_run_stored_is_what_is_delivered(pipeline: Pipeline) -> None:
    job = await pipeline.claimed(number_of_images=2)
    with pytest.raises(RuntimeError):
        await stored(pipeline, job, Answer(GOOD, RuntimeError("this process ends"), once=True))
    before = stored_before(await pipeline.now(job))
    assert before is not None
    assert [one.name for one in before.stored] == [f"{job.id}-1.png"]
    assert before.warnings == ["1 of 2 images were delivered; only these were charged."]


@pytest.mark.parametrize("shared", [True, False])
async def test_a_kept_answer_is_on_disk_and_its_row_says_where_to_other_processes(
    pipeline: Pipeline, shared: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.services.runtime, "shared", shared)
    job = await pipeline.claimed(number_of_images=2)
    kept = await keep_answer(pipeline.services, job, Answer(GOOD, WARNED, once=True).done)
    now = await pipeline.now(job)
    assert (now.held_by, stored_before(now)) == (pipeline.services.process.name if shared else None, None)
    assert kept.once == shared
    assert pipeline.services.held.jobs() == [job.id]
    found = await pipeline.services.held.find(job.id)
    assert found is not None
    for answer in (kept, found):
        result = await store_all(pipeline, job, answer)
        assert (len(result.stored), result.warnings, result.upstream_id) == (2, ["One word is wrong."], "u")


async def test_a_store_that_is_away_is_waited_for(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("easel.kit.retry.LONGEST_PAUSE", 0.0)
    put, away = pipeline.services.storage.put, [StorageUnavailable("It is away.")] * 3

    async def sometimes(*given: Any) -> Any:
        if away:
            raise away.pop()
        return await put(*given)

    monkeypatch.setattr(pipeline.services.storage, "put", sometimes)
    job = await pipeline.claimed()
    answer = Answer(GOOD)
    assert len((await stored(pipeline, job, answer)).stored) == 1
    assert answer.taken == 1


async def test_slots_are_free_again_whatever_happens(pipeline: Pipeline) -> None:
    for images in ((GOOD,), (BAD,), (RuntimeError("no"),)):
        job = await pipeline.claimed()
        try:
            await stored(pipeline, job, Answer(*images))
        except (NotAnImage, RuntimeError):
            assert images != (GOOD,)
        assert (pipeline.services.unstored.in_use, pipeline.services.image_slots.in_use) == (0, 0)
        await pipeline.end(job)


@pytest.mark.parametrize(
    ("model", "background", "promised"),
    [
        ("gpt-image-2", "auto", "opaque"),
        ("gpt-image-1.5", "auto", "auto"),
        ("gpt-image-1.5", "transparent", "transparent"),
    ],
)
async def test_a_clear_background_is_kept_only_where_the_card_has_one(
    pipeline: Pipeline, model: str, background: str, promised: str
) -> None:
    job = await pipeline.claimed(model=model, background=background)
    assert output_spec(pipeline.services, job, pipeline.provider).background == promised


@pytest.mark.parametrize("compresses", [True, False])
async def test_the_compression_is_that_of_the_request_and_a_provider_may_have_applied_it(
    pipeline: Pipeline, compresses: bool
) -> None:
    pipeline.provider.compresses = compresses
    job = await pipeline.claimed(output_format="webp", output_compression=40)
    spec = output_spec(pipeline.services, job, pipeline.provider)
    assert (spec.compression, spec.compressed) == (40, compresses)
    params = {name: value for name, value in job.params.items() if name != "output_compression"}
    older = replace(job, params=params)
    assert output_spec(pipeline.services, older, pipeline.provider).compression == 100


async def test_a_store_that_fails_is_waited_for_beyond_the_deadline_and_closes_the_gate(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, readiness = pipeline.services.storage.put, pipeline.services.readiness
    seen: list[float | None] = []

    async def full_twice(key: str, name: str, image: Image) -> StoredObject:
        seen.append(deadline.when())
        if len(seen) < 3:
            raise StorageUnavailable("The file store is not writable.", reason="No space left on device.")
        assert readiness._probe == len(image.data)  # noqa: SLF001 - jobs that have not begun ask for it
        return await put(key, name, image)

    monkeypatch.setattr(pipeline.services.storage, "put", full_twice)
    monkeypatch.setattr("easel.kit.retry.LONGEST_PAUSE", 0.01)
    job = await pipeline.claimed()
    async with pipeline.clock.timeout(60) as deadline:
        result = await store_images(pipeline.services, job, pipeline.provider, Answer(GOOD).done, (), deadline)
        assert deadline.when() is not None
    assert (len(result.stored), seen) == (1, [None] * 3)
    assert await readiness.write_fault() is None  # as many bytes can be stored again
    assert not readiness._probe  # noqa: SLF001

"""From a provider's answer to stored images, one at a time: take it, post-process it, store it."""

from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import Any

from easel.catalog.card import Choice
from easel.db.engine import UNAVAILABLE_ERRORS
from easel.domain import Done, Image, Provenance, Size, StoredObject
from easel.errors import JobFailure, NotAnImage, ProviderError, StorageUnavailable
from easel.files.names import output_key, output_name
from easel.imaging import OutputSpec, is_large_enough
from easel.jobs.job import Job
from easel.jobs.write import note_delivered
from easel.kit.clock import Timeout
from easel.kit.memory import MemoryBudget
from easel.kit.retry import run_with_retry
from easel.pipeline.failures import failure_of
from easel.pipeline.instrumentation import call
from easel.pipeline.routing import ignored_parameters
from easel.providers import Provider
from easel.runtime.limits import share
from easel.services import Services
from easel.telemetry import step

IN_MEMORY = MemoryBudget(8_000_000)  # bytes of stored images that are not let go before whoever waits for them has them


@dataclass(frozen=True, slots=True)
class StoredImages:
    """The images of a job in the store, warnings for its owner, and the facts its attempt keeps.

    `in_memory` are those that need not be read again, while there is room for them, by their keys.
    """

    stored: Sequence[StoredObject] = ()
    warnings: Sequence[str] = ()
    upstream_id: str | None = None
    usage: Mapping[str, Any] = field(default_factory=dict)
    brief: Mapping[str, Any] | None = None
    in_memory: Mapping[str, Image] = field(default_factory=dict)

    def charged(self, asked: Size) -> int:
        """How many of them are charged when this size was asked for: those that are large enough."""
        return sum(is_large_enough(one.size, asked) for one in self.stored)


def stored_before(job: Job) -> StoredImages | None:
    """What an earlier run stored of an answer that comes only once; None when it stored nothing."""
    if not job.delivered or job.held_by:
        return None
    stored = [StoredObject(**one | {"size": Size(**one["size"])}) for one in job.delivered["stored"]]
    return _result(job, stored, job.delivered["warnings"])


async def store_images(
    services: Services, job: Job, provider: Provider, done: Done, inputs: tuple[Image, ...], deadline: Timeout
) -> StoredImages:
    """Store the provider's images, at most as many as were asked for; raises a JobFailure when none is usable.

    Waiting for the store does not count for the deadline. Damaged images are skipped; the others are stored and billed.
    """
    stored: list[StoredObject] = []
    in_memory: dict[str, Image] = {}
    warnings = [
        f"{name} {value} was ignored: the provider {provider.name} has no such setting for this request."
        for name, value in ignored_parameters(services, job).items()
    ]
    failure: JobFailure = NotAnImage("The provider delivered no image.")
    provenance = Provenance(provider.name, job.model, provider.trained, inputs)
    async with aclosing(done.images):
        spec = output_spec(services, job, provider)
        while len(stored) < job.count:
            try:
                item = await _store_next(services, job, done, spec, provenance, deadline, position=len(stored) + 1)
            except NotAnImage as error:
                failure = error
                continue
            except ProviderError as error:
                failure = failure_of(error)
                break
            if item is None:
                break
            stored += item.stored
            warnings += item.warnings
            in_memory |= item.in_memory
            if done.once:
                so_far = StoredImages(stored, warnings)
                await run_with_retry(partial(_note, services, job, so_far), on=UNAVAILABLE_ERRORS)
    if not stored:
        raise failure
    return replace(_result(job, stored, warnings, done), in_memory=in_memory)


def _result(
    job: Job, stored: Sequence[StoredObject], warnings: Sequence[str], done: Done | None = None
) -> StoredImages:
    sentences = list(dict.fromkeys(warnings))
    if len(stored) < job.count:
        sentences.append(f"{len(stored)} of {job.count} images were delivered; only these were charged.")
    if done is None:
        return StoredImages(stored, sentences)
    return StoredImages(stored, sentences, done.upstream_id, done.usage, done.brief)


async def _note(services: Services, job: Job, so_far: StoredImages) -> None:
    """Keep what is stored so far. A run that lost its claim finds that out when it finalizes."""
    noted = {"stored": [asdict(item) for item in so_far.stored], "warnings": list(so_far.warnings)}
    await services.db.write(note_delivered, job, noted)


async def _store_next(
    services: Services,
    job: Job,
    done: Done,
    spec: OutputSpec,
    provenance: Provenance,
    deadline: Timeout,
    *,
    position: int,
) -> StoredImages | None:
    """The provider's next image, post-processed and stored; None when it has no more.

    An image slot is taken while the image is worked on, not while the store is waited for: others need it then.
    """
    who = share(job.team_id, test=job.test)
    async with services.unstored.wait(who):
        async with services.image_slots.wait(who):
            with call(services, job, "image"):
                received = await anext(done.images, None)
            if received is None:
                return None
            with services.telemetry.step("postprocess"):
                finished, notes = await services.imaging.postprocess(received, spec, provenance)
        with services.clock.paused(deadline):
            stored = await _store(services, job, finished, position=position)
    in_memory = {stored.key: finished} if IN_MEMORY.take(finished, len(finished.data)) else {}
    return StoredImages([stored], [*received.warnings, *notes], in_memory=in_memory)


def output_spec(services: Services, job: Job, provider: Provider) -> OutputSpec:
    """The output that the model's card promises: without transparency, clear backgrounds are filled."""
    choice = services.catalog[job.model].parameters["background"]
    can_be_clear = isinstance(choice, Choice) and "transparent" in choice.values
    background = job.params["background"] if can_be_clear else "opaque"
    compression = job.params.get("output_compression", 100)  # jobs of earlier versions have none
    return OutputSpec(job.size, job.params["output_format"], background, compression, provider.compresses)


@step("store")
async def _store(services: Services, job: Job, image: Image, *, position: int) -> StoredObject:
    name = output_name(job.id, position, image.media_type)

    async def put() -> StoredObject:
        try:
            return await services.storage.put(output_key(name), name, image)
        except StorageUnavailable:
            services.readiness.write_failed(len(image.data))
            raise

    return await run_with_retry(put, on=StorageUnavailable)

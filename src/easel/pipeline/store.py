"""From a painting to stored pictures, one at a time: take it from the provider, finish it, store it."""

from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

from easel.catalog.card import Choice
from easel.db.engine import UNAVAILABLE_ERRORS
from easel.domain import Done, Image, Provenance, Size, StoredObject
from easel.errors import JobFailure, NotAnImage, ProviderError, StorageUnavailable
from easel.files.names import output_key, output_name
from easel.imaging import OutputSpec
from easel.jobs.job import Job
from easel.jobs.write import note_delivered
from easel.kit.retry import run_with_retry
from easel.pipeline.failures import failure_of
from easel.pipeline.instrumentation import call
from easel.pipeline.routing import provider_of
from easel.runtime.limits import share
from easel.services import Services
from easel.telemetry import step


@dataclass(frozen=True, slots=True)
class Delivery:
    """The pictures of a job at rest, what its owner should know about them, and what its operator should."""

    stored: Sequence[StoredObject] = ()
    warnings: Sequence[str] = ()
    upstream_id: str | None = None
    usage: Mapping[str, Any] = field(default_factory=dict)
    brief: Mapping[str, Any] | None = None


def delivered_before(job: Job) -> Delivery | None:
    """What an earlier run stored of an answer that came only once; None when there is nothing of the kind."""
    if not job.delivered or job.held_by:
        return None
    stored = [StoredObject(**one | {"size": Size(**one["size"])}) for one in job.delivered["stored"]]
    return _delivery(job, stored, job.delivered["warnings"])


async def deliver(services: Services, job: Job, done: Done, inputs: tuple[Image, ...]) -> Delivery:
    """Every good picture the provider has, at most as many as were asked for; raises a JobFailure when there is none.

    A picture that is not one does not cost the customer the others: they are delivered, and they alone are charged.
    """
    stored: list[StoredObject] = []
    warnings: list[str] = []
    failure: JobFailure = NotAnImage("The provider delivered no picture.")
    provider = provider_of(services, job)
    origin = Provenance(provider.name, job.model, provider.trained, inputs)
    async with aclosing(done.images):
        while len(stored) < job.count:
            try:
                one = await _deliver_one(services, job, done, origin, position=len(stored) + 1)
            except NotAnImage as error:
                failure = error
                continue
            except ProviderError as error:
                failure = failure_of(error)
                break
            if one is None:
                break
            stored += one.stored
            warnings += one.warnings
            if done.once:
                await run_with_retry(partial(_note, services, job, Delivery(stored, warnings)), on=UNAVAILABLE_ERRORS)
    if not stored:
        raise failure
    return _delivery(job, stored, warnings, done)


def _delivery(job: Job, stored: Sequence[StoredObject], warnings: Sequence[str], done: Done | None = None) -> Delivery:
    said = list(dict.fromkeys(warnings))
    if len(stored) < job.count:
        said.append(f"{len(stored)} of {job.count} pictures were delivered, and only they were charged.")
    return Delivery(stored, said, done.upstream_id, done.usage, done.brief) if done else Delivery(stored, said)


async def _note(services: Services, job: Job, delivery: Delivery) -> None:
    """Keep what is at rest so far; a run that has no say any more finds that out when it ends."""
    noted = {"stored": [asdict(one) for one in delivery.stored], "warnings": list(delivery.warnings)}
    async with services.db.write() as tx:
        await note_delivered(tx, job, noted)


async def _deliver_one(
    services: Services, job: Job, done: Done, origin: Provenance, *, position: int
) -> Delivery | None:
    """The provider's next picture, finished and stored; None when it has no more.

    A hand is held while the picture is worked on, and not while the store is waited for: others need it then.
    """
    who = share(job.team_id, test=job.test)
    async with services.unstored.wait(who):
        async with services.image_slots.wait(who):
            with call(services, job, "picture"):
                painted = await anext(done.images, None)
            if painted is None:
                return None
            with services.telemetry.step("finish"):
                finished, notes = await services.imaging.finish(painted, promised(services, job), origin)
        stored = await _store(services, job, finished, position=position)
    return Delivery([stored], [*painted.warnings, *notes])


def promised(services: Services, job: Job) -> OutputSpec:
    """What the job's card promises: a model that paints no transparent backgrounds fills them all."""
    choice = services.catalog[job.model].parameters["background"]
    can_be_clear = isinstance(choice, Choice) and "transparent" in choice.values
    background = job.params["background"] if can_be_clear else "opaque"
    return OutputSpec(job.size, job.params["output_format"], background)


@step("store")
async def _store(services: Services, job: Job, image: Image, *, position: int) -> StoredObject:
    name = output_name(job.id, position, image.media_type)
    return await run_with_retry(lambda: services.storage.put(output_key(name), name, image), on=StorageUnavailable)

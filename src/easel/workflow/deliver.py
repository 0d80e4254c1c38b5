"""From a painting to stored pictures, one at a time: take it from the painter, finish it, store it."""

from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass

from easel.catalog.card import Choice
from easel.domain import Done, Picture, StoredObject
from easel.errors import JobFailure, NotAPicture, ProviderError, StorageUnavailable
from easel.imaging import Promise
from easel.jobs.job import Job
from easel.workflow.failures import failure_of
from easel.workflow.names import output_key, output_name
from easel.workflow.stations import Stations
from easel.workflow.steadily import steadily


@dataclass(frozen=True, slots=True)
class Delivery:
    """The pictures of a job at rest, and what its owner should know about them."""

    stored: Sequence[StoredObject] = ()
    warnings: Sequence[str] = ()


async def deliver(stations: Stations, job: Job, done: Done) -> Delivery:
    """Every good picture the painter has, at most as many as were asked for; raises a JobFailure when there is none.

    A picture that is not one does not cost the customer the others: they are delivered, and they alone are charged.
    """
    stored: list[StoredObject] = []
    warnings: list[str] = []
    failure: JobFailure = NotAPicture("The painter delivered no picture.")
    async with aclosing(done.pictures):
        while len(stored) < job.count:
            try:
                one = await _deliver_one(stations, job, done, position=len(stored) + 1)
            except NotAPicture as error:
                failure = error
                continue
            except ProviderError as error:
                failure = failure_of(error)
                break
            if one is None:
                break
            stored += one.stored
            warnings += one.warnings
    if not stored:
        raise failure
    if len(stored) < job.count:
        warnings.append(f"{len(stored)} of {job.count} pictures were delivered, and only they were charged.")
    return Delivery(stored, list(dict.fromkeys(warnings)))


async def _deliver_one(stations: Stations, job: Job, done: Done, *, position: int) -> Delivery | None:
    """The painter's next picture, finished and stored; None when it has no more."""
    async with stations.hands:
        painted = await anext(done.pictures, None)
        if painted is None:
            return None
        finished, notes = await stations.imaging.finish(painted, promised(stations, job))
        stored = await _store(stations, job, finished, position=position)
    return Delivery([stored], [*painted.warnings, *notes])


def promised(stations: Stations, job: Job) -> Promise:
    """What the job's card promises: a model that paints no transparent backgrounds fills them all."""
    choice = stations.catalog[job.model].parameters["background"]
    can_be_clear = isinstance(choice, Choice) and "transparent" in choice.values
    background = job.params["background"] if can_be_clear else "opaque"
    return Promise(job.size, job.params["output_format"], background)


async def _store(stations: Stations, job: Job, picture: Picture, *, position: int) -> StoredObject:
    name = output_name(job.id, position, picture.media_type)
    return await steadily(lambda: stations.storage.put(output_key(name), name, picture), on=StorageUnavailable)

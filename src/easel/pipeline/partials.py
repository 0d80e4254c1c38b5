"""Partial images: shown while their job runs, deleted when it has ended.

They are best effort: nothing that goes wrong with them concerns the job. Their bytes are in the file store, under keys
without a file row; the job's row counts them, so that every process knows of them.
"""

from collections.abc import AsyncIterator

import structlog

from easel.db.engine import UNAVAILABLE_ERRORS
from easel.domain import Image, Provenance
from easel.errors import NotAnImage, StorageUnavailable
from easel.files.names import partial_key
from easel.jobs.job import Job
from easel.jobs.write import note_partial
from easel.kit.slots import Full
from easel.pipeline.store import output_spec
from easel.providers import Provider
from easel.runtime.limits import share
from easel.services import Services

# No image, or a store or a database that is away.
EXPECTED: tuple[type[Exception], ...] = (NotAnImage, StorageUnavailable, *UNAVAILABLE_ERRORS)

MAX_BYTES = 16_000_000  # a larger one is not shown; a raw one of our largest size has 6.3 MB

log = structlog.get_logger()


class PartialImages:
    """Those of one run. One is worked on at a time; one that waits for that is replaced by a newer one."""

    def __init__(self, services: Services, job: Job, provider: Provider, inputs: tuple[Image, ...]) -> None:
        self._services, self._job = services, job
        self._spec = output_spec(services, job, provider)
        self._provenance = Provenance(provider.name, job.model, provider.trained, inputs)
        self._shown = job.partials
        self._next: Image | None = None
        self._at_work = self._ended = False

    def take(self, image: Image) -> None:
        """Show this one as soon as may be; returns at once."""
        if self._ended or self._shown >= self._job.partial_images or len(image.data) > MAX_BYTES:
            return
        self._next = image
        if not self._at_work:
            self._at_work = True
            self._services.background.start(self._work())

    def end(self) -> None:
        """The provider has answered: what is not shown by now need not be."""
        self._ended, self._next = True, None

    async def _work(self) -> None:
        try:
            with self._services.partial_slots.hold(share(self._job.team_id, test=self._job.test)):
                while image := self._next:
                    self._next = None
                    await self._show(image)
        except Full:
            log.info("partial image skipped: too many are worked on", job_id=self._job.id)
        except EXPECTED as error:
            log.warning("partial image skipped", job_id=self._job.id, error=str(error))
        except Exception:
            log.exception("partial image skipped", job_id=self._job.id)
        finally:
            self._at_work, self._next = False, None

    async def _show(self, image: Image) -> None:
        services, job = self._services, self._job
        finished, _ = await services.imaging.postprocess(image, self._spec, self._provenance)
        if self._ended or self._shown >= job.partial_images:
            return
        key = partial_key(job.id, self._shown)
        await services.storage.write(key, finished.data)
        if not await services.db.write(note_partial, job, partials=self._shown + 1):
            await services.storage.delete(key)  # the job ended meanwhile, and whoever ended it has looked here before
            return
        self._shown += 1
        services.notifier.notify(job.id)


async def forget_partials(services: Services, job: Job) -> None:
    """Delete those of a job that has ended. What cannot be deleted now, the sweep deletes as objects without a row."""
    try:
        for index in range(job.partial_images):
            await services.storage.delete(partial_key(job.id, index))
    except StorageUnavailable as error:
        log.warning("partial images are left to the sweep", job_id=job.id, error=error.message)


async def open_partial(
    services: Services, job: Job, index: int, *, base64: bool = False
) -> AsyncIterator[bytes] | None:
    """The bytes of a partial image, or these in base64, in chunks; None when there is none (any more). Raises
    StorageUnavailable."""
    if job.status.final or index >= job.partials:
        return None
    key = partial_key(job.id, index)
    size = await services.storage.byte_size(key)
    return None if size is None else await services.storage.stream(key, 0, size, base64=base64)

"""Fetching a job's inputs as soon as it is accepted: an address may be good for seconds, and a job wait for hours.

The process that accepts a job fetches them, and `job.fetcher` names it; once it is gone, whoever needs them takes over.
What is fetched is kept before it is used. A job whose inputs cannot be used ends at once, and is not charged.
"""

import asyncio
import contextlib
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO, cast

import structlog
from sqlalchemy import Connection

from easel.db.engine import UNAVAILABLE_ERRORS, Transaction
from easel.domain import Image, JobState, StoredObject
from easel.errors import InputUnusable, JobFailure, MaskUnusable, NoRoom, NotAnImage, StorageFull, StorageUnavailable
from easel.files.names import input_key, input_name, mask_name
from easel.files.retention import RetentionSettings
from easel.jobs.job import Job
from easel.jobs.load import get_job, jobs_being_fetched
from easel.jobs.write import note_inputs, take_over_fetching
from easel.kit.fetch import FetchFailed
from easel.kit.retry import run_with_retry
from easel.pipeline.finalize import JobResult, finalize
from easel.pipeline.inputs import OURS, kept_input, record_input
from easel.runtime.limits import share
from easel.services import Services
from easel.telemetry import step

PAUSES = (0.5, 2.0, 5.0)  # seconds before an address is tried again
LONGEST_PAUSE = 30.0
LOOK_AGAIN = 2.0
IN_MEMORY = 256 * 1024  # of a fetched input; the rest of a larger one is in a file
LOCAL = (OSError,)  # of the file it is written to: those of the network are FetchFailed

log = structlog.get_logger()


class Superseded(Exception):
    """The job is final, or another process fetches its inputs."""


def is_unfetched(job: Job) -> bool:
    return any(not address.startswith(OURS) for address in (*job.inputs, *filter(None, [job.mask])))


def fetch_ahead(services: Services, job: Job) -> None:
    """Begin to fetch the inputs of an accepted job, if it has any elsewhere. Nobody waits for it."""
    if is_unfetched(job):
        services.background.start(_fetch_ahead(services, job))


async def resume_fetching(services: Services) -> None:
    """Fetch what a process that is gone was to fetch, or one that restarted."""
    live, jobs = await services.db.read(_being_fetched, services, services.clock.now())
    for job in jobs:
        if job.fetcher not in live and job.id not in services.limits.fetching:
            fetch_ahead(services, job)


def _being_fetched(connection: Connection, services: Services, now: int) -> tuple[set[str], list[Job]]:
    others = {process.id for process in services.runtime.live_processes(connection, now)}
    return others - {services.process.id}, list(jobs_being_fetched(connection))


async def _fetch_ahead(services: Services, job: Job) -> None:
    try:
        await run_with_retry(partial(fetch_inputs, services, job), on=(StorageUnavailable, *UNAVAILABLE_ERRORS))
    except JobFailure as failure:
        await run_with_retry(partial(_end, services, job.id, failure), on=UNAVAILABLE_ERRORS)
    except Exception:
        log.exception("the inputs of a job could not be fetched ahead", job_id=job.id)


async def _end(services: Services, job_id: str, failure: JobFailure) -> None:
    """End a job that waits for what cannot be used. One whose call has left goes on without."""
    while (job := await services.db.read(get_job, job_id)) and not job.status.final and job.unsent:
        if await finalize(services, job, JobResult(JobState.FAILED, failure=failure)):
            services.queue.let_go(job.id)


async def fetch_inputs(services: Services, job: Job) -> None:
    """Return once the inputs of a job are kept, or it is final; raises InputUnusable, MaskUnusable or NoRoom."""
    found: Job | None = job
    with services.notifier.subscribe(job.id) as changes:
        while found and is_unfetched(found) and not found.status.final:
            if await _is_ours(services, found):
                with contextlib.suppress(Superseded):
                    await services.limits.fetching.run(job.id, partial(_fetch, services, job.id))
                    return
            else:
                await changes.wait(LOOK_AGAIN)
            found = await services.db.read(get_job, job.id)


async def _is_ours(services: Services, job: Job) -> bool:
    """Whether this process fetches the job's inputs, because it is to or because whoever was to is gone."""
    if job.fetcher == services.process.id:
        return True
    live, _ = await services.db.read(_being_fetched, services, services.clock.now())
    return job.fetcher not in live and await services.db.write(take_over_fetching, job, by=services.process.id)


@step("fetch")
async def _fetch(services: Services, job_id: str) -> None:
    """Fetch what is not kept yet; raises what `fetch_inputs` does, or Superseded."""
    job = await services.db.read(get_job, job_id)
    if job is None or job.status.final or (is_unfetched(job) and job.fetcher != services.process.id):
        raise Superseded
    fetching = _Fetching(services, job, list(job.inputs), job.mask)
    try:
        async with asyncio.TaskGroup() as group:  # together: each address may be good for seconds only
            for index in range(len(job.inputs)):
                group.create_task(fetching.fetch(index))
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from errors
    services.notifier.notify(job.id)


@dataclass(slots=True)
class _Fetching:
    """The inputs of one job while they are fetched, and where each is kept by now."""

    services: Services
    job: Job
    addresses: list[str]
    mask: str | None
    noting: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def who(self) -> str:
        return share(self.job.team_id, test=self.job.test)

    async def fetch(self, index: int) -> None:
        """One image, and after the first one the mask, which must fit it."""
        address = self.addresses[index]
        if not address.startswith(OURS):
            try:
                await self._fetch_image(index, address)
            except (FetchFailed, NotAnImage) as error:
                raise InputUnusable(f"input_images[{index}] cannot be used: {error}") from error
        if index == 0 and self.mask and not self.mask.startswith(OURS):
            try:
                await self._fetch_mask(self.mask)
            except (FetchFailed, NotAnImage) as error:
                raise MaskUnusable(f"mask cannot be used: {error}") from error

    async def _fetch_image(self, index: int, address: str) -> None:
        async with self._read(address) as data:
            image = await self.services.imaging.inspect(data)
        await self._keep(input_name(self.job.id, index, image.media_type), image, index)

    async def _fetch_mask(self, address: str) -> None:
        async with self._read(address) as data:
            first = await kept_input(self.services, self.addresses[0])
            shown = await self.services.imaging.shown_size(first)
            size = await self.services.imaging.check_mask(data, shown)
        await self._keep(mask_name(self.job.id), Image(data, "image/png", size))

    @contextlib.asynccontextmanager
    async def _read(self, address: str) -> AsyncIterator[bytes]:
        """The bytes at an address; raises FetchFailed. Few inputs are in memory at once.

        A slow address takes a slot among its team's fetches, and none of what a processor is needed for. The slot is
        kept until the file is gone, which bounds the files.
        """
        limits = self.services.limits
        async with limits.fetches.wait(self.who):
            with await self._patiently(address) as file:
                async with limits.decodes.wait(self.who), self.services.unstored.wait(self.who):
                    yield await asyncio.to_thread(file.read)

    async def _patiently(self, address: str) -> BinaryIO:
        """What is at an address, tried again after a passing fault for as long as there are seconds left."""
        seconds = float(self.services.settings.inputs_seconds)
        for pause in PAUSES:
            began = time.monotonic()
            try:
                return await self._spooled_when_there_is_room(address, seconds)
            except FetchFailed as error:
                seconds -= time.monotonic() - began
                pause = max(pause, min(error.retry_after or 0.0, LONGEST_PAUSE))
                if not error.again or pause >= seconds:
                    raise
                log.info("an input is fetched again", job_id=self.job.id, why=str(error), pause=pause)
            seconds -= pause
            await self.services.clock.sleep(pause)
        return await self._spooled_when_there_is_room(address, seconds)

    async def _spooled_when_there_is_room(self, address: str, seconds: float) -> BinaryIO:
        """Nothing is paid yet: while there is no room for the file, wait for some."""
        return await run_with_retry(partial(self._spooled, address, seconds), on=LOCAL)

    async def _spooled(self, address: str, seconds: float) -> BinaryIO:
        services = self.services
        file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever asked for it closes it
        try:
            into, most = cast(BinaryIO, file), services.imaging.limits.bytes
            await services.fetcher.fetch(address, into, max_bytes=most, who=self.who, seconds=seconds)
            file.seek(0)
        except BaseException:
            file.close()
            raise
        return into

    async def _keep(self, name: str, image: Image, index: int | None = None) -> None:
        """Store a fetched image, or the mask, and point the job at it; raises Superseded, or NoRoom."""
        services = self.services
        stored = await services.storage.put(input_key(name), name, image)
        async with self.noting:
            if index is None:
                self.mask = OURS + name
            else:
                self.addresses[index] = OURS + name
            complete = all(one.startswith(OURS) for one in (*self.addresses, *filter(None, [self.mask])))
            try:
                noted = await services.db.write(self._note, stored, services.settings, complete)
            except StorageFull as error:
                await services.storage.delete(stored.key)
                raise NoRoom(error.message) from error
        if not noted:
            raise Superseded

    def _note(self, tx: Transaction, stored: StoredObject, settings: RetentionSettings, complete: bool) -> bool:
        by = self.services.process.id
        if not note_inputs(tx, self.job, list(self.addresses), self.mask, by=by, complete=complete):
            return False
        record_input(tx, self.job, stored, settings)
        return True

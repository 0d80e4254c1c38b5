"""Input images: kept with their job, read when its run begins.

A data: URL, an upload and an earlier image of ours are copied at once; other addresses are fetched by the first run.
`job.inputs` lists them in order: `file:<name>` for what we keep, else the address.
"""

import asyncio
import base64
import binascii
import contextlib
import hmac
import posixpath
import re
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, cast
from urllib.parse import unquote, urlsplit

from easel.db.engine import Transaction
from easel.domain import Caller, Image, Plan, Scope, StoredObject
from easel.errors import InputUnusable, NoRoom, NotAnImage, StorageFull, Unavailable
from easel.files.names import input_key, input_name
from easel.files.retention import RetentionSettings
from easel.files.rows import find_file, record_file, require_room
from easel.jobs.job import Job
from easel.jobs.write import note_inputs
from easel.kit.fetch import FetchFailed, checked_address
from easel.kit.ids import new_secret
from easel.kit.problems import Problems
from easel.kit.retry import run_with_retry
from easel.pipeline.request import invalid
from easel.runtime.limits import share, turn_to_decode
from easel.services import Services
from easel.telemetry import step

OURS = "file:"
IN_MEMORY = 256 * 1024  # of a fetched input; the rest of a larger one is in a file
LOCAL = (OSError,)  # of the file it is written to: those of the network are FetchFailed
_FILE_PATH = re.compile(r"/(?:files|previews)/(?P<token>[A-Za-z0-9]+)/(?P<name>[A-Za-z0-9.-]+)")


@dataclass(frozen=True, slots=True)
class KeptInputs:
    """What `job.inputs` will say, and the objects stored for it."""

    addresses: Sequence[str]
    stored: Sequence[StoredObject]


async def keep_inputs(services: Services, caller: Caller, job_id: str, plan: Plan, *, params_object: str) -> KeptInputs:
    """Copy what can be copied now; raises InvalidRequest for what holds no image, cannot be fetched, or is a file of
    this server that the caller may not use; Unavailable when too many images of the team wait to be read.
    """
    addresses: list[str] = []
    stored: list[StoredObject] = []
    problems = Problems()
    for index, address in enumerate(plan.params.get("input_images") or ()):
        path = f"{params_object}.input_images[{index}]"
        try:
            if not _may_be_at_hand(address):
                checked_address(address)
                addresses.append(address)
                continue
            async with turn_to_decode(services.limits, caller.team_id, test=caller.test):
                data = await _bytes_at_hand(services, caller.scope, address)
                if data is None:
                    checked_address(address)
                    addresses.append(address)
                    continue
                media_type, size = await services.imaging.inspect(data)
        except Unavailable:
            await drop_inputs(services, KeptInputs(addresses, stored))
            raise
        except NotAnImage as error:
            problems.add(path, f"{path} cannot be used. {error.message}")
            continue
        except FetchFailed as error:
            problems.add(path, f"{path} cannot be used: {error}.")
            continue
        if not problems:
            name = input_name(job_id, index, media_type)
            stored.append(await services.storage.put(input_key(name), name, Image(data, media_type, size)))
            addresses.append(OURS + name)
    if problems:
        await drop_inputs(services, KeptInputs(addresses, stored))
        raise invalid(problems)
    return KeptInputs(addresses, stored)


def record_inputs(tx: Transaction, job: Job, kept: KeptInputs, settings: RetentionSettings) -> None:
    """Raises StorageFull when the team has no room for them, or for any job's images."""
    if not kept.stored:
        require_room(tx.connection, job.team_id, test=job.test, limit=settings.storage_limit(test=job.test))
    for stored in kept.stored:
        _record(tx, job, stored, settings)


def _record(tx: Transaction, job: Job, stored: StoredObject, settings: RetentionSettings) -> None:
    """An input has a token of its own: who may see a result may not see what it was made from."""
    record_file(
        tx,
        stored,
        token=new_secret(),
        kind="input",
        team_id=job.team_id,
        user_id=job.user_id,
        test=job.test,
        job_id=job.id,
        position=0,
        now=job.created_at,
        expires_at=job.created_at + settings.kept_for(test=job.test),
        limit=settings.storage_limit(test=job.test),
    )


async def drop_inputs(services: Services, kept: KeptInputs) -> None:
    """The request was refused after all."""
    for stored in kept.stored:
        await services.storage.delete(stored.key)


@step("inputs")
async def gather_inputs(services: Services, job: Job) -> tuple[Image, ...]:
    """The input images as providers get them, in order; raises InputUnusable naming the one that is not, or NoRoom.

    What is fetched is kept before it is used, so that a later run needs no address that may be gone by then.
    """
    await _see_to_room(services, job)
    images = []
    addresses = list(job.inputs)
    who, seconds = share(job.team_id, test=job.test), float(services.settings.inputs_seconds)
    for index, address in enumerate(job.inputs):
        try:
            if address.startswith(OURS):
                async with services.limits.decodes.wait(who), services.unstored.wait(who):
                    images.append(await _normalised(services, who, await _kept(services, address)))
                continue
            async with _fetched(services, address, who, seconds) as (file, took):
                seconds -= took
                async with services.limits.decodes.wait(who), services.unstored.wait(who):
                    data = await asyncio.to_thread(file.read)
                    images.append(await _normalised(services, who, data))
                    addresses[index] = await _keep_fetched(services, job, addresses, index, data)
        except (FetchFailed, NotAnImage) as error:
            raise InputUnusable(f"input_images[{index}] cannot be used: {error}") from error
    return tuple(images)


async def _normalised(services: Services, who: str, data: bytes) -> Image:
    async with services.image_slots.wait(who):  # for the processor's work alone, not while a network is waited for
        return await services.imaging.normalise(data)


@contextlib.asynccontextmanager
async def _fetched(services: Services, address: str, who: str, seconds: float) -> AsyncIterator[tuple[BinaryIO, float]]:
    """What is at an address, in a file, and the seconds it took; raises FetchFailed.

    A slow address takes a slot among its team's fetches, and none of what a processor is needed for. The slot is kept
    until the file is gone, which bounds the files.
    """
    async with services.limits.fetches.wait(who):
        # Nothing is paid yet: while there is no room for it, wait for some.
        file, took = await run_with_retry(partial(_spooled, services, address, who, seconds), on=LOCAL)
        with file:
            yield file, took


async def _spooled(services: Services, address: str, who: str, seconds: float) -> tuple[BinaryIO, float]:
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever asked for it closes it
    began = time.monotonic()
    try:
        if seconds <= 0:
            raise FetchFailed(f"the inputs before it took {services.settings.inputs_seconds} s")
        most = services.imaging.limits.bytes
        await services.fetcher.fetch(address, cast(BinaryIO, file), max_bytes=most, who=who, seconds=seconds)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return cast(BinaryIO, file), time.monotonic() - began


async def _keep_fetched(services: Services, job: Job, addresses: Sequence[str], index: int, data: bytes) -> str:
    """Store a fetched input and point the job at it; its new address."""
    media_type, size = await services.imaging.inspect(data)
    name = input_name(job.id, index, media_type)
    stored = await services.storage.put(input_key(name), name, Image(data, media_type, size))
    address = OURS + name
    now_ours = [*addresses[:index], address, *addresses[index + 1 :]]
    try:
        await services.db.write(_note_input, job, now_ours, stored, services.settings)
    except StorageFull as error:
        await services.storage.delete(stored.key)
        raise NoRoom(error.message) from error
    return address


def _note_input(
    tx: Transaction, job: Job, addresses: Sequence[str], stored: StoredObject, settings: RetentionSettings
) -> None:
    if note_inputs(tx, job, addresses):
        _record(tx, job, stored, settings)


async def _see_to_room(services: Services, job: Job) -> None:
    """A line of test jobs costs nothing, so each of them asks again; what is paid for is always stored."""
    if job.test:
        limit = services.settings.storage_limit(test=True)
        try:
            await services.db.read(require_room, job.team_id, test=True, limit=limit)
        except StorageFull as error:
            raise NoRoom(error.message) from error


async def _kept(services: Services, address: str) -> bytes:
    data = await services.storage.get(input_key(address.removeprefix(OURS)))
    if data is None:
        raise FetchFailed("it is no longer kept")
    return data


def _may_be_at_hand(address: str) -> bool:
    return address.startswith("data:") or _file_named(address) is not None


def _file_named(address: str) -> re.Match[str] | None:
    """The token and the name of the file of ours that an address may be of, however it spells its path."""
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        return None
    return _FILE_PATH.fullmatch(posixpath.normpath("/" + path.lstrip("/")))


async def _bytes_at_hand(services: Services, scope: Scope, address: str) -> bytes | None:
    """The bytes of a data: URL, or of a file of ours; None for any other address. Raises NotAPicture."""
    if address.startswith("data:"):
        try:
            return await asyncio.to_thread(base64.b64decode, address.partition(",")[2], validate=True)
        except binascii.Error as error:
            raise NotAnImage("Its base64 is damaged.") from error
    found = _file_named(address)
    if found is None:
        return None
    file = await services.db.read(find_file, found["name"])
    if file is None or not hmac.compare_digest(file.token, found["token"]):
        return None
    if not scope.holds(file):
        raise NotAnImage("It is a file of this server that this key may not use.")
    return await services.storage.get(file.key)

"""Input images: kept with their job, gathered as pictures when it is painted.

A data: URL, an upload and an earlier picture of ours are copied at once; other addresses are fetched by the first run.
`job.inputs` lists them in order: `file:<name>` for what we keep, else the address.
"""

import asyncio
import base64
import binascii
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from easel.db.engine import Transaction
from easel.domain import Picture, Plan, Scope, StoredObject
from easel.errors import InputUnusable, NoRoom, NotAPicture, StorageFull
from easel.jobs.files import find_file, record_file, require_room
from easel.jobs.job import Job
from easel.jobs.write import note_inputs
from easel.kit.fetch import FetchFailed
from easel.kit.ids import new_secret
from easel.kit.problems import Problems
from easel.telemetry import step
from easel.workflow.names import input_key, input_name
from easel.workflow.order import invalid
from easel.workflow.retention import RetentionSettings
from easel.workflow.stations import Stations

OURS = "file:"
_FILE_PATH = re.compile(r"/files/(?P<token>[A-Za-z0-9]+)/(?P<name>[A-Za-z0-9.-]+)")


@dataclass(frozen=True, slots=True)
class KeptInputs:
    """What `job.inputs` will say, and the objects stored for it."""

    addresses: Sequence[str]
    stored: Sequence[StoredObject]


async def keep_inputs(stations: Stations, scope: Scope, job_id: str, plan: Plan, *, params_object: str) -> KeptInputs:
    """Copy what can be copied now; raises InvalidRequest for a data: URL that holds no picture, and for files of this
    server that are outside the scope."""
    addresses: list[str] = []
    stored: list[StoredObject] = []
    problems = Problems()
    for index, address in enumerate(plan.params.get("input_images") or ()):
        try:
            data = await _bytes_at_hand(stations, scope, address)
            if data is None:
                addresses.append(address)
                continue
            media_type, size = await stations.imaging.inspect(data)
        except NotAPicture as error:
            path = f"{params_object}.input_images[{index}]"
            problems.add(path, f"{path} cannot be used. {error.message}")
            continue
        if not problems:
            name = input_name(job_id, index, media_type)
            stored.append(await stations.storage.put(input_key(name), name, Picture(data, media_type, size)))
            addresses.append(OURS + name)
    if problems:
        await drop_inputs(stations, KeptInputs(addresses, stored))
        raise invalid(problems)
    return KeptInputs(addresses, stored)


async def record_inputs(tx: Transaction, job: Job, kept: KeptInputs, settings: RetentionSettings) -> None:
    """Raises StorageFull when the team has no room for them, or for any job's pictures."""
    if not kept.stored:
        await require_room(tx.connection, job.team_id, test=job.test, limit=settings.storage_limit(test=job.test))
    for stored in kept.stored:
        await _record(tx, job, stored, settings)


async def _record(tx: Transaction, job: Job, stored: StoredObject, settings: RetentionSettings) -> None:
    """An input has a token of its own: who may see a result may not see what it was made from."""
    await record_file(
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


async def drop_inputs(stations: Stations, kept: KeptInputs) -> None:
    """The request was refused after all."""
    for stored in kept.stored:
        await stations.storage.delete(stored.key)


@step("inputs")
async def gather_inputs(stations: Stations, job: Job) -> tuple[Picture, ...]:
    """The input images as painters get them, in order; raises InputUnusable naming the one that is not, or NoRoom.

    What is fetched is kept before it is used, so that a later run needs no address that may be gone by then.
    """
    await _see_to_room(stations, job)
    pictures = []
    addresses = list(job.inputs)
    for index, address in enumerate(job.inputs):
        async with stations.hands:
            try:
                data = await _fetch(stations, address)
                picture = await stations.imaging.normalise(data)
            except (FetchFailed, NotAPicture) as error:
                raise InputUnusable(f"input_images[{index}] cannot be used: {error}") from error
            if not address.startswith(OURS):
                addresses[index] = await _keep_fetched(stations, job, addresses, index, data)
            pictures.append(picture)
    return tuple(pictures)


async def _keep_fetched(stations: Stations, job: Job, addresses: Sequence[str], index: int, data: bytes) -> str:
    """Store a fetched input and point the job at it; its new address."""
    media_type, size = await stations.imaging.inspect(data)
    name = input_name(job.id, index, media_type)
    stored = await stations.storage.put(input_key(name), name, Picture(data, media_type, size))
    address = OURS + name
    now_ours = [*addresses[:index], address, *addresses[index + 1 :]]
    try:
        async with stations.db.write() as tx:
            if await note_inputs(tx, job, now_ours):
                await _record(tx, job, stored, stations.settings)
    except StorageFull as error:
        await stations.storage.delete(stored.key)
        raise NoRoom(error.message) from error
    return address


async def _see_to_room(stations: Stations, job: Job) -> None:
    """A line of test jobs costs nothing, so each of them asks again; what is paid for is always stored."""
    if job.test:
        limit = stations.settings.storage_limit(test=True)
        try:
            async with stations.db.read() as connection:
                await require_room(connection, job.team_id, test=True, limit=limit)
        except StorageFull as error:
            raise NoRoom(error.message) from error


async def _fetch(stations: Stations, address: str) -> bytes:
    if not address.startswith(OURS):
        return await stations.fetcher.get(address, max_bytes=stations.imaging.limits.bytes)
    data = await stations.storage.get(input_key(address.removeprefix(OURS)))
    if data is None:
        raise FetchFailed("it is no longer kept")
    return data


async def _bytes_at_hand(stations: Stations, scope: Scope, address: str) -> bytes | None:
    """The bytes of a data: URL, or of a file of ours; None for any other address. Raises NotAPicture."""
    if address.startswith("data:"):
        try:
            return await asyncio.to_thread(base64.b64decode, address.partition(",")[2], validate=True)
        except binascii.Error as error:
            raise NotAPicture("Its base64 is damaged.") from error
    try:
        found = _FILE_PATH.fullmatch(urlsplit(address).path)
    except ValueError as error:
        raise NotAPicture("It is not a valid address.") from error
    if found is None:
        return None
    async with stations.db.read() as connection:
        file = await find_file(connection, found["name"])
    if file is None or not hmac.compare_digest(file.token, found["token"]):
        return None
    if not scope.holds(file):
        raise NotAPicture("It is a file of this server that this key may not use.")
    return await stations.storage.get(file.key)

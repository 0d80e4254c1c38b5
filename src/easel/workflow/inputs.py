"""Input images: kept with their job from the moment it is accepted, gathered as pictures when it is painted.

A data: URL, an upload and an earlier picture of ours are copied at once; other addresses are fetched when painting.
`job.inputs` lists them in order: `file:<name>` for what we keep, else the address.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from easel.db.engine import Transaction
from easel.domain import Picture, Plan, StoredObject
from easel.errors import InputUnusable, NotAPicture
from easel.jobs.files import find_file, record_file
from easel.jobs.job import Job
from easel.kit.clock import DAY
from easel.kit.fetch import FetchFailed
from easel.kit.problems import Problems
from easel.workflow.names import input_key, input_name
from easel.workflow.order import invalid
from easel.workflow.stations import Stations

OURS = "file:"
_FILE_PATH = re.compile(r"/files/(?P<token>[A-Za-z0-9]+)/(?P<name>[A-Za-z0-9.-]+)")


@dataclass(frozen=True, slots=True)
class KeptInputs:
    """What `job.inputs` will say, and the objects stored for it."""

    addresses: Sequence[str]
    stored: Sequence[StoredObject]


async def keep_inputs(stations: Stations, job_id: str, plan: Plan, *, params_object: str) -> KeptInputs:
    """Copy what can be copied now; raises InvalidRequest for a data: URL that holds no picture."""
    addresses: list[str] = []
    stored: list[StoredObject] = []
    problems = Problems()
    for index, address in enumerate(plan.params.get("input_images") or ()):
        try:
            data = await _bytes_at_hand(stations, address)
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


async def record_inputs(tx: Transaction, job: Job, kept: KeptInputs, retention_days: int) -> None:
    for position, stored in enumerate(kept.stored):
        await record_file(
            tx,
            stored,
            token=job.file_token,
            kind="input",
            team_id=job.team_id,
            job_id=job.id,
            position=position,
            now=job.created_at,
            expires_at=job.created_at + retention_days * DAY,
        )


async def drop_inputs(stations: Stations, kept: KeptInputs) -> None:
    """The request was refused after all."""
    for stored in kept.stored:
        await stations.storage.delete(stored.key)


async def gather_inputs(stations: Stations, job: Job) -> tuple[Picture, ...]:
    """The input images as painters get them, in order; raises InputUnusable naming the one that is not."""
    pictures = []
    for index, address in enumerate(job.inputs):
        try:
            data = await _fetch(stations, address)
            pictures.append(await stations.imaging.normalise(data))
        except (FetchFailed, NotAPicture) as error:
            raise InputUnusable(f"input_images[{index}] cannot be used: {error}") from error
    return tuple(pictures)


async def _fetch(stations: Stations, address: str) -> bytes:
    if not address.startswith(OURS):
        return await stations.fetcher.get(address, max_bytes=stations.imaging.limits.bytes)
    data = await stations.storage.get(input_key(address.removeprefix(OURS)))
    if data is None:
        raise FetchFailed("it is no longer kept")
    return data


async def _bytes_at_hand(stations: Stations, address: str) -> bytes | None:
    """The bytes of a data: URL, or of a file of ours; None for any other address."""
    if address.startswith("data:"):
        try:
            return base64.b64decode(address.partition(",")[2], validate=True)
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
    if file is None or file.token != found["token"]:
        return None
    return await stations.storage.get(file.key)

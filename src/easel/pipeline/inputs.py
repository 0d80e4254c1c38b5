"""Input images: kept with their job, read when its run begins.

A data: URL, an upload and an earlier image of ours are copied at once; other addresses are fetched right afterwards
(`fetch_inputs.py`). `job.inputs` lists them in order: `file:<name>` for what we keep, else the address. `job.mask` says
the same of a mask.
"""

import asyncio
import contextlib
import hmac
import posixpath
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import unquote, urlsplit

from easel.db.engine import Transaction
from easel.domain import Caller, Image, Plan, Scope, Size, StoredObject
from easel.errors import InputUnusable, MaskUnusable, NoRoom, NotAnImage, StorageFull, Unavailable
from easel.files.names import input_key, input_name, mask_name
from easel.files.retention import RetentionSettings
from easel.files.rows import find_file, record_file, require_room
from easel.jobs.job import Job
from easel.kit.fetch import FetchFailed, checked_address
from easel.kit.ids import new_secret
from easel.kit.inline import NotInline, decode_inline, is_inline
from easel.kit.problems import Problems
from easel.pipeline.request import invalid
from easel.runtime.limits import share, turn_to_decode
from easel.services import Services
from easel.telemetry import step

OURS = "file:"
_FILE_PATH = re.compile(r"(?:/[^/]+)*/(?:files|previews)/(?P<token>[A-Za-z0-9]+)/(?P<name>[A-Za-z0-9.-]+)")


@dataclass(frozen=True, slots=True)
class KeptInputs:
    """What `job.inputs` and `job.mask` will say, and the objects stored for it."""

    addresses: Sequence[str]
    stored: Sequence[StoredObject]
    mask: str | None = None

    @property
    def complete(self) -> bool:
        """Whether nothing is left to be fetched."""
        return all(address.startswith(OURS) for address in (*self.addresses, *filter(None, [self.mask])))


@dataclass(frozen=True, slots=True)
class Inputs:
    """What providers get of a job's inputs: the images, in order, and the mask of the first."""

    images: tuple[Image, ...] = ()
    mask: Image | None = None


async def keep_inputs(services: Services, caller: Caller, job_id: str, plan: Plan, *, params_object: str) -> KeptInputs:
    """Copy what can be copied now; raises InvalidRequest for what holds no image, cannot be fetched, or is a file of
    this server that the caller may not use; Unavailable when too many images of the team wait to be read.
    """
    addresses: list[str] = []
    stored: list[StoredObject] = []
    problems = Problems()
    mask, first, mask_path = plan.params.get("mask"), None, f"{params_object}.mask"
    try:
        for index, address in enumerate(plan.params.get("input_images") or ()):
            with _as_problem(problems, f"{params_object}.input_images[{index}]"):
                async with _at_hand(services, caller, address) as data:
                    if data is None:
                        addresses.append(address)
                        continue
                    image = await services.imaging.inspect(data)
                    if mask and index == 0:
                        first = await services.imaging.shown_size(data)
                if not problems:
                    name = input_name(job_id, index, image.media_type)
                    stored.append(await services.storage.put(input_key(name), name, image))
                    addresses.append(OURS + name)
        if mask:
            with _as_problem(problems, mask_path):
                async with _at_hand(services, caller, mask) as data:
                    size = await services.imaging.check_mask(data, first) if data is not None else Size(0, 0)
                if data is not None and not problems:
                    name = mask_name(job_id)
                    stored.append(await services.storage.put(input_key(name), name, Image(data, "image/png", size)))
                    mask = OURS + name
    except Unavailable:
        await drop_inputs(services, KeptInputs(addresses, stored))
        raise
    if problems:
        await drop_inputs(services, KeptInputs(addresses, stored))
        refusal = invalid(problems)
        if refusal.param == mask_path:
            refusal.code = MaskUnusable.code
        raise refusal
    return KeptInputs(addresses, stored, mask)


@contextlib.contextmanager
def _as_problem(problems: Problems, path: str) -> Iterator[None]:
    """What cannot be used is a problem of the request, at this path."""
    try:
        yield
    except NotAnImage as error:
        problems.add(path, f"{path} cannot be used. {error.message}")
    except FetchFailed as error:
        problems.add(path, f"{path} cannot be used: {error}.")


@contextlib.asynccontextmanager
async def _at_hand(services: Services, caller: Caller, address: str) -> AsyncIterator[bytes | None]:
    """The bytes of what can be copied now, in turn with the other requests; None for what is fetched afterwards."""
    if not _may_be_at_hand(address):
        checked_address(address)
        yield None
        return
    async with turn_to_decode(services.limits, caller.team_id, test=caller.test):
        data = await _bytes_at_hand(services, caller.scope, address)
        if data is None:
            checked_address(address)
        yield data


def record_inputs(tx: Transaction, job: Job, kept: KeptInputs, settings: RetentionSettings) -> None:
    """Raises StorageFull when the team has no room for them, or for any job's images."""
    if not kept.stored:
        require_room(tx.connection, job.team_id, test=job.test, limit=settings.storage_limit(test=job.test))
    for stored in kept.stored:
        record_input(tx, job, stored, settings)


def record_input(tx: Transaction, job: Job, stored: StoredObject, settings: RetentionSettings) -> None:
    """Note one. It has a token of its own: who may see a result may not see what it was made from."""
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
async def gather_inputs(services: Services, job: Job) -> Inputs:
    """The inputs as providers get them, from our store, where `fetch_inputs` has put those that were elsewhere.

    Raises InputUnusable naming the image that is not, MaskUnusable, or NoRoom.
    """
    await _see_to_room(services, job)
    images: list[Image] = []
    mask, shown = None, Size(0, 0)
    for index, address in enumerate(job.inputs):
        try:
            async with _read(services, job, address) as data:
                images.append(await _in_turn(services, job, partial(services.imaging.normalise, data)))
                if job.mask and index == 0:
                    shown = await services.imaging.shown_size(data)
        except (FetchFailed, NotAnImage) as error:
            raise InputUnusable(f"input_images[{index}] cannot be used: {error}") from error
    if job.mask:
        try:
            async with _read(services, job, job.mask) as data:
                fitted = partial(services.imaging.normalise_mask, data, shown, images[0].size)
                mask = await _in_turn(services, job, fitted)
        except (FetchFailed, NotAnImage) as error:
            raise MaskUnusable(f"mask cannot be used: {error}") from error
    return Inputs(tuple(images), mask)


@contextlib.asynccontextmanager
async def _read(services: Services, job: Job, address: str) -> AsyncIterator[bytes]:
    """The bytes of an input that is kept; raises FetchFailed. Few inputs are in memory at once."""
    who = share(job.team_id, test=job.test)
    async with services.limits.decodes.wait(who), services.unstored.wait(who):
        yield await kept_input(services, address)


async def _in_turn(services: Services, job: Job, work: Callable[[], Awaitable[Image]]) -> Image:
    """An image for providers. A turn is for the processor's work alone, not while a network is waited for."""
    async with services.image_slots.wait(share(job.team_id, test=job.test)):
        return await work()


async def _see_to_room(services: Services, job: Job) -> None:
    """A line of test jobs costs nothing, so each of them asks again; what is paid for is always stored."""
    if job.test:
        limit = services.settings.storage_limit(test=True)
        try:
            await services.db.read(require_room, job.team_id, test=True, limit=limit)
        except StorageFull as error:
            raise NoRoom(error.message) from error


async def kept_input(services: Services, address: str) -> bytes:
    """The bytes of an input in our store; raises FetchFailed when they are gone."""
    data = await services.storage.get(input_key(address.removeprefix(OURS))) if address.startswith(OURS) else None
    if data is None:
        raise FetchFailed("it is no longer kept")
    return data


def _may_be_at_hand(address: str) -> bool:
    return is_inline(address) or _file_named(address) is not None


def _file_named(address: str) -> re.Match[str] | None:
    """The token and the name of the file of ours that an address may be of, however it spells its path."""
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        return None
    return _FILE_PATH.fullmatch(posixpath.normpath("/" + path.lstrip("/")))


async def _bytes_at_hand(services: Services, scope: Scope, address: str) -> bytes | None:
    """The bytes of a data: URL or of base64, or of a file of ours; None for any other address. Raises NotAnImage."""
    if is_inline(address):
        try:
            return await asyncio.to_thread(decode_inline, address)
        except NotInline as error:
            raise NotAnImage(f"{error}.") from error
    found = _file_named(address)
    if found is None:
        return None
    file = await services.db.read(find_file, found["name"])
    if file is None or not hmac.compare_digest(file.token, found["token"]):
        return None
    if not scope.holds(file):
        raise NotAnImage("It is a file of this server that this key may not use.")
    return await services.storage.get(file.key)

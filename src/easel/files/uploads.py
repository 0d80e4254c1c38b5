"""Uploads: images for use in later requests."""

from easel.db.engine import Transaction
from easel.domain import Caller, StoredObject
from easel.errors import InvalidRequest, NotAnImage, StorageFull
from easel.files.names import upload_key, upload_name
from easel.files.rows import FileRow, find_file, record_file, require_room
from easel.kit.clock import HOUR
from easel.kit.ids import new_id, new_secret
from easel.runtime.limits import turn_to_decode
from easel.services import Services


async def upload(services: Services, caller: Caller, data: bytes) -> FileRow:
    """Store an image temporarily; raises InvalidRequest for other bytes, StorageFull above the storage limit,
    Unavailable when too many uploads of the team are queued.
    """
    limit = services.settings.storage_limit(test=caller.test)
    await services.db.read(require_room, caller.team_id, test=caller.test, limit=limit, added=len(data))
    try:
        async with turn_to_decode(services.limits, caller.team_id, test=caller.test):
            image = await services.imaging.inspect(data)
    except NotAnImage as error:
        raise InvalidRequest(error.message, param="file", details={"file": [error.message]}) from error
    name, now = upload_name(new_id(), image.media_type), services.clock.now()
    stored = await services.storage.put(upload_key(name), name, image)
    try:
        return await services.db.write(_record, services, caller, stored, now, limit)
    except StorageFull:
        await services.storage.delete(stored.key)
        raise


def _record(
    tx: Transaction, services: Services, caller: Caller, stored: StoredObject, now: int, limit: int | None
) -> FileRow:
    record_file(
        tx,
        stored,
        token=new_secret(),
        kind="upload",
        team_id=caller.team_id,
        user_id=caller.user_id,
        test=caller.test,
        job_id=None,
        position=0,
        now=now,
        expires_at=now + services.settings.upload_hours * HOUR,
        limit=limit,
    )
    file = find_file(tx.connection, stored.name)
    if file is None:
        raise LookupError(stored.name)
    return file

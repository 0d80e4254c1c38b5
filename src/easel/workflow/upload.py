"""Uploads: a picture handed in ahead of the request that will use it."""

from easel.domain import Caller, Picture
from easel.errors import InvalidRequest, NotAPicture
from easel.jobs.files import FileRow, find_file, record_file
from easel.kit.clock import HOUR
from easel.kit.ids import new_id, new_secret
from easel.workflow.limits import turn_to_decode
from easel.workflow.names import upload_key, upload_name
from easel.workflow.stations import Stations


async def upload(stations: Stations, caller: Caller, data: bytes) -> FileRow:
    """Keep a picture for a while; raises InvalidRequest when the bytes are not one, Unavailable."""
    try:
        async with turn_to_decode(stations.limits, caller.team_id, test=caller.test):
            media_type, size = await stations.imaging.inspect(data)
    except NotAPicture as error:
        raise InvalidRequest(error.message, param="file", details={"file": [error.message]}) from error
    name, now = upload_name(new_id(), media_type), stations.clock.now()
    stored = await stations.storage.put(upload_key(name), name, Picture(data, media_type, size))
    async with stations.db.write() as tx:
        await record_file(
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
            expires_at=now + stations.settings.upload_hours * HOUR,
        )
        file = await find_file(tx.connection, name)
    if file is None:
        raise LookupError(name)
    return file

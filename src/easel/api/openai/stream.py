"""The images of a job as server-sent events, with OpenAI's names for them."""

import json
from collections.abc import AsyncGenerator, AsyncIterator

from easel.api.openai.answers import Result, base64_of, result_of
from easel.api.openai.errors import body_of, going_down
from easel.domain import Caller
from easel.errors import EaselError
from easel.jobs.live import HEARTBEAT
from easel.jobs.queries import find_job
from easel.services import Services

STILL_HERE = b": still here\n\n"


async def events(services: Services, caller: Caller, job_id: str, *, kind: str) -> AsyncGenerator[bytes, None]:
    """Comments while the job is not done, then an event for each image, or one for its error.

    `kind` is `image_generation` or `image_edit`.
    """
    yield STILL_HERE
    try:
        while not (job := await find_job(services, caller, job_id, wait=HEARTBEAT)).status.final:
            if services.notifier.closed:
                raise going_down()
            yield STILL_HERE
        result = await result_of(services, job)
        async for piece in _images(services, result, kind):
            yield piece
    except EaselError as error:
        yield f"event: error\ndata: {json.dumps(body_of(error))}\n\n".encode()


async def _images(services: Services, result: Result, kind: str) -> AsyncIterator[bytes]:
    for file in result.files:
        about = {"type": f"{kind}.completed", "created_at": result.created, **result.about}
        yield f'event: {kind}.completed\ndata: {json.dumps(about)[:-1]}, "b64_json": "'.encode()
        async for piece in base64_of(services.storage, file):
            yield piece
        yield b'"}\n\n'

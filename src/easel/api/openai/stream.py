"""The images of a job as server-sent events, with OpenAI's names for them."""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from functools import partial
from typing import Any

from easel.api.openai.answers import Result, about_images_of, base64_of, look_at_result
from easel.api.openai.errors import body_of, going_down
from easel.domain import Caller
from easel.errors import EaselError, StorageUnavailable
from easel.jobs.job import Job
from easel.jobs.live import HEARTBEAT
from easel.jobs.queries import look_at_job
from easel.kit.clock import SECOND
from easel.pipeline.partials import open_partial
from easel.services import Services

STILL_HERE = b": still here\n\n"


async def events(services: Services, caller: Caller, job_id: str, *, kind: str) -> AsyncGenerator[bytes, None]:
    """Comments and partial images while the job is not done, then an event for each image, or one for its error.

    `kind` is `image_generation` or `image_edit`.
    """
    yield STILL_HERE
    shown = 0
    try:
        look = partial(look_at_job, services, caller, job_id, look_at_result, wait=HEARTBEAT)
        while not (job := (result := await look(partials=shown)).job).status.final:
            if services.notifier.closed:
                raise going_down()
            if job.partials <= shown:
                yield STILL_HERE
            for index in range(shown, job.partials):
                async for piece in _partial(services, job, index, kind):
                    yield piece
            shown = job.partials
        result.require_images()
        async for piece in _images(services, result, kind):
            yield piece
    except EaselError as error:
        yield f"event: error\ndata: {json.dumps(body_of(error))}\n\n".encode()


async def _partial(services: Services, job: Job, index: int, kind: str) -> AsyncIterator[bytes]:
    """A partial image; nothing if it is gone, which it is as soon as the job has ended."""
    try:
        pieces = await open_partial(services, job, index, base64=True)
    except StorageUnavailable:
        return
    if pieces is None:
        return
    about = {"created_at": services.clock.now() // SECOND, **about_images_of(job), "partial_image_index": index}
    yield _begun(f"{kind}.partial_image", about)
    try:
        async for piece in pieces:
            yield piece
    except StorageUnavailable:
        pass  # cut short, and still an event
    yield ENDED


async def _images(services: Services, result: Result, kind: str) -> AsyncIterator[bytes]:
    for file in result.files:
        yield _begun(f"{kind}.completed", {"created_at": result.created, **result.about})
        async for piece in base64_of(services.storage, file):
            yield piece
        yield ENDED


def _begun(event: str, about: Mapping[str, Any]) -> bytes:
    """An event until where its image begins."""
    return f'event: {event}\ndata: {json.dumps({"type": event, **about})[:-1]}, "b64_json": "'.encode()


ENDED = b'"}\n\n'

"""The images of a job in OpenAI's answer. Base64 is made piece by piece, from files that are never read whole, or from
images that are still in memory."""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request
from sqlalchemy import Connection
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from easel.api.openai.errors import FailedJob
from easel.api.present import file_url
from easel.domain import Image, JobState, Size
from easel.files.find import gone
from easel.files.rows import FileRow, files_of_jobs
from easel.jobs.attempts import attempts_of_job
from easel.jobs.job import Job
from easel.kit.clock import SECOND
from easel.kit.origin import at
from easel.pipeline.events import Ended
from easel.storage import Storage, in_base64, length_in_base64

CHUNK = 3 * 256 * 1024  # bytes of a file that are read, and sent in base64, at once
# Where a provider counts nothing, clients still look for these.
NO_USAGE: dict[str, Any] = {
    "input_tokens": 0,
    "output_tokens": 0,
    "total_tokens": 0,
    "input_tokens_details": {"text_tokens": 0, "image_tokens": 0},
}


@dataclass(frozen=True, slots=True)
class Result:
    """A job; if it is completed, its files, and what an answer says beside them.

    `in_memory` are the images of files that need not be read, by their keys.
    """

    job: Job
    files: Sequence[FileRow]
    usage: Mapping[str, Any]
    in_memory: Mapping[str, Image] = field(default_factory=dict, compare=False)

    @property
    def about(self) -> dict[str, Any]:
        first = self.files[0]
        return {**about_images_of(self.job), "size": Size(first.width, first.height).spelled, "usage": self.usage}

    @property
    def created(self) -> int:
        """Seconds since 1970."""
        return (self.job.completed_at or self.job.created_at) // SECOND

    def require_images(self) -> None:
        """Raises FailedJob for a job that has no images, NotFound when they have expired."""
        if self.job.status is not JobState.COMPLETED:
            raise FailedJob(self.job)
        if not self.files:
            raise gone()


def about_images_of(job: Job) -> dict[str, str]:
    """What an answer says of each of a job's images, partial ones too."""
    params = job.params
    background = params.get("background", "auto")
    return {
        "background": "opaque" if background == "auto" else background,
        "output_format": params["output_format"],
        "quality": "high" if params["quality"] == "auto" else params["quality"],
        "size": job.size.spelled,
    }


def headers_of(job: Job) -> dict[str, str]:
    charged = {"X-Credits-Charged": str(job.credit_cost)} if job.status.final else {}
    return {"X-Job-Id": job.id, "X-Model": job.model, **charged}


def look_at_result(connection: Connection, job: Job) -> Result:
    """What is there of a job by now."""
    if job.status is not JobState.COMPLETED:
        return Result(job, [], NO_USAGE)
    attempts = attempts_of_job(connection, job.id)
    usage = (attempts[-1].usage if attempts else None) or {}
    return result_of(Ended(job, files_of_jobs(connection, [job.id]).get(job.id, []), usage))


def result_of(ended: Ended) -> Result:
    return Result(ended.job, ended.files, {**NO_USAGE, **ended.usage}, ended.in_memory)


def in_progress(job: Job) -> Response:
    """The answer to somebody who preferred not to wait for the end."""
    content = {"id": job.id, "object": "image.job", "status": job.status}
    return JSONResponse(content, status_code=202, headers=headers_of(job) | {"Location": at(f"/v2/jobs/{job.id}")})


def addresses_of(request: Request, result: Result) -> Sequence[str]:
    return [file_url(request, file) for file in result.files]


def with_addresses(request: Request, result: Result) -> Response:
    data = [{"url": address} for address in addresses_of(request, result)]
    content = {"created": result.created, "data": data, **result.about}
    return JSONResponse(content, headers=headers_of(result.job))


def with_base64(storage: Storage, result: Result, addresses: Sequence[str] | None = None) -> Response:
    """`addresses` are those of the files, where a client may look for either."""
    about = json.dumps({"created": result.created, **result.about})[:-1] + ', "data": ['
    given = [{"url": address} for address in addresses] if addresses else [{} for _ in result.files]
    starts = [("," if at else about) + json.dumps(one | {"b64_json": ""})[:-2] for at, one in enumerate(given)]
    ends = ['"}' for _ in starts]
    ends[-1] += "]}"
    sizes = [length_in_base64(file.byte_size) for file in result.files]

    async def pieces() -> AsyncGenerator[bytes, None]:
        for start, file, end in zip(starts, result.files, ends, strict=True):
            yield start.encode()
            async for piece in base64_of(storage, file, result.in_memory.get(file.key)):
                yield piece
            yield end.encode()

    return Pieces(pieces(), sum(sizes) + sum(map(len, starts + ends)), headers_of(result.job))


class Pieces(Response):
    """A JSON document of a few pieces. Nobody need listen whether the client is still there: they are sent at once."""

    media_type = "application/json"

    def __init__(self, pieces: AsyncGenerator[bytes, None], length: int, headers: Mapping[str, str]) -> None:
        self._pieces, self._length = pieces, length
        super().__init__(None, headers={**headers, "Content-Length": str(length)})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        async with aclosing(self._pieces) as pieces:
            left = self._length
            async for piece in pieces:
                left -= len(piece)
                await send({"type": "http.response.body", "body": piece, "more_body": left > 0})
            if left > 0:  # the server sees that it is too short, and breaks the connection
                await send({"type": "http.response.body", "body": b"", "more_body": False})


async def base64_of(storage: Storage, file: FileRow, image: Image | None = None) -> AsyncIterator[bytes]:
    """A file, or its image in memory, in base64 and in pieces; raises NotFound when it is gone."""
    if image:
        data = memoryview(image.data)
        for piece in in_base64(data[start : start + CHUNK] for start in range(0, len(data), CHUNK)):
            yield piece
        return
    pieces = await storage.stream(file.key, 0, file.byte_size, chunk=CHUNK, base64=True)
    if pieces is None:
        raise gone()
    async for piece in pieces:
        yield piece

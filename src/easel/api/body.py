"""Reading what a caller sends, no further than its limit."""

import asyncio
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, Field, ValidationError
from starlette.datastructures import UploadFile

from easel.errors import InvalidRequest, TooLarge
from easel.kit.problems import Problems
from easel.kit.strictjson import NotStrictJson, parse

Model = TypeVar("Model", bound=BaseModel)

# Past this, parsing is worth a thread: other requests should not wait for it.
LARGE = 256 * 1024
# A multipart body is its file and a little more: boundaries and part headers.
MULTIPART_OVERHEAD = 64 * 1024


class ApiSettings(BaseModel):
    max_body_megabytes: int = Field(
        default=64, ge=1, description="The size of a request body at the most; data: URLs count."
    )


async def read_json(request: Request) -> Any:
    """The body as strict JSON; raises InvalidRequest or TooLarge."""
    settings: ApiSettings = request.app.state.settings
    body = await read_bytes(request, max_bytes=settings.max_body_megabytes * 1_000_000)
    try:
        return await asyncio.to_thread(parse, body) if len(body) > LARGE else parse(body)
    except NotStrictJson as error:
        raise InvalidRequest(str(error), code="invalid_json", details={"body": [str(error)]}) from error


async def read_model(request: Request, model: type[Model]) -> Model:
    """The body as one of our own; raises InvalidRequest with every problem."""
    try:
        return model.model_validate(await read_json(request))
    except ValidationError as error:
        problems = Problems()
        for found in error.errors():
            name = ".".join(str(part) for part in found["loc"]) or "body"
            problems.add(name, f"{name}: {found['msg'][0].lower()}{found['msg'][1:]}.")
        path, sentence = problems.first
        raise InvalidRequest(sentence, param=path, details=problems.details) from error


def body_of(model: type[BaseModel]) -> dict[str, Any]:
    """How a route that reads such a body says so in its documentation."""
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs", None)  # what it refers to, an answer refers to as well
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


async def read_upload(request: Request, *, max_bytes: int) -> bytes:
    """The bytes of the multipart field `file`; raises InvalidRequest or TooLarge."""
    body = await read_bytes(request, max_bytes=max_bytes + MULTIPART_OVERHEAD)
    request._body = body  # noqa: SLF001 - starlette's form parser then reads what we have bounded
    async with request.form(max_files=1, max_fields=10) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            sentence = "Send the picture as the multipart field `file`."
            raise InvalidRequest(sentence, param="file", details={"file": [sentence]})
        data = await file.read()
    if len(data) > max_bytes:
        raise _too_large(max_bytes)
    return data


async def read_bytes(request: Request, *, max_bytes: int) -> bytes:
    """The body as it is; raises TooLarge."""
    claimed = request.headers.get("content-length", "")
    if claimed.isdigit() and int(claimed) > max_bytes:
        raise _too_large(max_bytes)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > max_bytes:
            raise _too_large(max_bytes)
    return bytes(body)


def _too_large(max_bytes: int) -> TooLarge:
    return TooLarge(f"The body is larger than {max_bytes // 1_000_000} MB.")

"""Reads request bodies within their limits of bytes and seconds and within the budget of all bodies.

Everything that reads a body does it here, after the caller is known.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError
from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, UploadFile

from easel.api.budget import FORMS, HOOKS, BodyBudget, BodySettings, HeldBody
from easel.errors import InvalidRequest, RequestTimeout, TooLarge
from easel.kit.memory import MEGABYTE
from easel.kit.problems import Problems
from easel.kit.strictjson import NotStrictJson, parse
from easel.pipeline.request import invalid
from easel.runtime.limits import share

Model = TypeVar("Model", bound=BaseModel)

# Parsing larger bodies moves to a thread, so that other requests do not wait.
LARGE = 256 * 1024
# Overhead of a multipart body beyond its file: boundaries and part headers.
MULTIPART_OVERHEAD = 64 * 1024
# The largest body without an API key: a form.
ANONYMOUS = 64 * 1024
# What may follow the last boundary of a form; nobody reads it.
LONGEST_EPILOGUE = 1024
UTF_8 = ("utf-8", "utf8", "us-ascii")


async def read_json(request: Request, *, max_bytes: int | None = None) -> Any:
    """The body as strict JSON; raises InvalidRequest or what `read_bytes` raises."""
    settings: BodySettings = request.app.state.settings
    body = await read_bytes(request, max_bytes=max_bytes or settings.max_body_megabytes * MEGABYTE)
    try:
        if len(body) <= LARGE:
            return parse(body)
        async with _budget(request).parsing:  # parsing takes several times the memory of the body
            return await asyncio.to_thread(parse, body)
    except NotStrictJson as error:
        raise InvalidRequest(str(error), code="invalid_json", details={"body": [str(error)]}) from error


async def read_model(request: Request, model: type[Model], *, keep_null: bool = False) -> Model:
    """The body as one of our models; raises InvalidRequest with every problem.

    Fields that are null are left out, unless null means something other than their absence.
    """
    try:
        body = await read_json(request)
        if isinstance(body, Mapping) and not keep_null:
            body = {name: value for name, value in body.items() if value is not None}
        return model.model_validate(body)
    except ValidationError as error:
        problems = Problems()
        problems.add_errors(error.errors())
        raise invalid(problems) from error


def body_of(model: type[BaseModel]) -> dict[str, Any]:
    """The OpenAPI description of a route with such a body."""
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs", None)  # the referenced schemas are in the responses too
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


async def read_upload(request: Request, *, max_bytes: int) -> bytes:
    """The bytes of the multipart field `file`; raises InvalidRequest or what `read_bytes` raises."""
    async with open_form(request, max_bytes=max_bytes + MULTIPART_OVERHEAD, max_files=1) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            sentence = "Send the image as the multipart field `file`."
            raise InvalidRequest(sentence, param="file", details={"file": [sentence]})
        data = await file.read()
    if len(data) > max_bytes:
        raise _too_large(max_bytes)
    return data


async def read_form(request: Request) -> Mapping[str, str]:
    """The fields of a form without files; raises InvalidRequest or what `read_bytes` raises."""
    async with open_form(request, max_bytes=ANONYMOUS, max_files=0) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


@contextlib.asynccontextmanager
async def open_form(
    request: Request, *, max_bytes: int, max_files: int, max_fields: int = 10
) -> AsyncIterator[FormData]:
    """A form, whose files are closed after the block; raises HTTPException, InvalidRequest or what `read_bytes` raises.

    Refused is also what Starlette would read as something else: a form that was cut off, as one with fewer parts; text
    of an unknown charset, as Latin-1. And NUL characters, which JSON cannot have here either.
    """
    body = await read_bytes(request, max_bytes=max_bytes)
    _check_form(request, body)
    request._body = body  # noqa: SLF001 - Starlette's parser then reads the bytes we have limited
    async with request.form(max_files=max_files, max_fields=max_fields) as form:
        request._body = b""  # noqa: SLF001 - large files are on disk by now
        del body
        if any("\0" in name or (isinstance(value, str) and "\0" in value) for name, value in form.multi_items()):
            raise InvalidRequest("A field of the form contains a NUL character.")
        yield form


def _check_form(request: Request, body: bytes) -> None:
    """Raises InvalidRequest for a multipart form without its end, or in another charset than UTF-8."""
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind != b"multipart/form-data" or not (boundary := options.get(b"boundary")):
        return
    charset = options.get(b"charset", b"utf-8").decode("latin-1")
    if charset.lower() not in UTF_8:
        raise InvalidRequest(f"The form must be in UTF-8, not in {charset[:40]!r}.")
    end = b"--" + boundary + b"--"
    if end not in body[-len(end) - LONGEST_EPILOGUE :]:
        raise InvalidRequest("The form ends before its last boundary: it is incomplete, or its boundary is another.")


def let_go(request: Request) -> None:
    """Give back what the body that was read took of the budget, once it is used: its answer may take long."""
    held: HeldBody = request.state.held_body
    held.release()


async def read_bytes(request: Request, *, max_bytes: int, hook: bool = False) -> bytes:
    """The raw body. Without a key the limit is that of a form, except for a `hook`.

    Raises InvalidRequest when it is compressed, TooLarge, RequestTimeout, or Unavailable when all bodies together use
    too much memory.
    """
    encoding = request.headers.get("content-encoding", "").strip().lower()
    if (coding := request.headers.get("transfer-encoding", "chunked").strip().lower()) != "chunked":
        encoding = coding
    if encoding not in ("", "identity"):
        sentence = f"The body is compressed ({encoding[:40]}). Send it as it is."
        raise InvalidRequest(sentence, details={"body": [sentence]})
    if request.state.team_id is None and not hook:
        max_bytes = min(max_bytes, ANONYMOUS)
    header = request.headers.get("content-length", "")
    claimed = int(header) if header.isdecimal() and len(header) < 19 else 0
    if claimed > max_bytes:
        raise _too_large(max_bytes)
    held = HeldBody(_budget(request), _share(request, hook=hook))
    request.state.until_answered.callback(held.release)
    request.state.held_body = held
    held.expect(claimed)
    parts = []
    async for part in _in_time(request):
        held.grow(len(part))
        parts.append(part)
        if held.size > max_bytes:
            raise _too_large(max_bytes)
    return b"".join(parts) if held.size <= LARGE else await asyncio.to_thread(b"".join, parts)


async def _in_time(request: Request) -> AsyncIterator[bytes]:
    """The chunks of the body; raises RequestTimeout when it stalls or is too slow."""
    settings: BodySettings = request.app.state.settings
    loop, size = asyncio.get_running_loop(), 0
    begun, parts = loop.time(), aiter(request.stream())
    while True:
        taken = loop.time() - begun
        required = settings.body_kilobytes_per_second * 1_000 * (taken - settings.body_idle_seconds)
        try:
            if size < required:
                raise TimeoutError
            async with asyncio.timeout(min(settings.body_idle_seconds, settings.body_seconds - taken)):
                part = await anext(parts)
        except StopAsyncIteration:
            return
        except TimeoutError as error:
            raise RequestTimeout(
                f"The request body timed out: {size:,} bytes in {taken:.0f} s.",
                hint="Send it without pauses, or send a smaller body.",
                headers={"Connection": "close"},
            ) from error
        size += len(part)
        yield part


def _share(request: Request, *, hook: bool) -> str:
    """The budget share of a body. Test keys have their own share, so they never reduce that of live keys."""
    team_id: str | None = request.state.team_id
    if team_id is None:
        return HOOKS if hook else FORMS
    return share(team_id, test=request.state.test)


def _budget(request: Request) -> BodyBudget:
    budget: BodyBudget = request.app.state.body_budget
    return budget


def _too_large(max_bytes: int) -> TooLarge:
    size = f"{max_bytes // MEGABYTE} MB" if max_bytes >= MEGABYTE else f"{max_bytes // 1_000} kB"
    return TooLarge(f"The body is larger than {size}.")

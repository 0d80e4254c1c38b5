"""Image files. Whoever has the unguessable address can read them; nobody can list them."""

import re
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.refusals import refusals
from easel.errors import RangeOutside
from easel.files.archive import archive
from easel.files.copies import in_format, kept_in_format, preview
from easel.files.find import find_by_address, find_own_files, gone
from easel.files.names import copy_key
from easel.files.rows import FileRow
from easel.imaging.state import MEDIA_TYPES
from easel.services import Services

router = APIRouter(tags=["Files"])

# Half the life of a signed URL: a browser that shows an image again finds it in its cache, by the same URL.
REDIRECT_CACHE = "private, max-age=1800"
Token = Annotated[str, Path(description="The part of the address that nobody can guess.")]
Name = Annotated[str, Path(description="The file name of the address.")]
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
IMAGE_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The image.",
        "content": {"image/*": {"schema": {"type": "string", "format": "binary"}}},
    },
    206: {"description": "A byte range of the image.", "content": {"image/*": {"schema": {"type": "string"}}}},
    304: {"description": "Not modified."},
}
SMALL: dict[int | str, dict[str, Any]] = {
    200: {"description": "The preview.", "content": {"image/webp": {}}},
    304: IMAGE_RESPONSES[304],
}
ZIP: dict[int | str, dict[str, Any]] = {200: {"description": "The ZIP archive.", "content": {"application/zip": {}}}}


@router.head("/files/{token}/{name}", include_in_schema=False)
@router.get(
    "/files/{token}/{name}",
    summary="Get an image",
    response_class=Response,
    responses=IMAGE_RESPONSES | refusals(400, 404, 416, 502, public=True),
)
async def get_file(
    request: Request,
    services: ServicesDep,
    token: Token,
    name: Name,
    format: Annotated[Literal["webp", "png", "jpeg"] | None, Query(description="Convert to this format.")] = None,
    download: Annotated[bool, Query(description="Ask the browser to save the file.")] = False,
) -> Response:
    """One image, with byte ranges and permanent caching: the bytes behind an address never change."""
    file, title = await find_by_address(services, token, name)
    copy = format if format and MEDIA_TYPES[format] != file.media_type else None
    headers = _headers(file.etag + (copy or ""), f"{title}.{copy or name.rpartition('.')[2]}", download=download)
    if _has_it(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    if copy:
        return await _send_copy(request, services, file, copy, headers)
    return await _send(request, services, file, headers | {"Accept-Ranges": "bytes"}, redirects=not download)


async def _send(
    request: Request, services: Services, file: FileRow, headers: dict[str, str], *, redirects: bool
) -> Response:
    """The bytes; where `redirects`, the address at the store. A store gives no name to a download."""
    span = _asked_range(request, file, headers["ETag"])
    if span is None:
        size = f"bytes */{file.byte_size}"
        raise RangeOutside(f"The file has {file.byte_size} bytes.", headers={"Content-Range": size})
    start, end = span
    part = end - start < file.byte_size
    if part:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{file.byte_size}"
    headers["Content-Length"] = str(end - start)
    if request.method == "HEAD":
        return Response(status_code=206 if part else 200, headers=headers, media_type=file.media_type)
    if redirects and (elsewhere := await services.storage.signed_address(file.key)):
        return Response(status_code=307, headers={"Location": elsewhere, "Cache-Control": REDIRECT_CACHE})
    chunks = await services.storage.stream(file.key, start, end)
    if chunks is None:
        raise gone()
    return StreamingResponse(chunks, status_code=206 if part else 200, headers=headers, media_type=file.media_type)


async def _send_copy(
    request: Request, services: Services, file: FileRow, format: str, headers: dict[str, str]
) -> Response:
    """A copy in another format, complete. A conditional request is answered without making the copy."""
    if request.method == "HEAD":
        size = await kept_in_format(services, file, format)
        if size is not None:
            headers["Content-Length"] = str(size)
        return StreamingResponse(_nothing(), headers=headers, media_type=MEDIA_TYPES[format])
    size = await in_format(services, file, format)
    chunks = await services.storage.stream(copy_key(file.name, format), 0, size)
    if chunks is None:
        raise gone()
    headers["Content-Length"] = str(size)
    return StreamingResponse(chunks, headers=headers, media_type=MEDIA_TYPES[format])


async def _nothing() -> AsyncIterator[bytes]:
    return
    yield b""


@router.get(
    "/previews/{token}/{name}",
    summary="Get a preview",
    response_class=Response,
    responses=SMALL | refusals(400, 404, 502, public=True),
)
async def get_preview(request: Request, services: ServicesDep, token: Token, name: Name) -> Response:
    """A small WebP preview of an image; its longer side has 384 pixels. Same token as the image."""
    file, title = await find_by_address(services, token, name)
    headers = _headers(file.etag + "preview", f"{title}-small.webp")
    if _has_it(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(await preview(services, file), headers=headers, media_type="image/webp")


@router.get(
    "/v2/archive",
    summary="Download images as a ZIP archive",
    response_class=StreamingResponse,
    responses=ZIP | refusals(400, 404, 413, 502),
)
async def get_archive(
    services: ServicesDep,
    caller: CurrentCaller,
    name: Annotated[list[str], Query(min_length=1, max_length=200, description="File names; repeat the parameter.")],
) -> StreamingResponse:
    """Your images, or those of the team you lead, as one ZIP archive."""
    files = await find_own_files(services, caller, list(dict.fromkeys(name)))
    headers = {"Content-Disposition": 'attachment; filename="images.zip"', "Cache-Control": "no-store"}
    pieces = archive(services, caller, files)
    first = await anext(pieces)  # errors must be raised here, before the response has started
    return StreamingResponse(_from(first, pieces), media_type="application/zip", headers=headers)


async def _from(first: bytes, rest: AsyncGenerator[bytes, None]) -> AsyncIterator[bytes]:
    async with aclosing(rest):
        yield first
        async for piece in rest:
            yield piece


def _headers(etag: str, filename: str, *, download: bool = False) -> dict[str, str]:
    return {
        "ETag": f'"{etag}"',
        "Cache-Control": "private, max-age=31536000, immutable",
        "Content-Disposition": f'{"attachment" if download else "inline"}; filename="{filename}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }


def _has_it(request: Request, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")]
    return etag in tags or tags == ["*"]


def _asked_range(request: Request, file: FileRow, etag: str) -> tuple[int, int] | None:
    """Start and end of the bytes to send, end exclusive; None when the range lies outside the file."""
    whole = (0, file.byte_size)
    headers: Mapping[str, str] = request.headers
    match = _RANGE.fullmatch(headers.get("Range", ""))
    if match is None or match.groups() == ("", "") or headers.get("If-Range", etag) != etag:
        return whole
    first, last = match.groups()
    if first and last and int(first) > int(last):
        return whole
    if first == "":
        start, end = max(0, file.byte_size - int(last)), file.byte_size
    else:
        start, end = int(first), min(int(last or file.byte_size), file.byte_size - 1) + 1
    return (start, end) if start < end else None

"""GET /files/…: the pictures themselves. Whoever has the unguessable address may look; nobody can list."""

import hmac
import re
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from easel.api.caller import At
from easel.api.refusals import refusals
from easel.errors import NotFound, RangeOutside
from easel.jobs.files import FileRow, find_file
from easel.jobs.read import get_job

router = APIRouter(prefix="/files", tags=["Files"])

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
PICTURE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The picture.",
        "content": {"image/*": {"schema": {"type": "string", "format": "binary"}}},
    },
    206: {"description": "A part of the picture.", "content": {"image/*": {"schema": {"type": "string"}}}},
    304: {"description": "The picture you have is the picture there is."},
}


@router.head("/{token}/{name}", include_in_schema=False)
@router.get("/{token}/{name}", response_class=Response, responses=PICTURE | refusals(404, 416, 502, public=True))
async def get_file(request: Request, stations: At, token: str, name: str) -> Response:
    """One picture, with ranges and caching for ever: the bytes behind an address never change."""
    async with stations.db.read() as connection:
        file = await find_file(connection, name)
        if file is None or not hmac.compare_digest(file.token.encode(), token.encode()):
            raise NotFound("File not found", code="file_not_found")
        job = await get_job(connection, file.job_id) if file.job_id else None
    headers = _headers(file, title=job.prompt if job else "upload")
    if _has_it(request.headers.get("If-None-Match", ""), headers["ETag"]):
        return Response(status_code=304, headers=headers)
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
    chunks = await stations.storage.stream(file.key, start, end)
    if chunks is None:
        raise NotFound("File not found", code="file_not_found")
    return StreamingResponse(chunks, status_code=206 if part else 200, headers=headers, media_type=file.media_type)


def _headers(file: FileRow, title: str) -> dict[str, str]:
    words = "-".join(re.findall(r"[a-z0-9]+", title.lower())[:8]) or "picture"
    suffix = file.name.rpartition(".")[2]
    number = f"-{file.position}" if file.kind == "output" else ""
    return {
        "ETag": f'"{file.etag}"',
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, max-age=31536000, immutable",
        "Content-Disposition": f'inline; filename="{words[:80]}{number}.{suffix}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }


def _has_it(if_none_match: str, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return etag in tags or tags == ["*"]


def _asked_range(request: Request, file: FileRow, etag: str) -> tuple[int, int] | None:
    """The bytes to send, from and up to but not including; None when the range lies outside the file."""
    whole = (0, file.byte_size)
    headers: Mapping[str, str] = request.headers
    found = _RANGE.fullmatch(headers.get("Range", ""))
    if found is None or found.groups() == ("", "") or headers.get("If-Range", etag) != etag:
        return whole
    first, last = found.groups()
    if first and last and int(first) > int(last):
        return whole
    if first == "":
        start, end = max(0, file.byte_size - int(last)), file.byte_size
    else:
        start, end = int(first), min(int(last or file.byte_size), file.byte_size - 1) + 1
    return (start, end) if start < end else None

"""POST /v2/uploads: upload an image for use in later requests."""

from typing import Any

from fastapi import APIRouter, Request, status

from easel.api.body import read_upload
from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.present import file_url
from easel.api.refusals import refusals
from easel.api.schemas import Uploaded
from easel.files.uploads import upload
from easel.kit.clock import iso
from easel.kit.memory import MEGABYTE

router = APIRouter(prefix="/v2/uploads", tags=["Uploads"])

FORM = {
    "type": "object",
    "required": ["file"],
    "properties": {"file": {"type": "string", "format": "binary", "description": "The image."}},
}
MULTIPART: dict[str, Any] = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": FORM}}}}


@router.post(
    "",
    summary="Upload an image",
    status_code=status.HTTP_201_CREATED,
    responses=refusals(400, 409, 413, 502),
    openapi_extra=MULTIPART,
)
async def create_upload(request: Request, services: ServicesDep, caller: CurrentCaller) -> Uploaded:
    """Upload an image; its format is detected from its content. Use its `url` in `input_images`."""
    max_bytes = services.settings.max_upload_megabytes * MEGABYTE
    file = await upload(services, caller, await read_upload(request, max_bytes=max_bytes))
    return Uploaded(
        id=file.name.partition(".")[0],
        url=file_url(request, file),
        kind="image",
        contentType=file.media_type,
        byteSize=file.byte_size,
        expiresAt=iso(file.expires_at) or "",
    )

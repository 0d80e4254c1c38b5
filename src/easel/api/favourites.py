"""Favourites: the images that a member marked."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import AfterValidator

from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.refusals import refusals
from easel.files.favourites import mark, unmark
from easel.files.names import IMAGE_ID, job_and_number

router = APIRouter(prefix="/v2/favourites", tags=["Library"])


def _valid_image(text: str) -> str:
    job_and_number(text)
    return text.lower()


ImageId = Annotated[
    str,
    AfterValidator(_valid_image),
    Path(description="Image ID: the job ID, `-`, and its number.", json_schema_extra={"pattern": IMAGE_ID}),
]


@router.put("/{image}", summary="Mark a favourite", status_code=204, responses=refusals(400, 404))
async def mark_favourite(services: ServicesDep, caller: CurrentCaller, image: ImageId) -> None:
    """Mark an image as a favourite of yours."""
    await services.db.write(mark, caller, *job_and_number(image))


@router.delete("/{image}", summary="Unmark a favourite", status_code=204, responses=refusals(400, 404))
async def unmark_favourite(services: ServicesDep, caller: CurrentCaller, image: ImageId) -> None:
    """Remove an image from your favourites."""
    await services.db.write(unmark, caller, *job_and_number(image))

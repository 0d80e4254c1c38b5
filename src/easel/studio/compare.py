"""Compare: two to four images side by side, with the differences of their requests."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.jobs import get_job
from easel.api.schemas import Job
from easel.errors import InvalidRequest
from easel.kit.ids import is_id
from easel.studio.frame import Framed, Page, Setting, settings_of, show
from easel.studio.versions import numbered

router = APIRouter(prefix="/studio", include_in_schema=False, route_class=Page)


@dataclass(frozen=True, slots=True)
class Beside:
    """One of the images."""

    job: Job
    number: int
    address: str
    params: dict[str, Setting]


@router.get("/compare")
async def compare(
    request: Request,
    services: ServicesDep,
    caller: CurrentCaller,
    frame: Framed,
    image: Annotated[
        list[str], Query(min_length=2, max_length=4, description="<jobId>-<number>; repeat the parameter.")
    ],
) -> Response:
    images = [await _image(request, services, caller, name) for name in image]
    names = dict.fromkeys(name for item in images for name in item.params)
    rows = [(name, _differs([item.params[name].value for item in images if name in item.params])) for name in names]
    return show("compare.html", frame=frame, images=images, rows=rows)


async def _image(request: Request, services: ServicesDep, caller: CurrentCaller, name: str) -> Beside:
    job_id, _, number = name.rpartition("-")
    if not is_id(job_id) or not re.fullmatch(r"[1-9][0-9]?", number):
        raise InvalidRequest("This link is not valid in the Studio.")
    job = await get_job(request, services, caller, job_id)
    found = numbered(job)
    if int(number) not in found:
        raise InvalidRequest("One of these images does not exist.", hint="It may have been deleted, or have expired.")
    facts = {"model": job.model, "provider": job.provider, "credits": job.creditCost}
    settings = settings_of(job, services.catalog.get(job.model))
    params = {name: Setting(value, default=False) for name, value in facts.items() if value is not None} | settings
    return Beside(job, int(number), found[int(number)][0], params)


def _differs(values: Sequence[Any]) -> bool:
    """Whether images differ in a parameter: a model that does not have it at all is no difference."""
    return len({str(value) for value in values}) > 1

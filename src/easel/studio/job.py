"""One job: its images in full size, its request, cost, provider and sources; and its card."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.jobs import JobId, get_job
from easel.api.present import base_url
from easel.api.schemas import Job
from easel.kit.origin import at
from easel.studio.frame import Framed, Page, params_of, show
from easel.web.filters import at_home
from easel.web.snippets import snippets

router = APIRouter(prefix="/studio", include_in_schema=False, route_class=Page)


@router.get("/jobs/{id}")
async def show_job(
    request: Request,
    services: ServicesDep,
    caller: CurrentCaller,
    frame: Framed,
    id: JobId,
    image: Annotated[int, Query(ge=1, le=10)] = 1,
) -> Response:
    job = await get_job(request, services, caller, id)
    images = len(job.result.images) if job.result else 1
    return show(
        "job.html",
        frame=frame,
        job=job,
        number=min(image, max(images, 1)),
        took=_took(job),
        params=params_of(job),
        inputs=[(url, at_home(url, base_url(request))) for url in job.inputs],  # the path if on this server
        mask=_local_file(request, job.mask),
        code=snippets(job.input, services.catalog.get(job.model), host=base_url(request)),
    )


@router.get("/jobs/{id}/card")
async def show_card(request: Request, services: ServicesDep, caller: CurrentCaller, id: JobId) -> Response:
    """The card of a job; a script requests it when the job has changed."""
    return show("_job.html", job=await get_job(request, services, caller, id))


def _local_file(request: Request, url: str | None) -> str | None:
    """The path of a file on this server; None for other addresses."""
    path = at_home(url, base_url(request)) if url else None
    return path if path and path.startswith(at("/files/")) else None


def _took(job: Job) -> float | None:
    """Seconds from the first attempt to the end."""
    if not job.completedAt or not job.attempts:
        return None
    end, begin = map(datetime.fromisoformat, (job.completedAt, job.attempts[0].startedAt))
    return (end - begin).total_seconds()

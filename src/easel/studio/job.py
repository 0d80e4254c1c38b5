"""One job: its images in full size, its request, cost, provider and sources; and its card."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.jobs import JobId, get_job
from easel.api.present import base_url
from easel.api.schemas import Job, JobSummary
from easel.studio.frame import Frame, Framed, Page, show
from easel.web.filters import at_home
from easel.web.snippets import snippets

router = APIRouter(prefix="/studio", include_in_schema=False, route_class=Page)


@dataclass(frozen=True, slots=True)
class Shown:
    """The context of job.html. `took` is in seconds; `inputs` are addresses, each with its path if on this server."""

    frame: Frame
    job: Job
    number: int
    took: float | None
    params: Sequence[tuple[str, Any]]
    inputs: Sequence[tuple[str, str | None]]
    code: dict[str, str]


@dataclass(frozen=True, slots=True)
class Card:
    """The context of _job.html, which Create includes and its script requests when a job has changed."""

    job: JobSummary


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
        Shown(
            frame=frame,
            job=job,
            number=min(image, max(images, 1)),
            took=_took(job),
            params=_params(job),
            inputs=[(url, at_home(url, base_url(request))) for url in job.inputs],
            code=snippets(job.input, host=base_url(request)),
        ),
    )


@router.get("/jobs/{id}/card")
async def show_card(request: Request, services: ServicesDep, caller: CurrentCaller, id: JobId) -> Response:
    return show("_job.html", Card(await get_job(request, services, caller, id)))


def _took(job: Job) -> float | None:
    begun = [attempt.startedAt for attempt in job.attempts]
    if not job.completedAt or not begun:
        return None
    return _seconds(job.completedAt) - _seconds(begun[0])


def _seconds(time: str) -> float:
    return datetime.fromisoformat(time).timestamp()


def _params(job: Job) -> Sequence[tuple[str, Any]]:
    """The parameters of the request, in its own order."""
    own = next((part for part in job.input.values() if isinstance(part, dict)), {})
    return [(name, value) for name, value in own.items() if name != "input_images"]

"""One job: its images in full size, its request, cost, provider and sources; and its card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.jobs import JobId, get_job
from easel.api.present import base_url
from easel.api.schemas import Job
from easel.domain import Caller, JobState
from easel.errors import EaselError
from easel.files.rows import find_file
from easel.kit.origin import at
from easel.pipeline.request import parse_request
from easel.services import Services
from easel.studio.frame import Framed, Page, settings_of, show
from easel.studio.shown import shown
from easel.studio.versions import numbered, versions
from easel.web.filters import at_home, pretty
from easel.web.snippets import snippets

router = APIRouter(prefix="/studio", include_in_schema=False, route_class=Page)

DONE, NOT_DONE = "Done", "Not done"  # how the sentences of edits begin


@dataclass(frozen=True, slots=True)
class Changes:
    """What the warnings of a job say: what an edit did, what it did not do, and what else there is to know."""

    done: Sequence[str]
    not_done: Sequence[str]
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Again:
    """The request that makes new variations of a job, and its price."""

    body: dict[str, Any]
    credits: int


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
    images = numbered(job)
    number = image if image in images else min(images, default=1)
    card = services.catalog.get(job.model)
    name = images[number][0].rpartition("/")[2] if images else ""
    things = shown(job.brief, job.warnings)
    return show(
        "job.html",
        frame=frame,
        job=job,
        images=images,
        number=number,
        address=_address(job, images, number),
        file=await services.db.read(find_file, name) if name else None,
        took=_took(job),
        settings=settings_of(job, card),
        shown=things,
        changes=_changes(things.notes),
        again=_again(services, caller, job),
        versions=await versions(request, services, caller, job, number),
        inputs=[(url, at_home(url, base_url(request))) for url in job.inputs],  # the path if on this server
        mask=_local_file(request, job.mask),
        code=snippets(job.input, card, host=base_url(request)) | {"JSON": pretty(job.input)},
    )


@router.get("/jobs/{id}/card")
async def show_card(request: Request, services: ServicesDep, caller: CurrentCaller, id: JobId) -> Response:
    """The card of a job; a script requests it when the job has changed."""
    job = await get_job(request, services, caller, id)
    return show("_job.html", job=job, shown={job.id: shown(job.brief, job.warnings)})


def _local_file(request: Request, url: str | None) -> str | None:
    """The path of a file on this server; None for other addresses."""
    path = at_home(url, base_url(request)) if url else None
    return path if path and path.startswith(at("/files/")) else None


def _address(job: Job, images: Mapping[int, object], number: int) -> str:
    """The public address of an image of the job; empty if it has none."""
    return job.result.images[list(images).index(number)] if job.result and images else ""


def _took(job: Job) -> float | None:
    """Seconds from the first attempt to the end."""
    if not job.completedAt or not job.attempts:
        return None
    end, begin = map(datetime.fromisoformat, (job.completedAt, job.attempts[0].startedAt))
    return (end - begin).total_seconds()


def _changes(warnings: Sequence[str]) -> Changes:
    done = [one for one in warnings if one.startswith(DONE)]
    not_done = [one for one in warnings if one.startswith(NOT_DONE)]
    notes = [one for one in warnings if one not in (*done, *not_done)]
    return Changes([_sentence(one) for one in done], [_sentence(one) for one in not_done], notes)


def _sentence(warning: str) -> str:
    """A warning without its first word, which its place says already."""
    begin, _, rest = warning.partition(": ")
    return rest[:1].upper() + rest[1:] if begin in (DONE, NOT_DONE) else warning


def _again(services: Services, caller: Caller, job: Job) -> Again | None:
    """None while the job runs, when its request is no longer possible, because an input has expired for example, and
    when it would give the same image. The webhook of the job is not told again.
    """
    card = services.catalog.get(job.model)
    if card is None or not job.completedAt:
        return None
    params = dict(job.input.get(card.params_object) or {})
    params |= {"input_images": list(job.inputs)} if job.inputs else {}
    params |= {"mask": job.mask} if params.get("mask") else {}
    body = {"model": job.model, "prompt": job.prompt, card.params_object: params}
    try:
        parsed = parse_request(services, caller, body)
    except EaselError:
        return None
    done = job.status is JobState.COMPLETED
    if done and job.inputs and parsed.provider.repeatable:  # what an edit does is the same every time
        return None
    return Again(body, parsed.plan.credits)

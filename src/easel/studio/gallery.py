"""Gallery: all images, newest first, as previews with endless scrolling."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy import Connection

from easel.accounts.valid import MAX_NAME
from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.collections import list_collections
from easel.api.jobs import list_jobs
from easel.api.people import list_people
from easel.api.schemas import JobPage
from easel.domain import Caller, JobState
from easel.jobs.read import count_jobs
from easel.kit.origin import at
from easel.services import Services
from easel.studio.frame import Framed, Page, show

router = APIRouter(prefix="/studio", include_in_schema=False, route_class=Page)

AT_ONCE = 40


COUNTED = 100  # jobs that ended without images are counted up to here
SHOWN = [JobState.QUEUED, JobState.PROCESSING, JobState.COMPLETED]

State = Literal["", "ALL", "QUEUED", "PROCESSING", "COMPLETED", "FAILED", "CANCELLED"]
Words = Annotated[str, Query(max_length=100)]
Address = Annotated[str, Query(max_length=320)]
Collection = Annotated[str, Query(max_length=40)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters, in the form and in the address. Without a status: jobs that have images, or will have."""

    search: Words = ""
    status: State = ""
    model: Words = ""
    user: Address = ""
    favourite: Literal["", "true"] = ""
    collection: Collection = ""

    @property
    def statuses(self) -> list[JobState] | None:
        if self.status == "ALL":
            return None
        return [JobState(self.status)] if self.status else SHOWN

    @property
    def any(self) -> bool:
        return any(asdict(self).values())


Filters = Annotated[Wanted, Depends()]


async def _jobs(
    request: Request, services: ServicesDep, caller: CurrentCaller, wanted: Wanted, cursor: str | None
) -> JobPage:
    return await list_jobs(
        request,
        services,
        caller,
        status=wanted.statuses,
        model=wanted.model or None,
        limit=AT_ONCE,
        cursor=cursor,
        scope=_scope(caller),
        search=wanted.search or None,
        user=(wanted.user or None) if caller.role.leads else None,
        include_models=cursor is None,
        favourite=bool(wanted.favourite),
        collection=wanted.collection or None,
    )


def _scope(caller: Caller) -> Literal["team", "user"]:
    return "team" if caller.role.leads else "user"


async def _without_images(services: Services, caller: Caller) -> Mapping[str, int]:
    """How many jobs failed or were cancelled, by status; no more than COUNTED."""
    scope = caller.scope if caller.role.leads else caller.scope.of_user(caller.user_id)

    def count(connection: Connection) -> Mapping[str, int]:
        statuses = (JobState.FAILED, JobState.CANCELLED)
        return {status: count_jobs(connection, scope, status, at_most=COUNTED) for status in statuses}

    return await services.db.read(count)


def _more(page: JobPage, wanted: Wanted) -> str | None:
    if page.nextCursor is None:
        return None
    query = {name: value for name, value in asdict(wanted).items() if value} | {"cursor": page.nextCursor}
    return at(f"/studio/gallery/tiles?{urlencode(query)}")


@router.get("/gallery")
async def gallery(
    request: Request, services: ServicesDep, caller: CurrentCaller, frame: Framed, wanted: Filters
) -> Response:
    page = await _jobs(request, services, caller, wanted, None)
    people = [person.email for person in (await list_people(services, caller)).people] if frame.leads else []
    return show(
        "gallery.html",
        frame=frame,
        jobs=page.jobs,
        more=_more(page, wanted),
        wanted=wanted,
        without=await _without_images(services, caller),
        counted=COUNTED,
        scope=_scope(caller),
        collections=(await list_collections(request, services, caller)).collections,
        max_name=MAX_NAME,
        models=page.models or [],
        people=people,
    )


@router.get("/gallery/tiles")
async def tiles(
    request: Request,
    services: ServicesDep,
    caller: CurrentCaller,
    wanted: Filters,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> Response:
    """The next page."""
    page = await _jobs(request, services, caller, wanted, cursor)
    return show("_tiles.html", jobs=page.jobs, more=_more(page, wanted), wanted=wanted)

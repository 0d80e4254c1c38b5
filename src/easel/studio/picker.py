"""The images that Create offers as inputs: those of the gallery, by prompt, newest first."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.jobs import list_jobs
from easel.domain import JobState
from easel.kit.origin import at
from easel.studio.frame import Page, show

router = APIRouter(prefix="/studio", include_in_schema=False, route_class=Page)

AT_ONCE = 30  # jobs per page


@router.get("/picker")
async def picker(
    request: Request,
    services: ServicesDep,
    caller: CurrentCaller,
    search: Annotated[str, Query(max_length=100)] = "",
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> Response:
    """One page of them, for a script."""
    page = await list_jobs(
        request,
        services,
        caller,
        status=[JobState.COMPLETED],
        limit=AT_ONCE,
        cursor=cursor,
        scope="team" if caller.role.leads else "user",
        search=search or None,
    )
    query = {"search": search, "cursor": page.nextCursor or ""}
    more = at(f"/studio/picker?{urlencode(query)}") if page.hasMore else None
    return show("_picker.html", jobs=page.jobs, more=more)

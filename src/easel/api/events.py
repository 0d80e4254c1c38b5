"""GET /v2/events: the ends of jobs in order, for catching up."""

import json
from typing import Annotated

from fastapi import APIRouter, Query, Request

from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.refusals import refusals
from easel.api.streams import stream_limits, while_there
from easel.api.webhook_schemas import Event, EventPage
from easel.jobs.queries import find_events
from easel.kit.clock import iso

router = APIRouter(prefix="/v2/events", tags=["Webhooks"])


@router.get("", summary="List events", responses=refusals(400))
async def list_events(
    request: Request,
    services: ServicesDep,
    caller: CurrentCaller,
    after: Annotated[int, Query(ge=0, le=2**53, description="Number of the last event you have received.")] = 0,
    limit: Annotated[int, Query(ge=1, le=100, description="Events per page.")] = 50,
    wait: Annotated[float, Query(ge=0, le=60, description="Seconds to wait for an event when there is none.")] = 0,
) -> EventPage:
    """Your events after a number, oldest first; for admins the whole team's. Continue with `next`."""
    with stream_limits(request).wait(caller, wait) as seconds:
        waiting = find_events(services, caller, after=after, limit=limit, wait=seconds)
        page = await while_there(request, seconds, waiting)
    return EventPage(
        events=[
            Event(
                number=one.number,
                id=one.id,
                event=one.kind,
                jobId=one.job_id,
                createdAt=iso(one.created_at) or "",
                body=json.loads(one.body),
            )
            for one in page
        ],
        next=page[-1].number if page else after,
        hasMore=len(page) == limit,
    )

"""GET /v2/watch: several jobs as one stream."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from easel.api.caller import CurrentCaller
from easel.api.refusals import refusals
from easel.api.streams import EventStream

router = APIRouter(tags=["Jobs"])


@router.get(
    "/v2/watch",
    summary="Watch several jobs",
    response_class=StreamingResponse,
    responses={**refusals(400), 200: {"description": "Server-sent events.", "content": {"text/event-stream": {}}}},
)
async def watch_jobs(
    request: Request,
    caller: CurrentCaller,
    id: Annotated[list[str], Query(min_length=1, max_length=50, description="Job IDs; repeat the parameter.")],
) -> EventStream:
    """Several jobs as one stream of server-sent events, which ends when all have ended. Unknown IDs are ignored."""
    return EventStream(request, caller, [one[:36] for one in id])

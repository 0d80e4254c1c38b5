"""Jobs: get one, wait for it, list them, cancel, delete."""

from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import AfterValidator
from sqlalchemy import Connection

from easel.accounts.access import need_live_key
from easel.accounts.teams import addresses_in
from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.present import present_job, present_jobs
from easel.api.refusals import refusals
from easel.api.schemas import Deleted, Job, JobPage
from easel.api.streams import EventStream, stream_limits, while_there
from easel.domain import Caller, JobState, Scope
from easel.errors import Forbidden, InvalidRequest, NotFound
from easel.files.collections import find_collection
from easel.imaging.state import MEDIA_TYPES
from easel.jobs.queries import find_job, look_at_job
from easel.jobs.read import JobFilter, models_used, page_of_jobs
from easel.jobs.remove import remove, remove_all, remove_image
from easel.kit.ids import is_id
from easel.kit.paging import BrokenCursor, decode_cursor, encode_cursor
from easel.pipeline.cancel import cancel
from easel.pipeline.partials import open_partial

router = APIRouter(prefix="/v2/jobs", tags=["Jobs"])

UUID = r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"
PARTIAL = {
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


def _valid_id(text: str) -> str:
    if not is_id(text):
        raise ValueError("must be a UUID, such as 019c8a3e-5f0b-7c41-9d1e-2f6b8a7c5d10")
    return text


Id = Annotated[str, AfterValidator(_valid_id)]
JobId = Annotated[Id, Path(description="The ID.", json_schema_extra={"pattern": UUID})]


@router.get("", summary="List jobs", responses=refusals(400, 404), response_model_exclude_unset=True)
async def list_jobs(
    request: Request,
    services: ServicesDep,
    caller: CurrentCaller,
    status: Annotated[list[JobState] | None, Query(description="Only jobs of this status, or of these.")] = None,
    model: Annotated[str | None, Query(max_length=80, description="Only jobs of this model.")] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="Jobs per page.")] = 20,
    cursor: Annotated[str | None, Query(max_length=100, description="nextCursor of the previous page.")] = None,
    scope: Annotated[Literal["user", "team"], Query(description="Your jobs, or for admins the team's.")] = "user",
    search: Annotated[str | None, Query(max_length=100, description="Search prompts, or a job ID.")] = None,
    user: Annotated[
        str | None, Query(max_length=320, description="With scope=team: the address of one member.")
    ] = None,
    include_models: Annotated[bool, Query(description="Also list the models of all your jobs.")] = False,
    favourite: Annotated[bool, Query(description="Only jobs with an image that you marked.")] = False,
    collection: Annotated[
        Id | None,
        Query(description="Only jobs with an image in this collection.", json_schema_extra={"pattern": UUID}),
    ] = None,
) -> JobPage:
    """Your jobs, newest first; with scope=team the whole team's, for admins."""
    _need_leader(caller, scope)
    search = search.strip().lower() if search else None
    by_id = bool(search and is_id(search))
    wanted = JobFilter(
        status[0] if status and len(status) == 1 else None,
        model,
        job_id=search if by_id else None,
        words=None if by_id else search or None,
        without=[one for one in JobState if one not in status] if status and len(status) > 1 else (),
        favourite_of=caller.user_id if favourite else None,
        collection=collection.lower() if collection else None,
    )

    def page(connection: Connection) -> JobPage:
        if wanted.collection:
            find_collection(connection, caller, wanted.collection)
        seen = _seen(connection, caller, user) if scope == "team" else caller.scope.of_user(caller.user_id)
        jobs, more = page_of_jobs(connection, seen, wanted, limit=limit, before=after(cursor))
        page = JobPage(
            jobs=present_jobs(connection, request, caller, jobs),
            nextCursor=encode_cursor(jobs[-1].id) if more else None,
            hasMore=more,
        )
        return page.model_copy(update={"models": models_used(connection, seen)}) if include_models else page

    return await services.db.read(page)


def _seen(connection: Connection, caller: Caller, email: str | None) -> Scope:
    """All that the caller sees, or the subset of one member; raises InvalidRequest for an unknown address."""
    if email is None:
        return caller.scope
    need_live_key(caller, "list by member")
    for user_id, address in addresses_in(connection, caller.team_id).items():
        if address == email:
            return caller.scope.of_user(user_id)
    sentence = "user is not a member of the team. GET /v2/people lists the members."
    raise InvalidRequest(sentence, param="user", details={"user": [sentence]})


@router.get("/{id}", summary="Get a job", responses=refusals(400, 404))
async def get_job(
    request: Request,
    services: ServicesDep,
    caller: CurrentCaller,
    id: JobId,
    wait: Annotated[float, Query(ge=0, le=60, description="Seconds to wait for the job to end.")] = 0,
) -> Job:
    """One job. With `wait`, the response is sent when the job has ended or after that many seconds."""
    with stream_limits(request).wait(caller, wait) as seconds:
        look = partial(present_job, request=request, caller=caller)
        return await while_there(request, seconds, look_at_job(services, caller, id, look, wait=seconds))


@router.get(
    "/{id}/events",
    summary="Watch a job",
    response_class=StreamingResponse,
    responses={**refusals(400, 404), 200: {"description": "Server-sent events.", "content": {"text/event-stream": {}}}},
)
async def watch_job(request: Request, services: ServicesDep, caller: CurrentCaller, id: JobId) -> EventStream:
    """A job as server-sent events: `progress` as it changes, starting with the current state; `partialImage` with the
    `index` and `url` of each partial image; then its end, as in webhooks.

    A client that reconnects receives the current state again and misses nothing. A comment is sent every 15 s.
    """
    await find_job(services, caller, id)  # a 404 is an error response, not a stream
    return EventStream(request, caller, [id])


@router.get(
    "/{id}/partials/{index}",
    summary="Get a partial image",
    response_class=Response,
    responses={**refusals(400, 404, 502), 200: {"description": "The partial image.", "content": {"image/*": {}}}},
)
async def get_partial_image(
    services: ServicesDep,
    caller: CurrentCaller,
    id: JobId,
    index: Annotated[int, Path(ge=0, le=99, description="Counting from 0.")],
) -> Response:
    """A partial image of a job that is running. It is deleted when the job ends."""
    job = await find_job(services, caller, id)
    chunks = await open_partial(services, job, index)
    if chunks is None:
        raise NotFound("Partial image not found", code="file_not_found")
    return StreamingResponse(chunks, headers=PARTIAL, media_type=MEDIA_TYPES[job.params["output_format"]])


@router.post("/{id}/cancel", summary="Cancel a job", responses=refusals(400, 404, 409))
async def cancel_job(request: Request, services: ServicesDep, caller: CurrentCaller, id: JobId) -> Job:
    """Cancel a job that has not ended. Its credits are refunded in full."""
    job = await cancel(services, caller, id)
    return await services.db.read(present_job, job, request=request, caller=caller)


@router.delete("", summary="Delete failed or cancelled jobs", responses=refusals(400))
async def delete_jobs(
    services: ServicesDep,
    caller: CurrentCaller,
    status: Literal["FAILED", "CANCELLED"],
    scope: Literal["user", "team"] = "user",
) -> Deleted:
    """Delete your failed or cancelled jobs, up to 10,000; with scope=team the whole team's, for admins."""
    _need_leader(caller, scope)
    whose = caller.scope if scope == "team" else caller.scope.of_user(caller.user_id)
    return Deleted(deleted=await remove_all(services, whose, JobState(status)))


@router.delete("/{id}", summary="Delete a job", status_code=204, responses=refusals(400, 404, 409))
async def delete_job(services: ServicesDep, caller: CurrentCaller, id: JobId) -> None:
    """Delete a job that has ended: its images, inputs and prompt are removed at once. Its cost stays in the ledger."""
    await remove(services, caller, id)


@router.delete("/{id}/images/{number}", summary="Delete an image", status_code=204, responses=refusals(400, 404, 409))
async def delete_image(
    services: ServicesDep,
    caller: CurrentCaller,
    id: JobId,
    number: Annotated[int, Path(ge=1, le=99, description="Counting from 1.")],
) -> None:
    """Delete one image of a job that has ended. The others keep their numbers; with the last one the job is deleted."""
    await remove_image(services, caller, id.lower(), number)


def _need_leader(caller: Caller, scope: str) -> None:
    if scope == "team" and not caller.role.leads:
        raise Forbidden("scope=team is for admins of the team.")


def after(cursor: str | None) -> str | None:
    if cursor is None:
        return None
    try:
        return decode_cursor(cursor)
    except BrokenCursor as error:
        sentence = "cursor is not one of this server's; omit it to start with the newest."
        raise InvalidRequest(sentence, code="invalid_cursor", param="cursor", details={"cursor": [sentence]}) from error

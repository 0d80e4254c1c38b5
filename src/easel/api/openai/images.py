"""POST /v1/images/generations and /v1/images/edits: one job behind each, and its images in the answer."""

import math
import re

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from starlette.responses import Response

from easel.api.body import let_go, read_json
from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.openai.answers import (
    addresses_of,
    headers_of,
    in_progress,
    look_at_result,
    result_of,
    with_addresses,
    with_base64,
)
from easel.api.openai.describe import OF_MODELS, images_or_errors, responses
from easel.api.openai.edits import read_edit
from easel.api.openai.errors import going_down, in_their_words
from easel.api.openai.fields import Asked, read_fields
from easel.api.openai.settings import OpenAIApiSettings
from easel.api.openai.stream import events
from easel.api.present import base_url
from easel.api.streams import UNBUFFERED, stream_limits, while_there
from easel.domain import Caller
from easel.errors import EaselError, InvalidRequest, NotFound, RateLimited, Unavailable
from easel.jobs.idempotency import IdempotencyKey, rebind, unbind
from easel.jobs.job import Job
from easel.jobs.queries import look_when_ended
from easel.pipeline.submit import Submission, submit
from easel.services import Services

router = APIRouter(prefix="/v1/images", tags=["OpenAI images"])
# How often the vendor's own clients have repeated a request by themselves.
REPEATS = "x-stainless-retry-count"
LONGEST_KEY = 255


@router.post("/generations", summary="Create images", response_class=Response, responses=images_or_errors())
async def create_images(request: Request, services: ServicesDep, caller: CurrentCaller) -> Response:
    """Generate images, and wait for them."""
    asked = read_fields(await read_json(request), services.catalog, _settings(request))
    return await _answer(request, services, caller, asked, kind="image_generation")


@router.post("/edits", summary="Edit images", response_class=Response, responses=images_or_errors())
async def edit_images(request: Request, services: ServicesDep, caller: CurrentCaller) -> Response:
    """Edit or combine images, and wait for the result. A form with files, or JSON with addresses."""
    asked = await read_edit(request, services, caller, _settings(request))
    return await _answer(request, services, caller, asked, kind="image_edit")


@router.post(
    "/variations", summary="Vary an image", status_code=404, response_class=Response, responses=responses(*OF_MODELS)
)
async def vary_image(caller: CurrentCaller) -> Response:
    """Always refused: OpenAI's model for it is gone. Use the edits, and say in the prompt what may differ."""
    raise NotFound("There are no variations. Use /v1/images/edits, and say in the prompt what may differ.")


async def _answer(request: Request, services: Services, caller: Caller, asked: Asked, *, kind: str) -> Response:
    preferred = _preferred_wait(request)
    seconds = min(_settings(request).sync_wait_seconds, math.inf if preferred is None else preferred)
    limits, until_answered = stream_limits(request), request.state.until_answered
    if asked.stream:
        until_answered.enter_context(limits.stream(caller))
    elif seconds > 0 and not until_answered.enter_context(limits.wait(caller, seconds)):
        raise RateLimited("Too many requests of this key wait for images.", retry_after=5)
    told = IdempotencyKey.of_told(caller, asked.body, now=request.state.came)
    submission = await _submit(request, services, caller, asked, told)
    job = submission.job
    asked.body.clear()  # an edit's images would stay in memory for as long as the response waits
    let_go(request)
    request.state.job_id = job.id
    try:
        if asked.stream:
            sent = events(services, caller, job.id, kind=kind)
            return StreamingResponse(sent, media_type="text/event-stream", headers=UNBUFFERED | headers_of(job))
        of_end = None if submission.replayed else result_of
        ended = look_when_ended(services, caller, job, look_at_result, wait=seconds, of_end=of_end)
        result = await while_there(request, seconds, ended)
        job = result.job
        if not job.status.final:
            if preferred is None:
                await services.db.write(rebind, told, job_id=job.id, now=services.clock.now())
            return _not_yet(services, job, preferred)
        if submission.told:
            await services.db.write(unbind, told)
        result.require_images()
    except EaselError as error:
        error.headers |= headers_of(job)
        raise
    if asked.response_format == "url":
        return with_addresses(request, result)
    return with_base64(services.storage, result, addresses_of(request, result) if asked.adds_addresses else None)


async def _submit(
    request: Request, services: Services, caller: Caller, asked: Asked, told: IdempotencyKey
) -> Submission:
    key, repeats = request.headers.get("idempotency-key"), request.headers.get(REPEATS)
    once = None
    if key:
        if len(key) > LONGEST_KEY:
            raise InvalidRequest(f"Idempotency-Key has more than {LONGEST_KEY} characters.", param="Idempotency-Key")
        once = IdempotencyKey.of(caller, key, asked.body)
    elif repeats is not None:
        repeated = repeats not in ("", "0")
        once = IdempotencyKey.of_repeat(caller, asked.body, repeated=repeated, now=request.state.came)
    try:
        return await submit(
            services,
            caller,
            asked.body,
            once=once,
            told=None if key else told,
            address=base_url(request),
            warnings=asked.warnings,
        )
    except InvalidRequest as error:
        raise in_their_words(error, asked.card.params_object) from error


def _not_yet(services: Services, job: Job, preferred: float | None) -> Response:
    """The answer about a job that goes on: the client that repeats its request finds it again."""
    if preferred is not None:
        return in_progress(job)
    if services.notifier.closed:
        raise going_down()
    raise Unavailable(
        "The images are not ready yet.",
        code="still_generating",
        retry_after=1,
        hint=f"Repeat the request, or read GET /v2/jobs/{job.id}. To hear more meanwhile, ask with stream.",
    )


def _preferred_wait(request: Request) -> float | None:
    """The seconds of `Prefer: wait=N`, 0 for `respond-async`; None without a preference (RFC 7240)."""
    prefer = request.headers.get("prefer", "").lower()
    if found := re.search(r"\bwait=(\d{1,4})\b", prefer):
        return float(found[1])
    return 0.0 if "respond-async" in prefer else None


def _settings(request: Request) -> OpenAIApiSettings:
    settings: OpenAIApiSettings = request.app.state.settings
    return settings

"""POST /v2/images/generate and its dry run."""

from typing import Annotated

from fastapi import APIRouter, Header, Request, Response, status

from easel.api.body import read_json
from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.present import base_url
from easel.api.refusals import refusals
from easel.api.schemas import Estimated, Submitted
from easel.catalog.plan import usual_form
from easel.jobs.idempotency import IdempotencyKey
from easel.kit.origin import at
from easel.pipeline.submit import estimate, submit

router = APIRouter(prefix="/v2/images", tags=["Images"])


@router.post(
    "/generate",
    summary="Generate images",
    status_code=status.HTTP_202_ACCEPTED,
    responses=refusals(400, 402, 409, 413, 502),
)
async def generate_images(
    request: Request,
    response: Response,
    services: ServicesDep,
    caller: CurrentCaller,
    idempotency_key: Annotated[
        str | None, Header(min_length=1, max_length=255, description="The same key never makes a second job.")
    ] = None,
) -> Submitted:
    """Generate images from a prompt, or edit the images in `input_images`.

    Returns a job at once; its credits are reserved until it ends. The same `Idempotency-Key` within 24 hours returns
    the original job and never charges twice.
    """
    body = usual_form(await read_json(request), services.catalog)
    once = IdempotencyKey.of(caller, idempotency_key, body) if idempotency_key else None
    submission = await submit(services, caller, body, once=once, address=base_url(request))
    request.state.job_id = submission.job.id
    response.headers["Location"] = at(f"/v2/jobs/{submission.job.id}")
    if submission.replayed:
        response.headers["Idempotent-Replayed"] = "true"
    return Submitted(jobId=submission.job.id, status=submission.job.status)


@router.post("/estimate", summary="Estimate the price", responses=refusals(400, 413))
async def estimate_images(request: Request, services: ServicesDep, caller: CurrentCaller) -> Estimated:
    """Validate the body of a generate request and return its price and provider. Charges nothing."""
    estimated = await estimate(services, caller, usual_form(await read_json(request), services.catalog))
    return Estimated(
        creditsRequired=estimated.credits_required,
        creditsAvailable=estimated.credits_available,
        provider=estimated.provider,
        valid=True,
    )

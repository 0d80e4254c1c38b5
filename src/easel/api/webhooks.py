"""Webhooks: deliveries and their attempts, resending, test events, and the signing secret."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, status

from easel.api.body import read_json
from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.jobs import JobId, after
from easel.api.refusals import refusals
from easel.api.webhook_schemas import Delivery, DeliveryPage, DeliveryTry, Resent, WebhookSecret, WebhookSecrets
from easel.errors import NotFound
from easel.kit.clock import iso
from easel.kit.paging import encode_cursor
from easel.services import Services
from easel.webhooks import outbox
from easel.webhooks.manage import secrets, send_again, send_test
from easel.webhooks.read import page_of_deliveries, tries_of

router = APIRouter(prefix="/v2/webhooks", tags=["Webhooks"])

URL: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["url"],
                    "properties": {"url": {"type": "string", "description": "The endpoint."}},
                }
            }
        },
    }
}


@router.get("/deliveries", summary="List webhook deliveries", responses=refusals(400))
async def list_deliveries(
    services: ServicesDep,
    caller: CurrentCaller,
    status: Annotated[
        Literal["pending", "delivered", "failed", "dropped"] | None, Query(description="Only of this status.")
    ] = None,
    job: Annotated[str | None, Query(max_length=40, description="Deliveries of one job.")] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="Deliveries per page.")] = 20,
    cursor: Annotated[str | None, Query(max_length=100, description="nextCursor of the previous page.")] = None,
) -> DeliveryPage:
    """Your deliveries, newest first, each with its attempts; for admins the whole team's."""
    found, more = await services.db.read(
        page_of_deliveries, caller.scope, state=status, job_id=job, before=after(cursor), limit=limit
    )
    return DeliveryPage(
        deliveries=await _present(services, found),
        nextCursor=encode_cursor(found[-1].id) if more else None,
        hasMore=more,
    )


@router.get("/deliveries/{id}", summary="Get a webhook delivery", responses=refusals(400, 404))
async def get_delivery(services: ServicesDep, caller: CurrentCaller, id: JobId) -> Delivery:
    """One delivery with its attempts."""
    found, _ = await services.db.read(page_of_deliveries, caller.scope, delivery_id=id.lower())
    if not found:
        raise NotFound("Delivery not found")
    return (await _present(services, found))[0]


@router.post(
    "/deliveries/{id}/resend",
    summary="Resend a webhook delivery",
    status_code=status.HTTP_202_ACCEPTED,
    responses=refusals(400, 404),
)
async def resend_delivery(services: ServicesDep, caller: CurrentCaller, id: JobId) -> Resent:
    """Resend one delivery that has ended, under the same id."""
    return Resent(count=await send_again(services, caller, id.lower()))


@router.post(
    "/resend-failed",
    summary="Resend failed webhook deliveries",
    status_code=status.HTTP_202_ACCEPTED,
    responses=refusals(),
)
async def resend_failed(services: ServicesDep, caller: CurrentCaller) -> Resent:
    """Retry all your failed deliveries; for admins, all of the team."""
    return Resent(count=await send_again(services, caller))


@router.post(
    "/test",
    summary="Send a test event",
    status_code=status.HTTP_202_ACCEPTED,
    responses=refusals(400, 413),
    openapi_extra=URL,
)
async def test_webhook(request: Request, services: ServicesDep, caller: CurrentCaller) -> Delivery:
    """Send a signed test event to an endpoint; the delivery shows its response."""
    made = await send_test(services, caller, await read_json(request))
    return (await _present(services, [made]))[0]


@router.get("/secret", summary="Get the signing secret", responses=refusals())
async def get_secret(services: ServicesDep, caller: CurrentCaller) -> WebhookSecrets:
    """The secrets that sign the team's webhooks by Standard Webhooks. For admins of the team."""
    return _secrets(await secrets(services, caller))


@router.post("/secret/rotate", summary="Rotate the signing secret", responses=refusals())
async def rotate_secret(services: ServicesDep, caller: CurrentCaller) -> WebhookSecrets:
    """Rotate the signing secret. The old secret keeps working for 24 hours."""
    return _secrets(await secrets(services, caller, rotate=True))


def _secrets(found: Sequence[Any]) -> WebhookSecrets:
    return WebhookSecrets(
        secrets=[
            WebhookSecret(secret=one.secret, createdAt=iso(one.created_at) or "", expiresAt=iso(one.expires_at))
            for one in found
        ]
    )


async def _present(services: Services, found: Sequence[outbox.Delivery]) -> Sequence[Delivery]:
    tries = await services.db.read(tries_of, [one.id for one in found])
    return [
        Delivery(
            id=one.id,
            event=one.kind,
            jobId=one.job_id,
            url=one.url,
            status=one.state,  # type: ignore[arg-type] # the states are these words
            createdAt=iso(one.created_at) or "",
            nextAttemptAt=iso(one.due_at),
            attempts=[
                DeliveryTry(
                    at=iso(each.started_at) or "",
                    milliseconds=each.milliseconds,
                    status=each.status,
                    error=each.error,
                    answer=each.answer,
                )
                for each in tries[one.id]
            ],
        )
        for one in found
    ]

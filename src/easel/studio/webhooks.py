"""Webhooks: all deliveries, the responses of the endpoints, and resending."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.webhooks import get_secret, list_deliveries
from easel.studio.frame import Framed, Page, show

router = APIRouter(prefix="/studio", include_in_schema=False, route_class=Page)


@router.get("/webhooks")
async def webhooks(
    services: ServicesDep,
    caller: CurrentCaller,
    frame: Framed,
    status: Literal["", "pending", "delivered", "failed", "dropped"] = "",
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> Response:
    page = await list_deliveries(services, caller, status=status or None, cursor=cursor)
    failed = await list_deliveries(services, caller, status="failed", limit=1)
    secrets = (await get_secret(services, caller)).secrets if frame.leads else []
    return show(
        "webhooks.html",
        frame=frame,
        deliveries=page.deliveries,
        status=status,
        failed=bool(failed.deliveries),
        next=page.nextCursor,
        secrets=secrets,
    )

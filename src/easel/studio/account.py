"""Account: credits and ledger, usage charts, limits, and the state of the providers."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.credits import get_ledger, get_usage
from easel.api.keys import list_keys
from easel.api.providers import list_providers
from easel.kit.clock import DAY
from easel.studio.chart import bars_by_day, shares
from easel.studio.frame import Framed, Page, show

router = APIRouter(prefix="/studio", include_in_schema=False, route_class=Page)


@router.get("/account")
async def account(
    request: Request,
    services: ServicesDep,
    caller: CurrentCaller,
    frame: Framed,
    days: Annotated[int, Query(ge=7, le=366)] = 30,
    cursor: Annotated[int | None, Query(ge=1, le=2**53)] = None,
) -> Response:
    rows = (await get_usage(services, caller, days=days)).usage
    names = {key.id: key.name for key in (await list_keys(services, caller)).keys}
    today = services.clock.now() // DAY
    return show(
        "account.html",
        frame=frame,
        ledger=await get_ledger(services, caller, limit=20, cursor=cursor),
        days=days,
        spent=sum(row.credits for row in rows),
        by_day=bars_by_day(rows, last=today, days=days),
        by_model=shares((row.model, row.credits) for row in rows),
        by_key=shares((names.get(row.keyId, "Deleted key"), row.credits) for row in rows),
        per_minute=request.app.state.settings.rate_limit_per_minute or None,  # no limit
        providers=(await list_providers(services, caller)).providers if frame.leads else [],
    )

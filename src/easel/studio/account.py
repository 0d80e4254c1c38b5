"""Account: credits and ledger, usage charts, limits, and the state of the providers."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.credits import get_statement, get_usage
from easel.api.keys import list_keys
from easel.api.people import list_people
from easel.api.providers import list_providers
from easel.kit.clock import DAY
from easel.studio.chart import bars_by_day, shares
from easel.studio.frame import Framed, Page, show

router = APIRouter(prefix="/studio", include_in_schema=False, route_class=Page)

LINES = 20  # of the statement


@router.get("/account")
async def account(
    request: Request,
    services: ServicesDep,
    caller: CurrentCaller,
    frame: Framed,
    days: Annotated[int, Query(ge=7, le=366)] = 30,
    cursor: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    rows = (await get_usage(services, caller, days=days)).usage
    names = {key.id: key.name for key in (await list_keys(services, caller)).keys}
    people = (await list_people(services, caller)).people
    today = services.clock.now() // DAY
    return show(
        "account.html",
        frame=frame,
        statement=await get_statement(request, services, caller, limit=LINES, cursor=cursor),
        cursor=cursor,
        admins=[person.email for person in people if person.role.leads],
        days=days,
        spent=sum(row.credits for row in rows),
        by_day=bars_by_day(rows, last=today, days=days),
        by_model=shares((row.model, row.credits) for row in rows),
        by_key=shares((names.get(row.keyId, "Deleted key"), row.credits) for row in rows),
        per_minute=request.app.state.settings.rate_limit_per_minute or None,  # no limit
        providers=(await list_providers(services, caller)).providers if frame.leads else [],
    )

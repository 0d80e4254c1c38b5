"""The team's credits: ledger entries, and usage by day, model and key."""

from typing import Annotated, Literal, cast

from fastapi import APIRouter, Query

from easel.accounts.access import need_live_key
from easel.accounts.teams import get_team
from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.refusals import refusals
from easel.api.schemas import Ledger, LedgerEntry, Usage, UsageRow
from easel.kit.clock import DAY, iso, iso_day
from easel.ledger.read import entries_within, usage_within

router = APIRouter(prefix="/v2/credits", tags=["Account"])


@router.get("/ledger", responses=refusals(400))
async def get_ledger(
    services: ServicesDep,
    caller: CurrentCaller,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[int | None, Query(ge=1, le=2**53, description="nextCursor of the previous page.")] = None,
) -> Ledger:
    """Ledger entries, newest first: the whole team's for admins, those of your own jobs otherwise."""
    need_live_key(caller, "see credits")
    team = await services.db.read(get_team, caller.team_id)
    found = await services.db.read(entries_within, caller.scope, limit + 1, before=cursor)
    entries = [
        LedgerEntry(
            id=entry.id,
            kind=cast("Literal['grant', 'hold', 'settle', 'release']", entry.kind),
            amount=entry.amount,
            held=entry.held,
            jobId=entry.job_id,
            note=entry.note,
            createdAt=iso(entry.created_at) or "",
        )
        for entry in found[:limit]
    ]
    more = len(found) > limit
    return Ledger(
        balance=team.balance,
        held=team.held,
        entries=entries,
        nextCursor=str(entries[-1].id) if more else None,
        hasMore=more,
    )


@router.get("/usage", responses=refusals(400))
async def get_usage(
    services: ServicesDep, caller: CurrentCaller, days: Annotated[int, Query(ge=1, le=366)] = 30
) -> Usage:
    """Credits charged for jobs in the last days: the whole team's for admins, your own otherwise."""
    need_live_key(caller, "see credits")
    today = services.clock.now() // DAY
    rows = await services.db.read(usage_within, caller.scope, since=today - days + 1)
    return Usage(
        usage=[
            UsageRow(day=iso_day(row.day), model=row.model, keyId=row.key_id, credits=row.credits, jobs=row.jobs)
            for row in rows
        ]
    )

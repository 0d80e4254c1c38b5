"""The team's credits: ledger entries, the statement of them by job, and usage by day, model and key."""

import re
from typing import Annotated, Literal, cast

from fastapi import APIRouter, Query, Request
from sqlalchemy import Connection

from easel.accounts.access import need_live_key
from easel.accounts.teams import get_team
from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.credit_schemas import Ledger, LedgerEntry, Statement, StatementLine, Status, Usage, UsageRow
from easel.api.present import present_jobs
from easel.api.refusals import refusals
from easel.api.schemas import JobSummary
from easel.domain import Caller
from easel.errors import InvalidRequest
from easel.jobs.read import jobs_by_id
from easel.kit.clock import DAY, iso, iso_day
from easel.ledger.read import Line, entries_within, lines_within, usage_within

router = APIRouter(prefix="/v2/credits", tags=["Account"])

CURSOR = re.compile(r"[1-9][0-9]{0,15}(_-?[0-9]{1,16})?")  # an entry, and the balance before it


@router.get("/ledger", summary="List ledger entries", responses=refusals(400))
async def get_ledger(
    services: ServicesDep,
    caller: CurrentCaller,
    limit: Annotated[int, Query(ge=1, le=200, description="Entries per page.")] = 50,
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


@router.get("/statement", summary="Get the statement", responses=refusals(400))
async def get_statement(
    request: Request,
    services: ServicesDep,
    caller: CurrentCaller,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=40, description="nextCursor of the previous page.")] = None,
) -> Statement:
    """The ledger by job: a line per job and per grant, newest first; for members, those of their own jobs."""
    need_live_key(caller, "see credits")
    if cursor is not None and not CURSOR.fullmatch(cursor):
        sentence = "cursor is not one of this server's; omit it to start with the newest."
        raise InvalidRequest(sentence, code="invalid_cursor", param="cursor", details={"cursor": [sentence]})
    return await services.db.read(_statement, request, caller, limit, cursor)


def _statement(connection: Connection, request: Request, caller: Caller, limit: int, cursor: str | None) -> Statement:
    """The balance comes with the cursor, so that no page adds up all newer entries."""
    team = get_team(connection, caller.team_id)
    before, _, carried = (cursor or "").partition("_")
    found = lines_within(connection, caller.scope, limit + 1, before=int(before) if before else None)
    lines, more = found[:limit], len(found) > limit
    jobs = jobs_by_id(connection, caller.scope, [line.opening.job_id for line in lines if line.opening.job_id])
    shown = {job.id: job for job in present_jobs(connection, request, caller, jobs)}
    balance = (int(carried) if carried else team.available) if caller.role.leads else None
    presented = []
    for line in lines:
        presented.append(_line(line, shown.get(line.opening.job_id or ""), balance))
        balance = None if balance is None else balance - line.credits
    following = str(lines[-1].opening.id) + ("" if balance is None else f"_{balance}") if more else None
    return Statement(available=team.available, reserved=team.held, lines=presented, nextCursor=following, hasMore=more)


def _line(line: Line, job: JobSummary | None, balance: int | None) -> StatementLine:
    entry = line.opening
    ended: Status = "charged" if line.cost else "refunded"
    return StatementLine(
        id=entry.id,
        status="granted" if entry.kind == "grant" else "reserved" if line.cost is None else ended,
        credits=line.credits,
        reserved=entry.held,
        balance=balance,
        jobId=entry.job_id,
        model=job.model if job else None,
        prompt=job.prompt if job else None,
        images=job.count if job else None,
        preview=job.previews[0] if job and job.previews else None,
        user=job.user if job else None,
        note=entry.note,
        createdAt=iso(entry.created_at) or "",
    )


@router.get("/usage", summary="Sum up usage", responses=refusals(400))
async def get_usage(
    services: ServicesDep,
    caller: CurrentCaller,
    days: Annotated[int, Query(ge=1, le=366, description="Days, with today.")] = 30,
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

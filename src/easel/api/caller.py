"""Who is asking: every route but the public ones depends on this."""

from typing import Annotated

from fastapi import Depends, Request

from easel.accounts.keys import authenticate
from easel.accounts.ratelimit import RateLimit
from easel.domain import Caller
from easel.errors import Unauthorized
from easel.workflow.stations import Stations


async def stations_of(request: Request) -> Stations:
    stations: Stations = request.app.state.stations
    return stations


At = Annotated[Stations, Depends(stations_of)]


async def caller_of(request: Request, stations: At) -> Caller:
    """The caller behind the key; counts the request against the key's rate limit."""
    async with stations.db.read() as connection:
        caller = await authenticate(connection, _key_of(request))
    limit: RateLimit = request.app.state.rate_limit
    request.state.allowance = limit.count(caller.key_id)
    return caller


def _key_of(request: Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    bearer = token if scheme.lower() == "bearer" else ""
    key = request.headers.get("X-API-Key", "").strip() or bearer.strip()
    if not key:
        raise Unauthorized("API key is required", code="api_key_required")
    return key


Who = Annotated[Caller, Depends(caller_of)]

"""Who is asking: every route but the public ones depends on this.

A key comes in a header. A browser that is signed in to the Studio has a session in a cookie instead, and must show with
everything that changes something that the request comes from a page of ours.
"""

from typing import Annotated

from fastapi import Depends, Request

from easel.accounts.keys import authenticate
from easel.accounts.ratelimit import RateLimit
from easel.accounts.sessions import caller_of_session, is_csrf_token
from easel.domain import Caller
from easel.errors import Forbidden, Unauthorized
from easel.workflow.stations import Stations

SESSION_COOKIE = "easel_session"
SAFE = ("GET", "HEAD", "OPTIONS")


async def stations_of(request: Request) -> Stations:
    stations: Stations = request.app.state.stations
    return stations


At = Annotated[Stations, Depends(stations_of)]


async def caller_of(request: Request, stations: At) -> Caller:
    """The caller behind the key or the session; counts the request against the key's rate limit."""
    now = stations.clock.now()
    key, session = _key_of(request), request.cookies.get(SESSION_COOKIE, "")
    async with stations.db.read() as connection:
        if key:
            caller = await authenticate(connection, key)
        elif session:
            caller = await caller_of_session(connection, session, now)
            _must_come_from_us(request, session)
        else:
            raise Unauthorized("API key is required", code="api_key_required")
    request.state.key_id = caller.key_id
    limit: RateLimit = request.app.state.rate_limit
    request.state.allowance = await limit.count(caller)
    stations.last_used.note(caller.key_id, now)
    return caller


def _key_of(request: Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    bearer = token if scheme.lower() == "bearer" else ""
    return request.headers.get("X-API-Key", "").strip() or bearer.strip()


def _must_come_from_us(request: Request, session: str) -> None:
    if request.method not in SAFE and not is_csrf_token(request.headers.get("X-CSRF-Token", ""), session):
        raise Forbidden(
            "The request does not come from a page of the Studio.",
            code="csrf_token_invalid",
            hint="Reload the page; programs send an API key.",
        )


Who = Annotated[Caller, Depends(caller_of)]

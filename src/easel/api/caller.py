"""Authentication: every route except the public ones depends on this.

A key comes in a header. A browser signed in to the Studio has a session cookie instead, and must prove with every
change that the request comes from a page of the Studio.
"""

from contextlib import suppress
from typing import Annotated

from fastapi import Depends, Request

from easel.accounts.keys import authenticate
from easel.accounts.ratelimit import RateLimit
from easel.accounts.sessions import caller_of_session, is_csrf_token
from easel.api.present import base_url
from easel.api.shares import take_share
from easel.domain import Caller
from easel.errors import Forbidden, Unauthorized
from easel.kit.origin import at
from easel.services import Services

SESSION_COOKIE = "easel_session"
HOST_COOKIE = f"__Host-{SESSION_COOKIE}"  # the __Host- prefix: no neighbour under the same domain can set it
SECURE_COOKIE = f"__Secure-{SESSION_COOKIE}"  # the same below a path, which a __Host- cookie cannot have
SAFE = ("GET", "HEAD", "OPTIONS")
WRAPPED = "Send the key alone, without quotes and without `Bearer` inside it."


async def services_of(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


ServicesDep = Annotated[Services, Depends(services_of)]


async def caller_of(request: Request, services: ServicesDep) -> Caller:
    """The caller of the key or the session; counts the request against the key's rate limit."""
    now = services.clock.now()
    key, session = _key_of(request), session_of(request)
    if key:
        try:
            caller = await services.db.read(authenticate, key, now)
        except Unauthorized as error:
            if set(key) & set(" '\""):
                error.hint = WRAPPED
            raise
    elif session:
        caller = await services.db.read(caller_of_session, session, now)
        _must_come_from_us(request, session)
    else:
        raise Unauthorized("API key is required", code="api_key_required", hint=_hint(request))
    request.state.key_id, request.state.team_id, request.state.test = caller.key_id, caller.team_id, caller.test
    take_share(request, caller)
    await count_request(request, caller)
    services.last_used.note(caller.key_id, now)
    return caller


async def caller_if_any(request: Request, services: ServicesDep) -> Caller | None:
    """The caller, on a public route; None without a key or a session that counts."""
    now, key, session = services.clock.now(), _key_of(request), session_of(request)
    with suppress(Unauthorized, Forbidden):
        if key:
            return await services.db.read(authenticate, key, now)
        if session:
            return await services.db.read(caller_of_session, session, now)
    return None


async def count_request(request: Request, caller: Caller) -> None:
    """Count a request against the rate limits; raises RateLimited."""
    limit: RateLimit = request.app.state.rate_limit
    request.state.allowance = await limit.count(caller)


def session_cookie(request: Request) -> str:
    """The name of the session cookie: browsers enforce the stricter name on https only."""
    if not base_url(request).startswith("https://"):
        return SESSION_COOKIE
    return HOST_COOKIE if session_path() == "/" else SECURE_COOKIE


def session_path() -> str:
    """The path of the session cookie: another server below another path of the same host has a session of its own."""
    return at("") or "/"


def session_of(request: Request) -> str:
    """The session token of the request; empty without one."""
    return request.cookies.get(session_cookie(request), "")


def _key_of(request: Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    bearer = token if scheme.lower() == "bearer" else ""
    named = (request.headers.get(name, "").strip() for name in ("X-API-Key", "api-key"))  # the latter as at Azure
    return next(filter(None, named), bearer.strip())


def _hint(request: Request) -> str | None:
    """What to do about an Authorization header that has no key in it."""
    if request.headers.get("Authorization"):
        return "The Authorization header has no Bearer token: send `Authorization: Bearer` and the key."
    return None


def by_session(request: Request) -> bool:
    """Whether an authenticated request used a session instead of a key."""
    return not _key_of(request)


def _must_come_from_us(request: Request, session: str) -> None:
    if request.method not in SAFE and not is_csrf_token(request.headers.get("X-CSRF-Token", ""), session):
        raise Forbidden(
            "The request does not come from a page of the Studio.",
            code="csrf_token_invalid",
            hint="Reload the page. Programs must send an API key.",
        )


CurrentCaller = Annotated[Caller, Depends(caller_of)]
CallerIfAny = Annotated[Caller | None, Depends(caller_if_any)]

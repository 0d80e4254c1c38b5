"""Signing in and out. A session is always new: one that a browser brings along is ended, never taken over."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from easel.accounts.keys import authenticate
from easel.accounts.sessions import end_session, is_csrf_token, new_session, use_link
from easel.api.caller import SESSION_COOKIE, At
from easel.api.present import base_url
from easel.errors import EaselError, Forbidden
from easel.kit.clock import HOUR, SECOND
from easel.studio.frame import HOME, Page, is_ours, must_come_from_here, show
from easel.workflow.stations import Stations

router = APIRouter(prefix="/studio", include_in_schema=False, route_class=Page)

Next = Annotated[str, Query(max_length=40_000)]


@dataclass(frozen=True, slots=True)
class SignIn:
    """The context of signin.html: `code` is that of a one-time link."""

    next: str
    code: str | None
    problem: str | None


@router.get("/signin")
async def ask(next: Next = HOME) -> Response:
    return show("signin.html", SignIn(next if is_ours(next) else HOME, None, None))


@router.get("/enter")
async def ask_to_enter(code: Annotated[str, Query(max_length=100)]) -> Response:
    """A link only asks: whatever looks at addresses ahead of people must not use it up."""
    return show("signin.html", SignIn(HOME, code, None))


@router.post("/signin")
async def sign_in(
    request: Request,
    stations: At,
    key: Annotated[str, Form(max_length=200)] = "",
    code: Annotated[str, Form(max_length=100)] = "",
    next: Annotated[str, Form(max_length=40_000)] = HOME,
) -> Response:
    """With a key, or with the code of a link."""
    must_come_from_here(request)
    where = next if is_ours(next) else HOME
    try:
        token = await _enter(request, stations, key.strip(), code)
    except EaselError as error:
        return show("signin.html", SignIn(where, None, error.message), status=error.status)
    response = RedirectResponse(where, status_code=303)
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=_hours(request) * HOUR // SECOND,
        path="/",
        httponly=True,
        samesite="lax",
        secure=base_url(request).startswith("https://"),
    )
    return response


@router.post("/signout")
async def sign_out(request: Request, stations: At, csrf: Annotated[str, Form(max_length=100)] = "") -> Response:
    token = request.cookies.get(SESSION_COOKIE, "")
    if not is_csrf_token(csrf, token):
        raise Forbidden("The form was not sent from the Studio.")
    async with stations.db.write() as tx:
        await end_session(tx, token)
    response = RedirectResponse("/studio/signin", status_code=303)
    response.delete_cookie(SESSION_COOKIE, path="/")
    return response


async def _enter(request: Request, stations: Stations, key: str, code: str) -> str:
    """The token of a new session; the one before it ends. Raises Unauthorized or Forbidden."""
    now = stations.clock.now()
    async with stations.db.write() as tx:
        if code:
            token = await use_link(tx, code, hours=_hours(request), now=now)
        else:
            caller = await authenticate(tx.connection, key)
            token = await new_session(tx, key_id=caller.key_id, hours=_hours(request), now=now)
        await end_session(tx, request.cookies.get(SESSION_COOKIE, ""))
    return token


def _hours(request: Request) -> int:
    hours: int = request.app.state.settings.session_hours
    return hours

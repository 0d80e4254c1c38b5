"""Signing in and out. A session is always new: a token that the browser sends is ended, never reused."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from easel.accounts.keys import LIVE_PREFIX, authenticate
from easel.accounts.sessions import caller_of_link, end_session, is_csrf_token, new_session, use_link
from easel.api.body import read_form
from easel.api.caller import ServicesDep, count_request, session_cookie, session_of, session_path
from easel.api.present import base_url
from easel.db.engine import Transaction
from easel.errors import EaselError, Forbidden, Unauthorized
from easel.kit.clock import HOUR, SECOND
from easel.kit.origin import at
from easel.services import Services
from easel.studio.frame import HOME, Page, is_ours, must_come_from_here, show

router = APIRouter(prefix="/studio", include_in_schema=False, route_class=Page)

Next = Annotated[str, Query(max_length=40_000)]


@router.get("/signin")
async def ask(next: Next = HOME) -> Response:
    return show("signin.html", frame=None, next=next if is_ours(next) else HOME, code=None, problem=None, help=None)


@router.get("/enter")
async def ask_to_enter(code: Annotated[str, Query(max_length=100)]) -> Response:
    """A link only shows a button: link previews must not use it up."""
    return show("signin.html", frame=None, next=HOME, code=code, problem=None, help=None)


@router.post("/signin")
async def sign_in(request: Request, services: ServicesDep) -> Response:
    """With a key, or with the code of a link."""
    must_come_from_here(request)
    form = await read_form(request)
    next = form.get("next", "")
    where = next if is_ours(next) else HOME
    key, code = form.get("key", "").strip()[:200], form.get("code", "")[:100]
    try:
        token = await _enter(request, services, key, code)
    except EaselError as error:
        known = error.hint or _help(error, key, code)
        return show("signin.html", error.status, frame=None, next=where, code=None, problem=error.message, help=known)
    response = RedirectResponse(at(where), status_code=303)
    response.set_cookie(
        session_cookie(request),
        token,
        max_age=_hours(request) * HOUR // SECOND,
        path=session_path(),
        httponly=True,
        samesite="lax",
        secure=base_url(request).startswith("https://"),
    )
    return response


@router.post("/signout")
async def sign_out(request: Request, services: ServicesDep) -> Response:
    must_come_from_here(request)
    token, form = session_of(request), await read_form(request)
    if not is_csrf_token(form.get("csrf", "")[:100], token):
        raise Forbidden("The form was not sent from the Studio.")
    await services.db.write(end_session, token)
    response = RedirectResponse(at("/studio/signin"), status_code=303)
    secure = base_url(request).startswith("https://")
    response.delete_cookie(session_cookie(request), path=session_path(), secure=secure, httponly=True, samesite="lax")
    return response


async def _enter(request: Request, services: Services, key: str, code: str) -> str:
    """The token of a new session; the previous one ends. Raises Unauthorized, Forbidden or RateLimited.

    Untrusted keys and codes are checked on a read connection first: only valid ones use the write lock.
    """
    now = services.clock.now()
    caller = await (services.db.read(caller_of_link, code, now) if code else services.db.read(authenticate, key, now))
    await count_request(request, caller)
    hours, previous = _hours(request), session_of(request)

    def enter(tx: Transaction) -> str:
        if code:
            token = use_link(tx, code, hours=hours, now=now)
        else:
            token = new_session(tx, key_id=caller.key_id, hours=hours, now=now)
        end_session(tx, previous)
        return token

    return await services.db.write(enter)


def _help(error: EaselError, key: str, code: str) -> str | None:
    """What to do about a key or a link that does not sign in, in the words of whoever has it."""
    if isinstance(error, Forbidden):
        return "Ask your administrator to enable it, or sign in with another key."
    if not isinstance(error, Unauthorized):
        return None
    if code:
        return (
            "A link signs in once, within 15 minutes. Ask for another one, or run easel studio on the server. "
            "You can also sign in with an API key below."
        )
    if set(key) & set(" \t\r\n'\""):
        return "The key has spaces or quotes in it. Paste it alone."
    if not key.startswith(LIVE_PREFIX):
        return f"Keys of this server begin with “{LIVE_PREFIX}”. Yours may be the key of another service."
    return "Copy the whole key. If it was revoked, ask your administrator for another one."


def _hours(request: Request) -> int:
    hours: int = request.app.state.settings.session_hours
    return hours

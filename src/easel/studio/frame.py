"""Common to all pages of the Studio: the signed-in user, navigation, and error pages."""

import re
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute

from easel.accounts.sessions import csrf_token
from easel.api.account import get_me
from easel.api.caller import CurrentCaller, ServicesDep, session_of
from easel.api.schemas import Job, Me
from easel.errors import EaselError, Forbidden, InvalidRequest, Unauthorized
from easel.web.page import answer_page, environment

TEMPLATES = environment(Path(__file__).parent / "templates")
HOME = "/studio/create"


@dataclass(frozen=True, slots=True)
class Frame:
    """The signed-in user, and the CSRF token that their pages send with every change."""

    me: Me
    csrf: str
    path: str

    @property
    def leads(self) -> bool:
        """Whether they administer the team: never with a test key."""
        return self.me.user.role.leads and not self.me.apiKey.test


async def frame_of(request: Request, services: ServicesDep, caller: CurrentCaller) -> Frame:
    session = session_of(request)
    return Frame(me=await get_me(services, caller), csrf=csrf_token(session), path=request.url.path)


Framed = Annotated[Frame, Depends(frame_of)]


def show(template: str, status_code: int = 200, **context: Any) -> HTMLResponse:
    """A private page, which no cache keeps: not even for going back after signing out."""
    return answer_page(TEMPLATES.get_template(template).render(context), status=status_code, cache="no-store")


class Page(APIRoute):
    """A route whose errors are pages. Without a session it redirects to the sign-in page, and back afterwards."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await handler(request)
            except Unauthorized:
                where = request.url.path + (f"?{request.url.query}" if request.url.query else "")
                return RedirectResponse(f"/studio/signin?next={quote(where)}", status_code=303)
            except RequestValidationError:
                return _trouble(InvalidRequest("This link is not valid in the Studio."))
            except EaselError as error:
                return _trouble(error)

        return handle


def _trouble(error: EaselError) -> HTMLResponse:
    titles = {400: "Invalid request", 403: "Access denied", 404: "Page not found"}
    title = titles.get(error.status, "Something went wrong")
    return show("trouble.html", error.status, title=title, sentence=error.message, hint=error.hint)


def params_of(job: Job) -> dict[str, Any]:
    """The parameters of a job's request, in its own order, without its images and its mask."""
    own = next((part for part in job.input.values() if isinstance(part, dict)), {})
    return {name: value for name, value in own.items() if name not in ("input_images", "mask")}


def is_ours(path: str) -> bool:
    """Whether this is a page of the Studio: the only valid target after signing in."""
    return re.fullmatch(r"/studio(/[\w/-]*)?(\?[^\\\x00-\x20]*)?", path) is not None


def must_come_from_here(request: Request) -> None:
    """CSRF protection for forms without a session, by the browser's headers; raises Forbidden."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    host = request.headers.get("Host", "")
    if site not in (None, "same-origin", "none") or (origin and origin.partition("://")[2] != host):
        raise Forbidden("The form was not sent from this server.", hint="Open the page here and try again.")

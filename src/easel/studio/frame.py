"""Common to all pages of the Studio: the signed-in user, navigation, and error pages."""

import re
import shlex
from collections.abc import Callable, Coroutine, Mapping, Sequence
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
from easel.api.present import base_url
from easel.api.schemas import Job, Me
from easel.catalog.card import Card
from easel.errors import EaselError, Forbidden, InvalidRequest, Unauthorized
from easel.kit.origin import at, origin_of
from easel.kit.terminal import as_text
from easel.server.settings import ServerSettings
from easel.studio.sketched import Sketched, sketched_for
from easel.web.page import answer_page, environment

TEMPLATES = Path(__file__).parent / "templates"
HOME = "/studio/create"
PAGES = (
    ("/studio/create", "Create"),
    ("/studio/gallery", "Gallery"),
    ("/studio/account", "Account"),
    ("/studio/team", "Team"),
    ("/studio/webhooks", "Webhooks"),
    ("/docs", "Docs"),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """The signed-in user, the CSRF token that their pages send with every change, and what sketch draws for them."""

    me: Me
    csrf: str
    path: str
    data: Path
    sketched: Sketched | None

    @property
    def leads(self) -> bool:
        """Whether they administer the team: never with a test key."""
        return self.me.user.role.leads and not self.me.apiKey.test

    @property
    def grant(self) -> str:
        """The command that gives the team credits, on this server."""
        folder = () if self.data == ServerSettings.model_fields["data"].default else ("--data", str(self.data))
        return shlex.join(("easel", "credits", "grant", "500", "--team", self.me.team.name, *folder))

    @property
    def pages(self) -> Sequence[tuple[str, str]]:
        """The pages of the navigation, by path. A test key sees neither credits nor members."""
        hidden = ("/studio/account", "/studio/team") if self.me.apiKey.test else ()
        return [(path, name) for path, name in PAGES if path not in hidden]


async def frame_of(request: Request, services: ServicesDep, caller: CurrentCaller) -> Frame:
    session = session_of(request)
    frame = Frame(
        me=await get_me(services, caller),
        csrf=csrf_token(session),
        path=request.url.path,
        data=request.app.state.settings.data,
        sketched=await sketched_for(request, services, caller),
    )
    request.state.frame = frame  # for the page of an error
    return frame


Framed = Annotated[Frame, Depends(frame_of)]


def show(template: str, status_code: int = 200, **context: Any) -> HTMLResponse:
    """A private page, which no cache keeps: not even for going back after signing out."""
    return answer_page(
        environment(TEMPLATES).get_template(template).render(context), status=status_code, cache="no-store"
    )


class Page(APIRoute):
    """A route whose errors are pages. Without a session it redirects to the sign-in page, and back afterwards."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await handler(request)
            except Unauthorized:
                where = request.url.path + (f"?{request.url.query}" if request.url.query else "")
                return RedirectResponse(at(f"/studio/signin?next={quote(where)}"), status_code=303)
            except RequestValidationError:
                return _trouble(request, InvalidRequest("This link is not valid in the Studio."))
            except EaselError as error:
                return _trouble(request, error)

        return handle


def _trouble(request: Request, error: EaselError) -> HTMLResponse:
    """The page of an error; with the navigation, once it is known who asks."""
    titles = {400: "Invalid request", 403: "Access denied", 404: "Page not found"}
    title = titles.get(error.status, "Something went wrong")
    frame: Frame | None = getattr(request.state, "frame", None)
    return show("trouble.html", error.status, frame=frame, title=title, sentence=error.message, hint=error.hint)


def params_object(job: Job) -> Mapping[str, Any]:
    """The params object of a job's request, such as `gptImage2Params`; empty if it had none."""
    return next((part for part in job.input.values() if isinstance(part, dict)), {})


def params_of(job: Job) -> dict[str, Any]:
    """The parameters of a job's request, in its own order, without its images and its mask."""
    own = params_object(job)
    return {name: value for name, value in own.items() if name not in ("input_images", "mask")}


@dataclass(frozen=True, slots=True)
class Setting:
    """The value of a parameter, and whether that is its default."""

    value: Any
    default: bool


def settings_of(job: Job, card: Card | None) -> dict[str, Setting]:
    """The parameters that a job was generated with, those left out too; only those it names if its model is gone."""
    own = {name: value for name, value in params_of(job).items() if value is not None}
    usual = {name: one.default for name, one in card.parameters.items() if one.default is not None} if card else {}
    return {name: Setting(value, usual.get(name) == value) for name, value in {**usual, **own}.items()}


def is_ours(path: str) -> bool:
    """Whether this is a page of the Studio: the only valid target after signing in."""
    return re.fullmatch(r"/studio(/[\w/-]*)?(\?[^\\\x00-\x20]*)?", path) is not None


def must_come_from_here(request: Request) -> None:
    """CSRF protection for forms without a session: where the page with the form is, as the browser says it.

    Raises Forbidden. No page can set these headers itself. Behind a proxy that keeps the host to itself,
    `Sec-Fetch-Site` is enough, which browsers send to https and loopback addresses; else the page must be at the public
    URL.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site == "same-origin":
        return
    if site not in (None, "none"):
        raise Forbidden(
            f"The form was not sent from this server: the browser says Sec-Fetch-Site: {as_text(site[:20])}.",
            hint="Open the sign-in page at this server's own address and try again.",
        )
    if origin and origin_of(origin) not in _own_origins(request, origin):
        raise Forbidden(
            f"The form was not sent from this server: the browser says Origin: {as_text(origin[:100])}.",
            hint="Open the sign-in page at this server's own address. Operators: behind a proxy, set EASEL_PUBLIC_URL "
            "to the address in the browser, or let the proxy pass on the Host header.",
        )


def _own_origins(request: Request, origin: str) -> set[str | None]:
    """The public URL's; and the host that was asked, by whatever scheme, as a proxy may have ended TLS.

    X-Forwarded-Host is that of the proxy: a page elsewhere cannot make a browser send it.
    """
    scheme = origin.partition("://")[0]
    asked = (request.headers.get(name) for name in ("Host", "X-Forwarded-Host"))
    hosts = [f"{scheme}://{host.partition(',')[0].strip()}" for host in asked if host]
    return {origin_of(address) for address in (base_url(request), *hosts)} - {None}

"""A page: a template, and headers that restrict the browser to content of this server."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi.responses import HTMLResponse
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from easel.kit.origin import at
from easel.web.assets import asset

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent / "templates"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class ImagesFrom:
    """ASGI middleware: pages may show images from another origin, where their addresses redirect to."""

    def __init__(self, app: ASGIApp, origin: str) -> None:
        self._app, self._origin = app, origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_allowing(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                policy = headers.get("Content-Security-Policy", "")
                if "img-src 'self'" in policy:
                    allowed = policy.replace("img-src 'self'", f"img-src 'self' {self._origin}")
                    headers["Content-Security-Policy"] = allowed
            await send(message)

        await self._app(scope, receive, send_allowing)


@functools.cache
def environment(folder: Path) -> Environment:
    """The templates of one folder, above the shared ones. Autoescaped; an undefined name is an error.

    Jinja is imported for the first page: a server that shows none does without it.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    from easel.web.filters import FILTERS

    made = Environment(
        loader=FileSystemLoader([folder, HERE]),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"asset": asset, "at": at}
    made.filters.update(FILTERS)
    return made


def answer_page(text: str, *, status: int = 200, cache: str = "no-cache") -> HTMLResponse:
    return HTMLResponse(text, status_code=status, headers=HEADERS | {"Cache-Control": f"private, {cache}"})

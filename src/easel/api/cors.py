"""Which pages of other servers may read responses (CORS): any may read images, those of a setting use the API.

Never with cookies: a page elsewhere needs a key of its own. https://developer.mozilla.org/docs/Web/HTTP/CORS
"""

from collections.abc import Sequence

from pydantic import field_validator
from starlette.datastructures import MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from easel.kit.origin import PUBLIC_URL, origin_of
from easel.kit.settings import SettingsModel, Words

ANY = "*"
IMAGES = ("/files/", "/previews/")
API = ("/v2/", "/v1/", "/openapi.json", "/healthz", "/readyz")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
# Headers of responses that scripts may read, besides those that they always may.
OF_IMAGES = ("Accept-Ranges", "Content-Disposition", "Content-Range", "ETag", "X-Request-Id")
OF_THE_API = (
    "Content-Disposition",
    "Idempotent-Replayed",
    "Location",
    "Retry-After",
    "X-Credits-Charged",
    "X-Job-Id",
    "X-Model",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
    "X-Request-Id",
    "x-ratelimit-limit-requests",
    "x-ratelimit-remaining-requests",
    "x-ratelimit-reset-requests",
    "x-should-retry",
)


class CorsSettings(SettingsModel):
    cors_origins: Words = ()
    """Origins of the pages elsewhere that may call the API from a browser, such as https://app.example.com; * for all.
    They need an API key; cookies are never accepted from them."""

    @field_validator("cors_origins")
    @classmethod
    def _are_origins(cls, origins: Sequence[str]) -> Sequence[str]:
        return [one if one == ANY else _origin(one) for one in origins]


class Cors:
    """ASGI middleware: answers preflight requests, and tells browsers who may read a response."""

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self._app = app
        self._images = CORSMiddleware(
            app,
            allow_origins=[ANY],
            allow_methods=METHODS[:2],
            allow_headers=[ANY],
            allow_private_network=True,  # a public page may call a server inside, if its origin may
            expose_headers=OF_IMAGES,
        )
        self._api = CORSMiddleware(
            app,
            allow_origins=origins,
            allow_methods=METHODS,
            allow_headers=[ANY],
            allow_private_network=True,
            expose_headers=OF_THE_API,
        )
        self._open = bool(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        if path.startswith(IMAGES):
            await self._images(scope, receive, _for_any_page(send))
        elif self._open and path.startswith(API):
            await self._api(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _for_any_page(send: Send) -> Send:
    """Images say it in every response: a browser may use one that it got for <img> for a script as well."""

    async def send_open(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Access-Control-Allow-Origin"] = ANY
            headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        await send(message)

    return send_open


def _origin(text: str) -> str:
    match, origin = PUBLIC_URL.fullmatch(text.rstrip("/")), origin_of(text)
    if match is None or match["path"] or origin is None:
        raise ValueError(
            f"{text!r} is not the origin of a page. Write scheme and host, and the port if it is not the usual one: "
            "https://app.example.com, or * for all"
        )
    return origin

"""Runs around every request: the request id in response and log, and a response even to internal errors."""

import re
import time
from contextlib import ExitStack
from typing import Any

import structlog
from pydantic import Field
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from easel.api.errors import answer
from easel.api.hosts import Hosts
from easel.api.openai import errors as openai
from easel.errors import EaselError, InvalidRequest
from easel.kit.clock import Clock
from easel.kit.ids import is_id, new_id
from easel.kit.settings import SettingsModel
from easel.kit.trace import HEADER
from easel.telemetry import Telemetry

FAULT = "Internal error. A generate request can be repeated safely with the same Idempotency-Key."
CONTROL = "The address contains a control character, such as %00 or %0A."
NO_ROUTE = "none"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ABOUT_A_JOB = ("/jobs/{id}", "/jobs/{id}/cancel", "/hooks/{provider}/{id}")
UNTRACED = ("/healthz", "/readyz", "/metrics")
# Default headers of responses: no caching, no content sniffing. A route may override them.
UNLESS_SAID = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
TOO_MANY = 429
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_SANE = re.compile(r"[A-Za-z0-9._-]{1,64}")

log = structlog.get_logger()


class RefusalSettings(SettingsModel):
    refusal_seconds: float = Field(default=0.25, ge=0, le=10)
    """Seconds before a request without a key, or above a rate limit, is told that it is refused: a client that repeats
    it at once then costs little."""


class Envelope:
    """ASGI middleware: request id, rate-limit headers, 500s in the usual shape; one log line, metric and span per
    request."""

    def __init__(
        self, app: ASGIApp, telemetry: Telemetry, hosts: Hosts, clock: Clock, settings: RefusalSettings
    ) -> None:
        self._app, self._telemetry, self._hosts, self._clock = app, telemetry, hosts, clock
        self._pause = settings.refusal_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id, method = _request_id(scope), _method(scope)
        scope.setdefault("state", {}).update(
            came=self._clock.now(),
            until_answered=ExitStack(),
            allowance=None,
            key_id=None,
            team_id=None,
            test=False,
            job_id=None,
        )
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            if scope["path"] in UNTRACED:
                await self._answer(scope, receive, send, request_id)
                return
            parent = _header(scope, HEADER.encode())
            with self._telemetry.tracing.span(method, kind="server", parent=parent, request_id=request_id) as span:
                about = await self._answer(scope, receive, send, request_id)
                span.call(f"{method} {about['route']}")
                span.note(**about)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, request_id: str) -> dict[str, Any]:
        """Handle the request and return the facts for the log."""
        started, status = time.perf_counter(), 0

        async def send_enveloped(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                if status == TOO_MANY or (400 <= status < 500 and scope["state"]["key_id"] is None):
                    await self._clock.sleep(self._pause)
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                for name, value in UNLESS_SAID.items():
                    headers.setdefault(name, value)
                if allowance := scope["state"]["allowance"]:
                    headers.update(allowance.headers)
                    if openai.is_theirs(scope):
                        headers.update(openai.limits(allowance))
            await send(message)

        try:
            refused = InvalidRequest(CONTROL) if _holds_controls(scope) else self._hosts.refusal(scope)
            app = answer(refused, scope) if refused else self._app
            await app(scope, receive, send_enveloped)
        except Exception:
            log.exception("request failed")
            if status:
                raise
            fault = EaselError(FAULT, hint=f"Find it in the log by the request ID {request_id}.")
            await answer(fault, scope)(scope, receive, send_enveloped)
        finally:
            scope["state"]["until_answered"].close()
            seconds = time.perf_counter() - started
            method, route = _method(scope), _route(scope)
            self._telemetry.request_answered(route=route, method=method, status=status, seconds=seconds)
            about: dict[str, Any] = {"method": method, "route": route, "status": status, **_known(scope)}
            log.info("request", ms=round(seconds * 1000, 1), **about)
        return about


def _request_id(scope: Scope) -> str:
    """The client's own id if it is valid."""
    client_id = _header(scope, b"x-request-id")
    return client_id if client_id and _SANE.fullmatch(client_id) else new_id()


def _header(scope: Scope, wanted: bytes) -> str | None:
    return next((str(value, "latin-1") for name, value in scope["headers"] if name == wanted), None)


def _holds_controls(scope: Scope) -> bool:
    """Routes end with `$`, which leaves out a line feed: `/metrics%0A` would pass a proxy that withholds /metrics."""
    return bool(_CONTROLS.search(scope["path"])) or b"%00" in scope["query_string"]


def _method(scope: Scope) -> str:
    """A known method, or one word for all others: clients can invent any number."""
    return scope["method"] if scope["method"] in METHODS else "OTHER"


def _route(scope: Scope) -> str:
    """The route template, `/v2/jobs/{id}`: it contains no token, and there are few."""
    return getattr(scope.get("route"), "path", None) or NO_ROUTE


def _known(scope: Scope) -> dict[str, str]:
    """The key and the job of the request, if known."""
    job_id = scope["state"]["job_id"]
    if _route(scope).endswith(ABOUT_A_JOB):
        given = str(scope["path_params"]["id"]).lower()
        job_id = given if is_id(given) else None
    return {name: value for name, value in (("key_id", scope["state"]["key_id"]), ("job_id", job_id)) if value}

"""Around every request: an id that follows it through answer and log, and an answer even to our own faults."""

import re
import time
from contextlib import ExitStack
from typing import Any

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from easel.api.errors import answer
from easel.api.hosts import Hosts
from easel.errors import EaselError, InvalidRequest
from easel.kit.ids import is_id, new_id
from easel.kit.trace import HEADER
from easel.telemetry import Telemetry

FAULT = "Something broke on our side. A generate can be repeated safely under the same Idempotency-Key."
NUL = "The address holds a NUL character (%00), which no text may."
NO_ROUTE = "none"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ABOUT_A_JOB = ("/jobs/{id}", "/jobs/{id}/cancel", "/hooks/{provider}/{id}")
UNTRACED = ("/healthz", "/readyz", "/metrics")
# What an answer says of itself unless its route says otherwise: keep it nowhere, and take it for what it is.
UNLESS_SAID = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_SANE = re.compile(r"[A-Za-z0-9._-]{1,64}")

log = structlog.get_logger()


class Envelope:
    """ASGI middleware: request id, rate-limit headers, 500 in the usual shape; a log line, a time, a span a request."""

    def __init__(self, app: ASGIApp, telemetry: Telemetry, hosts: Hosts) -> None:
        self._app, self._telemetry, self._hosts = app, telemetry, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id, method = _request_id(scope), _method(scope)
        scope.setdefault("state", {}).update(
            until_answered=ExitStack(), allowance=None, key_id=None, team_id=None, test=False, job_id=None
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
        """Have it answered; gives what may be told of it."""
        started, status = time.perf_counter(), 0

        async def send_enveloped(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                for name, value in UNLESS_SAID.items():
                    headers.setdefault(name, value)
                if allowance := scope["state"]["allowance"]:
                    headers.update(allowance.headers)
            await send(message)

        try:
            refused = InvalidRequest(NUL) if _holds_nul(scope) else self._hosts.refusal(scope)
            app = answer(refused) if refused else self._app
            await app(scope, receive, send_enveloped)
        except Exception:
            log.exception("a request broke")
            if status:
                raise
            fault = EaselError(FAULT, hint=f"The log knows it as {request_id}.")
            await answer(fault)(scope, receive, send_enveloped)
        finally:
            scope["state"]["until_answered"].close()
            seconds = time.perf_counter() - started
            method, route = _method(scope), _route(scope)
            self._telemetry.request_answered(route=route, method=method, status=status, seconds=seconds)
            about: dict[str, Any] = {"method": method, "route": route, "status": status, **_known(scope)}
            log.info("request", ms=round(seconds * 1000, 1), **about)
        return about


def _request_id(scope: Scope) -> str:
    """The client's own id if it is a sane one."""
    given = _header(scope, b"x-request-id")
    return given if given and _SANE.fullmatch(given) else new_id()


def _header(scope: Scope, wanted: bytes) -> str | None:
    return next((str(value, "latin-1") for name, value in scope["headers"] if name == wanted), None)


def _holds_nul(scope: Scope) -> bool:
    return "\0" in scope["path"] or b"%00" in scope["query_string"]


def _method(scope: Scope) -> str:
    """One of a few: a stranger may make up more."""
    return scope["method"] if scope["method"] in METHODS else "OTHER"


def _route(scope: Scope) -> str:
    """The path as the code spells it, `/v2/jobs/{id}`: it has no token in it, and there are not many."""
    return getattr(scope.get("route"), "path", None) or NO_ROUTE


def _known(scope: Scope) -> dict[str, str]:
    """Whose key it was and which job it was about, as far as that is known."""
    job_id = scope["state"]["job_id"]
    if _route(scope).endswith(ABOUT_A_JOB):
        given = str(scope["path_params"]["id"]).lower()
        job_id = given if is_id(given) else None
    return {name: value for name, value in (("key_id", scope["state"]["key_id"]), ("job_id", job_id)) if value}

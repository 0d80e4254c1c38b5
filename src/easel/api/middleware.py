"""Around every request: an id that follows it through answer and log, and an answer even to our own faults."""

import re
import time

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from easel.api.errors import answer
from easel.errors import EaselError
from easel.kit.ids import new_id

FAULT = "Something broke on our side. A generate can be repeated safely under the same Idempotency-Key."
_SANE = re.compile(r"[A-Za-z0-9._-]{1,64}")

log = structlog.get_logger()


class Envelope:
    """ASGI middleware: request id, rate-limit headers, one log line a request, 500 in the usual shape."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope.setdefault("state", {})["allowance"] = None
        started, status = time.perf_counter(), 0

        async def send_enveloped(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                if allowance := scope["state"]["allowance"]:
                    headers.update(allowance.headers)
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_enveloped)
            except Exception:
                log.exception("a request broke")
                if status:
                    raise
                fault = EaselError(FAULT, hint=f"The log knows it as {request_id}.")
                await answer(fault)(scope, receive, send_enveloped)
            finally:
                took = round((time.perf_counter() - started) * 1000, 1)
                log.info("request", method=scope["method"], path=_shown_path(scope), status=status, ms=took)


def _request_id(scope: Scope) -> str:
    """The client's own id if it is a sane one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _SANE.fullmatch(text := value.decode("latin-1")):
            return str(text)
    return new_id()


def _shown_path(scope: Scope) -> str:
    """The path as it may be logged: a file's token is as good as the file."""
    path: str = scope["path"]
    return re.sub(r"^/(files|previews)/[^/]+", r"/\1/…", path)

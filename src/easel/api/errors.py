"""Turns every error into a response of one shape: ours, or under /v1 OpenAI's."""

from collections.abc import Sequence
from urllib.parse import quote

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match
from starlette.types import Scope

from easel.api.openai import errors as openai
from easel.db.engine import TRANSIENT_ERRORS
from easel.errors import EaselError, InvalidRequest, MethodNotAllowed, NotFound, Unavailable
from easel.kit.problems import Problems
from easel.pipeline.request import invalid

log = structlog.get_logger()


def answer(error: EaselError, scope: Scope, *, headers: dict[str, str] | None = None) -> JSONResponse:
    """The response an error makes, in the dialect of the path that was asked for."""
    if openai.is_theirs(scope):
        return openai.answer(error, headers=headers)
    body = {
        "error": error.message,
        "code": error.code,
        "retryable": error.retryable,
        "hint": error.hint,
        "param": error.param,
        "details": error.details,
    }
    content = {name: value for name, value in body.items() if value is not None} | dict(error.extra)
    return JSONResponse(content, status_code=error.status, headers=error.headers | (headers or {}))


def install(app: FastAPI) -> None:
    app.add_exception_handler(EaselError, _easel_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(ClientDisconnect, _disconnected)
    for passing in TRANSIENT_ERRORS:
        app.add_exception_handler(passing, _database_error)


async def _easel_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, EaselError)  # noqa: S101 - starlette's handlers are typed for any Exception
    return answer(error, request.scope)


async def _disconnected(request: Request, error: Exception) -> JSONResponse:
    """The client disconnected before its body was complete. Nobody reads this response; the log has its status."""
    log.debug("client disconnected while sending", error=str(error))
    return answer(InvalidRequest("The request body is incomplete."), request.scope)


async def _validation_error(request: Request, error: Exception) -> JSONResponse:
    """A query, header or path value that FastAPI rejected."""
    assert isinstance(error, RequestValidationError)  # noqa: S101
    problems = Problems()
    problems.add_errors(error.errors(), skip=1)
    return answer(invalid(problems), request.scope)


async def _http_error(request: Request, error: Exception) -> Response:
    """An error of the router or a parser: unknown path, wrong method, malformed multipart body."""
    assert isinstance(error, HTTPException)  # noqa: S101
    headers = dict(error.headers or {})
    if error.status_code == NotFound.status:
        if elsewhere := _without_slash(request):
            return RedirectResponse(elsewhere, status_code=307)
        return answer(NotFound("There is nothing at this path."), request.scope, headers=headers)
    if error.status_code == MethodNotAllowed.status:
        headers["Allow"] = allowed = ", ".join(_methods(request))
        return answer(MethodNotAllowed(f"This path takes {allowed}."), request.scope, headers=headers)
    sentence = str(error.detail).rstrip(".") + "."
    return answer(InvalidRequest(sentence, details={"body": [sentence]}), request.scope, headers=headers)


def _without_slash(request: Request) -> str | None:
    """A redirect to the path without its trailing slash, if that exists; always on this server."""
    path = request.scope["path"].rstrip("/")
    if path == request.scope["path"] or not path.startswith("/") or path.startswith("//"):
        return None
    scope = {**request.scope, "path": path}
    if not any(route.matches(scope)[0] is Match.FULL for route in request.app.state.routes):
        return None
    return quote(path) + (f"?{request.url.query}" if request.url.query else "")


def _methods(request: Request) -> list[str]:
    """The methods of a path, over all routes that share it; the router reports the first route only."""
    routes: Sequence[APIRoute] = request.app.state.routes
    matching = (route for route in routes if route.matches(request.scope)[0] is not Match.NONE)
    return sorted({method for route in matching for method in route.methods or ()})


async def _database_error(request: Request, error: Exception) -> JSONResponse:
    log.error("the database failed", error=str(error))
    return answer(Unavailable("The database is unavailable.", hint="Retry later.", retry_after=2), request.scope)

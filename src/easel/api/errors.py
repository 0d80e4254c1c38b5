"""Turns every error into a response of one shape: ours, or under /v1 OpenAI's."""

import re
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
from easel.kit.origin import at
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
    # Of a parameter that may be there several times, the place among them says nothing.
    problems.add_errors(({**one, "loc": one["loc"][:2]} for one in error.errors()), skip=1)
    return answer(invalid(problems), request.scope)


async def _http_error(request: Request, error: Exception) -> Response:
    """An error of the router or a parser: unknown path, wrong method, malformed multipart body."""
    assert isinstance(error, HTTPException)  # noqa: S101
    headers = dict(error.headers or {})
    if error.status_code == NotFound.status:
        if elsewhere := _tidied(request):
            return RedirectResponse(elsewhere, status_code=307)
        return answer(NotFound("There is nothing at this path.", hint=_meant(request)), request.scope, headers=headers)
    if error.status_code == MethodNotAllowed.status:
        headers["Allow"] = allowed = ", ".join(_methods(request))
        if request.method == "OPTIONS":  # a browser asks before it lets a page elsewhere call; see cors.py
            return Response(status_code=204, headers=headers)
        return answer(MethodNotAllowed(f"This path takes {allowed}."), request.scope, headers=headers)
    sentence = str(error.detail).rstrip(".") + "."
    return answer(InvalidRequest(sentence, details={"body": [sentence]}), request.scope, headers=headers)


def _tidied(request: Request) -> str | None:
    """A redirect to the path without doubled or trailing slashes, if that exists; always on this server."""
    path = _one_slash_each(request)
    if path == request.scope["path"] or not _exists(request, path, Match.FULL):
        return None
    return at(quote(path)) + (f"?{request.url.query}" if request.url.query else "")


def _meant(request: Request) -> str | None:
    """A hint at the path of a client whose base URL has its `/v1` or `/v2` twice, behind something else, or not."""
    path = _one_slash_each(request)
    tries = (path[path.rfind(version) :] for version in ("/v1/", "/v2/") if version in path)
    for meant in (*tries, f"/v1{path}", f"/v2{path}"):
        if meant != path and _exists(request, meant, Match.PARTIAL):
            return f"Did you mean {at(meant)[:200]}? Check the base URL of your client."
    return None


def _one_slash_each(request: Request) -> str:
    return re.sub("//+", "/", request.scope["path"]).rstrip("/")


def _exists(request: Request, path: str, least: Match) -> bool:
    """Whether a route has this path; with Match.FULL, for the method of the request."""
    scope = {**request.scope, "path": path}
    return any(route.matches(scope)[0].value >= least.value for route in request.app.state.routes)


def _methods(request: Request) -> list[str]:
    """The methods of a path, over all routes that share it; the router reports the first route only."""
    routes: Sequence[APIRoute] = request.app.state.routes
    matching = (route for route in routes if route.matches(request.scope)[0] is not Match.NONE)
    methods = {method for route in matching for method in route.methods or ()}
    return sorted(methods | ({"HEAD"} if "GET" in methods else set()))


async def _database_error(request: Request, error: Exception) -> JSONResponse:
    log.error("the database failed", error=str(error))
    return answer(Unavailable("The database is unavailable.", hint="Retry later.", retry_after=2), request.scope)

"""The HTTP API: https://replicate.com/docs/reference/http. A request is noted first, then asked for its token."""

import asyncio
import contextlib
import hmac
import itertools
import json
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from tests.support.doubles.replicate import refusals, validate
from tests.support.doubles.replicate.listing import page
from tests.support.doubles.replicate.models import Model, shown
from tests.support.doubles.replicate.outcomes import (
    Aborts,
    Answer,
    Delivers,
    Fails,
    Hang,
    Ok,
    Outcome,
    Slow,
    WebhookScript,
)
from tests.support.doubles.replicate.prediction import Prediction
from tests.support.doubles.replicate.refusals import UnsupportedRequest
from tests.support.doubles.replicate.runner import JobQueue
from tests.support.doubles.replicate.seen import Seen
from tests.support.doubles.replicate.uploads import Uploads
from tests.support.loopback import NoAnswer

Handler = Callable[[Request], Awaitable[Response]]
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass
class Rules:
    """What one account may and how it is known."""

    token: str
    webhook_secret: str
    username: str
    models: dict[str, Model]
    output_ttl: float | None = None
    min_cancel_after: float = 5.0
    page_size: int = 100
    https_only: bool = False
    webhook_script: WebhookScript = field(default_factory=WebhookScript)


@dataclass(frozen=True, slots=True)
class _Wishes:
    """The headers of a create request."""

    wait: int | None
    lifetime: float | None


class Api:
    """The routes and their handlers; what they do is done by the engine."""

    def __init__(self, *, rules: Rules, engine: JobQueue, uploads: Uploads) -> None:
        self.url = ""
        self.requests: list[Seen] = []
        self.creates: deque[Outcome] = deque()
        self.reads: deque[Answer] = deque()
        self._rules = rules
        self._engine = engine
        self._uploads = uploads
        self._numbers = itertools.count(1)

    def app(self) -> Starlette:
        model, prediction, file = "/v1/models/{owner}/{name}", "/v1/predictions/{id}", "/v1/files/{id}"
        routes = (
            self._route(f"{model}/predictions", self._create_for_model, "POST"),
            self._route("/v1/predictions", self._create_for_version, "POST"),
            self._route("/v1/predictions", self._list),
            self._route(prediction, self._get),
            self._route(f"{prediction}/cancel", self._cancel, "POST"),
            self._route("/v1/webhooks/default/secret", self._secret),
            self._route("/v1/files", self._uploads.create, "POST"),
            self._route("/v1/files", self._uploads.every),
            self._route(file, self._uploads.get),
            self._route(file, self._uploads.delete, "DELETE"),
            self._route(model, self._model),
            self._route("/v1/account", self._account),
            self._route("/{path:path}", self._nothing, *METHODS),
        )
        return Starlette(routes=routes)

    def _route(self, path: str, handler: Handler, *methods: str) -> Route:
        async def endpoint(request: Request) -> Response:
            self.requests.append(await Seen.of(request))
            return self._stranger(request) or await handler(request)

        return Route(path, endpoint, methods=methods or ("GET",))

    def _stranger(self, request: Request) -> Response | None:
        header = request.headers.get("authorization", "")
        scheme, _, token = header.partition(" ")
        if scheme.lower() not in ("bearer", "token") or not token:
            return refusals.unauthenticated(passed=bool(header))
        if not hmac.compare_digest(token.encode(), self._rules.token.encode()):
            return refusals.unauthenticated()
        return None

    async def _create_for_model(self, request: Request) -> Response:
        model = self._rules.models.get("{owner}/{name}".format(**request.path_params))
        if model is None:
            return refusals.not_found()
        body = await _body(request)
        if wrong := self._wrong(body, versioned=False):
            return refusals.invalid(wrong)
        return await self._create(request, model, body)

    async def _create_for_version(self, request: Request) -> Response:
        body = await _body(request)
        if wrong := self._wrong(body, versioned=True):
            return refusals.invalid(wrong)
        model = self._version(body["version"])
        return await self._create(request, model, body) if model else refusals.invalid_version()

    def _wrong(self, body: Any, *, versioned: bool) -> list[UnsupportedRequest]:
        if not isinstance(body, dict):
            return [validate.wrong_type("", "object", body)]
        return validate.check_body(body, versioned=versioned, https_only=self._rules.https_only)

    def _version(self, wanted: str) -> Model | None:
        for model in self._rules.models.values():
            if wanted in (model.slug, model.version, f"{model.slug}:{model.version}"):
                return model
        return None

    async def _create(self, request: Request, model: Model, body: dict[str, Any]) -> Response:
        if wrong := validate.check_input(model, body["input"]):
            return refusals.invalid(wrong)
        try:
            wishes = self._wishes(request)
        except ValueError as error:
            return refusals.bad_request(f"{error} is not a valid Prefer or Cancel-After header.")
        outcome = self.creates.popleft() if self.creates else Ok()
        answer = refusals.refusal(outcome)
        if answer and not getattr(outcome, "after_work", False):
            return answer
        if isinstance(outcome, Hang) and not outcome.after_work:
            await asyncio.sleep(outcome.seconds)
            if await request.is_disconnected():
                return NoAnswer()
        prediction = self._prediction(model, body, outcome, wishes)
        first_look = prediction.shown()
        await self._engine.launch(prediction)
        if isinstance(outcome, Hang) and outcome.after_work:
            await asyncio.sleep(outcome.seconds)
        return answer or await self._created(prediction, wishes, first_look)

    def _wishes(self, request: Request) -> _Wishes:
        lifetime = request.headers.get("cancel-after")
        return _Wishes(
            wait=validate.wait_seconds(request.headers.get("prefer")),
            lifetime=validate.cancel_seconds(lifetime, minimum=self._rules.min_cancel_after),
        )

    def _prediction(self, model: Model, body: dict[str, Any], outcome: Outcome, wishes: _Wishes) -> Prediction:
        return Prediction(
            number=next(self._numbers),
            model=model,
            input=validate.known(model, body["input"]),
            base=self.url,
            course=outcome if isinstance(outcome, Ok | Slow | Fails | Aborts | Delivers) else Ok(),
            webhook=body.get("webhook"),
            events=frozenset(body.get("webhook_events_filter") or ("output", "completed")),
            webhook_script=self._rules.webhook_script,
            lifetime=wishes.lifetime,
        )

    async def _created(self, prediction: Prediction, wishes: _Wishes, first_look: dict[str, Any]) -> Response:
        """201, or 202 when there was a wish to wait and it was not enough."""
        if wishes.wait is None:
            return JSONResponse(first_look, 201)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(prediction.ended.wait(), wishes.wait)
        return JSONResponse(prediction.shown(self._rules.output_ttl), 201 if prediction.terminal else 202)

    async def _get(self, request: Request) -> Response:
        outcome = self.reads.popleft() if self.reads else None
        if isinstance(outcome, Hang):
            await asyncio.sleep(outcome.seconds)
        return (refusals.refusal(outcome) if outcome else None) or self._shown(request)

    async def _cancel(self, request: Request) -> Response:
        """What has ended stays as it is, and that is a 200 here; Replicate does not document its answer to it."""
        prediction = self._engine.predictions.get(request.path_params["id"])
        if prediction:
            self._engine.cancel(prediction)
        return self._shown(request)

    def _shown(self, request: Request) -> Response:
        prediction = self._engine.predictions.get(request.path_params["id"])
        return JSONResponse(prediction.shown(self._rules.output_ttl)) if prediction else refusals.not_found()

    async def _list(self, request: Request) -> Response:
        try:
            found = page(
                self._engine.predictions.values(),
                request.query_params,
                address=f"{self.url}/v1/predictions",
                size=self._rules.page_size,
                ttl=self._rules.output_ttl,
            )
        except ValueError:
            return refusals.bad_request("The cursor or a date of the query is not valid.")
        return JSONResponse(found)

    async def _secret(self, request: Request) -> Response:
        return JSONResponse({"key": self._rules.webhook_secret})

    async def _model(self, request: Request) -> Response:
        model = self._rules.models.get("{owner}/{name}".format(**request.path_params))
        return JSONResponse(shown(model, self.url)) if model else refusals.not_found()

    async def _account(self, request: Request) -> Response:
        name = self._rules.username
        return JSONResponse(
            {"type": "organization", "username": name, "name": name, "github_url": None, "avatar_url": None}
        )

    async def _nothing(self, request: Request) -> Response:
        return refusals.not_found()


async def _body(request: Request) -> Any:
    try:
        return json.loads(await request.body())
    except ValueError:
        return None

"""The HTTP API: https://replicate.com/docs/reference/http."""

import asyncio
import contextlib
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from tests.support.doubles import base
from tests.support.doubles.base import Account, Api, HangUp, Script
from tests.support.doubles.base.refusal import Closed
from tests.support.doubles.replicate import refusals, validate
from tests.support.doubles.replicate.listing import page
from tests.support.doubles.replicate.models import Model, shown
from tests.support.doubles.replicate.outcomes import (
    Aborts,
    Answer,
    Delivers,
    Fails,
    Failure,
    Hang,
    Ok,
    Outcome,
    Slow,
)
from tests.support.doubles.replicate.prediction import Prediction
from tests.support.doubles.replicate.refusals import InvalidField, Refusal
from tests.support.doubles.replicate.rules import Rules
from tests.support.doubles.replicate.runner import PredictionRunner
from tests.support.doubles.replicate.uploads import Uploads
from tests.support.loopback import NoAnswer

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True)
class _Wishes:
    """The headers of a create request."""

    wait: int | None
    lifetime: float | None


class ReplicateApi(Api):
    """The routes and their handlers. `reads` is the script of the next reads of one prediction."""

    schemes = ("bearer", "token")

    def __init__(self, account: Account[Outcome], *, rules: Rules, runner: PredictionRunner, uploads: Uploads) -> None:
        super().__init__(account)
        self.reads: Script[Answer] = Script()
        self._rules = rules
        self._runner = runner
        self._uploads = uploads
        self._numbers = itertools.count(1)

    def routes(self) -> Sequence[Route]:
        model, prediction, file = "/v1/models/{owner}/{name}", "/v1/predictions/{id}", "/v1/files/{id}"
        return (
            self.route(f"{model}/predictions", self._create_for_model, "POST"),
            self.route("/v1/predictions", self._create_for_version, "POST"),
            self.route("/v1/predictions", self._list),
            self.route(prediction, self._get),
            self.route(f"{prediction}/cancel", self._cancel, "POST"),
            self.route("/v1/webhooks/default/secret", self._secret),
            self.route("/v1/files", self._uploads.create, "POST"),
            self.route("/v1/files", self._uploads.every),
            self.route(file, self._uploads.get),
            self.route(file, self._uploads.delete, "DELETE"),
            self.route(model, self._model),
            self.route("/v1/account", self._show_account),
            self.route("/{path:path}", self._nothing, *METHODS),
        )

    def no_key(self, request: Request) -> Refusal:
        return refusals.unauthenticated(passed=bool(request.headers.get("authorization")))

    def wrong_key(self, key: str) -> Refusal:
        return refusals.unauthenticated()

    async def _create_for_model(self, request: Request) -> Response:
        model = self._rules.models.get("{owner}/{name}".format(**request.path_params))
        if model is None:
            raise refusals.not_found()
        body = request.state.received.body
        if wrong := self._wrong(body, versioned=False):
            raise refusals.invalid(wrong)
        return await self._create(request, model, body)

    async def _create_for_version(self, request: Request) -> Response:
        body = request.state.received.body
        if wrong := self._wrong(body, versioned=True):
            raise refusals.invalid(wrong)
        model = self._version(body["version"])
        if model is None:
            raise refusals.invalid_version()
        return await self._create(request, model, body)

    def _wrong(self, body: Any, *, versioned: bool) -> list[InvalidField]:
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
            raise refusals.invalid(wrong)
        try:
            wishes = self._wishes(request)
        except ValueError as error:
            raise refusals.bad_request(f"{error} is not a valid Prefer or Cancel-After header.") from error
        outcome: Outcome = self._account.outcomes.take(Ok())
        refusal = _refusal(outcome)
        if refusal and not getattr(outcome, "after_work", False):
            raise refusal
        if isinstance(outcome, Hang) and not outcome.after_work:
            await asyncio.sleep(outcome.seconds)
            if await request.is_disconnected():
                return NoAnswer()
        prediction = self._prediction(model, body, outcome, wishes)
        first_look = prediction.shown()
        await self._runner.launch(prediction)
        if isinstance(outcome, Hang) and outcome.after_work:
            await asyncio.sleep(outcome.seconds)
        if refusal:
            raise refusal
        return await self._created(prediction, wishes, first_look)

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
            base=self._account.url,
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
        outcome = self.reads.take(Ok())
        if isinstance(outcome, Hang):
            await asyncio.sleep(outcome.seconds)
        if refusal := _refusal(outcome):
            raise refusal
        return self._shown(request)

    async def _cancel(self, request: Request) -> Response:
        """What has ended stays as it is, and that is a 200 here; Replicate does not document its answer to it."""
        prediction = self._runner.predictions.get(request.path_params["id"])
        if prediction:
            self._runner.cancel(prediction)
        return self._shown(request)

    def _shown(self, request: Request) -> Response:
        prediction = self._runner.predictions.get(request.path_params["id"])
        if prediction is None:
            raise refusals.not_found()
        return JSONResponse(prediction.shown(self._rules.output_ttl))

    async def _list(self, request: Request) -> Response:
        try:
            found = page(
                self._runner.predictions.values(),
                request.query_params,
                address=f"{self._account.url}/v1/predictions",
                size=self._rules.page_size,
                ttl=self._rules.output_ttl,
            )
        except ValueError as error:
            raise refusals.bad_request("The cursor or a date of the query is not valid.") from error
        return JSONResponse(found)

    async def _secret(self, request: Request) -> Response:
        return JSONResponse({"key": self._rules.webhook_secret})

    async def _model(self, request: Request) -> Response:
        model = self._rules.models.get("{owner}/{name}".format(**request.path_params))
        if model is None:
            raise refusals.not_found()
        return JSONResponse(shown(model, self._account.url))

    async def _show_account(self, request: Request) -> Response:
        name = self._rules.username
        return JSONResponse(
            {"type": "organization", "username": name, "name": name, "github_url": None, "avatar_url": None}
        )

    async def _nothing(self, request: Request) -> Response:
        raise refusals.not_found()


def _refusal(outcome: Outcome) -> base.Refusal | None:
    """The answer that a script asks for, unless it is about something else."""
    if isinstance(outcome, HangUp):
        return Closed()
    return outcome.refusal() if isinstance(outcome, Failure) else None

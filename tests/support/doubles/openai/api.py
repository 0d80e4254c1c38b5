"""The HTTP API: https://platform.openai.com/docs/api-reference/images."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from tests.support.doubles.base import Account, Api, HangUp, ReceivedRequest
from tests.support.doubles.openai.answers import EVENTS, JSON, completed_event, error_event, partial_event
from tests.support.doubles.openai.bodies import Body, read_body
from tests.support.doubles.openai.inputs import check_images, form_images, json_images
from tests.support.doubles.openai.models import MODELS
from tests.support.doubles.openai.outcomes import (
    BreaksOff,
    Delivers,
    Drips,
    Failure,
    Hang,
    Outcome,
    Slow,
    Stepwise,
    costs,
)
from tests.support.doubles.openai.outputs import Outputs
from tests.support.doubles.openai.refusals import Refusal, no_key, unlisted_model, wrong_key, wrong_method, wrong_url
from tests.support.doubles.openai.sending import Answer, Silence
from tests.support.doubles.openai.validate import (
    EDIT_FORM,
    EDIT_JSON,
    GENERATION,
    ParsedRequest,
    check_known,
    parse_lenient,
    parse_strict,
)
from tests.support.loopback import NoAnswer

CREATED = 1_776_729_600


class OpenAIApi(Api):
    """The routes and their handlers. A `compatible` server needs no key and takes any model and size."""

    def __init__(self, account: Account[Outcome], *, outputs: Outputs, compatible: bool) -> None:
        super().__init__(account)
        self._outputs = outputs
        self._compatible = compatible

    def routes(self) -> Sequence[Route]:
        return (
            self.route("/v1/images/generations", self._generate, "POST"),
            self.route("/v1/images/edits", self._edit, "POST"),
            self.route("/v1/models", self._models),
            self.route("/v1/models/{model}", self._model),
            Route("/files/{name}", self._file),
        )

    def app(self) -> Starlette:
        return Starlette(routes=self.routes(), exception_handlers={404: _elsewhere, 405: _elsewhere})

    async def read(self, request: Request) -> ReceivedRequest:
        body = request.state.body = await read_body(request)
        return ReceivedRequest.of(request, body.fields, body.files)

    def check_key(self, request: Request) -> None:
        if not self._compatible:
            super().check_key(request)

    def no_key(self, request: Request) -> Refusal:
        return no_key()

    def wrong_key(self, key: str) -> Refusal:
        return wrong_key(key)

    def headers(self, received: ReceivedRequest, seconds: float) -> Mapping[str, str]:
        return {
            "x-request-id": received.request_id,
            "openai-processing-ms": str(round(seconds * 1000)),
            "openai-organization": "org-easeldouble",
            "openai-version": "2020-10-01",
            "x-ratelimit-limit-requests": "250",
            "x-ratelimit-remaining-requests": "249",
            "x-ratelimit-reset-requests": "240ms",
        }

    async def _models(self, request: Request) -> Response:
        return JSONResponse({"object": "list", "data": [_card(model) for model in MODELS]})

    async def _model(self, request: Request) -> Response:
        model = request.path_params["model"]
        if model not in MODELS and not self._compatible:
            raise unlisted_model(model)
        return JSONResponse(_card(model))

    async def _file(self, request: Request) -> Response:
        found = self._outputs.files.get(request.path_params["name"])
        if found is None:
            return wrong_url(request.method, request.url.path).response()
        return Response(found.data, media_type=found.media_type)

    async def _generate(self, request: Request) -> Response:
        values = _usable(request).fields
        if self._compatible:
            return await self._perform(request, parse_lenient(values, "image_generation"))
        check_known(values, GENERATION)
        return await self._perform(request, parse_strict(values, "image_generation"))

    async def _edit(self, request: Request) -> Response:
        body = _usable(request)
        images, mask = form_images(body) if body.form else json_images(body.fields)
        if self._compatible:
            return await self._perform(request, parse_lenient(body.fields, "image_edit", inputs=len(images)))
        check_known([*body.fields, *(file.name for file in body.files)], EDIT_FORM if body.form else EDIT_JSON)
        parsed = parse_strict(body.fields, "image_edit", inputs=len(images), free_sizes=body.form)
        await check_images(images, mask)
        return await self._perform(request, parsed)

    async def _perform(self, request: Request, parsed: ParsedRequest) -> Response:
        outcome: Outcome = self._account.outcomes.take(Delivers())
        if costs(outcome):
            self._account.paid += 1
            if parsed.stream and not isinstance(outcome, Hang | HangUp):
                return await self._stream(request, parsed, outcome)
            await self._pause(outcome)
        if isinstance(outcome, Hang):
            return Silence()
        if isinstance(outcome, HangUp):
            return NoAnswer()
        if isinstance(outcome, Failure):
            raise self._refusal(request, parsed, outcome)
        what = outcome if isinstance(outcome, Delivers) else Delivers()
        return _sent(await self._outputs.answer(parsed, what, base_url=self.base_of_links(request)), JSON, outcome)

    def base_of_links(self, request: Request) -> str:
        """What stands before `files/…` in the addresses of images."""
        return str(request.base_url)

    async def _pause(self, outcome: Outcome, *, pauses: int = 1) -> None:
        """One of so many pauses that a generation takes together."""
        if isinstance(outcome, Stepwise):
            await outcome.step()
        else:
            seconds = outcome.seconds if isinstance(outcome, Slow) else self._account.delay
            await asyncio.sleep(seconds / pauses)

    async def _stream(self, request: Request, parsed: ParsedRequest, outcome: Outcome) -> Response:
        events = self._events(request, parsed, outcome)
        if isinstance(outcome, BreaksOff | Drips):
            return _sent([event async for event in events], EVENTS, outcome)
        return StreamingResponse(events, media_type=EVENTS)

    async def _events(self, request: Request, parsed: ParsedRequest, outcome: Outcome) -> AsyncIterator[bytes]:
        pauses = parsed.partial_images + 1
        for index in range(parsed.partial_images):
            await self._pause(outcome, pauses=pauses)
            yield partial_event(parsed, await self._outputs.draft(parsed, index), index)
        await self._pause(outcome, pauses=pauses)
        if isinstance(outcome, Failure):
            yield error_event(self._refusal(request, parsed, outcome).body)
            return
        what = outcome if isinstance(outcome, Delivers) else Delivers()
        for image in await self._outputs.images(parsed, what):
            yield completed_event(parsed, image)

    def _refusal(self, request: Request, parsed: ParsedRequest, failure: Failure) -> Refusal:
        key, request_id = self.key_of(request), request.state.received.request_id
        return failure.refusal(model=parsed.model, key=key, request_id=request_id)


def _usable(request: Request) -> Body:
    body: Body = request.state.body
    if body.fault:
        raise body.fault
    return body


def _sent(parts: list[bytes], media_type: str, outcome: Outcome) -> Response:
    if isinstance(outcome, BreaksOff):
        return Answer(parts, media_type, half=True)
    if isinstance(outcome, Drips):
        chunk = -(-sum(map(len, parts)) // outcome.pieces)
        return Answer([b"".join(parts)], media_type, chunk=chunk, pause=outcome.pause)
    return Answer(parts, media_type)


def _card(model: str) -> dict[str, Any]:
    return {"id": model, "object": "model", "created": CREATED, "owned_by": "system"}


async def _elsewhere(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    refuse = wrong_method if status == 405 else wrong_url
    return refuse(request.method, request.url.path).response()

"""The server: who may ask, what is next in the script, and what painting costs."""

import asyncio
import contextlib
import time
import uuid
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any, Self

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from tests.support.doubles.openai.answers import EVENTS, JSON, completed_event, error_event, partial_event
from tests.support.doubles.openai.bodies import Body, Upload, read_body
from tests.support.doubles.openai.inputs import check_images, form_images, json_images
from tests.support.doubles.openai.models import MODELS
from tests.support.doubles.openai.outcomes import (
    BreaksOff,
    Delivers,
    Drips,
    Failure,
    Hang,
    HangUp,
    Outcome,
    Slow,
    costs,
)
from tests.support.doubles.openai.outputs import Delivery
from tests.support.doubles.openai.refusals import Refusal, no_key, unlisted_model, wrong_key, wrong_method, wrong_url
from tests.support.doubles.openai.sending import Answer, Silence
from tests.support.doubles.openai.validate import (
    EDIT_FORM,
    EDIT_JSON,
    GENERATION,
    ParsedRequest,
    check_known,
    lenient_order,
    strict_order,
)
from tests.support.loopback import NoAnswer, serving

KEY = "sk-easel-double-for-loopback-only"
CREATED = 1_776_729_600
Handle = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it came. `fields` are its JSON, or the text fields of its form; header names are lower-case."""

    method: str
    path: str
    headers: dict[str, str]
    fields: dict[str, Any]
    files: tuple[Upload, ...]
    request_id: str


class OpenAIDouble:
    """Stands in for api.openai.com's image endpoints, on loopback.

        with OpenAIDouble().serving() as double:
            client = OpenAI(base_url=double.url, api_key=double.key)

    `paid` counts the generations that OpenAI would bill: requests that began to paint, however they ended. `seen` are
    the requests, `delay` is how many seconds a generation takes, `image_bytes` about how heavy each image is.
    `compatible` is one of the lenient servers that speak the same language: any model, any size, no key, no usage, and
    links instead of base64 unless asked.
    """

    def __init__(
        self, *, key: str = KEY, delay: float = 0.0, compatible: bool = False, image_bytes: int | None = None
    ) -> None:
        self.key = key
        self.delay = delay
        self.paid = 0
        self.seen: list[Seen] = []
        self.url = ""
        self._compatible = compatible
        self._delivery = Delivery(weight=image_bytes, bare=compatible)
        self._script: deque[Outcome] = deque()

    def script(self, *outcomes: Outcome) -> None:
        """What becomes of the next requests, one each, in order. A request that is not legal takes none of them."""
        self._script.extend(outcomes)

    @contextlib.contextmanager
    def serving(self, *, port: int = 0) -> Iterator[Self]:
        """Listen on loopback for as long as the block lasts."""
        routes = [
            Route("/v1/images/generations", self._answering(self._generate), methods=["POST"]),
            Route("/v1/images/edits", self._answering(self._edit), methods=["POST"]),
            Route("/v1/models", self._answering(self._models), methods=["GET"]),
            Route("/v1/models/{model}", self._answering(self._model), methods=["GET"]),
            Route("/files/{name}", self._file, methods=["GET"]),
        ]
        app = Starlette(routes=routes, exception_handlers={404: _elsewhere, 405: _elsewhere})
        with serving(app, port=port) as address:
            self.url = f"{address}/v1"
            yield self

    def _answering(self, handle: Handle) -> Handle:
        """The handler with its surroundings: the request is recorded, refusals are answers, headers are added."""

        async def answering(request: Request) -> Response:
            started = time.monotonic()
            body, request_id = await read_body(request), f"req_{uuid.uuid4().hex}"
            request.state.body, request.state.id = body, request_id
            headers = dict(request.headers)
            self.seen.append(Seen(request.method, request.url.path, headers, body.fields, body.files, request_id))
            try:
                self._admit(request)
                response = await handle(request)
            except Refusal as refusal:
                response = refusal.response()
            response.headers.update(_headers(request_id, time.monotonic() - started))
            return response

        return answering

    def _admit(self, request: Request) -> None:
        if self._compatible:
            return
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not key:
            raise no_key()
        if key != self.key:
            raise wrong_key(key)

    async def _models(self, request: Request) -> Response:
        return JSONResponse({"object": "list", "data": [_card(model) for model in MODELS]})

    async def _model(self, request: Request) -> Response:
        model = request.path_params["model"]
        if model not in MODELS and not self._compatible:
            raise unlisted_model(model)
        return JSONResponse(_card(model))

    async def _file(self, request: Request) -> Response:
        found = self._delivery.files.get(request.path_params["name"])
        if found is None:
            return wrong_url(request.method, request.url.path).response()
        return Response(found.data, media_type=found.media_type)

    async def _generate(self, request: Request) -> Response:
        values = _usable(request).fields
        if self._compatible:
            return await self._perform(request, lenient_order(values, "image_generation"))
        check_known(values, GENERATION)
        return await self._perform(request, strict_order(values, "image_generation"))

    async def _edit(self, request: Request) -> Response:
        body = _usable(request)
        images, mask = form_images(body) if body.form else json_images(body.fields)
        if self._compatible:
            return await self._perform(request, lenient_order(body.fields, "image_edit", inputs=len(images)))
        check_known([*body.fields, *(file.name for file in body.files)], EDIT_FORM if body.form else EDIT_JSON)
        parsed = strict_order(body.fields, "image_edit", inputs=len(images), free_sizes=body.form)
        await check_images(images, mask)
        return await self._perform(request, parsed)

    async def _perform(self, request: Request, parsed: ParsedRequest) -> Response:
        outcome = self._script.popleft() if self._script else Delivers()
        if costs(outcome):
            self.paid += 1
            if parsed.stream and not isinstance(outcome, Hang | HangUp):
                return await self._stream(request, parsed, outcome)
            await asyncio.sleep(self._seconds(outcome))
        if isinstance(outcome, Hang):
            return Silence()
        if isinstance(outcome, HangUp):
            return NoAnswer()
        if isinstance(outcome, Failure):
            raise _refusal(request, parsed, outcome)
        what = outcome if isinstance(outcome, Delivers) else Delivers()
        return _sent(await self._delivery.answer(parsed, what, base_url=str(request.base_url)), JSON, outcome)

    def _seconds(self, outcome: Outcome) -> float:
        return outcome.seconds if isinstance(outcome, Slow) else self.delay

    async def _stream(self, request: Request, parsed: ParsedRequest, outcome: Outcome) -> Response:
        events = self._events(request, parsed, outcome)
        if isinstance(outcome, BreaksOff | Drips):
            return _sent([event async for event in events], EVENTS, outcome)
        return StreamingResponse(events, media_type=EVENTS)

    async def _events(self, request: Request, parsed: ParsedRequest, outcome: Outcome) -> AsyncIterator[bytes]:
        pause = self._seconds(outcome) / (parsed.partial_images + 1)
        for index in range(parsed.partial_images):
            await asyncio.sleep(pause)
            yield partial_event(parsed, await self._delivery.draft(parsed, index), index)
        await asyncio.sleep(pause)
        if isinstance(outcome, Failure):
            yield error_event(_refusal(request, parsed, outcome).body)
            return
        what = outcome if isinstance(outcome, Delivers) else Delivers()
        for image in await self._delivery.images(parsed, what):
            yield completed_event(parsed, image)


def _usable(request: Request) -> Body:
    body: Body = request.state.body
    if body.fault:
        raise body.fault
    return body


def _refusal(request: Request, parsed: ParsedRequest, failure: Failure) -> Refusal:
    key = request.headers.get("authorization", "").partition(" ")[2]
    return failure.refusal(model=parsed.model, key=key, request_id=request.state.id)


def _sent(parts: list[bytes], media_type: str, outcome: Outcome) -> Response:
    if isinstance(outcome, BreaksOff):
        return Answer(parts, media_type, half=True)
    if isinstance(outcome, Drips):
        chunk = -(-sum(map(len, parts)) // outcome.pieces)
        return Answer([b"".join(parts)], media_type, chunk=chunk, pause=outcome.pause)
    return Answer(parts, media_type)


def _headers(request_id: str, seconds: float) -> dict[str, str]:
    return {
        "x-request-id": request_id,
        "openai-processing-ms": str(round(seconds * 1000)),
        "openai-organization": "org-easeldouble",
        "openai-version": "2020-10-01",
        "x-ratelimit-limit-requests": "250",
        "x-ratelimit-remaining-requests": "249",
        "x-ratelimit-reset-requests": "240ms",
    }


def _card(model: str) -> dict[str, Any]:
    return {"id": model, "object": "model", "created": CREATED, "owned_by": "system"}


async def _elsewhere(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    refuse = wrong_method if status == 405 else wrong_url
    return refuse(request.method, request.url.path).response()

"""The double: one fal with one account, its queue, the files of its results, and the keys that sign its webhooks."""

import asyncio
import base64
import contextlib
import hashlib
import json
import secrets
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from tests.support.doubles import base
from tests.support.doubles.base import Api, Double, HangUp, ReceivedRequest
from tests.support.doubles.base.images import Sketch, in_image_thread, make_image
from tests.support.doubles.base.refusal import Closed
from tests.support.doubles.fal.outcomes import Delivers, Fails, Ok, Outcome, Refusal, Slow, located
from tests.support.loopback import serving

from easel.domain import Size

KEY = "fal_easel_double:for_loopback_only_00000000"
USER = "easel-double"
# What each model takes, as fal lists it, and how it spells a size.
COMMON = {"prompt", "image_size", "quality", "num_images", "output_format", "sync_mode"}
MODELS: Mapping[str, tuple[set[str], bool]] = {
    "openai/gpt-image-2": (COMMON, False),
    "openai/gpt-image-2/edit": (COMMON | {"image_urls", "mask_url"}, False),
    "fal-ai/gpt-image-1.5": (COMMON | {"background"}, True),
    "fal-ai/gpt-image-1.5/edit": (COMMON | {"background", "image_urls", "input_fidelity", "mask_image_url"}, True),
}
WORDS = {
    "quality": {"low", "medium", "high"},
    "output_format": {"jpeg", "png", "webp"},
    "background": {"auto", "transparent", "opaque"},
    "input_fidelity": {"low", "high"},
}
SPELLED = {"1024x1024", "1536x1024", "1024x1536"}


@dataclass
class QueuedRequest:
    """One request: `status` is IN_QUEUE, IN_PROGRESS or COMPLETED; then `error` or `images` say how it ended."""

    model: str
    input: Mapping[str, Any]
    course: Outcome
    webhook: str | None = None
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    status: str = "IN_QUEUE"
    error: Refusal | None = None
    images: Sequence[Mapping[str, Any]] = ()

    @property
    def payload(self) -> dict[str, Any]:
        return {"detail": self.error.detail} if self.error else {"images": list(self.images)}


def wrong_input(model: str, given: Any) -> Refusal | None:
    """What a model says of an input that its schema does not allow."""
    fields, spelled = MODELS[model]
    if not isinstance(given, dict) or not isinstance(given.get("prompt"), str):
        return Refusal(422, located("missing", "Field required", "prompt"))
    if "image_urls" in fields and not given.get("image_urls"):
        return Refusal(422, located("missing", "Field required", "image_urls"))
    for name, value in given.items():
        if name not in fields:
            return Refusal(422, located("extra_forbidden", "Extra inputs are not permitted", name))
        if name in WORDS and value not in WORDS[name]:
            return Refusal(422, located("literal_error", f"Input should be one of {sorted(WORDS[name])}", name))
    if not 1 <= given.get("num_images", 1) <= 4:
        return Refusal(422, located("less_than_equal", "Input should be less than or equal to 4", "num_images"))
    size = given.get("image_size", "1024x1024")
    if (size not in SPELLED) if spelled else not (isinstance(size, dict) and {*size} == {"width", "height"}):
        return Refusal(422, located("literal_error", "Input should be a valid size", "image_size"))
    return None


class FalApi(Api):
    """The routes of the queue and of the other API, on one port."""

    schemes = ("key",)

    def __init__(self, account: "FalDouble") -> None:
        super().__init__(account)
        self._fal = account
        self._tasks: set[asyncio.Task[None]] = set()

    def routes(self) -> Sequence[BaseRoute]:
        known = "/{owner}/{app}/requests/{id}"
        return (
            Route("/.well-known/jwks.json", self._keys),
            self.route("/storage/auth/token", self._token, "POST"),
            self.route(f"{known}/status", self._status),
            self.route(f"{known}/cancel", self._cancel, "PUT"),
            self.route(known, self._result),
            self.route("/{model:path}", self._submit, "POST"),
        )

    def no_key(self, request: Request) -> Refusal:
        return Refusal(401, "Authentication is required to access this application")

    def wrong_key(self, key: str) -> Refusal:
        return Refusal(401, f"No user found for Key ID and Secret: {key}")

    def headers(self, received: ReceivedRequest, seconds: float) -> Mapping[str, str]:
        return {"x-fal-request-id": received.request_id}

    async def _submit(self, request: Request) -> Response:
        model = request.path_params["model"]
        if model not in MODELS:
            raise Refusal(404, f"Application '{model.partition('/')[2]}' not found")
        outcome: Outcome = self._fal.outcomes.take(Ok())
        refusal: base.Refusal | None = Closed() if isinstance(outcome, HangUp) else None
        if not isinstance(outcome, HangUp | Ok | Slow | Fails | Delivers):
            refusal = outcome.refusal()
        if refusal and not getattr(outcome, "after_work", False):
            raise refusal
        queued = QueuedRequest(model, request.state.received.body, outcome, request.query_params.get("fal_webhook"))
        self._fal.queue[queued.id] = queued
        task = asyncio.get_running_loop().create_task(self._run(queued))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        if refusal:
            raise refusal
        return JSONResponse(self._shown(queued))

    def _shown(self, queued: QueuedRequest) -> dict[str, Any]:
        owner, app = queued.model.split("/")[:2]
        url = f"{self._fal.url}/{owner}/{app}/requests/{queued.id}"
        shown: dict[str, Any] = {"status": queued.status, "request_id": queued.id, "response_url": url}
        shown |= {"status_url": f"{url}/status", "cancel_url": f"{url}/cancel", "logs": None}
        if queued.status == "IN_QUEUE":
            shown["queue_position"] = 0
        if queued.status == "COMPLETED":
            shown["metrics"] = {"inference_time": 0.1}
        if queued.error and queued.error.error_type:
            shown |= {"error": str(queued.error.detail), "error_type": queued.error.error_type}
        return shown

    async def _run(self, queued: QueuedRequest) -> None:
        course = queued.course
        queued.status = "IN_PROGRESS"
        await asyncio.sleep(course.seconds if isinstance(course, Slow) else self._fal.delay)
        queued.error = course.error if isinstance(course, Fails) else wrong_input(queued.model, queued.input)
        if queued.error is None or queued.error.status < 500:
            self._fal.paid += 1
        if queued.error is None:
            queued.images = await self._fal.files.deliver(queued)
        queued.status = "COMPLETED"
        if queued.webhook:
            await self._notify(queued, queued.webhook)

    async def _notify(self, queued: QueuedRequest, webhook: str) -> None:
        told = {"request_id": queued.id, "gateway_request_id": queued.id, "payload": queued.payload}
        body = json.dumps(told | {"status": "ERROR" if queued.error else "OK"}).encode()
        async with httpx.AsyncClient() as client:
            with contextlib.suppress(httpx.HTTPError):
                await client.post(webhook, content=body, headers=self._fal.signed(queued.id, body))

    def _known(self, request: Request) -> QueuedRequest:
        found = self._fal.queue.get(request.path_params["id"])
        if found is None:
            raise Refusal(404, "Request not found")
        return found

    async def _status(self, request: Request) -> Response:
        queued = self._known(request)
        return JSONResponse(self._shown(queued), 200 if queued.status == "COMPLETED" else 202)

    async def _result(self, request: Request) -> Response:
        queued = self._known(request)
        if queued.status != "COMPLETED":
            raise Refusal(400, "Request is still in progress")
        return queued.error.response() if queued.error else JSONResponse(queued.payload)

    async def _cancel(self, request: Request) -> Response:
        queued = self._known(request)
        if queued.status == "COMPLETED":
            return JSONResponse({"status": "ALREADY_COMPLETED"}, 400)
        self._fal.cancelled.append(queued.id)
        return JSONResponse({"status": "CANCELLATION_REQUESTED"}, 202)

    async def _token(self, request: Request) -> Response:
        told = {
            "token": "t",
            "token_type": "Bearer",
            "base_url": self._fal.url,
            "expires_at": "2030-01-01T00:00:00+00:00",
        }
        return JSONResponse(told)

    async def _keys(self, request: Request) -> Response:
        x = base64.urlsafe_b64encode(self._fal.signing_key.public_key().public_bytes_raw()).decode().rstrip("=")
        return JSONResponse({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": x, "kid": "1"}]})


class Files:
    """The images of results, on an origin of their own that asks for no key, as fal.media is."""

    def __init__(self) -> None:
        self.url = ""
        self._files: dict[str, tuple[Sketch, Delivers]] = {}
        self._refused: dict[str, int] = {}

    async def deliver(self, queued: QueuedRequest) -> Sequence[Mapping[str, Any]]:
        how = queued.course if isinstance(queued.course, Delivers) else Delivers()
        count = queued.input.get("num_images", 1) if how.count is None else how.count
        return [await self._image(queued, how, index) for index in range(count)]

    async def _image(self, queued: QueuedRequest, how: Delivers, index: int) -> Mapping[str, Any]:
        given, size = queued.input, queued.input.get("image_size", "1024x1024")
        width, height = size.split("x") if isinstance(size, str) else (size["width"], size["height"])
        output_format = given.get("output_format", "png")
        sketch = Sketch(Size(int(width), int(height)), output_format, given.get("background") == "transparent", index)
        name = f"/files/b/{secrets.token_hex(4)}/{secrets.token_urlsafe(16)}.{output_format}"
        self._files[name] = (sketch, how)
        url = (how.wrong_host or self.url) + name
        if how.data_urls:
            data = base64.b64encode(await in_image_thread(make_image, sketch)).decode()
            url = f"data:image/{output_format};base64,{data}"
        facts = {"content_type": f"image/{output_format}", "file_name": name.rsplit("/", 1)[1]}
        return {"url": url, "width": sketch.size.width, "height": sketch.size.height, **facts}

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/{path:path}", self._answer)])

    async def _answer(self, request: Request) -> Response:
        sketch, how = self._files.get(request.url.path, (None, Delivers(gone=True)))
        if sketch is None or how.gone:
            return PlainTextResponse("Not Found", 404)
        self._refused[request.url.path] = self._refused.get(request.url.path, 0) + 1
        if self._refused[request.url.path] <= how.refusals:
            return PlainTextResponse("Service Unavailable", 503)
        made_up = {"html": b"<html>not an image</html>", "empty": b""}
        data = made_up[how.broken] if how.broken else await in_image_thread(make_image, sketch)
        return Response(data, media_type=f"image/{sketch.output_format}")


class FalDouble(Double[Outcome]):
    """A whole fal with one account."""

    name = "fal"

    def __init__(self, *, key: str = KEY, delay: float = 0.0) -> None:
        super().__init__(key=key, delay=delay)
        self.queue: dict[str, QueuedRequest] = {}
        self.cancelled: list[str] = []
        self.files = Files()
        self.signing_key = Ed25519PrivateKey.generate()
        self._api = FalApi(self)

    @property
    def api(self) -> FalApi:
        return self._api

    @contextlib.contextmanager
    def serving(self, *, port: int = 0) -> Iterator[Self]:
        """Listen on loopback for as long as the block lasts: the API on `port`, the files beside it."""
        with serving(self.files.app()) as files_url, super().serving(port=port):
            self.files.url = files_url
            yield self

    def signed(self, request_id: str, body: bytes, *, at: float | None = None) -> dict[str, str]:
        """The headers of a webhook."""
        sent_at = str(int(time.time() if at is None else at))
        message = "\n".join([request_id, USER, sent_at, hashlib.sha256(body).hexdigest()]).encode()
        return {
            "x-fal-webhook-request-id": request_id,
            "x-fal-webhook-user-id": USER,
            "x-fal-webhook-timestamp": sent_at,
            "x-fal-webhook-signature": self.signing_key.sign(message).hex(),
            "content-type": "application/json",
        }

    @property
    def seen(self) -> list[ReceivedRequest]:
        """Every request that was to start a generation, the oldest first, whatever was answered."""
        return [one for one in self.requests if one.method == "POST" and one.path.lstrip("/") in MODELS]

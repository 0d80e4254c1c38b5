"""The Replicate double against Replicate's own client, and against the wire where that client hides it."""

import asyncio
import hashlib
import io
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from replicate.client import Client
from replicate.exceptions import ReplicateError
from replicate.webhook import Webhooks, WebhookSigningSecret, WebhookValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from tests.support.doubles.replicate import (
    SENSITIVE,
    Aborts,
    Delivers,
    Fails,
    Hang,
    HangUp,
    NoCredit,
    NotThere,
    Outcome,
    ReplicateDouble,
    ServerError,
    Slow,
    Throttled,
    Unauthenticated,
    WebhookScript,
)
from tests.support.loopback import serving
from tests.support.waiting import block_until

from easel.errors import NotAnImage
from easel.imaging.bounds import Limits
from easel.imaging.open import read_through

MODEL = "openai/gpt-image-2"
CREATE = f"/v1/models/{MODEL}/predictions"
CAT = {"input": {"prompt": "a cat"}}
REQUIRED = {"id", "model", "version", "input", "output", "data_removed", "error", "status", "created_at", "urls"}


@pytest.fixture
def double() -> Iterator[ReplicateDouble]:
    with ReplicateDouble(page_size=2, min_cancel_after=0.1).serving() as double:
        yield double


@pytest.fixture
def client(double: ReplicateDouble) -> Iterator[Client]:
    """The vendor's client; it never closes its transport itself."""
    with httpx.HTTPTransport() as transport:
        client = Client(double.key, base_url=double.url, transport=transport)
        client.poll_interval = 0.01
        yield client


@pytest.fixture
def wire(double: ReplicateDouble) -> Iterator[httpx.Client]:
    headers = {"authorization": f"Bearer {double.key}"}
    with httpx.Client(base_url=double.url, headers=headers, trust_env=False) as wire:
        yield wire


def create(client: Client, **given: Any) -> Any:
    """One prediction of the model, made with the vendor's client."""
    wishes = {name: given.pop(name) for name in ("wait", "webhook", "webhook_events_filter") if name in given}
    return client.models.predictions.create(model=MODEL, input={"prompt": "a cat", **given}, **wishes)


def ended(wire: httpx.Client, id: str) -> dict[str, Any]:
    """The prediction once it is over."""
    block_until(lambda: read(wire, id)["status"] not in ("starting", "processing"))
    return read(wire, id)


def read(wire: httpx.Client, id: str) -> dict[str, Any]:
    prediction: dict[str, Any] = wire.get(f"/v1/predictions/{id}").json()
    return prediction


def looks(answer: httpx.Response) -> tuple[int, int, str]:
    """Width, height and media type of a whole image."""
    image = read_through(answer.content, Limits(pixels=16_000_000, bytes=16_000_000))
    assert answer.headers["content-type"] == image.media_type
    return image.size.width, image.size.height, image.media_type


def test_a_prediction_from_start_to_images(client: Client, double: ReplicateDouble) -> None:
    asked = {"aspect_ratio": "3:2", "number_of_images": 2, "output_format": "png", "quality": "low"}
    prediction = create(client, **asked)
    assert double.paid == 1
    assert (prediction.status, prediction.version, prediction.model) == ("starting", "hidden", MODEL)
    assert prediction.urls["get"] == f"{double.url}/v1/predictions/{prediction.id}"
    prediction.wait()
    assert prediction.status == "succeeded"
    assert prediction.metrics["image_output_count"] == 2
    assert prediction.started_at <= prediction.completed_at

    images = [httpx.get(url) for url in prediction.output]
    assert all(url.startswith(double.files_url) and url.endswith(".png") for url in prediction.output)
    assert [looks(image) for image in images] == [(1536, 1024, "image/png")] * 2
    assert images[0].content != images[1].content
    assert double.paid == 1
    assert double.seen[0].path == CREATE
    assert double.seen[0].body == {"input": {"prompt": "a cat", **asked}}
    assert double.seen[0].headers["authorization"] == f"Bearer {double.key}"
    assert len(double.file_requests) == 2
    assert "authorization" not in double.file_requests[0].headers
    assert double.predictions[prediction.id]["status"] == "succeeded"


def test_the_client_runs_a_model_in_one_call(client: Client, double: ReplicateDouble) -> None:
    output: Any = client.run(MODEL, {"prompt": "a cat"})
    assert output[0].startswith(double.files_url)  # a file object is made of https addresses only
    assert double.seen[0].headers["prefer"] == "wait"


def test_predictions_are_also_made_by_version(client: Client, wire: httpx.Client) -> None:
    version = client.models.get(MODEL).latest_version
    assert version is not None
    for name in (version.id, MODEL, f"{MODEL}:{version.id}"):
        assert wire.post("/v1/predictions", json={"version": name, **CAT}).status_code == 201
    refused = wire.post("/v1/predictions", json={"version": "0" * 64, **CAT})
    assert (refused.status_code, refused.json()["title"]) == (422, "Invalid version or not permitted")


def test_every_object_has_what_the_specification_requires(wire: httpx.Client) -> None:
    created = wire.post(CREATE, json=CAT)
    assert created.status_code == 201
    assert set(created.json()) >= REQUIRED
    over = ended(wire, created.json()["id"])
    assert over["data_removed"] is False
    assert over["source"] == "api"
    assert set(over["metrics"]) >= {"predict_time", "total_time"}


@pytest.mark.parametrize(("seconds", "status", "state"), [(0, 201, "succeeded"), (5, 202, "processing")])
def test_prefer_waits_for_the_end_or_gives_up(
    double: ReplicateDouble, wire: httpx.Client, seconds: float, status: int, state: str
) -> None:
    double.delay = seconds
    answer = wire.post(CREATE, json=CAT, headers={"prefer": "wait=1"})
    assert (answer.status_code, answer.json()["status"]) == (status, state)


@pytest.mark.parametrize(
    "headers", [{"prefer": "wait=0"}, {"prefer": "soon"}, {"cancel-after": "0.01"}, {"cancel-after": "x"}]
)
def test_headers_that_make_no_sense_are_refused(wire: httpx.Client, headers: dict[str, str]) -> None:
    assert wire.post(CREATE, json=CAT, headers=headers).status_code == 400


def test_a_deadline_aborts_before_the_start_and_cancels_after_it(double: ReplicateDouble, wire: httpx.Client) -> None:
    double.script(Slow(5, boot=5), Slow(5))
    bodies = [wire.post(CREATE, json=CAT, headers={"cancel-after": "0.2s"}).json() for _ in range(2)]
    assert "deadline" in bodies[0]
    assert [ended(wire, body["id"])["status"] for body in bodies] == ["aborted", "canceled"]
    assert double.paid == 1


def test_cancelling(client: Client, double: ReplicateDouble) -> None:
    double.script(Slow(30, boot=30))
    prediction = create(client)
    prediction.cancel()
    assert prediction.status == "canceled"
    assert double.paid == 0
    done = create(client, wait=5)
    done.cancel()
    assert done.status == "succeeded"


def test_the_models_publish_their_enums(client: Client) -> None:
    def ratios(name: str) -> list[str]:
        version = client.models.get(name).latest_version
        assert version is not None
        found: list[str] = version.openapi_schema["components"]["schemas"]["aspect_ratio"]["enum"]
        return found

    assert len(ratios(MODEL)) == 18
    assert {"auto", "16:9", "2048x1152", "3840x2160"} <= set(ratios(MODEL))
    assert ratios("openai/gpt-image-1.5") == ["1:1", "3:2", "2:3"]
    with pytest.raises(ReplicateError, match="could not be found"):
        client.models.get("openai/gpt-image-0")


def test_the_account_and_the_token(client: Client, double: ReplicateDouble) -> None:
    assert client.accounts.current().type == "organization"
    wrong = httpx.get(f"{double.url}/v1/account", headers={"authorization": "Bearer r8_wrong"})
    detail = "You did not pass a valid authentication token"
    assert wrong.json() == {"title": "Unauthenticated", "detail": detail, "status": 401}
    assert httpx.post(f"{double.url}{CREATE}", json=CAT).status_code == 401
    assert len(double.seen) == 1
    assert double.paid == 0


@pytest.mark.parametrize(
    ("body", "kind", "field", "description"),
    [
        ({"input": {}}, "required", "input", "prompt is required"),
        ({**CAT, "model": "x"}, "additional_property_not_allowed", "", "Additional property model is not allowed"),
        (
            {"input": {"prompt": "a cat", "quality": "best"}},
            "enum",
            "input.quality",
            'quality must be one of the following: "low", "medium", "high", "auto"',
        ),
        (
            {"input": {"prompt": "a cat", "number_of_images": 11}},
            "number_lte",
            "input.number_of_images",
            "Must be less than or equal to 10",
        ),
        ({"input": {"prompt": 5}}, "invalid_type", "input.prompt", "Invalid type. Expected: string, given: integer"),
        ([], "invalid_type", "", "Invalid type. Expected: object, given: array"),
    ],
)
def test_a_wrong_request_is_refused_word_for_word(
    double: ReplicateDouble, wire: httpx.Client, body: Any, kind: str, field: str, description: str
) -> None:
    answer = wire.post(CREATE, json=body)
    assert (answer.status_code, answer.json()) == (
        422,
        {
            "detail": f"- {field}: {description}\n" if field else f"- {description}\n",
            "status": 422,
            "title": "Input validation failed",
            "invalid_fields": [{"type": kind, "field": field, "description": description}],
        },
    )
    assert double.paid == 0


def test_inputs_nobody_knows_are_dropped_and_secrets_are_hidden(client: Client) -> None:
    assert create(client, seed=1, openai_api_key="sk").input == {"prompt": "a cat", "openai_api_key": "[REDACTED]"}


@pytest.mark.parametrize(
    ("outcome", "status"),
    [(Throttled(retry_after=7), 429), (NoCredit(), 402), (Unauthenticated(), 401), (NotThere(), 404)],
)
def test_scripted_refusals_create_nothing(
    client: Client, double: ReplicateDouble, outcome: Outcome, status: int
) -> None:
    double.script(outcome)
    with pytest.raises(ReplicateError) as raised:
        create(client)
    assert raised.value.status == status
    assert (double.paid, double.predictions) == (0, {})
    assert create(client, wait=5).status == "succeeded"


def test_where_the_seconds_of_a_throttle_are_told(double: ReplicateDouble, wire: httpx.Client) -> None:
    double.script(Throttled(7), Throttled(7, "sentence"), Throttled(7, "header"))
    body, sentence, header = (wire.post(CREATE, json=CAT) for _ in range(3))
    assert body.json()["retry_after"] == 7
    assert sentence.json() == {"detail": "Request was throttled. Your rate limit resets in ~7s."}
    assert header.headers["retry-after"] == "7"


@pytest.mark.parametrize("after_work", [False, True])
def test_a_lost_answer_may_or_may_not_have_been_work(
    double: ReplicateDouble, wire: httpx.Client, after_work: bool
) -> None:
    double.script(ServerError(after_work=after_work), ServerError(after_work=after_work, html=False))
    page, text = (wire.post(CREATE, json=CAT) for _ in range(2))
    assert (page.status_code, page.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert text.text == "bad gateway"
    double.script(HangUp(after_work=after_work), Hang(0.5, after_work=after_work))
    with pytest.raises(httpx.RemoteProtocolError):
        wire.post(CREATE, json=CAT)
    with pytest.raises(httpx.ReadTimeout):
        wire.post(CREATE, json=CAT, timeout=0.2)
    time.sleep(0.5)
    assert double.paid == len(double.predictions) == (4 if after_work else 0)


def test_a_look_at_a_prediction_can_fail_too(client: Client, double: ReplicateDouble, wire: httpx.Client) -> None:
    prediction = create(client)
    double.script_reads(ServerError(), HangUp())
    assert wire.get(f"/v1/predictions/{prediction.id}").status_code == 502
    with pytest.raises(httpx.RemoteProtocolError):
        read(wire, prediction.id)
    prediction.wait()
    assert prediction.status == "succeeded"


def test_what_fails_while_it_runs(client: Client, double: ReplicateDouble, wire: httpx.Client) -> None:
    double.script(Fails(SENSITIVE), Aborts())
    failed = create(client)
    failed.wait()
    assert (failed.status, failed.error, failed.output) == ("failed", SENSITIVE, None)
    aborted = wire.post(CREATE, json=CAT).json()
    assert ended(wire, aborted["id"])["status"] == "aborted"
    assert double.paid == 1


def test_odd_deliveries(client: Client, double: ReplicateDouble) -> None:
    double.script(
        Delivers(bare=True, data_urls=True),
        Delivers(count=3, wrong_host="https://pictures.example"),
        Delivers(count=0),
        Delivers(broken="html"),
        Delivers(broken="truncated", output_format="png"),
    )
    bare, elsewhere, none, html, half = (create(client, wait=5).output for _ in range(5))
    assert bare.startswith("data:image/webp;base64,")
    assert [url.startswith("https://pictures.example/") for url in elsewhere] == [True] * 3
    assert none == []
    assert httpx.get(html[0]).text.startswith("<!DOCTYPE html>")
    with pytest.raises(NotAnImage):
        looks(httpx.get(half[0]))


@pytest.mark.parametrize(("model", "status"), [(MODEL, "failed"), ("openai/gpt-image-1.5", "succeeded")])
def test_only_one_model_generates_on_nothing(client: Client, model: str, status: str) -> None:
    asked = {"prompt": "a cat", "background": "transparent", "output_format": "png"}
    assert client.models.predictions.create(model=model, input=asked, wait=5).status == status


def test_what_was_delivered_is_gone_after_a_while(client: Client, double: ReplicateDouble, wire: httpx.Client) -> None:
    prediction = create(client, wait=5)
    assert httpx.get(prediction.output[0]).status_code == 200
    double.output_ttl = 0.0
    after = read(wire, prediction.id)
    assert (after["output"], after["data_removed"], after["status"]) == (None, True, "succeeded")
    assert httpx.get(prediction.output[0]).status_code == 404


def test_the_list_is_paged_newest_first(client: Client, wire: httpx.Client) -> None:
    made = [create(client) for _ in range(5)]
    ids, page = [], client.predictions.list()
    while True:
        ids += [prediction.id for prediction in page.results]
        if not page.next:
            break
        page = client.predictions.list(page.next)
    assert ids == [prediction.id for prediction in reversed(made)]
    assert page.previous is not None
    back = client.predictions.list(page.previous).results
    assert [prediction.id for prediction in back] == [made[2].id, made[1].id]
    later = wire.get("/v1/predictions", params={"created_after": "2999-01-01T00:00:00Z"}).json()
    assert later == {"next": None, "previous": None, "results": []}
    recent = wire.get("/v1/predictions", params={"created_after": made[0].created_at}).json()
    assert recent["results"][0]["id"] == made[4].id


def test_files_become_inputs(client: Client, double: ReplicateDouble, wire: httpx.Client) -> None:
    content = b"the bytes of a picture"
    file = client.files.create(io.BytesIO(content), filename="cat.png", metadata={"of": "a cat"})
    assert (file.name, file.content_type, file.size) == ("cat.png", "image/png", len(content))
    assert file.checksums["sha256"] == hashlib.sha256(content).hexdigest()
    assert file.metadata == {"of": "a cat"}
    assert [client.files.get(file.id), *client.files.list()] == [file, file]
    assert create(client, input_images=[file.urls["get"]], wait=5).status == "succeeded"
    assert client.files.delete(file.id)
    gone = wire.get(f"/v1/files/{file.id}")
    assert (gone.status_code, gone.json()) == (404, {"detail": "File not found"})
    assert gone.headers["content-type"] == "application/problem+json"
    assert create(client, input_images=[file.urls["get"]], wait=5).status == "failed"
    create(client, input_images=[io.BytesIO(content)])
    assert double.seen[-1].body["input"]["input_images"][0].startswith(f"{double.url}/v1/files/")


def test_a_file_may_be_too_large() -> None:
    with ReplicateDouble(max_file_bytes=10).serving() as double:
        headers = {"authorization": f"Token {double.key}"}
        answer = httpx.post(f"{double.url}/v1/files", files={"content": b"0123456789"}, headers=headers)
    assert (answer.status_code, answer.json()) == (413, {"detail": "Files must be less than 100MB in size"})


class Receiver:
    """Takes webhooks; answers each with the next of `answers`, and 200 after those."""

    def __init__(self) -> None:
        self.url = ""
        self.taken: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []

    async def take(self, request: Request) -> Response:
        self.taken.append((dict(request.headers), await request.body()))
        return Response(status_code=self.answers.pop(0) if self.answers else 200)

    @property
    def states(self) -> list[str]:
        return [json.loads(body)["status"] for _, body in self.taken]

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.taken]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    with serving(Starlette(routes=[Route("/hook", receiver.take, methods=["POST"])])) as url:
        receiver.url = f"{url}/hook?job=1"
        yield receiver


def signature_holds(client: Client, headers: dict[str, str], body: bytes) -> bool:
    secret: WebhookSigningSecret = client.webhooks.default.secret()
    try:
        Webhooks.validate(headers=headers, body=body.decode(), secret=secret, tolerance=60)
    except WebhookValidationError:
        return False
    return True


def test_webhooks_are_signed_and_only_the_last_is_sent_again(
    client: Client, double: ReplicateDouble, receiver: Receiver
) -> None:
    double.webhook_script = WebhookScript(retries=(0.01, 0.01), decoy=True)
    receiver.answers = [500, 500, 500, 200]
    create(client, webhook=receiver.url, webhook_events_filter=["start", "output", "completed"])
    block_until(lambda: len(double.webhooks) == 4)
    assert [sent.event for sent in double.webhooks] == ["start", "output"] + ["completed"] * 2
    assert [sent.status for sent in double.webhooks] == [500, 500, 500, 200]
    assert receiver.states == ["processing", "processing", "succeeded", "succeeded"]
    assert len(set(receiver.ids)) == 3
    assert all(signature_holds(client, headers, body) for headers, body in receiver.taken)


def test_webhooks_may_be_doubled_reordered_late_forged_old_or_lost(
    client: Client, double: ReplicateDouble, receiver: Receiver
) -> None:
    def sent(script: WebhookScript, count: int) -> list[bool]:
        receiver.taken.clear()
        double.webhook_script = script
        create(client, webhook=receiver.url, webhook_events_filter=["start", "completed"], wait=5)
        block_until(lambda: len(receiver.taken) == count)
        return [signature_holds(client, headers, body) for headers, body in receiver.taken]

    assert sent(WebhookScript(duplicates=1), 4) == [True] * 4
    assert len(set(receiver.ids)) == 2
    sent(WebhookScript(reordered=True), 2)
    assert receiver.states == ["succeeded", "processing"]
    assert sent(WebhookScript(forged=True), 2) == [False, False]
    assert sent(WebhookScript(age=3600), 2) == [False, False]
    began = time.monotonic()
    sent(WebhookScript(delay=0.1), 2)
    assert time.monotonic() - began >= 0.2
    assert sent(WebhookScript(drop=True), 0) == []


def test_a_cancelled_prediction_says_so(client: Client, double: ReplicateDouble, receiver: Receiver) -> None:
    double.delay = 30
    create(client, webhook=receiver.url).cancel()
    block_until(lambda: receiver.states == ["canceled"])


def test_a_webhook_can_be_sent_again_later(client: Client, double: ReplicateDouble, receiver: Receiver) -> None:
    create(client, webhook=receiver.url, webhook_events_filter=["completed"])
    block_until(lambda: len(double.webhooks) == 1)
    old = double.webhooks[0]
    httpx.post(old.url, content=old.body, headers=dict(old.headers))
    assert receiver.ids == [old.webhook_id] * 2


def test_plain_http_webhooks_can_be_refused() -> None:
    with ReplicateDouble(https_only=True).serving() as double:
        headers = {"authorization": f"Bearer {double.key}"}
        answer = httpx.post(f"{double.url}{CREATE}", json={**CAT, "webhook": "http://a.example"}, headers=headers)
    assert answer.json()["invalid_fields"][0]["field"] == "webhook"


@pytest.mark.anyio
@pytest.mark.proof
async def test_hundreds_at_once_are_not_one_after_the_other(double: ReplicateDouble) -> None:
    double.delay = 1
    began = time.monotonic()
    headers = {"authorization": f"Bearer {double.key}", "prefer": "wait"}
    async with httpx.AsyncClient(limits=httpx.Limits(max_connections=None), timeout=120, trust_env=False) as http:
        answers = await asyncio.gather(
            *(http.post(f"{double.url}{CREATE}", json=CAT, headers=headers) for _ in range(300))
        )
    assert {answer.json()["status"] for answer in answers} == {"succeeded"}
    assert double.paid == 300
    assert time.monotonic() - began < 300 / 2


def test_the_program() -> None:
    command = [sys.executable, "-m", "tests.support.doubles.replicate", "--key", "r8_mine", "--delay", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            url = process.stdout.readline().split()[-1]
            headers = {"authorization": "Bearer r8_mine", "prefer": "wait"}
            assert httpx.post(f"{url}{CREATE}", json=CAT, headers=headers).json()["status"] == "succeeded"
        finally:
            process.terminate()
        assert "paid for: 1" in process.stdout.read()

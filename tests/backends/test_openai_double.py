"""The double of OpenAI's image endpoints, asked through the vendor's own client."""

import base64
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import httpx
import pytest
from openai import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    BadRequestError,
    OpenAI,
    Stream,
)
from openai.types import ImageGenStreamEvent, ImagesResponse
from tests.support.doubles.openai import (
    BadKey,
    BillingLimit,
    BreaksOff,
    Delivers,
    Drips,
    Hang,
    HangUp,
    NoQuota,
    OpenAIDouble,
    Outcome,
    RateLimited,
    Refused,
    ServerError,
    Slow,
    SlowDown,
    Unverified,
)

from easel.domain import RAW_RGBA, Image, Size
from easel.imaging import OutputSpec, postprocess
from easel.imaging.bounds import Limits
from easel.imaging.formats import sniff
from easel.imaging.open import read_through

MODEL = "gpt-image-2"
LIMITS = Limits(pixels=20_000_000, bytes=20_000_000)
USER_ERROR = "image_generation_user_error"
INVALID = "invalid_request_error"


@pytest.fixture
def double() -> Iterator[OpenAIDouble]:
    with OpenAIDouble().serving() as double:
        yield double


@pytest.fixture
def client(double: OpenAIDouble) -> Iterator[OpenAI]:
    with OpenAI(base_url=double.url, api_key=double.key, max_retries=0) as client:
        yield client


@pytest.fixture
def compatible() -> Iterator[OpenAIDouble]:
    with OpenAIDouble(compatible=True).serving() as double:
        yield double


def generate(client: OpenAI, **given: Any) -> ImagesResponse:
    answer = client.images.generate(**{"model": MODEL, "prompt": "a lighthouse"} | given)
    assert isinstance(answer, ImagesResponse)
    return answer


def edit(client: OpenAI, **given: Any) -> ImagesResponse:
    answer = client.images.edit(**{"model": MODEL, "prompt": "at night"} | given)
    assert isinstance(answer, ImagesResponse)
    return answer


def error_of(ask: Callable[[], object]) -> APIStatusError:
    with pytest.raises(APIStatusError) as caught:
        ask()
    return caught.value


def files(answer: ImagesResponse) -> list[bytes]:
    return [base64.b64decode(item.b64_json or "") for item in answer.data or []]


def look(data: bytes) -> tuple[str, str]:
    image = read_through(data, LIMITS)
    return image.media_type, image.size.spelled


def png(width: int, height: int, *, alpha: int = 255) -> bytes:
    raw = Image(bytes((9, 9, 9, alpha)) * (width * height), RAW_RGBA, Size(width, height))
    background = "opaque" if alpha == 255 else "transparent"
    return postprocess(raw, OutputSpec(raw.size, "png", background), LIMITS)[0].data


def upload(data: bytes, name: str = "a.png") -> BytesIO:
    file = BytesIO(data)
    file.name = name
    return file


def test_a_generation_is_what_was_asked_for_and_says_so(double: OpenAIDouble, client: OpenAI) -> None:
    answer = generate(client, size="1824x1024", quality="high", output_format="webp", n=2, user="team-1")
    assert [look(data) for data in files(answer)] == [("image/webp", "1824x1024")] * 2
    assert len(set(files(answer))) == 2
    assert (answer.size, answer.quality, answer.output_format) == ("1824x1024", "high", "webp")
    assert answer.background == "opaque"
    assert answer.usage
    assert answer.usage.total_tokens == answer.usage.input_tokens + answer.usage.output_tokens
    assert double.paid == 1


def test_what_was_auto_is_echoed_resolved(client: OpenAI) -> None:
    answer = generate(client, size="auto", quality="auto", background="auto")
    assert (answer.size, answer.quality, answer.background) == ("1024x1024", "medium", "opaque")
    assert b"caBX" in files(answer)[0][:64]


def test_a_square_of_high_quality_costs_what_it_costs_upstream(client: OpenAI) -> None:
    usage = generate(client, size="1024x1024", quality="high").usage
    assert usage
    assert usage.output_tokens == 7024


def test_models_that_can_generate_transparent_backgrounds(client: OpenAI) -> None:
    assert generate(client, model="gpt-image-1.5", background="transparent").background == "transparent"


def test_answers_have_a_request_id(double: OpenAIDouble, client: OpenAI) -> None:
    raw = client.images.with_raw_response.generate(model=MODEL, prompt="a lighthouse")
    assert raw.headers["x-request-id"] == double.seen[0].request_id
    double.script(NoQuota())
    assert error_of(lambda: generate(client)).request_id == double.seen[1].request_id


def test_requests_are_seen_as_they_came(double: OpenAIDouble, client: OpenAI) -> None:
    generate(client, n=1)
    seen = double.seen[0]
    assert (seen.method, seen.path) == ("POST", "/v1/images/generations")
    assert seen.body == {"model": MODEL, "prompt": "a lighthouse", "n": 1}
    assert seen.headers["authorization"] == f"Bearer {double.key}"


def test_an_edit_of_one_image_with_a_mask(double: OpenAIDouble, client: OpenAI) -> None:
    image, mask = png(64, 48), png(64, 48, alpha=0)
    answer = edit(client, image=upload(image), mask=upload(mask), size="1024x1536", n=2)
    assert [look(data) for data in files(answer)] == [("image/png", "1024x1536")] * 2
    assert answer.usage
    assert answer.usage.input_tokens_details.image_tokens > 0
    seen = double.seen[0]
    assert [(file.name, file.data, file.content_type) for file in seen.files] == [
        ("image", image, "image/png"),
        ("mask", mask, "image/png"),
    ]
    assert seen.body == {"model": MODEL, "prompt": "at night", "n": 2, "size": "1024x1536"}


def test_an_edit_of_several_images(double: OpenAIDouble, client: OpenAI) -> None:
    edit(client, image=[upload(png(32, 32)), upload(png(64, 32), "b.png")])
    assert [(file.name, file.filename) for file in double.seen[0].files] == [("image[]", "a.png"), ("image[]", "b.png")]


def test_an_edit_in_json(double: OpenAIDouble, client: OpenAI) -> None:
    url = f"data:image/png;base64,{base64.b64encode(png(32, 32)).decode()}"
    given: dict[str, Any] = {"model": MODEL, "prompt": "at night", "images": [{"image_url": url}]}
    answer = client.post("/images/edits", body=given, cast_to=ImagesResponse)
    assert look(files(answer)[0]) == ("image/png", "1024x1024")
    error = error_of(lambda: client.post("/images/edits", body=given | {"image": url}, cast_to=ImagesResponse))
    sentence = "Unknown parameter: 'image'. For application/json on /v1/images/edits, use 'images' (array)."
    assert (error.code, said(error)) == ("unknown_parameter", sentence)
    assert double.paid == 1


def said(error: APIStatusError) -> str:
    assert isinstance(error.body, dict)
    return str(error.body["message"])


@pytest.mark.parametrize(
    ("given", "kind", "code", "param", "sentence"),
    [
        ({"size": "9x9"}, USER_ERROR, "invalid_value", "size",
         "Invalid size '9x9'. Width and height must both be divisible by 16."),
        ({"size": "big"}, USER_ERROR, "invalid_value", "size",
         "Invalid size 'big'. Expected WIDTHxHEIGHT, for example '1824x1024'."),
        ({"size": "512x512"}, USER_ERROR, "invalid_value", "size",
         "Invalid size '512x512'. Requested resolution is below the current minimum pixel budget."),
        ({"size": "4096x2048"}, USER_ERROR, "invalid_value", "size",
         "Invalid size '4096x2048'. The longest edge must be less than or equal to 3840."),
        ({"model": "dall-e-3"}, USER_ERROR, "invalid_value", "model", "The model 'dall-e-3' does not exist."),
        ({"background": "transparent"}, USER_ERROR, "invalid_value", "background",
         "Transparent background is not supported for this model."),
        ({"quality": "max"}, INVALID, "invalid_value", "quality",
         "Invalid value: 'max'. Supported values are: 'low', 'medium', 'high', and 'auto'."),
        ({"n": "2"}, INVALID, "invalid_type", "n",
         "Invalid type for 'n': expected an integer, but got a string instead."),
        ({"n": 11}, INVALID, "integer_above_max_value", "n",
         "Invalid 'n': integer above maximum value. Expected a value <= 10, but got 11 instead."),
        ({"n": 0}, INVALID, "integer_below_min_value", "n",
         "Invalid 'n': integer below minimum value. Expected a value >= 1, but got 0 instead."),
        ({"response_format": None}, INVALID, "unknown_parameter", "response_format",
         "Unknown parameter: 'response_format'."),
        ({"input_fidelity": "high"}, INVALID, "unknown_parameter", "input_fidelity",
         "Unknown parameter: 'input_fidelity'."),
    ],
    ids=lambda value: json.dumps(value) if isinstance(value, dict) else "",
)  # fmt: skip
def test_what_is_not_legal_is_refused_in_its_own_words(
    double: OpenAIDouble, client: OpenAI, given: dict[str, Any], kind: str, code: str, param: str, sentence: str
) -> None:
    error = error_of(lambda: generate(client, extra_body=given))
    assert (error.status_code, error.type, error.code, error.param) == (400, kind, code, param)
    assert said(error) == sentence
    assert double.paid == 0


@pytest.mark.parametrize(("given", "code"), [({"prompt": ""}, "empty_string"), ({}, "missing_required_parameter")])
def test_a_model_and_a_prompt_must_be_given(client: OpenAI, given: dict[str, Any], code: str) -> None:
    body = {"model": MODEL} | given
    assert error_of(lambda: client.post("/images/generations", body=body, cast_to=ImagesResponse)).code == code


def test_edits_are_checked_too(double: OpenAIDouble, client: OpenAI) -> None:
    image = png(64, 48)
    error = error_of(lambda: edit(client, image=upload(image), mask=upload(png(48, 48, alpha=0))))
    assert (error.type, error.code) == (USER_ERROR, "invalid_mask_image_format")
    assert said(error) == "Invalid mask image format - mask size does not match image size"
    error = error_of(lambda: edit(client, image=upload(image), mask=upload(image[:20])))
    assert said(error) == "Invalid mask image format - mask is not a PNG"
    error = error_of(lambda: edit(client, image=upload(image), mask=upload(image)))
    assert said(error) == "Invalid mask image format - mask has no alpha channel"
    error = error_of(lambda: edit(client, image=upload(image), input_fidelity="high"))
    assert error.code == "invalid_input_fidelity_model"
    assert said(error) == f"The model '{MODEL}' does not support the 'input_fidelity' parameter."
    assert error_of(lambda: edit(client, image=upload(image[:90]))).code == "invalid_image_file"
    assert error_of(lambda: edit(client, image=[upload(image)] * 17)).code == "array_above_max_length"
    assert error_of(lambda: edit(client, image=upload(image), extra_body={"moderation": "low"})).param == "moderation"
    assert double.paid == 0


def test_the_key_is_looked_at_first(double: OpenAIDouble) -> None:
    with OpenAI(base_url=double.url, api_key="sk-of-somebody-else-0000", max_retries=0) as stranger:
        error = error_of(lambda: generate(stranger, n=99))
        assert (error.status_code, error.code) == (401, "invalid_api_key")
        assert said(error).startswith("Incorrect API key provided: sk-of-so")
        assert "somebody" not in said(error)
        assert error_of(stranger.models.list).status_code == 401


def test_the_models(client: OpenAI) -> None:
    listed = [model.id for model in client.models.list()]
    assert MODEL in listed
    assert "gpt-image-1" not in listed
    assert client.models.retrieve(MODEL).id == MODEL
    assert error_of(lambda: client.models.retrieve("gpt-image-1")).status_code == 404


@pytest.mark.parametrize(
    ("outcome", "status", "kind", "code", "sentence", "paid"),
    [
        (RateLimited(retry_after=12), 429, "requests", "rate_limit_exceeded", "Please try again in 12s.", 0),
        (RateLimited(retry_after=0.25), 429, "requests", "rate_limit_exceeded", "Please try again in 250ms.", 0),
        (NoQuota(), 429, "insufficient_quota", "insufficient_quota", "You exceeded your current quota, please", 0),
        (SlowDown(), 429, "requests", "slow_down", "Slow down.", 0),
        (SlowDown(status=503), 503, "server_error", "slow_down", "Slow down.", 0),
        (BillingLimit(), 400, "billing_limit_user_error", "billing_hard_limit_reached",
         "Billing hard limit has been reached.", 0),
        (Refused(), 400, USER_ERROR, "moderation_blocked", "Your request was rejected by the safety system.", 0),
        (Refused(stage="output"), 400, USER_ERROR, "moderation_blocked", "rejected by the safety system.", 1),
        (Refused(categories=("sexual",), details=False), 400, USER_ERROR, "moderation_blocked",
         "safety_violations=[sexual]", 0),
        (BadKey(), 401, INVALID, "invalid_api_key", "Incorrect API key provided: sk-easel", 0),
        (Unverified(), 403, INVALID, None, f"Your organization must be verified to use the model `{MODEL}`.", 0),
        (ServerError(after_work=False), 500, "server_error", None, "The server had an error while processing", 0),
        (ServerError(after_work=True, status=502), 502, "server_error", None, "The server had an error", 1),
    ],
    ids=str,
)  # fmt: skip
def test_failures(
    double: OpenAIDouble, client: OpenAI, outcome: Outcome, status: int, kind: str, code: str | None, sentence: str,
    paid: int,
) -> None:  # fmt: skip
    double.script(outcome)
    error = error_of(lambda: generate(client))
    assert (error.status_code, error.type, error.code) == (status, kind, code)
    assert sentence in said(error)
    assert double.paid == paid
    generate(client)
    assert double.paid == paid + 1


def test_how_long_to_wait_stands_in_a_header_or_only_in_the_message(double: OpenAIDouble, client: OpenAI) -> None:
    double.script(RateLimited(retry_after=12), RateLimited(retry_after=12, in_header=False))
    assert error_of(lambda: generate(client)).response.headers["retry-after"] == "12"
    assert "retry-after" not in error_of(lambda: generate(client)).response.headers


def test_a_refusal_says_why(double: OpenAIDouble, client: OpenAI) -> None:
    double.script(Refused(stage="output", categories=("violence", "self-harm")))
    body = error_of(lambda: generate(client)).body
    assert isinstance(body, dict)
    assert body["moderation_details"] == {"moderation_stage": "output", "categories": ["violence", "self-harm"]}


def test_a_proxy_answers_html(double: OpenAIDouble, client: OpenAI) -> None:
    double.script(ServerError(after_work=True, html=True, status=502))
    error = error_of(lambda: generate(client))
    assert error.response.headers["content-type"].startswith("text/html")
    assert (error.status_code, error.code, double.paid) == (502, None, 1)


def test_connections_that_end_before_their_time(double: OpenAIDouble, client: OpenAI) -> None:
    double.script(HangUp(after_work=False), HangUp(after_work=True), BreaksOff())
    for paid in (0, 1, 2):
        with pytest.raises(APIConnectionError):
            generate(client)
        assert double.paid == paid
    generate(client)


def test_half_an_answer_arrives_before_it_breaks_off(double: OpenAIDouble) -> None:
    double.script(BreaksOff())
    got = bytearray()
    body, headers = {"model": MODEL, "prompt": "a lighthouse"}, {"authorization": f"Bearer {double.key}"}
    with httpx.stream("POST", f"{double.url}/images/generations", json=body, headers=headers) as answer:
        assert answer.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            for chunk in answer.iter_bytes():
                got += chunk
    assert len(got) == int(answer.headers["content-length"]) // 2


def test_answers_that_take_their_time(double: OpenAIDouble, client: OpenAI) -> None:
    double.script(Hang(), Slow(60), Slow(0.2), Drips(pieces=4, pause=0.05))
    for _ in range(2):
        with pytest.raises(APITimeoutError):
            generate(client, timeout=0.2)
    assert double.paid == 2
    for _ in range(2):
        started = time.monotonic()
        assert look(files(generate(client))[0]) == ("image/png", "1024x1024")
        assert time.monotonic() - started >= 0.2
    assert double.paid == 4


def test_deliveries_that_are_not_what_was_asked(double: OpenAIDouble, client: OpenAI) -> None:
    double.script(Delivers(count=1), Delivers(count=0), Delivers(broken=True), Delivers(html=True))
    double.script(Delivers(bare=True), Delivers(size="512x512"))
    assert [len(files(generate(client, n=2))) for _ in range(2)] == [1, 0]
    assert sniff(files(generate(client))[0]) == "image/png"
    assert files(generate(client))[0].startswith(b"<!DOCTYPE html>")
    bare = generate(client)
    assert (bare.usage, bare.size, bare.quality) == (None, None, None)
    assert look(files(generate(client))[0]) == ("image/png", "512x512")


def test_links(double: OpenAIDouble, client: OpenAI) -> None:
    double.script(Delivers(urls=True), Delivers(urls=True, html=True))
    fetched = [httpx.get((generate(client).data or [])[0].url or "") for _ in range(2)]
    assert look(fetched[0].content) == ("image/png", "1024x1024")
    assert [answer.headers["content-type"] for answer in fetched] == ["image/png", "text/html; charset=utf-8"]


def test_a_compatible_server_is_lenient(compatible: OpenAIDouble) -> None:
    with OpenAI(base_url=compatible.url, api_key="none", max_retries=0) as client:
        linked = generate(client, model="flux", size="333x222")
        inline = generate(client, model="flux", size="333x222", response_format="b64_json", extra_body={"steps": 4})
        edited = edit(client, model="flux", image=upload(png(32, 32)), response_format="b64_json")
    assert linked.data
    assert look(httpx.get(linked.data[0].url or "").content) == ("image/png", "333x222")
    assert look(files(inline)[0]) == ("image/png", "333x222")
    assert look(files(edited)[0]) == ("image/png", "1024x1024")
    assert (linked.usage, inline.usage, compatible.paid) == (None, None, 3)


def test_a_stream(double: OpenAIDouble, client: OpenAI) -> None:
    events = list(streamed(client, partial_images=2))
    assert [event.type for event in events] == [
        "image_generation.partial_image", "image_generation.partial_image", "image_generation.completed",
    ]  # fmt: skip
    assert look(base64.b64decode(events[-1].b64_json)) == ("image/png", "1024x1024")
    double.script(Refused(stage="output"))
    with pytest.raises(Exception, match="safety system"):
        list(streamed(client))


def test_a_stream_of_an_edit_and_one_that_fails_after_its_partial_images(double: OpenAIDouble, client: OpenAI) -> None:
    image = upload(png(64, 64))
    edits = client.images.edit(model=MODEL, prompt="red", image=image, stream=True, extra_body={"partial_images": 3})
    events = list(edits)
    assert [event.type for event in events] == [*["image_edit.partial_image"] * 3, "image_edit.completed"]
    assert len({event.b64_json for event in events}) == 4
    double.script(ServerError(after_work=True))
    came: list[str] = []
    with pytest.raises(APIError, match="had an error while processing"):
        came.extend(event.type for event in streamed(client, partial_images=1))
    assert came == ["image_generation.partial_image"]
    with pytest.raises(BadRequestError, match="'n' is 1"):
        streamed(client, partial_images=1, n=2)


def streamed(client: OpenAI, **given: Any) -> Stream[ImageGenStreamEvent]:
    answer = client.images.generate(model=MODEL, prompt="a lighthouse", stream=True, **given)
    assert isinstance(answer, Stream)
    return answer


@pytest.mark.parametrize("output_format", ["png", "jpeg", "webp"])
def test_images_have_about_the_weight_they_are_given(output_format: str) -> None:
    with (
        OpenAIDouble(image_bytes=300_000).serving() as double,
        OpenAI(base_url=double.url, api_key=double.key, max_retries=0) as client,
    ):
        data = files(generate(client, output_format=output_format))[0]
    assert 200_000 < len(data) < 400_000
    assert look(data) == (f"image/{output_format}", "1024x1024")


def test_many_at_once_wait_side_by_side() -> None:
    with (
        OpenAIDouble(delay=1, image_bytes=500_000).serving() as double,
        OpenAI(base_url=double.url, api_key=double.key, max_retries=0) as client,
        ThreadPoolExecutor(20) as pool,
    ):
        started = time.monotonic()
        answers = list(pool.map(lambda _: generate(client), range(20)))
        assert time.monotonic() - started < 20 / 2
    assert len({files(answer)[0] for answer in answers}) == 1
    assert double.paid == 20


def test_the_program() -> None:
    command = [sys.executable, "-m", "tests.support.doubles.openai", "--port", "0", "--key", "sk-mine", "--delay", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            url = process.stdout.readline().split()[-1]
            with OpenAI(base_url=url, api_key="sk-mine", max_retries=0) as client:
                generate(client)
        finally:
            process.terminate()
        assert "paid for: 1" in process.stdout.read()

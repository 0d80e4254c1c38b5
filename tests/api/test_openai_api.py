"""OpenAI's dialect over the same jobs: what waits, what is answered, what is paid for."""

import asyncio
import base64
import json
from typing import Any

import httpx
import pytest
import pyvips
from tests.rig import MakeRig, Rig
from tests.support.images import SIZE, encoded, gradient, masked
from tests.support.waiting import until

from easel.api.openai.errors import PREFIX
from easel.domain import Pending
from easel.errors import ContentRejected, GenerationFailed
from easel.kit.memory import MemoryBudget
from easel.testing import InstantProvider, ManualClock

pytestmark = [pytest.mark.anyio, pytest.mark.backends("embedded")]
GENERATE, EDIT = "/v1/images/generations", "/v1/images/edits"
FOX = {"prompt": "a fox", "quality": "low"}
PNG = encoded(gradient()).data
MASK = "data:image/png;base64," + base64.b64encode(encoded(masked(SIZE, (10, 10, 20, 20))).data).decode()
LATER = Pending("upstream-1", check_after=30)


def image_of(text: str) -> pyvips.Image:
    return pyvips.Image.new_from_buffer(base64.b64decode(text), "")


def error_of(answer: httpx.Response) -> dict[str, Any]:
    assert list(answer.json()) == ["error"]
    error: dict[str, Any] = answer.json()["error"]
    assert list(error) == ["message", "type", "param", "code"]
    return error


async def test_images_are_in_the_answer_and_are_those_of_a_job(rig: Rig) -> None:
    answer = await rig.client.post(GENERATE, json=FOX | {"n": 2, "size": "1536x1024"})
    assert answer.status_code == 200
    body = answer.json()
    images = [image_of(one["b64_json"]) for one in body.pop("data")]
    assert [(image.width, image.height) for image in images] == [(1536, 1024)] * 2
    assert body.pop("created") > 1_700_000_000
    assert body.pop("usage")["total_tokens"] == 0
    assert body == {"background": "opaque", "output_format": "png", "quality": "low", "size": "1536x1024"}
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert (answer.headers["x-credits-charged"], answer.headers["x-model"]) == ("8", "gpt-image-2")
    job = (await rig.client.get(f"/v2/jobs/{answer.headers['x-job-id']}")).json()
    assert (job["status"], job["creditCost"], job["prompt"]) == ("COMPLETED", 8, "a fox")
    stored = [await rig.client.get(url) for url in job["result"]["images"]]
    sent = await rig.client.post(GENERATE, json=FOX | {"response_format": "url"})
    assert [one.status_code for one in stored] == [200, 200]
    [item] = sent.json()["data"]
    assert list(item) == ["url"]
    assert (await rig.client.get(item["url"])).headers["content-type"] == "image/png"


@pytest.mark.parametrize("room", [10**7, 0], ids=["in memory", "in the store"])
async def test_the_bytes_of_an_answer_are_those_that_are_stored(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    budget, read, storage = MemoryBudget(room), list[str](), rig.services.storage
    monkeypatch.setattr("easel.pipeline.store.IN_MEMORY", budget)
    monkeypatch.setattr("easel.api.openai.answers.CHUNK", 300)
    stream = storage.stream

    async def noted(key: str, *args: Any, **kwargs: Any) -> Any:
        read.append(key)
        return await stream(key, *args, **kwargs)

    heard: list[object] = []
    with (
        monkeypatch.context() as watched,
        rig.services.notifier.on_every_notification(lambda _, seen: heard.append(seen)),
    ):
        watched.setattr(storage, "stream", noted)
        answer = await rig.client.post(GENERATE, json=FOX | {"n": 2})
    job = (await rig.client.get(f"/v2/jobs/{answer.headers['x-job-id']}")).json()
    stored = [(await rig.client.get(url)).content for url in job["result"]["images"]]
    assert [base64.b64decode(one["b64_json"]) for one in answer.json()["data"]] == stored
    assert bool(read) is not bool(room), "what is in memory is not read again"
    await until(lambda: budget.taken == 0)  # also while somebody has yet to read that the job has ended
    assert any(heard)


@pytest.mark.parametrize(
    "auth", [{"Authorization": "Bearer {}"}, {"api-key": "{}"}, {"X-API-Key": "{}"}], ids=["bearer", "azure", "ours"]
)
async def test_a_key_comes_in_any_of_their_headers(rig: Rig, auth: dict[str, str]) -> None:
    key = rig.client.headers.pop("X-API-Key")
    headers = {name: value.format(key) for name, value in auth.items()}
    answer = await rig.client.get("/v1/models", headers=headers)
    assert [(model["id"], model["object"]) for model in answer.json()["data"]] == [
        ("gpt-image-2", "model"),
        ("gpt-image-1.5", "model"),
    ]
    one = await rig.client.get("/v1/models/gpt-image-2", headers=headers)
    assert one.json() == answer.json()["data"][0]
    missing = await rig.client.get("/v1/models/dall-e-9", headers=headers)
    assert (missing.status_code, error_of(missing)["code"]) == (404, "model_not_found")


async def test_edits_come_as_forms_and_as_json(rig: Rig) -> None:
    data = "data:image/png;base64," + base64.b64encode(PNG).decode()
    upload = (await rig.client.post("/v2/uploads", files={"file": PNG})).json()
    fields = {"prompt": "make it red", "quality": "low", "n": "1", "size": ""}
    one = await rig.client.post(EDIT, data=fields, files={"image": ("any.exe", PNG, "text/plain")})
    three = await rig.client.post(EDIT, data=fields, files=[("image[]", ("a.png", PNG))] * 3)
    sent = [{"image_url": data}, {"file_id": upload["id"]}, {"image_url": upload["url"]}]
    counted = await rig.client.post(EDIT, data=fields, files=[("image[0]", PNG), ("image[1]", PNG)])
    named = await rig.client.post(EDIT, data=fields, files=[("images", PNG), ("images[]", PNG)])
    red = {"prompt": "make it red", "quality": "low"}
    as_json = await rig.client.post(EDIT, json=red | {"images": sent, "image": None, "mask": None})
    single = [await rig.client.post(EDIT, json=red | {"images": it}) for it in (data, {"image_url": data}, [data])]
    masked = await rig.client.post(EDIT, json=red | {"images": data, "mask": f" {MASK}\n"})
    twos = ((counted, 2), (named, 2))
    for answer, inputs in ((one, 1), (three, 3), *twos, (as_json, 3), *((each, 1) for each in single), (masked, 1)):
        assert answer.status_code == 200, answer.text
        job = (await rig.client.get(f"/v2/jobs/{answer.headers['x-job-id']}")).json()
        assert (len(job["inputs"]), job["creditCost"]) == (inputs, 4)


@pytest.mark.parametrize(
    ("sent", "param", "code"),
    [
        ({"data": {"prompt": "x"}, "files": {"other": b"x"}}, "other", "unknown_parameter"),
        ({"data": {"prompt": "x"}, "files": {"image": b"no image"}}, "image[0]", "invalid_request"),
        ({"data": {"prompt": "x"}, "files": [("image", PNG)] * 17}, "image", "array_above_max_length"),
        ({"json": {"prompt": "x", "images": []}}, "image", "missing_required_parameter"),
        ({"json": {"prompt": "x", "image": "x"}}, "image", "unknown_parameter"),
        ({"json": {"prompt": "x", "images": "x"}}, "image[0]", "invalid_request"),
        ({"json": {"prompt": "x", "images": 5}}, "images", "invalid_type"),
        ({"json": {"prompt": "x", "images": [{}]}}, "images[0]", "invalid_value"),
        ({"json": {"prompt": "x", "images": [{"file_id": "nope"}]}}, "images[0].file_id", "invalid_value"),
        ({"json": []}, None, "invalid_type"),
    ],
)
async def test_an_edit_that_cannot_be_is_refused_and_costs_nothing(
    rig: Rig, sent: dict[str, Any], param: str | None, code: str
) -> None:
    answer = await rig.client.post(EDIT, **sent)
    error = error_of(answer)
    assert (answer.status_code, error["param"], error["code"]) == (400, param, code), error
    assert await rig.credits() == 1000


async def test_a_damaged_document_is_a_400_in_their_words(rig: Rig) -> None:
    answer = await rig.client.post(EDIT, content=b'{"prompt": ', headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert error_of(answer)["type"] == "invalid_request_error"


# Waiting


async def test_who_prefers_not_to_wait_is_told_where_the_job_is(make_rig: MakeRig) -> None:
    async with make_rig(provider=InstantProvider(script=[LATER])) as rig:
        answer = await rig.client.post(GENERATE, json=FOX, headers={"Prefer": "respond-async"})
        assert (answer.status_code, answer.json()["object"]) == (202, "image.job")
        assert answer.headers["location"] == f"/v2/jobs/{answer.headers['x-job-id']}"
        assert (await rig.client.get(answer.headers["location"])).json()["model"] == "gpt-image-2"


async def test_a_wait_ends_when_it_was_asked_to_or_at_the_servers_limit(make_rig: MakeRig) -> None:
    clock = ManualClock()
    async with make_rig(provider=InstantProvider(script=[LATER] * 2), clock=clock) as rig:

        async def sent(**headers: str) -> asyncio.Task[httpx.Response]:
            task = asyncio.create_task(rig.client.post(GENERATE, json=FOX, headers=headers))
            await until(lambda: 20.0 in clock.waiting or 600.0 in clock.waiting)
            return task

        limited = await sent(Prefer="wait=20")
        clock.advance(20_000)
        assert (await limited).status_code == 202
        whole = await sent()
        rig.provider._script.clear()  # type: ignore[attr-defined] # noqa: SLF001
        clock.advance(600_000)
        answer = await whole
        assert answer.status_code in (200, 503)


async def test_repeats_of_one_request_are_one_job(make_rig: MakeRig) -> None:
    provider = InstantProvider(repeatable=False, script=[Pending("u", check_after=0.2)])
    async with make_rig(provider=provider) as rig:
        first = rig.client.post(GENERATE, json=FOX, headers={"x-stainless-retry-count": "0"})
        again = [rig.client.post(GENERATE, json=FOX, headers={"x-stainless-retry-count": "1"}) for _ in range(50)]
        answers = await asyncio.gather(first, *again)
        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.headers["x-job-id"] for answer in answers}) == 1
        assert (provider.starts, await rig.credits()) == (1, 996)
        other = await rig.client.post(GENERATE, json=FOX, headers={"x-stainless-retry-count": "0"})
        assert other.headers["x-job-id"] != answers[0].headers["x-job-id"]
        key = {"Idempotency-Key": "mine"}
        same = [await rig.client.post(GENERATE, json=FOX, headers=key) for _ in range(2)]
        assert len({answer.headers["x-job-id"] for answer in same}) == 1
        conflict = await rig.client.post(GENERATE, json=FOX | {"n": 2}, headers=key)
        assert (conflict.status_code, conflict.headers["x-should-retry"]) == (409, "false")


@pytest.mark.backends("embedded")  # elsewhere a job also hears its own notifications, and is looked at early
async def test_a_repeat_after_the_longest_wait_is_still_the_same_job(make_rig: MakeRig) -> None:
    clock = ManualClock()
    provider = InstantProvider(repeatable=False, script=[Pending("u", check_after=1_200)])
    async with make_rig(provider=provider, clock=clock, job_deadline_seconds=3_600) as rig:
        waits = asyncio.create_task(rig.client.post(GENERATE, json=FOX, headers={"x-stainless-retry-count": "0"}))
        await until(lambda: 600.0 in clock.waiting and provider.starts)
        clock.advance(601_000)
        first = await waits
        assert (first.status_code, error_of(first)["code"]) == (503, "still_generating")
        again = {"x-stainless-retry-count": "1", "Prefer": "respond-async"}
        second = await rig.client.post(GENERATE, json=FOX, headers=again)
        assert (second.status_code, second.headers["x-job-id"]) == (202, first.headers["x-job-id"])
        assert (provider.starts, len((await rig.client.get("/v2/jobs")).json()["jobs"])) == (1, 1)


@pytest.mark.backends("embedded")  # elsewhere a job also hears its own notifications, and is looked at early
async def test_who_was_told_to_ask_again_finds_its_job_even_without_saying_that_it_repeats(make_rig: MakeRig) -> None:
    clock = ManualClock()
    provider = InstantProvider(repeatable=False, script=[Pending("u", check_after=900)])
    async with make_rig(provider=provider, clock=clock, job_deadline_seconds=3_600) as rig:
        waits = asyncio.create_task(rig.client.post(GENERATE, json=FOX))
        await until(lambda: {600.0, 900.0} <= set(clock.waiting))
        clock.advance(601_000)
        first = await waits
        assert (first.status_code, error_of(first)["code"]) == (503, "still_generating")
        again = asyncio.create_task(rig.client.post(GENERATE, json=FOX))
        await until(lambda: 600.0 in clock.waiting)
        clock.advance(400_000)
        second = await again
        assert (second.status_code, second.headers["x-job-id"]) == (200, first.headers["x-job-id"])
        assert provider.starts == 1
        third = await rig.client.post(GENERATE, json=FOX)
        assert third.headers["x-job-id"] != first.headers["x-job-id"], "what was asked for is here: this is a new wish"


# Streams


async def events(rig: Rig, path: str, **sent: Any) -> list[tuple[str, dict[str, Any]]]:
    async with rig.client.stream("POST", path, **sent) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["x-job-id"]
        text = (await answer.aread()).decode()
    parts = [part.split("\n") for part in text.split("\n\n") if part and not part.startswith(":")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in parts]


async def test_a_stream_has_an_event_for_each_image(rig: Rig) -> None:
    found = await events(rig, GENERATE, json=FOX | {"stream": True, "n": 2, "partial_images": 2})
    assert [(name, event["type"]) for name, event in found] == [("image_generation.completed",) * 2] * 2
    assert image_of(found[0][1]["b64_json"]).width == 1024
    assert found[0][1]["usage"]["total_tokens"] == 0
    form = {"data": {"prompt": "x", "stream": "true", "quality": "low"}, "files": {"image": PNG}}
    [(name, _)] = await events(rig, EDIT, **form)
    assert name == "image_edit.completed"


async def test_an_error_is_an_event_of_a_stream(make_rig: MakeRig) -> None:
    async with make_rig(provider=InstantProvider(script=[ContentRejected("No.")])) as rig:
        [(name, event)] = await events(rig, GENERATE, json=FOX | {"stream": True})
        assert (name, event["error"]["code"]) == ("error", "moderation_blocked")
        refused = await rig.client.post(GENERATE, json=FOX | {"stream": True, "n": 0})
        assert refused.status_code == 400, "what cannot be is refused before there is a stream"


# Errors


async def test_every_failure_of_a_job_has_a_status_and_is_not_repeated(make_rig: MakeRig) -> None:
    async with make_rig(
        provider=InstantProvider(script=[ContentRejected("No."), GenerationFailed("It broke.")])
    ) as rig:
        declined, broken = [await rig.client.post(GENERATE, json=FOX) for _ in range(2)]
        assert (declined.status_code, error_of(declined)["type"]) == (400, "image_generation_user_error")
        assert (broken.status_code, error_of(broken)["code"]) == (502, "provider_failed")
        for answer in (declined, broken):
            assert answer.headers["x-should-retry"] == "false"
            assert (answer.headers["x-credits-charged"], len(answer.headers["x-job-id"])) == ("0", 36)
        assert await rig.credits() == 1000


async def test_errors_of_the_server_itself_are_in_their_form_too(rig: Rig) -> None:
    assert error_of(await rig.client.get("/v1/nothing"))["code"] == "not_found"
    wrong = await rig.client.get(GENERATE)
    assert (wrong.status_code, wrong.headers["allow"], error_of(wrong)["code"]) == (405, "POST", "method_not_allowed")
    keyless = await rig.client.post(GENERATE, json=FOX, headers={"X-API-Key": "afk_wrong"})
    assert (keyless.status_code, error_of(keyless)["code"]) == (401, "invalid_api_key")
    varied = await rig.client.post(f"{PREFIX}images/variations")
    assert (varied.status_code, "/v1/images/edits" in error_of(varied)["message"]) == (404, True)
    assert "error" in (await rig.client.get("/v2/nothing")).json()


async def test_the_rate_limit_is_told_in_their_headers(make_rig: MakeRig) -> None:
    async with make_rig(rate_limit_per_minute=1, clock=ManualClock()) as rig:
        first, second = [await rig.client.get("/v1/models") for _ in range(2)]
        assert (first.headers["x-ratelimit-limit-requests"], first.headers["x-ratelimit-remaining-requests"]) == (
            "1",
            "0",
        )
        assert first.headers["x-ratelimit-reset-requests"].endswith("s")
        assert (second.status_code, error_of(second)["code"]) == (429, "rate_limit_exceeded")
        assert int(second.headers["retry-after"]) > 0


async def test_no_credits_are_no_quota(make_rig: MakeRig) -> None:
    async with make_rig(bootstrap_credits=3) as rig:
        answer = await rig.client.post(GENERATE, json=FOX)
        assert (answer.status_code, error_of(answer)["code"]) == (429, "insufficient_quota")
        assert answer.headers["x-should-retry"] == "false"

"""Answers that people report, by a server of OpenAI's API: only the request that is to blame ends.

Nothing of it is generated twice, and what the operator's account says stays with the operator.
"""

import asyncio
import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from tests.api.conftest import Log
from tests.api.test_providers import at_replicate
from tests.api.test_webhooks import Receiver
from tests.rig import MakeRig, Rig, request
from tests.support.doubles.replicate import ReplicateDouble
from tests.support.hurry import hurried
from tests.support.images import encoded, gradient
from tests.support.jobs import create_tenant
from tests.support.loopback import serving
from tests.support.traces import TraceCollector
from tests.support.waiting import until

from easel.domain import Size
from easel.jobs.attempts import attempts_of_job, unavailable_models

pytestmark = [pytest.mark.anyio, pytest.mark.backends]
PATIENCE = {"max_wait_seconds": 300, "job_deadline_seconds": 3_000}
BILL = "https://bill.example/credits"
Answered = tuple[int, Any]

FLAGGED = (403, {"error": {"code": 403, "message": "Your input was flagged", "metadata": {"reasons": ["violence"]}}})
FILTERED = (400, {"error": {"code": "content_filter", "innererror": {"code": "ResponsibleAIPolicyViolation"}}})
UNSAFE = (400, {"error": {"type": "image_generation_user_error", "message": "rejected by our safety system"}})
TIMED_OUT = (408, {"error": {"code": "timeout", "message": "operation timed out"}})
CONFLICT = (409, {"error": {"message": "There is a conflict."}})
UNPAID = (402, {"error": {"message": f"Insufficient credits. Add more at {BILL}", "code": 402}})
OVERLOADED = (503, {"error": {"message": "The engine is currently overloaded, please try again later"}})
OVERLOADED_529 = (529, {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}})
LIMITED_IN_A_200 = (200, {"error": {"code": 429, "message": "Rate limit, try again in 2 s"}})
NO_SUCH_MODEL = (404, {"error": {"code": "model_not_found", "message": "The model `gpt-image-1.5` does not exist."}})
UNVERIFIED = (403, {"error": {"message": "Your organization must be verified to use the model `gpt-image-1.5`."}})
ODD_SIZE = (422, {"detail": "width must be divisible by 16"})
NO_MEMORY = (500, {"error": "CUDA out of memory"})


IMAGE = base64.b64encode(encoded(gradient(Size(1024, 1024))).data).decode()
SECRET = "hunter2/studio+key"
TELLS = (
    (
        400,
        {
            "error": {
                "message": f"Incorrect API key provided: {SECRET}.",
                "code": SECRET,
                "type": SECRET,
                "param": SECRET,
            }
        },
    ),
    (422, {"detail": [{"loc": ["body", SECRET], "msg": f"no {SECRET}", "type": SECRET}]}),
    (500, {"error": f"Authorization: Bearer {SECRET}"}),
    (429, {"error": {"message": f"{SECRET} is limited", "code": f"limit {SECRET}"}}),
    (200, {"created": SECRET, "data": [], "usage": {SECRET: SECRET}, "error": quote(SECRET, safe="")}),
    (503, f"<html><body>upstream {SECRET}</body></html>"),
)


@dataclass
class Upstream:
    """Answers each prompt as it is told, by a word in it; any other with an image."""

    by_word: dict[str, list[Answered]] = field(default_factory=dict)
    prompts: list[str] = field(default_factory=list)
    generated: list[str] = field(default_factory=list)
    url: str = ""
    request_id: str = "req_1"
    retry_after: str | None = None

    async def answer(self, sent: Request) -> Response:
        prompt = (await sent.json())["prompt"]
        self.prompts.append(prompt)
        for word, answers in self.by_word.items():
            if word in prompt and answers:
                status, body = answers[0] if len(answers) == 1 else answers.pop(0)
                if status:
                    text = body if isinstance(body, str) else json.dumps(body)
                    headers = {"retry-after": self.retry_after} if self.retry_after else {}
                    return Response(text, status, {"x-request-id": self.request_id} | headers)
        self.generated.append(prompt)
        return JSONResponse({"created": 1, "data": [{"b64_json": IMAGE}]})


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    made = Upstream()
    with serving(Starlette(routes=[Route("/v1/images/generations", made.answer, methods=["POST"])])) as url:
        made.url = url + "/v1"
        yield made


@pytest.fixture
def second() -> Iterator[ReplicateDouble]:
    with ReplicateDouble().serving() as double:
        yield double


def first_of_two(upstream: Upstream, second: ReplicateDouble) -> dict[str, Any]:
    at = {"openai_api_key": "sk-first", "openai_base_url": upstream.url, "providers": ["openai", "replicate"]}
    return PATIENCE | at_replicate(second) | at


async def ended(rig: Rig, prompt: str, model: str = "gpt-image-2") -> dict[str, Any]:
    submitted = await rig.generate(request(prompt, model))
    await rig.becomes(submitted, lambda job: job.status.final)
    return await rig.finished(submitted)


@pytest.mark.parametrize(
    ("answer", "code", "paid_elsewhere"),
    [
        (FLAGGED, "moderation_refused", 0),
        (FILTERED, "moderation_refused", 0),
        (UNSAFE, "moderation_refused", 0),
        (TIMED_OUT, "upstream_in_doubt", 0),
        (CONFLICT, "upstream_in_doubt", 0),
        (NO_MEMORY, "provider_failed", 0),
        (UNPAID, None, 1),
        (NO_SUCH_MODEL, None, 1),
        (UNVERIFIED, None, 1),
        (ODD_SIZE, None, 1),
    ],
)
async def test_what_may_have_been_generated_or_was_refused_goes_to_nobody_else(
    make_rig: MakeRig,
    upstream: Upstream,
    second: ReplicateDouble,
    answer: Answered,
    code: str | None,
    paid_elsewhere: int,
) -> None:
    upstream.by_word["fox"] = [answer]
    async with hurried() as clock, make_rig(real=True, clock=clock, **first_of_two(upstream, second)) as rig:
        job = await ended(rig, "a fox")
        assert job["errorCode"] == code, job
        assert (len(upstream.prompts), second.paid) == (1, paid_elsewhere)
        assert job["creditCost"] == (0 if code else 4)
        assert BILL not in str(job)


@pytest.mark.parametrize("answer", [OVERLOADED, OVERLOADED_529, LIMITED_IN_A_200])
async def test_whoever_is_busy_is_asked_again(make_rig: MakeRig, upstream: Upstream, answer: Answered) -> None:
    upstream.by_word["fox"] = [answer, (0, None)]
    at = {"openai_api_key": "sk-first", "openai_base_url": upstream.url}
    async with hurried() as clock, make_rig(real=True, clock=clock, **PATIENCE | at) as rig:
        job = await ended(rig, "a fox")
        assert (job["status"], len(upstream.prompts)) == ("COMPLETED", 2)
        made = await rig.db.read(attempts_of_job, job["id"])
        assert [one.outcome for one in made] == ["throttled", "generated"]


async def test_a_refused_prompt_of_one_team_ends_no_job_of_another(make_rig: MakeRig, upstream: Upstream) -> None:
    upstream.by_word["blood"] = [FLAGGED]
    at = {"openai_api_key": "sk-first", "openai_base_url": upstream.url, "openai_images_per_minute": 60}
    async with hurried() as clock, make_rig(real=True, clock=clock, **PATIENCE | at) as rig:
        other = await create_tenant(rig.db, "Other", credits=100)
        waiting = [await rig.generate(request(f"a fox {number}")) for number in range(6)]
        guilty = await rig.generate(request("blood"), X_API_Key=other.secret)
        later = [await rig.generate(request(f"a hare {number}")) for number in range(2)]
        for one in (*waiting, *later):
            await rig.becomes(one, lambda job: job.status.final)
            assert (await rig.finished(one))["status"] == "COMPLETED"
        await rig.becomes(guilty, lambda job: job.status.final)
        said = (await rig.client.get(f"/v2/jobs/{guilty.json()['jobId']}", headers={"X-API-Key": other.secret})).json()
        assert (said["errorCode"], said["creditCost"]) == ("moderation_refused", 0)
        assert len(upstream.prompts) == 9


@pytest.mark.parametrize("answer", [NO_SUCH_MODEL, UNVERIFIED])
async def test_a_fault_of_one_model_is_no_fault_of_another(
    make_rig: MakeRig, upstream: Upstream, answer: Answered
) -> None:
    upstream.by_word["old"] = [answer]
    at = {"openai_api_key": "sk-first", "openai_base_url": upstream.url}
    async with hurried() as clock, make_rig(real=True, clock=clock, **PATIENCE | at) as rig:
        job = await ended(rig, "an old fox", "gpt-image-1.5")
        assert (job["status"], job["errorCode"]) == ("FAILED", "provider_misconfigured")
        assert "gpt-image-1.5" in job["error"]
        assert (await ended(rig, "a fox"))["status"] == "COMPLETED"
        named = {"openai gpt-image-1.5": job["error"], "openai": "ok"}
        assert (await rig.client.get("/readyz")).json()["providers"] == named
        [provider] = (await rig.client.get("/v2/providers")).json()["providers"]
        assert (provider["trouble"], provider["models"]) == (None, {"gpt-image-1.5": job["error"]})
        [(name, model, _)] = await rig.db.read(unavailable_models, since=0)
        assert (name, model) == ("openai", "gpt-image-1.5")


async def test_jobs_that_wait_for_a_model_are_not_failed_uncalled(make_rig: MakeRig, upstream: Upstream) -> None:
    upstream.by_word["old"] = [NO_SUCH_MODEL, (0, None)]
    at = {"openai_api_key": "sk-first", "openai_base_url": upstream.url, "openai_images_per_minute": 60}
    async with hurried() as clock, make_rig(real=True, clock=clock, **PATIENCE | at) as rig:
        await ended(rig, "an old fox", "gpt-image-1.5")
        waiting = [await rig.generate(request(f"an old hare {number}", "gpt-image-1.5")) for number in range(3)]
        for one in waiting:
            await rig.becomes(one, lambda job: job.status.final)
            assert (await rig.finished(one))["status"] == "COMPLETED", "it waited until the model was tried again"
        assert (await rig.client.get("/readyz")).json()["providers"] == {"openai": "ok"}
        assert await rig.db.read(unavailable_models, since=0) == []


async def test_the_operators_bill_is_the_operators(make_rig: MakeRig, upstream: Upstream) -> None:
    upstream.by_word["fox"] = [UNPAID, (0, None)]
    at = {"openai_api_key": "sk-first", "openai_base_url": upstream.url, "openai_images_per_minute": 60}
    async with hurried() as clock, make_rig(real=True, clock=clock, **PATIENCE | at) as rig:
        first = await rig.generate(request("a fox"))
        await rig.becomes(first, lambda job: job.status.final)
        waiting = asyncio.gather(*(rig.generate(request(f"a hare {number}")) for number in range(3)))
        for one in await waiting:
            await rig.becomes(one, lambda job: job.status.final)
            assert (await rig.finished(one))["status"] == "COMPLETED", "it waited until the account was tried again"
        job = await rig.finished(first)
        assert job["errorCode"] == "provider_misconfigured"
        assert BILL not in str(job)
        assert "credit" not in job["error"]
        [attempt] = await rig.db.read(attempts_of_job, job["id"])
        assert BILL in (attempt.detail or ""), "the operator reads it"


async def test_the_reason_is_told_to_whoever_can_mend_it(make_rig: MakeRig, upstream: Upstream) -> None:
    upstream.by_word["fox"] = [ODD_SIZE]
    at = {"openai_api_key": "sk-first", "openai_base_url": upstream.url}
    async with hurried() as clock, make_rig(real=True, clock=clock, **PATIENCE | at) as rig:
        job = await ended(rig, "a fox")
        assert (job["errorCode"], "width must be divisible by 16" in job["error"]) == ("request_rejected", True)


def received(receiver: Receiver, messages: int) -> bool:
    return len(receiver.got) >= messages


async def test_no_secret_comes_back_out_of_an_answer(
    make_rig: MakeRig, upstream: Upstream, receiver: Receiver, tmp_path: Path, log: Log, collector: TraceCollector
) -> None:
    upstream.request_id = SECRET
    at = {"openai_api_key": SECRET, "openai_base_url": upstream.url, "trusted_networks": "127.0.0.0/8"}
    at["traces_url"] = collector.url
    spelled = {SECRET, quote(SECRET, safe=""), base64.b64encode(SECRET.encode()).decode()}
    for number, answer in enumerate(TELLS):
        upstream.by_word["fox"] = [answer]
        folder = tmp_path / str(number)
        folder.mkdir()
        patience = {"max_wait_seconds": 3, "job_deadline_seconds": 3_000, "data": folder}
        async with hurried() as clock, make_rig(real=True, clock=clock, **patience | at) as rig:
            body = request("a fox") | {"webhookUrl": receiver.url}
            submitted = await rig.generate(body)
            await rig.becomes(submitted, lambda job: job.status.final)
            job_id = submitted.json()["jobId"]
            await until(partial(received, receiver, number + 1))
            pages = [f"/v2/jobs/{job_id}", "/v2/events?after=0", "/v2/webhooks/deliveries", f"/studio/jobs/{job_id}"]
            pages += ["/readyz", "/metrics"]
            seen = [(await rig.client.get(page)).text for page in pages]
            seen += [str(await rig.db.read(attempts_of_job, job_id)), str(receiver.got), log.text]
            kept = b"".join(path.read_bytes() for path in folder.glob("easel.db*")).decode("latin-1")
            for secret in spelled:
                assert not [text for text in (*seen, kept) if secret in text], (answer, secret)
            assert "[secret]" in str(await rig.db.read(attempts_of_job, job_id))
        assert collector.trace_of(job_id)
        traced = b"".join(collector.bodies).decode("latin-1")
        assert not [secret for secret in spelled if secret in traced]


async def test_a_refusal_that_names_the_server_is_told_whole_to_the_operator_only(
    make_rig: MakeRig, upstream: Upstream
) -> None:
    here = upstream.url.removeprefix("http://").removesuffix("/v1")
    upstream.by_word["fox"] = [(422, {"detail": f"http://{here}/v1/images: no such width; backend {here}"})]
    at = {"openai_api_key": "sk-first", "openai_base_url": upstream.url}
    async with hurried() as clock, make_rig(real=True, clock=clock, **PATIENCE | at) as rig:
        job = await ended(rig, "a fox")
        [attempt] = await rig.db.read(attempts_of_job, job["id"])
    assert job["error"].endswith("rejects this request: [address]: no such width; backend [address]")
    assert attempt.detail == f"http://{here}/v1/images: no such width; backend {here}"


async def test_where_the_operators_server_is_nobody_is_told(make_rig: MakeRig, upstream: Upstream) -> None:
    upstream.by_word["fox"] = [NO_MEMORY]
    port = upstream.url.split(":")[-1].split("/")[0]
    async with hurried() as clock:
        at = {"openai_api_key": "sk-first", "openai_base_url": upstream.url.replace("127.0.0.1", "localhost")}
        async with make_rig(real=True, clock=clock, **PATIENCE | at) as rig:
            job = await ended(rig, "a fox")
            seen = [(await rig.client.get(page, headers={"X-API-Key": ""})).text for page in ("/v2/models", "/readyz")]
            for text in (str(job), *seen):
                assert f":{port}" not in text

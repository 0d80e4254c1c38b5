"""The log of a whole run: a line a request, ids on every line, and nothing secret or told in confidence."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from tests.api.conftest import Log
from tests.api.test_webhooks import LAB, Receiver, asking, told
from tests.rig import KEY, MakeRig, request
from tests.support.images import encoded, gradient
from tests.support.loopback import serving

from easel.errors import ContentRejected, Unreachable
from easel.testing import InstantProvider
from easel.webhooks.team_secrets import secrets_of_team

pytestmark = [pytest.mark.anyio, pytest.mark.backends]
PROMPT = "the merger of Acme and Globex as a watercolour"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    with serving(made.app()) as url:
        made.url = url + "/hook?token=receiver-secret"
        yield made


async def run_it_all(make_rig: MakeRig, receiver: Receiver, **settings: Any) -> tuple[list[str], set[str]]:
    """A job with a webhook, an upload and an edit, failures of every origin; the jobs, and what must stay secret."""
    provider = InstantProvider(script=[Unreachable("down", detail=f"{PROMPT} Bearer {KEY}"), ContentRejected(PROMPT)])
    async with make_rig(provider=provider, **LAB, **settings) as rig:
        refused = await rig.finished(await rig.generate(asking(receiver, "failed", "completed") | {"prompt": PROMPT}))
        uploaded = await rig.client.post(
            "/v2/uploads", files={"file": ("in.png", encoded(gradient()).data, "image/png")}
        )
        assert uploaded.status_code == 201, uploaded.text
        edit = request(PROMPT, input_images=[uploaded.json()["url"]])
        generated = await rig.finished(await rig.generate(edit | {"webhookUrl": receiver.url}))
        for job in (refused, generated):
            await told(rig, job["id"], "delivered")
        image = generated["result"]["images"][0]
        assert (await rig.client.get(image.replace("http://easel.test", ""))).status_code == 200
        await rig.client.get("/v2/me", headers={"X-API-Key": "afk_wrong_key_of_somebody"})
        await rig.generate(request(PROMPT, quality="impossible"))
        await rig.client.get(f"/v2/jobs?search={PROMPT}")
        team_id = (await rig.client.get("/v2/me")).json()["team"]["id"]
        secrets = await rig.db.read(secrets_of_team, team_id, now=rig.services.clock.now())
        tokens = {uploaded.json()["url"].split("/")[-2], image.split("/")[-2]}
        return [refused["id"], generated["id"]], {
            KEY,
            "afk_wrong_key",
            *tokens,
            *(one.secret for one in secrets),
            "receiver-secret",
        }


async def test_no_line_has_a_prompt_a_key_a_secret_or_a_token(make_rig: MakeRig, receiver: Receiver, log: Log) -> None:
    _, secrets = await run_it_all(make_rig, receiver)
    assert log.text
    for secret in (*secrets, PROMPT, "merger", "Globex"):
        assert secret not in log.text, next(line for line in log.text.splitlines() if secret in line)


async def test_prompts_are_told_only_when_asked_for(make_rig: MakeRig, receiver: Receiver, log: Log) -> None:
    _, secrets = await run_it_all(make_rig, receiver, log_prompts=True)
    assert {line["prompt"] for line in log.lines("job accepted")} == {PROMPT}
    assert not any(secret in log.text for secret in secrets)


async def test_each_request_is_one_line_and_each_line_of_a_job_names_it(
    make_rig: MakeRig, receiver: Receiver, log: Log
) -> None:
    jobs, _ = await run_it_all(make_rig, receiver)
    requests = log.lines("request")
    assert len({line["request_id"] for line in requests}) == len(requests)
    for line in requests:
        assert {"method", "route", "status", "ms", "request_id", "level", "timestamp"} <= set(line)
        assert "{" in line["route"] or line["route"].count("/") <= 3
    generates = [line for line in requests if line["route"] == "/v2/images/generate" and line["status"] == 202]
    assert [line["job_id"] for line in generates] == jobs
    assert all(line["key_id"] for line in generates)
    looks = [line for line in requests if line["route"] == "/v2/jobs/{id}"]
    assert {line["job_id"] for line in looks} == set(jobs)
    assert [line["job_id"] for line in log.lines("job accepted")] == jobs
    assert all(line["request_id"] for line in log.lines("job accepted"))
    for event in ("job ended", "delivery attempt"):
        assert {line["job_id"] for line in log.lines(event)} == set(jobs), event


async def test_what_libraries_say_is_a_line_of_the_same_kind(log: Log) -> None:
    with structlog.contextvars.bound_contextvars(request_id="r1"):
        logging.getLogger("some.library").warning("could not reach %s", f"https://user:pass@host/?token=abc {KEY}")
    (line,) = [json.loads(text) for text in log.text.splitlines()]
    assert (line["logger"], line["level"], line["request_id"]) == ("some.library", "warning", "r1")
    assert not any(secret in log.text for secret in ("pass", "abc", KEY))

"""Webhooks: what arrives, signed by whom; and what is done about receivers that do not take it."""

import asyncio
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from standardwebhooks import Webhook
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from tests.rig import KEY, MakeRig, Rig, request
from tests.support.jobs import create_tenant
from tests.support.loopback import serving
from tests.support.waiting import until

from easel.domain import Pending
from easel.errors import ContentRejected
from easel.kit.clock import DAY, HOUR, SECOND
from easel.testing import InstantProvider
from easel.testing.clock import ManualClock
from easel.webhooks.outbox import delete_old_events

NEVER = 3600.0
pytestmark = [pytest.mark.anyio, pytest.mark.backends]
LAB = {"trusted_networks": "127.0.0.0/8"}


@dataclass
class Receiver:
    """Keeps what it gets, and answers as it is told: a status, or seconds to wait first."""

    url: str = ""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)
    pause: float = 0.0

    def app(self) -> Starlette:
        async def take(received: Request) -> Response:
            self.got.append((dict(received.headers), await received.body()))
            await asyncio.sleep(self.pause)
            return self.answers.pop(0) if self.answers else Response("thanks")

        return Starlette(routes=[Route("/{path:path}", take, methods=["POST"])])

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.got]


def asking(receiver: Receiver, *events: str, **params: Any) -> dict[str, Any]:
    named = {"webhookEvents": list(events)} if events else {}
    return request(**params) | {"webhookUrl": receiver.url} | named


async def told(rig: Rig, job_id: str, status: str | None) -> dict[str, Any]:
    """The job, once its webhookStatus is this."""

    async def found() -> dict[str, Any] | None:
        job: dict[str, Any] = (await rig.client.get(f"/v2/jobs/{job_id}")).json()
        return job if job["webhookStatus"] == status else None

    job: dict[str, Any] = await until(found)
    return job


async def deliveries(rig: Rig, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await rig.client.get("/v2/webhooks/deliveries", params=query)).json()["deliveries"]
    return found


async def tried(rig: Rig, attempts: int = 1) -> dict[str, Any]:
    """The newest delivery, once it was attempted so often."""

    async def found() -> dict[str, Any] | None:
        newest, *_ = await deliveries(rig) or [{"attempts": []}]
        return newest if len(newest["attempts"]) >= attempts else None

    delivery: dict[str, Any] = await until(found)
    return delivery


async def test_a_completed_job_is_told_as_the_vendor_tells_it(make_rig: MakeRig, receiver: Receiver) -> None:
    async with make_rig(**LAB) as rig:
        submitted = await rig.generate(asking(receiver, number_of_images=2))
        job = await told(rig, submitted.json()["jobId"], "delivered")
        (headers, body), *rest = receiver.got
        assert rest == []
        assert json.loads(body) == {
            "event": "completed",
            "jobId": job["id"],
            "status": "COMPLETED",
            "progress": 100,
            "result": job["result"],
            "model": "gpt-image-2",
            "creditCost": 8,
            "completedAt": job["completedAt"],
        }
        assert headers["content-type"] == "application/json"
        assert headers["x-webhook-event"] == "completed"
        key = hashlib.sha256(KEY.encode()).digest()
        assert headers["x-webhook-signature"] == "sha256=" + hmac.new(key, body, hashlib.sha256).hexdigest()
        secret = (await rig.client.get("/v2/webhooks/secret")).json()["secrets"][0]["secret"]
        assert Webhook(secret).verify(body, headers) == json.loads(body)


async def test_a_failed_job_is_told_as_the_vendor_tells_it(make_rig: MakeRig, receiver: Receiver) -> None:
    async with make_rig(provider=InstantProvider(script=[ContentRejected("The model declined.")]), **LAB) as rig:
        submitted = await rig.generate(asking(receiver))
        job = await told(rig, submitted.json()["jobId"], "delivered")
        assert receiver.got[0][0]["x-webhook-event"] == "failed"
        assert receiver.bodies == [
            {
                "event": "failed",
                "jobId": job["id"],
                "status": "FAILED",
                "error": "The model declined.",
                "model": "gpt-image-2",
            }
        ]


async def test_progress_is_told_to_those_who_ask_and_never_after_the_end(make_rig: MakeRig, receiver: Receiver) -> None:
    provider = InstantProvider(repeatable=False, script=[Pending("u", check_after=0.3, progress=40)])
    async with make_rig(provider=provider, **LAB) as rig:
        submitted = await rig.generate(asking(receiver, "progress", "completed"))
        job = await told(rig, submitted.json()["jobId"], "delivered")
        heard = [(one["event"], one["progress"]) for one in receiver.bodies]
        assert heard[-1] == ("completed", 100)
        assert heard[0] == ("progress", 5)
        assert receiver.bodies[0] == {
            "event": "progress",
            "jobId": job["id"],
            "status": "PROCESSING",
            "progress": 5,
            "model": "gpt-image-2",
        }


async def test_only_what_was_asked_for_is_told(make_rig: MakeRig, receiver: Receiver) -> None:
    async with make_rig(**LAB) as rig:
        job = await rig.finished(await rig.generate(asking(receiver, "failed")))
        assert job["webhookStatus"] is None
        assert await deliveries(rig) == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Response("Too large", 413), None),
        (RedirectResponse("http://127.0.0.1:1/"), "it redirects, which is not followed"),
        (Response("x" * 5_000_000, 500), None),
    ],
)
async def test_what_is_not_taken_is_tried_again_under_the_same_id(
    make_rig: MakeRig, receiver: Receiver, answer: Response, error: str | None
) -> None:
    clock = ManualClock()
    async with make_rig(clock=clock, **LAB) as rig:
        receiver.answers.append(answer)
        submitted = await rig.generate(asking(receiver))
        (first,) = (await tried(rig))["attempts"]
        assert (first["status"], first["error"]) == (answer.status_code, error)
        assert len(first["answer"] or "") <= 1024
        clock.advance(HOUR)
        await told(rig, submitted.json()["jobId"], "delivered")
        assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1
        assert len({body for _, body in receiver.got}) == 1
        assert len(receiver.got) == 2


async def test_a_receiver_that_is_down_for_a_day_has_failed_and_can_be_sent_to_again(
    make_rig: MakeRig, receiver: Receiver
) -> None:
    clock = ManualClock()
    async with make_rig(clock=clock, **LAB) as rig:
        receiver.answers += [Response("down", 503)] * 8
        submitted = await rig.generate(asking(receiver))
        job_id = submitted.json()["jobId"]
        for attempts in range(1, 8):
            assert (await tried(rig, attempts))["status"] == "pending"
            clock.advance(DAY)
        await told(rig, job_id, "failed")
        (delivery,) = await deliveries(rig, status="failed")
        assert len(delivery["attempts"]) == 8
        answer = await rig.client.post(f"/v2/webhooks/deliveries/{delivery['id']}/resend")
        assert (answer.status_code, answer.json()) == (202, {"count": 1})
        await told(rig, job_id, "delivered")
        assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1


async def test_a_restart_goes_on_with_what_was_to_be_told(make_rig: MakeRig, receiver: Receiver) -> None:
    receiver.pause = NEVER
    async with make_rig(**LAB) as rig:
        submitted = await rig.generate(asking(receiver))
        await until(lambda: receiver.got)
    receiver.pause = 0
    clock = ManualClock()
    clock.advance(HOUR)
    async with make_rig(clock=clock, **LAB) as rig:
        await told(rig, submitted.json()["jobId"], "delivered")
        assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1


async def test_slow_receivers_hold_up_no_job(make_rig: MakeRig, receiver: Receiver) -> None:
    receiver.pause = NEVER
    async with make_rig(**LAB) as rig:
        for _ in range(12):
            job = await rig.finished(await rig.generate(asking(receiver)))
            assert job["status"] == "COMPLETED"
        await until(lambda: len(receiver.got) == 8)


async def test_every_end_is_an_event_to_catch_up_from(make_rig: MakeRig) -> None:
    async with make_rig(provider=InstantProvider(script=[ContentRejected("No.")])) as rig:
        ids = [(await rig.finished(await rig.generate()))["id"] for _ in range(3)]
        page = (await rig.client.get("/v2/events", params={"limit": 2})).json()
        assert [(one["event"], one["jobId"]) for one in page["events"]] == [("failed", ids[0]), ("completed", ids[1])]
        assert page["hasMore"]
        rest = (await rig.client.get("/v2/events", params={"after": page["next"]})).json()
        assert [one["jobId"] for one in rest["events"]] == [ids[2]]
        waiting = asyncio.create_task(rig.client.get("/v2/events", params={"after": rest["next"], "wait": 10}))
        await until(lambda: rig.services.event_poller.watches)
        submitted = await rig.generate()
        assert [one["jobId"] for one in (await waiting).json()["events"]] == [submitted.json()["jobId"]]


async def test_the_old_secret_signs_for_a_day_after_it_was_replaced(make_rig: MakeRig, receiver: Receiver) -> None:
    async with make_rig(**LAB) as rig:
        old = (await rig.client.get("/v2/webhooks/secret")).json()["secrets"][0]["secret"]
        both = (await rig.client.post("/v2/webhooks/secret/rotate")).json()["secrets"]
        assert [one["secret"] for one in both][1:] == [old]
        await told(rig, (await rig.generate(asking(receiver))).json()["jobId"], "delivered")
        headers, body = receiver.got[0]
        for secret in both:
            Webhook(secret["secret"]).verify(body, headers)


async def test_a_receiver_can_be_tried_out(make_rig: MakeRig, receiver: Receiver) -> None:
    async with make_rig(**LAB) as rig:
        made = await rig.client.post("/v2/webhooks/test", json={"url": receiver.url})
        assert made.status_code == 202, made.text
        await tried(rig)
        assert (await rig.client.get(f"/v2/webhooks/deliveries/{made.json()['id']}")).json()["status"] == "delivered"
        assert receiver.bodies[0]["event"] == "test"
        wrong: list[Any] = [{}, {"url": "http://10.0.0.1/"}, {"url": receiver.url, "more": 1}, []]
        for body in wrong:
            assert (await rig.client.post("/v2/webhooks/test", json=body)).status_code == 400


@pytest.mark.parametrize(
    "url", ["http://localhost:3000/hook", "https://127.0.0.1/", "http://example.com/", "https://box/"]
)
async def test_a_test_of_a_local_endpoint_names_the_way_there(rig: Rig, url: str) -> None:
    refused = (await rig.client.post("/v2/webhooks/test", json={"url": url})).json()
    assert (refused["param"], refused["error"].split()[0]) == ("url", "url")
    assert "easel listen --forward" in refused["hint"]
    order = {"model": "gpt-image-2", "prompt": "A red fox", "webhookUrl": url}
    refused = (await rig.client.post("/v2/images/generate", json=order)).json()
    assert refused["param"] == "webhookUrl"
    assert "easel listen --forward" in refused["hint"]


async def test_a_test_of_no_address_does_not(rig: Rig) -> None:
    refused = (await rig.client.post("/v2/webhooks/test", json={"url": "hook"})).json()
    assert refused["param"] == "url"


async def test_the_address_is_checked_again_when_it_is_called(make_rig: MakeRig, receiver: Receiver) -> None:
    """A name that was public when it was named may lead somewhere private by now."""
    async with make_rig() as rig:
        body: dict[str, Any] = request() | {"webhookUrl": "https://localhost.localdomain/hook"}
        submitted = await rig.generate(body)
        assert submitted.status_code == 202, submitted.text
        assert (await tried(rig))["attempts"][0]["error"]
        assert receiver.got == []


def with_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A call lasts as long as its receiver likes, and its lease is longer, as at their usual lengths."""
    monkeypatch.setattr("easel.webhooks.delivery.SECONDS", NEVER)
    monkeypatch.setattr("easel.webhooks.outbox.LEASE", int(NEVER) * SECOND)
    monkeypatch.setattr("easel.kit.fetch.SILENCE", NEVER)


async def test_a_slow_receiver_of_one_team_holds_up_no_other_team(
    make_rig: MakeRig, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Receiver(pause=NEVER)
    async with make_rig(**LAB) as rig:
        with_patience(monkeypatch)
        other = await create_tenant(rig.db, "Other", credits=100)
        with serving(slow.app()) as url:
            slow.url = url + "/"
            for _ in range(30):
                await rig.finished(await rig.generate(asking(slow)))
            theirs = await rig.generate(asking(receiver), X_API_Key=other.secret)
            await until(lambda: receiver.got)
            assert receiver.bodies[0]["jobId"] == theirs.json()["jobId"]
            assert len(slow.got) == 8
            listed = await rig.client.get("/v2/webhooks/deliveries", headers={"X-API-Key": other.secret})
            assert [one["jobId"] for one in listed.json()["deliveries"]] == [theirs.json()["jobId"]]


@pytest.mark.backends("embedded")
async def test_a_slow_receiver_of_test_messages_holds_up_no_live_one(
    make_rig: MakeRig, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Receiver(pause=NEVER)
    async with make_rig(**LAB) as rig:
        with_patience(monkeypatch)
        made = await rig.client.post("/v2/keys", json={"name": "for tests", "test": True})
        with serving(slow.app()) as url:
            for _ in range(12):
                sent = {"url": url + "/"}
                await rig.client.post("/v2/webhooks/test", json=sent, headers={"X-API-Key": made.json()["secret"]})
            await rig.generate(asking(receiver))
            await until(lambda: receiver.got)
            assert len(slow.got) == 8


async def test_a_receiver_that_never_answers_is_on_record(
    make_rig: MakeRig, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("easel.webhooks.delivery.SECONDS", 0.1)
    receiver.pause = NEVER
    async with make_rig(**LAB) as rig:
        await rig.generate(asking(receiver))
        delivery = await tried(rig)
        (first,) = delivery["attempts"]
        assert (first["status"], first["error"]) == (None, "it took longer than 0.1 s")
        assert delivery["status"] == "pending"
        assert delivery["nextAttemptAt"]


async def test_old_news_are_forgotten_and_what_is_still_due_is_not(make_rig: MakeRig, receiver: Receiver) -> None:
    clock = ManualClock()
    async with make_rig(clock=clock, **LAB) as rig:
        await told(rig, (await rig.generate(asking(receiver))).json()["jobId"], "delivered")
        receiver.answers += [Response("down", 503)]
        await rig.generate(asking(receiver))
        await until(lambda: len(receiver.got) >= 2)
        await rig.db.write(delete_old_events, before=clock.now() + HOUR)
        assert [one["status"] for one in await deliveries(rig)] == ["pending"]
        (newest,) = (await rig.client.get("/v2/events")).json()["events"]
        await rig.finished(await rig.generate())
        events = (await rig.client.get("/v2/events", params={"after": newest["number"]})).json()["events"]
        assert len(events) == 1, "numbers go on where they were"

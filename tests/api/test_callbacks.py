"""Callbacks of a provider: signed, or ignored; and even then only a reason to poll."""

import asyncio
import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from tests.api.test_providers import at_fal, at_replicate
from tests.rig import MakeRig, Rig, request
from tests.support.doubles import fal as f
from tests.support.doubles.replicate import ReplicateDouble, Slow, WebhookScript
from tests.support.loopback import serving

pytestmark = [pytest.mark.anyio, pytest.mark.backends]
JOB = "0192f0a0-0000-7000-8000-000000000000"


@pytest.fixture
def double() -> Iterator[ReplicateDouble]:
    with ReplicateDouble().serving() as running:
        yield running


def signed(double: ReplicateDouble, body: str, *, at: float | None = None) -> dict[str, str]:
    when = datetime.fromtimestamp(at, UTC) if at else datetime.now(UTC)
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(when.timestamp())),
        "webhook-signature": "v2,AAAA " + Webhook(double.webhook_secret).sign("msg_1", when, body),
    }


async def test_only_signed_and_fresh_news_are_heard(make_rig: MakeRig, double: ReplicateDouble) -> None:
    body = json.dumps({"id": "p", "status": "succeeded"})
    good = signed(double, body)
    async with make_rig(real=True, **at_replicate(double)) as rig:

        async def answer(headers: dict[str, str], content: str = body, provider: str = "replicate") -> int:
            sent = await rig.client.post(f"/hooks/{provider}/{JOB}", content=content, headers=headers)
            return sent.status_code

        assert await answer(good) == 204
        assert await answer({}) == 401
        assert await answer(good, content=body + " ") == 401
        assert await answer(good | {"webhook-id": "msg_2"}) == 401
        assert await answer(good | {"webhook-timestamp": "soon"}) == 401
        assert await answer(good | {"webhook-signature": "v1,AAAA"}) == 401
        assert await answer(signed(double, body, at=1_700_000_000)) == 401
        assert await answer(good, provider="openai") == 404


@pytest.mark.backends("embedded")
async def test_what_anybody_sends_asks_the_upstream_for_its_key_once_at_the_most(
    make_rig: MakeRig, double: ReplicateDouble
) -> None:
    asked: list[str] = []

    async def out(request: Request) -> Response:
        asked.append(request.url.path)
        return Response(status_code=500)

    good = signed(double, "{}")
    with serving(Starlette(routes=[Route("/{path:path}", out)])) as url:
        given = at_replicate(double) | {"replicate_base_url": url}
        async with make_rig(real=True, **given) as rig:

            async def answer(headers: dict[str, str], content: bytes = b"{}") -> int:
                return (await rig.client.post(f"/hooks/replicate/{JOB}", content=content, headers=headers)).status_code

            for changed in ({"webhook-signature": "v1,AAAA"}, {"webhook-timestamp": "1"}, {"webhook-id": ""}):
                assert await answer(good | changed) == 401
            assert asked == []
            assert set(await asyncio.gather(*(answer(good) for _ in range(20)))) == {401}
            assert asked == ["/v1/webhooks/default/secret"]
            assert await answer(good, bytes(5_000_000)) == 401  # not even read


@pytest.mark.parametrize(
    "script", [WebhookScript(), WebhookScript(duplicates=2), WebhookScript(forged=True), WebhookScript(drop=True)]
)
async def test_whatever_news_come_the_job_completes_once(
    make_rig: MakeRig, double: ReplicateDouble, script: WebhookScript
) -> None:
    double.webhook_script = script
    double.script(Slow(0.3))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    public = f"http://127.0.0.1:{port}"
    async with make_rig(real=True, public_url=public, **at_replicate(double)) as rig:
        with serving(relay(rig, asyncio.get_running_loop()), port=port):
            job = await rig.finished(await rig.generate(request()))
        assert job["status"] == "COMPLETED"
        assert double.seen[0].body["webhook"] == f"{public}/hooks/replicate/{job['id']}"
        assert double.seen[0].body["webhook_events_filter"] == ["completed"]
        assert double.paid == 1
        assert await rig.credits() == 1000 - 4


async def test_only_what_fal_has_signed_is_heard(make_rig: MakeRig) -> None:
    with f.FalDouble().serving() as double, f.FalDouble().serving() as other:
        body = b'{"request_id": "r", "status": "OK"}'
        good = double.signed("r", body)
        async with make_rig(real=True, **at_fal(double)) as rig:

            async def answer(headers: dict[str, str], content: bytes = body) -> int:
                return (await rig.client.post(f"/hooks/fal/{JOB}", content=content, headers=headers)).status_code

            assert await answer(good) == 204
            assert await answer({}) == 401
            assert await answer(good, body + b" ") == 401
            assert await answer(other.signed("r", body)) == 401
            assert await answer(double.signed("r", body, at=1_700_000_000)) == 401
            for name in good.keys() - {"content-type"}:
                assert await answer(good | {name: "0" * 128 if name.endswith("signature") else "1"}) == 401
                assert await answer({key: value for key, value in good.items() if key != name}) == 401


async def test_news_of_fal_complete_a_job_once(make_rig: MakeRig) -> None:
    with f.FalDouble().serving() as double, socket.create_server(("127.0.0.1", 0)) as free:
        double.script(f.Slow(0.3))
        port = free.getsockname()[1]
        free.close()
        public = f"http://127.0.0.1:{port}"
        async with make_rig(real=True, public_url=public, **at_fal(double)) as rig:
            with serving(relay(rig, asyncio.get_running_loop()), port=port):
                job = await rig.finished(await rig.generate(request()))
            assert (job["status"], double.paid) == ("COMPLETED", 1)
            assert double.seen[0].query == {"fal_webhook": f"{public}/hooks/fal/{job['id']}"}


def relay(rig: Rig, loop: asyncio.AbstractEventLoop) -> Starlette:
    """A real port that hands what it gets to the rig, which lives in this test's loop."""

    async def hand_on(received: Request) -> Response:
        sent = rig.client.post(received.url.path, content=await received.body(), headers=dict(received.headers))
        answer = await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(sent, loop))
        return Response(status_code=answer.status_code)

    return Starlette(routes=[Route("/{path:path}", hand_on, methods=["POST"])])

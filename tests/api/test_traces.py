"""Traces: one follows a job from its request to its webhook, keeps secrets, and is not made unless asked for."""

import subprocess
import sys

import pytest
from tests.api.test_webhooks import LAB, Receiver, asking, told
from tests.rig import MakeRig, Rig, request
from tests.support.doubles.openai import OpenAIDouble, ServerError
from tests.support.traces import TraceCollector

from easel.errors import ContentRejected
from easel.telemetry.tracing import Tracing
from easel.testing import InstantProvider

pytestmark = [pytest.mark.anyio, pytest.mark.backends("embedded")]
TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
GIVEN = f"00-{TRACE}-{SPAN}-01"
STEPS = {
    "POST /v2/images/generate",
    "accept",
    "queue",
    "run",
    "capacity",
    "inputs",
    "postprocess",
    "store",
    "finalize",
    "deliver",
}


async def test_one_trace_follows_a_job_from_its_request_to_its_webhook(
    make_rig: MakeRig, collector: TraceCollector, receiver: Receiver
) -> None:
    with OpenAIDouble().serving() as double:
        provider = {"real": True, "openai_api_key": double.key, "openai_base_url": double.url}
        async with make_rig(traces_url=collector.url, **provider, **LAB) as rig:
            body = asking(receiver, "completed") | {"prompt": "a very private prompt"}
            job = await rig.finished(await rig.generate(body, traceparent=GIVEN))
            await told(rig, job["id"], "delivered")
        spans = collector.trace_of(job["id"])
        named = {span.name: span for span in spans}
        assert STEPS | {"start openai", "image openai"} <= set(named)
        assert {span.trace_id for span in spans} == {TRACE}
        assert named["POST /v2/images/generate"].parent_id == SPAN
        assert named["accept"].parent_id == named["POST /v2/images/generate"].span_id
        for name in ("queue", "run", "deliver"):
            assert named[name].parent_id == named["accept"].span_id, name
        for name in ("capacity", "inputs", "start openai", "postprocess", "store", "finalize"):
            assert named[name].parent_id == named["run"].span_id, name
            assert named[name].about["easel.job_id"] == job["id"], name
            assert named[name].about["easel.model"] == "gpt-image-2", name
        assert named["run"].about["easel.provider"] == "openai"
        assert named["run"].about["easel.outcome"] == "completed"
        assert named["start openai"].about["easel.outcome"] == "ok"
        assert double.seen[-1].headers["traceparent"] == f"00-{TRACE}-{named['start openai'].span_id}-01"
        assert receiver.got[-1][0]["traceparent"] == f"00-{TRACE}-{named['deliver'].span_id}-01"
        everything = b"".join(collector.bodies)
        for secret in ("a very private prompt", double.key, receiver.url, rig.client.headers["X-API-Key"]):
            assert secret.encode() not in everything


async def test_a_failure_is_its_class_and_its_code(make_rig: MakeRig, collector: TraceCollector) -> None:
    async with make_rig(
        provider=InstantProvider(script=[ContentRejected("secret words")]), traces_url=collector.url
    ) as rig:
        job = await rig.finished(await rig.generate())
    named = {span.name: span for span in collector.trace_of(job["id"])}
    assert named["start sketch"].failed
    assert named["start sketch"].about["easel.outcome"] == "rejected"
    assert named["run"].about["easel.outcome"] == "moderation_refused"
    assert b"secret words" not in b"".join(collector.bodies)


async def test_each_call_of_a_job_is_a_span(make_rig: MakeRig, collector: TraceCollector) -> None:
    with OpenAIDouble().serving() as double:
        double.script(ServerError(), ServerError())
        provider = {"real": True, "openai_api_key": double.key, "openai_base_url": double.url}
        async with make_rig(traces_url=collector.url, **provider) as rig:
            job = await rig.finished(await rig.generate())
        calls = [span for span in collector.trace_of(job["id"]) if span.name == "start openai"]
        assert len(calls) == len(job["attempts"])
        seen = [one.headers["traceparent"] for one in double.seen if "traceparent" in one.headers]
        assert {span.span_id for span in calls} == {header.split("-")[2] for header in seen}


@pytest.mark.parametrize(
    "given",
    [
        "",
        "nonsense",
        f"ff-{TRACE}-{SPAN}-01",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        "00-" + "x" * 99,
    ],
)
async def test_a_broken_traceparent_begins_a_new_trace(
    make_rig: MakeRig, collector: TraceCollector, given: str
) -> None:
    async with make_rig(traces_url=collector.url) as rig:
        job = await rig.finished(await rig.generate(traceparent=given))
    (trace,) = {span.trace_id for span in collector.trace_of(job["id"]) if span.name == "run"}
    assert trace != TRACE


async def test_a_client_that_does_not_sample_is_followed(make_rig: MakeRig, collector: TraceCollector) -> None:
    async with make_rig(traces_url=collector.url) as rig:
        submitted = await rig.generate(traceparent=f"00-{TRACE}-{SPAN}-00")
        await rig.finished(submitted)
        kept = (await rig.job(submitted)).trace
        assert kept and kept.startswith(f"00-{TRACE}-") and kept.endswith("-00")
    assert TRACE not in {span.trace_id for span in collector.spans}


async def test_a_collector_that_is_away_holds_nobody_up(make_rig: MakeRig) -> None:
    async with make_rig(traces_url="http://127.0.0.1:9/v1/traces") as rig:
        assert (await rig.finished(await rig.generate()))["status"] == "COMPLETED"


async def test_without_a_collector_there_is_nothing(rig: Rig) -> None:
    submitted = await rig.generate(request(), traceparent=GIVEN)
    await rig.finished(submitted)
    assert (await rig.job(submitted)).trace is None
    with Tracing().span("nothing") as span:
        span.note(anything=1)
    code = "import easel.app, sys; print(any(n.startswith('opentelemetry.sdk') for n in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: ASYNC221
    assert done.stdout.strip() == "False"

"""Where spans go, and that a collector that is slow or gone costs nobody time."""

import asyncio
import socket

import pytest
from tests.support.traces import TraceCollector

from easel.config import Settings
from easel.kit.trace import current, trace_headers
from easel.telemetry.tracing import Tracing

pytestmark = pytest.mark.anyio


def test_the_collector_is_named_by_us_or_by_the_name_people_know(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().collector is None
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318/")
    assert Settings().collector == "http://collector:4318/v1/traces"
    monkeypatch.setenv("EASEL_TRACES_URL", "http://other:4318/v1/traces")
    assert Settings().collector == "http://other:4318/v1/traces"


async def test_a_span_is_below_the_one_that_is_open_and_hands_down_what_it_is_about() -> None:
    with TraceCollector().serving() as collector:
        tracing = Tracing(collector.url, kind="worker", instance="i")
        with tracing.span("outer", job_id="j", model="m", other="o"):
            with tracing.span("inner"):
                inside = trace_headers()["traceparent"]
            with pytest.raises(ValueError, match="secret"), tracing.span("broken"):
                raise ValueError("secret")
        assert current.get() is None
        await tracing.close()
    inner, broken, outer = collector.spans
    assert inside == f"00-{inner.trace_id}-{inner.span_id}-{inside[-2:]}"
    assert inner.parent_id == broken.parent_id == outer.span_id
    assert inner.about == {"easel.job_id": "j", "easel.model": "m"}
    assert (broken.failed, broken.about["easel.outcome"]) == (True, "ValueError")
    assert b"secret" not in collector.bodies[0]
    assert (outer.process["service.name"], outer.process["service.instance.id"]) == ("easel", "i")


async def test_a_collector_that_never_answers_is_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("easel.telemetry.tracing.EXPORT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        tracing = Tracing(f"http://127.0.0.1:{silent.getsockname()[1]}/v1/traces")
        with tracing.span("lost"):
            pass
        async with asyncio.timeout(60):
            await tracing.close()

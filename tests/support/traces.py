"""A collector of traces: takes spans over OTLP/HTTP, as protobuf, from any process, and keeps them.

with TraceCollector().serving() as collector:
    ...EASEL_TRACES_URL=collector.url...
    collector.trace_of(job_id)
"""

import contextlib
import gzip
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import KeyValue
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from tests.support.loopback import serving

KINDS = ("unspecified", "internal", "server", "client", "producer", "consumer")


@dataclass(frozen=True, slots=True)
class Span:
    """One span as it arrived. Times are nanoseconds since 1970; `process` says which one sent it."""

    name: str
    kind: str
    trace_id: str
    span_id: str
    parent_id: str
    began: int
    ended: int
    failed: bool
    about: dict[str, Any]
    process: dict[str, Any]

    @property
    def milliseconds(self) -> float:
        return (self.ended - self.began) / 1e6


class TraceCollector:
    """`spans` is everything that came, in order; `bodies` the raw messages, to look for what must not be in them."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.bodies: list[bytes] = []
        self.url = ""

    @contextlib.contextmanager
    def serving(self) -> Iterator[Self]:
        """Listen on loopback for as long as the block lasts."""
        with serving(Starlette(routes=[Route("/v1/traces", self._take, methods=["POST"])])) as address:
            self.url = f"{address}/v1/traces"
            yield self

    def trace_of(self, job_id: str) -> Sequence[Span]:
        """All spans of the trace a job ran in, the first to begin first. (Looking at it makes other traces.)"""
        about_it = (span for span in self.spans if span.about.get("easel.job_id") == job_id)
        traces = {span.trace_id for span in about_it if span.kind != "server"}
        return sorted((span for span in self.spans if span.trace_id in traces), key=lambda span: span.began)

    def wait_for(self, job_id: str, *names: str, seconds: float = 20) -> Sequence[Span]:
        """The same, once spans with these names are there; raises TimeoutError."""
        end = time.monotonic() + seconds
        while not set(names) <= {span.name for span in self.trace_of(job_id)}:
            if time.monotonic() > end:
                raise TimeoutError(f"there are only {[span.name for span in self.trace_of(job_id)]}")
            time.sleep(0.05)
        return self.trace_of(job_id)

    async def _take(self, request: Request) -> Response:
        body = await request.body()
        if request.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        self.bodies.append(body)
        for part in ExportTraceServiceRequest.FromString(body).resource_spans:
            process = _mapping(part.resource.attributes)
            for scope in part.scope_spans:
                for one in scope.spans:
                    self.spans.append(
                        Span(
                            name=one.name,
                            kind=KINDS[one.kind],
                            trace_id=one.trace_id.hex(),
                            span_id=one.span_id.hex(),
                            parent_id=one.parent_span_id.hex(),
                            began=one.start_time_unix_nano,
                            ended=one.end_time_unix_nano,
                            failed=one.status.code == one.status.STATUS_CODE_ERROR,
                            about=_mapping(one.attributes),
                            process=process,
                        )
                    )
        return Response(b"", media_type="application/x-protobuf")


def _mapping(attributes: Sequence[KeyValue]) -> dict[str, Any]:
    return {one.key: getattr(one.value, one.value.WhichOneof("value") or "string_value") for one in attributes}

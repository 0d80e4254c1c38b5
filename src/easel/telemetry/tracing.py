"""Spans, sent to a collector over OTLP. Without a collector no SDK is imported, and nothing is created or sent.

A span carries ids, names and outcomes: never a prompt, a key or an address, and of an error only its class.
"""

import asyncio
import contextlib
import threading
import time
from collections.abc import Iterator
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Literal

from opentelemetry.trace import INVALID_SPAN, SpanKind, StatusCode, set_span_in_context
from opentelemetry.trace import Span as OpenSpan
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from easel import __version__
from easel.kit import trace

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

Kind = Literal["internal", "server", "client", "consumer"]
# Names that differ outside; all others are easel.<name>.
NAMES = {"method": "http.request.method", "route": "http.route", "status": "http.response.status_code"}
HANDED_DOWN = ("job_id", "model", "provider")
EXPORT_SECONDS = 5.0
LONGEST_PARENT = 120  # characters: it comes from strangers
W3C = TraceContextTextMapPropagator()

_about: ContextVar[dict[str, Any] | None] = ContextVar("about", default=None)


class Span:
    """An open span. Without a collector it does nothing."""

    def __init__(self, span: OpenSpan = INVALID_SPAN) -> None:
        self._span = span
        self._outcome: str | None = None

    def note(self, **about: Any) -> None:
        """Add attributes."""
        self._outcome = about.get("outcome", self._outcome)
        self._span.set_attributes(_named(about))

    def call(self, name: str) -> None:
        """Set its name, once known."""
        self._span.update_name(name)

    def failed(self, outcome: str) -> None:
        """It raised; `outcome` is the word for that, unless a better one was set."""
        self._span.set_status(StatusCode.ERROR)
        self.note(outcome=self._outcome or outcome)


class Tracing:
    """The spans of one process. `collector` is their destination; None disables them."""

    def __init__(self, collector: str | None = None, *, kind: str = "server", instance: str = "") -> None:
        self._provider = _provider(collector, kind, instance) if collector else None
        self._tracer = self._provider.get_tracer("easel", __version__) if self._provider else None

    @property
    def on(self) -> bool:
        return self._tracer is not None

    @contextlib.contextmanager
    def span(
        self, name: str, *, kind: Kind = "internal", parent: str | None = None, began: int | None = None, **about: Any
    ) -> Iterator[Span]:
        """A span until the block ends, below `parent` or the span that is open here.

        `began` is the start of one in the past, in milliseconds since 1970.
        """
        if self._tracer is None:
            yield Span()
            return
        inherited = (_about.get() or {}) | {key: about[key] for key in HANDED_DOWN if about.get(key)}
        opened = self._tracer.start_span(
            name,
            context=W3C.extract({trace.HEADER: (parent or trace.current.get() or "")[:LONGEST_PARENT]}),
            kind=SpanKind[kind.upper()],
            attributes=_named(inherited | about),
            start_time=began * 1_000_000 if began is not None else None,
        )
        carrier: dict[str, str] = {}
        W3C.inject(carrier, set_span_in_context(opened))
        here = trace.current.set(carrier[trace.HEADER])
        known = _about.set(inherited)
        span = Span(opened)
        try:
            yield span
        except asyncio.CancelledError:
            span.note(outcome="cancelled")
            raise
        except Exception as error:
            span.failed(type(error).__name__)
            raise
        finally:
            opened.end()
            trace.current.reset(here)
            _about.reset(known)

    async def close(self) -> None:
        """Send the remaining spans; an unavailable collector does not delay the exit for long."""
        if self._provider is None:
            return
        # Not on the event loop's own threads: the loop would wait for them without a limit.
        thread = threading.Thread(target=self._provider.shutdown, name="last spans", daemon=True)
        thread.start()
        until = time.monotonic() + EXPORT_SECONDS
        while thread.is_alive() and time.monotonic() < until:  # noqa: ASYNC110 - the loop may have ended before the thread
            await asyncio.sleep(0.02)


def _named(about: dict[str, Any]) -> dict[str, Any]:
    return {NAMES.get(key, f"easel.{key}"): value for key, value in about.items() if value is not None}


def _provider(collector: str, kind: str, instance: str) -> "TracerProvider":
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    about = {"service.name": "easel", "service.version": __version__, "service.instance.id": instance}
    resource = Resource.create(about | {"easel.process": kind})
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    exporter = OTLPSpanExporter(endpoint=collector, timeout=EXPORT_SECONDS)
    provider.add_span_processor(BatchSpanProcessor(exporter, schedule_delay_millis=1000))
    return provider

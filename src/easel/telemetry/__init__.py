"""Telemetry of a process: metrics for Prometheus, traces for an OTLP collector.

The pipeline calls it with plain values; it knows no job class, and never makes a job fail.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable, Coroutine, Iterator
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from prometheus_client import Histogram
from pydantic import Field, SecretStr

from easel.kit.clock import SECOND
from easel.kit.settings import SettingsModel
from easel.telemetry.installation import Installation
from easel.telemetry.metrics import Metrics
from easel.telemetry.tracing import Span, Tracing

Some = ParamSpec("Some")
Result = TypeVar("Result")


class TelemetrySettings(SettingsModel):
    metrics_token: SecretStr | None = Field(default=None, min_length=16)
    """Required to read /metrics unless the server is loopback-only: a bearer token."""
    metrics_port: int | None = Field(default=None, ge=0, le=65535)
    """Port on which `easel worker` serves /metrics, /healthz and /readyz. The processes of `easel serve --workers` use
    the ports after it, one each. Default: none. A server of one process uses its own port."""
    traces_url: str | None = Field(default=None, pattern=r"^https?://")
    """OTLP/HTTP URL for traces, for example http://collector:4318/v1/traces. Default: no traces."""
    otel_exporter_otlp_endpoint: str | None = Field(
        default=None, validation_alias="otel_exporter_otlp_endpoint", pattern=r"^https?://"
    )
    """The standard OpenTelemetry name for it, without /v1/traces. Other OTEL_ settings are read too."""

    @property
    def collector(self) -> str | None:
        """Where spans go; None for nowhere."""
        base = self.otel_exporter_otlp_endpoint
        return self.traces_url or (base.rstrip("/") + "/v1/traces" if base else None)


class Telemetry:
    """The instruments of one process."""

    def __init__(self, settings: TelemetrySettings | None = None, *, kind: str = "server", instance: str = "") -> None:
        self.metrics = Metrics()
        self.installation = Installation()
        self.tracing = Tracing(settings.collector if settings else None, kind=kind, instance=instance)

    def request_answered(self, *, route: str, method: str, status: int, seconds: float) -> None:
        self.metrics.requests.labels(route, method, str(status)).observe(seconds)

    def job_ended(
        self, *, model: str, provider: str, state: str, code: str | None, cost: int, times: tuple[int, int | None, int]
    ) -> None:
        """A job has ended. `times` are when it was accepted, started (if it was) and ended, in milliseconds."""
        accepted, begun, ended = times
        self.metrics.job_ends.labels(model, provider, state, code or "").inc()
        self.metrics.credits_spent.labels(model, provider).inc(cost)
        if begun is not None:
            self.metrics.job_queue.labels(model, provider).observe(max(0, begun - accepted) / SECOND)
            self.metrics.job_work.labels(model, provider, state).observe(max(0, ended - begun) / SECOND)

    def delivery_tried(self, *, kind: str, outcome: str, late: int, took: int) -> None:
        """A webhook was sent, `late` milliseconds after it was due."""
        self.metrics.delivery_tries.labels(kind, outcome).observe(took / SECOND)
        self.metrics.delivery_lateness.observe(max(0, late) / SECOND)

    @contextlib.contextmanager
    def step(self, name: str, **about: Any) -> Iterator[Span]:
        """A step of the pipeline, timed and traced."""
        with self.tracing.span(name, **about) as span, _timed(self.metrics.steps, name):
            yield span

    @contextlib.contextmanager
    def call(self, provider: str, name: str, outcome_of: Callable[[Exception], str]) -> Iterator[Span]:
        """A provider call, timed and traced; `outcome_of` returns the word for an exception."""
        with (
            self.tracing.span(f"{name} {provider}", kind="client", provider=provider, call=name) as span,
            _timed(self.metrics.upstream, provider, name, outcome_of=outcome_of, span=span),
        ):
            yield span


@contextlib.contextmanager
def _timed(
    timer: Histogram,
    *labels: str,
    outcome_of: Callable[[Exception], str] = lambda error: type(error).__name__,
    span: Span | None = None,
) -> Iterator[None]:
    """Observe the time of a block, by labels and outcome; the span notes the outcome too."""
    begun, outcome = time.perf_counter(), "ok"
    try:
        yield
    except asyncio.CancelledError:
        outcome = "cancelled"
        raise
    except Exception as error:
        outcome = outcome_of(error)
        raise
    finally:
        timer.labels(*labels, outcome).observe(time.perf_counter() - begun)
        if span:
            span.note(outcome=outcome)


class Observed(Protocol):
    """An object that carries the telemetry."""

    @property
    def telemetry(self) -> Telemetry: ...


JobHandler = TypeVar("JobHandler", bound=Observed)
Step = Callable[Concatenate[JobHandler, Some], Coroutine[Any, Any, Result]]


def step(name: str) -> Callable[[Step[JobHandler, Some, Result]], Step[JobHandler, Some, Result]]:
    """Time and trace a function as a step of the pipeline under this name. Its first argument is the services."""

    def made(function: Step[JobHandler, Some, Result]) -> Step[JobHandler, Some, Result]:
        @wraps(function)
        async def watched(services: JobHandler, /, *rest: Some.args, **named: Some.kwargs) -> Result:
            with services.telemetry.step(name):
                return await function(services, *rest, **named)

        return watched

    return made

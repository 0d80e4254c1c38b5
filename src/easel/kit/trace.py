"""The current position in a trace, as a W3C `traceparent`. The telemetry sets it; nothing here sends."""

from contextvars import ContextVar

HEADER = "traceparent"

current: ContextVar[str | None] = ContextVar(HEADER, default=None)


def trace_headers() -> dict[str, str]:
    """The header of outgoing requests, so that the receiver can continue the trace."""
    here = current.get()
    return {HEADER: here} if here else {}

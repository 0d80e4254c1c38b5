"""The W3C `traceparent` of the code that runs: tracing sets it; the log and what leaves this process carry it."""

from contextvars import ContextVar

HEADER = "traceparent"

current: ContextVar[str | None] = ContextVar(HEADER, default=None)


def trace_headers() -> dict[str, str]:
    """What a request that leaves from here carries, so that its receiver can go on with the trace."""
    here = current.get()
    return {HEADER: here} if here else {}

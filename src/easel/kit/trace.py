"""The current position in a trace, as a W3C `traceparent`. The telemetry sets it; nothing here sends."""

import re
from contextvars import ContextVar

HEADER = "traceparent"
_FORM = re.compile(r"(?!ff)[0-9a-f]{2}-(?P<trace>[0-9a-f]{32})-(?P<span>[0-9a-f]{16})-(?P<flags>[0-9a-f]{2})(?:-.*)?")

current: ContextVar[str | None] = ContextVar("traceparent", default=None)


def parsed(text: str | None) -> tuple[int, int, int] | None:
    """Trace, span and flags of an untrusted traceparent; None when it is invalid."""
    match = _FORM.fullmatch(text[:120]) if text else None
    if not match or not int(match["trace"], 16) or not int(match["span"], 16):
        return None
    return int(match["trace"], 16), int(match["span"], 16), int(match["flags"], 16)


def written(trace: int, span: int, flags: int) -> str:
    return f"00-{trace:032x}-{span:016x}-{flags:02x}"


def trace_headers() -> dict[str, str]:
    """The header of outgoing requests, so that the receiver can continue the trace."""
    here = current.get()
    return {HEADER: here} if here else {}

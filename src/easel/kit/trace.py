"""Where in a trace this code is, as W3C writes it: `traceparent`. Whoever traces sets it; nothing here sends."""

import re
from contextvars import ContextVar

HEADER = "traceparent"
_FORM = re.compile(r"(?!ff)[0-9a-f]{2}-(?P<trace>[0-9a-f]{32})-(?P<span>[0-9a-f]{16})-(?P<flags>[0-9a-f]{2})(?:-.*)?")

current: ContextVar[str | None] = ContextVar("traceparent", default=None)


def parsed(text: str | None) -> tuple[int, int, int] | None:
    """Trace, span and flags of a traceparent; None when it is none. It comes from strangers."""
    found = _FORM.fullmatch(text[:120]) if text else None
    if not found or not int(found["trace"], 16) or not int(found["span"], 16):
        return None
    return int(found["trace"], 16), int(found["span"], 16), int(found["flags"], 16)


def written(trace: int, span: int, flags: int) -> str:
    return f"00-{trace:032x}-{span:016x}-{flags:02x}"


def trace_headers() -> dict[str, str]:
    """What a request that leaves from here carries, so that its receiver can go on with the trace."""
    here = current.get()
    return {HEADER: here} if here else {}

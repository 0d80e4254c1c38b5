"""A request as it arrived, for tests to read. A vendor's package adds what else it reads from the body."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Seen:
    """`headers` have lower-case names."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


def head_of(request: Request) -> dict[str, Any]:
    """The fields of `Seen` for a request."""
    return {
        "method": request.method,
        "path": request.url.path,
        "query": dict(request.query_params),
        "headers": dict(request.headers),
    }

"""A request as it arrived, for tests to look at."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Seen:
    """`headers` have lower-case names; `body` is the parsed JSON, None when it is none."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any

    @classmethod
    async def of(cls, request: Request) -> Self:
        raw = await request.body()
        return cls(
            method=request.method,
            path=request.url.path,
            query=dict(request.query_params),
            headers=dict(request.headers),
            body=_parsed(raw),
        )


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return None

"""A request to Replicate as it arrived."""

import json
from dataclasses import dataclass
from typing import Any, Self

from starlette.requests import Request
from tests.support.doubles.base import seen
from tests.support.doubles.base.seen import head_of


@dataclass(frozen=True, slots=True)
class Seen(seen.Seen):
    """`body` is the parsed JSON, None when it is none."""

    body: Any

    @classmethod
    async def of(cls, request: Request) -> Self:
        return cls(**head_of(request), body=_parsed(await request.body()))


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return None

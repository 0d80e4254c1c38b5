"""A request as it arrived, for tests to read."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a multipart form; `name` is its field."""

    name: str
    data: bytes
    filename: str | None
    content_type: str | None


@dataclass(frozen=True, slots=True)
class ReceivedRequest:
    """`headers` have lower-case names. `body` is its JSON or the text fields of its form; None when it is neither.

    `request_id` is what the answer is known by.
    """

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any = None
    files: tuple[Upload, ...] = ()
    request_id: str = field(default_factory=lambda: f"req_{uuid.uuid4().hex}")

    @classmethod
    def of(cls, request: Request, body: Any, files: tuple[Upload, ...] = ()) -> Self:
        query, headers = dict(request.query_params), dict(request.headers)
        return cls(request.method, request.url.path, query, headers, body, files)


async def json_of(request: Request) -> Any:
    """The JSON of the body; None when it is none."""
    try:
        return json.loads(await request.body())
    except ValueError:
        return None

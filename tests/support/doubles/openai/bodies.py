"""Reading a request's body: JSON, or the fields and files of a form. What is wrong with it is returned, not raised."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from tests.support.doubles.base import Upload
from tests.support.doubles.openai.refusals import Refusal, duplicate, not_json, wrong_type

MOST_FIELD_BYTES = 25_000_000
NUMBERS = frozenset({"n", "output_compression", "partial_images"})
SWITCHES = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Body:
    """`fields` are the JSON object or the form's text fields; `fault` is what keeps it from being used."""

    fields: dict[str, Any] = field(default_factory=dict)
    files: tuple[Upload, ...] = ()
    form: bool = False
    fault: Refusal | None = None


async def read_body(request: Request) -> Body:
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await _form(request)
    try:
        values = json.loads(await request.body())
    except ValueError:
        return Body(fault=not_json())
    if not isinstance(values, dict):
        return Body(fault=wrong_type("body", "an object", "something else"))
    return Body(values)


async def _form(request: Request) -> Body:
    fields: dict[str, Any] = {}
    files: list[Upload] = []
    fault: Refusal | None = None
    try:
        async with request.form(max_part_size=MOST_FIELD_BYTES) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    files.append(Upload(name, await value.read(), value.filename, value.content_type))
                    continue
                if name in fields and not name.endswith("[]"):
                    fault = duplicate(name)
                fields[name] = _value(name, value)
    except HTTPException as error:
        fault = Refusal(f"Could not parse multipart form: {error.detail}")
    return Body(fields, tuple(files), form=True, fault=fault)


def _value(name: str, text: str) -> Any:
    """Forms know only text; numbers and switches are read as such."""
    if name in NUMBERS and re.fullmatch(r"-?\d+", text):
        return int(text)
    return SWITCHES.get(text, text) if name == "stream" else text

"""Checks a create request the way Replicate does: the body is strict, and what the model does not know is dropped.

The sentences are those of the JSON Schema library Replicate uses: https://github.com/xeipuuv/gojsonschema.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from tests.support.doubles.replicate.models import Model
from tests.support.doubles.replicate.refusals import InvalidField

EVENTS = ("start", "output", "logs", "completed")
TOP_LEVEL = ("input", "webhook", "webhook_events_filter", "stream")
PREFER = re.compile(r"wait(=([1-9]|[1-9][0-9]|60))?")
CANCEL_AFTER = re.compile(r"(?=.)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s?)?")
TYPES = {"string": str, "integer": int, "array": list, "object": dict, "boolean": bool}


def check_body(body: Mapping[str, Any], *, versioned: bool, https_only: bool) -> list[InvalidField]:
    """What is wrong with the envelope; the input's own fields come later."""
    required = ("version", "input") if versioned else ("input",)
    problems = [InvalidField("required", "", f"{name} is required") for name in required if name not in body]
    allowed = {*TOP_LEVEL, *required}
    problems += [
        InvalidField("additional_property_not_allowed", "", f"Additional property {name} is not allowed")
        for name in body
        if name not in allowed
    ]
    types = {"version": "string", "input": "object", "webhook": "string", "stream": "boolean"}
    problems += [
        wrong_type(name, wanted, body[name])
        for name, wanted in types.items()
        if name in body and name in allowed and not _is(body[name], wanted)
    ]
    return problems + _check_webhook(body, https_only=https_only)


def check_input(model: Model, given: Mapping[str, Any]) -> list[InvalidField]:
    problems = [
        InvalidField("required", "input", f"{name} is required")
        for name in model.schemas["Input"]["required"]
        if name not in given
    ]
    for name, schema in model.properties.items():
        if name in given:
            problems += _check_value(f"input.{name}", given[name], _resolved(model, schema))
    return problems


def known(model: Model, given: Mapping[str, Any]) -> dict[str, Any]:
    """The input as Replicate repeats it: what the model knows, without secrets."""
    properties = model.properties
    return {
        name: "[REDACTED]" if properties[name].get("x-cog-secret") else value
        for name, value in given.items()
        if name in properties
    }


def wait_seconds(prefer: str | None) -> int | None:
    """How long a `Prefer` header asks to wait, at most 60 s; raises ValueError."""
    if prefer is None:
        return None
    if not (match := PREFER.fullmatch(prefer.strip())):
        raise ValueError(prefer)
    # The published pattern lets 61 to 99 pass; the documented range ends at 60.
    return min(60, int(match[2] or 60))


def cancel_seconds(cancel_after: str | None, *, minimum: float) -> float | None:
    """The lifetime a `Cancel-After` header gives; raises ValueError."""
    if cancel_after is None:
        return None
    if not (match := CANCEL_AFTER.fullmatch(cancel_after.strip())):
        raise ValueError(cancel_after)
    hours, minutes, rest = (float(part or 0) for part in match.groups())
    seconds = hours * 3600 + minutes * 60 + rest
    if seconds < minimum:
        raise ValueError(cancel_after)
    return seconds


def _check_webhook(body: Mapping[str, Any], *, https_only: bool) -> list[InvalidField]:
    problems = []
    webhook = body.get("webhook")
    schemes = ("https",) if https_only else ("https", "http")
    if isinstance(webhook, str) and not _is_uri(webhook, schemes):
        problems.append(InvalidField("format", "webhook", "Does not match format 'uri'"))
    events = body.get("webhook_events_filter", [])
    if not isinstance(events, list):
        return [*problems, wrong_type("webhook_events_filter", "array", events)]
    for index, event in enumerate(events):
        problems += _check_value(f"webhook_events_filter.{index}", event, {"type": "string", "enum": list(EVENTS)})
    return problems


def _check_value(field: str, value: Any, schema: Mapping[str, Any]) -> list[InvalidField]:
    if value is None and schema.get("nullable"):
        return []
    if not _is(value, schema["type"]):
        return [wrong_type(field, schema["type"], value)]
    if value not in schema.get("enum", [value]):
        name, choices = field.removeprefix("input."), ", ".join(f'"{choice}"' for choice in schema["enum"])
        return [InvalidField("enum", field, f"{name} must be one of the following: {choices}")]
    if "minimum" in schema and value < schema["minimum"]:
        return [InvalidField("number_gte", field, f"Must be greater than or equal to {schema['minimum']}")]
    if "maximum" in schema and value > schema["maximum"]:
        return [InvalidField("number_lte", field, f"Must be less than or equal to {schema['maximum']}")]
    if schema.get("format") == "uri" and not _is_uri(value, ("https", "http", "data")):
        return [InvalidField("format", field, "Does not match format 'uri'")]
    if "items" in schema:
        return [
            it for index, item in enumerate(value) for it in _check_value(f"{field}.{index}", item, schema["items"])
        ]
    return []


def _resolved(model: Model, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    references = [part["$ref"].rsplit("/", 1)[-1] for part in schema.get("allOf", ())]
    return model.schemas[references[0]] if references else schema


def wrong_type(field: str, wanted: str, value: Any) -> InvalidField:
    given = next((name for name in TYPES if _is(value, name)), "null" if value is None else "number")
    return InvalidField("invalid_type", field, f"Invalid type. Expected: {wanted}, given: {given}")


def _is(value: Any, wanted: str) -> bool:
    if wanted == "integer":
        return (isinstance(value, int) and not isinstance(value, bool)) or (
            isinstance(value, float) and value.is_integer()
        )
    return isinstance(value, TYPES[wanted])


def _is_uri(text: str, schemes: tuple[str, ...]) -> bool:
    if text.startswith("data:"):
        return "data" in schemes
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in schemes and bool(parts.netloc)

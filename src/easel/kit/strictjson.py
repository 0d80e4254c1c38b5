"""Strict JSON: one clear sentence for everything a lenient parser would accept.

Refused: more than `MAX_VALUES` values (counted by their punctuation), invalid UTF-8, NaN and infinities, duplicate
keys, lone surrogates, NUL characters (PostgreSQL cannot store them), nesting deeper than `MAX_DEPTH`.
"""

import json
import math
from typing import Any, NoReturn

MAX_DEPTH = 32
MAX_VALUES = 50_000
MAX_EXACT = 2**53


class NotStrictJson(ValueError):
    """What is wrong with the text, for people."""


def parse(body: bytes) -> Any:
    """The value in `body`; raises NotStrictJson."""
    if sum(body.count(mark) for mark in (b"{", b"[", b",")) > MAX_VALUES:
        raise NotStrictJson(f"The body has more than {MAX_VALUES:,} values.")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotStrictJson(f"The body is not UTF-8 (byte {error.start}).") from error
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_float)
    except json.JSONDecodeError as error:
        reason = error.msg.lower().removesuffix(" at")
        raise NotStrictJson(
            f"The body is not valid JSON: {reason} at line {error.lineno}, column {error.colno}."
        ) from error
    except RecursionError as error:
        raise NotStrictJson(f"The body is nested deeper than {MAX_DEPTH} levels.") from error
    except NotStrictJson:
        raise
    except ValueError as error:  # an integer of thousands of digits
        raise NotStrictJson("The body contains a number with too many digits.") from error
    _check_text(value, depth=0)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for key, value in pairs:
        if key in members:
            raise NotStrictJson(f"The key {_shown(key)} appears twice in one object.")
        members[key] = value
    return members


def _constant(name: str) -> NoReturn:
    raise NotStrictJson(f"{name} is not a JSON number.")


def _float(text: str) -> float | int:
    value = float(text)
    if not math.isfinite(value):
        raise NotStrictJson(f"The number {text[:40]} is too large.")
    # 4.0 is the same JSON number as 4.
    return int(value) if value.is_integer() and abs(value) < MAX_EXACT else value


def _check_text(value: Any, depth: int) -> None:
    if depth == MAX_DEPTH and isinstance(value, list | dict):
        raise NotStrictJson(f"The body is nested deeper than {MAX_DEPTH} levels.")
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise NotStrictJson("A string contains half of a surrogate pair.") from error
        if "\0" in value:
            raise NotStrictJson("A string contains a NUL character (\\u0000).")
    elif isinstance(value, list):
        for item in value:
            _check_text(item, depth + 1)
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_text(key, depth + 1)
            _check_text(item, depth + 1)


def _shown(key: str) -> str:
    return json.dumps(key[:60])

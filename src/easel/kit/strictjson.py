"""Strict JSON: one clear sentence for everything a lenient parser would accept.

Refused: more than `MAX_VALUES` values (counted by their punctuation), invalid UTF-8, NaN and infinities, duplicate
keys, lone surrogates, NUL characters (PostgreSQL cannot store them), nesting deeper than `MAX_DEPTH`.
"""

import codecs
import math
import re
from typing import Any

import jiter

MAX_DEPTH = 32
MAX_VALUES = 50_000
MAX_EXACT = 2**53

TOO_DEEP = f"The body is nested deeper than {MAX_DEPTH} levels."
# What jiter says, where it is not plain.
REASONS = {
    "unexpected end of hex escape": "half of a surrogate pair, which is not a character,",
    "lone leading surrogate in hex escape": "half of a surrogate pair, which is not a character,",
    "number out of range": "a number with too many digits",
}


class NotStrictJson(ValueError):
    """What is wrong with the text, for people."""


def parse(body: bytes) -> Any:
    """The value in `body`; raises NotStrictJson."""
    if sum(body.count(mark) for mark in (b"{", b"[", b",")) > MAX_VALUES:
        raise NotStrictJson(f"The body has more than {MAX_VALUES:,} values.")
    try:  # no cache: it would keep untrusted strings in memory
        value = jiter.from_json(body, catch_duplicate_keys=True, allow_inf_nan=False, cache_mode="none")
    except ValueError as error:
        raise NotStrictJson(_explain(body, str(error))) from error
    return _check(value, depth=0)


def _check(value: Any, depth: int) -> Any:
    """The value, its lists and objects changed in place: 4.0 is the same JSON number as 4."""
    if isinstance(value, str) and "\0" in value:
        raise NotStrictJson("A string contains a NUL character (\\u0000).")
    if isinstance(value, float):
        if math.isinf(value):
            raise NotStrictJson("A number is too large: its absolute value must be below 1.8e308.")
        return int(value) if value.is_integer() and abs(value) < MAX_EXACT else value
    if isinstance(value, list | dict):
        if depth == MAX_DEPTH:
            raise NotStrictJson(TOO_DEEP)
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            _check(key, depth)
            value[key] = _check(item, depth + 1)
    return value


def _explain(body: bytes, error: str) -> str:
    """What jiter refused. Its columns count bytes, and a line's end is column 0 of the next line: here, characters."""
    try:
        body.decode()
    except UnicodeDecodeError as wrong:
        return f"The body is not UTF-8 (byte {wrong.start})."
    reason, _, place = error.rpartition(" at line ")
    row, column = map(int, place.split(" column "))
    if reason == "recursion limit exceeded":
        return TOO_DEEP
    lines = body.split(b"\n")
    if column == 0 and row > 1:
        row, column = row - 1, len(lines[row - 2]) + 1
    line = lines[row - 1]
    if body.startswith(codecs.BOM_UTF8):
        reason = "unexpected byte order mark (BOM)"
    elif constant := re.match(rb"NaN|Infinity", line[max(column - 1, 0) :]):
        reason = f"{constant[0].decode()} is not a JSON number"
    column -= len(line[:column]) - len(line[:column].decode(errors="ignore"))
    return f"The body is not valid JSON: {REASONS.get(reason, reason[:100])} at line {row}, column {column}."

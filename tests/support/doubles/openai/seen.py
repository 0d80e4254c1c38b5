"""A request to OpenAI as it arrived."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.support.doubles.base import seen
from tests.support.doubles.openai.bodies import Upload


@dataclass(frozen=True, slots=True)
class Seen(seen.Seen):
    """`fields` are its JSON, or the text fields of its form. `request_id` is what the answer is known by."""

    fields: Mapping[str, Any]
    files: tuple[Upload, ...]
    request_id: str

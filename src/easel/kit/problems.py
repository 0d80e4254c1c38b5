"""Collects every problem of one request: path → sentences."""

from collections.abc import Iterable, Mapping
from typing import Any

ENOUGH = 20
LONGEST = 500  # maximum characters of a path: field names are untrusted


class Problems:
    """Sentences by JSON path, in the order of their discovery."""

    def __init__(self) -> None:
        self.details: dict[str, list[str]] = {}

    def add(self, path: str, sentence: str) -> None:
        self.details.setdefault(path if len(path) <= LONGEST else path[: LONGEST - 1] + "…", []).append(sentence)

    def add_errors(self, errors: Iterable[Mapping[str, Any]], *, skip: int = 0) -> None:
        """Errors as pydantic reports them, without the first parts of their paths."""
        for item in errors:
            name = ".".join(str(part) for part in item["loc"][skip:]) or "body"
            sentence = item["msg"].removeprefix("Value error, ")
            self.add(name, f"{name}: {sentence[0].lower()}{sentence[1:]}.")

    @property
    def full(self) -> bool:
        """Enough problems: stop collecting."""
        return len(self.details) >= ENOUGH

    def __bool__(self) -> bool:
        return bool(self.details)

    @property
    def first(self) -> tuple[str, str]:
        """The first path and sentence."""
        path, sentences = next(iter(self.details.items()))
        return path, sentences[0]

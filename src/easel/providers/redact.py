"""Secrets are cut out of all that comes from an upstream, at the one place where it enters: `ProviderClient`.

By comparing with the secrets themselves, in the spellings that answers repeat them in; `redact` knows what keys of
others look like.
"""

import base64
import contextlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from pydantic import BaseModel, SecretStr

from easel.kit.settings import read_key

SHORTEST = 4  # characters: what is shorter is in every other word
CUT = "[secret]"
LONGEST_DETAIL = 500
_LIKE_A_KEY = re.compile(r"(?:[Bb]earer\s+\S+|\b(?:sk|r8|whsec|org|proj)[-_][\w*.+/=-]{4,})")


def redact(text: str) -> str:
    """A provider's message, redacted and shortened: some repeat the key they received."""
    return _LIKE_A_KEY.sub(CUT, text)[:LONGEST_DETAIL]


def secrets_of(settings: BaseModel) -> set[str]:
    """Every secret that is configured: keys, tokens, those in files, and the passwords in addresses."""
    values = set(_secrets_in(settings))
    return values | {password for value in values if (password := _password_in(value))}


def _secrets_in(value: object, name: str = "") -> Iterator[str]:
    match value:
        case SecretStr():
            yield value.get_secret_value()
        case Path() if name.endswith("_file"):
            with contextlib.suppress(OSError, ValueError):  # whoever needs it says what is wrong with it
                yield read_key(value)
        case BaseModel():
            for field, one in value:
                yield from _secrets_in(one, field)
        case Mapping():
            for field, one in value.items():
                yield from _secrets_in(one, str(field))


class Redactor:
    """Cuts these secrets out of text and JSON."""

    def __init__(self, secrets: Iterable[str]) -> None:
        spelled = {one for secret in secrets if len(secret) >= SHORTEST for one in _spellings(secret)}
        self._known = re.compile("|".join(map(re.escape, sorted(spelled, key=len, reverse=True))) or r"(?!)")

    def cut(self, value: Any) -> Any:
        """The same text or JSON without them."""
        if isinstance(value, str):
            return self._known.sub(CUT, value)
        if isinstance(value, Mapping):
            return {self.cut(name): self.cut(one) for name, one in value.items()}
        return [self.cut(one) for one in value] if isinstance(value, list) else value


def _spellings(secret: str) -> set[str]:
    return {secret, quote(secret, safe=""), json.dumps(secret)[1:-1], base64.b64encode(secret.encode()).decode()}


def _password_in(address: str) -> str | None:
    try:
        return urlsplit(address).password
    except ValueError:
        return None

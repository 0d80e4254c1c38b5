"""Secrets are cut out of all that comes from an upstream and is told or kept, at the one place where it enters:
`ProviderClient`.

By comparing with the secrets themselves, in the spellings that answers repeat them in; `redact` knows what keys of
others look like. What Easel itself works with, addresses and ids, stays as it came: a secret may be a word of them.
"""

import base64
import contextlib
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import BaseModel, SecretStr

from easel.kit.settings import read_key

SHORTEST = 4  # characters: what is shorter is in every other word
CUT = "[secret]"
LONGEST_DETAIL = 500
_LIKE_A_KEY = re.compile(r"(?:[Bb]earer\s+\S+|\b(?:sk|r8|whsec|org|proj)[-_][\w*.+/=-]{4,})")
_ADDRESS = re.compile(
    r"(?i)\b[a-z][a-z0-9+.-]*://[^\s\"'<>()]*[^\s\"'<>().,:;!?]"  # a URL
    r"|\[[0-9a-f:]*:[0-9a-f:.]+\](?::\d{1,5})?"  # IPv6
    r"|\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b"  # IPv4
    r"|\blocalhost(?::\d{1,5})?\b"
    r"|\b(?=[\w.-]*[a-z])[a-z0-9][\w-]*(?:[.-][\w-]+)+:\d{2,5}\b"  # a host with its port
)


def redact(text: str) -> str:
    """A provider's message, redacted and shortened: some repeat the key they received."""
    return _LIKE_A_KEY.sub(CUT, text)[:LONGEST_DETAIL]


def without_addresses(text: str, host: str) -> str:
    """A provider's message for customers: where its servers are is told to the operator only. `host` is its own."""
    text = _ADDRESS.sub("[address]", text)
    if not host:
        return text
    # A host of one plain word may be a word of the sentence.
    port = r":\d{1,5}" if host.isalpha() else r"(?::\d{1,5})?"
    return re.sub(rf"(?i)(?<![\w.-]){re.escape(host)}{port}(?![\w-])", "[address]", text)


def secrets_of(settings: BaseModel) -> set[str]:
    """Every secret that is configured: keys, tokens, those in files, and what is secret in addresses."""
    values = set(_secrets_in(settings))
    return values | {secret for value in values for secret in _secrets_in_address(value)}


def _secrets_in(value: object, name: str = "") -> Iterator[str]:
    match value:
        case SecretStr():
            yield value.get_secret_value()
        case str() if name.endswith("_url"):
            yield from _secrets_in_address(value)
        case Path() if name.endswith("_file"):
            with contextlib.suppress(OSError, ValueError):  # whoever needs it says what is wrong with it
                yield read_key(value)
        case BaseModel():
            for field, one in value:
                yield from _secrets_in(one, field)
        case Mapping():
            for field, one in value.items():
                yield from _secrets_in(one, str(field))


def _secrets_in_address(address: str) -> Iterator[str]:
    """The password, alone and with its user, and the values of the query, as written and as meant."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return
    if parts.password:
        login = f"{parts.username}:{parts.password}"
        yield from (parts.password, unquote(parts.password), login, unquote(login))
    for name, value in parse_qsl(parts.query) if parts.netloc else ():
        if "password" in name if not parts.scheme.startswith("http") else name != "api-version":
            yield value


class Redactor:
    """Cuts these secrets out of text and JSON."""

    def __init__(self, secrets: Iterable[str]) -> None:
        known = sorted({one for one in secrets if len(one) >= SHORTEST}, key=len, reverse=True)
        ways = (base64.b64encode, base64.urlsafe_b64encode)
        encoded = sorted({way(one.encode()).decode().rstrip("=") for one in known for way in ways}, key=len)[::-1]
        spelled = [*map(_in_any_spelling, known), *(_in_any_spelling(one) + "={0,2}" for one in encoded)]
        self._known = re.compile("|".join(spelled) or r"(?!)", re.IGNORECASE)

    def cut(self, value: Any, *, names: bool = True) -> Any:
        """The same text or JSON without them; the names of JSON's objects stay with `names=False`."""
        if isinstance(value, str):
            return self._known.sub(CUT, value)
        if isinstance(value, Mapping):
            return {self.cut(name) if names else name: self.cut(one, names=names) for name, one in value.items()}
        return [self.cut(one, names=names) for one in value] if isinstance(value, list) else value


def _in_any_spelling(secret: str) -> str:
    """A pattern: each character as it is, or escaped as in URLs, JSON or HTML."""
    return "".join(one if one.isascii() and one.isalnum() else _spelled(one) for one in secret)


def _spelled(character: str) -> str:
    code, sent = ord(character), character.encode("utf-8", "surrogatepass")
    ways = {
        character,
        json.dumps(character)[1:-1],
        f"\\u{code:04x}",
        "\\" + character,
        "".join(f"%{byte:02x}" for byte in sent),
        html.escape(character),
        f"&#{code};",
        f"&#x{code:x};",
    }
    return f"(?:{'|'.join(map(re.escape, sorted(ways, key=len, reverse=True)))})"

"""Where a job's webhooks may go: public https, or the operator's trusted networks, by http and by private names too."""

import ipaddress
import re
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from easel.domain import Webhook
from easel.kit.fetch import TRUSTED
from easel.kit.networks import IpNetwork, is_allowed, is_trusted
from easel.kit.problems import ENOUGH, Problems
from easel.kit.words import listed

EVENTS = ("progress", "completed", "failed")
DEFAULT_EVENTS = ("completed", "failed")
MAX_URL = 2048
FORWARD = "To receive events on your own computer, run easel listen --forward http://localhost:3000/hook there."
# At least two labels, and the last begins with a letter: resolvers read other names as numbers.
_NAME = re.compile(r"([a-z0-9_-]{1,63}\.)*[a-z_]([a-z0-9_-]{0,62})")
_PUBLIC_NAME = re.compile(r"([a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]{0,62}")


def read_webhook(
    body: Mapping[str, Any], trusted: Sequence[IpNetwork], problems: Problems, *, field: str = "webhookUrl"
) -> Webhook | None:
    """The webhook of a request, whose URL is in this field; None without one, or when `problems` has grown."""
    events = _read_events(body.get("webhookEvents", list(DEFAULT_EVENTS)), problems)
    if field not in body:
        return None
    rule = _broken_rule(body[field], trusted)
    if rule:
        problems.add(field, f"{field} {rule}")
        return None
    return Webhook(url=body[field], events=events)


def hint_of(sentence: str) -> str | None:
    """What to do about a problem that `read_webhook` found: events can be forwarded to a local address."""
    return FORWARD if TRUSTED in sentence else None


def _read_events(value: Any, problems: Problems) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        problems.add("webhookEvents", f"webhookEvents must list at least one of {listed(EVENTS)}.")
        return ()
    for index, event in enumerate(value[:ENOUGH]):
        if event not in EVENTS:
            problems.add(f"webhookEvents[{index}]", f"webhookEvents[{index}] must be {listed(EVENTS)}.")
    return tuple(event for event in EVENTS if event in value)


def _broken_rule(url: Any, trusted: Sequence[IpNetwork]) -> str | None:
    """The rest of a sentence that begins with the name of the field; None for a legal URL."""
    if not isinstance(url, str) or len(url) > MAX_URL:
        return f"must be an address with at most {MAX_URL} characters."
    try:
        parsed = httpx.URL(url)
        host = parsed.raw_host.decode("ascii").lower().removesuffix(".")
    except (httpx.InvalidURL, ValueError):
        return "is not a valid address."
    port = 443 if parsed.port is None else parsed.port
    if any(character.isspace() for character in url) or not 0 < port < 65536:
        return "is not a valid address."
    if parsed.userinfo:
        return "must not contain a user name or a password."
    literal = _literal(host)
    if literal is not None and not is_allowed(literal, trusted):
        return f"must be on the public internet, or in a trusted network ({TRUSTED})."
    if literal is None and not (_NAME if trusted else _PUBLIC_NAME).fullmatch(host):
        return f"is not a valid address: its host is no public name, nor trusted ({TRUSTED})."
    # Where a name leads is looked up at each attempt: it may be in a trusted network, if there are any.
    may_be_plain = is_trusted(literal, trusted) if literal is not None else bool(trusted)
    if parsed.scheme == "https" or (parsed.scheme == "http" and may_be_plain):
        return None
    return f"must begin with https://, unless its host is in a trusted network ({TRUSTED})."


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The IP address that a host spells out, if it is one; `localhost` counts."""
    if host == "localhost" or host.endswith(".localhost"):
        host = "127.0.0.1"
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None

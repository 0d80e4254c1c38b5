"""Addresses of this server: its origin, and the path below which its users see it."""

import re
from contextvars import ContextVar
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}
PUBLIC_URL = re.compile(
    r"""https?://[^/?#@\s\\*%<>{}|^"']+(?P<path>(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*)""", re.IGNORECASE
)

# The path of the public URL while a request is answered: "" or, for example, "/easel".
ROOT: ContextVar[str] = ContextVar("ROOT", default="")


def at(path: str) -> str:
    """The address, on this server, of one of its paths: for links, redirects and cookies."""
    return ROOT.get() + path


def path_of(public_url: str | None) -> str:
    """The path of a public URL: "" or, for example, "/easel"."""
    return urlsplit(public_url).path.rstrip("/") if public_url else ""


def origin_of(address: str) -> str | None:
    """`https://example.com` of an address, as browsers write it: in lower case, without the usual port.

    None if it has none.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:  # malformed brackets or port
        return None
    if parts.scheme not in PORTS or not host:
        return None
    name = f"[{host}]" if ":" in host else _ascii(host)
    return f"{parts.scheme}://{name}" + (f":{port}" if port and port != PORTS[parts.scheme] else "")


def _ascii(host: str) -> str:
    """A name with letters such as ü as browsers send it: xn--…"""
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return host

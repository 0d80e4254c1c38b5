"""Which Host headers are accepted, and the path below which the server is.

Image links follow the Host header when no public URL is set, and a page of another site can make a browser send any
name that its owner points here (DNS rebinding). So only known names are served. Health checks may use any.
"""

import ipaddress
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from easel.errors import Misdirected
from easel.kit.origin import ROOT
from easel.kit.settings import SettingsModel, Words

PROBES = ("/healthz", "/readyz")
FORWARDED = frozenset({b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto"})
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9_.-]{1,253})(?::\d{1,5})?")

log = structlog.get_logger()


class HostSettings(SettingsModel):
    allowed_hosts: Words = ()
    """Host names this server accepts, besides localhost and the address it listens on, when no public URL is set."""


class Hosts:
    """The names of this server. `public_url` is set by the operator, `bound` is the address it listens on."""

    def __init__(self, *, public_url: str | None, bound: str, allowed: Sequence[str]) -> None:
        public = urlsplit(public_url).hostname if public_url else None
        self._any = public is not None and not is_loopback(public)  # image links do not follow the Host then
        self._names = {"localhost", bound.lower(), *(name.lower() for name in allowed), *([public] if public else [])}
        self._numbers = not is_loopback(bound)  # an IP address cannot be pointed elsewhere
        self._notice = public_url is None

    def refusal(self, scope: Scope) -> Misdirected | None:
        """Why the request is not for this server; None if it is."""
        if self._notice and is_forwarded(scope):
            self._notice = False
            log.warning(
                "behind a proxy without a public URL",
                what="A proxy forwards requests, and EASEL_PUBLIC_URL is not set: image links follow its Host header.",
            )
        if self._any or scope["path"] in PROBES:
            return None
        for host in (value.decode("latin-1") for name, value in scope["headers"] if name == b"host"):
            if not self._is_ours(host):
                return Misdirected(
                    "This server does not serve the host of the request.",
                    hint="Set EASEL_PUBLIC_URL to the public address, or add the host to EASEL_ALLOWED_HOSTS; "
                    "a proxy may ask for another host than the browser.",
                )
        return None

    def _is_ours(self, host: str) -> bool:
        match = _HOST.fullmatch(host)
        if match is None:
            return False
        name = match[1].lower().rstrip(".")
        return name.strip("[]") in self._names or is_loopback(name) or (self._numbers and _number(name) is not None)


class BelowPath:
    """ASGI middleware: a server whose public URL has a path, such as /easel, answers below that path and without it:
    some proxies remove it, others keep it. Links have it."""

    def __init__(self, app: ASGIApp, root: str) -> None:
        self._app, self._root = app, root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._root:
            path, raw = scope["path"], scope.get("raw_path") or b""
            if path == self._root or path.startswith(self._root + "/"):
                scope["path"] = path[len(self._root) :] or "/"
                scope["raw_path"] = raw.removeprefix(self._root.encode()) or b"/"
        token = ROOT.set(self._root)
        try:
            await self._app(scope, receive, send)
        finally:
            ROOT.reset(token)


def is_forwarded(scope: Scope) -> bool:
    """Whether a proxy header shows that the request was forwarded."""
    return any(name in FORWARDED for name, _ in scope["headers"])


def is_loopback(name: str) -> bool:
    """Whether a host name or address is the loopback of this machine."""
    number = _number(name)
    return name == "localhost" if number is None else number.is_loopback


def _number(name: str) -> "ipaddress.IPv4Address | ipaddress.IPv6Address | None":
    try:
        return ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return None

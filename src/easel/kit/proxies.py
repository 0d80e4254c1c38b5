"""Which proxy a request leaves through, by the usual variables. Loopback is never reached through one.

Clients of our own providers, of the command line and of the bucket read the variables themselves; requests to addresses
of strangers are sent by `Fetcher`, which is handed these.
"""

import base64
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

SCHEMES = ("http", "https")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@dataclass(frozen=True, slots=True)
class Proxy:
    """An HTTP proxy: where it is, and how it knows us."""

    host: str
    port: int
    tls: bool = False
    authorization: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxy of each scheme, and what is reached without."""

    by_scheme: Mapping[str, Proxy] = field(default_factory=dict)
    direct: tuple[str, ...] = ()

    def of(self, scheme: str, host: str) -> Proxy | None:
        """The proxy to a host; None when it is reached directly."""
        return None if is_direct(host, self.direct) else self.by_scheme.get(scheme)


def variable(environment: Mapping[str, str], name: str) -> str:
    """A variable in lower case, which wins, or in upper case."""
    return (environment.get(name.lower()) or environment.get(name.upper()) or "").strip()


def proxies_in(environment: Mapping[str, str]) -> Proxies:
    """The proxies that these variables name; wrong ones are left out, see `proxy_faults`."""
    anything = variable(environment, "ALL_PROXY")
    named = {scheme: variable(environment, f"{scheme}_proxy") or anything for scheme in SCHEMES}
    known = {scheme: read_proxy(address) for scheme, address in named.items() if address and not _fault(address)}
    direct = variable(environment, "NO_PROXY")
    return Proxies(known, tuple(name.strip().lower() for name in direct.split(",") if name.strip()))


def proxy_faults(environment: Mapping[str, str]) -> list[str]:
    """One sentence for each proxy that cannot be used, with the name of its variable."""
    faults = []
    for name in (*VARIABLES, *map(str.lower, VARIABLES)):
        if address := environment.get(name, "").strip():
            fault = _fault(address)
            if fault:
                faults.append(f"{name} {fault}")
    return faults


def without_loopback(environment: Mapping[str, str]) -> dict[str, str]:
    """NO_PROXY in both spellings, with loopback in it; nothing when there is no proxy."""
    if not any(variable(environment, name) for name in VARIABLES):
        return {}
    named = [name.strip() for name in variable(environment, "NO_PROXY").split(",") if name.strip()]
    direct = ",".join(dict.fromkeys([*named, *LOOPBACK]))
    return {"NO_PROXY": direct, "no_proxy": direct}


def read_proxy(address: str) -> Proxy:
    """A proxy by its address; http:// is understood."""
    parts = urlsplit(address if "://" in address else f"http://{address}")
    tls = parts.scheme == "https"
    authorization = None
    if parts.username:
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        authorization = f"Basic {base64.b64encode(login).decode()}"
    return Proxy(parts.hostname or "", parts.port or (443 if tls else 80), tls, authorization)


def is_direct(host: str, direct: tuple[str, ...]) -> bool:
    """Whether a host is in NO_PROXY: a name with what is below it, an address, a network, or * for all."""
    host = host.lower().strip("[]").removesuffix(".")
    if host in LOOPBACK or host.endswith(".localhost") or "*" in direct:
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        bare = (name.removeprefix("*").removeprefix(".").partition(":")[0] for name in direct)
        return any(name and (host == name or host.endswith(f".{name}")) for name in bare)
    return address.is_loopback or any(_holds(name, address) for name in direct)


def _holds(name: str, address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    try:
        return address in ipaddress.ip_network(name.strip("[]"), strict=False)
    except ValueError:
        return False


def _fault(address: str) -> str | None:
    scheme = address.partition("://")[0].lower() if "://" in address else "http"
    if scheme.startswith("socks"):
        return f"names a {scheme} proxy, which is not supported: use an http:// proxy, or unset it."
    if scheme not in SCHEMES:
        return f"begins with {scheme}://, which is no proxy: write http://host:port."
    try:
        proxy = read_proxy(address)
    except ValueError:
        return "is not the address of a proxy: write http://host:port."
    return None if proxy.host else "is not the address of a proxy: write http://host:port."

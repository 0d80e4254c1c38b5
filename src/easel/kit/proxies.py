"""Which proxy a request leaves through, by the usual variables. Loopback is never reached through one.

All our HTTP clients ask this rule. The libraries of the bucket and of the traces read the variables themselves:
`for_libraries` writes them as they understand them.
"""

import base64
import ipaddress
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

import httpx

from easel.kit.settings import tidied

SCHEMES = ("http", "https")
PORTS = {"http": 80, "https": 443}
LOOPBACK = ("localhost", "127.0.0.1", "::1")
VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
NUMBER_LAST = re.compile(r"(.*\.)?\d+")
ENTRIES = "write a name, an address or a network (example.com, 10.0.0.0/8, fd00::/8), or *, without http://."

IpNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Proxy:
    """An HTTP proxy: where it is, and how it knows us."""

    host: str
    port: int
    tls: bool = False
    authorization: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Direct:
    """An entry of NO_PROXY: a name with what is below it, or a network; at one port, or at all."""

    name: str = ""
    network: IpNetwork | None = None
    port: int | None = None

    def holds(self, host: str, port: int) -> bool:
        """Whether it is about this host, in lower case and without brackets."""
        if self.port not in {None, port}:
            return False
        if self.name:
            return self.name == "*" or host == self.name or host.endswith(f".{self.name}")
        address = _address(host)
        return address is not None and self.network is not None and address in self.network


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxy of each scheme, and what is reached without."""

    by_scheme: Mapping[str, Proxy] = field(default_factory=dict)
    direct: tuple[Direct, ...] = ()

    def of(self, scheme: str, host: str, port: int | None = None) -> Proxy | None:
        """The proxy to a host, by default at its scheme's port; None when it is reached directly."""
        proxy = self.by_scheme.get(scheme)
        if proxy is None:
            return None
        host = _ascii(host.lower().strip("[]").removesuffix("."))
        at = port or PORTS[scheme]
        return None if _is_loopback(host) or any(one.holds(host, at) for one in self.direct) else proxy


def variable(environment: Mapping[str, str], name: str) -> str:
    """A variable in lower case, which wins, or in upper case."""
    lower, upper = (str(tidied(environment.get(one, ""))) for one in (name.lower(), name.upper()))
    return lower or upper


def proxies_in(environment: Mapping[str, str]) -> Proxies:
    """The proxies that these variables name; wrong ones are left out, see `proxy_faults`."""
    anything = variable(environment, "ALL_PROXY")
    named = {scheme: variable(environment, f"{scheme}_proxy") or anything for scheme in SCHEMES}
    known = {scheme: read_proxy(address) for scheme, address in named.items() if address and not _fault(address)}
    return Proxies(known, tuple(filter(None, map(_direct, _entries(environment)))))


def proxy_faults(environment: Mapping[str, str]) -> list[str]:
    """One sentence for each proxy and each entry of NO_PROXY that cannot be used, with the name of its variable."""
    faults = []
    for name in (*VARIABLES, *map(str.lower, VARIABLES)):
        if address := tidied(environment.get(name, "")):
            fault = _fault(address)
            if fault:
                faults.append(f"{name} {fault}")
    if any(variable(environment, name) for name in VARIABLES):
        faults += [f"NO_PROXY: {entry[:80]!r} cannot be used: {ENTRIES}" for entry in _unknown(_entries(environment))]
    return faults


def for_libraries(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables as every library reads them: tidied, and NO_PROXY in both spellings, with loopback in it.

    Nothing when there is no proxy.
    """
    if not any(variable(environment, name) for name in VARIABLES):
        return {}
    named = [entry.removeprefix("*") if entry != "*" else entry for entry in _entries(environment)]
    direct = ",".join(dict.fromkeys([*named, *LOOPBACK]))
    both = [spelled for name in VARIABLES for spelled in (name, name.lower()) if environment.get(spelled)]
    return {name: tidied(environment[name]) for name in both} | {"NO_PROXY": direct, "no_proxy": direct}


def read_proxy(address: str) -> Proxy:
    """A proxy by its address; http:// is understood."""
    parts = urlsplit(address if "://" in address else f"http://{address}")
    tls = parts.scheme == "https"
    authorization = None
    if parts.username:
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        authorization = f"Basic {base64.b64encode(login).decode()}"
    return Proxy(_ascii(parts.hostname or "").removesuffix("."), parts.port or (443 if tls else 80), tls, authorization)


def _entries(environment: Mapping[str, str]) -> list[str]:
    return [entry.lower() for entry in re.split(r"[,\s]+", variable(environment, "NO_PROXY")) if entry]


def _unknown(entries: Iterable[str]) -> list[str]:
    return [entry for entry in entries if _direct(entry) is None]


def _direct(entry: str) -> Direct | None:
    """What an entry means; None when it means nothing."""
    if entry == "*":
        return Direct("*")
    if network := _network(entry):
        return Direct(network=network)
    host, colon, after = entry.rpartition(":")
    port = int(after) if after.isascii() and after.isdigit() and len(after) <= 5 else 0
    if colon and not 0 < port < 65536:
        return None
    at = port if colon else None
    host = host if colon else entry
    if network := _network(host):
        return Direct(network=network, port=at)
    name = _ascii(host.removeprefix("*.").removeprefix(".").removesuffix("."))
    return Direct(name, port=at) if _is_name(name) else None


def _network(text: str) -> IpNetwork | None:
    """A network or one address, IPv6 with or without brackets."""
    try:
        return ipaddress.ip_network(re.sub(r"^\[([^]]*:[^]]*)\](?=/|$)", r"\1", text), strict=False)
    except ValueError:
        return None


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_loopback(host: str) -> bool:
    address = _address(host)
    return address.is_loopback if address else host == "localhost" or host.endswith(".localhost")


def _ascii(name: str) -> str:
    """A name as it is sent; unchanged when it is none."""
    if name.isascii():
        return name
    try:
        return httpx.URL(scheme="http", host=name).raw_host.decode("ascii")
    except (httpx.InvalidURL, UnicodeError):
        return name


def _is_name(name: str) -> bool:
    return NAME.fullmatch(name) is not None and not NUMBER_LAST.fullmatch(name)


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
    known = _address(proxy.host) or _is_name(proxy.host)
    return None if known else "is not the address of a proxy: write http://host:port."

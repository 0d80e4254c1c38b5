"""Addresses a stranger names as inputs: whatever they look like and wherever they lead, nothing private is called.

No name is looked up for real and nothing is called but loopback: `Wire` stands between this process and the networks.
"""

import asyncio
import contextlib
import ipaddress
import shutil
import socket
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import httpx
import pytest
from pydantic import SecretStr
from tests.rig import KEY, Rig, request

from easel.app import at_work, build_app, build_stations, open_database
from easel.config import Settings
from easel.kit.clock import Clock
from easel.testing import InstantPainter
from easel.workflow.bootstrap import bootstrap

pytestmark = pytest.mark.anyio

FIELD = "gptImage2Params.input_images[0]"

# Both are answered by the redirecting site below, so that a fetcher which trusts nobody has somewhere to go.
PUBLIC, PUBLIC_TOO = "1.1.1.1", "8.8.8.8"
NOT_PUBLIC = "is not on the public internet"
NOT_FOUND = "cannot be found"
MALFORMED = "the address is malformed"
CREDENTIALS = "must not carry a user name or a password"
OTHER_SCHEME = "only http and https addresses are fetched"
REFUSED = "400"

# What each name answers, look by look; the last answer stays. A name that is not here does not exist.
ZONE: dict[str, list[list[str]]] = {
    "public.test": [[PUBLIC]],
    "public-too.test": [[PUBLIC_TOO]],
    "localhost": [["127.0.0.1"]],
    "sub.localhost": [["127.0.0.1"]],
    "localhost.localdomain": [["127.0.0.1"]],
    "ip6-localhost": [["::1"]],
    "loopback.test": [["127.0.0.1"]],
    "127.0.0.1.nip.test": [["127.0.0.1"]],
    "both-loopbacks.test": [["127.0.0.1", "::1"]],
    "private.test": [["10.0.0.1"]],
    "xn--bcher-kva.test": [["192.168.0.1"]],
    "unspecified.test": [["0.0.0.0"]],
    "mapped.test": [["::ffff:10.0.0.1"]],
    "nat64.test": [["64:ff9b::a9fe:a9fe"]],
    "unique-local.test": [["fd12:3456::1"]],
    "link-local.test": [["fe80::1"]],
    "scoped.test": [["fe80::1%lo"]],
    "metadata.google.internal": [["169.254.169.254"]],
    "instance-data.ec2.internal": [["169.254.169.254"]],
    "public-then-private.test": [[PUBLIC, "10.0.0.1"]],
    "private-then-public.test": [["10.0.0.1", PUBLIC]],
    "one-of-many.test": [[PUBLIC, PUBLIC_TOO, "::ffff:169.254.169.254", PUBLIC]],
    "rebinding.test": [[PUBLIC], ["127.0.0.1"]],
    "rebinding-home.test": [[PUBLIC], ["10.0.0.1"]],
}

# Forms of 127.0.0.1, with the canary's port in place of CANARY. Trusting 127.0.0.0/8 opens these, and only these.
LOOPBACK = {
    "dotted": "http://127.0.0.1:CANARY/",
    "upper case": "HTTP://127.0.0.1:CANARY/",
    "https": "https://127.0.0.1:CANARY/",
    "another loopback": "http://127.255.255.254:CANARY/",
    "decimal": "http://2130706433:CANARY/",
    "octal": "http://017700000001:CANARY/",
    "hex": "http://0x7f000001:CANARY/",
    "hex in parts": "http://0x7f.0x0.0x0.0x1:CANARY/",
    "short, two parts": "http://127.1:CANARY/",
    "short, three parts": "http://127.0.1:CANARY/",
    "mixed hex and short": "http://0x7f.1:CANARY/",
    "mixed octal and hex": "http://0177.0x1:CANARY/",
    "ideographic dots": "http://127。0。0。1:CANARY/",
    "mapped": "http://[::ffff:127.0.0.1]:CANARY/",
    "mapped in hex": "http://[::ffff:7f00:1]:CANARY/",
    "mapped in full": "http://[0:0:0:0:0:ffff:7f00:0001]:CANARY/",
    "NAT64": "http://[64:ff9b::7f00:1]:CANARY/",
    "6to4": "http://[2002:7f00:1::]:CANARY/",
    "Teredo": "http://[2001:0:4136:e378:8000:63bf:80ff:fffe]:CANARY/",
    "localhost": "http://localhost:CANARY/",
    "localhost, upper case": "http://LOCALHOST:CANARY/",
    "localhost with a dot": "http://localhost.:CANARY/",
    "under localhost": "http://sub.localhost:CANARY/",
    "localdomain": "http://localhost.localdomain:CANARY/",
    "a name for loopback": "http://loopback.test:CANARY/",
    "a name that spells loopback": "http://127.0.0.1.nip.test:CANARY/",
    "an empty user": "http://@127.0.0.1:CANARY/",
    "a public name in the query": "http://127.0.0.1:CANARY?@public.test/",
    "a public name in the fragment": "http://127.0.0.1:CANARY#@public.test/",
    "port 25": "http://127.0.0.1:25/",
    "no port": "http://127.0.0.1:/",
    "full-width port": "http://127.0.0.1:８０/",
    "a redirect to loopback": f"http://public.test/302/{quote('http://127.0.0.1:CANARY/', safe='')}",
    "a redirect to localhost": f"http://public.test/307/{quote('http://localhost:CANARY/', safe='')}",
    "a rebinding name that redirects to itself": "http://rebinding.test:CANARY/again",
}


def hop(location: str, status: int = 302, host: str = "public.test") -> str:
    """An address of a public site that redirects to `location`."""
    return f"http://{host}/{status}/{quote(location, safe='')}"


# Everything else, by what is said of it. Whatever is trusted, the answer is the same.
ELSEWHERE: dict[str, dict[str, str]] = {
    NOT_PUBLIC: {
        "two Locations": "http://public.test/twice",
        "unspecified": "http://0.0.0.0:CANARY/",
        "unspecified, short": "http://0:CANARY/",
        "unspecified, IPv6": "http://[::]:CANARY/",
        "unspecified, mapped": "http://[::ffff:0.0.0.0]:CANARY/",
        "this network": "http://0.1.2.3/",
        "IPv6 loopback": "http://[::1]:CANARY/",
        "IPv6 loopback in full": "http://[0000:0000:0000:0000:0000:0000:0000:0001]:CANARY/",
        "IPv4-compatible": "http://[::127.0.0.1]:CANARY/",
        "IPv4-translated": "http://[::ffff:0:127.0.0.1]:CANARY/",
        "local NAT64": "http://[64:ff9b:1::7f00:1]:CANARY/",
        "private 10": "http://10.0.0.1/",
        "private 10, decimal": "http://167772161/",
        "private 10, short": "http://10.1/",
        "private 172": "http://172.16.0.1/",
        "private 192": "http://192.168.1.1/",
        "private 192, hex": "http://0xc0a80101/",
        "private, mapped": "http://[::ffff:10.0.0.1]/",
        "private, NAT64": "http://[64:ff9b::10.0.0.1]/",
        "private, 6to4": "http://[2002:c0a8:101::1]/",
        "private, Teredo": "http://[2001:0:4136:e378:8000:63bf:f5ff:fffe]/",
        "CGNAT": "http://100.64.0.1/",
        "link-local": "http://169.254.0.1/",
        "metadata": "http://169.254.169.254/latest/meta-data/iam/security-credentials/",
        "metadata, decimal": "http://2852039166/latest/",
        "metadata, octal": "http://025177524776/latest/",
        "metadata, hex": "http://0xa9fea9fe/latest/",
        "metadata, short": "http://169.16689662/latest/",
        "metadata, mapped": "http://[::ffff:169.254.169.254]/latest/",
        "metadata, mapped in hex": "http://[::ffff:a9fe:a9fe]/latest/",
        "metadata, NAT64": "http://[64:ff9b::a9fe:a9fe]/latest/",
        "metadata, 6to4": "http://[2002:a9fe:a9fe::1]/latest/",
        "metadata, IPv6": "http://[fd00:ec2::254]/latest/",
        "metadata, Google": "http://metadata.google.internal/computeMetadata/v1/",
        "metadata, Google with a dot": "http://metadata.google.internal./computeMetadata/v1/",
        "metadata, Google in IPv6": "http://[fd20:ce::254]/computeMetadata/v1/",
        "metadata, Amazon by name": "http://instance-data.ec2.internal/latest/",
        "metadata, Alibaba": "http://100.100.100.200/latest/meta-data/",
        "metadata, Oracle": "http://192.0.0.192/latest/",
        "container credentials": "http://169.254.170.2/v2/credentials/",
        "link-local, IPv6": "http://[fe80::1]/",
        "site-local, IPv6": "http://[fec0::1]/",
        "unique local": "http://[fc00::1]/",
        "multicast": "http://224.0.0.1/",
        "multicast, UPnP": "http://239.255.255.250:1900/",
        "multicast, IPv6": "http://[ff02::1]/",
        "broadcast": "http://255.255.255.255/",
        "broadcast, decimal": "http://4294967295/",
        "reserved": "http://240.0.0.1/",
        "protocol assignments": "http://192.0.0.1/",
        "benchmarking": "http://198.18.0.1/",
        "documentation": "http://192.0.2.1/",
        "documentation, IPv6": "http://[2001:db8::1]/",
        "documentation, new IPv6": "http://[3fff::1]/",
        "discard only": "http://[100::1]/",
        "segment routing": "http://[5f00::1]/",
        "a name for IPv6 loopback": "http://ip6-localhost:CANARY/",
        "a name for both loopbacks": "http://both-loopbacks.test:CANARY/",
        "a name for a private address": "http://private.test/",
        "a name, upper case with a dot": "http://PRIVATE.Test./",
        "an international name": "http://bücher.test/",
        "a name for unspecified": "http://unspecified.test/",
        "a name for a mapped address": "http://mapped.test/",
        "a name for NAT64": "http://nat64.test/",
        "a name for a unique local address": "http://unique-local.test/",
        "a name for link-local": "http://link-local.test/",
        "a name for link-local with a zone": "http://scoped.test/",
        "a name, public first": "http://public-then-private.test/",
        "a name, private first": "http://private-then-public.test/",
        "a name, one bad address of many": "http://one-of-many.test/",
        "a redirect to a private address": hop("http://10.0.0.1/"),
        "a redirect to metadata, 301": hop("http://169.254.169.254/latest/", 301),
        "a redirect to metadata, 303": hop("http://169.254.169.254/latest/", 303),
        "a redirect to metadata, 307": hop("http://169.254.169.254/latest/", 307),
        "a redirect to metadata, 308": hop("http://169.254.169.254/latest/", 308),
        "a redirect to metadata by name": hop("http://metadata.google.internal/"),
        "a redirect without a scheme": hop("//192.168.1.1/"),
        "a redirect to decimal": hop("http://2852039166/"),
        "a redirect to octal": hop("http://025177524776/"),
        "a redirect to IPv6 loopback": hop("http://[::1]:CANARY/"),
        "a redirect to a mapped address": hop("http://[::ffff:10.0.0.1]/"),
        "a redirect to https": hop("https://10.0.0.1/"),
        "a redirect to a name for both": hop("http://public-then-private.test/"),
        "two redirects, then private": hop(hop("http://10.0.0.1/", host="public-too.test")),
        "three redirects, then private": hop(hop(hop("http://10.0.0.1/"), host="public-too.test")),
        "a name that rebinds and redirects to itself": "http://rebinding-home.test/again",
    },
    NOT_FOUND: {
        "a dot after the address": "http://127.0.0.1.:CANARY/",
        "two dots after the address": "http://127.0.0.1..:CANARY/",
        "a dot before the address": "http://.127.0.0.1:CANARY/",
        "five parts": "http://127.0.0.0.1:CANARY/",
        "one more than 32 bits": "http://4294967296/",
        "nobody": "http://nobody.test/",
        "a lone dot": "http://./",
        "a long label": f"http://{'a' * 64}.test/",
        "a long host": f"http://{'a.' * 900}test/",
        "a redirect to nobody": hop("http://nobody.test/"),
        "a redirect to a dot after the address": hop("http://127.0.0.1.:CANARY/"),
    },
    MALFORMED: {
        "an address of the future": "http://[v1.fe80]/",
        "a bracket and a name": "http://[::1].public.test/",
        "a header cut in two": "http://public.test/split",
        "a redirect to a bracket in a host": hop("http://a]b/"),
        "octal in parts": "http://0177.0.0.1:CANARY/",
        "padded with zeros": "http://127.000.000.001:CANARY/",
        "a part too large": "http://256.0.0.1/",
        "circled digits": "http://①②⑦.⓪.⓪.①:CANARY/",
        "full-width digits": "http://１２７.０.０.１:CANARY/",
        "mathematical digits": "http://𝟏𝟐𝟕.0.0.1:CANARY/",
        "Arabic digits": "http://١٢٧.0.0.1:CANARY/",
        "circled letters": "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:CANARY/",
        "long s": "http://localhoſt:CANARY/",
        "soft hyphen": "http://127.0.0.1\u00ad:CANARY/",
        "zero-width space": "http://\u200b127.0.0.1:CANARY/",
        "right-to-left": "http://\u202e127.0.0.1:CANARY/",
        "a long international host": f"http://{'ü' * 1000}.test/",
        "percent-encoded": "http://%31%32%37.0.0.1:CANARY/",
        "percent-encoded dots": "http://127%2e0%2e0%2e1:CANARY/",
        "percent-encoded name": "http://%6c%6fcalhost:CANARY/",
        "percent-encoded null": "http://127.0.0.1%00.public.test:CANARY/",
        "percent-encoded CRLF": "http://127.0.0.1%0d%0aHost:%20public.test:CANARY/",
        "a zone": "http://[fe80::1%25lo]/",
        "a loopback zone": "http://[::1%25lo]:CANARY/",
        "a wildcard": "http://*.127.0.0.1:CANARY/",
        "port 0": "http://127.0.0.1:0/",
        "port 0 of a public host": "http://public.test:0/",
        "port 65536": "http://127.0.0.1:65536/",
        "port 99999": "http://127.0.0.1:99999/",
        "a negative port": "http://127.0.0.1:-1/",
        "a hex port": "http://127.0.0.1:0x50/",
        "two ports": "http://127.0.0.1:CANARY:80/",
        "delete": "http://127.0.0.1:CANARY/\x7f",
        "a redirect to port 99999": hop("http://127.0.0.1:99999/"),
    },
    CREDENTIALS: {
        "user and password": "http://user:secret@127.0.0.1:CANARY/",
        "user": "http://user@127.0.0.1:CANARY/",
        "no user, no password": "http://:@127.0.0.1:CANARY/",
        "a public name as the user": "http://public.test@127.0.0.1:CANARY/",
        "a public name as the password": "http://user:public.test@127.0.0.1:CANARY/",
        "a public name and a port": "http://public.test:80@127.0.0.1:CANARY/",
        "two ats": "http://public.test@127.0.0.1:CANARY@public.test/",
        "a backslash before the at": "http://127.0.0.1:CANARY\\@public.test/",
        "a backslash after a public name": "http://public.test\\@127.0.0.1:CANARY/",
        "an encoded slash before the at": "http://127.0.0.1%2f@public.test/",
        "a redirect with a password": hop("http://user:secret@public.test/"),
    },
    OTHER_SCHEME: {
        "a redirect to file": hop("file:///etc/passwd"),
        "a redirect to ftp": hop("ftp://127.0.0.1:CANARY/"),
        "a redirect to gopher": hop("gopher://127.0.0.1:CANARY/_PING"),
        "a redirect to dict": hop("dict://127.0.0.1:CANARY/info"),
    },
    "redirects more than 3 times": {
        "a redirect to nowhere": "http://public.test/nowhere",
        "a redirect to itself": "http://public.test/again",
        "a redirect to itself by path": "http://public.test/round/",
        "four redirects": hop(hop(hop(hop("http://10.0.0.1/")))),
    },
    "the server answered": {
        "a redirect that says 300": hop("http://10.0.0.1/", 300),
        "a redirect that says 304": hop("http://10.0.0.1/", 304),
        "a redirect that says 201": hop("http://10.0.0.1/", 201),
        "a redirect in another header": "http://public.test/refresh",
        "a rebinding name that is asked once": "http://rebinding.test/404",
    },
    "the connection failed": {
        "a redirect to no host": hop("http:///127.0.0.1/"),
        "a redirect to javascript": hop("javascript:alert(1)"),
        "a redirect to data": hop("data:image/png;base64,AAAA"),
        "a redirect to circled digits": hop("http://①②⑦.⓪.⓪.①/"),
        "a redirect to a port with letters": hop("http://127.0.0.1:port/"),
        "a redirect to an open bracket": hop("http://[::1/"),
    },
    REFUSED: {
        "a short mapped address": "http://[::ffff:127.1]:CANARY/",
        "file": "file:///etc/passwd",
        "file on a host": "file://127.0.0.1/etc/passwd",
        "ftp": "ftp://127.0.0.1:CANARY/",
        "gopher": "gopher://127.0.0.1:CANARY/_PING",
        "dict": "dict://127.0.0.1:CANARY/info",
        "ldap": "ldap://127.0.0.1:CANARY/",
        "jar": "jar:http://127.0.0.1:CANARY/!/",
        "javascript": "javascript:alert(1)",
        "HTML as data": "data:text/html;base64,PGgxPg==",
        "plain data": "data:image/png,AAAA",
        "no scheme": "//127.0.0.1:CANARY/",
        "a path": "/etc/passwd",
        "our own word for what we keep": "file:0-in0.png",
        "nothing": "",
        "no host": "http:///127.0.0.1/",
        "no slashes": "http:127.0.0.1",
        "backslashes": "http:\\\\127.0.0.1:CANARY\\",
        "CRLF": "http://127.0.0.1:CANARY/\r\nX-Injected: yes",
        "CRLF in the host": "http://127.0.0.1\r\n:CANARY/",
        "a newline at the end": "http://127.0.0.1:CANARY/\n",
        "a tab": "http://127.0.\t0.1:CANARY/",
        "a tab in the scheme": "ht\ttp://127.0.0.1:CANARY/",
        "a space before": " http://127.0.0.1:CANARY/",
        "a space in the host": "http://public.test 127.0.0.1:CANARY/",
        "a null": "http://127.0.0.1\x00.public.test:CANARY/",
        "an open bracket": "http://[::1:CANARY/",
        "a closed bracket": "http://::1]:CANARY/",
        "empty brackets": "http://[]:CANARY/",
        "IPv4 in brackets": "http://[127.0.0.1]:CANARY/",
        "a host that becomes a path": "http://public.test℀127.0.0.1/",
        "an address too long": "http://127.0.0.1:CANARY/" + "a" * 2_100,
    },
}


class Wire:
    """Every look-up and every call of this process. Loopback is real; two public addresses lead to `site`."""

    def __init__(self) -> None:
        self.site_port = 0
        self.dialled: list[str] = []
        self.looks: Counter[str] = Counter()
        self._connect = socket.socket.connect
        self._getaddrinfo = socket.getaddrinfo

    def forget(self) -> None:
        self.dialled.clear()
        self.looks.clear()

    def connect(self, sock: socket.socket, address: Any) -> None:
        host, port = address[:2]
        self.dialled.append(host)
        if host in (PUBLIC, PUBLIC_TOO):
            self._connect(sock, ("127.0.0.1", self.site_port))
        elif _is_loopback(host):
            self._connect(sock, address)
        else:
            raise ConnectionRefusedError(f"{host}:{port} is not called in a test")

    def getaddrinfo(
        self,
        host: str,
        port: int,
        family: int = 0,
        type: int = 0,  # noqa: A002 - as the standard library names it
        proto: int = 0,
        flags: int = 0,
    ) -> list[Any]:
        """Numbers are read as the system reads them; names are looked up in ZONE."""
        with contextlib.suppress(socket.gaierror):
            return self._getaddrinfo(host, port, family, type, proto, flags | socket.AI_NUMERICHOST)
        name = host.lower().removesuffix(".")
        if name not in ZONE:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        answers = ZONE[name]
        answer = answers[min(self.looks[name], len(answers) - 1)]
        self.looks[name] += 1
        return [(socket.AF_UNSPEC, socket.SOCK_STREAM, 6, "", (address, port)) for address in answer]


def _is_loopback(host: str) -> bool:
    address = ipaddress.ip_address(host)
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


class Canary:
    """Listens where nobody should call, on both loopbacks."""

    def __init__(self) -> None:
        self.port = 0
        self.calls = 0

    async def heard(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.calls += 1
        writer.close()


async def site(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A public site that leads astray: /<status>/<location>, /again, /round/, /refresh, /nowhere, /twice, /split."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    path = head.split(" ", 2)[1]
    host = head.lower().partition("host: ")[2].split("\r\n")[0]
    verb, _, rest = path.removeprefix("/").partition("/")
    match verb:
        case "again":
            answer = f"302 Found\r\nLocation: http://{host}/again"
        case "round":
            answer = "302 Found\r\nLocation: ../round/"
        case "refresh":
            answer = "404 Not Found\r\nRefresh: 0; url=http://10.0.0.1/\r\nContent-Location: http://10.0.0.1/"
        case "nowhere":
            answer = "302 Found\r\nLocation: "
        case "twice":
            answer = "302 Found\r\nLocation: http://10.0.0.1/\r\nLocation: http://10.0.0.2/"
        case "split":
            answer = "302 Found\r\nLocation: http://10.0.\n 0.1/"
        case _:
            answer = f"{verb} Somehow\r\nLocation: {unquote(rest)}" if rest else f"{verb} Somehow"
    writer.write(f"HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
    await writer.drain()
    writer.close()


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    """One loop for this file, so that one server answers its whole table."""
    return "asyncio"


@pytest.fixture(scope="module")
async def canary() -> AsyncIterator[Canary]:
    canary = Canary()
    async with contextlib.AsyncExitStack() as stack:
        server = await stack.enter_async_context(await asyncio.start_server(canary.heard, "127.0.0.1", 0))
        canary.port = server.sockets[0].getsockname()[1]
        with contextlib.suppress(OSError):  # no IPv6 here
            await stack.enter_async_context(await asyncio.start_server(canary.heard, "::1", canary.port))
        yield canary


@pytest.fixture(scope="module")
async def wire(canary: Canary) -> AsyncIterator[Wire]:
    wire = Wire()
    async with await asyncio.start_server(site, "127.0.0.1", 0) as server:
        wire.site_port = server.sockets[0].getsockname()[1]
        yield wire


@pytest.fixture(autouse=True)
def _listening(monkeypatch: pytest.MonkeyPatch, wire: Wire, canary: Canary) -> None:
    monkeypatch.setattr(socket.socket, "connect", lambda sock, address: wire.connect(sock, address))
    monkeypatch.setattr(socket, "getaddrinfo", wire.getaddrinfo)
    wire.forget()
    canary.calls = 0


@contextlib.asynccontextmanager
async def a_rig(folder: Path, empty_file: Path, **given: Any) -> AsyncIterator[Rig]:
    settings = Settings(data=folder, bootstrap_key=SecretStr(KEY), rate_limit_per_minute=0, drain_seconds=0.5, **given)
    shutil.copyfile(empty_file, folder / "easel.db")
    db = open_database(folder)
    await bootstrap(db, Clock(), settings)
    painter = InstantPainter()
    stations = build_stations(settings, db, painter=painter)
    transport = httpx.ASGITransport(app=build_app(settings, stations), raise_app_exceptions=False)
    async with (
        at_work(stations, drain_seconds=settings.drain_seconds),
        httpx.AsyncClient(transport=transport, base_url="http://easel.test", headers={"X-API-Key": KEY}) as client,
    ):
        yield Rig(stations, client, painter)
    await db.close()


@pytest.fixture(scope="module")
async def wary(tmp_path_factory: pytest.TempPathFactory, empty_file: Path, wire: Wire) -> AsyncIterator[Rig]:
    """A server that trusts no private network."""
    async with a_rig(tmp_path_factory.mktemp("wary"), empty_file) as rig:
        yield rig


@pytest.fixture(scope="module")
async def trusting(tmp_path_factory: pytest.TempPathFactory, empty_file: Path, wire: Wire) -> AsyncIterator[Rig]:
    """A server that trusts loopback, as EASEL_TRUSTED_NETWORKS says it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EASEL_TRUSTED_NETWORKS", "127.0.0.0/8")
        async with a_rig(tmp_path_factory.mktemp("trusting"), empty_file) as rig:
            yield rig


async def why_not(rig: Rig, *addresses: str) -> str:
    """How a request with these inputs is answered: REFUSED, or what its failed job says. It costs nothing."""
    assert isinstance(rig.painter, InstantPainter)
    starts, credits = rig.painter.starts, await rig.credits()
    submitted = await rig.generate(request(input_images=list(addresses)))
    last = f"input_images[{len(addresses) - 1}]"
    if submitted.status_code == 400:
        answer = submitted.json()
        assert answer["code"] == "invalid_request"
        assert list(answer["details"]) == [f"gptImage2Params.{last}"]
        assert answer["error"].startswith(f"gptImage2Params.{last} ")
        sentence = REFUSED
    else:
        job = await rig.finished(submitted)
        assert (job["status"], job["errorCode"], job["creditCost"]) == ("FAILED", "input_unusable", 0)
        sentence = job["error"]
        assert sentence.startswith(f"{last} cannot be used: ")
    assert rig.painter.starts == starts
    assert await rig.credits() == credits
    return sentence


def astray(rows: dict[str, str], answer: str) -> list[Any]:
    return [pytest.param(address, answer, id=name) for name, address in rows.items()]


ALL_ELSEWHERE = [param for answer, rows in ELSEWHERE.items() for param in astray(rows, answer)]


@pytest.mark.parametrize(("address", "answer"), [*astray(LOOPBACK, NOT_PUBLIC), *ALL_ELSEWHERE])
async def test_nothing_private_is_ever_called(wary: Rig, wire: Wire, canary: Canary, address: str, answer: str) -> None:
    assert answer in await why_not(wary, address.replace("CANARY", str(canary.port)))
    assert canary.calls == 0
    assert set(wire.dialled) <= {PUBLIC, PUBLIC_TOO}


@pytest.mark.parametrize("address", [pytest.param(address, id=name) for name, address in LOOPBACK.items()])
async def test_a_trusted_network_is_called_whatever_its_addresses_look_like(
    trusting: Rig, wire: Wire, canary: Canary, address: str
) -> None:
    assert "the connection failed" in await why_not(trusting, address.replace("CANARY", str(canary.port)))
    assert set(wire.dialled) - {PUBLIC, PUBLIC_TOO}


@pytest.mark.parametrize(("address", "answer"), ALL_ELSEWHERE)
async def test_a_trusted_network_opens_no_other(
    trusting: Rig, wire: Wire, canary: Canary, address: str, answer: str
) -> None:
    assert answer in await why_not(trusting, address.replace("CANARY", str(canary.port)))
    assert canary.calls == 0
    assert set(wire.dialled) <= {PUBLIC, PUBLIC_TOO}


@pytest.mark.parametrize("host", ["127.0.0.1", "[::ffff:127.0.0.1]", "localhost", "2130706433"])
async def test_the_canary_can_be_reached_when_it_is_trusted(trusting: Rig, canary: Canary, host: str) -> None:
    assert "the connection failed" in await why_not(trusting, f"http://{host}:{canary.port}/")
    assert canary.calls == 1

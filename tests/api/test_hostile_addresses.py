"""Addresses a stranger names as inputs: whatever they look like and wherever they lead, nothing private is called.

No name is looked up for real and nothing is called but loopback: `Wire` stands between this process and the networks.
"""

import asyncio
import base64
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
from tests.support.images import encoded, gradient
from tests.support.samples import one_in
from tests.support.waiting import until

from easel.app import build_app
from easel.build import at_work, build_services
from easel.config import Settings
from easel.kit.clock import Clock
from easel.ops.first_start import bootstrap
from easel.runtime import open_database
from easel.testing import InstantProvider

pytestmark = pytest.mark.anyio

# Both are answered by the redirecting site below, so that a fetcher which trusts nobody has somewhere to go.
PUBLIC, PUBLIC_TOO = "1.1.1.1", "8.8.8.8"
NOT_PUBLIC = "is not on the public internet"
NOT_FOUND = "cannot be found"
MALFORMED = "the address is malformed"
CREDENTIALS = "must not contain a user name or a password"
OTHER_SCHEME = "only http and https addresses are fetched"
NOWHERE = "it redirects to a malformed address"
ENDLESS = "redirects more than 3 times"
ANSWERED = "the server answered"
NO_CONNECTION = "the connection failed"
REFUSED = "gptImage2Params.input_images["  # how the sentences of a 400 begin


def words(text: str) -> list[str]:
    return text.split()


def hop(location: str, status: int = 302, host: str = "public.test") -> str:
    """An address of a public site that redirects to `location`."""
    return f"http://{host}/{status}/{quote(location, safe='')}"


def hops(text: str) -> list[str]:
    return [hop(location) for location in words(text)]


# What each name answers: addresses by commas, a later look after >; the last stays. Other names do not exist.
ZONE = {
    name: [look.split(",") for look in looks.split(">")]
    for name, _, looks in (
        row.partition("=")
        for row in words("""
        public.test=1.1.1.1 public-too.test=8.8.8.8
        localhost=127.0.0.1 sub.localhost=127.0.0.1 localhost.localdomain=127.0.0.1 ip6-localhost=::1
        loopback.test=127.0.0.1 127.0.0.1.nip.test=127.0.0.1 both-loopbacks.test=127.0.0.1,::1 private.test=10.0.0.1
        xn--bcher-kva.test=192.168.0.1 unspecified.test=0.0.0.0 mapped.test=::ffff:10.0.0.1
        nat64.test=64:ff9b::a9fe:a9fe unique-local.test=fd12:3456::1 link-local.test=fe80::1 scoped.test=fe80::1%lo
        metadata.google.internal=169.254.169.254 instance-data.ec2.internal=169.254.169.254
        public-then-private.test=1.1.1.1,10.0.0.1 private-then-public.test=10.0.0.1,1.1.1.1
        one-of-many.test=1.1.1.1,8.8.8.8,::ffff:169.254.169.254,1.1.1.1
        rebinding.test=1.1.1.1>127.0.0.1 rebinding-home.test=1.1.1.1>10.0.0.1
        """)
    )
}

# Forms of 127.0.0.1, with the canary's port in place of CANARY. Trusting 127.0.0.0/8 opens these, and only these.
LOOPBACK = [
    " http://127.0.0.1:CANARY/",  # blanks around an address are taken off
    "http://127.0.0.1:CANARY/\n",
    *words("""
    http://127.0.0.1:CANARY/ HTTP://127.0.0.1:CANARY/ https://127.0.0.1:CANARY/ http://127.255.255.254:CANARY/
    http://2130706433:CANARY/ http://017700000001:CANARY/ http://0x7f000001:CANARY/ http://0x7f.0x0.0x0.0x1:CANARY/
    http://127.1:CANARY/ http://127.0.1:CANARY/ http://0x7f.1:CANARY/ http://0177.0x1:CANARY/
    http://127。0。0。1:CANARY/ http://[::ffff:127.0.0.1]:CANARY/ http://[::ffff:7f00:1]:CANARY/
    http://[0:0:0:0:0:ffff:7f00:0001]:CANARY/ http://[64:ff9b::7f00:1]:CANARY/ http://[2002:7f00:1::]:CANARY/
    http://[2001:0:4136:e378:8000:63bf:80ff:fffe]:CANARY/ http://localhost:CANARY/ http://LOCALHOST:CANARY/
    http://localhost.:CANARY/ http://sub.localhost:CANARY/ http://localhost.localdomain:CANARY/
    http://loopback.test:CANARY/ http://127.0.0.1.nip.test:CANARY/ http://rebinding.test:CANARY/again
    http://127.0.0.1:CANARY?@public.test/ http://127.0.0.1:CANARY#@public.test/ http://@127.0.0.1:CANARY/
    http://127.0.0.1:25/ http://127.0.0.1:/ http://127.0.0.1:８０/
    """),
    hop("http://127.0.0.1:CANARY/"),
    hop("http://localhost:CANARY/", 307),
]

# Everything else, by what is said of it. Whatever is trusted, the answer is the same.
ELSEWHERE: dict[str, list[str]] = {
    NOT_PUBLIC: words("""
    http://0.0.0.0:CANARY/ http://0:CANARY/ http://[::]:CANARY/ http://[::ffff:0.0.0.0]:CANARY/ http://0.1.2.3/
    http://[::1]:CANARY/ http://[0000:0000:0000:0000:0000:0000:0000:0001]:CANARY/ http://ip6-localhost:CANARY/
    http://[::127.0.0.1]:CANARY/ http://[::ffff:0:127.0.0.1]:CANARY/ http://[64:ff9b:1::7f00:1]:CANARY/
    http://10.0.0.1/ http://167772161/ http://10.1/ http://172.16.0.1/ http://192.168.1.1/ http://0xc0a80101/
    http://[::ffff:10.0.0.1]/ http://[64:ff9b::10.0.0.1]/ http://[2002:c0a8:101::1]/
    http://[2001:0:4136:e378:8000:63bf:f5ff:fffe]/ http://100.64.0.1/ http://169.254.0.1/
    http://169.254.169.254/latest/meta-data/iam/security-credentials/ http://2852039166/latest/
    http://025177524776/latest/ http://0xa9fea9fe/latest/ http://169.16689662/latest/
    http://[::ffff:169.254.169.254]/latest/ http://[::ffff:a9fe:a9fe]/latest/ http://[64:ff9b::a9fe:a9fe]/latest/
    http://[2002:a9fe:a9fe::1]/latest/ http://[fd00:ec2::254]/latest/ http://[fd20:ce::254]/computeMetadata/v1/
    http://metadata.google.internal/computeMetadata/v1/ http://metadata.google.internal./computeMetadata/v1/
    http://instance-data.ec2.internal/latest/ http://100.100.100.200/latest/meta-data/ http://192.0.0.192/latest/
    http://169.254.170.2/v2/credentials/ http://[fe80::1]/ http://[fec0::1]/ http://[fc00::1]/ http://224.0.0.1/
    http://239.255.255.250:1900/ http://[ff02::1]/ http://255.255.255.255/ http://4294967295/ http://240.0.0.1/
    http://192.0.0.1/ http://198.18.0.1/ http://192.0.2.1/ http://[2001:db8::1]/ http://[3fff::1]/
    http://[100::1]/ http://[5f00::1]/ http://both-loopbacks.test:CANARY/ http://private.test/
    http://PRIVATE.Test./ http://bücher.test/ http://unspecified.test/ http://mapped.test/ http://nat64.test/
    http://unique-local.test/ http://link-local.test/ http://scoped.test/ http://public-then-private.test/
    http://private-then-public.test/ http://one-of-many.test/ http://rebinding-home.test/again
    http://public.test/twice
    """),
    NOT_FOUND: [
        *words("""
        http://127.0.0.1.:CANARY/ http://127.0.0.1..:CANARY/ http://.127.0.0.1:CANARY/ http://127.0.0.0.1:CANARY/
        http://4294967296/ http://nobody.test/ http://./
        """),
    ],
    MALFORMED: [
        *words("""
        http://[v1.fe80]/ http://[::1].public.test/ http://public.test/split http://0177.0.0.1:CANARY/
        http://127.000.000.001:CANARY/ http://256.0.0.1/ http://①②⑦.⓪.⓪.①:CANARY/ http://１２７.０.０.１:CANARY/
        http://𝟏𝟐𝟕.0.0.1:CANARY/ http://١٢٧.0.0.1:CANARY/ http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:CANARY/ http://localhoſt:CANARY/
        http://%31%32%37.0.0.1:CANARY/ http://127%2e0%2e0%2e1:CANARY/ http://%6c%6fcalhost:CANARY/
        http://127.0.0.1%00.public.test:CANARY/ http://127.0.0.1%0d%0aHost:%20public.test:CANARY/
        http://[fe80::1%25lo]/ http://[::1%25lo]:CANARY/ http://*.127.0.0.1:CANARY/ http://127.0.0.1:0/
        http://public.test:0/ http://127.0.0.1:65536/ http://127.0.0.1:99999/ http://127.0.0.1:-1/
        http://127.0.0.1:0x50/ http://127.0.0.1:CANARY:80/
        """),
        f"http://{'a' * 64}.test/",
        f"http://{'a.' * 900}test/",
        "http://127.0.0.1\u00ad:CANARY/",
        "http://\u202e127.0.0.1:CANARY/",
        "http://127.0.0.1:CANARY/\x7f",
        f"http://{'ü' * 1000}.test/",
    ],
    CREDENTIALS: words(r"""
    http://user:secret@127.0.0.1:CANARY/ http://user@127.0.0.1:CANARY/ http://:@127.0.0.1:CANARY/
    http://public.test@127.0.0.1:CANARY/ http://user:public.test@127.0.0.1:CANARY/
    http://public.test:80@127.0.0.1:CANARY/ http://public.test@127.0.0.1:CANARY@public.test/
    http://127.0.0.1:CANARY\@public.test/ http://public.test\@127.0.0.1:CANARY/ http://127.0.0.1%2f@public.test/
    """),
    ENDLESS: words("http://public.test/nowhere http://public.test/again http://public.test/round/"),
    ANSWERED: words("http://public.test/refresh http://rebinding.test/404"),
    REFUSED: [
        *words("""
        http://[::ffff:127.1]:CANARY/ file:///etc/passwd file://127.0.0.1/etc/passwd ftp://127.0.0.1:CANARY/
        gopher://127.0.0.1:CANARY/_PING dict://127.0.0.1:CANARY/info ldap://127.0.0.1:CANARY/
        jar:http://127.0.0.1:CANARY/!/ unix:///run/docker.sock http+unix://%2Frun%2Fdocker.sock/
        javascript:alert(1) data:text/html;base64,PGgxPg== data:image/png,AAAA data:image/png;base64,AAAA
        //127.0.0.1:CANARY/ /etc/passwd ../../etc/passwd file:0-in0.png http:///127.0.0.1/ http:127.0.0.1
        http://[::1:CANARY/ http://::1]:CANARY/ http://[]:CANARY/ http://[127.0.0.1]:CANARY/
        http://public.test℀127.0.0.1/
        """),
        "",
        "http:\\\\127.0.0.1:CANARY\\",
        "http://127.0.0.1:CANARY/\r\nX-Injected: yes",
        "http://127.0.0.1\r\n:CANARY/",
        "http://127.0.\t0.1:CANARY/",
        "ht\ttp://127.0.0.1:CANARY/",
        "http://public.test 127.0.0.1:CANARY/",
        "http://\u200b127.0.0.1:CANARY/",
        "http://127.0.0.1:CANARY/" + "a" * 9_000,
    ],
}

# Where a public site may send us instead, again by what is said of it.
REDIRECTS: dict[str, list[str]] = {
    NOT_PUBLIC: [
        *(hop("http://169.254.169.254/latest/", status) for status in (301, 302, 303, 307, 308)),
        hop(hop("http://10.0.0.1/", host="public-too.test")),
        hop(hop(hop("http://10.0.0.1/"), host="public-too.test")),
        *hops("""
            http://10.0.0.1/ http://metadata.google.internal/ //192.168.1.1/ http://2852039166/ http://025177524776/
            http://[::1]:CANARY/ http://[::ffff:10.0.0.1]/ https://10.0.0.1/ http://public-then-private.test/
            """),
    ],
    NOT_FOUND: [hop("http://nobody.test/"), hop("http://127.0.0.1.:CANARY/")],
    MALFORMED: [hop("http://127.0.0.1:99999/"), hop("http://a]b/")],
    CREDENTIALS: [hop("http://user:secret@public.test/")],
    OTHER_SCHEME: hops("""
            javascript:alert(1) data:image/png;base64,AAAA
            file:///etc/passwd ftp://127.0.0.1:CANARY/ gopher://127.0.0.1:CANARY/_PING dict://127.0.0.1:CANARY/info
            """),
    ENDLESS: [hop(hop(hop(hop("http://10.0.0.1/"))))],
    ANSWERED: [hop("http://10.0.0.1/", status) for status in (201, 300, 304)],
    NO_CONNECTION: hops("http:///127.0.0.1/"),
    NOWHERE: hops("http://①②⑦.⓪.⓪.①/ http://127.0.0.1:port/ http://[::1/"),
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

    def getaddrinfo(self, host: str, port: int, *rest: int) -> list[Any]:
        """Numbers are read as the system reads them; names are looked up in ZONE."""
        family, kind, proto, flags = rest
        with contextlib.suppress(socket.gaierror):
            return self._getaddrinfo(host, port, family, kind, proto, flags | socket.AI_NUMERICHOST)
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
    if await reader.read(1) == b"\x16":  # it begins to speak TLS
        writer.close()
        return
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
    monkeypatch.setattr("easel.pipeline.fetch_inputs.PAUSES", ())  # an address is tried once
    wire.forget()
    canary.calls = 0


@contextlib.asynccontextmanager
async def a_rig(folder: Path, empty_file: Path, **given: Any) -> AsyncIterator[Rig]:
    defaults: dict[str, Any] = {"rate_limit_per_minute": 0, "drain_seconds": 0.5, "allowed_hosts": "easel.test"}
    settings = Settings(data=folder, bootstrap_key=SecretStr(KEY), **defaults, **given)
    shutil.copyfile(empty_file, folder / "easel.db")
    db = open_database(folder)
    await bootstrap(db, Clock(), settings)
    provider = InstantProvider()
    services = build_services(settings, db, provider=provider)
    transport = httpx.ASGITransport(app=build_app(settings, services), raise_app_exceptions=False)
    async with (
        at_work(services, drain_seconds=settings.drain_seconds),
        httpx.AsyncClient(transport=transport, base_url="http://easel.test", headers={"X-API-Key": KEY}) as client,
    ):
        yield Rig(services, client, provider, transport)
    await db.close()


@pytest.fixture(scope="module")
async def wary(tmp_path_factory: pytest.TempPathFactory, empty_file: Path, wire: Wire) -> AsyncIterator[Rig]:
    """A server that trusts no private network."""
    async with a_rig(tmp_path_factory.mktemp("wary"), empty_file) as rig:
        yield rig


@pytest.fixture(scope="module")
async def trusting(tmp_path_factory: pytest.TempPathFactory, empty_file: Path, wire: Wire) -> AsyncIterator[Rig]:
    """A server that trusts loopback, as EASEL_TRUSTED_NETWORKS says it."""
    async with a_rig(tmp_path_factory.mktemp("trusting"), empty_file, trusted_networks="127.0.0.0/8") as rig:
        yield rig


async def why_not(rig: Rig, *addresses: str) -> str:
    """How a request with these inputs is answered: REFUSED, or what its failed job says. It costs nothing."""
    assert isinstance(rig.provider, InstantProvider)
    starts, credits = rig.provider.starts, await rig.credits()
    submitted = await rig.generate(request(input_images=list(addresses)))
    last = f"input_images[{len(addresses) - 1}]"
    if submitted.status_code == 400:
        answer = submitted.json()
        assert answer["code"] == "invalid_request"
        assert list(answer["details"]) == [f"gptImage2Params.{last}"]
        assert answer["error"].startswith(f"gptImage2Params.{last} ")
        sentence = str(answer["error"])
    else:
        job = await rig.finished(submitted)
        assert (job["status"], job["errorCode"], job["creditCost"]) == ("FAILED", "input_unusable", 0)
        sentence = job["error"]
        assert sentence.startswith(f"{last} cannot be used: ")
    assert rig.provider.starts == starts
    assert await rig.credits() == credits
    return sentence


def rows(*tables: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(address, answer) for table in tables for answer, addresses in table.items() for address in addresses]


@pytest.mark.parametrize(("address", "answer"), one_in(4, rows({NOT_PUBLIC: LOOPBACK}, ELSEWHERE, REDIRECTS)))
async def test_nothing_private_is_ever_called(wary: Rig, wire: Wire, canary: Canary, address: str, answer: str) -> None:
    assert answer in await why_not(wary, address.replace("CANARY", str(canary.port)))
    assert canary.calls == 0
    assert set(wire.dialled) <= {PUBLIC, PUBLIC_TOO}


@pytest.mark.parametrize(("address", "answer"), one_in(4, rows({NO_CONNECTION: LOOPBACK})))
async def test_a_trusted_network_is_called_whatever_its_addresses_look_like(
    trusting: Rig, wire: Wire, canary: Canary, address: str, answer: str
) -> None:
    assert answer in await why_not(trusting, address.replace("CANARY", str(canary.port)))
    assert set(wire.dialled) - {PUBLIC, PUBLIC_TOO}


@pytest.mark.proof
@pytest.mark.parametrize(("address", "answer"), rows(ELSEWHERE, REDIRECTS)[::3])
async def test_a_trusted_network_opens_no_other(
    trusting: Rig, wire: Wire, canary: Canary, address: str, answer: str
) -> None:
    assert answer in await why_not(trusting, address.replace("CANARY", str(canary.port)))
    assert canary.calls == 0
    assert set(wire.dialled) <= {PUBLIC, PUBLIC_TOO}


async def test_the_input_that_is_to_blame_is_named(wary: Rig) -> None:
    image = "data:image/png;base64," + base64.b64encode(encoded(gradient()).data).decode()
    assert NOT_PUBLIC in await why_not(wary, image, image, "http://10.0.0.1/")
    assert REFUSED in await why_not(wary, image, "file:///etc/passwd")


EVERYWHERE = [*LOOPBACK[:-2], *ELSEWHERE[NOT_PUBLIC]]


@pytest.mark.parametrize("address", one_in(8, EVERYWHERE))
async def test_no_webhook_leads_there_either(wary: Rig, wire: Wire, canary: Canary, address: str) -> None:
    """It is refused at once, or its name is looked up and then not called."""
    url = address.replace("CANARY", str(canary.port)).replace("http://", "https://")
    submitted = await wary.generate(request() | {"webhookUrl": url})
    if submitted.status_code == 400:
        assert list(submitted.json()["details"]) == ["webhookUrl"]
    else:
        await wary.finished(submitted)
        assert await first_error(wary, submitted.json()["jobId"])
    assert canary.calls == 0
    assert set(wire.dialled) <= {PUBLIC, PUBLIC_TOO}


async def first_error(rig: Rig, job_id: str) -> str:
    """Why the job's webhook did not arrive, once it was tried."""

    async def tried() -> str | None:
        page = (await rig.client.get("/v2/webhooks/deliveries")).json()["deliveries"]
        mine = [one["attempts"][0] for one in page if one["jobId"] == job_id and one["attempts"]]
        return str(mine[0]["error"]) if mine else None

    return str(await until(tried))


@pytest.mark.parametrize("host", ["127.0.0.1", "[::ffff:127.0.0.1]", "localhost", "2130706433"])
async def test_the_canary_can_be_reached_when_it_is_trusted(trusting: Rig, canary: Canary, host: str) -> None:
    assert "the connection failed" in await why_not(trusting, f"http://{host}:{canary.port}/")
    assert canary.calls >= 1

import asyncio
import contextlib
import gzip
import io
import ipaddress
import socket
import ssl
import threading
import zlib
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from easel import __version__
from easel.kit.fetch import MAX_REDIRECTS, Fetcher, FetchFailed
from easel.kit.networks import IpNetwork, is_allowed

PRIVATE = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.254",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.170",
    "192.0.2.1",
    "192.168.0.1",
    "192.168.255.255",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "100::1",
    "2001:2::1",
    "2001:db8::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "febf::1",
    "ff02::1",
    "ff0e::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:100.64.0.1",
    "::ffff:0.0.0.0",
    "64:ff9b::127.0.0.1",
    "64:ff9b::169.254.169.254",
    "64:ff9b::10.0.0.1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::1",
    "2002:c0a8:1::1",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",
    "2001:0:4136:e378:8000:63bf:f5ff:fffe",
    "2001:0:4136:e378:8000:63bf:5601:5601",
]

# What IANA's special-purpose registries call not globally reachable, and the standard library of 3.11 does not know.
FORGOTTEN = [
    "192.0.0.8",
    "::127.0.0.1",
    "::10.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b:1::10.0.0.1",
    "3fff::1",
    "5f00::1",
    "fec0::1",
    "feff::1",
]

PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "128.0.0.0",
    "169.253.255.255",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2606:4700:4700::1111",
    "2a00:1450:4001::1",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "2002:808:808::",
]


@pytest.mark.parametrize("address", [*PRIVATE, *FORGOTTEN])
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert not is_allowed(ipaddress.ip_address(address), ())


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_allowed(address: str) -> None:
    assert is_allowed(ipaddress.ip_address(address), ())


@pytest.mark.parametrize(
    ("trusted", "opened", "closed"),
    [
        ("127.0.0.0/8", "127.9.9.9", "10.255.255.255"),
        ("127.0.0.1/32", "127.0.0.1", "127.0.0.2"),
        ("10.1.0.0/16", "10.1.255.255", "10.2.0.0"),
        ("10.1.0.0/16", "10.1.0.0", "10.0.255.255"),
        ("10.1.0.0/16", "::ffff:10.1.2.3", "::ffff:10.2.2.3"),
        ("10.1.0.0/16", "64:ff9b::10.1.2.3", "64:ff9b::10.2.2.3"),
        ("fd00:1::/32", "fd00:1::5", "fd00:2::5"),
        ("::1/128", "::1", "127.0.0.1"),
        ("fe80::/10", "fe80::1", "169.254.0.1"),
        ("169.254.0.0/16", "169.254.169.254", "fe80::1"),
        ("239.0.0.0/8", "239.1.2.3", "224.0.0.1"),
    ],
)
def test_a_trusted_network_opens_exactly_itself(trusted: str, opened: str, closed: str) -> None:
    networks = [ipaddress.ip_network(trusted)]
    assert is_allowed(ipaddress.ip_address(opened), networks)
    assert not is_allowed(ipaddress.ip_address(closed), networks)
    assert is_allowed(ipaddress.ip_address("8.8.8.8"), networks)


class Site(BaseHTTPRequestHandler):
    """A small site that misbehaves as its path says."""

    server: "LoopbackServer"

    def do_GET(self) -> None:
        self.server.seen.append((self.path, self.headers["Host"], dict(self.headers)))
        verb, _, rest = self.path.removeprefix("/").partition("/")
        match verb:
            case "to":
                self._answer(302, location=unquote(rest))
            case "far":
                self._answer(302, location="/" + "a" * int(rest))
            case "round":
                self._answer(307, location=f"/round/{int(rest) - 1}" if int(rest) else "/ok")
            case "status":
                self._answer(int(rest), b"no")
            case "bytes":
                self._answer(200, b"x" * int(rest))
            case "packed":
                self._answer(200, self.server.body, encoding=unquote(rest))
            case "busy":
                self._answer(503, retry_after=unquote(rest))
            case "slow":
                self.server.closing.wait(5)
            case "rude":
                self.wfile.write(b"220 smtp.example ESMTP\r\n")
            case _:
                self._answer(200, b"ok")

    def _answer(
        self,
        status: int,
        body: bytes = b"",
        *,
        location: str | None = None,
        encoding: str = "",
        retry_after: str | None = None,
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if location is not None:
            self.send_header("Location", location)
        if retry_after is not None:
            self.send_header("Retry-After", retry_after)
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


class LoopbackServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Site)
        self.seen: list[tuple[str, str, dict[str, str]]] = []
        self.closing = threading.Event()
        self.body = b""

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that hangs up early is no error here."""


@pytest.fixture(scope="module")
def running_site() -> Iterator[LoopbackServer]:
    with LoopbackServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.closing.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def site(running_site: LoopbackServer) -> LoopbackServer:
    running_site.seen.clear()
    return running_site


LOOPBACK: list[IpNetwork] = [ipaddress.ip_network("127.0.0.1/32")]


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    """One loop for this file, so that its clients, each of which reads every root certificate, are made once."""
    return "asyncio"


@pytest.fixture(scope="module")
async def fetcher() -> AsyncIterator[Fetcher]:
    fetcher = Fetcher(LOOPBACK)
    yield fetcher
    await fetcher.close()


@pytest.fixture(scope="module")
async def stranger() -> AsyncIterator[Fetcher]:
    """A fetcher that trusts no private network."""
    fetcher = Fetcher()
    yield fetcher
    await fetcher.close()


pytestmark = pytest.mark.anyio


async def body(fetcher: Fetcher, url: str, max_bytes: int = 9) -> bytes:
    into = io.BytesIO()
    await fetcher.fetch(url, into, max_bytes=max_bytes)
    return into.getvalue()


async def why_not(fetcher: Fetcher, url: str, max_bytes: int = 2_000_000) -> str:
    with pytest.raises(FetchFailed) as failure:
        await body(fetcher, url, max_bytes)
    return str(failure.value)


async def test_a_trusted_network_is_fetched_from(fetcher: Fetcher, site: LoopbackServer) -> None:
    assert await body(fetcher, f"http://127.0.0.1:{site.port}/ok?a=b#c", 2) == b"ok"
    [(path, host, headers)] = site.seen
    assert (path, host, headers["User-Agent"]) == ("/ok?a=b", f"127.0.0.1:{site.port}", f"Easel/{__version__}")


async def test_an_untrusted_network_is_refused_before_anything_is_sent(stranger: Fetcher, site: LoopbackServer) -> None:
    for host in ("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "0.0.0.0"):
        assert "is not on the public internet" in await why_not(stranger, f"http://{host}:{site.port}/ok")
    assert site.seen == []


async def test_redirects_are_followed_to_the_end(fetcher: Fetcher, site: LoopbackServer) -> None:
    assert await body(fetcher, f"http://127.0.0.1:{site.port}/round/{MAX_REDIRECTS - 1}", 9) == b"ok"
    assert len(site.seen) == MAX_REDIRECTS + 1


async def test_too_many_redirects_are_refused(fetcher: Fetcher, site: LoopbackServer) -> None:
    reason = await why_not(fetcher, f"http://127.0.0.1:{site.port}/round/{MAX_REDIRECTS}")
    assert reason == "it redirects more than 3 times"
    assert len(site.seen) == MAX_REDIRECTS + 1


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://127.0.0.2/", "not on the public internet"),
        ("http://169.254.169.254/latest/meta-data/", "not on the public internet"),
        ("//10.0.0.1/", "not on the public internet"),
        ("http://[::1]/", "not on the public internet"),
        ("file:///etc/passwd", "only http and https"),
        ("ftp://127.0.0.1/", "only http and https"),
        ("gopher://127.0.0.1/", "only http and https"),
        ("http://user:secret@127.0.0.1/", "user name or a password"),
        ("http://127.0.0.1:1/", "the connection failed"),
    ],
)
async def test_a_redirect_astray_is_refused(fetcher: Fetcher, site: LoopbackServer, location: str, reason: str) -> None:
    assert reason in await why_not(fetcher, f"http://127.0.0.1:{site.port}/to/{quote(location)}")


@pytest.mark.parametrize(
    "path",
    [
        *(
            f"to/{quote(location)}"
            for location in ("http://[", "http://[::1", "http://a]b/", "http://127.0.0.1:99999/")
        ),
        "to/",
        "far/70000",
    ],
)
async def test_a_redirect_to_nowhere_is_refused_with_a_reason(
    fetcher: Fetcher, site: LoopbackServer, path: str
) -> None:
    assert await why_not(fetcher, f"http://127.0.0.1:{site.port}/{path}")


@pytest.mark.parametrize(
    "status", [201, 204, 206, 300, 304, 400, 401, 403, 404, 418, 429, 500, 503, 507, 509, 521, 530]
)
async def test_any_answer_but_200_and_203_is_refused(fetcher: Fetcher, site: LoopbackServer, status: int) -> None:
    with pytest.raises(FetchFailed) as failure:
        await body(fetcher, f"http://127.0.0.1:{site.port}/status/{status}")
    assert str(failure.value).split(", ")[0] == f"the server answered {status}"
    assert failure.value.again is (status == 429 or status >= 500)
    assert ("upload the image instead" in str(failure.value)) is (status in (401, 403))


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("7", 7), ("0", 0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0), ("soon", None), ("-1", None), ("1.5", None)],
)
async def test_a_busy_server_says_when_to_ask_again(
    fetcher: Fetcher, site: LoopbackServer, said: str, seconds: float | None
) -> None:
    with pytest.raises(FetchFailed) as failure:
        await body(fetcher, f"http://127.0.0.1:{site.port}/busy/{quote(said)}")
    assert (failure.value.again, failure.value.retry_after) == (True, seconds)


async def test_who_fetches_says_where_to_read_of_it(site: LoopbackServer) -> None:
    fetcher = Fetcher(LOOPBACK, contact="https://images.example.com")
    await body(fetcher, f"http://127.0.0.1:{site.port}/ok")
    await fetcher.close()
    headers = site.seen[0][2]
    assert headers["User-Agent"] == f"Easel/{__version__} (+https://images.example.com)"
    assert headers["Accept"].startswith("image/")


@pytest.mark.parametrize("path", ["bytes/2000001", "bytes/9000000"])
async def test_a_body_over_the_limit_is_refused(fetcher: Fetcher, site: LoopbackServer, path: str) -> None:
    assert await why_not(fetcher, f"http://127.0.0.1:{site.port}/{path}") == "it is larger than 2 MB"


PLAIN = bytes(range(256)) * 40
RAW_DEFLATE = zlib.compressobj(wbits=-zlib.MAX_WBITS)
ENCODED = {
    "gzip": gzip.compress(PLAIN),
    "GZIP": gzip.compress(PLAIN),
    "x-gzip": gzip.compress(PLAIN[:5_000]) + gzip.compress(PLAIN[5_000:]),
    "deflate": zlib.compress(PLAIN),
    " deflate": RAW_DEFLATE.compress(PLAIN) + RAW_DEFLATE.flush(),
    "identity": PLAIN,
    "none": PLAIN,
    "aws-chunked": PLAIN,
    "aws-chunked,": PLAIN,
    "aws-chunked,gzip": gzip.compress(PLAIN),
    "gzip, aws-chunked": gzip.compress(PLAIN),
    "identity,GZIP": gzip.compress(PLAIN),
}


@pytest.mark.parametrize("encoding", ENCODED)
async def test_a_packed_body_is_unpacked(fetcher: Fetcher, site: LoopbackServer, encoding: str) -> None:
    site.body = ENCODED[encoding]
    assert await body(fetcher, f"http://127.0.0.1:{site.port}/packed/{quote(encoding)}", len(PLAIN)) == PLAIN
    if "gzip" in encoding or "deflate" in encoding:
        reason = await why_not(fetcher, f"http://127.0.0.1:{site.port}/packed/{quote(encoding)}", len(PLAIN) - 1)
        assert reason == "it is larger than 0.010239 MB"


@pytest.mark.parametrize(
    ("encoding", "data", "reason"),
    [
        ("gzip", gzip.compress(bytes(50_000_000), 1), "it is larger than 2 MB"),
        ("deflate", zlib.compress(bytes(50_000_000), 1), "it is larger than 2 MB"),
        ("gzip", b"x" * 20, "it says that it is compressed, and cannot be unpacked"),
        ("gzip", gzip.compress(PLAIN)[:-9], "it is compressed, and cut off"),
        ("aws-chunked,br", b"x" * 20, "it is compressed as aws-chunked,br, which was not asked for"),
        ("br", b"x" * 20, "it is compressed as br, which was not asked for"),
        ("gzip, gzip", gzip.compress(gzip.compress(PLAIN)), "it is compressed as gzip, gzip, which was not asked for"),
    ],
)
async def test_a_body_that_cannot_be_unpacked_within_the_limit_is_refused(
    fetcher: Fetcher, site: LoopbackServer, encoding: str, data: bytes, reason: str
) -> None:
    site.body = data
    assert await why_not(fetcher, f"http://127.0.0.1:{site.port}/packed/{quote(encoding)}") == reason


async def test_a_packed_body_that_is_cut_off_may_be_whole_the_next_time(fetcher: Fetcher, site: LoopbackServer) -> None:
    site.body = gzip.compress(PLAIN)[:-9]
    with pytest.raises(FetchFailed, match="cut off") as failure:
        await body(fetcher, f"http://127.0.0.1:{site.port}/packed/gzip", len(PLAIN))
    assert failure.value.again


async def test_an_answer_that_a_proxy_changed_is_whole(fetcher: Fetcher, site: LoopbackServer) -> None:
    assert await body(fetcher, f"http://127.0.0.1:{site.port}/status/203") == b"no"


@pytest.mark.parametrize("path", ["bytes/2000000"])
async def test_a_body_of_just_the_limit_comes_through(fetcher: Fetcher, site: LoopbackServer, path: str) -> None:
    assert await body(fetcher, f"http://127.0.0.1:{site.port}/{path}", 2_000_000) == b"x" * 2_000_000


@pytest.mark.parametrize("path", ["rude"])
async def test_a_server_that_does_not_speak_http_is_a_failed_connection(
    fetcher: Fetcher, site: LoopbackServer, path: str
) -> None:
    assert "the connection failed" in await why_not(fetcher, f"http://127.0.0.1:{site.port}/{path}")


async def test_a_server_that_takes_too_long_is_given_up(site: LoopbackServer) -> None:
    hasty = Fetcher(LOOPBACK, timeout=0.05)
    assert "it took longer than" in await why_not(hasty, f"http://127.0.0.1:{site.port}/slow")
    await hasty.close()


async def test_nobody_listening_is_a_failed_connection(fetcher: Fetcher) -> None:
    assert await why_not(fetcher, "http://127.0.0.1:1/") == "the connection failed: the server cannot be reached"


@pytest.mark.parametrize(
    "url",
    ["", "x", "//127.0.0.1/", "/etc/passwd", "file:///etc/passwd", "ftp://127.0.0.1/", "data:,x"],
)
async def test_only_http_and_https_are_fetched(fetcher: Fetcher, url: str) -> None:
    scheme = url.partition(":")[0] if ":" in url else "one without either"
    assert await why_not(fetcher, url) == f"only http and https addresses are fetched, not {scheme}"


@pytest.mark.parametrize("url", ["http:///x", "http:", "https://:80/"])
async def test_an_address_without_a_host_is_not_fetched(fetcher: Fetcher, url: str) -> None:
    assert await why_not(fetcher, url) == "the address has no host"


@pytest.mark.parametrize("credentials", ["user:secret@", "user@", ":secret@", "127.0.0.1\\@", "%20@"])
async def test_credentials_in_an_address_are_refused(fetcher: Fetcher, site: LoopbackServer, credentials: str) -> None:
    reason = await why_not(fetcher, f"http://{credentials}127.0.0.1:{site.port}/ok")
    assert reason == "an address must not contain a user name or a password"
    assert site.seen == []


@pytest.mark.parametrize("host", ["nobody.invalid", "xn--bcher-kva.invalid", "."])
async def test_a_host_that_does_not_resolve_cannot_be_found(fetcher: Fetcher, host: str) -> None:
    assert "cannot be found" in await why_not(fetcher, f"http://{host}/")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:abc/",
        "http://127.0.0.1:-1/",
        "http://127.0.0.1/\x01",
        "http://127.0.0.1/\x7f",
        "http://127.0.0.1/\n",
        "http://127.0.0.1/" + "a" * 70_000,
        "http://127.0.0.1/\ud800",
        "http://a\x00b/",
    ],
)
async def test_a_malformed_address_is_refused(fetcher: Fetcher, url: str) -> None:
    assert (await why_not(fetcher, url)).startswith("the address is malformed")


async def test_what_is_wrong_with_an_address_is_said(fetcher: Fetcher) -> None:
    assert (await why_not(fetcher, "http://127.0.0.1:99999/")).endswith(": there is no port 99999")
    assert (await why_not(fetcher, "http://127.0.0.1:abc/")).endswith(": its port is no number")
    assert (await why_not(fetcher, f"http://{'a' * 64}.com/")).endswith("a" * 60 + " cannot be one")


@pytest.mark.parametrize(
    "url",
    ["http://[", "http://[::1", "http://[v1.x]/", "http://256.1.1.1/", f"http://{'a' * 64}.invalid/", "http://a%00b/"],
)
async def test_a_host_that_cannot_be_one_is_refused_with_a_reason(fetcher: Fetcher, url: str) -> None:
    assert await why_not(fetcher, url)


class Names:
    """A name server of our own: `told` is what it says, one list of addresses a question."""

    def __init__(self, *told: list[str]) -> None:
        self._told = list(told)
        self.asked: list[Any] = []

    def getaddrinfo(self, host: Any, port: Any, *_: Any) -> list[Any]:
        self.asked.append(host)
        addresses = self._told.pop(0) if len(self._told) > 1 else self._told[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]


def use_names(monkeypatch: pytest.MonkeyPatch, *told: list[str]) -> Names:
    names = Names(*told)
    monkeypatch.setattr(socket, "getaddrinfo", names.getaddrinfo)
    return names


async def test_a_name_is_asked_for_once_and_its_checked_address_is_called(
    fetcher: Fetcher, site: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = use_names(monkeypatch, ["127.0.0.1"], ["169.254.169.254"])
    assert await body(fetcher, f"http://rebind.test:{site.port}/ok", 9) == b"ok"
    assert names.asked == ["rebind.test"]
    assert [host for _, host, _ in site.seen] == [f"rebind.test:{site.port}"]


async def test_every_hop_is_asked_for_and_checked_anew(
    fetcher: Fetcher, site: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = use_names(monkeypatch, ["127.0.0.1"], ["169.254.169.254"])
    assert "not on the public internet" in await why_not(fetcher, f"http://rebind.test:{site.port}/round/1")
    assert names.asked == ["rebind.test", "rebind.test"]
    assert len(site.seen) == 1


@pytest.mark.parametrize("addresses", [["127.0.0.1", "10.0.0.1"], ["10.0.0.1", "127.0.0.1"], ["8.8.8.8", "::1"]])
async def test_a_name_with_one_private_address_among_its_addresses_is_refused(
    fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    use_names(monkeypatch, addresses)
    assert "not on the public internet" in await why_not(fetcher, "http://mixed.test/")


@pytest.mark.parametrize(
    ("host", "named"),
    [("bücher.test", "xn--bcher-kva.test"), ("xn--bcher-kva.test", "xn--bcher-kva.test"), ("BIG.test", "big.test")],
)
async def test_an_international_name_is_fetched(
    fetcher: Fetcher, site: LoopbackServer, monkeypatch: pytest.MonkeyPatch, host: str, named: str
) -> None:
    use_names(monkeypatch, ["127.0.0.1"])
    assert await body(fetcher, f"http://{host}:{site.port}/ok", 9) == b"ok"
    assert [seen.lower() for _, seen, _ in site.seen] == [f"{named}:{site.port}"]


@pytest.mark.parametrize("host", ["xn--ls8h.la", "xn--pub-.test"])
async def test_a_host_that_strict_decoders_refuse_is_fetched_all_the_same(
    fetcher: Fetcher, site: LoopbackServer, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    """The first exists, and so may the second: what a name server knows is not for us to judge."""
    use_names(monkeypatch, ["127.0.0.1"])
    address = f"http://{host}:{site.port}"
    assert await body(fetcher, f"{address}/ok") == b"ok"
    assert await body(fetcher, f"{address}/to/{quote(address, safe='')}") == b"ok"
    answer = await fetcher.post(f"{address}/ok", content=b"", headers={}, seconds=5, max_bytes=9)
    assert answer.status == 501  # it takes no POST, and has been asked
    assert {seen for _, seen, _ in site.seen} == {f"{host}:{site.port}"}


async def test_a_redirect_takes_no_secrets_along(fetcher: Fetcher, site: LoopbackServer) -> None:
    await body(fetcher, f"http://127.0.0.1:{site.port}/round/1", 9)
    for _, _, headers in site.seen:
        assert {"Cookie", "Authorization", "Referer"}.isdisjoint(headers)


@pytest.mark.parametrize(
    ("flood", "sentence"),
    [
        (b"HTTP/1.1 102 Processing\r\n\r\n", "the response is not valid HTTP"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\nA\r\n" * 1000, "pieces that are too small"),
    ],
)
async def test_answers_that_cost_a_processor_without_end_are_cut_short(flood: bytes, sentence: str) -> None:
    sent = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await reader.readuntil(b"\r\n\r\n")
        with contextlib.suppress(OSError):
            while sent < 50_000_000:
                writer.write(flood)
                sent += len(flood)
                flood_on = b"1\r\nA\r\n" * 1000 if b"chunked" in flood else flood * 100
                writer.write(flood_on)
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    fetcher = Fetcher([ipaddress.ip_network("127.0.0.0/8")])
    try:
        with pytest.raises(FetchFailed, match=sentence):
            await fetcher.fetch(f"http://127.0.0.1:{port}/", io.BytesIO(), max_bytes=10_000_000)
    finally:
        await fetcher.close()
        server.close()
    assert sent < 10_000_000


@pytest.mark.parametrize(
    "rest",
    [
        b"Content-Length: 100\r\n\r\nok",
        b"Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\nZZ",
        b"Content-Length: 2\r\n\r\nok",
    ],
    ids=["shorter than said", "damaged", "whole"],
)
async def test_a_status_that_came_is_the_answer_whatever_becomes_of_the_body(fetcher: Fetcher, rest: bytes) -> None:
    """Else a receiver that has the message is sent it again."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n" + rest)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        answer = await fetcher.post(url, content=b"", headers={}, seconds=5, max_bytes=9)
    assert (answer.status, answer.body) == (200, b"ok")


async def test_a_body_that_drips_is_not_waited_for(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("easel.kit.fetch.BEGINNING_SECONDS", 0.05)
    asked = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok")
        await writer.drain()
        await asked.wait()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        answer = await fetcher.post(url, content=b"", headers={}, seconds=5, max_bytes=9)
        asked.set()
    assert (answer.status, answer.body) == (200, b"ok")


async def test_a_certificate_that_nobody_vouches_for_is_named(fetcher: Fetcher, tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "easel.test")])
    today = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1)
    signed = builder.not_valid_before(today).not_valid_after(today + timedelta(days=1)).sign(key, hashes.SHA256())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + signed.public_bytes(Encoding.PEM)
    (tmp_path / "both.pem").write_bytes(pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "both.pem")
    async with await asyncio.start_server(lambda *_: None, "127.0.0.1", 0, ssl=context) as server:
        url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        assert await why_not(fetcher, url) == "its certificate cannot be verified"

"""What leaves goes through the proxy that the environment names; loopback and trusted networks never do."""

import asyncio
import base64
import contextlib
import io
import ipaddress
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import httpx
import pytest
from tests.support.waiting import until

from easel.config import use_network_variables
from easel.kit.direct import DirectTransport
from easel.kit.fetch import Fetcher, FetchFailed
from easel.kit.proxies import Proxies, for_libraries, proxies_in, proxy_faults
from easel.kit.resolve import Resolver
from easel.kit.settings import WrongSettings
from easel.kit.wire import transport_by_rule

pytestmark = pytest.mark.anyio

PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"


class TunnelProxy:
    """A proxy that is asked for tunnels, and is every server at their other end itself."""

    def __init__(self, answer: bytes = b"HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n") -> None:
        self.answer, self.heads, self.open = answer, list[str](), 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open += 1
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            self.heads.append(head)
            if head.startswith("CONNECT"):
                writer.write(self.answer)
                self.heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
            writer.write(PAGE)
            await writer.drain()
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        self.open -= 1


@contextlib.asynccontextmanager
async def running(proxy: TunnelProxy) -> AsyncIterator[str]:
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    async with server:
        try:
            yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        finally:
            server.close()
            await until(lambda: not proxy.open)


def fetcher(environment: Mapping[str, str], *trusted: str) -> Fetcher:
    networks = [ipaddress.ip_network(network) for network in trusted]
    names = {"images.test": "93.184.215.14", "inside.test": "127.0.0.1", "meta.test": "169.254.169.254"}

    def lookup(host: str, port: int) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        return [(0, 0, 0, "", (names[host], port))]

    return Fetcher(networks, resolver=Resolver(lookup=lookup), proxies=proxies_in(environment))


async def fetched(of: Fetcher, url: str) -> bytes:
    into = io.BytesIO()
    try:
        await of.fetch(url, into, max_bytes=100)
    finally:
        await of.close()
    return into.getvalue()


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
async def test_the_proxy_is_asked_for_the_checked_address_and_resolves_nothing(variable: str) -> None:
    proxy = TunnelProxy()
    async with running(proxy) as where:
        assert await fetched(fetcher({variable: where}), "http://images.test/a.png") == b"ok"
    connect, request = proxy.heads
    assert connect.startswith("CONNECT 93.184.215.14:80 HTTP/1.1\r\n")
    assert request.startswith("GET /a.png HTTP/1.1\r\n")
    assert "Host: images.test\r\n" in request
    assert "Proxy-Authorization" not in connect


async def test_it_is_told_who_we_are_and_the_server_is_not() -> None:
    proxy = TunnelProxy()
    async with running(proxy) as where:
        assert await fetched(fetcher({"HTTP_PROXY": f"http://me:p%40ss@{where}"}), "http://images.test/") == b"ok"
    login = base64.b64encode(b"me:p@ss").decode()
    assert [f"Proxy-Authorization: Basic {login}" in head for head in proxy.heads] == [True, False]


@pytest.mark.parametrize(
    "url", ["http://meta.test/", "http://169.254.169.254/", "http://inside.test/", "http://[::1]/"]
)
async def test_what_is_not_public_is_refused_before_the_proxy_hears_of_it(url: str) -> None:
    proxy = TunnelProxy()
    async with running(proxy) as where:
        with pytest.raises(FetchFailed, match="EASEL_TRUSTED_NETWORKS"):
            await fetched(fetcher({"ALL_PROXY": where}), url)
    assert proxy.heads == []


async def test_a_trusted_network_is_reached_directly() -> None:
    proxy, site = TunnelProxy(), TunnelProxy()
    async with running(proxy) as where, running(site) as own:
        port = own.rpartition(":")[2]
        assert await fetched(fetcher({"ALL_PROXY": where}, "127.0.0.0/8"), f"http://inside.test:{port}/x") == b"ok"
    assert (proxy.heads, len(site.heads)) == ([], 1)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "the proxy refuses it"),
        (b"HTTP/1.1 403 Forbidden\r\n\r\n", "the proxy refuses it"),
        (b"nonsense\r\n\r\n", "the proxy refuses it"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 9_000, "the proxy refuses it"),
    ],
)
async def test_a_proxy_that_refuses_is_a_failed_connection(answer: bytes, words: str) -> None:
    async with running(TunnelProxy(answer)) as where:
        with pytest.raises(FetchFailed, match=words):
            await fetched(fetcher({"HTTP_PROXY": where}), "http://images.test/")


async def test_a_webhook_goes_by_http_into_trusted_networks_only() -> None:
    site = TunnelProxy()
    async with running(site) as own:
        port = own.rpartition(":")[2]
        for trusted, url, words in (
            (["127.0.0.0/8"], f"http://inside.test:{port}/", None),
            ([], f"http://inside.test:{port}/", "EASEL_TRUSTED_NETWORKS"),
            (["127.0.0.0/8"], "http://images.test/", "http is used in trusted networks only"),
        ):
            of = fetcher({}, *trusted)
            sent = of.post(url, content=b"", headers={}, seconds=5, max_bytes=9)
            if words is None:
                assert (await sent).status == 200
            else:
                with pytest.raises(FetchFailed, match=words):
                    await sent
            await of.close()


@pytest.mark.parametrize(
    ("no_proxy", "host", "direct"),
    [
        ("", "localhost", True),
        ("", "127.0.0.1", True),
        ("", "127.8.9.1", True),
        ("", "::1", True),
        ("", "[::1]", True),
        ("", "a.localhost", True),
        ("", "example.com", False),
        ("*", "example.com", True),
        ("example.com", "example.com", True),
        ("example.com", "a.example.com", True),
        ("example.com", "notexample.com", False),
        (".example.com", "a.example.com", True),
        ("*.example.com", "a.example.com", True),
        ("EXAMPLE.com:443", "Example.COM.", True),
        ("10.0.0.0/8, 8.8.8.8", "10.1.2.3", True),
        ("10.0.0.0/8, 8.8.8.8", "8.8.8.8", True),
        ("10.0.0.0/8", "11.1.2.3", False),
        ("10.0.0.0/8", "example.com", False),
        ("[2001:db8::1]", "2001:db8::1", True),
        ("[2001:db8::1]", "[2001:db8::1]", True),
        ("fd00::/8", "fd12::9", True),
        ("[fd00::]/8", "fd12::9", True),
        ("fd00::/8", "fe12::9", False),
        ("10.0.0.0/8", "::ffff:10.1.2.3", True),
        ("[fd00::1]:443", "fd00::1", True),
        ("[fd00::1]:80", "fd00::1", False),
        ("192.0.2.1:443", "192.0.2.1", True),
        ("192.0.2.1:80", "192.0.2.1", False),
        ("example.com:8443", "a.example.com", False),
        ("*.example.com:443", "a.example.com", True),
        ("bücher.example", "xn--bcher-kva.example", True),
        ("xn--bcher-kva.example", "bücher.example", True),
        ("my_db other", "other", True),
        ('"example.com"', "example.com", True),
    ],
)
def test_what_is_reached_directly(no_proxy: str, host: str, direct: bool) -> None:
    proxies = proxies_in({"ALL_PROXY": "http://proxy:3128", "no_proxy": no_proxy})
    assert (proxies.of("https", host) is None) == direct


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("socks5://127.0.0.1:1080", "socks5 proxy, which is not supported"),
        ("socks5h://proxy", "not supported"),
        ("ftp://proxy", "no proxy: write http://host:port"),
        ("http://proxy:port", "not the address of a proxy"),
        ("http://", "not the address of a proxy"),
        ("http://[::1", "not the address of a proxy"),
        ("http://pro xy:9", "not the address of a proxy"),
        ("http://“proxy”:9", "not the address of a proxy"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_one_line(address: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        [fault] = proxy_faults({name: address})
        assert fault.startswith(f"{name} ")
        assert words in fault
    assert proxies_in({"ALL_PROXY": address}) == Proxies()
    monkeypatch.setenv("ALL_PROXY", address)
    with pytest.raises(WrongSettings, match=r"^ALL_PROXY "):
        use_network_variables()


@pytest.mark.parametrize(
    "entry",
    [
        "http://example.com",
        "example.com:port",
        "host:70000",
        "10.0.0.0/99",
        "192.168.*",
        "192.168.",
        "a..b",
        "[]",
        ":80",
    ],
)
def test_an_entry_that_means_nothing_is_one_line_with_a_proxy(entry: str) -> None:
    [fault] = proxy_faults({"HTTP_PROXY": "http://proxy", "NO_PROXY": f"example.com,{entry}"})
    assert fault.startswith(f"NO_PROXY: '{entry}' cannot be used: write ")
    assert proxy_faults({"NO_PROXY": entry}) == []


def test_quotes_around_a_proxy_are_tidied_for_all() -> None:
    quoted = {"HTTP_PROXY": ' "http://127.0.0.1:9" '}
    assert proxy_faults(quoted) == []
    assert proxies_in(quoted).by_scheme["http"].port == 9
    assert for_libraries(quoted)["HTTP_PROXY"] == "http://127.0.0.1:9"


@pytest.mark.parametrize("no_proxy", ["", "192.0.2.0/24", "192.0.2.1:81", "fd00::/8,[::1],[fd00::1]:80,bücher.example"])
async def test_our_own_clients_follow_the_same_rule(no_proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def taken(transport: httpx.AsyncBaseTransport, _: httpx.Request) -> httpx.Response:
        return httpx.Response(200, text=type(transport).__name__)

    for one in (httpx.AsyncHTTPTransport, DirectTransport):
        monkeypatch.setattr(one, "handle_async_request", taken)
    monkeypatch.setenv("http_proxy", "http://user:pass@proxy:3128")
    monkeypatch.setenv("no_proxy", no_proxy)
    proxies = use_network_variables()
    async with httpx.AsyncClient(trust_env=False, transport=transport_by_rule(proxies)) as client:
        for address, host, port in (("http://192.0.2.1", "192.0.2.1", 80), ("http://192.0.2.1:81", "192.0.2.1", 81)):
            proxied = proxies.of("http", host, port) is not None
            way = (await client.get(address)).text
            assert way == ("AsyncHTTPTransport" if proxied else "DirectTransport")
        assert (await client.get("http://[::1]:9")).text == "DirectTransport"


@pytest.mark.parametrize(
    ("variable", "content", "words"),
    [
        ("SSL_CERT_FILE", None, "No such file or directory."),
        ("SSL_CERT_FILE", "", " has no certificates in PEM form."),
        ("SSL_CERT_FILE", "no certificate", " has no certificates in PEM form."),
        ("SSL_CERT_DIR", None, " is not a folder."),
        ("SSL_CERT_DIR", "a file", " is not a folder."),
    ],
)
def test_wrong_certificates_are_one_line(
    variable: str, content: str | None, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv(variable, f'"{path}"')
    with pytest.raises(WrongSettings) as raised:
        use_network_variables()
    [fault] = raised.value.faults
    assert fault.startswith(f"{variable}: {path}")
    assert fault.endswith(words)


def test_loopback_is_in_no_proxy_for_every_library() -> None:
    assert for_libraries({}) == {}
    with_proxy = {"HTTPS_PROXY": "http://proxy", "NO_PROXY": "db.internal, localhost"}
    direct = "db.internal,localhost,127.0.0.1,::1"
    assert for_libraries(with_proxy) == {"HTTPS_PROXY": "http://proxy", "NO_PROXY": direct, "no_proxy": direct}
    assert for_libraries({"http_proxy": "x", "NO_PROXY": "a", "no_proxy": "b"})["NO_PROXY"].startswith("b,")

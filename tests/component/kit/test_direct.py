"""Requests to servers that the operator named: as httpx's own transport sends them, on connections that are used again
while they are open, and only then."""

import asyncio
import contextlib
import functools
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.support.child import free_ports
from tests.support.waiting import until

from easel.imaging.provenance.certificate import identity
from easel.kit.direct import DirectTransport
from easel.kit.exchange import AHEAD, PIECE

pytestmark = pytest.mark.anyio

PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@pytest.fixture(params=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": request.param == "uvloop"}


class Server:
    """It talks on each connection, and closes those that are open when it is told to."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self.connections, self.writers, self.url = 0, set[asyncio.StreamWriter](), ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.writers.add(writer)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await self._talk(reader, writer)
        self.writers.discard(writer)
        writer.close()

    async def hang_up(self) -> None:
        """Close them; with TLS that begins with a message, and the rest waits for its answer."""
        for writer in self.writers:
            writer.close()
        await asyncio.sleep(0.02)  # until that has arrived

    async def end(self) -> None:
        for writer in self.writers:
            writer.transport.abort()
        await until(lambda: not self.writers)


@contextlib.asynccontextmanager
async def running(talk: Talk, tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    server = Server(talk)
    async with await asyncio.start_server(server.serve, "0.0.0.0", 0, ssl=tls) as listener:
        server.url = f"http{'s' if tls else ''}://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
        yield server
        await server.end()


@functools.cache
def anybody() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def client(authorities: ssl.SSLContext | None = None, *, kept: int = 8, seconds: float = 4.0) -> httpx.AsyncClient:
    transport = DirectTransport(authorities or anybody(), kept=kept, seconds=seconds)
    return httpx.AsyncClient(transport=transport, trust_env=False)


@pytest.fixture(params=["http", "https"])
def tls(request: pytest.FixtureRequest, tmp_path: Path) -> ssl.SSLContext | None:
    if request.param == "http":
        return None
    signer = identity(None, None, tmp_path)
    (tmp_path / "chain.pem").write_text(signer.chain)
    (tmp_path / "key.pem").write_text(signer.key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "chain.pem", tmp_path / "key.pem")
    return context


async def request_of(reader: asyncio.StreamReader) -> bytes:
    """One request, with its body if its length is known; raises IncompleteReadError when there is none."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next((line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), b":0")
    return head + await reader.readexactly(int(length.split(b":")[1]))


async def pages(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while await request_of(reader):
        writer.write(PAGE)


def once(answer: bytes, *, then_close: bool = False) -> Talk:
    """A server that has the same bytes for each request."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await request_of(reader):
            writer.write(answer)
            await writer.drain()
            if then_close:
                return

    return talk


async def test_a_connection_is_used_again(tls: ssl.SSLContext | None) -> None:
    async with running(pages, tls) as server, client() as asking:
        for _ in range(5):
            assert (await asking.get(server.url)).text == "ok"
        assert server.connections == 1


async def test_one_that_the_server_has_closed_is_not_used_again(tls: ssl.SSLContext | None) -> None:
    """A request on it would be lost, and with it the knowledge whether it was paid for."""
    async with running(pages, tls) as server, client() as asking:
        for number in range(1, 6):
            assert (await asking.post(server.url, content=b"")).text == "ok"
            assert server.connections == number
            await server.hang_up()


async def test_one_that_is_being_closed_right_now_is_not_used_again() -> None:
    """The end has arrived, and the event loop has not looked there yet."""
    async with running(pages) as server, client() as asking:
        for number in range(1, 4):
            assert (await asking.post(server.url, content=b"")).text == "ok"
            assert server.connections == number
            for writer in server.writers:
                with socket.socket(fileno=socket.dup(writer.get_extra_info("socket").fileno())) as end:
                    end.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(PAGE + b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno", id="another response"),
        pytest.param(PAGE + b"!", id="a byte too many"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n!", id="after chunks"),
        pytest.param(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", id="to be closed"),
        pytest.param(b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", id="HTTP/1.0"),
    ],
)
async def test_one_with_more_than_a_response_or_an_end_is_not_used_again(answer: bytes) -> None:
    async with running(once(answer)) as server, client() as asking:
        for number in range(1, 4):
            assert (await asking.get(server.url)).text == "ok"
            assert server.connections == number


async def test_one_that_says_something_unasked_is_not_used_again() -> None:
    async with running(pages) as server, client() as asking:
        for number in range(1, 4):
            await asking.get(server.url)
            assert server.connections == number
            for writer in server.writers:
                writer.write(b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")
            await asyncio.sleep(0.02)


async def test_one_whose_response_was_not_read_is_closed() -> None:
    async with running(once(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok")) as server, client() as asking:
        for number in range(1, 4):
            async with asking.stream("GET", server.url):
                assert server.connections == number
            await until(lambda: not server.writers)


async def test_idle_ones_are_closed_after_a_while_and_some_at_once() -> None:
    async with running(pages) as server, client(kept=2, seconds=0.05) as asking:
        await asyncio.gather(*(asking.get(server.url) for _ in range(5)))
        await until(lambda: len(server.writers) == 2)
        await until(lambda: not server.writers)
        assert (await asking.get(server.url)).text == "ok"


async def test_all_are_closed_with_the_client() -> None:
    async with running(pages) as server:
        async with client() as asking:
            await asyncio.gather(*(asking.get(server.url) for _ in range(3)))
            assert len(server.writers) == 3
        await until(lambda: not server.writers)


async def test_a_call_that_is_cancelled_closes_its_connection() -> None:
    async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        while await reader.read(1000):
            pass

    async with running(silent) as server, client() as asking:
        call = asyncio.create_task(asking.get(server.url))
        await until(lambda: bool(server.writers))
        call.cancel()
        await until(lambda: not server.writers)


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
ODD = {
    "interim responses": b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + PAGE,
    "an interim response, and no other": b"HTTP/1.1 100 Continue\r\n\r\n",
    "no content": b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n",
    "not modified": b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
    "an empty body": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "chunks": CHUNKED + b"2;name=value\r\nab\r\n1\r\nc\r\n0\r\nTrailer: yes\r\n\r\n",
    "chunks that end early": CHUNKED + b"5\r\nab",
    "chunks that are none": CHUNKED + b"ab\r\n",
    "a body until the end": b"HTTP/1.1 200 OK\r\n\r\nuntil the end",
    "a body of 1.0": b"HTTP/1.0 200 OK\r\n\r\nuntil the end",
    "a body that ends early": b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nearly",
    "a head that ends early": b"HTTP/1.1 200 OK\r\nContent-Le",
    "the same length twice": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok!",
    "a length that is none": b"HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\nok",
    "a length below nothing": b"HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok",
    "a length and chunks": CHUNKED[:-2] + b"Content-Length: 9\r\n\r\n2\r\nok\r\n0\r\n\r\n",
    "lines that end with LF": b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
    "no reason": b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok",
    "a status of its own": b"HTTP/1.1 299 Whatever\r\nContent-Length: 2\r\n\r\nok",
    "names and values as they are": b"HTTP/1.1 200 OK\r\nx-LOW: \xe9 a\t\r\nX: 1\r\nX: 2\r\nContent-Length: 0\r\n\r\n",
    "a folded header": b"HTTP/1.1 200 OK\r\nX-Long: one\r\n two\r\nContent-Length: 0\r\n\r\n",
    "a header without a name": b"HTTP/1.1 200 OK\r\n: x\r\n\r\n",
    "no HTTP": b"SSH-2.0-OpenSSH_9.2\r\n",
    "another version": b"HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
    "an upgrade": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    "a head without an end": b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 200_000,
    "no byte": b"",
}


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize("answer", ODD.values(), ids=ODD)
async def test_odd_responses_are_read_as_the_library_reads_them(answer: bytes, method: str) -> None:
    async def outcome(transport: httpx.AsyncBaseTransport) -> Any:
        async with httpx.AsyncClient(transport=transport, trust_env=False, timeout=5.0) as asking:
            try:
                response = await asking.request(method, server.url)
            except httpx.HTTPError as error:
                return type(error)
            return response.status_code, response.headers.raw, response.content

    async with running(once(answer, then_close=True)) as server:
        ours = await outcome(DirectTransport(anybody(), kept=1, seconds=1.0))
        assert ours == await outcome(httpx.AsyncHTTPTransport(verify=anybody()))


async def pieces() -> AsyncIterator[bytes]:
    for piece in (b"one", b"", b"two"):
        yield piece


@pytest.mark.parametrize(
    "request_with",
    [
        {"method": "GET", "path": "/a/b?c=d&e=%C3%A9#f"},
        {"method": "POST", "json": {"prompt": "a cat"}},
        {"method": "POST", "files": {"image": ("a.png", b"x" * 100_000, "image/png")}, "data": {"a": "b"}},
        {"method": "POST", "content": b""},
        {"method": "PUT", "content": pieces},
        {"method": "DELETE", "headers": {"X-Odd": b"\xf6", "authorization": "Bearer x"}},
    ],
    ids=["address", "json", "files", "nothing", "pieces", "headers"],
)
async def test_requests_are_sent_as_the_library_sends_them(request_with: dict[str, Any]) -> None:
    received = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await request_of(reader)
        if b"chunked" in request:
            request += await reader.readuntil(b"0\r\n\r\n")
        received.append(request)
        writer.write(PAGE)

    async with running(talk) as server:
        for transport in (DirectTransport(anybody(), kept=1, seconds=1.0), httpx.AsyncHTTPTransport(verify=anybody())):
            words = dict(request_with)
            method, path, content = words.pop("method"), words.pop("path", "/"), words.get("content")
            words |= {"content": content()} if callable(content) else {}
            words["headers"] = (
                {"Content-Type": "multipart/form-data; boundary=b"} if "files" in words else words.get("headers")
            )
            async with httpx.AsyncClient(transport=transport, trust_env=False) as asking:
                assert (await asking.request(method, server.url + path, **words)).text == "ok"
    assert received[0] == received[1]
    assert len(received[0]) > 30


@pytest.mark.parametrize("value", ["a\nb", "a\r\nX-Other: b", "a\0b"])
async def test_a_header_that_would_be_two_is_not_sent(value: str) -> None:
    async with running(pages) as server, client() as asking:
        with pytest.raises(httpx.LocalProtocolError):
            await asking.get(server.url, headers={"Authorization": value})
        assert server.connections == 0


async def test_a_body_of_another_length_than_announced_is_an_error_of_writing() -> None:
    async with running(pages) as server, client() as asking:
        for length in ("2", "4"):
            with pytest.raises(httpx.WriteError):  # the server may have had all that it waits for
                await asking.post(server.url, content=b"abc", headers={"Content-Length": length})
            await until(lambda: not server.writers)


async def test_a_response_waits_in_its_socket_until_it_is_read(tls: ssl.SSLContext | None) -> None:
    size, sent = 64_000_000, 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await request_of(reader)
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n".encode())
        while sent < size:
            writer.write(bytes(100_000))
            await writer.drain()
            sent += 100_000

    async with running(talk, tls) as server, client() as asking, asking.stream("GET", server.url) as response:
        await asyncio.sleep(0.2)
        assert sent < size / 2  # the sockets of both sides have some megabytes
        body = response.aiter_raw()
        read = len(await anext(body))
        await asyncio.sleep(0.2)
        assert read <= AHEAD + PIECE
        assert sent < size / 2
        async for piece in body:
            read += len(piece)
        assert read == size


async def test_many_at_once_have_each_its_own_response(tls: ssl.SSLContext | None) -> None:
    """Of one length or in chunks, whole or cut off; those that nobody reads to the end take no room from the others."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await request_of(reader):
            number = int(head.split(b"/")[1].split()[0])
            body = bytes([number]) * 300_000
            if number % 3:
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n")
                writer.write(body[: 150_000 if number % 3 == 1 and number % 2 else None])
            else:
                writer.write(CHUNKED + b"493e0\r\n" + body + b"\r\n0\r\n\r\n")
            await writer.drain()
            if number % 3 == 1:
                return

    async def read(number: int) -> str:
        try:
            async with asking.stream("GET", f"{server.url}/{number}") as response:
                if not number % 5:
                    return "unread"
                body = b"".join([piece async for piece in response.aiter_raw()])
        except httpx.RemoteProtocolError:
            return "cut off" if number % 3 == 1 and number % 2 else "too short"
        return "whole" if body == bytes([number]) * 300_000 else "wrong"

    transport = DirectTransport(anybody(), kept=2, seconds=0.05)
    async with running(talk, tls) as server, httpx.AsyncClient(transport=transport, trust_env=False) as asking:
        calls = [asyncio.create_task(read(number)) for number in range(100)]
        await asyncio.sleep(0.02)
        for call in calls[::7]:
            call.cancel()
        results = await asyncio.gather(*calls, return_exceptions=True)
        assert {one for one in results if isinstance(one, str)} == {"whole", "cut off", "unread"}
        assert transport._unread.size == 0  # noqa: SLF001 - what is counted in must be counted out
        await until(lambda: not server.writers)


async def test_each_piece_of_a_stream_is_read_when_it_comes() -> None:
    said = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(CHUNKED)
        for word in (b"one", b"two"):
            writer.write(b"3\r\n" + word + b"\r\n")
            await said.wait()
            said.clear()
        writer.write(b"0\r\n\r\n")

    async with running(talk) as server, client() as asking, asking.stream("GET", server.url) as response:
        words = []
        async for word in response.aiter_raw():
            words.append(word)
            said.set()
        assert words == [b"one", b"two"]


@pytest.mark.parametrize("begin", [b"", b"HTTP/1.1 200 OK\r\n", PAGE[:-1], CHUNKED + b"2\r\n"])
async def test_a_server_that_falls_silent_is_a_timeout(begin: bytes) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(begin)
        await reader.read()

    async with running(talk) as server, client() as asking:
        with pytest.raises(httpx.ReadTimeout):
            await asking.get(server.url, timeout=0.05)
        await until(lambda: not server.writers)


async def test_a_slow_response_is_none() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")
        for _ in range(10):
            await asyncio.sleep(0.04)
            writer.write(b"x")

    async with running(talk) as server, client() as asking:
        assert (await asking.get(server.url, timeout=0.2)).text == "x" * 10


async def test_a_server_that_does_not_take_the_request_is_a_timeout(tls: ssl.SSLContext | None) -> None:
    seen = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await seen.wait()

    async with running(talk, tls) as server, client() as asking:
        with pytest.raises(httpx.WriteTimeout):
            await asking.post(server.url, content=bytes(20_000_000), timeout=httpx.Timeout(5.0, write=0.1))
        seen.set()


async def test_a_response_to_half_a_request_counts() -> None:
    """A server may refuse before it has all of it; it need not wait for the rest."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nno!")
        await writer.drain()
        writer.write_eof()
        await reader.read()

    async def body() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield bytes(100_000)
            await asyncio.sleep(0)

    async with running(talk) as server, client() as asking:
        for number in range(1, 3):
            response = await asking.post(server.url, content=body())
            assert (response.status_code, response.text) == (413, "no!")
            assert server.connections == number


@pytest.mark.parametrize("then", ["keep it open", "end"])
async def test_no_request_is_sent_behind_one_that_the_server_refused_unread(
    tls: ssl.SSLContext | None, then: str
) -> None:
    seen = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 429 Too Many Requests\r\nContent-Length: 3\r\n\r\nno!")
        await writer.drain()
        if then == "end" and writer.can_write_eof():
            writer.write_eof()
        await seen.wait()

    async with running(talk, tls) as server, client() as asking:
        for number in range(1, 4):
            assert (await asking.post(server.url, content=bytes(20_000_000), timeout=5.0)).text == "no!"
            assert server.connections == number
        seen.set()


async def test_none_is_used_again_whose_end_waits_behind_a_long_response(tls: ssl.SSLContext | None) -> None:
    """More than a transport receives ahead: reading pauses before the end, which TLS then keeps to itself."""
    body = bytes(AHEAD + 1000)
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(head + body)

    async with running(talk, tls) as server, client() as asking:
        for number in range(1, 6):
            async with asking.stream("POST", server.url, content=b"") as response:
                await asyncio.sleep(0.05)
                assert len(b"".join([piece async for piece in response.aiter_raw()])) == len(body)
            assert server.connections == number


async def test_what_follows_a_response_is_not_received() -> None:
    sent = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        while True:
            writer.write(bytes(100_000))
            await writer.drain()
            sent += 100_000

    async with running(talk) as server, client() as asking, asking.stream("GET", server.url) as response:
        await until(lambda: not server.writers)
        assert await response.aread() == b""
        assert sent < 20_000_000


async def test_idle_connections_to_many_servers_are_forgotten_when_they_expire() -> None:
    transport = DirectTransport(anybody(), kept=8, seconds=0.05)
    async with running(pages) as server, httpx.AsyncClient(transport=transport, trust_env=False) as asking:
        for number in range(1, 20):
            assert (await asking.get(server.url.replace("127.0.0.1", f"127.0.0.{number}"))).text == "ok"
        await until(lambda: not transport._idle)  # noqa: SLF001 - it must not grow with the names of image hosts


async def test_a_connection_that_breaks_is_an_error_of_reading() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        linger = b"\1\0\0\0\0\0\0\0"
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.transport.abort()

    async with running(talk) as server, client() as asking:
        with pytest.raises(httpx.ReadError):
            await asking.get(server.url)


async def test_nobody_there_and_nobody_known_are_errors_of_connecting() -> None:
    (port,) = free_ports()
    async with client() as asking:
        for address in (f"http://127.0.0.1:{port}", "http://nobody.invalid", "http://[::1]:1"):
            with pytest.raises(httpx.ConnectError):
                await asking.get(address)
        for address in (f"http://{'a' * 64}.com", "http://a..b", "https://.a.b"):
            with pytest.raises(httpx.ConnectError):
                await asking.get(address)
        with pytest.raises(httpx.UnsupportedProtocol):
            await asking.get("ftp://127.0.0.1")
        for number in (0, 65_536, 99_999):
            with pytest.raises(httpx.InvalidURL):
                await asking.get(f"http://127.0.0.1:{number}")


async def test_a_certificate_that_nobody_vouches_for_is_an_error_of_connecting(tls: ssl.SSLContext | None) -> None:
    async with running(pages, tls) as server, client(ssl.create_default_context()) as asking:
        if tls is None:
            assert (await asking.get(server.url)).text == "ok"
            return
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            await asking.get(server.url)


@contextlib.contextmanager
def deaf() -> Any:
    """An address that takes no connection, and does not say so: its queue is full."""
    with contextlib.ExitStack() as open_sockets:
        listener = open_sockets.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(3):
            one = open_sockets.enter_context(socket.socket())
            one.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                one.connect(listener.getsockname())
        yield listener.getsockname()


async def test_the_next_address_of_a_host_is_tried_when_one_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(pages) as server, client() as asking:
        loop, port = asyncio.get_running_loop(), int(server.url.rpartition(":")[2])
        found = loop.getaddrinfo
        with deaf() as nowhere:
            both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", to) for to in (nowhere, ("127.0.0.1", port))]

            async def addresses(host: str, *about: Any, **more: Any) -> Any:
                return both if host.endswith(".test") else await found(host, *about, **more)

            monkeypatch.setattr(loop, "getaddrinfo", addresses)
            assert (await asking.get("http://two.test", timeout=5.0)).text == "ok"
            both.pop()
            with pytest.raises(httpx.ConnectTimeout):
                await asking.get("http://one.test", timeout=0.1)

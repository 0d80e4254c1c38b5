"""Connections to servers that the operator named: each is used again while it is open, and only then."""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from httpcore._utils import is_socket_readable
from tests.support.waiting import until

from easel.imaging.provenance.certificate import identity
from easel.kit import wire

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": request.param == "uvloop"}


PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Server:
    """It answers on each connection, and closes those that are open when it is told to."""

    def __init__(self) -> None:
        self.connections, self.writers = 0, set[asyncio.StreamWriter]()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.writers.add(writer)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while await reader.readuntil(b"\r\n\r\n"):
                writer.write(PAGE)
        self.writers.discard(writer)
        writer.close()

    async def hang_up(self) -> None:
        """Close them; with TLS that begins with a message, and the rest waits for its answer."""
        for writer in self.writers:
            writer.close()
        await asyncio.sleep(0.02)  # until the news has come over

    async def end(self) -> None:
        for writer in self.writers:
            writer.transport.abort()
        await until(lambda: not self.writers)


@contextlib.asynccontextmanager
async def running(tls: ssl.SSLContext | None = None) -> AsyncIterator[tuple[Server, httpx.AsyncClient]]:
    server = Server()
    async with await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=tls) as listener:
        address = f"http{'s' if tls else ''}://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
        async with httpx.AsyncClient(
            base_url=address, transport=wire.transport_by_rule(None), trust_env=False
        ) as client:
            yield server, client
        await server.end()


@pytest.fixture(params=["http", "https"])
def tls(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext | None:
    if request.param == "http":
        return None
    signer = identity(None, None, tmp_path)
    (tmp_path / "chain.pem").write_text(signer.chain)
    (tmp_path / "key.pem").write_text(signer.key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "chain.pem", tmp_path / "key.pem")
    anybody = ssl.create_default_context()
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    monkeypatch.setattr(wire, "certificates", lambda **_: anybody)
    return context


async def test_a_connection_is_used_again(tls: ssl.SSLContext | None) -> None:
    async with running(tls) as (server, client):
        for _ in range(5):
            assert (await client.get("/")).text == "ok"
        assert server.connections == 1


async def test_one_that_the_server_has_closed_is_not_used_again(tls: ssl.SSLContext | None) -> None:
    """A request on it would be lost, and with it the knowledge whether it was paid for."""
    async with running(tls) as (server, client):
        for number in range(1, 6):
            assert (await client.post("/", content=b"")).text == "ok"
            assert server.connections == number
            await server.hang_up()


async def test_idle_ones_are_looked_at_once_after_each_response(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0

    def look(connection: socket.socket) -> bool:
        nonlocal looks
        looks += 1
        return is_socket_readable(connection)

    monkeypatch.setattr("httpcore._backends.anyio.is_socket_readable", look)
    async with running() as (server, client):
        for _ in range(5):
            await asyncio.gather(*(client.get("/") for _ in range(4)))
        assert (server.connections, looks) == (4, 20)


def nothing(*_: object) -> bytes:
    return bytes(136)


def closed(*_: object) -> bytes:
    raise ValueError("negative file descriptor")


def another_length(*_: object) -> bytes:
    return b"\x01" * 104


@pytest.mark.parametrize("answer", [nothing, closed, another_length])
async def test_where_the_system_does_not_say_what_has_arrived_each_look_is_a_poll(
    monkeypatch: pytest.MonkeyPatch, answer: Callable[..., bytes]
) -> None:
    class Told:
        getsockopt = staticmethod(answer)

    monkeypatch.setattr(wire, "_arrived", partial(told, wire._arrived, Told()))  # noqa: SLF001
    async with running() as (server, client):
        for number in range(1, 4):
            await client.get("/")
            await client.get("/")
            assert server.connections == number
            await server.hang_up()


def told(arrived: Callable[[Any], bytes | None], instead: object, _: object) -> bytes | None:
    assert arrived(instead) is None
    return None

"""HTTP/1.1 over asyncio's streams: just enough for clients and doubles, at next to no cost beside what is measured."""

import asyncio
import json
from typing import Any, Self
from urllib.parse import urlsplit

END = b"\r\n\r\n"
CONNECTIONS = 100
PATIENCE = 120.0  # seconds for an answer


class Client:
    """A server's JSON API. Connections are kept; who finds all in use waits for one."""

    def __init__(self, url: str, key: str) -> None:
        address = urlsplit(url)
        self._host, self._port = str(address.hostname), address.port or 80
        self._headers = f"Host: {address.netloc}\r\nX-API-Key: {key}\r\nContent-Type: application/json\r\n"
        self._free = asyncio.Semaphore(CONNECTIONS)
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for connection in self._idle:
            connection[1].close()

    async def get(self, path: str) -> Any:
        return await self._call("GET", path, b"")

    async def post(self, path: str, value: object) -> Any:
        return await self._call("POST", path, json.dumps(value).encode())

    async def _call(self, method: str, path: str, body: bytes) -> Any:
        """What is answered; raises RuntimeError when that is an error, TimeoutError when nothing is."""
        request = f"{method} {path} HTTP/1.1\r\n{self._headers}Content-Length: {len(body)}\r\n\r\n".encode() + body
        async with self._free, asyncio.timeout(PATIENCE):
            reader, writer = self._kept() or await asyncio.open_connection(self._host, self._port)
            writer.write(request)
            head, answer = await read_message(reader)
            self._idle.append((reader, writer))
        if not head.startswith(b"HTTP/1.1 2"):
            raise RuntimeError(f"{method} {path} was answered {head[:30]!r} {answer[:300]!r}")
        return json.loads(answer)

    def _kept(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        """A connection that the server has not closed meanwhile."""
        while self._idle:
            reader, writer = self._idle.pop()
            if not reader.at_eof():
                return reader, writer
            writer.close()
        return None


async def read_message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """The head of a request or a response, and its body. Raises IncompleteReadError when the other side leaves."""
    head = await reader.readuntil(END)
    low = head.lower()
    if b"\r\ntransfer-encoding: chunked" in low:
        return head, await _read_chunks(reader)
    _, found, rest = low.partition(b"\r\ncontent-length:")
    return head, await reader.readexactly(int(rest[: rest.index(b"\r\n")])) if found else b""


async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int((await reader.readuntil(b"\r\n")).partition(b";")[0], 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readuntil(b"\r\n")
    return b"".join(parts)

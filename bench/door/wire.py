"""HTTP/1.1 messages over asyncio's streams: just enough for client and double, at next to no cost."""

import asyncio

END = b"\r\n\r\n"


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

"""How an answer travels: in chunks that answers share, dripping, half of it, or never."""

import asyncio
from collections.abc import Iterator, Sequence

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from tests.support.loopback import NoAnswer

CHUNK = 256 * 1024
FLUSH_SECONDS = 0.05


class Answer(Response):
    """A 200 of parts, sent in chunks and never joined: many big answers at once cost little memory.

    `chunk` bytes go at a time, `pause` seconds before each; `half` of them, and the connection closes.
    """

    def __init__(
        self, parts: Sequence[bytes], media_type: str, *, chunk: int = CHUNK, pause: float = 0.0, half: bool = False
    ) -> None:
        super().__init__(media_type=media_type, headers={"content-length": str(sum(map(len, parts)))})
        self._parts = parts
        self._chunk = chunk
        self._pause = pause
        self._half = half

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        left = int(self.headers["content-length"]) // (2 if self._half else 1)
        for chunk in self._chunks():
            await asyncio.sleep(self._pause)
            await send({"type": "http.response.body", "body": chunk[:left], "more_body": True})
            left -= len(chunk)
            if left <= 0:
                break
        if self._half:
            await asyncio.sleep(FLUSH_SECONDS)
            await NoAnswer()(scope, receive, send)
        else:
            await send({"type": "http.response.body", "body": b""})

    def _chunks(self) -> Iterator[bytes]:
        for part in self._parts:
            for start in range(0, len(part), self._chunk):
                yield part[start : start + self._chunk]


class Silence(Response):
    """Nothing comes, and the connection stays open until the client closes it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

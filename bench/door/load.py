"""The client: keeps so many requests in flight, each on a connection of its own, and counts what arrives in the window.

What it does with an answer is read it whole and look at its status and length. The first one is decoded and checked.
"""

import asyncio
import base64
import json
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pyvips
from bench.door.usage import Usage, usage_of
from bench.wire import read_message

PATH = "/v1/images/generations"
BODY = json.dumps({"model": "gpt-image-2", "prompt": "a plain picture", "size": "1024x1024", "quality": "low"}).encode()
LIMIT = 4 << 20  # bytes that a connection reads ahead
FAILURES = (ConnectionError, asyncio.IncompleteReadError, ValueError)


@dataclass(frozen=True, slots=True)
class Load:
    """`in_flight` requests at a time, at an upstream that takes `delay` seconds."""

    in_flight: int
    delay: float

    @property
    def title(self) -> str:
        return f"{self.in_flight} at once, upstream takes {self.delay:g} s"


@dataclass(frozen=True, slots=True)
class Measured:
    """What a server did in the window: per second, seconds of the median, CPU seconds of an image, bytes, failures."""

    rate: float
    p50: float
    cpu: float
    resident: int
    failed: int


@dataclass(slots=True)
class _Window:
    """Answers that end between `begin` and `end` count; no request begins after `end`."""

    begin: float
    end: float
    took: list[float] = field(default_factory=list)
    failed: int = 0


async def measure(url: str, key: str, pid: int, load: Load, *, seconds: float) -> Measured:
    """Put this load on a server, whose first process is `pid`. Raises RuntimeError when it answers with no image."""
    address = urlsplit(url)
    request = (
        f"POST {PATH} HTTP/1.1\r\nHost: {address.netloc}\r\nAuthorization: Bearer {key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(BODY)}\r\n\r\n"
    ).encode() + BODY
    least = await _first(str(address.hostname), address.port or 80, request)
    warm = time.perf_counter() + max(2.0, 3 * load.delay)
    window = _Window(warm, warm + seconds)
    clients = [
        asyncio.create_task(_client(str(address.hostname), address.port or 80, request, least, window))
        for _ in range(load.in_flight)
    ]
    await asyncio.sleep(window.begin - time.perf_counter())
    before = usage_of(pid)
    await asyncio.sleep(window.end - time.perf_counter())
    after = usage_of(pid)
    await asyncio.gather(*clients)
    return _measured(window, seconds, before, after)


def _measured(window: _Window, seconds: float, before: Usage, after: Usage) -> Measured:
    images = max(1, len(window.took))
    return Measured(
        rate=len(window.took) / seconds,
        p50=statistics.median(window.took or [float("inf")]),
        cpu=(after.seconds - before.seconds) / images,
        resident=after.resident,
        failed=window.failed,
    )


async def _first(host: str, port: int, request: bytes) -> int:
    """The fewest bytes that later answers must have, from one whose image is looked at."""
    reader, writer = await asyncio.open_connection(host, port, limit=LIMIT)
    writer.write(request)
    head, body = await read_message(reader)
    writer.close()
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"the first request was answered {head[:30]!r} {body[:300]!r}")
    data = base64.b64decode(json.loads(body)["data"][0]["b64_json"])
    if pyvips.Image.new_from_buffer(data, "").width != 1024:
        raise RuntimeError("the first image is not the one that upstream sends")
    return len(body) * 9 // 10


async def _client(host: str, port: int, request: bytes, least: int, window: _Window) -> None:
    writer: asyncio.StreamWriter | None = None
    while (begun := time.perf_counter()) < window.end:
        try:
            if writer is None:
                reader, writer = await asyncio.open_connection(host, port, limit=LIMIT)
            writer.write(request)
            head, body = await read_message(reader)
            if not head.startswith(b"HTTP/1.1 200") or len(body) < least:
                raise ValueError(head[:30])
        except FAILURES:
            window.failed += 1
            if writer:
                writer.close()
            writer = None
            await asyncio.sleep(0.3)
            continue
        if window.begin <= (now := time.perf_counter()) <= window.end:
            window.took.append(now - begun)
    if writer:
        writer.close()


def median(measured: Sequence[Measured]) -> Measured:
    """The median of each figure; failures of all."""
    return Measured(
        rate=statistics.median(one.rate for one in measured),
        p50=statistics.median(one.p50 for one in measured),
        cpu=statistics.median(one.cpu for one in measured),
        resident=round(statistics.median(one.resident for one in measured)),
        failed=sum(one.failed for one in measured),
    )

"""Bytes that are not what they seem: each is refused in a sentence, or used and nothing of the rest survives."""

import asyncio
import base64
import contextlib
import gzip
import socket
import threading
import zlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from tests.rig import MakeRig, Rig, request
from tests.support.images import encoded, gradient, png_chunk, png_header
from tests.support.waiting import settled

from easel.domain import Done, GenerationRequest, Pending, Size
from easel.testing import KEY, InstantProvider, running_server

pytestmark = pytest.mark.anyio

PNG = encoded(gradient()).data
JPEG = encoded(gradient(), "image/jpeg").data
WEBP = encoded(gradient(), "image/webp").data
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>'
LINES = zlib.compress(bytes(60_001 * 3_000), 1)
REFUSED = {
    "nothing": b"",
    "a header alone": PNG[:8],
    "half a PNG": PNG[: len(PNG) // 2],
    "half a JPEG": JPEG[: len(JPEG) // 2],
    "half a WebP": WEBP[: len(WEBP) // 2],
    "a PNG of a billion pixels": png_header(100_000, 100_000) + png_chunk(b"IDAT", b"") + png_chunk(b"IEND", b""),
    "a PNG of no pixels": png_header(0, 0) + png_chunk(b"IEND", b""),
    "a deflate bomb": png_header(20_000, 20_000) + png_chunk(b"IDAT", LINES) + png_chunk(b"IEND", b""),
    "SVG": SVG,
    "SVG with a declaration": b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG,
    "SVG, packed": gzip.compress(SVG),
    "HTML": b"<!doctype html><script>alert(1)</script>",
    "HTML that begins as a PNG": PNG[:8] + b"<script>alert(1)</script>",
    "PDF": b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n",
    "BMP": b"BM" + bytes(60),
    "ICO": b"\x00\x00\x01\x00\x01\x00" + PNG,
    "TIFF": b"II*\x00\x08\x00\x00\x00" + bytes(60),
    "ZIP": b"PK\x03\x04" + bytes(60),
    "ImageMagick's words": b"push graphic-context\nimage over 0,0 0,0 'https://example.com/x'\n",
    "a NUL": bytes(100),
}
TAIL = b"PK\x03\x04<script>alert(document.domain)</script>"
HARMLESS = {
    "PNG and ZIP": PNG + TAIL,
    "JPEG and HTML": JPEG + TAIL,
    "a PNG that tells": PNG[:33] + png_chunk(b"tEXt", TAIL) + PNG[33:],
}


class Recorder(InstantProvider):
    """Keeps the inputs it is given."""

    async def start(self, work: GenerationRequest) -> Done | Pending:
        self.given = [one.data for one in work.inputs]
        return await super().start(work)


def as_url(data: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(data).decode()


async def refused(rig: Rig, *addresses: str) -> str:
    """The sentence with which the last of these inputs is refused, or fails its job. It costs nothing."""
    assert isinstance(rig.provider, InstantProvider)
    submitted = await rig.generate(request(input_images=list(addresses)))
    if submitted.status_code == 202:
        job = await rig.finished(submitted)
        assert (job["status"], job["errorCode"], job["creditCost"]) == ("FAILED", "input_unusable", 0)
        sentence = str(job["error"])
    else:
        assert submitted.status_code in (400, 413), submitted.text
        sentence = str(submitted.json()["error"])
    assert rig.provider.starts == 0
    assert await rig.credits() == 1000
    return sentence


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_no_image_is_refused_by_its_index(rig: Rig, name: str) -> None:
    assert "input_images[1]" in await refused(rig, as_url(PNG), as_url(REFUSED[name]))


@pytest.mark.parametrize("name", REFUSED)
async def test_and_so_it_is_as_an_upload(rig: Rig, name: str) -> None:
    answer = await rig.client.post("/v2/uploads", files={"file": ("p.png", REFUSED[name], "image/png")})
    assert answer.status_code == 400, answer.text
    assert answer.json()["error"]


@pytest.mark.parametrize("name", HARMLESS)
async def test_of_what_hangs_on_a_image_nothing_reaches_the_provider(make_rig: MakeRig, name: str) -> None:
    provider = Recorder()
    async with make_rig(provider=provider) as rig:
        job = await rig.finished(await rig.generate(request(input_images=[as_url(HARMLESS[name])])))
        assert job["status"] == "COMPLETED", job
        assert all(b"script" not in data and b"PK\x03\x04" not in data for data in provider.given)


@pytest.mark.parametrize("text", ["data:image/png;base64,%%%%", "data:image/png;base64,AAA", "data:image/png;base64,"])
async def test_broken_base64_is_refused(rig: Rig, text: str) -> None:
    assert "input_images[0]" in await refused(rig, text)


async def test_a_data_url_over_the_limit_is_refused(make_rig: MakeRig) -> None:
    async with make_rig(max_input_megabytes=1) as rig:
        assert "input_images[0]" in await refused(rig, as_url(PNG + bytes(1_000_001)))


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"


async def endless(writer: asyncio.StreamWriter) -> None:
    writer.write(HEAD + b"\r\n" + PNG)
    while True:
        writer.write(bytes(1 << 20))
        await writer.drain()


async def drip(writer: asyncio.StreamWriter) -> None:
    writer.write(HEAD + b"\r\n")
    for byte in PNG:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.05)


async def short(writer: asyncio.StreamWriter) -> None:
    writer.write(HEAD + b"Content-Length: 1000000\r\n\r\n" + PNG)
    await writer.drain()


async def packed(writer: asyncio.StreamWriter) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    writer.write(HEAD + f"Content-Encoding: gzip\r\nContent-Length: {len(bomb)}\r\n\r\n".encode() + bomb)
    await writer.drain()


async def silent(writer: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


SITES = {"endless": endless, "drip": drip, "short": short, "packed": packed, "silent": silent}


@contextlib.asynccontextmanager
async def site() -> AsyncIterator[str]:
    """A server whose paths are the SITES."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visits.add(asyncio.current_task())
        with contextlib.closing(writer), contextlib.suppress(ConnectionError, asyncio.CancelledError):
            head = await reader.readuntil(b"\r\n\r\n")
            await SITES[head.split(b" ", 2)[1].decode().strip("/")](writer)

    visits: set[asyncio.Task[None] | None] = set()
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for visit in visits:
            if visit:
                visit.cancel()
        await settled()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("endless", "larger than 2 MB"),
        ("drip", "took longer than 1 s"),
        ("silent", "took longer than 1 s"),
        ("short", "the connection failed"),
        ("packed", "larger than 2 MB"),
    ],
)
async def test_a_site_that_misbehaves_is_left(
    make_rig: MakeRig, monkeypatch: pytest.MonkeyPatch, name: str, says: str
) -> None:
    given = {"max_input_megabytes": 2, "trusted_networks": "127.0.0.0/8", "inputs_seconds": 2}
    async with site() as url, make_rig(**given) as rig:
        monkeypatch.setattr(rig.services.fetcher, "_timeout", 1.0)
        sentence = await refused(rig, f"{url}/{name}")
        assert sentence.startswith("input_images[0] ")
        assert says in sentence


def memory_mb(pid: int) -> int:
    """The most the process has ever held."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


@pytest.fixture
def torrent() -> Iterator[str]:
    """A server that sends and never ends, from a process of its own threads."""
    listener = socket.create_server(("127.0.0.1", 0))

    def send(connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            connection.recv(65536)
            connection.sendall(HEAD + b"\r\n" + PNG)
            for _ in range(2_000):
                connection.sendall(bytes(1_000_000))

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=send, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    listener.close()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
@pytest.mark.proof
def test_memory_stays_bounded_whatever_is_fed(tmp_path: Path, torrent: str) -> None:
    heavy = encoded(gradient(Size(6000, 6000))).data
    bombs = [REFUSED["a deflate bomb"], REFUSED["a PNG of a billion pixels"], heavy[: len(heavy) // 2]]
    env = {"EASEL_TRUSTED_NETWORKS": "127.0.0.0/8", "EASEL_MAX_CONCURRENT_JOBS": "8"}
    with running_server(tmp_path, env=env) as server:
        headers = {"X-API-Key": KEY}
        with httpx.Client(base_url=server.url, headers=headers, timeout=60) as client:
            before = memory_mb(server.process.pid)
            bodies = [request(input_images=[torrent]) for _ in range(8)]
            bodies += [request(input_images=[as_url(bomb)]) for bomb in bombs for _ in range(3)]
            answers = [client.post("/v2/images/generate", json=body) for body in bodies]
            ids = [answer.json()["jobId"] for answer in answers if answer.status_code == 202]
            ends = [client.get(f"/v2/jobs/{job}?wait=60").json() for job in ids]
            assert {one["errorCode"] for one in ends} == {"input_unusable"}
            assert client.get("/v2/me").json()["team"]["credits"] == 1000
        assert memory_mb(server.process.pid) - before < 700

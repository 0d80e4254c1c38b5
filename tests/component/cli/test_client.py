"""A download is whole or not there, however often it breaks; a request that is repeated is the same request."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import typer

from easel.cli.client import Client
from easel.cli.generate import Order, resumable
from easel.cli.output import CommandError
from easel.kit.clock import Clock

pytestmark = pytest.mark.anyio
IMAGE = bytes(range(256)) * 40
URL = "https://images.example/files/token/a-1.png"


class Hurried(Clock):
    async def sleep(self, seconds: float) -> None:
        assert 0 < seconds <= 15


class Broken(httpx.AsyncByteStream):
    def __init__(self, data: bytes) -> None:
        self._data = data

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._data
        raise httpx.ReadError("connection reset")


class Site:
    """Breaks after each `piece` bytes; `whole` answers every request from the beginning."""

    def __init__(self, piece: int, *, whole_after: int = 99, ranges: bool = True) -> None:
        self.piece, self.whole_after, self.ranges, self.asked = piece, whole_after, ranges, list[httpx.Request]()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if request.url.path.startswith("/files/token"):
            return httpx.Response(307, headers={"Location": "https://bucket.example/signed?X-Amz-Signature=x"})
        if len(self.asked) == 4:
            raise httpx.ConnectError("refused")
        begin = int(request.headers.get("Range", "bytes=0-")[6:-1]) if self.ranges else 0
        status = 206 if begin else 200
        rest = IMAGE[begin:]
        if len(self.asked) >= self.whole_after or len(rest) <= self.piece:
            return httpx.Response(status, stream=httpx.ByteStream(rest))
        return httpx.Response(status, stream=Broken(rest[: self.piece]))


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def client_of(site: Site) -> Client:
    made = Client("https://easel.example", "afk_secret_key", Hurried())
    headers = dict(made._http.headers)  # noqa: SLF001
    made._http = httpx.AsyncClient(transport=httpx.MockTransport(site), headers=headers)  # noqa: SLF001
    return made


@pytest.mark.parametrize(
    "site", [Site(3_000), Site(100, whole_after=9), Site(3_000, ranges=False, whole_after=9)], ids=["a", "b", "c"]
)
async def test_a_download_that_breaks_is_continued_and_appears_whole(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "a-1.png"
    (tmp_path / ".a-1.png.part").write_bytes(b"of a command that was killed")
    await client_of(site).download(URL, path)
    assert path.read_bytes() == IMAGE
    assert names_in(tmp_path) == [path.name]
    assert not any("X-API-Key" in request.headers for request in site.asked)


async def test_what_cannot_be_had_leaves_nothing(tmp_path: Path) -> None:
    def gone(_: httpx.Request) -> httpx.Response:
        return httpx.Response(404, json={"error": "File not found."})

    made = client_of(Site(1))
    made._http = httpx.AsyncClient(transport=httpx.MockTransport(gone))  # noqa: SLF001
    with pytest.raises(CommandError, match="File not found"):
        await made.download(URL, tmp_path / "a-1.png")
    assert names_in(tmp_path) == []


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (Order("key-1"), ""),
        (Order("key-1", sent=True), "without paying twice: --idempotency-key key-1"),
        (Order("key-1", "job-1", sent=True), "easel jobs download job-1 --url http://x"),
    ],
)
@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt(), 130), (httpx.ReadError("broke"), 1)])
def test_the_last_line_says_how_to_go_on(
    order: Order, words: str, error: BaseException, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as end, resumable(client_of(Site(1)), order, "http://x"):
        raise error
    assert end.value.exit_code == code
    lines = capsys.readouterr().err.splitlines()
    assert words in (lines or [""])[-1]

"""A download is whole or not there, however often it breaks; a request that is repeated is the same request."""

import base64
import os
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
import typer

from easel.cli.client import Client, NoImages, Unanswered
from easel.cli.order import Interrupted, Order, _addresses, resumable
from easel.cli.output import CommandError
from easel.kit.clock import Clock

pytestmark = pytest.mark.anyio
IMAGE = bytes(range(256)) * 40
PNG = {"Content-Type": "image/png"}
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
        status, headers = 200, PNG
        if begin:
            status, headers = 206, headers | {"Content-Range": f"bytes {begin}-{len(IMAGE) - 1}/{len(IMAGE)}"}
        rest = IMAGE[begin:]
        if len(self.asked) >= self.whole_after or len(rest) <= self.piece:
            return httpx.Response(status, headers=headers, stream=httpx.ByteStream(rest))
        return httpx.Response(status, headers=headers, stream=Broken(rest[: self.piece]))


def answers(*responses: httpx.Response) -> Callable[[httpx.Request], httpx.Response]:
    """A site that gives these, one after the other."""
    left = list(responses)
    return lambda _: left.pop(0)


def part_of(data: bytes, begin: int, total: int = len(IMAGE)) -> httpx.Response:
    headers = PNG | {"Content-Range": f"bytes {begin}-{begin + len(data) - 1}/{total}"}
    return httpx.Response(206, headers=headers, stream=httpx.ByteStream(data))


def broken(size: int) -> httpx.Response:
    return httpx.Response(200, headers=PNG, stream=Broken(IMAGE[:size]))


def whole(media_type: str = "image/webp") -> httpx.Response:
    return httpx.Response(200, headers={"Content-Type": media_type}, stream=httpx.ByteStream(IMAGE))


def refused(status: int, headers: dict[str, str] | None = None) -> httpx.Response:
    return httpx.Response(status, headers={"Content-Type": "text/html"} | (headers or {}), text="<html>no</html>")


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def client_of(site: Callable[[httpx.Request], httpx.Response]) -> Client:
    made = Client("https://easel.example", "afk_secret_key", Hurried())
    headers = dict(made._http.headers)  # noqa: SLF001
    made._http = httpx.AsyncClient(base_url=made.url, transport=httpx.MockTransport(site), headers=headers)  # noqa: SLF001
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


@pytest.mark.parametrize(
    "responses",
    [
        [broken(len(IMAGE)), refused(416, {"Content-Range": f"bytes */{len(IMAGE)}"})],
        [broken(9_000), refused(416, {"Content-Range": "bytes */7"}), whole()],
        [broken(9_000), refused(416), whole()],
        [broken(9_000), part_of(IMAGE[:10], 0), whole()],
        [broken(9_000), part_of(IMAGE[8_999:], 8_999), whole()],
        [broken(9_000), httpx.Response(206, headers=PNG, stream=httpx.ByteStream(IMAGE[9_000:])), whole()],
        [broken(9_000), part_of(IMAGE[9_000:9_500], 9_000), part_of(IMAGE[9_500:], 9_500)],
        [broken(9_000), whole("binary/octet-stream")],
        [broken(9_000), refused(503), part_of(IMAGE[9_000:], 9_000)],
    ],
)
async def test_only_bytes_that_fit_are_appended(responses: list[httpx.Response], tmp_path: Path) -> None:
    await client_of(answers(*responses)).download(URL, tmp_path / "a-1.png")
    assert (tmp_path / "a-1.png").read_bytes() == IMAGE
    assert names_in(tmp_path) == ["a-1.png"]


@pytest.mark.parametrize(
    ("responses", "words"),
    [
        ([httpx.Response(404, json={"error": "File not found."})], "File not found"),
        ([refused(403)], "HTTP 403"),
        ([refused(200)], "Another page came instead"),
        ([httpx.Response(200, json={"ok": True})], "Another page"),
        ([httpx.Response(200, headers=PNG, stream=httpx.ByteStream(b""))], "is empty"),
        ([httpx.Response(200)], "Another page"),
        ([httpx.Response(204)], "Another page"),
        ([refused(416)], "HTTP 416"),
        ([broken(9_000), refused(200)], "Another page"),
        ([part_of(IMAGE, 0, 10)], "came of 10"),
    ],
)
async def test_what_is_no_image_leaves_nothing(responses: list[httpx.Response], words: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=words):
        await client_of(answers(*responses)).download(URL, tmp_path / "a-1.png")
    assert names_in(tmp_path) == []


async def test_a_job_that_is_not_there_is_told_from_a_page_of_a_proxy() -> None:
    missing = httpx.Response(404, json={"error": "Job not found."})
    with pytest.raises(NoImages, match="Job not found"):
        await client_of(answers(missing)).finished("job-1", print)
    with pytest.raises(CommandError, match="no Easel at this URL") as refusal:
        await client_of(answers(refused(404))).finished("job-1", print)
    assert not isinstance(refusal.value, NoImages)


async def test_files_are_written_into_the_request_until_they_are_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image, mask = tmp_path / "in.png", tmp_path / "mask.png"
    image.write_bytes(IMAGE)
    mask.write_bytes(IMAGE[:100])
    given = [str(image), "https://x.example/a.png", str(mask)]
    sent = await _addresses(client_of(answers()), given)
    assert sent[1] == given[1]
    assert sent[0] == "data:image/png;base64," + base64.b64encode(IMAGE).decode()
    assert sent == await _addresses(client_of(answers()), given)
    monkeypatch.setattr("easel.cli.order.WITHIN", len(IMAGE) + 99)
    uploads = [httpx.Response(200, json={"url": f"https://easel.example/{one}"}) for one in "am"]
    sent = await _addresses(client_of(answers(*uploads)), given)
    assert sent == ["https://easel.example/a", given[1], "https://easel.example/m"]


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (Order("key-1"), ""),
        (Order("key-1", sent=True), "without paying twice: --idempotency-key key-1"),
        (Order("key-1", "job-1", sent=True), "easel jobs download job-1 --url http://x"),
    ],
)
@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyboardInterrupt(), 130),
        (Interrupted(signal.SIGTERM), 143),
        (httpx.ReadError("broke"), 1),
        (httpx.TooManyRedirects("round and round"), 1),
        (Unanswered("away"), 1),
        (OSError("disk full"), 1),
    ],
)
def test_the_last_line_says_how_to_go_on(
    order: Order, words: str, error: BaseException, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as end, resumable(client_of(Site(1)), order, "http://x"):
        raise error
    assert end.value.exit_code == code
    lines = capsys.readouterr().err.splitlines()
    assert words in (lines or [""])[-1]


def test_a_refused_request_has_nothing_to_go_on_with_but_a_job_has(capsys: pytest.CaptureFixture[str]) -> None:
    client, refusal = client_of(answers()), CommandError("refused")
    with pytest.raises(CommandError), resumable(client, Order("key-1", sent=True), None):
        raise refusal
    with pytest.raises(NoImages), resumable(client, Order("key-1", "job-1", sent=True), None):
        raise NoImages("Job FAILED: no")
    assert not capsys.readouterr().err
    with pytest.raises(typer.Exit), resumable(client, Order("key-1", "job-1", sent=True), None):
        raise refusal
    assert capsys.readouterr().err.splitlines()[-1].endswith("To save its images: easel jobs download job-1")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_signals_that_end_the_command_are_said_like_ctrl_c(
    number: signal.Signals, capsys: pytest.CaptureFixture[str]
) -> None:
    before = signal.getsignal(number)
    signal.signal(number, signal.SIG_DFL)
    try:
        with pytest.raises(typer.Exit) as end, resumable(client_of(answers()), Order("key-1", "job-1"), None):
            os.kill(os.getpid(), number)
        assert signal.getsignal(number) is signal.SIG_DFL
    finally:
        signal.signal(number, before)
    assert end.value.exit_code == 128 + number
    assert "easel jobs download job-1" in capsys.readouterr().err

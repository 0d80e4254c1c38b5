"""Forms whose size or end is a lie, at a real server: each is refused, and the server's memory stays bounded."""

import contextlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.support.customer import Customer
from tests.support.images import encoded, gradient

from easel.testing import RunningServer, running_server

pytestmark = pytest.mark.proof
EDIT, UPLOAD = "/v1/images/edits", "/v2/uploads"
PNG = encoded(gradient()).data
MEGABYTE = 1_000_000
KIND = "multipart/form-data; boundary=b"
HEAD = b'--b\r\nContent-Disposition: form-data; name="%b"; filename="a.png"\r\n\r\n'
END = b"\r\n--b--\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with running_server(tmp_path_factory.mktemp("forms"), env={"EASEL_BODY_IDLE_SECONDS": "1"}) as running:
        yield running


def memory_mb(server: RunningServer) -> int:
    """The most that the process has ever held."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def two_gigabytes(name: bytes) -> Iterator[bytes]:
    yield HEAD % name + PNG
    for _ in range(2_000):
        yield bytes(MEGABYTE)
    yield END


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
@pytest.mark.parametrize("told", [True, False], ids=["its length said", "in chunks"])
@pytest.mark.parametrize(("path", "name"), [(EDIT, b"image"), (UPLOAD, b"file")])
def test_two_gigabytes_are_refused_and_not_kept(server: RunningServer, path: str, name: bytes, told: bool) -> None:
    headers = {"Content-Type": KIND, "X-API-Key": server.key}
    if told:
        headers["Content-Length"] = str(len(HEAD % name) + len(PNG) + 2_000 * MEGABYTE + len(END))
    before, begun = memory_mb(server), time.monotonic()
    with httpx.Client(base_url=server.url, timeout=60) as client, Customer(server) as customer:
        answer = client.post(path, content=two_gigabytes(name), headers=headers)
        assert answer.status_code == 413
        assert "larger than" in answer.text
        assert customer.credits() == 1000
    assert time.monotonic() - begun < 20
    assert memory_mb(server) - before < (32 if told else 160), "the limit of a body is 64 MB"


@pytest.mark.parametrize(
    ("extra", "status"), [(500, b" 408 "), (-500, b" 400 ")], ids=["more is said than sent", "less is said than sent"]
)
def test_a_length_that_is_a_lie_is_refused(server: RunningServer, extra: int, status: bytes) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="prompt"\r\n\r\nx\r\n' + HEAD % b"image" + PNG + END
    head = (
        f"POST {EDIT} HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {server.key}\r\nContent-Type: {KIND}\r\n"
        f"Content-Length: {len(body) + extra}\r\n\r\n"
    )
    address = ("127.0.0.1", int(server.url.rpartition(":")[2]))
    with socket.create_connection(address, timeout=20) as connection, Customer(server) as customer:
        with contextlib.suppress(ConnectionError):
            connection.sendall(head.encode() + body)
        answer = connection.recv(65_536)
        assert status in answer.partition(b"\r\n")[0]
        assert customer.credits() == 1000

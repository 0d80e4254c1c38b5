"""What a connection may send, hold open and leave unread: a real server with few descriptors and short limits."""

import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import pyvips
from tests.rig import request

from easel.testing import RunningServer, running_server

LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (100, 200))
sys.argv = ["easel", "serve"]
from easel.__main__ import main
main()
"""
LIMITS = {
    "EASEL_HEAD_SECONDS": "0.6",
    "EASEL_READER_SECONDS": "1",
    "EASEL_KEEP_ALIVE_SECONDS": "2",
    "EASEL_BODY_IDLE_SECONDS": "0.5",
    "EASEL_BODY_SECONDS": "1",
    "EASEL_MAX_BODY_MEGABYTES": "6",
    "EASEL_MAX_UPLOAD_MEGABYTES": "6",
    "EASEL_BODY_MEMORY_MEGABYTES": "9",
    "EASEL_ANONYMOUS_BODY_MEGABYTES": "1",
}
pytestmark = pytest.mark.serial
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with running_server(tmp_path_factory.mktemp("limited"), env=LIMITS, command=("-c", LIMITED)) as running:
        yield running


def connect(server: RunningServer, sent: bytes = b"", *, room: int | None = None) -> socket.socket:
    """A connection that has sent this. `room` is how many bytes its own side takes before it is read."""
    made = socket.socket()
    if room:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    made.settimeout(10)
    made.connect(("127.0.0.1", int(server.url.rpartition(":")[2])))
    made.sendall(sent)
    return made


def rest(connection: socket.socket) -> bytes:
    """What comes until the server closes the connection."""
    found = b""
    try:
        while part := connection.recv(65_536):
            found += part
    except ConnectionError:
        pass
    finally:
        connection.close()
    return found


def post(server: RunningServer, path: str, size: int, *, key: bool = True, kind: str = "application/json") -> bytes:
    """The head of a request with a body of some size."""
    shown = f"X-API-Key: {server.key}\r\n" if key else ""
    return (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{shown}Content-Type: {kind}\r\nContent-Length: {size}\r\n\r\n"
    ).encode()


@pytest.mark.parametrize(
    "head",
    [
        HEALTH + b"Cookie: " + b"x" * 70_000 + b"\r\n\r\n",
        HEALTH + b"".join(b"X-%d: x\r\n" % number for number in range(120)) + b"\r\n",
        b"GET /healthz?" + b"x" * 70_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ],
    ids=["long", "many", "address"],
)
def test_a_large_head_is_refused(server: RunningServer, head: bytes) -> None:
    assert rest(connect(server, head)).startswith(b"HTTP/1.1 431 ")


def test_a_head_without_end_is_cut_off_where_the_limit_is(server: RunningServer) -> None:
    with connect(server, HEALTH + b"Cookie: ") as endless:
        sent = 0
        with pytest.raises(ConnectionError):
            for _ in range(2_000):
                endless.sendall(b"x" * 10_000)
                sent += 10_000
                time.sleep(0.001)
        assert sent < 15_000_000


def test_neither_trailers_nor_the_framing_of_chunks_are_without_end(server: RunningServer) -> None:
    """The parser would join the one in quadratic time, and calls us for each of the others."""
    head = post(server, "/v2/images/estimate", 0).replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
    trailer = connect(server, head + b"1\r\n{\r\n0\r\nX-T: ")
    for _ in range(3):
        time.sleep(0.05)
        trailer.sendall(b"x" * 40_000)
    assert b"Too many bytes between" in rest(trailer)
    with connect(server, head) as chunks:
        time.sleep(0.05)
        chunks.sendall(b"1\r\n \r\n" * 200_000)
        assert b"Too many bytes between" in rest(chunks)


def test_a_head_that_does_not_end_in_time_is_given_up(server: RunningServer) -> None:
    silent, half = connect(server), connect(server, HEALTH)
    assert rest(half).startswith(b"HTTP/1.1 408 ")
    assert rest(silent) == b""
    with connect(server) as dripping:
        assert drips(dripping, b"X: y\r\n")


@pytest.mark.parametrize("more", [b"\r\n", b"GET / HTTP/1.1\r\n"], ids=["blank lines", "half a head"])
def test_a_second_head_counts_from_its_first_byte(server: RunningServer, more: bytes) -> None:
    with connect(server, HEALTH + b"\r\n" + more) as connection:
        assert drips(connection, b"\r\n" if more == b"\r\n" else b"X: y\r\n")


def test_an_idle_connection_outlives_the_time_for_a_head_and_then_ends(server: RunningServer) -> None:
    with connect(server, HEALTH + b"\r\n") as connection:
        time.sleep(1)  # longer than a head may take
        connection.sendall(HEALTH + b"\r\n")
        assert rest(connection).count(b"HTTP/1.1 200") == 2, "and it is closed without a word"


def test_a_body_that_stands_still_or_drips_is_given_up(server: RunningServer) -> None:
    head = post(server, "/v2/images/estimate", 1_000)
    assert b'"code":"request_timeout"' in rest(connect(server, head + b"{"))
    with connect(server, head) as dripping:
        assert drips(dripping, b" ")


def drips(connection: socket.socket, part: bytes) -> bool:
    """Whether the server ends a connection that goes on and on a little."""
    for _ in range(80):
        try:
            connection.sendall(part)
        except ConnectionError:
            return True
        time.sleep(0.05)
    return False


def test_what_is_sent_after_the_answer_is_not_read_for_ever(server: RunningServer) -> None:
    with connect(server, post(server, "/v2/images/estimate", 1_000_000, key=False)) as refused:
        assert refused.recv(12) == b"HTTP/1.1 401"
        assert drips(refused, b"x")


def test_all_bodies_together_have_a_limit_and_so_has_each_team(server: RunningServer) -> None:
    whole = request("x" * 4_000_000)
    sent = json.dumps(whole).encode()
    held = [connect(server, post(server, "/v2/images/estimate", len(sent)) + sent[:-1]) for _ in range(2)]
    found = [rest(one) for one in held]
    assert sorted(b"too_many_bodies" in one for one in found) == [False, True]
    refused = next(one for one in found if b"too_many_bodies" in one)
    assert refused.startswith(b"HTTP/1.1 503 ")
    assert b"\r\nretry-after: " in refused.lower()
    answer = httpx.post(f"{server.url}/v2/images/estimate", json=whole, headers={"X-API-Key": server.key})
    assert answer.status_code == 400, "what was held is free again"


@pytest.mark.parametrize("path", ["/studio/signin", "/studio/signout"])
def test_forms_are_small_and_have_no_files(server: RunningServer, path: str) -> None:
    head = post(server, path, 10_000_000_000, key=False, kind="multipart/form-data; boundary=b")
    with connect(server, head) as large:
        assert large.recv(12) == b"HTTP/1.1 413"
    file = {"key": ("a.txt", b"x" * 1_000)}
    answer = httpx.post(server.url + path, files=file)
    assert answer.status_code == 400
    fields = {"key": (None, "afk_wrong"), "csrf": (None, "x")}
    assert httpx.post(server.url + path, files=fields).status_code in (401, 403)


def test_a_reader_that_reads_nothing_is_disconnected(server: RunningServer) -> None:
    """And one that is slow is not."""
    noise = pyvips.Image.gaussnoise(1_900, 1_900, sigma=60, seed=1).cast("uchar").pngsave_buffer(compression=0)
    key = {"X-API-Key": server.key}
    address = httpx.post(f"{server.url}/v2/uploads", files={"file": noise}, headers=key, timeout=30).json()["url"]
    path = address.removeprefix(server.url)
    asked = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
    whole = len(httpx.get(address).content)
    lazy, slow = connect(server, asked * 3, room=4_096), connect(server, asked, room=65_536)
    until, read = time.monotonic() + 2.5, 0
    while time.monotonic() < until:
        read += len(slow.recv(16_384))
        time.sleep(0.02)
    assert len(rest(lazy)) < whole < read + len(rest(slow))


def test_only_so_many_requests_are_pipelined(server: RunningServer) -> None:
    assert rest(connect(server, (HEALTH + b"\r\n") * 5_000)).count(b'{"status":"ok"}') < 100


def test_an_old_client_is_sent_no_chunks(server: RunningServer) -> None:
    """HTTP/1.0 knows none: a response of unknown length ends with its connection."""
    with httpx.Client(base_url=server.url, headers={"X-API-Key": server.key}) as client:
        made = client.post("/v2/images/generate", json=request("[easel:fail] x")).json()["jobId"]
        client.get(f"/v2/jobs/{made}", params={"wait": 30}, timeout=40).raise_for_status()
        told = client.get(f"/v2/jobs/{made}/events").text
    for path, body in ((f"/v2/jobs/{made}/events", told), ("/healthz", '{"status":"ok"}')):
        asked = f"GET {path} HTTP/1.0\r\nX-API-Key: {server.key}\r\n\r\n".encode()
        head, _, found = rest(connect(server, asked)).partition(b"\r\n\r\n")
        assert found.decode() == body
        assert b"transfer-encoding" not in head
        assert b"connection: close" in head


def held(server: RunningServer, count: int, *sent: bytes) -> list[socket.socket]:
    """So many connections that have sent these beginnings of requests, by turns."""
    made = []
    for number in range(count):
        made.append(connect(server, sent[number % len(sent)]))
        time.sleep(0.002)  # else the queue of the listening socket is full, and the kernel tries again after a second
    return made


def test_connections_that_are_only_held_keep_nobody_out(server: RunningServer) -> None:
    """There are 200 descriptors: whoever shows no key makes way, and jobs open their files."""
    form = post(server, "/studio/signin", 1_000, key=False, kind="application/x-www-form-urlencoded") + b"k"
    with httpx.Client(base_url=server.url, headers={"X-API-Key": server.key}, timeout=30) as client:
        for beginnings in ((b"", HEALTH), (form,)):
            idle = held(server, 260, *beginnings)
            made = client.post("/v2/images/generate", json=request()).raise_for_status().json()["jobId"]
            assert httpx.get(f"{server.url}/readyz").status_code == 200, "and a new one is let in"
            assert client.get(f"/v2/jobs/{made}", params={"wait": 30}).json()["status"] == "COMPLETED"
            for connection in idle:
                connection.close()


def test_requests_at_work_are_not_pushed_out(server: RunningServer) -> None:
    with ThreadPoolExecutor(20) as pool, httpx.Client(base_url=server.url, headers={"X-API-Key": server.key}) as client:
        slow = request("[easel:slow 2] a plain picture")
        made = client.post("/v2/images/generate", json=slow).raise_for_status().json()["jobId"]
        waits = [
            pool.submit(
                httpx.get,
                f"{server.url}/v2/jobs/{made}",
                params={"wait": 1},
                headers={"X-API-Key": server.key},
                timeout=30,
            )
            for _ in range(20)
        ]
        idle = held(server, 200, b"")
        assert {wait.result().status_code for wait in waits} == {200}
        for connection in idle:
            connection.close()

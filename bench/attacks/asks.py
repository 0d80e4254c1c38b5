"""Attacks by whole requests, with one test key or none: what each of them has the server do is the attack."""

import contextlib
import itertools
import socket
import threading
import time
from collections.abc import Callable

from bench.attacks.aim import Aim, held, together
from bench.attacks.scans import large_jpeg, noisy_jpeg, scan_bomb

EVERY = 10.0  # more of the same, as long as the rate limit lets it


def inputs(aim: Aim) -> Callable[[], None]:
    """10 test jobs of 6 inputs each, every 10 s, at a server that sends a byte every 5 s."""
    server = socket.create_server(("127.0.0.1", 0), backlog=512)
    threading.Thread(target=_drip, args=(server,), daemon=True).start()
    numbers = itertools.count()

    def ask() -> None:
        with aim.client() as client:
            port = server.getsockname()[1]
            given = [[f"http://127.0.0.1:{port}/{next(numbers)}.png" for _ in range(6)] for _ in range(10)]
            aim.jobs(client, 10, "like this", *given)
        time.sleep(EVERY)

    return lambda: together(ask)


def _drip(server: socket.socket) -> None:
    def one(connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 9999\r\n\r\n")
            held(connection, b"\x89", 5)

    while True:
        connection, _ = server.accept()
        connection.settimeout(5)
        threading.Thread(target=one, args=(connection,), daemon=True).start()


def names(aim: Aim) -> Callable[[], None]:
    """30 webhooks and 10 jobs to names that are never resolved, every 10 s."""
    numbers = itertools.count()

    def ask() -> None:
        with aim.client() as client:
            for _ in range(30):
                client.post("/v2/webhooks/test", json={"url": f"https://slow-h{next(numbers)}.test/x"})
            aim.jobs(client, 10, "like this", *([f"http://slow{next(numbers)}.test/a.png"] for _ in range(10)))
        time.sleep(EVERY)

    return lambda: together(ask)


def streams(aim: Aim) -> Callable[[], None]:
    """80 streams of 50 slow jobs, opened again when they end."""

    def begin() -> None:
        with aim.client() as client:
            ids = aim.jobs(client, 50, "[easel:slow 600]")
        path = "/v2/watch?" + "&".join(f"id={one}" for one in ids)

        def watch() -> None:
            with aim.connect() as connection:
                connection.sendall(aim.head("GET", path) + b"\r\n")
                connection.settimeout(30)
                while connection.recv(65536):
                    pass

        together(*[watch] * 80)

    return begin


def conversions(aim: Aim) -> Callable[[], None]:
    """16 clients who want 64 million pixels as WebP, 4 who want a JPEG of 2,647 scans so, 4 who want a result so."""
    large, bomb = large_jpeg(aim.folder), scan_bomb()

    def begin() -> None:
        def convert(path: str) -> None:
            with aim.client() as client:
                del client.headers["X-API-Key"]
                for format in ("webp", "png"):
                    client.get(path, params={"format": format})
                client.get(path.replace("/files/", "/previews/"))

        def bombs() -> None:
            if path := aim.upload(bomb):
                convert(path)

        wanted = [(path, count) for path, count in ((aim.upload(large), 16), (aim.result(), 4)) if path]
        works = [lambda path=path: convert(path) for path, count in wanted for _ in range(count)]
        together(*works, *[bombs] * 4)

    return begin


def archives(aim: Aim) -> Callable[[], None]:
    """8 clients who read one archive of many files after another."""
    noisy = noisy_jpeg(aim.folder)

    def begin() -> None:
        paths = [path for path in (aim.upload(noisy) for _ in range(8)) if path] or [aim.result() or "/"]
        names = [path.rpartition("/")[2] for path in paths]

        def read() -> None:
            with aim.client() as client, client.stream("GET", "/v2/archive", params={"name": names}) as answer:
                for _ in answer.iter_raw():
                    pass

        together(*[read] * 8)

    return begin

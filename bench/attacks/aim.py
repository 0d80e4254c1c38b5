"""Whom an attacker attacks, and the few things attackers do."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

PAUSE = 0.2
ADDRESS = "127.0.0.9"  # the attacker's own, so that a limit for an address is not the other team's


@dataclass(frozen=True, slots=True)
class Aim:
    """A port of this machine, a test key for it, and a folder."""

    port: int
    key: str
    folder: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def client(self) -> httpx.Client:
        from_here = httpx.HTTPTransport(local_address=ADDRESS)
        return httpx.Client(base_url=self.url, headers={"X-API-Key": self.key}, timeout=120, transport=from_here)

    def connect(self, window: int | None = None) -> socket.socket:
        """A connection, with a receive window of so many bytes."""
        connection = socket.socket()
        if window:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        connection.settimeout(30)
        connection.bind((ADDRESS, 0))
        connection.connect(("127.0.0.1", self.port))
        return connection

    def head(self, method: str, path: str, *lines: str) -> bytes:
        """A request without the end of its head."""
        given = ("Host: 127.0.0.1", f"X-API-Key: {self.key}", *lines)
        return f"{method} {path} HTTP/1.1\r\n".encode() + "".join(f"{line}\r\n" for line in given).encode()

    def jobs(self, client: httpx.Client, count: int, prompt: str, *inputs: Sequence[str]) -> Sequence[str]:
        """The ids of test jobs, fewer if they are refused."""
        made = []
        for number in range(count):
            params: dict[str, Any] = {"quality": "low", "output_format": "png"}
            if inputs:
                params["input_images"] = list(inputs[number])
            body = {"model": "gpt-image-2", "prompt": prompt, "gptImage2Params": params}
            with contextlib.suppress(httpx.HTTPError):
                made.append(client.post("/v2/images/generate", json=body).raise_for_status().json()["jobId"])
        return made

    def upload(self, data: bytes) -> str | None:
        """The address of an upload's path; None if it was refused."""
        with self.client() as client, contextlib.suppress(httpx.HTTPError):
            answer = client.post("/v2/uploads", files={"file": ("a.jpg", data)}).raise_for_status()
            return "/files/" + str(answer.json()["url"]).partition("/files/")[2]
        return None

    def result(self) -> str | None:
        """The path of an image that a test job made."""
        with self.client() as client, contextlib.suppress(httpx.HTTPError, KeyError, IndexError, TypeError):
            job = self.jobs(client, 1, "a plain picture")[0]
            done = client.get(f"/v2/jobs/{job}?wait=60").raise_for_status().json()
            return "/files/" + str(done["result"]["images"][0]).partition("/files/")[2]
        return None


def together(*works: Callable[[], None]) -> None:
    """Each in a thread of its own, again and again, whatever becomes of it."""

    def again(work: Callable[[], None]) -> None:
        while True:
            with contextlib.suppress(OSError, httpx.HTTPError):
                work()
            time.sleep(PAUSE)

    for work in works:
        threading.Thread(target=again, args=(work,), daemon=True).start()
    threading.Event().wait()


def held(connection: socket.socket, drip: bytes = b"", every: float = 1.0) -> None:
    """Keep it open until the other side ends it, with a byte now and then."""
    connection.settimeout(every)
    while True:
        try:
            if drip:
                connection.sendall(drip)
                time.sleep(every)
                connection.settimeout(0.01)
            if not connection.recv(1):
                return
        except TimeoutError:
            continue

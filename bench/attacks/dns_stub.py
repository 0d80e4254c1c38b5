"""A name server on port 53 of this namespace: double.test is here, and for slow*.test no answer ever comes."""

import contextlib
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

A = 1


@contextlib.contextmanager
def resolving(folder: Path) -> Iterator[None]:
    """For as long as the block lasts, in a mount namespace of our own."""
    file = folder / "resolv.conf"
    file.write_text("nameserver 127.0.0.1\n")
    subprocess.run(["mount", "--bind", str(file), "/etc/resolv.conf"], check=True)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 53))
        threading.Thread(target=_serve, args=(server,), daemon=True).start()
        yield


def _serve(server: socket.socket) -> None:
    with contextlib.suppress(OSError):  # closed
        while True:
            asked, who = server.recvfrom(1500)
            if not asked[13:].startswith(b"slow"):
                server.sendto(answer(asked), who)


def answer(asked: bytes) -> bytes:
    """127.0.0.1 for an A, nothing for anything else."""
    end = asked.index(b"\0", 12) + 5  # the name, its type and class
    kind = int.from_bytes(asked[end - 4 : end - 2], "big")
    found = b"\xc0\x0c\0\x01\0\x01\0\0\0\0\0\x04\x7f\0\0\x01" if kind == A else b""
    counts = b"\0\x01" + (b"\0\x01" if found else b"\0\0") + b"\0\0\0\0"
    return asked[:2] + b"\x81\x80" + counts + asked[12:end] + found

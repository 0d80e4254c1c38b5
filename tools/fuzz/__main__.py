"""make fuzz: sends, waits for the end of each connection, and reckons. Exit code 1 if anything broke."""

import argparse
import contextlib
import random
import socket
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.postgres import own_postgres
from tools.fuzz.inputs import KINDS, Ground, Make
from tools.fuzz.server import Target, prepared, target, unpainted, watched

CLIENTS = 8
QUIET = 0.3  # of silence after which a request that may be incomplete is ended from our side
PATIENCE = 75.0  # until the first byte of an answer (the longest legal wait is 60 s), or until the connection ends
STREAM = 1.0  # of an answer that goes on and on are enough
MORE_MB, MORE_DESCRIPTORS = 100.0, 30


@dataclass
class Tally:
    """What came back. `broken` holds the smallest request of each kind of 500."""

    statuses: Counter[str] = field(default_factory=Counter)
    broken: dict[str, bytes] = field(default_factory=dict)
    hung: list[bytes] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, sent: bytes, status: str) -> None:
        with self.lock:
            self.statuses[status] += 1
            if status == "500":
                what = b" ".join(sent[:60].split(b" ")[:2]).partition(b"?")[0].decode(errors="replace")
                if what not in self.broken or len(sent) < len(self.broken[what]):
                    self.broken[what] = sent
            if status == "hung":
                self.hung.append(sent)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=600, help="of each kind")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--only", choices=tuple(KINDS), help="one kind alone")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL of its own")
    parser.add_argument("--keep", type=Path, help="a new folder for logs and for requests that broke something")
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    with contextlib.ExitStack() as stack:
        folder = given.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        env = {"EASEL_DATABASE_URL": stack.enter_context(own_postgres()).create("fuzz")} if given.postgres else {}
        faults = 0
        with target(folder, env) as server:
            ground = prepared(server.port)
            for kind in (given.only,) if given.only else KINDS:
                faults += run(kind, server, ground, given.seed, given.seconds, folder)
    sys.exit(1 if faults else 0)


def run(kind: str, server: Target, ground: Ground, seed: int, seconds: float, folder: Path) -> int:
    """One kind for so many seconds; how much was found wrong."""
    tally, since, over = Tally(), server.log.stat().st_size, time.monotonic() + seconds
    with watched(server.process.pid) as size:
        clients = [
            threading.Thread(
                target=send_all,
                args=(KINDS[kind], random.Random(f"{seed} {kind} {number}"), ground, server.port, over, tally),
                kwargs={"patient": number == 0},
            )
            for number in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        for _ in range(3):
            time.sleep(1)
    faults = list(reckoned(kind, tally, server, since, size.growth(), folder))
    print(
        f"{kind}: {sum(tally.statuses.values())} sent; "
        + ", ".join(f"{status}: {count}" for status, count in sorted(tally.statuses.items()))
    )
    for fault in faults:
        print(f"  BROKEN {fault}")
    sys.stdout.flush()
    return len(faults)


def reckoned(
    kind: str, tally: Tally, server: Target, since: int, growth: tuple[float, float], folder: Path
) -> Iterator[str]:
    for number, (what, sent) in enumerate(tally.broken.items()):
        file = folder / f"{kind}-500-{number}.bin"
        file.write_bytes(sent)
        yield f"500 for {what}: {len(sent)} bytes, {sent[-200:]!r}"
    for number, sent in enumerate(tally.hung[:20]):
        (folder / f"{kind}-hung-{number}.bin").write_bytes(sent)
        yield f"hung longer than {PATIENCE:g} s: {sent[:200]!r}"
    for what, count in server.faults(since).items():
        yield f"{count} times in the log: {what}"
    for prompt in unpainted(server.port):
        yield f"the sketch engine could not generate {prompt!r}"
    if server.process.poll() is not None:
        yield f"the server ended with {server.process.returncode}"
    print(f"{kind}: {growth[0]:+.0f} MB, {growth[1]:+.0f} descriptors from the first minute to the last")
    if growth[0] > MORE_MB or growth[1] > MORE_DESCRIPTORS:
        yield "it grew"


def send_all(
    make: Make, lot: random.Random, ground: Ground, port: int, over: float, tally: Tally, *, patient: bool
) -> None:
    while time.monotonic() < over:
        sent = make(lot, ground)
        tally.note(sent, exchange(port, sent, patient=patient))


def exchange(port: int, sent: bytes, *, patient: bool) -> str:
    """Send it and see the connection end: the status of the first answer, "closed" without one, or "hung".

    Who is patient leaves it to the server to end what is not whole.
    """
    begun = time.monotonic()
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
            with contextlib.suppress(ConnectionError):  # it may refuse before it has heard all
                connection.sendall(sent)
            return _answer(connection, begun, whole=patient or _is_whole(sent))
    except TimeoutError:
        return "hung"
    except OSError:
        return "closed"


def _answer(connection: socket.socket, begun: float, *, whole: bool) -> str:
    heard, first = b"", 0.0
    while True:
        wait = STREAM if first else PATIENCE if whole else QUIET
        connection.settimeout(wait)
        try:
            data = connection.recv(65536)
        except TimeoutError:
            if first:
                break
            if whole or time.monotonic() - begun > PATIENCE:
                return "hung"
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_WR)
            whole = True
            continue
        except ConnectionError:
            break
        if not data:
            break
        first = first or time.monotonic()
        heard = (heard + data)[:64]
        if time.monotonic() - first > STREAM:
            break
    return heard[9:12].decode("latin-1") if heard.startswith(b"HTTP/1.") else "closed" if not heard else "odd"


def _is_whole(sent: bytes) -> bool:
    """Whether it is sure to be a request that can be answered: then we wait; else we end it from our side."""
    head, blank, body = sent.partition(b"\r\n\r\n")
    head += b"\r\n"
    length = f"\r\nContent-Length: {len(body)}\r\n".encode()
    return (
        bool(blank)
        and b"\r\nX-Request-Id: fuzz-" in head
        and (length in head or (not body and not head.startswith(b"POST ")))
    )


if __name__ == "__main__":
    main()

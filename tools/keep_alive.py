"""make keep-alive: requests at odd intervals through nginx and Caddy, which keep connections to the server open.

A server that closes an idle connection just when its proxy uses it makes the proxy answer 502, for a POST at once.
Prints the statuses of each proxy; exit code 1 if one of them is not 200.
"""

import argparse
import contextlib
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import httpx
from tests.support import proxies
from tests.support.child import free_ports

from easel.testing import RunningServer, running_server

CLIENTS = 8  # for each proxy; each has one request at a time
LONGEST = 130.0  # seconds between two requests of a client: longer than nginx (60) and Caddy (120) keep a connection
NGINX = """
    upstream easel {{ server {server}; keepalive 32; }}
    server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://easel; include easel.conf; }} }}
"""
BODY = {"model": "gpt-image-2", "prompt": "A red fox"}


def main() -> None:
    parser = argparse.ArgumentParser(prog="make keep-alive", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--keep-alive", default="650", help="EASEL_KEEP_ALIVE_SECONDS")
    given = parser.parse_args()
    seen = keep_alive(given.minutes * 60, given.keep_alive)
    for name, statuses in seen.items():
        print(f"{name}: {sum(statuses.values())} requests, " + ", ".join(f"{n} × {s}" for s, n in statuses.items()))
    sys.exit(0 if seen and all(set(statuses) == {200} for statuses in seen.values()) else 1)


def keep_alive(seconds: float, server_seconds: str) -> dict[str, Counter[int]]:
    """The statuses that each proxy answered."""
    names = [name for name in ("nginx", "caddy") if proxies.program(name)]
    env = {"EASEL_RATE_LIMIT_PER_MINUTE": "0", "EASEL_KEEP_ALIVE_SECONDS": server_seconds}
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(running_server(folder / "data", env=env))
        ways = list(zip(names, free_ports(len(names)), strict=True))
        for name, port in ways:
            (folder / name).mkdir()
            address = server.url.removeprefix("http://")
            text = NGINX.format(server=address, port=port) if name == "nginx" else ""
            site = f"http://127.0.0.1:{port} {{\n\treverse_proxy {address}\n}}\n"
            stack.enter_context(
                proxies.nginx(text, folder / name, [port])
                if name == "nginx"
                else proxies.caddy(site, folder / name, [port])
            )
        with ThreadPoolExecutor(CLIENTS * len(names)) as threads:
            ask = partial(_asked, server, time.monotonic() + seconds)
            asked = [(name, threads.submit(ask, port, n)) for name, port in ways for n in range(CLIENTS)]
            seen: dict[str, Counter[int]] = {name: Counter() for name in names}
            for name, work in asked:
                seen[name] += work.result()
            return seen


def _asked(server: RunningServer, end: float, port: int, number: int) -> Counter[int]:
    chance = random.Random(f"{port} {number}")
    statuses: Counter[int] = Counter()
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"X-API-Key": server.key}, timeout=30) as client:
        while time.monotonic() < end:
            statuses[client.post("/v2/images/estimate", json=BODY).status_code] += 1
            time.sleep(min(_pause(chance), max(0.0, end - time.monotonic())))
    return statuses


def _pause(chance: random.Random) -> float:
    """Mostly about as long as servers keep idle connections, 5 to 10 s; sometimes long, sometimes none."""
    choices: Sequence[float] = (0.0, chance.uniform(4.98, 5.02), chance.uniform(0, 12), chance.uniform(10, LONGEST))
    return chance.choices(choices, weights=(3, 12, 6, 1))[0]


if __name__ == "__main__":
    main()

"""make bench-door: runs both loads on both servers in turns, and prints the table."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from bench.door.load import Load, Measured, measure, median
from bench.door.servers import VERSION, double, easel, litellm, litellm_command

LOADS = (Load(in_flight=8, delay=0.0), Load(in_flight=200, delay=5.0))
SERVERS = {f"LiteLLM {VERSION}": litellm, "Easel": easel}


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-door", description=__doc__)
    parser.add_argument("--seconds", type=float, default=30.0, help="of each measurement, after warming up")
    parser.add_argument("--rounds", type=int, default=3, help="of all four; the table has the medians")
    parser.add_argument("--image-bytes", type=int, default=1_500_000)
    given = parser.parse_args()
    litellm_command()
    found: dict[tuple[Load, str], list[Measured]] = {}
    for _ in range(given.rounds):
        for load in LOADS:
            for name in SERVERS:
                one = run(name, load, given.seconds, given.image_bytes)
                print(row(load, name, one), file=sys.stderr, flush=True)
                found.setdefault((load, name), []).append(one)
    print("| load | server | images/s | p50 | CPU per image | peak resident memory | failed |\n" + "|---" * 7 + "|")
    for (load, name), several in found.items():
        print(row(load, name, median(several)))


def run(name: str, load: Load, seconds: float, image_bytes: int) -> Measured:
    with (
        tempfile.TemporaryDirectory() as folder,
        double(delay=load.delay, image_bytes=image_bytes) as upstream,
        SERVERS[name](upstream, Path(folder), in_flight=load.in_flight) as server,
    ):
        return asyncio.run(measure(server.url, server.key, server.pid, load, seconds=seconds))


def row(load: Load, name: str, one: Measured) -> str:
    p50 = f"{one.p50 * 1000:,.0f} ms" if one.p50 < 1 else f"{one.p50:.1f} s"
    if not one.rate:
        return f"| {load.title} | {name} | no image arrived in the window: raise --seconds |"
    cells = (f"{one.rate:.1f}", p50, f"{one.cpu * 1000:.1f} ms", f"{one.resident / 1e6:,.0f} MB", str(one.failed))
    return f"| {load.title} | {name} | " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()

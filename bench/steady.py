"""Measures a steady load for a long time: memory, open files, threads and latency must stay as they are.

make bench-steady        (or: .venv/bin/python -m bench.steady --minutes 30 --rate 20 --every 3)

Each job is submitted when its time has come, and waited for with `?wait=`; its provider has the image at once.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from bench.deliveries import resident_mb
from bench.door.usage import usage_of
from bench.submit import BODY, COMMAND, ENV, database
from bench.wire import Client

from easel.testing import RunningServer, running_server

HEADS = (
    "minute",
    "jobs/s",
    "until the 202: p50, p95",
    "until the end: p50, p95",
    "CPU",
    "resident",
    "open files",
    "threads",
)


async def one(client: Client, due: float) -> tuple[float, float]:
    """Milliseconds until the 202, and until the job's end."""
    await asyncio.sleep(max(0.0, due - time.perf_counter()))
    submitted = await client.post("/v2/images/generate", BODY)
    accepted = time.perf_counter()
    job = await client.get(f"/v2/jobs/{submitted['jobId']}?wait=60")
    if job["status"] != "COMPLETED":
        raise RuntimeError(f"a job ended as {job['status']}: {job['error']}")
    return (accepted - due) * 1000, (time.perf_counter() - due) * 1000


async def measure(server: RunningServer, minutes: float, rate: float, every: float) -> None:
    pid = server.process.pid
    print(f"| {' | '.join(HEADS)} |\n{'|---' * len(HEADS)}|", flush=True)
    async with Client(server.url, server.key) as client:
        start, number = time.perf_counter() + 0.5, 0
        while number < minutes * 60 * rate:
            jobs, cpu = round(every * 60 * rate), usage_of(pid).seconds
            begun = time.perf_counter()
            dues = [start + (number + index) / rate for index in range(jobs)]
            took = await asyncio.gather(*(one(client, due) for due in dues))
            seconds, number = time.perf_counter() - begun, number + jobs
            cells = [f"{number / rate / 60:.0f}", f"{jobs / seconds:.1f}"]
            cells += [
                f"{statistics.median(some):.0f}, {sorted(some)[int(jobs * 0.95)]:.0f} ms"
                for some in zip(*took, strict=True)
            ]
            cells += [f"{(usage_of(pid).seconds - cpu) / jobs * 1000:.1f} ms", f"{resident_mb(server):.0f} MB"]
            print(f"| {' | '.join([*cells, *(str(entries(pid, of)) for of in ('fd', 'task'))])} |", flush=True)


def entries(pid: int, folder: str) -> int:
    return len(list(Path(f"/proc/{pid}/{folder}").iterdir()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=20, help="jobs per second")
    parser.add_argument("--every", type=float, default=3, help="minutes of each row")
    parser.add_argument("--database", default="SQLite", choices=("SQLite", "PostgreSQL"))
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        database(given.database) as settings,
        running_server(Path(folder), env=ENV | settings, command=COMMAND) as server,
    ):
        asyncio.run(measure(server, given.minutes, given.rate, given.every))


if __name__ == "__main__":
    main()

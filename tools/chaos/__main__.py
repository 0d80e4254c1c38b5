"""make chaos: runs it, tells what happens while it does, and prints the reckoning. Exit code 1 if a promise broke."""

import argparse
import contextlib
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Column, Table
from tests.support.child import free_ports
from tests.support.doubles.replicate import ReplicateDouble
from tests.support.loopback import serving
from tests.support.object_store import ObjectStore, own_object_store
from tests.support.postgres import Postgres, own_postgres
from tools.chaos.customers import Customers, wait_until
from tools.chaos.fleet import SERVE, WORK, Member, kept, member
from tools.chaos.tally import CREDITS, Line, reckon
from tools.chaos.world import Receiver, some_days

from easel.testing import KEY

KILL_EVERY, STORE_AWAY = 2.0, 10.0
DATABASE_AT, STORE_AT = 0.25, 0.6  # of the jobs have been submitted
PATIENCE = 600.0

console = Console(highlight=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=300)
    parser.add_argument("--a-second", type=float, default=4.0, help="jobs submitted in a second")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="the lot: whom it hits")
    parser.add_argument("--logs", type=Path, help="a new folder for the logs of all processes, kept afterwards")
    options = parser.parse_args()
    console.print(f"seed {options.seed}")
    with contextlib.ExitStack() as stack:
        logs = options.logs or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        lines = run(options.jobs, options.a_second, random.Random(options.seed), logs)
    show(lines)
    sys.exit(0 if all(line.kept for line in lines) else 1)


def run(jobs: int, a_second: float, lot: random.Random, folder: Path) -> Sequence[Line]:
    receiver = Receiver(lot)
    with (
        own_postgres() as postgres,
        own_object_store() as store,
        ReplicateDouble().serving() as double,
        serving(receiver.app()) as hook,
    ):
        double.script(*some_days(lot, 2 * jobs))
        ports = free_ports(2)
        settings = settings_of(postgres, store, double)
        servers = [f"http://127.0.0.1:{port}" for port in ports]
        members = [
            *(member(f"api-{port}", (*SERVE, "--port", str(port)), settings, folder) for port in ports),
            *(member(f"worker-{number}", WORK, settings, folder) for number in (1, 2)),
        ]
        customers = Customers(servers, f"{hook}/hook")
        with kept(members):
            customers.ask("GET", "/v2/me")
            begun = time.monotonic()
            with under_fire(members, lot):
                busy = threading.Thread(target=customers.submit, args=(jobs, a_second))
                busy.start()
                bad_luck(customers, jobs, postgres, store)
                busy.join()
                console.print(
                    f"all submitted after {time.monotonic() - begun:.0f} s; asked again {customers.asked_again} times"
                )
                wait_until(lambda: not customers.unfinished(), PATIENCE)
                console.print(f"all ended after {time.monotonic() - begun:.0f} s")
            for one in members:
                console.print(f"{one.name}: killed {one.killed} times, begun {one.starts} times")
            wait_until(lambda: all(one["status"] != "pending" for one in customers.deliveries()), PATIENCE)
            console.print(f"all told after {time.monotonic() - begun:.0f} s")
            return reckon(jobs, customers, double, receiver, settings, folder)


def settings_of(postgres: Postgres, store: ObjectStore, double: ReplicateDouble) -> Mapping[str, str]:
    return {
        **store.bucket.environment(),
        "EASEL_DATABASE_URL": postgres.create("chaos"),
        "EASEL_BOOTSTRAP_KEY": KEY,
        "EASEL_BOOTSTRAP_CREDITS": str(CREDITS),
        "EASEL_MAX_CONCURRENT_JOBS": "40",
        "EASEL_RATE_LIMIT_PER_MINUTE": "0",
        "EASEL_TRUSTED_NETWORKS": "127.0.0.0/8",
        "REPLICATE_API_TOKEN": double.key,
        "REPLICATE_BASE_URL": double.url,
        "EASEL_REPLICATE_FILE_HOSTS": "127.0.0.1",
    }


@contextlib.contextmanager
def under_fire(members: Sequence[Member], lot: random.Random) -> Iterator[None]:
    """Every two seconds one of them dies."""
    over = threading.Event()

    def fire() -> None:
        while not over.wait(KILL_EVERY):
            if alive := [one for one in members if one.alive]:
                lot.choice(alive).kill()

    gunner = threading.Thread(target=fire)
    gunner.start()
    try:
        yield
    finally:
        over.set()
        gunner.join()


def bad_luck(customers: Customers, jobs: int, postgres: Postgres, store: ObjectStore) -> None:
    """The database is restarted, and later the store goes away for a while."""
    wait_until(lambda: len(customers.job_ids) >= DATABASE_AT * jobs, PATIENCE)
    console.print(f"{len(customers.job_ids)} jobs: PostgreSQL is restarted")
    postgres.restart()
    wait_until(lambda: len(customers.job_ids) >= STORE_AT * jobs, PATIENCE)
    console.print(f"{len(customers.job_ids)} jobs: the store goes away")
    store.kill()
    time.sleep(STORE_AWAY)
    store.start()
    console.print(f"{len(customers.job_ids)} jobs: the store is back")


def show(lines: Sequence[Line]) -> None:
    table = Table(Column("promise", no_wrap=True), "found", "", box=None, header_style="bold", pad_edge=False)
    for line in lines:
        table.add_row(line.promise, line.found, "kept" if line.kept else "BROKEN")
    console.print(table)


if __name__ == "__main__":
    main()

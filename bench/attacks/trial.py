"""One attack on one fresh server: python -m bench.attacks.trial NAME SECONDS OUTSIDE SRC. Prints its figures as JSON.

OUTSIDE is the mount namespace of who started it, SRC the folder of another version; either may be "".
"""

import contextlib
import json
import multiprocessing
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.attacks.attacker import Aim, attack
from bench.attacks.dns_stub import resolving
from bench.attacks.victim import Seen, measure, p95
from tests.support.child import end_child, free_ports, is_listening, start_child, wait_until
from tests.support.doubles.openai import OpenAIDouble

from easel.testing import KEY
from easel.testing.server import surroundings

MOST_DESCRIPTORS = 1024  # the usual soft limit; the hard one stays as it is
READY = 180.0
SETTINGS = {
    "EASEL_BOOTSTRAP_KEY": KEY,
    "EASEL_BOOTSTRAP_CREDITS": "1000000",
    "EASEL_LOG_LEVEL": "warning",
    "EASEL_TRUSTED_NETWORKS": "127.0.0.0/8",
}


def main() -> None:
    name, seconds, outside, source = sys.argv[1], float(sys.argv[2]), sys.argv[3], sys.argv[4]
    # What follows changes the network and the resolver: never those of the machine itself.
    apart = bool(outside) and str(Path("/proc/self/ns/mnt").readlink()) != outside
    env = {**surroundings(), **SETTINGS, **({"PYTHONPATH": source} if source else {})}
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        if apart:
            subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        if name == "names":  # here the other team's provider is an upstream, which has a name too
            if not apart:
                sys.exit("names needs a namespace of its own")
            stack.enter_context(resolving(Path(folder)))
            double = stack.enter_context(OpenAIDouble(delay=0.2).serving())
            base = double.url.replace("127.0.0.1", "double.test")
            env |= {"OPENAI_API_KEY": double.key, "OPENAI_BASE_URL": base, "EASEL_PROVIDERS": "openai"}
        print(json.dumps(run(name, seconds, Path(folder), env)))


def run(name: str, seconds: float, folder: Path, env: dict[str, str]) -> Mapping[str, float]:
    with served(folder, env) as (port, pid):
        url, test_key = f"http://127.0.0.1:{port}", attackers_key(env)
        measure(url, KEY, 3)  # the first images are slower
        spawn = multiprocessing.get_context("spawn")
        ready, go = spawn.Event(), spawn.Event()
        attacker = spawn.Process(target=attack, args=(name, Aim(port, test_key, folder), ready, go), daemon=True)
        attacker.start()
        if not ready.wait(READY):
            raise RuntimeError("the attacker did not get ready")
        quiet = measure(url, KEY, max(8.0, seconds / 4))
        with most_descriptors(pid) as most:
            go.set()
            during = measure(url, KEY, seconds)
        resident = most_resident(pid)
        attacker.terminate()
        attacker.join()
        time.sleep(5)
        later = measure(url, KEY, max(5.0, seconds / 6))
    return {
        **_figures("quiet_", quiet),
        **_figures("", during),
        **_figures("later_", later),
        "resident": resident,
        "descriptors": max(most),
    }


def _figures(when: str, seen: Seen) -> Mapping[str, float]:
    return {f"{when}answer": p95(seen.answers), f"{when}end": p95(seen.ends)}


@contextlib.contextmanager
def served(folder: Path, env: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Its port and process; the soft limit of its descriptors is what it is on most machines."""
    port = free_ports()[0]
    env |= {"EASEL_DATA": str(folder / "data"), "EASEL_PORT": str(port)}
    limited = ["/bin/sh", "-c", f'ulimit -S -n {MOST_DESCRIPTORS}; exec "$@"', "sh"]
    child = start_child([*limited, sys.executable, "-m", "easel", "serve"], folder=folder, env=env)
    try:
        wait_until(lambda: is_listening(port), child, folder)
        yield port, child.pid
    finally:
        end_child(child, signal.SIGKILL)


def attackers_key(env: Mapping[str, str]) -> str:
    """A test key of another team than the one that is measured."""

    def easel(*words: str) -> str:
        command = [sys.executable, "-m", "easel", *words]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout.strip()

    easel("teams", "create", "Strangers", "--owner", "a@x.example")
    return easel("keys", "create", "--team", "Strangers", "--test").splitlines()[-1]


@contextlib.contextmanager
def most_descriptors(pid: int) -> Iterator[list[int]]:
    """How many were open, twice a second."""
    over, seen = threading.Event(), [0]

    def look() -> None:
        while not over.wait(0.5):
            seen.append(len(list(Path(f"/proc/{pid}/fd").iterdir())))

    watch = threading.Thread(target=look)
    watch.start()
    try:
        yield seen
    finally:
        over.set()
        watch.join()


def most_resident(pid: int) -> float:
    """Megabytes."""
    return int(Path(f"/proc/{pid}/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()

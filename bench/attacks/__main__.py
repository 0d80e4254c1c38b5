"""Runs each attack in a namespace of its own, and prints the table."""

import argparse
import json
import math
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.attacks.attacker import ATTACKS

# A user, a network and mounts of its own: loopback alone, and a resolv.conf that names our stub.
APART = ("unshare", "--map-root-user", "--net", "--mount", "--kill-child")
COLUMNS = (
    ("POST generate, quiet", "quiet_answer"),
    ("attacked", "answer"),
    ("5 s later", "later_answer"),
    ("job's end, quiet", "quiet_end"),
    ("attacked", "end"),
    ("5 s later", "later_end"),
    ("resident", "resident"),
    ("descriptors", "descriptors"),
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-attacks", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="of each attack")
    parser.add_argument("--only", choices=tuple(ATTACKS), action="append", help="some attacks alone; repeat it")
    parser.add_argument("--against", type=Path, help="the src folder of another version, measured in the same run")
    given = parser.parse_args()
    apart = APART if _can_be_apart() else ()
    versions = [given.against.resolve()] if given.against else []
    print("| attack | " + " | ".join(title for title, _ in COLUMNS) + " |\n|---" * 1 + "|---" * len(COLUMNS) + "|")
    for name in given.only or ATTACKS:
        if name == "names" and not apart:
            print("| names | needs network namespaces, which this machine does not allow |", flush=True)
            continue
        found = [test_provider(name, given.seconds, apart, source) for source in (*versions, None)]
        cells = (" → ".join(_shown(one, column) for one in found) for _, column in COLUMNS)
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def test_provider(name: str, seconds: float, apart: Sequence[str], source: Path | None) -> Mapping[str, Any]:
    """What one attack did to one version."""
    outside = str(Path("/proc/self/ns/mnt").readlink()) if apart else ""
    words = [*apart, sys.executable, "-m", "bench.attacks.trial", name, str(seconds), outside, str(source or "")]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, timeout=6 * seconds + 600, check=False)
    lines = done.stdout.splitlines()
    return dict(json.loads(lines[-1])) if done.returncode == 0 and lines else {}


def _can_be_apart() -> bool:
    try:
        return (
            subprocess.run([*APART, "ip", "link", "set", "lo", "up"], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


def _shown(found: Mapping[str, Any], column: str) -> str:
    value = found.get(column)
    if value is None:
        return "?"
    if column == "resident":
        return f"{value:,.0f} MB"
    if column == "descriptors":
        return f"{value:,}"
    if math.isinf(value):
        return "none"
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.1f} s"


if __name__ == "__main__":
    main()

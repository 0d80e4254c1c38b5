"""Choose the newest dependencies that are at least a week old, and lock them with their hashes.

    make lock

The week gives the world time to notice a poisoned release. Five files come of it: what builds packages, what runs
Easel, what finds the subject of a photograph, what tests Easel, and what reads letters for a benchmark; each later one
is constrained by the earlier.
"""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

REQUIREMENTS = Path("requirements")
AGE = timedelta(days=7)


def lock(target: str, source: str, *options: str) -> None:
    newest = (datetime.now(UTC) - AGE).strftime("%Y-%m-%dT00:00:00Z")
    command = [sys.executable, "-m", "uv", "pip", "compile", source, "--output-file", str(REQUIREMENTS / target)]
    shape = ["--universal", "--python-version=3.11", "--generate-hashes", "--no-header", "--upgrade", "--quiet"]
    subprocess.run([*command, *shape, f"--exclude-newer={newest}", *options], check=True)


def main() -> None:
    lock("build.txt", str(REQUIREMENTS / "build.in"))
    lock("run.txt", "pyproject.toml", "--constraint", str(REQUIREMENTS / "build.txt"))
    lock("vision.txt", "pyproject.toml", "--extra=vision", "--constraint", str(REQUIREMENTS / "run.txt"))
    lock("dev.txt", "pyproject.toml", "--extra=dev", "--constraint", str(REQUIREMENTS / "vision.txt"))
    lock("bench.txt", "pyproject.toml", "--extra=bench", "--constraint", str(REQUIREMENTS / "dev.txt"))


if __name__ == "__main__":
    main()

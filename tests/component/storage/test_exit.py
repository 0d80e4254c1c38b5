"""A command that has used the store ends as commands end: no thread of the store's client is left to abort it."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

SCRIPT = """
import asyncio, sys
from pathlib import Path
from easel.domain import Image, Size
from easel.storage.folder import FolderStorage

async def main():
    storage = FolderStorage(Path(sys.argv[1]))
    await storage.put("a.png", "a.png", Image(b"x" * 1000, "image/png", Size(1, 1)))
    for _ in range(3):
        await storage.get("a.png")
        await storage.byte_size("a.png")
    [key async for key, _ in storage.listing()]

asyncio.run(main())
"""
RUNS = 12  # without the remedy about one in four aborts


@pytest.mark.proof
def test_a_process_that_used_the_store_exits_cleanly(tmp_path: Path) -> None:
    def run(number: int) -> int:
        return subprocess.run([sys.executable, "-c", SCRIPT, str(tmp_path / str(number))], check=False).returncode

    with ThreadPoolExecutor(4) as four:
        assert list(four.map(run, range(RUNS))) == [0] * RUNS

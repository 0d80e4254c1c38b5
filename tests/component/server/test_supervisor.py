"""Several processes of one command: replaced when one dies, stopped together, and none is left when all is over."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.support.waiting import block_until

Program = subprocess.Popen[str]


@contextlib.contextmanager
def supervised(folder: Path) -> Iterator[Program]:
    command = [sys.executable, "-m", "tests.support.supervised", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        try:
            yield program
        finally:
            program.kill()


def members(folder: Path) -> dict[int, int]:
    """The process ids by number."""
    return dict(tuple(map(int, path.name.split("-"))) for path in folder.glob("[0-9]*"))  # type: ignore[misc]


def is_alive(pid: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def next_line(program: Program) -> dict[str, Any]:
    assert program.stdout
    line: dict[str, Any] = json.loads(program.stdout.readline())
    return line


def test_a_killed_process_is_replaced_and_a_signal_stops_all(tmp_path: Path) -> None:
    with supervised(tmp_path) as program:
        block_until(lambda: len(members(tmp_path)) == 2)
        first, second = members(tmp_path)[1], members(tmp_path)[2]
        os.kill(second, signal.SIGKILL)
        (tmp_path / f"2-{second}").unlink()
        block_until(lambda: 2 in members(tmp_path))
        assert members(tmp_path)[1] == first
        program.terminate()
        assert program.wait(60) == 0
        assert not members(tmp_path), "each ended in its own time"


@pytest.mark.proof
def test_the_processes_end_with_a_killed_supervisor(tmp_path: Path) -> None:
    with supervised(tmp_path) as program:
        block_until(lambda: len(members(tmp_path)) == 2)
        pids = list(members(tmp_path).values())
        program.kill()
        block_until(lambda: not any(map(is_alive, pids)))
    assert not members(tmp_path)


@pytest.mark.proof
@pytest.mark.parametrize("number", [1, 2])
def test_one_that_does_not_start_stops_all(tmp_path: Path, number: int) -> None:
    (tmp_path / f"fails-{number}").touch()
    with supervised(tmp_path) as program:
        assert program.wait(60) == 1
        line = next_line(program)
        assert (line["number"], line["exit_code"]) == (number, 3)
        assert not members(tmp_path)


@pytest.mark.proof
def test_pauses_grow_while_a_replacement_does_not_start(tmp_path: Path) -> None:
    with supervised(tmp_path) as program:
        block_until(lambda: len(members(tmp_path)) == 2)
        (tmp_path / "fails-2").touch()
        second = members(tmp_path)[2]
        os.kill(second, signal.SIGKILL)
        lines = [next_line(program) for _ in range(3)]
        assert [(line["number"], line["pause"]) for line in lines] == [(2, 0.5), (2, 1.0), (2, 2.0)]
        assert is_alive(members(tmp_path)[1])
        program.send_signal(signal.SIGINT)
        assert program.wait(60) == 0, "also in a pause"

"""What every process does for itself."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.waiting import settled

from easel.db.engine import Database
from easel.kit.clock import SECOND
from easel.ops.heartbeat import EXIT_LATE, watchdog
from easel.runtime import runtime_of
from easel.runtime.postgres.runtime import (
    CONNECTIONS_OF_A_WORKER,
    CONNECTIONS_OF_AN_API,
    KEPT,
    SEEN_WITHIN,
    USABLE,
)
from easel.runtime.process import Process
from easel.testing import ManualClock

pytestmark = [pytest.mark.anyio, pytest.mark.backends("postgres")]
NOW = 1_800_000_000_000


async def test_processes_are_seen_while_they_say_so(db: Database) -> None:
    one, other, runtime = Process("worker"), Process("api"), runtime_of(db)

    async def ids(now: int) -> list[str]:
        with db.reading() as connection:
            return [process.id for process in runtime.live_processes(connection, now)]

    await runtime.record_heartbeat(one, NOW)
    await runtime.record_heartbeat(other, NOW + 1)
    assert await ids(NOW + SECOND) == [one.id, other.id]
    await runtime.record_heartbeat(one, NOW + SEEN_WITHIN)
    assert await ids(NOW + SEEN_WITHIN + SECOND) == [one.id]
    await runtime.remove_process(one)
    await db.write(runtime.delete_stale, NOW + KEPT + SECOND)
    assert await ids(NOW) == []


async def test_it_is_said_when_processes_may_need_more_connections_than_there_are(db: Database) -> None:
    runtime = runtime_of(db)
    with db.reading() as connection:
        most = connection.execute(USABLE).scalar_one()
        enough = [Process("api")] * int(most // CONNECTIONS_OF_AN_API)
        assert runtime.connections_short(connection, enough) is None
        said = runtime.connections_short(connection, [*enough, Process("server")])
    assert said
    needed = len(enough) * CONNECTIONS_OF_AN_API + CONNECTIONS_OF_A_WORKER
    assert said.startswith(f"{len(enough) + 1} processes can open {needed} connections, and PostgreSQL allows {most}: ")


def test_only_what_works_works() -> None:
    assert [Process(kind).works for kind in ("server", "worker", "api")] == [True, True, False]


async def test_a_process_that_stood_still_for_too_long_ends_itself() -> None:
    """What counts is the machine's own clock, which goes on while the process and its event loop stand still."""
    clock, ended, seconds = ManualClock(), list[float](), 0.0
    pulse = asyncio.create_task(
        watchdog(clock, beat=1, dead_after=10, seconds=lambda: seconds, end=lambda: ended.append(seconds))
    )
    await settled()
    for stood_still in (1.0, 7.5, 7.6, 1.0):
        seconds += stood_still
        clock.advance(SECOND)
        await settled()
    assert ended == [pytest.approx(16.1)]
    pulse.cancel()


@pytest.mark.serial
async def test_a_process_that_was_stopped_and_goes_on_ends_at_once(tmp_path: Path) -> None:
    imports = "import asyncio; from easel.kit.clock import Clock; from easel.ops.heartbeat import watchdog"
    program = f"{imports}; print(1, flush=True); asyncio.run(watchdog(Clock(), beat=0.05, dead_after=1.0))"
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=tmp_path)  # noqa: ASYNC220
    assert process.stdout
    process.stdout.readline()
    await asyncio.sleep(0.2)
    os.kill(process.pid, signal.SIGSTOP)
    await asyncio.sleep(1.2)
    os.kill(process.pid, signal.SIGCONT)
    assert process.wait(10) == EXIT_LATE
    process.stdout.close()

"""A real server in a process of its own, for tests that talk to Easel over HTTP.

with running_server(tmp_path) as server:
    httpx.post(f"{server.url}/v2/images/generate", headers={"X-API-Key": server.key}, json=...)
"""

import contextlib
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, PIPE

KEY = "afk_easel_testing_key_for_loopback_only"
# Tests never paint for money, whatever is set where they run.
NO_KEYS = dict.fromkeys(
    ("REPLICATE_API_TOKEN", "REPLICATE_BASE_URL", "OPENAI_API_KEY", "OPENAI_BASE_URL", "FAL_KEY"), ""
)
API = ("-m", "easel", "serve", "--no-worker")  # the command of a server that only answers
# A database of the newest schema that new data folders begin with, if it is set: migrating takes a fifth of a start.
first_database: Path | None = None
Popen: type[subprocess.Popen[str]] = subprocess.Popen  # what starts processes: another may have imported Easel already
LISTENING, AT_WORK = "Easel is listening at ", "Easel worker is running."


@dataclass
class RunningServer:
    """Where the server is, the key of its first team, and its process."""

    url: str
    key: str
    data: Path
    process: subprocess.Popen[str]

    def kill(self) -> None:
        """End the process as a power cut would."""
        self.process.kill()
        self.process.wait()

    def stop(self, timeout: float = 30) -> int:
        """Ask it to stop, as an orchestrator would; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout)


def surroundings() -> dict[str, str]:
    """The environment for a process of Easel: without keys, and without what is meant for the tests alone."""
    return {name: value for name, value in os.environ.items() if not name.startswith("EASEL_TEST_")} | NO_KEYS


def run_command(*words: str, env: Mapping[str, str], cwd: Path | None = None) -> "subprocess.CompletedProcess[str]":
    """An `easel` command with these settings, once it has ended."""
    command = [sys.executable, "-m", "easel", *words]
    environment = {**surroundings(), **env}
    with Popen(command, env=environment, cwd=cwd, stdout=PIPE, stderr=PIPE, stdin=DEVNULL, text=True) as process:
        try:
            said, complained = process.communicate(timeout=120)
        except BaseException:
            process.kill()
            raise
    return subprocess.CompletedProcess(command, process.returncode, said, complained)


@contextlib.contextmanager
def running_server(
    data: Path,
    *,
    env: Mapping[str, str] | None = None,
    command: Sequence[str] = ("-m", "easel", "serve"),
    ready: str = LISTENING,
) -> Iterator[RunningServer]:
    """Start a server on a free port with the data folder `data`; stop it afterwards.

    The line that begins with `ready` says that it is, and where.
    """
    settings = {"EASEL_DATA": str(data), "EASEL_PORT": "0", "EASEL_BOOTSTRAP_KEY": KEY}
    if first_database and not (data / first_database.name).exists() and "EASEL_DATABASE_URL" not in (env or {}):
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(first_database, data / first_database.name)
    process = Popen(
        [sys.executable, *command],
        env={**surroundings(), **settings, **(env or {})},
        stdout=PIPE,
        stderr=DEVNULL,
        text=True,
    )
    try:
        yield RunningServer(_address(process, ready), KEY, data, process)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if process.stdout:
            process.stdout.close()


def running_worker(
    data: Path, *, env: Mapping[str, str] | None = None
) -> contextlib.AbstractContextManager[RunningServer]:
    """The same with a worker, which has no address."""
    return running_server(data, env=env, command=("-m", "easel", "worker"), ready=AT_WORK)


def _address(process: "subprocess.Popen[str]", ready: str, timeout: float = 60) -> str:
    """What the server says when it listens; raises RuntimeError when it does not."""
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        for line in process.stdout or ():
            lines.put(line)
        lines.put("")

    threading.Thread(target=read, daemon=True).start()
    while line := lines.get(timeout=timeout):
        if line.startswith(ready):
            return line.removeprefix(ready).strip()
    raise RuntimeError(f"it ended with exit code {process.wait()} before it was ready")

"""A server program of somebody else as a child of this process: started, ended, and never left behind.

It ends with the thread that started it: start it from one that lives as long as it is needed.
"""

import atexit
import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
import weakref
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# Becomes the user, asks to be told when its parent dies (Linux only), and becomes the command.
_BECOME = """
import ctypes, os, sys
user, group, number, parent, *command = sys.argv[1:]
if user:
    os.setgroups([]); os.setgid(int(group)); os.setuid(int(user))
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, int(number))  # PR_SET_PDEATHSIG
    if os.getppid() != int(parent):
        sys.exit("the parent is gone")
os.execv(command[0], command)
"""
_alive: "weakref.WeakSet[subprocess.Popen[bytes]]" = weakref.WeakSet()


@dataclass(frozen=True, slots=True)
class User:
    """Whom to run as."""

    uid: int
    gid: int


def start_child(
    command: Sequence[str | Path],
    *,
    folder: Path,
    env: Mapping[str, str],
    user: User | None = None,
    last_signal: signal.Signals = signal.SIGKILL,
) -> "subprocess.Popen[bytes]":
    """Start a command in a folder, where its output is in `log`. When this process dies it gets `last_signal`."""
    who = (str(user.uid), str(user.gid)) if user else ("", "")
    become = [sys.executable, "-I", "-S", "-c", _BECOME, *who, str(int(last_signal)), str(os.getpid())]
    with (folder / "log").open("ab") as log:
        child = subprocess.Popen(
            [*become, *map(str, command)],
            cwd=folder,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    _alive.add(child)
    return child


def end_child(child: "subprocess.Popen[bytes] | None", how: signal.Signals, timeout: float = 20) -> None:
    """Send a signal and see the child end; one that is paused goes on first."""
    if child is not None and child.poll() is None:
        child.send_signal(signal.SIGCONT)
        child.send_signal(how)
        child.wait(timeout)


class ServerProgram(ABC):
    """A server of our own with data of its own, to be ended, paused and begun again at will."""

    _process: "subprocess.Popen[bytes] | None" = None

    @abstractmethod
    def start(self, timeout: float = 30) -> None:
        """Start it, and see it ready."""

    @abstractmethod
    def stop(self) -> None:
        """End it as an orchestrator would."""

    def kill(self) -> None:
        """End it as a power cut would."""
        end_child(self._process, signal.SIGKILL)

    def restart(self) -> None:
        self.stop()
        self.start()

    def pause(self) -> None:
        """Take no new connections, until `resume`. Those there go on at PostgreSQL, and stand still at the store."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)


def free_ports(count: int = 1) -> list[int]:
    """Ports that are free at this moment."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


def ports_in_a_row(count: int) -> int:
    """The first of so many ports that are free at this moment, and that no client is given by the system."""
    for first in random.sample(range(15_000, 30_000), 1_000):
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
            for port in range(first, first + count):
                stack.enter_context(socket.create_server(("127.0.0.1", port)))
            return first
    raise RuntimeError("all ports are taken")


def wait_until(
    ready: Callable[[], bool], child: "subprocess.Popen[bytes]", folder: Path, *, timeout: float = 60
) -> None:
    """Wait for a child to be ready; one that ends, or is late, is killed, and the end of its log raised."""
    end = time.monotonic() + timeout
    while not ready():
        if child.poll() is not None or time.monotonic() > end:
            end_child(child, signal.SIGKILL)
            raise RuntimeError(last_words(folder))
        time.sleep(0.05)


def is_listening(port: int) -> bool:
    """Whether a server of this machine takes connections there."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def last_words(folder: Path) -> str:
    """The end of a child's log."""
    return (folder / "log").read_text(errors="replace")[-2000:]


@atexit.register
def _end_all() -> None:
    for child in list(_alive):
        end_child(child, signal.SIGKILL)

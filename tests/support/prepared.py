"""Starts `python -m …` from a process that has imported Easel already: a start then costs a third of the processor.

Each is a process of its own, a child of this one, that is signalled, killed and waited for like any other. On systems
without subreapers (all but Linux) it is started in the usual way.
"""

import array
import atexit
import ctypes
import json
import os
import socket
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path
from typing import Any

PR_SET_CHILD_SUBREAPER = 36
OF_THIS_PROCESS = (sys.executable, "-m")
# What a server and a worker have imported once they are ready; but nothing that starts threads or opens anything.
PRELOAD = (
    *("easel.cli", "easel.cli.serve", "easel.cli.worker", "easel.app", "easel.worker", "easel.server.protocol"),
    *("uvicorn.logging", "uvicorn.lifespan.on", "uvicorn.loops.uvloop", "uvloop", "httptools", "alembic.command"),
)


_one_at_a_time = threading.Lock()


class Prepared(subprocess.Popen[Any]):
    """A `Popen` whose child is forked by the one process that has everything imported."""

    def _execute_child(self, args: Any, executable: Any, *more: Any) -> None:
        words = [os.fspath(word) for word in args]
        if sys.platform != "linux" or tuple(words[:2]) != OF_THIS_PROCESS:
            super()._execute_child(args, executable, *more)  # type: ignore[misc]
            return
        cwd, env = more[3:5]
        reads, _, _, writes, _, errors = more[8:14]
        fds = [reads if reads != -1 else 0, writes if writes != -1 else 1, errors if errors != -1 else 2]
        order = {"words": words[2:], "cwd": os.fspath(cwd or Path.cwd()), "env": dict(env or os.environ)}
        self.pid = _forked(order, fds)
        self._child_created = True
        self._close_pipe_fds(*more[8:14])  # type: ignore[attr-defined]


def _forked(order: dict[str, Any], fds: list[int]) -> int:
    """The id of a new process; it becomes a child of this one, since its parent ends at once."""
    data = json.dumps(order).encode()
    with _one_at_a_time:
        connection = _nursery()
        set_subreaper(True)
        try:
            connection.sendall(len(data).to_bytes(4, "big"))
            connection.sendmsg([data[:1]], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", fds))])
            connection.sendall(data[1:])
            return int.from_bytes(connection.recv(4, socket.MSG_WAITALL), "big")
        finally:
            set_subreaper(False)


@cache
def _nursery() -> socket.socket:
    """The connection to the process that forks; it ends with this one."""
    ours, theirs = socket.socketpair()
    program = f"from {__name__} import serve; serve({theirs.fileno()})"
    process = subprocess.Popen([sys.executable, "-c", program], pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
    theirs.close()

    @atexit.register
    def end() -> None:
        ours.close()
        process.wait()

    return ours


def set_subreaper(on: bool) -> None:
    """Whether the children of children that end become children of this process."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, int(on), 0, 0, 0)


def serve(number: int) -> None:
    """Fork for each order that comes; return in the forked process once its module has been run."""
    import gc
    import importlib
    import runpy

    for name in PRELOAD:
        importlib.import_module(name)
    gc.freeze()
    connection = socket.socket(fileno=number)
    while length := connection.recv(4, socket.MSG_WAITALL):
        size = int.from_bytes(length, "big")
        first, given, _, _ = connection.recvmsg(1, socket.CMSG_SPACE(3 * 4))
        fds = array.array("i", given[0][2])
        data = first + (connection.recv(size - 1, socket.MSG_WAITALL) if size > 1 else b"")
        receiver, sender = os.pipe()
        if between := os.fork():
            os.close(sender)
            for fd in fds:
                os.close(fd)
            os.waitpid(between, 0)  # now the new process is the child of the one that asked
            connection.sendall(os.read(receiver, 4))
            os.close(receiver)
            continue
        if child := os.fork():
            os.write(sender, child.to_bytes(4, "big"))
            os._exit(0)
        connection.detach()
        for fd in (number, receiver, sender):
            os.close(fd)
        for standard, fd in enumerate(fds):
            os.dup2(fd, standard)
        for fd in fds:
            if fd > 2:
                os.close(fd)
        order = json.loads(data)
        os.environ.clear()
        os.environ.update(order["env"])
        os.chdir(order["cwd"])
        sys.argv = order["words"]
        runpy.run_module(order["words"][0], run_name="__main__", alter_sys=True)
        return

"""Several processes of one server on one machine: starts them, restarts those that end, and stops them together.

Knows processes, signals and the sockets they share; nothing of what they do. Each is a new interpreter: a fork would
copy the locks of libraries without the threads that hold them.
"""

import asyncio
import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from socket import socket

import structlog

PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)  # seconds before a process is started again; the last one repeats
STEADY = 60.0  # seconds after which a process that ends is no longer a repeated failure
TOLD = (0, -signal.SIGTERM, -signal.SIGINT)  # exit codes of processes that were told to stop

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Member:
    """One of the processes: its number from 1, whether it replaces another, and where it says that it is ready."""

    number: int
    replaces: bool
    channel: Connection

    def ready(self) -> None:
        with contextlib.suppress(OSError):  # the supervisor has died
            self.channel.send(None)


Work = Callable[[Member], None]  # what a process does until SIGTERM; it is pickled


def supervise(work: Work, count: int, sockets: Sequence[socket] = ()) -> int:
    """Run `count` processes until a signal stops them all; returns the exit code. `sockets` are closed at the stop.

    The first one starts alone, so that it does what is done once. One that ends before it was ready stops all: its
    replacement would not fare better. One that ends later is replaced, after a pause that grows.
    """
    return asyncio.run(_Supervisor(work, sockets).run(count))


def when_supervisor_dies(act: Callable[[], None]) -> None:
    """Call `act` on the running event loop once the supervisor of this process has died, also by kill -9."""
    supervisor, loop = multiprocessing.parent_process(), asyncio.get_running_loop()
    if supervisor is None:
        return
    sentinel = supervisor.sentinel

    def died() -> None:
        loop.remove_reader(sentinel)
        act()

    loop.add_reader(sentinel, died)


class _Supervisor:
    def __init__(self, work: Work, sockets: Sequence[socket]) -> None:
        self._work, self._sockets = work, sockets
        self._context = multiprocessing.get_context("spawn")
        self._stopping = asyncio.Event()
        self._running: dict[int, SpawnProcess] = {}
        self._code = 0

    async def run(self, count: int) -> int:
        for sign in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(sign, self._stop, sign)
        first = asyncio.Event()
        tasks = [asyncio.create_task(self._keep(1, first))]
        await first.wait()
        if not self._stopping.is_set():
            tasks += [asyncio.create_task(self._keep(number)) for number in range(2, count + 1)]
        await asyncio.gather(*tasks)
        return self._code

    async def _keep(self, number: int, begun: asyncio.Event | None = None) -> None:
        """Keep one process running until the stop. `begun`: it was ready for the first time, or never will be."""
        failures, replaces = 0, False
        while not self._stopping.is_set():
            started = time.monotonic()
            process, channel = self._start(number, replaces=replaces)
            was_ready = await _has_said(channel)
            if was_ready and begun:
                begun.set()
            code = await self._end_of(number, process)
            if self._stopping.is_set():
                self._code = self._code or (0 if code in TOLD else 1)
            elif was_ready or replaces:
                failures = 1 if time.monotonic() - started >= STEADY else failures + 1
                pause = PAUSES[min(failures, len(PAUSES)) - 1]
                log.error("a process ended; starting another", number=number, exit_code=code, pause=pause)
                replaces = True
                await self._sleep(pause)
            else:
                log.critical("a process ended before it was ready; stopping all", number=number, exit_code=code)
                self._code = 1
                self._stop(signal.SIGTERM)
        if begun:
            begun.set()

    def _start(self, number: int, *, replaces: bool) -> tuple[SpawnProcess, Connection]:
        ours, theirs = self._context.Pipe(duplex=False)
        process = self._context.Process(target=self._work, args=(Member(number, replaces, theirs),))
        with theirs, _interrupts_ignored():
            process.start()
        self._running[number] = process
        log.info("process started", number=number, pid=process.pid)
        return process, ours

    async def _end_of(self, number: int, process: SpawnProcess) -> int:
        await _readable(process.sentinel)
        process.join()
        del self._running[number]
        return process.exitcode or 0

    async def _sleep(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    def _stop(self, sign: int) -> None:
        """A second Ctrl+C is passed on as it is: the processes end at once."""
        forward = sign if self._stopping.is_set() else signal.SIGTERM
        self._stopping.set()
        for listening in self._sockets:
            listening.close()  # the processes have their own; the last one closes the port
        for process in self._running.values():
            if process.pid is not None and process.is_alive():
                os.kill(process.pid, forward)


async def _has_said(channel: Connection) -> bool:
    """Whether the process says that it is ready; False once it has ended without."""
    with channel:
        await _readable(channel.fileno())
        try:
            channel.recv()
        except (EOFError, OSError):
            return False
        return True


async def _readable(descriptor: int) -> None:
    loop = asyncio.get_running_loop()
    found = loop.create_future()

    def note() -> None:
        loop.remove_reader(descriptor)
        found.set_result(None)

    loop.add_reader(descriptor, note)
    await found


@contextlib.contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """What is started here ignores SIGINT until it has a handler: Ctrl+C reaches it also through the supervisor."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)

"""Resolves untrusted host names on separate threads, with a limit per requester.

A name server that never responds blocks one thread of its requester's share and nothing else: neither other look-ups
nor those of providers, which use the event loop's own threads.
"""

import asyncio
import contextlib
import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

from easel.kit.clock import Clock
from easel.kit.slots import Full, Slots

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Lookup = Callable[[str, int], Sequence[Any]]


class LookupFailed(Exception):
    """Why a name has no address, for people. `again` when it may have one later."""

    def __init__(self, sentence: str, *, again: bool = False) -> None:
        super().__init__(sentence)
        self.again = again


class Resolver:
    """At most `most` concurrent look-ups, `each` per requester, with a timeout of `seconds`.

    A look-up keeps its slot until its thread ends, even when nobody waits for it: a thread inside the system's resolver
    cannot be stopped. `lookup` replaces the system's in tests.
    """

    def __init__(self, *, most: int = 16, each: int = 4, seconds: float = 3.0, lookup: Lookup | None = None) -> None:
        self._slots = Slots(most, each=each)
        self._seconds = seconds
        self._lookup = lookup or _system_lookup
        self._under_way: set[asyncio.Task[Sequence[IpAddress]]] = set()

    async def addresses(
        self, host: str, port: int, *, who: str = "", deadline: asyncio.Timeout | None = None
    ) -> Sequence[IpAddress]:
        """The addresses of a host, at least one; raises LookupFailed.

        With a `deadline`, a look-up queues as long as necessary, and the deadline is extended by that time. Without one
        it queues no longer than the timeout.
        """
        begun: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._in_turn(host, port, who, begun), name=f"look-up of {host[:80]}")
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        try:
            await self._wait_for_turn(task, begun, deadline)
        finally:
            if not begun.done():
                task.cancel()
        await asyncio.wait({task}, timeout=self._seconds)
        if not task.done():
            raise LookupFailed(f"the look-up of the host {host} timed out after {self._seconds:g} s", again=True)
        return task.result()

    async def close(self) -> None:
        """Stop waiting. Threads inside a look-up end by themselves."""
        for task in self._under_way:
            task.cancel()

    async def _wait_for_turn(
        self, task: asyncio.Task[Any], begun: asyncio.Future[None], deadline: asyncio.Timeout | None
    ) -> None:
        await asyncio.sleep(0)
        if begun.done():
            return
        with Clock().paused(deadline) if deadline else contextlib.nullcontext():
            timeout = None if deadline else self._seconds
            await asyncio.wait({task, begun}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        if not begun.done():
            raise LookupFailed("too many names are being looked up", again=True)

    async def _in_turn(self, host: str, port: int, who: str, begun: asyncio.Future[None]) -> Sequence[IpAddress]:
        try:
            async with self._slots.wait(who):
                if not begun.done():
                    begun.set_result(None)
                return await self._on_a_thread(host, port)
        except Full as error:
            raise LookupFailed("too many names are being looked up", again=True) from error

    async def _on_a_thread(self, host: str, port: int) -> Sequence[IpAddress]:
        result: Future[Sequence[IpAddress]] = Future()

        def look() -> None:
            if not result.set_running_or_notify_cancel():
                return
            try:
                result.set_result([ipaddress.ip_address(entry[4][0]) for entry in self._lookup(host, port)])
            except Exception as error:  # noqa: BLE001 - whatever it is, the waiter must be released
                passing = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
                result.set_exception(LookupFailed(f"the host {host} cannot be found", again=passing))

        # Not a pool: a process waits for a pool's threads when it exits, and these may be stuck.
        try:
            threading.Thread(target=look, name="look-up", daemon=True).start()
        except RuntimeError as error:
            raise LookupFailed("no thread is available for the look-up", again=True) from error
        addresses = await asyncio.wrap_future(result)
        if not addresses:
            raise LookupFailed(f"the host {host} cannot be found")
        return addresses

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # mark the exception as retrieved, even if nobody waits any more


def _system_lookup(host: str, port: int) -> Sequence[Any]:
    return socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM, 0, 0)

"""Names that strangers gave are looked up on threads of their own, a few for each who asks.

A name server that never answers holds a thread of its asker's share and nothing else: neither the look-ups of others
nor those of providers, which use the event loop's own.
"""

import asyncio
import contextlib
import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence
from typing import Any

from easel.kit.slots import Full, Slots

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Lookup = Callable[[str, int], Sequence[Any]]
Found = asyncio.Future[Sequence[IpAddress]]


class LookupFailed(Exception):
    """Says, for a person, why a name has no address. `again` when it may have one later."""

    def __init__(self, sentence: str, *, again: bool = False) -> None:
        super().__init__(sentence)
        self.again = again


class Resolver:
    """At most `most` look-ups at once, `each` of them for one asker; an answer has `seconds` to come.

    A look-up keeps its place until its thread ends, whether or not somebody still waits for it: a thread that waits for
    the system's resolver cannot be stopped. `lookup` stands in for the system's.
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

        With a `deadline`, a look-up waits for its turn as long as it must, and the deadline moves by that time. Without
        one it waits no longer than for an answer.
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
            raise LookupFailed(f"the host {host} could not be looked up in {self._seconds:g} s", again=True)
        return task.result()

    async def close(self) -> None:
        """Wait for nothing more. Threads that still look something up end by themselves."""
        for task in self._under_way:
            task.cancel()

    async def _wait_for_turn(
        self, task: asyncio.Task[Any], begun: asyncio.Future[None], deadline: asyncio.Timeout | None
    ) -> None:
        await asyncio.sleep(0)
        if begun.done():
            return
        now = asyncio.get_running_loop().time
        when = deadline.when() if deadline else None
        left = when - now() if when else None
        if deadline and left is not None:
            deadline.reschedule(None)
        await asyncio.wait({task, begun}, timeout=None if deadline else self._seconds, return_when="FIRST_COMPLETED")
        if deadline and left is not None:
            deadline.reschedule(now() + left)
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
        loop = asyncio.get_running_loop()
        found: Found = loop.create_future()

        def tell(addresses: Sequence[IpAddress], error: Exception | None) -> None:
            if found.done():
                return
            if error:
                found.set_exception(error)
            else:
                found.set_result(addresses)

        def look() -> None:
            addresses: Sequence[IpAddress] = ()
            fault: Exception | None = None
            try:
                addresses = [ipaddress.ip_address(entry[4][0]) for entry in self._lookup(host, port)]
            except Exception as error:  # noqa: BLE001 - whatever it is, nobody may wait for it for ever
                passing = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
                fault = LookupFailed(f"the host {host} cannot be found", again=passing)
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(tell, addresses, fault)

        # No pool: an interpreter that exits waits for the threads of a pool, and these may be stuck.
        try:
            threading.Thread(target=look, name="look-up", daemon=True).start()
        except RuntimeError as error:
            raise LookupFailed("no thread is free to look a name up", again=True) from error
        addresses = await found
        if not addresses:
            raise LookupFailed(f"the host {host} cannot be found")
        return addresses

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # seen, also when nobody waits for it any more


def _system_lookup(host: str, port: int) -> Sequence[Any]:
    return socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM, 0, 0)

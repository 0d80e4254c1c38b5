"""The open connections of one server: their maximum number, and which ones are closed for being too slow.

When the server is full, a new connection replaces the one that has waited longest without a complete request; if there
is none, the oldest request without an API key. So idle connections keep nobody out.
"""

import asyncio
import ipaddress
import math
from collections import Counter
from typing import Protocol

import structlog

from easel.server.limits import ConnectionSettings, open_descriptors, reserve_of

log = structlog.get_logger()

LEAST_OFTEN = 1.0  # seconds between two checks of all connections
IGNORED_PER_SECOND = 32_000_000  # bytes of ignored bodies, over all connections


class Connection(Protocol):
    """The state of a connection."""

    address: str | None

    @property
    def is_known(self) -> bool:
        """Whether its request has shown an API key."""
        ...

    def abort(self) -> None: ...

    def head_is_late(self) -> None: ...

    def look(self, now: float) -> None: ...


class Connections:
    """Counts connections and closes slow ones.

    `limit` is the number of file descriptors this process may open.
    """

    def __init__(self, settings: ConnectionSettings, limit: int) -> None:
        self.settings = settings
        self._limit, self._reserve = limit, reserve_of(limit)
        self._others = open_descriptors() or 0
        self._open: set[Connection] = set()
        self._of_address: Counter[str] = Counter()
        self._waiting: dict[Connection, float] = {}  # until when a head must be complete; who waits longest is first
        self._asking: dict[Connection, None] = {}  # with a running request, oldest first; some have a key
        self._timer: asyncio.TimerHandle | None = None
        self._due = self._behind = 0.0  # when the timer is due, and the seconds by which it has been late
        self._refusing = False
        self._ignored_until = 0.0  # end of the time that corresponds to the ignored bytes

    @property
    def backlog(self) -> int:
        """How many connections may wait to be accepted. All may be accepted at once before one of them is counted, so
        they must fit into the reserve."""
        return max(8, self._reserve // 2)

    @property
    def most(self) -> int:
        """How many may be open now."""
        return max(1, min(self.settings.max_connections, self._limit - self._reserve - self._others))

    def enter(self, connection: Connection) -> bool:
        """Count a new connection; False if the server is full."""
        limited = _limited(connection.address)
        if limited and self._of_address[limited] >= self.settings.max_connections_per_address:
            return False
        while len(self._open) >= self.most:
            oldest = next(iter(self._waiting), None) or self._oldest_unknown()
            if oldest is None:
                self._say_full()
                return False
            self.leave(oldest)
            oldest.abort()
        if limited:
            self._of_address[limited] += 1
        self._open.add(connection)
        self.wait(connection)
        self._arm()
        return True

    def leave(self, connection: Connection) -> None:
        """The connection is closed. May be called twice."""
        if connection not in self._open:
            return
        self._open.discard(connection)
        self._waiting.pop(connection, None)
        self._asking.pop(connection, None)
        if limited := _limited(connection.address):
            self._of_address[limited] -= 1
            if not self._of_address[limited]:
                del self._of_address[limited]

    def wait(self, connection: Connection, *, idle: bool = False) -> None:
        """Start waiting for a request's head; of an `idle` connection none has begun, and uvicorn closes it in time."""
        self._waiting.pop(connection, None)
        self._asking.pop(connection, None)
        if connection in self._open:
            seconds = math.inf if idle else self.settings.head_seconds
            self._waiting[connection] = self._now() + seconds

    def arrived(self, connection: Connection) -> None:
        """The head is complete."""
        self._waiting.pop(connection, None)
        if connection in self._open:
            self._asking.setdefault(connection)

    def pause_after(self, ignored: int) -> float:
        """Seconds to wait after this many ignored bytes, so that ignoring does not slow down other reads."""
        now = asyncio.get_running_loop().time()
        self._ignored_until = max(now, self._ignored_until) + ignored / IGNORED_PER_SECOND
        return self._ignored_until - now

    def _oldest_unknown(self) -> Connection | None:
        for connection in list(self._asking):
            if not connection.is_known:
                return connection
            del self._asking[connection]  # the key counts for the whole request
        return None

    def _now(self) -> float:
        """Seconds in which this process could read: a client is not slow because a busy machine does not."""
        return asyncio.get_running_loop().time() - self._behind

    def _arm(self) -> None:
        if self._timer is None and self._open:
            loop = asyncio.get_running_loop()
            self._due = loop.time() + min(LEAST_OFTEN, self.settings.head_seconds / 4, self.settings.reader_seconds / 4)
            self._timer = loop.call_at(self._due, self._look)

    def _look(self) -> None:
        self._timer = None
        self._behind += max(0.0, asyncio.get_running_loop().time() - self._due)
        now = self._now()
        for connection, until in list(self._waiting.items()):
            if now >= until:
                self._waiting.pop(connection)
                connection.head_is_late()
        for connection in list(self._open):
            connection.look(now)
        descriptors = open_descriptors()
        if descriptors is not None:
            self._others = max(0, descriptors - len(self._open))
        if len(self._open) < self.most:
            self._refusing = False
        self._arm()

    def _say_full(self) -> None:
        """Log it once per period: a line for each refused connection would fill the log."""
        if not self._refusing:
            self._refusing = True
            log.warning("new connections are refused", open=len(self._open), most=self.most)


def _limited(address: str | None) -> str | None:
    """The address whose share is counted; None for one that may be a proxy."""
    if address is None:
        return None
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            parsed = parsed.ipv4_mapped
        elif parsed.is_global:  # whoever has one IPv6 address has a whole /64 network
            return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed) if parsed.is_global else None

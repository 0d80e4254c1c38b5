"""A notifier that is heard in every process of a fleet: PostgreSQL's NOTIFY carries it.

A notification can get lost; all who wait look again by themselves.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import psycopg
import structlog

from easel.kit.clock import Clock
from easel.kit.tasks import end_tasks
from easel.runtime.embedded.notifier import Notifier, Subscription
from easel.runtime.postgres.database import PostgresDatabase, plain_address

CHANNEL = "easel"
AGAIN = 2.0
MOST = 100  # names in one message, which holds 8,000 bytes

Part = Callable[["psycopg.AsyncConnection[tuple[object, ...]]"], Awaitable[None]]

log = structlog.get_logger()


class PostgresNotifier(Notifier):
    """Rings here at once, and elsewhere as soon as the database has passed it on."""

    def __init__(self, db: PostgresDatabase, clock: Clock) -> None:
        super().__init__(clock)
        self._address = plain_address(db.address)
        self._outbox: asyncio.Queue[str] = asyncio.Queue(10_000)
        self._publisher: int | None = None  # the database's process behind our publishing connection
        self._tasks: list[asyncio.Task[None]] = []

    def notify(self, name: str, seen: object = None, *, by: Subscription | None = None) -> None:
        super().notify(name, seen, by=by)
        with contextlib.suppress(asyncio.QueueFull):
            self._outbox.put_nowait(name)

    async def start(self) -> None:
        self._tasks = [
            asyncio.create_task(self._for_ever(self._listen), name="notifier: listen"),
            asyncio.create_task(self._for_ever(self._publish), name="notifier: publish"),
        ]

    async def stop(self) -> None:
        await end_tasks(*self._tasks)

    async def _for_ever(self, part: Part) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self._address, autocommit=True) as connection:
                    await part(connection)
            except (psycopg.Error, OSError) as error:
                log.warning("notification listener lost its database connection; reconnecting", error=str(error))
                await asyncio.sleep(AGAIN)

    async def _listen(self, connection: "psycopg.AsyncConnection[tuple[object, ...]]") -> None:
        await connection.execute(f"LISTEN {CHANNEL}")
        async for notice in connection.notifies():
            if notice.pid == self._publisher:
                continue  # it rang here when it was said
            for name in notice.payload.split("\n"):
                super().notify(name)

    async def _publish(self, connection: "psycopg.AsyncConnection[tuple[object, ...]]") -> None:
        self._publisher = connection.info.backend_pid
        while True:
            names = {await self._outbox.get()}
            while not self._outbox.empty() and len(names) < MOST:
                names.add(self._outbox.get_nowait())
            await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, "\n".join(sorted(names))))

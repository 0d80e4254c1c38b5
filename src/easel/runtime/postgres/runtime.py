"""What processes that share a PostgreSQL database work with; libraries are imported where they are used."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from easel.accounts.ratelimit import Counter, SharedCounter
from easel.db.clock import DatabaseClock, host_ahead
from easel.kit.clock import Clock
from easel.runtime import process as processes
from easel.runtime.base import JobQueue
from easel.runtime.embedded.limiter import ProviderLimiter
from easel.runtime.embedded.notifier import Notifier
from easel.runtime.postgres import queue_state
from easel.runtime.postgres.database import PostgresDatabase
from easel.runtime.process import Process


class PostgresRuntime:
    """`Runtime` for processes that share a database. Libraries are imported only by the process that needs them."""

    shared = True

    def __init__(self, db: PostgresDatabase) -> None:
        self._db = db

    def clock(self) -> Clock:
        return DatabaseClock(self._db)

    def notifier(self) -> Notifier:
        from easel.runtime.postgres.notifier import PostgresNotifier

        return PostgresNotifier(self._db)

    def queue(self, *, at_once: int, works: bool) -> JobQueue:
        from easel.runtime.postgres.queue import PostgresQueue

        return PostgresQueue(self._db, at_once=at_once, works=works)

    def limiter(
        self, provider: str, images_per_minute: float | None, *, notifier: Notifier, clock: Clock, process: Process
    ) -> ProviderLimiter:
        from easel.runtime.postgres.limiter import PostgresLimiter

        return PostgresLimiter(
            provider, images_per_minute, db=self._db, notifier=notifier, clock=clock, process_id=process.id
        )

    def counter(self) -> Counter:
        return SharedCounter(self._db)

    async def record_heartbeat(self, process: Process, now: int) -> None:
        async with self._db.write() as tx:
            await processes.record_heartbeat(tx, process, now)

    async def remove_process(self, process: Process) -> None:
        async with self._db.write() as tx:
            await processes.remove_process(tx, process)

    async def live_processes(self, connection: AsyncConnection, now: int) -> Sequence[Process]:
        return await processes.live_processes(connection, now)

    async def promised(self, connection: AsyncConnection, job_ids: Sequence[str]) -> set[str]:
        return await queue_state.promised(connection, job_ids)

    async def jobs_of_dead_workers(self, connection: AsyncConnection) -> Sequence[str]:
        return await queue_state.jobs_of_dead_workers(connection)

    async def versions(self, connection: AsyncConnection) -> Sequence[str]:
        server = (await connection.execute(text("SHOW server_version"))).scalar_one()
        return [f"PostgreSQL {server}", f"queue: {await queue_state.queue_version(connection)}"]

    async def host_ahead(self) -> int | None:
        return await host_ahead(self._db)

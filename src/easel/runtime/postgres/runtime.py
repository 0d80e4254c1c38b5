"""What processes that share a PostgreSQL database work with; libraries are imported where they are used."""

from collections.abc import Sequence
from importlib.metadata import version

from sqlalchemy import Connection, delete, select, text
from sqlalchemy.dialects.postgresql import insert

from easel.accounts.ratelimit import Counter, SharedCounter
from easel.db.clock import DatabaseClock, host_ahead
from easel.db.engine import Transaction
from easel.db.fleet_tables import processes
from easel.kit.clock import MINUTE, SECOND, Clock
from easel.runtime.base import JobQueue
from easel.runtime.embedded.limiter import ProviderLimiter
from easel.runtime.embedded.notifier import Notifier
from easel.runtime.postgres.database import CONNECTIONS, KNOWN_JOBS, PostgresDatabase, has_queue
from easel.runtime.postgres.fair_queue import delete_stale_entries
from easel.runtime.process import DEAD_AFTER, Process

# The pool of requests and its overflow, and the notifier's two; of a worker also the queue's pool and its listener.
CONNECTIONS_OF_AN_API = 2 * CONNECTIONS + 2
CONNECTIONS_OF_A_WORKER = CONNECTIONS_OF_AN_API + 4 + 1
SPARE = 13  # for commands, administration, and what PostgreSQL reserves for its superuser
USABLE = text(
    "SELECT sum(CASE name WHEN 'max_connections' THEN setting::int ELSE -setting::int END) FROM pg_settings "
    "WHERE name IN ('max_connections', 'superuser_reserved_connections', 'reserved_connections')"
)
SEEN_WITHIN, KEPT = 30 * SECOND, 10 * MINUTE
# Twice the limit: the living have had the time to notice.
STALLED = text(
    "SELECT job.args->>'job_id' FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker "
    "ON worker.id = job.worker_id WHERE job.queue_name = 'jobs' AND job.status = 'doing' "
    "AND coalesce(worker.last_heartbeat, '-infinity') < now() - make_interval(secs => :limit)"
)


class PostgresRuntime:
    """`Runtime` for processes that share a database. Libraries are imported only by the process that needs them."""

    shared = True

    def __init__(self, db: PostgresDatabase) -> None:
        self._db = db

    def clock(self) -> Clock:
        return DatabaseClock(self._db)

    def notifier(self, clock: Clock) -> Notifier:
        from easel.runtime.postgres.notifier import PostgresNotifier

        return PostgresNotifier(self._db, clock)

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
        values = {"id": process.id, "name": process.name, "kind": process.kind, "version": process.version}
        row = insert(processes).values(**values, started_at=now, seen_at=now)
        seen = row.on_conflict_do_update(index_elements=["id"], set_={"seen_at": now})
        await self._db.write(Transaction.execute, seen)

    async def remove_process(self, process: Process) -> None:
        await self._db.write(Transaction.execute, delete(processes).where(processes.c.id == process.id))

    def delete_stale(self, tx: Transaction, now: int) -> None:
        tx.execute(delete(processes).where(processes.c.seen_at < now - KEPT))
        delete_stale_entries(tx, now)

    def live_processes(self, connection: Connection, now: int) -> Sequence[Process]:
        query = select(processes).where(processes.c.seen_at > now - SEEN_WITHIN).order_by(processes.c.started_at)
        return [Process(row.kind, row.id, row.name, row.version) for row in connection.execute(query)]

    def connections_short(self, connection: Connection, processes: Sequence[Process]) -> str | None:
        most = int(connection.execute(USABLE).scalar_one())
        needed = sum(CONNECTIONS_OF_A_WORKER if one.works else CONNECTIONS_OF_AN_API for one in processes)
        if needed <= most:
            return None
        return (
            f"{len(processes)} processes can open {needed} connections, and PostgreSQL allows {most}: "
            f"set its max_connections to {needed + SPARE} or more, or start fewer processes."
        )

    def promised(self, connection: Connection, job_ids: Sequence[str]) -> set[str]:
        if not has_queue(connection):
            return set()
        return set(connection.execute(KNOWN_JOBS, {"ids": list(job_ids)}).scalars())

    def jobs_of_dead_workers(self, connection: Connection) -> Sequence[str]:
        if not has_queue(connection):
            return []
        return list(connection.execute(STALLED, {"limit": 2 * DEAD_AFTER}).scalars())

    def versions(self, connection: Connection) -> Sequence[str]:
        server = connection.execute(text("SHOW server_version")).scalar_one()
        queue = f"Procrastinate {version('procrastinate')}" if has_queue(connection) else "not made yet"
        return [f"PostgreSQL {server}", f"queue: {queue}"]

    async def host_ahead(self) -> int | None:
        return await host_ahead(self._db)

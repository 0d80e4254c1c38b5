"""One process on SQLite: what others would have to know stays in memory."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from easel.accounts.ratelimit import Counter, OwnCounter
from easel.db.engine import Database, Transaction
from easel.kit.clock import Clock
from easel.runtime.embedded.limiter import ProviderLimiter
from easel.runtime.embedded.notifier import Notifier
from easel.runtime.embedded.queue import EmbeddedQueue
from easel.runtime.process import Process


class EmbeddedRuntime:
    """`Runtime` for one process."""

    shared = False

    def __init__(self, db: Database) -> None:
        self._db = db

    def clock(self) -> Clock:
        return Clock()

    def notifier(self, clock: Clock) -> Notifier:
        return Notifier(clock)

    def queue(self, *, at_once: int, works: bool) -> EmbeddedQueue:
        return EmbeddedQueue(self._db)

    def limiter(
        self, provider: str, images_per_minute: float | None, *, notifier: Notifier, clock: Clock, process: Process
    ) -> ProviderLimiter:
        return ProviderLimiter(images_per_minute, clock)

    def counter(self) -> Counter:
        return OwnCounter()

    async def record_heartbeat(self, process: Process, now: int) -> None:
        return

    async def remove_process(self, process: Process) -> None:
        return

    def delete_stale(self, tx: Transaction, now: int) -> None:
        return

    def live_processes(self, connection: Connection, now: int) -> Sequence[Process]:
        return ()

    def connections_short(self, connection: Connection, processes: Sequence[Process]) -> str | None:
        return None

    def promised(self, connection: Connection, job_ids: Sequence[str]) -> set[str]:
        return set(job_ids)  # the rows themselves are the promise

    def jobs_of_dead_workers(self, connection: Connection) -> Sequence[str]:
        return ()

    def versions(self, connection: Connection) -> Sequence[str]:
        return [f"SQLite {connection.execute(text('SELECT sqlite_version()')).scalar_one()}"]

    async def host_ahead(self) -> int | None:
        return None

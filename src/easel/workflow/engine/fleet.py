"""The engine of a fleet: Procrastinate's queue in PostgreSQL, shared by every process. The only file that knows it.

A job is promised on the transaction's own connection. Workers send a heartbeat; what a dead one was running is handed
to the others. Two runs of one job never overlap while both are alive: its id is their lock.
"""

import asyncio
import contextvars
from collections.abc import Iterable, Sequence
from typing import Any

import procrastinate
import psycopg
import structlog
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from sqlalchemy import text

from easel.db.engine import Transaction
from easel.db.postgres import PostgresDatabase, plain_address, raw
from easel.kit.tasks import end_tasks
from easel.workflow.engine import PAUSES, Road
from easel.workflow.engine.again import run_until_done
from easel.workflow.engine.queue import DEAD_AFTER, HEARTBEAT, KNOWN

AGAIN = 0.5
# With its own defaults the pool is still waiting for a database that has been back for minutes.
_POOL: dict[str, Any] = {"min_size": 1, "max_size": 4, "timeout": 3, "reconnect_timeout": 2}
TASK, QUEUE = "paint", "jobs"

log = structlog.get_logger()


class HandedBack(Exception):
    """This worker is stopping: the job is for another."""


class _Queue(JobManager):
    """The queue as one worker sees it. A worker that drains finds it empty, and goes on giving signs of life."""

    draining = False

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        return None if self.draining else await super().fetch_job(queues, worker_id)


class FleetEngine:
    """`Engine` for many processes on one PostgreSQL. One that does not `work` only makes promises."""

    def __init__(
        self,
        db: PostgresDatabase,
        *,
        at_once: int,
        works: bool = True,
        heartbeat: float = HEARTBEAT,
        dead_after: float = DEAD_AFTER,
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:
        self._db, self._at_once, self._works = db, at_once, works
        self._heartbeat, self._dead_after, self._pauses = heartbeat, dead_after, pauses
        self._app = procrastinate.App(
            connector=procrastinate.PsycopgConnector(conninfo=plain_address(db.address), **_POOL)
        )
        self._queue = self._app.job_manager = _Queue(self._app.connector)
        self._task = self._app.task(name=TASK, queue=QUEUE, retry=_again_at_once())(self._run)
        self._road: Road | None = None
        self._running: dict[str, asyncio.Task[Any]] = {}
        self._hands: list[asyncio.Task[None]] = []

    async def prepare(self) -> None:
        """Make the queue's tables, if this database has none yet. Called while nobody else migrates."""
        async with self._db.alone("queue"), self._db.read() as connection:
            there = await connection.scalar(text("SELECT to_regclass('procrastinate_jobs')"))
            if there is None:
                async with self._app.open_async():
                    await self._app.schema_manager.apply_schema_async()

    async def enqueue(self, tx: Transaction, job_id: str) -> None:
        await self._task.configure(connection=await raw(tx), lock=job_id).defer_async(job_id=job_id)

    async def enqueue_forgotten(self, tx: Transaction, job_ids: Sequence[str]) -> None:
        known = set((await tx.connection.execute(KNOWN, {"ids": list(job_ids)})).scalars())
        for job_id in job_ids:
            if job_id not in known:
                await self.enqueue(tx, job_id)

    def let_go(self, job_id: str) -> None:
        if task := self._running.get(job_id):
            task.cancel()

    async def start(self, road: Road) -> None:
        self._road, self._queue.draining = road, False
        if self._works:
            self._hands = [asyncio.create_task(self._work_for_ever(), name="worker")]

    async def stop(self, drain_seconds: float) -> None:
        self._road, self._queue.draining = None, True
        if self._running:
            await asyncio.wait(list(self._running.values()), timeout=drain_seconds)
        await end_tasks(*self._hands)

    @property
    def running(self) -> bool:
        return self._road is not None

    async def _work_for_ever(self) -> None:
        """A worker, and another with new connections whenever the database was away: none comes back by itself."""
        while True:
            try:
                async with self._app.open_async():
                    rescue = asyncio.create_task(self._rescue_for_ever(), name="rescue")
                    try:
                        await self._work()
                    finally:
                        await end_tasks(rescue)
            except (ConnectorException, psycopg.Error, OSError) as error:
                log.warning("the worker lost the database; it will begin again", error=repr(error))
            await asyncio.sleep(AGAIN)

    async def _work(self) -> None:
        await self._app.run_worker_async(
            queues=[QUEUE],
            concurrency=self._at_once,
            install_signal_handlers=False,
            update_heartbeat_interval=self._heartbeat,
            stalled_worker_timeout=self._dead_after,
            fetch_job_polling_interval=self._heartbeat,
            shutdown_graceful_timeout=0.1,
            delete_jobs="always",
        )

    async def _rescue_for_ever(self) -> None:
        """Hand on what dead workers were running."""
        while True:
            await asyncio.sleep(self._heartbeat)
            try:
                for job in await self._queue.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=self._dead_after):
                    log.warning("a worker died; its job goes on elsewhere", job_id=job.task_kwargs.get("job_id"))
                    await self._queue.retry_job(job)
            except (ConnectorException, psycopg.Error, OSError) as error:
                log.warning("looking for dead workers failed; again soon", error=repr(error))

    async def _run(self, job_id: str) -> None:
        road = self._road
        if road is None:
            raise HandedBack
        context = contextvars.copy_context()
        task = asyncio.create_task(run_until_done(road, job_id, self._pauses), name=f"job {job_id}", context=context)
        self._running[job_id] = task
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            if task.cancelled():
                return  # let go: the job is final
            await end_tasks(task)
            raise HandedBack from None
        finally:
            self._running.pop(job_id, None)


def _again_at_once() -> procrastinate.RetryStrategy:
    return procrastinate.RetryStrategy(max_attempts=None, wait=0, retry_exceptions={HandedBack})

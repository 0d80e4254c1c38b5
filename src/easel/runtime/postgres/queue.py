"""The queue of many processes: Procrastinate's in PostgreSQL. The only file that knows it.

A job is promised on the transaction's own connection. Workers send a heartbeat; what a dead one was running is handed
to the others. Two runs of one job never overlap while both are alive: its id is their lock.

Procrastinate's worker ends when it loses the database. The jobs it was running do not: they go on beside the next
worker, which takes over their rows in the queue. Only `stop` ends them.
"""

import asyncio
import contextlib
import contextvars
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import procrastinate
import psycopg
import structlog
from procrastinate.connector import BaseAsyncConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from easel.db.engine import UNAVAILABLE_ERRORS, Transaction
from easel.jobs import job as jobs
from easel.kit.retry import run_with_retry
from easel.kit.tasks import end_tasks
from easel.runtime.base import PAUSES, JobHandler, run_to_end
from easel.runtime.postgres.database import KNOWN_JOBS, PostgresDatabase, has_queue, plain_address, raw
from easel.runtime.process import DEAD_AFTER, HEARTBEAT

AGAIN = 0.5
UPTIME = text("SELECT extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())")
# With its own defaults the pool is still waiting for a database that has been back for minutes.
_POOL: dict[str, Any] = {"min_size": 1, "max_size": 4, "timeout": 3, "reconnect_timeout": 2}
TASK, QUEUE = "run_job", "jobs"
EARLIER_NAMES = ["paint"]  # of the task, in rows that an earlier version wrote
# Of rows that an earlier worker of this process had, and that no other worker has been given since.
OURS = "id = ANY(%(rows)s) AND status = 'doing' AND (worker_id IS NULL OR worker_id = ANY(%(workers)s))"
TAKE_OVER = f"UPDATE procrastinate_jobs SET worker_id = %(worker)s WHERE {OURS}"  # noqa: S608 - a constant
DONE = text(
    "DELETE FROM procrastinate_jobs WHERE id = ANY(:rows) AND status = 'doing' "
    "AND (worker_id IS NULL OR worker_id = ANY(:workers))"
)

log = structlog.get_logger()


class HandedBack(Exception):
    """This worker is stopping: the job is for another."""


@dataclass(slots=True)
class _Run:
    """A job that runs in this process: its task, its rows in the queue, and how many workers wait for it now."""

    task: asyncio.Task[None]
    rows: set[int] = field(default_factory=set)
    waited_for: int = 0


class _Queue(JobManager):
    """The queue as the workers of one process see it, one after the other.

    A worker that drains finds it empty, and goes on giving signs of life. One that ends before its jobs do leaves their
    rows as they are, and itself on record; the next one takes the rows over.
    """

    def __init__(self, connector: BaseAsyncConnector, runs: dict[str, _Run], *, at_once: int) -> None:
        super().__init__(connector)
        self._runs, self._at_once = runs, at_once
        self.draining = False
        self.workers: list[int] = []

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        if self.draining or len(self._runs) >= self._at_once:
            return None
        return await super().fetch_job(queues, worker_id)

    async def register_worker(self) -> int:
        worker = await super().register_worker()
        rows = [row for run in self._runs.values() for row in run.rows]
        await self.connector.execute_query_async(TAKE_OVER, worker=worker, rows=rows, workers=self.workers)
        self.workers.append(worker)
        return worker

    async def unregister_worker(self, worker_id: int) -> None:
        if not self._runs:
            await super().unregister_worker(worker_id)

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:
        if job.task_kwargs["job_id"] not in self._runs:
            await super().finish_job(job, status, delete_job)


class PostgresQueue:
    """`JobQueue` for many processes on one PostgreSQL. One that does not `work` only makes promises."""

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
        connector = procrastinate.PsycopgConnector(conninfo=plain_address(db.address), **_POOL)
        self._app = procrastinate.App(connector=connector)
        self._runs: dict[str, _Run] = {}
        self._queue = self._app.job_manager = _Queue(connector, self._runs, at_once=at_once)
        task = self._app.task(name=TASK, aliases=EARLIER_NAMES, queue=QUEUE, retry=_again_at_once(), pass_context=True)
        task(self._run)
        # Promises are made on the connections of transactions. This connector has none of its own: it is never opened.
        self._promises = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())
        self._handler: JobHandler | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._reports: set[asyncio.Task[None]] = set()

    async def prepare(self) -> None:
        """Make the queue's tables, if this database has none yet. Called while nobody else migrates."""
        async with self._db.lock("queue"):
            if not await self._db.read(has_queue):
                async with self._opened():
                    await self._app.schema_manager.apply_schema_async()

    def enqueue(self, tx: Transaction, job_id: str, job: jobs.Job | None = None) -> None:
        try:
            task = self._promises.configure_task(TASK, queue=QUEUE, lock=job_id, connection=raw(tx))
            task.defer(job_id=job_id)
        except ConnectorException as error:  # as any other statement of the transaction would fail
            if isinstance(error.__cause__, psycopg.OperationalError):
                raise OperationalError("defer_job", None, error.__cause__) from error
            raise

    def known(self, job_id: str) -> jobs.Job | None:
        return None  # another process may run it, at another time

    def enqueue_forgotten(self, tx: Transaction, job_ids: Sequence[str]) -> None:
        known = set(tx.connection.execute(KNOWN_JOBS, {"ids": list(job_ids)}).scalars())
        for job_id in job_ids:
            if job_id not in known:
                self.enqueue(tx, job_id)

    def take_up(self, job_id: str) -> None:
        if self._works and self._handler and job_id not in self._runs:
            self._begin(self._handler, job_id)

    def let_go(self, job_id: str) -> None:
        if run := self._runs.get(job_id):
            run.task.cancel()

    async def start(self, handler: JobHandler) -> None:
        self._handler, self._queue.draining = handler, False
        if self._works:
            self._tasks = [asyncio.create_task(self._work_for_ever(), name="worker")]

    async def stop(self, drain_seconds: float) -> None:
        self._handler, self._queue.draining = None, True
        at_work = [run.task for run in self._runs.values()]
        if at_work:
            await asyncio.wait(at_work, timeout=drain_seconds)
        # Those that no worker waits for: with the worker gone, their rows are handed on like a dead one's.
        await end_tasks(*(run.task for run in self._runs.values() if not run.waited_for), *self._reports)
        await end_tasks(*self._tasks)

    @property
    def running(self) -> bool:
        return self._handler is not None

    async def _work_for_ever(self) -> None:
        """A worker, and another with new connections whenever the database was away: none comes back by itself."""
        lost = False
        while True:
            try:
                here_since = await self._until_the_database_is_there()
                async with self._opened():
                    if lost:  # it was away for this process, and perhaps for others
                        here_since = time.monotonic()
                    rescue = asyncio.create_task(self._rescue_for_ever(here_since), name="rescue")
                    try:
                        await self._work()
                    finally:
                        await end_tasks(rescue)
            except (ConnectorException, psycopg.Error, OSError) as error:
                log.warning("worker lost its database connection; reconnecting", error=repr(error))
                lost = True
            await asyncio.sleep(AGAIN)

    @contextlib.asynccontextmanager
    async def _opened(self) -> AsyncIterator[None]:
        """The queue's own connections. They are closed also when this is cancelled while it opens them.

        The tasks of a psycopg pool swallow cancellations: those of an unclosed one would keep the event loop from
        ending, and their connections would never be closed.
        """
        try:
            await self._app.open_async()
            yield
        finally:
            await asyncio.shield(self._app.close_async())

    async def _until_the_database_is_there(self) -> float:
        """Since when it is, by the monotonic clock: since its server was started.

        Procrastinate's pool stops trying after two seconds, and says so only after thirty.
        """
        while True:
            with contextlib.suppress(*UNAVAILABLE_ERRORS):
                return time.monotonic() - await self._db.read(_uptime)
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

    async def _rescue_for_ever(self, here_since: float) -> None:
        """Hand on what dead workers were running.

        Not before the database has been here for as long as a worker may be silent: when it was away it heard nobody,
        and the living must have the time to say that they are.
        """
        while True:
            await asyncio.sleep(self._heartbeat)
            try:
                stalled = await self._queue.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=self._dead_after)
                for job in stalled if time.monotonic() - here_since >= self._dead_after else ():
                    log.warning("a worker died; its job is handed to another", job_id=job.task_kwargs.get("job_id"))
                    await self._queue.retry_job(job)
            except (ConnectorException, psycopg.Error, OSError) as error:
                log.warning("looking for dead workers failed; retrying", error=repr(error))
                here_since = time.monotonic()

    async def _run(self, context: JobContext, job_id: str) -> None:
        """What Procrastinate runs: it waits for the job, which runs already if an earlier worker began it."""
        handler = self._handler
        if handler is None:
            raise HandedBack
        run = self._runs.get(job_id) or self._begin(handler, job_id)
        if context.job.id is not None:
            run.rows.add(context.job.id)
        run.waited_for += 1
        try:
            await asyncio.shield(run.task)
        except asyncio.CancelledError:
            if run.task.cancelled():
                return  # let go: the job is final
            if self._handler is not None:
                raise  # only this worker ends
            await end_tasks(run.task)
            raise HandedBack from None
        finally:
            run.waited_for -= 1

    def _begin(self, handler: JobHandler, job_id: str) -> _Run:
        context = contextvars.copy_context()
        task = asyncio.create_task(run_to_end(handler, job_id, self._pauses), name=f"job {job_id}", context=context)
        run = self._runs[job_id] = _Run(task)
        task.add_done_callback(lambda _: self._ended(job_id, run))
        return run

    def _ended(self, job_id: str, run: _Run) -> None:
        del self._runs[job_id]
        if self._handler is not None and run.rows and not run.waited_for:
            report = asyncio.create_task(self._report(run), name=f"report of {job_id}")
            self._reports.add(report)
            report.add_done_callback(self._reports.discard)

    async def _report(self, run: _Run) -> None:
        """Tell the queue that a job is done whose worker did not live to see it."""

        done = {"rows": list(run.rows), "workers": self._queue.workers}
        await run_with_retry(partial(self._db.write, Transaction.execute, DONE, done), on=UNAVAILABLE_ERRORS)


def _uptime(connection: Connection) -> float:
    """Of the database server, in seconds."""
    return float(connection.execute(UPTIME).scalar_one())


def _again_at_once() -> procrastinate.RetryStrategy:
    return procrastinate.RetryStrategy(max_attempts=None, wait=0, retry_exceptions={HandedBack})

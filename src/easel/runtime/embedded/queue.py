"""The queue inside the server: asyncio tasks, and no queue beside the job rows.

An admitted job that is not final is the promise, so enqueueing is the row's own transaction. What runs is remembered
only in memory: one process owns the database (a lock sees to that), and at its start it takes up every such row.
"""

import asyncio
import contextvars
from collections.abc import Sequence

import structlog

from easel.db.engine import Database, Transaction
from easel.jobs.job import Job
from easel.jobs.load import unfinished_jobs
from easel.runtime.base import PAUSES, JobHandler, run_to_end

log = structlog.get_logger()


class EmbeddedQueue:
    """`JobQueue` for one process on SQLite. `pauses` are the seconds before a handler that raised is run again."""

    def __init__(self, db: Database, *, pauses: tuple[float, ...] = PAUSES) -> None:
        self._db = db
        self._pauses = pauses
        self._handler: JobHandler | None = None
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._known: dict[str, Job] = {}  # those whose run has not looked yet

    def enqueue(self, tx: Transaction, job_id: str, job: Job | None = None) -> None:
        tx.after_commit(lambda: self._take_up(job_id, job))

    def known(self, job_id: str) -> Job | None:
        return self._known.pop(job_id, None)

    async def prepare(self) -> None:
        return

    def enqueue_forgotten(self, tx: Transaction, job_ids: Sequence[str]) -> None:
        for job_id in job_ids:  # one that runs already is not taken up twice
            self.enqueue(tx, job_id)

    def take_up(self, job_id: str) -> None:
        self._take_up(job_id)

    def _take_up(self, job_id: str, job: Job | None = None) -> None:
        if self._handler is None or job_id in self._tasks:
            return
        run = run_to_end(self._handler, job_id, self._pauses)
        # A context of its own: the job logs as itself, not as the request that happened to make room for it.
        task = asyncio.create_task(run, name=f"job {job_id}", context=contextvars.Context())
        self._tasks[job_id] = task
        if job is not None:
            self._known[job_id] = job
        task.add_done_callback(lambda _: self._forget(job_id))

    def _forget(self, job_id: str) -> None:
        self._tasks.pop(job_id, None)
        self._known.pop(job_id, None)

    def let_go(self, job_id: str) -> None:
        if task := self._tasks.get(job_id):
            task.cancel()

    async def start(self, handler: JobHandler) -> None:
        self._handler = handler
        left_over = await self._db.read(unfinished_jobs)
        if left_over:
            log.info("taking up unfinished jobs", count=len(left_over))
        for job_id in left_over:
            self.take_up(job_id)

    async def stop(self, drain_seconds: float) -> None:
        self._handler = None
        at_work = list(self._tasks.values())
        if at_work:
            await asyncio.wait(at_work, timeout=drain_seconds)
        for task in at_work:
            task.cancel()
        await asyncio.gather(*at_work, return_exceptions=True)

    @property
    def running(self) -> bool:
        return self._handler is not None

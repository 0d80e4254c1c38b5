"""A queue that runs nothing by itself: the test decides what runs, when, and what dies on the way."""

from collections.abc import Sequence

from easel.db.engine import Transaction
from easel.jobs.job import Job
from easel.runtime.base import JobHandler


class QueueByHand:
    """`JobQueue` whose promises are a list."""

    running = True

    def __init__(self) -> None:
        self.promised: list[str] = []

    def enqueue(self, tx: Transaction, job_id: str, job: Job | None = None) -> None:
        tx.after_commit(lambda: self.promised.append(job_id))

    def known(self, job_id: str) -> Job | None:
        return None

    async def prepare(self) -> None: ...

    def enqueue_forgotten(self, tx: Transaction, job_ids: Sequence[str]) -> None: ...

    def take_up(self, job_id: str) -> None: ...

    def let_go(self, job_id: str) -> None: ...

    async def start(self, handler: JobHandler) -> None: ...

    async def stop(self, drain_seconds: float) -> None: ...

"""What the handler needs of a durable engine: run a job at least once until it is final, somewhere, soon.

Everything that protects money and pictures is in the job row and its guarded writes, so an engine may run a job twice,
late, or in two entries. It must never forget one. `tests/contract/test_engine.py` holds each implementation to this.
"""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Protocol

import structlog

from easel.db.engine import Transaction
from easel.kit.retry import retry_forever

# The seconds before a handler that raised is run again.
PAUSES = (1.0, 2.0, 5.0, 15.0, 60.0)

JobHandler = Callable[[str], Awaitable[None]]


async def run_to_end(handler: JobHandler, job_id: str, pauses: Sequence[float] = PAUSES) -> None:
    """Run the handler until it returns, again after each exception. Whichever queue runs a job, it does so here."""
    with structlog.contextvars.bound_contextvars(job_id=job_id):
        await retry_forever(partial(handler, job_id), pauses)


class JobQueue(Protocol):
    """Runs the handler for enqueued jobs.

    A handler that returns is done with its job. One that raises is run again, with growing pauses.
    """

    async def enqueue(self, tx: Transaction, job_id: str) -> None:
        """Promise to run a job. The promise is part of the transaction: both are kept or neither is."""
        ...

    async def prepare(self) -> None:
        """Make what it needs in the database, after a migration."""
        ...

    async def enqueue_forgotten(self, tx: Transaction, job_ids: Sequence[str]) -> None:
        """Promise again to run those of these jobs that no promise is known of."""
        ...

    def take_up(self, job_id: str) -> None:
        """Run a job here and now, whoever was promised it: this process has what no other has."""
        ...

    def let_go(self, job_id: str) -> None:
        """The job is final: stop running it, where that can be done. Its handler finds its writes refused in any case."""
        ...

    async def start(self, handler: JobHandler) -> None:
        """Begin running, first of all what an earlier process left unfinished."""
        ...

    async def stop(self, drain_seconds: float) -> None:
        """Take no new jobs, give those at work a moment to finish, and leave the rest to the next start."""
        ...

    @property
    def running(self) -> bool:
        """Whether jobs are being taken up."""
        ...

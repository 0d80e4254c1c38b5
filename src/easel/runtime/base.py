"""What differs between one process and many, as protocols.

Everything that protects money and images is in the job row and its guarded writes, so a queue may run a job twice,
late, or in two entries. It must never forget one. `tests/backends/test_job_queue.py` holds each implementation to this.
"""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Protocol

import structlog
from sqlalchemy import Connection

from easel.accounts.ratelimit import Counter
from easel.db.engine import Transaction
from easel.jobs.job import Job
from easel.kit.clock import Clock
from easel.kit.retry import retry_forever
from easel.runtime.embedded.limiter import ProviderLimiter
from easel.runtime.embedded.notifier import Notifier
from easel.runtime.process import Process

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

    def enqueue(self, tx: Transaction, job_id: str, job: Job | None = None) -> None:
        """Promise to run a job. The promise is part of the transaction: both are kept or neither is.

        `job` is what the transaction has written, if it is known: who runs it here need not read it.
        """
        ...

    def known(self, job_id: str) -> Job | None:
        """A job that was enqueued a moment ago, as it was then; once."""
        ...

    async def prepare(self) -> None:
        """Make what it needs in the database, after a migration."""
        ...

    def enqueue_forgotten(self, tx: Transaction, job_ids: Sequence[str]) -> None:
        """Promise again to run those of these jobs that no promise is known of."""
        ...

    def take_up(self, job_id: str) -> None:
        """Run a job here and now, whoever was promised it: this process has what no other has."""
        ...

    def let_go(self, job_id: str) -> None:
        """The job is final: stop running it, where possible. Its handler finds its writes refused in any case."""
        ...

    async def start(self, handler: JobHandler) -> None:
        """Begin running, first of all what an earlier process left unfinished."""
        ...

    async def stop(self, drain_seconds: float) -> None:
        """Take no new jobs, give running ones a moment to finish, and leave the rest to the next start."""
        ...

    @property
    def running(self) -> bool:
        """Whether jobs are being taken up."""
        ...


class Runtime(Protocol):
    """What differs between one process and many; built by `runtime_of`."""

    shared: bool  # whether other processes work on the same jobs

    def clock(self) -> Clock:
        """The clock that counts: where several hosts share a database, the database's."""
        ...

    def notifier(self, clock: Clock) -> Notifier: ...

    def queue(self, *, at_once: int, works: bool) -> JobQueue:
        """`at_once`: jobs that this process runs at once, if it `works`."""
        ...

    def limiter(
        self, provider: str, images_per_minute: float | None, *, notifier: Notifier, clock: Clock, process: Process
    ) -> ProviderLimiter:
        """The limiter of one provider's account, or of one of its models."""
        ...

    def counter(self) -> Counter:
        """The counter of the rate limit."""
        ...

    async def record_heartbeat(self, process: Process, now: int) -> None: ...

    async def remove_process(self, process: Process) -> None: ...

    def delete_stale(self, tx: Transaction, now: int) -> None:
        """Delete what processes that are gone have left."""
        ...

    def live_processes(self, connection: Connection, now: int) -> Sequence[Process]:
        """The processes with a recent heartbeat, the oldest first; none where a process is alone."""
        ...

    def connections_short(self, connection: Connection, processes: Sequence[Process]) -> str | None:
        """One sentence when these processes together may need more connections than the database has."""
        ...

    def promised(self, connection: Connection, job_ids: Sequence[str]) -> set[str]:
        """Those of these jobs that some worker runs or will run."""
        ...

    def jobs_of_dead_workers(self, connection: Connection) -> Sequence[str]: ...

    def versions(self, connection: Connection) -> Sequence[str]:
        """The versions of the database and of the queue."""
        ...

    async def host_ahead(self) -> int | None:
        """By how many milliseconds this host's clock is ahead of the database's; None where no other counts."""
        ...

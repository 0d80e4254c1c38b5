"""Traces and metrics of the pipeline: a job's run as part of its request's trace, its end, its deliveries."""

import contextlib
from collections.abc import AsyncIterator, Iterator
from typing import Any

from easel.db.engine import TRANSIENT_ERRORS
from easel.errors import ProviderError
from easel.jobs.job import Job
from easel.jobs.load import get_job
from easel.services import Services
from easel.telemetry.tracing import Span
from easel.webhooks.outbox import Due, Try

TEST_MODE = "test"


@contextlib.asynccontextmanager
async def traced_run(services: Services, job_id: str) -> AsyncIterator[None]:
    """Go on, in this process, with the trace that the job's request began. Without tracing, nothing."""
    tracing = services.telemetry.tracing
    if not tracing.on:
        yield
        return
    job = await _look(services, job_id)
    if job is None or job.status.final:
        yield
        return
    about: dict[str, Any] = {"job_id": job.id, "model": job.model}
    if job.epoch == 0:
        with tracing.span("queue", parent=job.trace, began=job.admitted_at or job.created_at, **about):
            pass
    with tracing.span("run", kind="consumer", parent=job.trace, run=job.epoch + 1, **about) as span:
        yield
        if ended := await _look(services, job_id):
            span.note(provider=provider_name(ended), outcome=ended.error_code or ended.status.lower())


async def _look(services: Services, job_id: str) -> Job | None:
    """The job, for its trace alone: a database that is away spoils that and nothing else."""
    with contextlib.suppress(*TRANSIENT_ERRORS):
        return await services.db.read(get_job, job_id)
    return None


@contextlib.contextmanager
def call(services: Services, job: Job, name: str) -> Iterator[Span]:
    """One call to the job's provider."""
    with services.telemetry.call(provider_name(job), name, _outcome) as span:
        yield span


def job_ended(services: Services, job: Job, code: str | None) -> None:
    services.telemetry.job_ended(
        model=job.model,
        provider=provider_name(job),
        state=job.status.lower(),
        code=code,
        cost=job.credit_cost,
        times=(job.created_at, job.started_at, job.completed_at or job.created_at),
    )


@contextlib.contextmanager
def delivery(services: Services, due: Due) -> Iterator[Span]:
    """One attempt to deliver a message: the last part of its job's trace."""
    about: dict[str, Any] = {"job_id": due.delivery.job_id, "delivery_id": due.delivery.id, "event": due.delivery.kind}
    with services.telemetry.tracing.span("deliver", kind="client", parent=due.trace, **about) as span:
        yield span


def delivery_tried(services: Services, due: Due, tried: Try, span: Span, *, pause: int | None) -> None:
    outcome = "delivered" if tried.delivered else "given_up" if pause is None else "retry"
    late = tried.started_at - (due.delivery.due_at or tried.started_at)
    services.telemetry.delivery_tried(kind=due.delivery.kind, outcome=outcome, late=late, took=tried.milliseconds)
    span.note(outcome=outcome, status=tried.status, attempt=due.delivery.tries + 1)


def provider_name(job: Job) -> str:
    """As metrics name it: what a test key generates says nothing about a provider."""
    return TEST_MODE if job.test else job.provider or ""


def _outcome(error: Exception) -> str:
    return error.outcome if isinstance(error, ProviderError) else "broken"

"""Jobs that should have progressed, and provider calls with an unknown outcome."""

from collections.abc import Sequence

from sqlalchemy import Connection, exists, select

from easel.db.tables import attempts, is_active, is_waiting, jobs, teams
from easel.domain import AttemptOutcome, Paid
from easel.jobs.attempts import latest_attempts, unavailable_models
from easel.kit.clock import DAY, MINUTE, iso
from easel.ops.doctor.finding import all_of
from easel.runtime.base import Runtime
from easel.runtime.embedded.limiter import FAILURES

FAULTY = (AttemptOutcome.UNREACHABLE, AttemptOutcome.LOST, AttemptOutcome.MISCONFIGURED)
LATE = 2 * MINUTE  # the sweep handles these every minute


def overdue(connection: Connection, now: int) -> Sequence[str]:
    query = select(jobs.c.id).where(is_active, jobs.c.deadline_at < now - LATE)
    return [f"Job {job_id} should have ended. Is a server running?" for job_id in all_of(connection, query)]


def forgotten(connection: Connection, runtime: Runtime, now: int) -> Sequence[str]:
    """Admitted but missing from the queue; or queued although its team has capacity."""
    admitted = select(jobs.c.id).where(is_active, jobs.c.admitted_at < now - LATE)
    ids = all_of(connection, admitted)
    known = runtime.promised(connection, ids)
    in_line = exists().where(is_waiting, jobs.c.team_id == teams.c.id, jobs.c.created_at < now - LATE)
    kept_waiting = all_of(connection, select(teams.c.name).where(teams.c.admitted < teams.c.job_limit, in_line))
    return [
        *(
            f"Job {job_id} is admitted but missing from the queue. Is a worker running?"
            for job_id in ids
            if job_id not in known
        ),
        *(f"Jobs of team {name!r} are queued although it has capacity. Is a worker running?" for name in kept_waiting),
        *(f"Job {job_id} belongs to a worker that is dead." for job_id in runtime.jobs_of_dead_workers(connection)),
    ]


def calls_in_doubt(connection: Connection, now: int) -> Sequence[str]:
    """Calls whose responses were lost, or may be: the provider may have generated and billed."""
    lost = select(attempts.c.provider, attempts.c.job_id, attempts.c.ended_at).where(
        attempts.c.outcome == AttemptOutcome.LOST, attempts.c.paid != Paid.NO, attempts.c.ended_at > now - 7 * DAY
    )
    sending = select(attempts.c.provider, attempts.c.job_id, attempts.c.started_at).where(
        attempts.c.outcome == AttemptOutcome.SENDING,
        attempts.c.ended_at.is_(None),
        attempts.c.started_at < now - 10 * MINUTE,
    )
    return [
        *(
            f"The response of {row.provider} to job {row.job_id} was lost at {iso(row.ended_at)}: check the provider "
            "account."
            for row in connection.execute(lost)
        ),
        *(
            f"{row.provider} has not responded to job {row.job_id} since {iso(row.started_at)}."
            for row in connection.execute(sending)
        ),
    ]


def failing_providers(connection: Connection, now: int) -> Sequence[str]:
    """Providers whose last calls all failed for reasons of their own, and models that they do not offer."""
    names = select(attempts.c.provider).distinct()
    problems = []
    for name in all_of(connection, names):
        latest = latest_attempts(connection, name, limit=FAILURES)
        if sum(one.calls for one in latest) >= FAILURES and all(one.outcome in FAULTY for one in latest):
            why = ", ".join(word for word in (latest[0].outcome, latest[0].detail) if word)
            problems.append(f"The last {FAILURES} calls of {name} failed: {why}")
    models = unavailable_models(connection, since=now - DAY)
    return [*problems, *(f"{provider} does not offer {model}: {why}" for provider, model, why in models)]

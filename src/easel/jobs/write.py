"""The moves of a job. Each is one guarded statement: it says whether it happened, and cannot happen twice.

A worker's writes name the epoch it claimed; once another worker has taken the job up, they change nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Update, bindparam, case, func, insert, update
from sqlalchemy.sql.dml import ReturningUpdate

from easel.db.columns import values_of
from easel.db.engine import Transaction
from easel.db.tables import is_active, jobs
from easel.domain import JobState, Pending, SubmitState
from easel.jobs.attempts import Ending, begin_attempt, end_unstarted, name_attempt
from easel.jobs.job import Job
from easel.kit.clock import MINUTE

GRACE = MINUTE
PERSONAL = ("mask", "user", "safety_identifier")  # parameters that are forgotten with the prompt

# Statements that every job needs are built once: building them costs as much as running them.
INSERT = insert(jobs)
CLAIM = (
    update(jobs)
    .where(jobs.c.id == bindparam("job"), is_active, jobs.c.admitted_at.is_not(None))
    .values(
        epoch=jobs.c.epoch + 1,
        status=JobState.PROCESSING.value,
        progress=case((jobs.c.progress < 5, 5), else_=jobs.c.progress),
        started_at=func.coalesce(jobs.c.started_at, bindparam("now")),
        # Once a call has left, the job stays with the provider it went to.
        provider=case((jobs.c.submit_state == SubmitState.NONE, bindparam("provider")), else_=jobs.c.provider),
        # A server that was down must not cost the job its time: it gets a grace, if no more than that is left.
        deadline_at=case(
            (jobs.c.deadline_at.is_(None), bindparam("deadline")),
            (jobs.c.deadline_at < bindparam("now") + GRACE, bindparam("now") + GRACE),
            else_=jobs.c.deadline_at,
        ),
    )
    .returning(jobs)
)
CLAIM_TO_SEND = CLAIM.where(jobs.c.submit_state == SubmitState.NONE).values(submit_state=SubmitState.SENDING)
GUARDED = update(jobs).where(jobs.c.id == bindparam("job"), jobs.c.epoch == bindparam("mine"), is_active)
CLOSE = GUARDED.returning(jobs)


def insert_job(tx: Transaction, job: Job) -> None:
    tx.execute(INSERT, values_of(job))


def claim(tx: Transaction, job_id: str, *, provider: str, deadline_at: int, now: int) -> Job | None:
    """Take a job up, again if need be: a new epoch, PROCESSING. None when it is final, or not admitted yet."""
    return _claimed(tx, CLAIM, job_id, provider=provider, deadline_at=deadline_at, now=now)


def claim_to_send(tx: Transaction, job_id: str, *, provider: str, deadline_at: int, now: int) -> Job | None:
    """Take a job up and write down that its paid call is about to leave. None also when one may have left already.

    Its `submit_state` is still NONE, although the row says SENDING: this run is the one that sends.
    """
    job = _claimed(tx, CLAIM_TO_SEND, job_id, provider=provider, deadline_at=deadline_at, now=now)
    if job is None:
        return None
    begin_attempt(tx, job.id, provider=provider, now=now)
    return replace(job, submit_state=SubmitState.NONE)


def _claimed(
    tx: Transaction, statement: ReturningUpdate[Any], job_id: str, *, provider: str, deadline_at: int, now: int
) -> Job | None:
    values = {"job": job_id, "provider": provider, "now": now, "deadline": deadline_at}
    row = tx.execute(statement, values).mappings().first()
    return Job.from_row(row) if row else None


def mark_sending(tx: Transaction, job: Job, *, now: int) -> bool:
    """Write down that a paid call is about to leave. False when one may have left already, or the claim is stale."""
    if not _happened(tx, GUARDED.where(jobs.c.submit_state == SubmitState.NONE), job, submit_state=SubmitState.SENDING):
        return False
    begin_attempt(tx, job.id, provider=job.provider or "", now=now)
    return True


def requeue(tx: Transaction, job: Job, ending: Ending, *, now: int) -> bool:
    """Nothing was started: no call is under way any more, and the job's time begins anew when it is taken up again."""
    if not _happened(tx, GUARDED, job, submit_state=SubmitState.NONE, deadline_at=None, requeues=job.requeues + 1):
        return False
    end_unstarted(tx, job.id, ending, now=now)
    return True


def mark_sent(tx: Transaction, job: Job, pending: Pending) -> None:
    """Keep the upstream's id, whatever the epoch: knowing what was paid for is always right."""
    statement = update(jobs).where(jobs.c.id == job.id)
    tx.execute(statement, {"submit_state": SubmitState.SENT, "pending": asdict(pending)})
    name_attempt(tx, job.id, pending.upstream_id)


def note_pending(tx: Transaction, job: Job, pending: Pending) -> bool:
    """Keep a newer pending and its progress, which never goes back."""
    progress = pending.progress or 0
    statement = GUARDED.values(progress=case((jobs.c.progress < progress, progress), else_=jobs.c.progress))
    return _happened(tx, statement, job, pending=asdict(pending))


def note_partial(tx: Transaction, job: Job, *, partials: int) -> bool:
    """Say how many partial images there are to see. False when the job is final, or another worker has it."""
    return _happened(tx, GUARDED, job, partials=partials)


def extend_deadline(tx: Transaction, job: Job, *, until: int) -> None:
    """The run still works on an answer it has: nobody ends the job before this time."""
    _happened(tx, GUARDED.where(jobs.c.deadline_at < until), job, deadline_at=until)


def note_held(tx: Transaction, job: Job, *, by: str) -> bool:
    """Say who has the job's answer on its disk: whoever else takes the job up is to wait for it."""
    return _happened(tx, GUARDED, job, delivered={"held_by": by})


def note_delivered(tx: Transaction, job: Job, delivered: Mapping[str, Any]) -> bool:
    """Keep what is stored of an answer that comes only once, so that a crash loses none of it."""
    return _happened(tx, GUARDED, job, submit_state=SubmitState.SENT, delivered=dict(delivered))


def note_inputs(tx: Transaction, job: Job, inputs: Sequence[str], mask: str | None, *, by: str, complete: bool) -> bool:
    """Say where the job's inputs and its mask are kept by now. False when another process fetches them.

    Its run may begin meanwhile, so that this goes by the process that fetches, and not by the epoch.
    """
    params = {**job.params, "mask": mask} if mask else dict(job.params)
    statement = update(jobs).where(jobs.c.id == job.id, jobs.c.fetcher == by, is_active)
    values = {"inputs": list(inputs), "params": params, "fetcher": None if complete else by}
    return bool(tx.execute(statement, values).rowcount)


def take_over_fetching(tx: Transaction, job: Job, *, by: str) -> bool:
    """Fetch its inputs instead of the process that was to. False when another one does, or the job is final."""
    theirs = jobs.c.fetcher.is_not_distinct_from(job.fetcher)
    statement = update(jobs).where(jobs.c.id == job.id, theirs, is_active)
    return bool(tx.execute(statement, {"fetcher": by}).rowcount)


def close(
    tx: Transaction,
    job: Job,
    *,
    status: JobState,
    cost: int,
    now: int,
    error: str | None = None,
    error_code: str | None = None,
    warnings: Sequence[str] = (),
    brief: Mapping[str, Any] | None = None,
    notified: bool = False,
) -> Job | None:
    """Make a job final; `notified` when its owner gets a webhook.

    None when it is final already or another worker has it: then nothing else may be written.
    """
    values = {
        "status": status.value,
        "credit_cost": cost,
        "error": error,
        "error_code": error_code,
        "warnings": [*job.warnings, *warnings],
        "brief": brief,
        "completed_at": now,
        "webhook_status": "pending" if notified else None,
    } | ({"progress": 100} if status is JobState.COMPLETED else {})
    row = tx.execute(CLOSE, {"job": job.id, "mine": job.epoch} | values).mappings().first()
    return Job.from_row(row) if row else None


def mark_expired(tx: Transaction, job_ids: Collection[str]) -> None:
    """Their images are gone."""
    tx.execute(update(jobs).where(jobs.c.id.in_(job_ids)).values(expired=True))


def note_webhook(tx: Transaction, job_ids: Collection[str], status: str) -> None:
    """How far the message about their end is: pending, delivered or failed."""
    tx.execute(update(jobs).where(jobs.c.id.in_(job_ids)).values(webhook_status=status))


def mark_deleted(tx: Transaction, job: Job, *, now: int) -> None:
    """Forget what a final job was about. The row stays: the ledger speaks of it."""
    gone = {"deleted_at": now, "expired": True, "request": {"model": job.model, "prompt": ""}, "inputs": []}
    params = {name: value for name, value in job.params.items() if name not in PERSONAL}
    tx.execute(update(jobs).where(jobs.c.id == job.id).values(**gone, params=params, warnings=[], brief=None))


def _happened(tx: Transaction, statement: Update, job: Job, **values: Any) -> bool:
    return bool(tx.execute(statement, {"job": job.id, "mine": job.epoch} | values).rowcount)

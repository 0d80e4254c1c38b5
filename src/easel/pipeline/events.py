"""Events of a job, and its webhook deliveries, written in the transaction that makes them true."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from easel.db.engine import Transaction
from easel.domain import Image, JobState
from easel.files.names import file_address
from easel.files.rows import FileRow
from easel.jobs.job import Job
from easel.jobs.progress import Change
from easel.kit.clock import iso
from easel.kit.ids import new_id
from easel.runtime.embedded.notifier import team_channel
from easel.runtime.poller import Seen
from easel.services import Services
from easel.webhooks.outbox import ONCE, record_delivery, record_event

KINDS = {JobState.COMPLETED: "completed", JobState.FAILED: "failed", JobState.CANCELLED: "cancelled"}
DELIVERIES = "deliveries"  # the notifier that wakes whoever carries them out


@dataclass(frozen=True, slots=True)
class Ended:
    """A final job, its images in their order, and what its provider counted: all that its end has written.

    `in_memory` are images that need not be read again, by their keys, for as long as somebody else has them: whoever
    watches a job does not keep them.
    """

    job: Job
    files: Sequence[FileRow]
    usage: Mapping[str, Any]
    in_memory: Mapping[str, Image] = field(default_factory=dict)


def record_job_finished(services: Services, tx: Transaction, ended: Ended) -> None:
    """A job that has just become final is an event; and a message, if its owner asked for one."""
    job, now = ended.job, services.clock.now()
    end = end_of(services, job, [file.name for file in ended.files], ended)
    kind, body = end.value.event, _text(end.value.body)
    whose: dict[str, Any] = {"team_id": job.team_id, "user_id": job.user_id, "test": job.test, "job_id": job.id}
    event_id = record_event(tx, **whose, kind=kind, body=body, now=now)
    _send(services, tx, job, kind, body, event_id)
    tx.after_commit(lambda: services.notifier.notify(job.id, end))
    tx.after_commit(lambda: services.notifier.notify(team_channel(job.team_id)))


def notify_progress(services: Services, tx: Transaction, job: Job) -> None:
    """Progress: no event, and its delivery is tried only once."""
    body = {"event": ONCE, "jobId": job.id, "status": job.status, "progress": job.progress, "model": job.model}
    _send(services, tx, job, ONCE, _text(body), new_id())


def _send(services: Services, tx: Transaction, job: Job, kind: str, body: str, delivery_id: str) -> None:
    if job.webhook_url is None or kind not in (job.webhook_events or ()):
        return
    record_delivery(
        tx,
        delivery_id=delivery_id,
        team_id=job.team_id,
        user_id=job.user_id,
        test=job.test,
        job_id=job.id,
        key_id=job.key_id,
        kind=kind,
        url=job.webhook_url,
        body=body,
        now=services.clock.now(),
    )
    tx.after_commit(lambda: services.notifier.notify(DELIVERIES))


def has_webhook(job: Job, state: JobState) -> bool:
    """Whether the owner asked for a webhook about this end."""
    return job.webhook_url is not None and KINDS[state] in (job.webhook_events or ())


def end_of(services: Services, job: Job, names: Sequence[str], ended: Ended | None = None) -> Seen[Change]:
    """The end of a job, for whoever watches it; `names` are those of its images."""
    return Seen(Change(KINDS[job.status], _ended_body(services, job, names), ended=ended), last=True)


def _ended_body(services: Services, job: Job, names: Sequence[str]) -> Mapping[str, Any]:
    about = {"event": KINDS[job.status], "jobId": job.id, "status": job.status}
    if job.status is JobState.COMPLETED:
        base = services.settings.public_url or job.address
        return about | {
            "progress": job.progress,
            "result": {"images": [file_address(base, job.file_token, name) for name in names]},
            "model": job.model,
            "creditCost": job.credit_cost,
            "completedAt": iso(job.completed_at),
        }
    return about | {"error": job.error, "model": job.model}


def _text(body: Mapping[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))

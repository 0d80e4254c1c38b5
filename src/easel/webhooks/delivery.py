"""Delivers due messages: teams in turn, a few per team at once, so that a slow endpoint delays no other.

An endpoint has ten seconds. A failed delivery is retried for about a day, with growing, randomised delays, so that an
endpoint that recovers does not receive everything at once.
"""

import asyncio
import random
import time
from collections import Counter
from functools import partial

import structlog

from easel.db.engine import TRANSIENT_ERRORS, Transaction
from easel.jobs.write import note_webhook
from easel.kit.clock import SECOND
from easel.kit.fetch import FetchFailed
from easel.kit.retry import run_with_retry
from easel.kit.tasks import end_tasks
from easel.kit.trace import trace_headers
from easel.pipeline import instrumentation
from easel.pipeline.events import DELIVERIES
from easel.runtime.limits import share
from easel.services import Services
from easel.webhooks.outbox import ONCE, PAUSES, Due, Share, Try, lease_due, next_due, record_try
from easel.webhooks.sign import signed_headers
from easel.webhooks.team_secrets import ensure_secret, secrets_of_team

EACH_TEAM, AT_ONCE = 8, 64
LONGEST_SLEEP = 5.0
AGAIN = 50  # milliseconds after some were taken: more may be due
SECONDS = 10.0
ANSWER_BYTES = 1024
JITTER = 0.2

log = structlog.get_logger()


async def dispatch_for_ever(services: Services) -> None:
    """Deliver what is due, until cancelled. Errors are logged, and the next round retries."""
    under_way: dict[asyncio.Task[None], Share] = {}
    try:
        with services.notifier.subscribe(DELIVERIES) as subscription:
            while not services.notifier.closed:
                look_at = None
                try:
                    look_at = await _take_up(services, under_way)
                except Exception:
                    log.exception("claiming deliveries failed")
                await subscription.wait(_seconds_until(services, look_at))
    finally:
        await _let_end(under_way)


def _seconds_until(services: Services, moment: int | None) -> float:
    return LONGEST_SLEEP if moment is None else min(LONGEST_SLEEP, max(0, moment - services.clock.now()) / SECOND)


async def _take_up(services: Services, under_way: dict[asyncio.Task[None], Share]) -> int | None:
    """Start the due deliveries that have room; returns when to look again, if that is known."""
    now = services.clock.now()
    due_at = await services.db.read(next_due)
    if due_at is None or due_at > now:
        return due_at
    busy = Counter(under_way.values())
    taken = await services.db.write(lease_due, now=now, busy=busy, each=EACH_TEAM, most=AT_ONCE - len(under_way))
    for due in taken:
        task = asyncio.create_task(_carry_out(services, due), name=f"delivery {due.delivery.id}")
        under_way[task] = due.delivery.share
        task.add_done_callback(partial(_ended, services, under_way))
    return now + AGAIN if taken else None


def _ended(services: Services, under_way: dict[asyncio.Task[None], Share], task: asyncio.Task[None]) -> None:
    under_way.pop(task, None)
    if not task.cancelled() and (error := task.exception()):
        log.error("delivery failed unexpectedly", error=repr(error))
    services.notifier.notify(DELIVERIES)  # there is room for another


async def _let_end(under_way: dict[asyncio.Task[None], Share]) -> None:
    """Interrupted deliveries are due again after their lease, in any process."""
    await end_tasks(*under_way)


async def _carry_out(services: Services, due: Due) -> None:
    delivery = due.delivery
    with instrumentation.delivery(services, due) as span:
        tried = await _try_whatever_happens(services, due)
        pause = _pause_after(due)
        instrumentation.delivery_tried(services, due, tried, span, pause=pause)
    log.info(
        "delivery attempt", delivery_id=delivery.id, job_id=delivery.job_id, status=tried.status, error=tried.error
    )

    def record(tx: Transaction) -> None:
        state = record_try(tx, delivery, tried, now=services.clock.now(), pause=pause)
        if state and delivery.job_id:
            note_webhook(tx, [delivery.job_id], state)

    await run_with_retry(partial(services.db.write, record), on=TRANSIENT_ERRORS)
    if delivery.job_id:
        services.notifier.notify(delivery.job_id)


def _pause_after(due: Due) -> int | None:
    """How long until the next attempt if this one fails; None when it is the last."""
    delivery = due.delivery
    last = delivery.kind == ONCE or delivery.tries >= len(PAUSES)
    return None if last else int(PAUSES[delivery.tries] * random.uniform(1 - JITTER, 1 + JITTER))  # noqa: S311 - not a secret


async def _try_whatever_happens(services: Services, due: Due) -> Try:
    """One attempt. Unexpected errors count as failures, so that attempts always end."""
    now, begun = services.clock.now(), time.perf_counter()
    try:
        return await _try(services, due)
    except TRANSIENT_ERRORS:
        raise  # of the database, not of this delivery: it is due again after its lease
    except Exception as error:
        log.exception("delivery attempt failed unexpectedly", delivery_id=due.delivery.id)
        return Try(now, _milliseconds(begun), error=f"it could not be sent ({type(error).__name__})")


async def _try(services: Services, due: Due) -> Try:
    delivery, now = due.delivery, services.clock.now()
    secrets = await services.db.read(secrets_of_team, delivery.team_id, now=now)
    if not secrets:
        secrets = await services.db.write(ensure_secret, delivery.team_id, now=now)
    body = delivery.body.encode()
    headers = signed_headers(
        message_id=delivery.id,
        event=delivery.kind,
        body=body,
        key_digest=due.key_digest,
        team_secrets=[one.secret for one in secrets],
        seconds=now // SECOND,
    )
    begun = time.perf_counter()
    try:
        answer = await services.fetcher.post(
            delivery.url,
            content=body,
            headers=headers | trace_headers(),
            seconds=SECONDS,
            max_bytes=ANSWER_BYTES,
            who=share(delivery.team_id, test=delivery.test),
        )
    except FetchFailed as error:
        return Try(now, _milliseconds(begun), error=str(error)[:300])
    text = answer.body.decode("utf-8", "replace").replace("\x00", "")
    redirects = 300 <= answer.status < 400
    return Try(
        now,
        _milliseconds(begun),
        status=answer.status,
        error="it redirects, which is not followed" if redirects else None,
        answer=text or None,
    )


def _milliseconds(begun: float) -> int:
    return int((time.perf_counter() - begun) * 1000)

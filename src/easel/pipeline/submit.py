"""Accepting a request: it is checked, priced, paid for, written down and promised, or refused.

Credits, job, idempotency key, admission and the promise to run it are one transaction, committed before the answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import Connection

from easel.accounts.key_limits import credits_left, need_credits_left
from easel.accounts.teams import Team, get_team
from easel.db.engine import Transaction
from easel.domain import Caller
from easel.errors import Conflict, EaselError, InsufficientCredits, Unavailable
from easel.files.rows import require_room
from easel.jobs.admission import admit
from easel.jobs.idempotency import IdempotencyKey, find_original, remember
from easel.jobs.job import Job, NewJob
from easel.jobs.load import get_job
from easel.jobs.write import insert_job
from easel.kit.ids import new_id, new_secret
from easel.kit.inline import in_short, is_inline
from easel.kit.trace import current
from easel.ledger.entries import hold, record_hold
from easel.pipeline.fetch_inputs import fetch_ahead
from easel.pipeline.inputs import KeptInputs, drop_inputs, keep_inputs, record_inputs
from easel.pipeline.request import ParsedRequest, parse_request
from easel.services import Services
from easel.telemetry import step

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Submission:
    """The job a request became; `replayed` when an earlier request had made it, by its key; `told` by that one."""

    job: Job
    replayed: bool
    told: bool = False


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a request would cost, and which provider would serve it."""

    credits_required: int
    credits_available: int
    provider: str


@step("accept")
async def submit(
    services: Services,
    caller: Caller,
    body: Any,
    *,
    once: IdempotencyKey | None = None,
    told: IdempotencyKey | None = None,
    address: str = "",
    warnings: Sequence[str] = (),
) -> Submission:
    """Accept a request as a job. `address` is this server's, as the request names it: webhooks of the job use it.
    `warnings` are for the owner of the job, about how its request was read.

    The job of `once` is the one that an earlier request with this key became; so is that of `told`, a key which is
    only looked for.
    Raises InvalidRequest, Forbidden, InsufficientCredits, StorageFull, Conflict, RateLimited, StorageUnavailable or
    Unavailable.
    """
    parsed = parse_request(services, caller, body)
    if inputs := parsed.plan.params.get("input_images"):
        mask = parsed.plan.params.get("mask")
        brought = [*inputs, mask] if mask else inputs
        if found := await services.db.read(_look_ahead, services, caller, parsed, brought, once, told):
            return found
    job_id = new_id()
    params_object = services.catalog[parsed.plan.model].params_object
    kept = await keep_inputs(services, caller, job_id, parsed.plan, params_object=params_object)
    new = _new_job(services, caller, parsed, job_id, kept, address, warnings)
    try:
        submission = await services.db.write(_accept, services, caller, new, kept, once, told)
    except EaselError:  # refused; after any other error the job may have been accepted, and the sweep will know
        await drop_inputs(services, kept)
        raise
    if submission.replayed:
        await drop_inputs(services, kept)
        return submission
    fetch_ahead(services, submission.job)
    _log_accepted(services, submission.job)
    return submission


async def estimate(services: Services, caller: Caller, body: Any) -> Estimate:
    """What `submit` would do with this request, without doing it."""
    parsed = parse_request(services, caller, body)
    available = await services.db.read(_available, services, caller)
    return Estimate(parsed.plan.credits, available, parsed.provider.name)


def _available(connection: Connection, services: Services, caller: Caller) -> int:
    """What the key can spend: what the team has, and no more than what is left of its own limit."""
    if caller.test:
        return 0
    team, left = get_team(connection, caller.team_id), credits_left(connection, caller, services.clock.now())
    return team.available if left is None else max(0, min(team.available, left))


def _original(connection: Connection, caller: Caller, key: IdempotencyKey) -> Job | None:
    """The job an earlier request with this key became.

    Raises Conflict when the key stands for another request, or for another member's.
    """
    job_id = find_original(connection, key)
    original = get_job(connection, job_id) if job_id else None
    return _own(caller, original) if original else None


def _own(caller: Caller, original: Job) -> Job:
    """A key is its team's. The job it stands for is shown to those who may see it; others get no second one."""
    if not caller.scope.holds(original):
        raise Conflict(
            "Somebody else of the team has used this Idempotency-Key.",
            code="idempotency_key_reused",
            hint="Send a new key for a new job.",
        )
    return original


def _log_accepted(services: Services, job: Job) -> None:
    """The log line that ties a request to its job. The prompt is the customer's: logged only if configured."""
    asked = {"prompt": job.prompt} if services.settings.log_prompts else {}
    log.info("job accepted", job_id=job.id, model=job.model, key_id=job.key_id, credits=job.held, **asked)


def _accept(
    tx: Transaction,
    services: Services,
    caller: Caller,
    new: NewJob,
    kept: KeptInputs,
    once: IdempotencyKey | None,
    told: IdempotencyKey | None,
) -> Submission:
    """Hold the credits, write the job, promise it to the queue; or find the job that was here first."""
    if told and (original := _original(tx.connection, caller, told)):
        return Submission(original, replayed=True, told=True)
    is_new = once is None or remember(tx, once, job_id=new.id, now=new.created_at)
    if once and not is_new and (original := _original(tx.connection, caller, once)):
        return Submission(original, replayed=True)
    _require_running(services)
    if new.held and not hold(tx, team_id=new.team_id, credits=new.held):
        raise _insufficient(new.held, get_team(tx.connection, new.team_id))
    need_credits_left(tx.connection, caller, new.held, services.clock.now())
    job = new.queued(admitted=admit(tx, new.team_id))
    insert_job(tx, job)
    if job.held:
        record_hold(tx, team_id=job.team_id, job_id=job.id, credits=job.held, now=job.created_at)
    record_inputs(tx, job, kept, services.settings)
    if job.admitted_at is not None:
        services.queue.enqueue(tx, job.id, job)
    return Submission(job, replayed=False)


def _look_ahead(
    connection: Connection,
    services: Services,
    caller: Caller,
    parsed: ParsedRequest,
    inputs: Sequence[str],
    once: IdempotencyKey | None,
    told: IdempotencyKey | None,
) -> Submission | None:
    """Find the job that was here first, or refuse what cannot be paid or stored, before inputs take time and space.

    The transaction decides.
    """
    for key in (told, once):
        if key and (original := _original(connection, caller, key)):
            return Submission(original, replayed=True, told=key is told)
    _require_running(services)
    limit = services.settings.storage_limit(test=caller.test)
    brought = sum(len(address) * 3 // 4 for address in inputs if is_inline(address))
    team = get_team(connection, caller.team_id)
    if team.available < parsed.plan.credits and not caller.test:
        raise _insufficient(parsed.plan.credits, team)
    need_credits_left(connection, caller, parsed.plan.credits, services.clock.now())
    require_room(connection, caller.team_id, test=caller.test, limit=limit, added=max(1, brought))
    return None


def _require_running(services: Services) -> None:
    if not services.queue.running:
        raise Unavailable("The server is going down.", hint="Try again in a few seconds.", retry_after=5)


def _insufficient(required: int, team: Team) -> InsufficientCredits:
    return InsufficientCredits(
        "Insufficient credits",
        hint=f"This request costs {required} credits; the team has {team.available} to spend.",
        extra={"creditsRequired": required, "creditsAvailable": team.available},
    )


def _new_job(
    services: Services,
    caller: Caller,
    parsed: ParsedRequest,
    job_id: str,
    kept: KeptInputs,
    address: str,
    warnings: Sequence[str],
) -> NewJob:
    plan = parsed.plan
    return NewJob(
        id=job_id,
        team_id=caller.team_id,
        user_id=caller.user_id,
        key_id=caller.key_id,
        test=caller.test,
        model=plan.model,
        params={name: value for name, value in plan.params.items() if name != "input_images"} | {"mask": kept.mask},
        size=plan.size,
        count=plan.count,
        inputs=kept.addresses,
        fetcher=None if kept.complete else services.process.id,
        request=shortened(parsed.body),
        webhook=parsed.webhook,
        address=address[:300],
        provider=parsed.provider.name,
        trace=current.get(),
        quoted=plan.credits,
        partial_credits=plan.credits_per_partial,
        file_token=new_secret(),
        warnings=warnings,
        created_at=services.clock.now(),
    )


def shortened(body: Any) -> Any:
    """A request as it is kept and echoed: data: URLs of images cut down to their kind and size."""
    if isinstance(body, Mapping):
        return {
            key: _short(value) if key == "mask" and isinstance(value, str) else shortened(value)
            for key, value in body.items()
        }
    if isinstance(body, list):
        return [_short(item) if isinstance(item, str) else shortened(item) for item in body]
    return body


def _short(text: str) -> str:
    return in_short(text) if is_inline(text) else text

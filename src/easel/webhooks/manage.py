"""Management of a team's webhooks: show and rotate the secret, resend, and test an endpoint."""

import json
from collections.abc import Sequence

from easel.accounts.access import need_admin
from easel.db.engine import Transaction
from easel.domain import Caller
from easel.errors import InvalidRequest, NotFound
from easel.jobs.write import note_webhook
from easel.kit.clock import iso
from easel.kit.ids import new_id
from easel.kit.problems import Problems
from easel.pipeline.events import DELIVERIES
from easel.services import Services
from easel.webhooks.outbox import Delivery, record_delivery, resend
from easel.webhooks.read import page_of_deliveries
from easel.webhooks.target import hint_of, read_webhook
from easel.webhooks.team_secrets import WebhookSecret, ensure_secret, rotate_secret

TEST = "test"


async def secrets(services: Services, caller: Caller, *, rotate: bool = False) -> Sequence[WebhookSecret]:
    """The secrets that sign now, newest first; raises Forbidden for members and for test keys."""
    need_admin(caller, "see the webhook secret")
    change = rotate_secret if rotate else ensure_secret
    return await services.db.write(change, caller.team_id, now=services.clock.now())


async def send_again(services: Services, caller: Caller, delivery_id: str | None = None) -> int:
    """Resend one delivery, or all that failed; returns how many. Raises NotFound for a missing or pending one."""

    def send(tx: Transaction) -> Sequence[str | None]:
        job_ids = resend(tx, caller.scope, delivery_id=delivery_id, now=services.clock.now())
        note_webhook(tx, [job_id for job_id in job_ids if job_id], "pending")
        return job_ids

    job_ids = await services.db.write(send)
    services.notifier.notify(DELIVERIES)
    if delivery_id and not job_ids:
        raise NotFound("There is no such delivery that has ended and can be resent.")
    return len(job_ids)


async def send_test(services: Services, caller: Caller, body: object) -> Delivery:
    """Send a test event to `url`, signed like the caller's events; raises InvalidRequest."""
    if not isinstance(body, dict) or set(body) != {"url"}:
        raise InvalidRequest("Send a JSON object with the one field url.", param="url")
    problems = Problems()
    webhook = read_webhook(body, services.settings.networks, problems, field="url")
    if webhook is None:
        path, sentence = problems.first
        raise InvalidRequest(sentence, param=path, details=problems.details, hint=hint_of(sentence))
    now, delivery_id = services.clock.now(), new_id()
    text = json.dumps({"event": TEST, "id": delivery_id, "createdAt": iso(now)})
    await services.db.write(
        record_delivery,
        delivery_id=delivery_id,
        team_id=caller.team_id,
        user_id=caller.user_id,
        test=caller.test,
        job_id=None,
        key_id=caller.key_id,
        kind=TEST,
        url=webhook.url,
        body=text,
        now=now,
    )
    services.notifier.notify(DELIVERIES)
    found, _ = await services.db.read(page_of_deliveries, caller.scope, delivery_id=delivery_id)
    return found[0]

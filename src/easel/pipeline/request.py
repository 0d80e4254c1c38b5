"""Reading a request: what is asked for, what it costs, who will paint it. Shared by submitting and estimating."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from easel.catalog.plan import plan
from easel.domain import Caller, Plan, Webhook
from easel.errors import InvalidRequest, RateLimited
from easel.jobs.job import needs_of
from easel.kit.problems import Problems
from easel.pipeline.routing import choose_painter, nobody_paints
from easel.providers import Provider
from easel.providers.trial import asks_for_rate_limit
from easel.services import Services
from easel.webhooks.target import read_webhook


@dataclass(frozen=True, slots=True)
class Order:
    """A legal request, priced, with its painter chosen. `body` is the request as it came."""

    body: Mapping[str, Any]
    plan: Plan
    webhook: Webhook | None
    painter: Provider


def read_order(services: Services, caller: Caller, body: Any) -> Order:
    """The order in a request body; raises InvalidRequest with everything that is wrong with it."""
    problems = Problems()
    planned = plan(body, services.catalog, problems)
    webhook = read_webhook(body, services.settings.networks, problems) if isinstance(body, Mapping) else None
    if planned is None or problems:
        raise invalid(problems)
    if caller.test and asks_for_rate_limit(planned.prompt):
        raise RateLimited("Rate limit exceeded, because the prompt of this test request asks for it.", retry_after=1)
    needs = needs_of(planned.params, inputs=len(planned.params.get("input_images") or ()), count=planned.count)
    painter = choose_painter(services, planned.model, needs, test=caller.test)
    if painter is None:
        raise nobody_paints(services, planned.model, needs)
    return Order(body=body, plan=planned, webhook=webhook, painter=painter)


def invalid(problems: Problems) -> InvalidRequest:
    path, sentence = problems.first
    return InvalidRequest(sentence, param=path, details=problems.details)

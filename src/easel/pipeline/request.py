"""Parsing a request: what it asks for, what it costs, which provider would serve it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from easel.accounts.key_limits import need_model
from easel.catalog.plan import plan
from easel.domain import Caller, Plan, Webhook
from easel.errors import InvalidRequest, RateLimited
from easel.jobs.job import needs_of
from easel.kit.problems import Problems
from easel.pipeline.routing import choose_provider, no_provider_for
from easel.providers import Provider
from easel.providers.test_mode import asks_for_rate_limit
from easel.services import Services
from easel.webhooks.target import hint_of, read_webhook


@dataclass(frozen=True, slots=True)
class ParsedRequest:
    """A legal request, priced, with its provider chosen. `body` is the request as it came."""

    body: Mapping[str, Any]
    plan: Plan
    webhook: Webhook | None
    provider: Provider


def parse_request(services: Services, caller: Caller, body: Any) -> ParsedRequest:
    """The order in a request body; raises InvalidRequest with everything that is wrong with it, or Forbidden."""
    problems = Problems()
    planned = plan(body, services.catalog, problems)
    webhook = read_webhook(body, services.settings.networks, problems) if isinstance(body, Mapping) else None
    if planned is None or problems:
        raise invalid(problems)
    need_model(caller, planned.model)
    if caller.test and asks_for_rate_limit(planned.prompt):
        raise RateLimited("Rate limit exceeded, because the prompt of this test request asks for it.", retry_after=1)
    needs = needs_of(planned.params, inputs=len(planned.params.get("input_images") or ()), count=planned.count)
    provider = choose_provider(services, planned.model, needs, test=caller.test)
    if provider is None:
        raise no_provider_for(services, planned.model, needs)
    return ParsedRequest(body=body, plan=planned, webhook=webhook, provider=provider)


def invalid(problems: Problems) -> InvalidRequest:
    path, sentence = problems.first
    hint = hint_of(sentence) if path == "webhookUrl" else None
    return InvalidRequest(sentence, param=path, details=problems.details, hint=hint)

"""Which provider serves a request: the first, in the operator's order, that is able to and whose circuit is closed."""

from collections.abc import Mapping, Sequence

from easel.catalog import Catalog
from easel.domain import Needs
from easel.errors import InvalidRequest, ProviderMisconfigured
from easel.jobs.job import Job
from easel.kit.words import listed
from easel.providers import Provider
from easel.services import Services

ABLE_TO = {
    "edit": "edit images",
    "compose": "combine several images",
    "transparent": "generate transparent backgrounds",
    "mask": "edit within a mask",
}


def providers_for(services: Services, model: str, needs: Needs) -> Sequence[Provider]:
    """All that can generate it, in the operator's order."""
    return providers_among(services.providers, services.catalog, model, needs)


def providers_among(
    providers: Mapping[str, Provider], catalog: Catalog, model: str, needs: Needs
) -> Sequence[Provider]:
    card = catalog.get(model)
    return [
        provider
        for name, provider in providers.items()
        if card is not None and card.can(name, needs) and provider.can(model, needs)
    ]


def choose_provider(services: Services, model: str, needs: Needs, *, test: bool) -> Provider | None:
    """The provider for this work; None when there is nobody. A test key's jobs go to the test mode's provider."""
    if test:
        return services.test_provider
    able = providers_for(services, model, needs)
    well = [provider for provider in able if not services.limiters[provider.name].open_reason]
    return next(iter(well or able), None)


def provider_of(services: Services, job: Job) -> Provider:
    """The provider a job is with."""
    provider = services.test_provider if job.test else services.providers.get(job.provider or "")
    if provider is None:
        raise ProviderMisconfigured(f"This server no longer has the provider {job.provider}.")
    return provider


def no_provider_for(services: Services, model: str, needs: Needs) -> InvalidRequest:
    """The refusal of a request that no provider of this server can fulfil, naming what is too much."""
    if not providers_for(services, model, Needs(frozenset(), 1)):
        return InvalidRequest(f"This server has no provider for {model}.", code="no_provider", param="model")
    alone = [
        word for word in sorted(needs.capabilities) if not providers_for(services, model, Needs(frozenset({word}), 1))
    ]
    what = [ABLE_TO.get(word, word) for word in alone] or [f"generate {needs.count} images like this in one job"]
    card = services.catalog[model]
    elsewhere = [name for name in card.providers if name not in services.providers and card.can(name, needs)]
    return InvalidRequest(
        f"No provider of this server can {what[0]} with {model}.",
        code="no_provider",
        param=f"{card.params_object}.mask" if alone[:1] == ["mask"] else "model",
        hint=f"It needs the provider {listed(elsewhere)}; the operator chooses the providers." if elsewhere else None,
    )

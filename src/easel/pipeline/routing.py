"""Which provider serves a request: the first, in the operator's order, that is able to and whose circuit is closed."""

from collections.abc import Mapping, Sequence
from typing import Any

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
        for provider in providers.values()
        if card is not None and card.can(provider.kind, needs) and provider.can(model, needs)
    ]


def choose_provider(services: Services, model: str, needs: Needs, *, test: bool) -> Provider | None:
    """The provider for this work; None when there is nobody. A test key's jobs go to the test mode's provider."""
    if test:
        return services.test_provider
    able = providers_for(services, model, needs)
    well = [provider for provider in able if not fault_of(services, provider, model)]
    return next(iter(well or able), None)


def fault_of(services: Services, provider: Provider, model: str) -> str | None:
    """Why this provider is left alone for this model: all of it, or the model alone; None when it is well."""
    of_model = services.model_limiters.get((provider.name, model))
    return services.limiters[provider.name].open_reason or (of_model.open_reason if of_model else None)


def provider_of(services: Services, job: Job) -> Provider:
    """The provider a job is with."""
    provider = services.test_provider if job.test else services.providers.get(job.provider or "")
    if provider is None:
        raise ProviderMisconfigured(f"This server no longer has the provider {job.provider}.")
    return provider


def ignores(services: Services, job: Job, parameter: str) -> bool:
    """Whether the job's provider does not follow this parameter of the card."""
    card, provider = services.catalog[job.model], provider_of(services, job)
    entry = card.providers.get(provider.kind)
    return parameter in provider.ignored(entry.model if entry else job.model, edit=bool(job.inputs))


def ignored_parameters(services: Services, job: Job) -> Mapping[str, Any]:
    """What the job asks for, other than the card's defaults, and its provider does not follow."""
    parameters = services.catalog[job.model].parameters
    asked = {
        name: job.params.get(name, one.default) for name, one in parameters.items() if ignores(services, job, name)
    }
    return {name: value for name, value in asked.items() if value != parameters[name].default}


def no_provider_for(services: Services, model: str, needs: Needs) -> InvalidRequest:
    """The refusal of a request that no provider of this server can fulfil, naming what is too much."""
    if not providers_for(services, model, Needs(frozenset(), 1)):
        return InvalidRequest(f"This server has no provider for {model}.", code="no_provider", param="model")
    alone = [
        word for word in sorted(needs.capabilities) if not providers_for(services, model, Needs(frozenset({word}), 1))
    ]
    what = [ABLE_TO.get(word, word) for word in alone] or [f"generate {needs.count} images like this in one job"]
    card = services.catalog[model]
    here = {provider.kind for provider in services.providers.values()}
    elsewhere = [kind for kind in card.providers if kind not in here and card.can(kind, needs)]
    return InvalidRequest(
        f"No provider of this server can {what[0]} with {model}.",
        code="no_provider",
        param=f"{card.params_object}.mask" if alone[:1] == ["mask"] else "model",
        hint=f"It needs the provider {listed(elsewhere)}; the operator chooses the providers." if elsewhere else None,
    )

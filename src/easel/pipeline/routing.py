"""Who paints: the first painter, in the operator's order, that can do what is needed and is not in trouble."""

from collections.abc import Mapping, Sequence

from easel.catalog import Catalog
from easel.domain import Needs
from easel.errors import InvalidRequest, PainterMisconfigured
from easel.jobs.job import Job
from easel.providers import Provider
from easel.services import Services

ABLE_TO = {
    "edit": "edit pictures",
    "compose": "combine several pictures",
    "transparent": "paint transparent backgrounds",
}


def painters_for(services: Services, model: str, needs: Needs) -> Sequence[Provider]:
    """All who can paint it, in the operator's order."""
    return painters_among(services.providers, services.catalog, model, needs)


def painters_among(providers: Mapping[str, Provider], catalog: Catalog, model: str, needs: Needs) -> Sequence[Provider]:
    card = catalog.get(model)
    return [
        painter
        for name, painter in providers.items()
        if card is not None and card.can(name, needs) and painter.can(model, needs)
    ]


def choose_painter(services: Services, model: str, needs: Needs, *, test: bool) -> Provider | None:
    """The painter for this work; None when there is nobody. A test key's jobs go to the trial painter."""
    if test:
        return services.trial
    able = painters_for(services, model, needs)
    well = [painter for painter in able if not services.limiters[painter.name].open_reason]
    return next(iter(well or able), None)


def painter_of(services: Services, job: Job) -> Provider:
    """The painter a job is with."""
    painter = services.trial if job.test else services.providers.get(job.provider or "")
    if painter is None:
        raise PainterMisconfigured(f"This server no longer has the painter {job.provider}.")
    return painter


def nobody_paints(services: Services, model: str, needs: Needs) -> InvalidRequest:
    """The refusal of a request that no painter of this server can fulfil, naming what is too much."""
    if not painters_for(services, model, Needs(frozenset(), 1)):
        return InvalidRequest(f"This server has no painter for {model}.", code="no_painter", param="model")
    alone = [
        word for word in sorted(needs.capabilities) if not painters_for(services, model, Needs(frozenset({word}), 1))
    ]
    what = [ABLE_TO.get(word, word) for word in alone] or [f"paint {needs.count} pictures like this in one job"]
    return InvalidRequest(f"No painter of this server can {what[0]} with {model}.", code="no_painter", param="model")

"""Whether each provider answers, takes its key, and has the models of the cards: by free calls only."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from easel.catalog import Catalog
from easel.domain import Needs
from easel.errors import ProviderError
from easel.ops.doctor.finding import Finding
from easel.providers import Provider


@dataclass(frozen=True, slots=True)
class ProviderState:
    """Whether the provider can be used now, and what it says of itself or what is wrong."""

    well: bool
    sentence: str


async def state_of(provider: Provider, catalog: Catalog) -> ProviderState:
    """The state of one provider; never raises a ProviderError."""
    try:
        sentence = await provider.probe()
        offered = await provider.offers()
    except ProviderError as error:
        detail = f" ({error.detail})" if error.detail and error.detail not in error.message else ""
        return ProviderState(False, error.message + detail)
    missing = [] if offered is None else _missing(provider, catalog, offered)
    return ProviderState(not missing, " ".join([f"{sentence}." if missing else sentence, *missing]))


async def states_of(providers: Iterable[Provider], catalog: Catalog) -> Sequence[ProviderState]:
    """The state of each, asked all at once."""
    return await asyncio.gather(*(state_of(one, catalog) for one in providers))


async def usable(providers: Sequence[Provider], catalog: Catalog) -> Finding:
    """Whether all of them can be used."""
    named = list(zip(providers, await states_of(providers, catalog), strict=True))
    return Finding(
        "providers can be used",
        [f"{provider.name}: {state.sentence}" for provider, state in named if not state.well],
        facts=[f"{provider.name}: {state.sentence}" for provider, state in named if state.well],
    )


def _missing(provider: Provider, catalog: Catalog, offered: Sequence[str]) -> Sequence[str]:
    names = {}
    for card in catalog:
        entry = card.providers.get(provider.kind)
        name = provider.name_of(card.id, entry.model) if entry else None
        if name and provider.can(card.id, Needs(frozenset(), 1)) and name not in offered:
            names[card.id] = name
    return [f"The model {name} of {card} is not among them." for card, name in names.items()]

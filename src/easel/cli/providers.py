"""easel providers: list the providers, check them, and show which one each model would use."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from easel.cli.options import DataFolder, load_settings, with_database
from easel.cli.output import CommandError, say, table

if TYPE_CHECKING:
    from easel.db.engine import Database
    from easel.providers import Provider


def providers(data: DataFolder = None) -> None:
    """List the providers in the configured order, check each, and show the providers of each model."""
    import asyncio
    import tempfile
    from pathlib import Path

    from sqlalchemy.exc import DatabaseError

    from easel.providers.build import build_providers

    settings = load_settings(data=data)
    with tempfile.TemporaryDirectory() as spool:  # to look at them is no reason to begin a data folder
        asyncio.run(_show(build_providers(settings, Path(spool), settings.proxies)))
    with contextlib.suppress(CommandError, DatabaseError):  # no server has run here yet, or only an older one
        for provider, model, why in with_database(data, _unavailable):
            say(f"✗ {provider} does not offer {model}: {why}")


async def _unavailable(db: Database) -> Sequence[tuple[str, str, str]]:
    from easel.jobs.attempts import unavailable_models
    from easel.kit.clock import DAY, Clock

    return await db.read(unavailable_models, since=Clock().now() - DAY)


async def _show(providers: Mapping[str, Provider]) -> None:
    from easel.catalog import Catalog
    from easel.domain import Needs
    from easel.ops.doctor.providers import states_of
    from easel.pipeline.routing import providers_among

    catalog = Catalog.load()
    states = await states_of(providers.values(), catalog)
    rows = [
        (
            one.name,
            f"{'✓' if state.well else '✗'} {state.sentence}",
            f"{one.images_per_minute:g} per minute" if one.images_per_minute else "no limit",
            one.description,
        )
        for one, state in zip(providers.values(), states, strict=True)
    ]
    table(("PROVIDER", "STATE", "IMAGES", "DESCRIPTION"), rows)
    say("")
    used = [
        (card.id, word, " → ".join(able) or "none")
        for card in catalog
        for word in card.capabilities
        for able in [[one.name for one in providers_among(providers, catalog, card.id, Needs(frozenset({word}), 1))]]
    ]
    table(("MODEL", "TO", "PROVIDERS"), used)
    for provider in providers.values():
        await provider.close()

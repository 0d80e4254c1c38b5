"""Which models `sketch`, the built-in placeholder, serves for a member, and what the Studio says while it does."""

from collections.abc import Collection
from dataclasses import dataclass

from fastapi import Request

from easel.accounts.teams import first_owner
from easel.domain import Caller, Needs
from easel.kit.words import listed
from easel.pipeline.routing import choose_provider, providers_for
from easel.services import Services

SKETCH = "sketch"
DISMISSED = "easel_sketch_notice"  # cookie of the browser's session: the member who has read the notice
PLAIN = Needs(frozenset(), 1)  # one image from a prompt


@dataclass(frozen=True, slots=True)
class Sketched:
    """`models` are drawn by sketch. `owner`: whom a member can ask for a provider; None for admins, who know."""

    models: Collection[str]
    sentence: str
    owner: str | None
    shown: bool


async def sketched_for(request: Request, services: Services, caller: Caller) -> Sketched | None:
    """None when no model is drawn by sketch."""
    chosen = {card.id: choose_provider(services, card.id, PLAIN, test=caller.test) for card in services.catalog}
    models = [model for model, provider in chosen.items() if provider and provider.kind == SKETCH]
    if not models:
        return None
    leads = caller.role.leads and not caller.test
    return Sketched(
        models=models,
        sentence=_sentence(services, models, test=caller.test),
        owner=None if leads else (await services.db.read(first_owner, caller.team_id)).email,
        shown=request.cookies.get(DISMISSED) != caller.user_id,
    )


def _sentence(services: Services, models: Collection[str], *, test: bool) -> str:
    drawn = "drawn by Easel's built-in placeholder, sketch"
    if test:
        return f"Test mode: images are {drawn}, not by an image model."
    others = any(one.kind != SKETCH for model in models for one in providers_for(services, model, PLAIN))
    if not others and len(models) == len(services.catalog.ids):
        return f"No image model is connected. Images are {drawn}."
    labels = listed([services.catalog[model].label for model in models], "and")
    are, their = ("is", "Its") if len(models) == 1 else ("are", "Their")
    return f"{labels} {are} {'unavailable' if others else 'not connected'}. {their} images are {drawn}."

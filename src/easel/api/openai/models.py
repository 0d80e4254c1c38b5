"""GET /v1/models: what the key can generate with."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path

from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.openai.describe import MODEL, MODELS, models_or_errors
from easel.catalog.card import Card
from easel.domain import Caller, Needs
from easel.errors import NotFound
from easel.pipeline.routing import choose_provider
from easel.services import Services

router = APIRouter(prefix="/v1/models", tags=["OpenAI models"])


@router.get("", summary="List models for OpenAI clients", responses=models_or_errors(MODELS))
async def list_openai_models(services: ServicesDep, caller: CurrentCaller) -> dict[str, Any]:
    """The models in OpenAI's form of a list."""
    return {"object": "list", "data": [_present(card) for card in services.catalog if _usable(services, caller, card)]}


@router.get("/{model}", summary="Get a model for OpenAI clients", responses=models_or_errors(MODEL))
async def get_openai_model(
    services: ServicesDep, caller: CurrentCaller, model: Annotated[str, Path(description="The ID.")]
) -> dict[str, Any]:
    """One model."""
    card = services.catalog.get(model)
    if card is None or not _usable(services, caller, card):
        raise NotFound(f"The model '{model[:60]}' does not exist.", code="model_not_found", param="model")
    return _present(card)


def _usable(services: Services, caller: Caller, card: Card) -> bool:
    able = choose_provider(services, card.id, Needs(frozenset(), 1), test=caller.test) is not None
    return able and caller.limits.allows(card.id)


def _present(card: Card) -> dict[str, Any]:
    dated = datetime(card.dated.year, card.dated.month, card.dated.day, tzinfo=UTC)
    return {"id": card.id, "object": "model", "created": int(dated.timestamp()), "owned_by": "easel"}

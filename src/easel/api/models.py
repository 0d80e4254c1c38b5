"""GET /v2/models: every model card. Public."""

from typing import Annotated

from fastapi import APIRouter, Query

from easel.api.caller import CallerIfAny, ServicesDep
from easel.api.refusals import refusals
from easel.api.schemas import Model, ModelList, Provider
from easel.catalog.card import Card
from easel.catalog.schema import params_schema
from easel.domain import Needs
from easel.pipeline.routing import providers_for
from easel.services import Services

router = APIRouter(prefix="/v2/models", tags=["Models"])


@router.get("", summary="List models", responses=refusals(400, public=True))
async def list_models(
    services: ServicesDep,
    caller: CallerIfAny,
    modality: Annotated[str | None, Query(max_length=40, description="Only models of this kind: image.")] = None,
) -> ModelList:
    """The models of this server: parameters, prices, sizes and providers. With a key, those that it can use."""
    able = [card for card in services.catalog if caller is None or caller.limits.allows(card.id)]
    return ModelList(models=[_present(services, card) for card in able if modality in (None, card.modality)])


def _present(services: Services, card: Card) -> Model:
    able = providers_for(services, card.id, Needs(frozenset(), 1))
    return Model(
        id=card.id,
        label=card.label,
        description=card.description,
        modality=card.modality,
        pricingMode="per-output",
        costMin=min(card.credits.values()),
        costMax=max(card.credits.values()),
        creditsByQuality=card.credits,
        creditsPerPartialImage=card.credits_per_partial,
        sizes={ratio: str(card.size(ratio)) for ratio in card.sizes},
        capabilities=card.capabilities,
        paramsField=card.params_object,
        parameters=params_schema(card),
        providers=[Provider(name=provider.name, description=provider.description) for provider in able],
        differences=card.prose.differences,
        promptTips=card.prose.prompt_tips,
        dated=card.dated.isoformat(),
    )

"""GET /v2/providers: the state of the providers. For admins."""

from fastapi import APIRouter

from easel.accounts.access import need_admin
from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.refusals import refusals
from easel.api.schemas import ProviderHealth, ProviderList

router = APIRouter(prefix="/v2/providers", tags=["Account"])


@router.get("", summary="List providers", responses=refusals())
async def list_providers(services: ServicesDep, caller: CurrentCaller) -> ProviderList:
    """Each provider in the configured order: its state, and how many jobs wait for its limits."""
    need_admin(caller, "see the providers")
    return ProviderList(
        providers=[
            ProviderHealth(
                name=one.name,
                description=one.description,
                trouble=services.limiters[one.name].open_reason,
                models={
                    model: limiter.open_reason
                    for (name, model), limiter in services.model_limiters.items()
                    if name == one.name and limiter.open_reason
                },
                waiting=services.limiters[one.name].waiting,
                imagesPerMinute=one.images_per_minute,
            )
            for one in services.providers.values()
        ]
    )

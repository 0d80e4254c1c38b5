"""API keys of the team: list, create, change, enable, disable, revoke."""

from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Path, Request, status

from easel.accounts.key_limits import read_limits
from easel.accounts.keys import KeyListing
from easel.accounts.members import change_key, keys_of, make_key, update_key
from easel.api.account_schemas import Key, KeyChange, KeyList, KeyMade, KeyOrder
from easel.api.body import body_of, read_model
from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.jobs import JobId
from easel.api.refusals import refusals
from easel.domain import KeyLimits
from easel.kit.clock import iso
from easel.services import Services

router = APIRouter(prefix="/v2/keys", tags=["Account"])

STATES = {"activate": "active", "deactivate": "inactive", "revoke": "revoked"}
LIMITS = {"expiresAt", "monthlyCredits", "models"}


@router.get("", summary="List keys", responses=refusals())
async def list_keys(services: ServicesDep, caller: CurrentCaller) -> KeyList:
    """Your keys; for admins the whole team's."""
    return KeyList(keys=[_present(key) for key in await keys_of(services, caller)])


@router.post(
    "",
    summary="Create a key",
    status_code=status.HTTP_201_CREATED,
    responses=refusals(400, 404, 413),
    openapi_extra=body_of(KeyOrder),
)
async def create_key(request: Request, services: ServicesDep, caller: CurrentCaller) -> KeyMade:
    """Create a key. Its secret is only in this response."""
    parsed = await read_model(request, KeyOrder)
    limits = KeyLimits(**_limits(services, parsed))
    made, secret = await make_key(
        services, caller, name=parsed.name, test=parsed.test, limits=limits, email=parsed.user
    )
    return KeyMade(**_present(made).model_dump(), secret=secret)


@router.patch("/{id}", summary="Change a key", responses=refusals(400, 404, 413), openapi_extra=body_of(KeyChange))
async def edit_key(request: Request, services: ServicesDep, caller: CurrentCaller, id: JobId) -> Key:
    """Rename a key, or change its limits: fields that are missing stay, and null lifts a limit."""
    parsed = await read_model(request, KeyChange, keep_null=True)
    name = {"name": parsed.name} if "name" in parsed.model_fields_set else {}
    return _present(await update_key(services, caller, id.lower(), name | _limits(services, parsed)))


@router.post("/{id}/{change}", summary="Enable, disable or revoke a key", responses=refusals(400, 404))
async def set_key_state(
    services: ServicesDep,
    caller: CurrentCaller,
    id: JobId,
    change: Annotated[Literal["activate", "deactivate", "revoke"], Path(description="What to do with it.")],
) -> Key:
    """Enable, disable or revoke a key. Sessions that use it are signed out."""
    return _present(await change_key(services, caller, id.lower(), STATES[change]))


def _limits(services: Services, parsed: KeyOrder | KeyChange) -> dict[str, Any]:
    """The limits that a body names, by column."""
    given = parsed.model_dump(include=LIMITS, exclude_unset=True)
    return read_limits(given, services.catalog.ids, services.clock.now())


def _present(key: KeyListing) -> Key:
    return Key(
        id=key.id,
        name=key.name,
        prefix=key.prefix,
        user=key.email,
        test=key.test,
        state=cast("Literal['active', 'inactive', 'revoked']", key.state),
        createdAt=iso(key.created_at) or "",
        lastUsedAt=iso(key.last_used_at),
        expiresAt=iso(key.limits.expires_at),
        monthlyCredits=key.limits.monthly_credits,
        creditsThisMonth=key.credits_this_month,
        models=key.limits.models,
    )

"""API keys of the team: list, create, enable, disable, revoke."""

from typing import Annotated, Literal, cast

from fastapi import APIRouter, Path, Request, status

from easel.accounts.keys import KeyListing
from easel.accounts.members import change_key, keys_of, make_key
from easel.api.body import body_of, read_model
from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.jobs import JobId
from easel.api.refusals import refusals
from easel.api.schemas import Key, KeyList, KeyMade, KeyOrder
from easel.kit.clock import iso

router = APIRouter(prefix="/v2/keys", tags=["Account"])

STATES = {"activate": "active", "deactivate": "inactive", "revoke": "revoked"}


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
    made = await make_key(services, caller, name=parsed.name, test=parsed.test, email=parsed.user)
    return KeyMade(id=made.id, secret=made.secret)


@router.post("/{id}/{change}", summary="Enable, disable or revoke a key", responses=refusals(400, 404))
async def set_key_state(
    services: ServicesDep,
    caller: CurrentCaller,
    id: JobId,
    change: Annotated[Literal["activate", "deactivate", "revoke"], Path(description="What to do with it.")],
) -> Key:
    """Enable, disable or revoke a key. Sessions that use it are signed out."""
    return _present(await change_key(services, caller, id.lower(), STATES[change]))


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
    )

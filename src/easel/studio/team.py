"""Keys and members: create, change, disable and revoke keys; add and remove members and change their roles."""

from fastapi import APIRouter, Response

from easel.api.account_schemas import Key
from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.keys import list_keys
from easel.api.people import list_people
from easel.domain import NO_LIMITS, Role
from easel.kit.clock import iso
from easel.studio.frame import Framed, Page, show

router = APIRouter(prefix="/studio", include_in_schema=False, route_class=Page)


@router.get("/team")
async def team(services: ServicesDep, caller: CurrentCaller, frame: Framed) -> Response:
    keys = sorted((await list_keys(services, caller)).keys, key=lambda key: (key.state == "revoked", key.createdAt))
    people = (await list_people(services, caller)).people
    roles = [role.value for role in Role if role is not Role.OWNER or frame.me.user.role is Role.OWNER]
    # A key can be created for these members.
    holders = [person for person in people if person.role.rank <= frame.me.user.role.rank]
    now = iso(services.clock.now()) or ""
    return show(
        "team.html",
        frame=frame,
        keys=keys,
        status={key.id: _status(key, now) for key in keys},
        people=people,
        holders=holders,
        roles=roles,
        cards=list(services.catalog),
        limited=caller.limits != NO_LIMITS,  # then neither keys nor limits can be changed
    )


def _status(key: Key, now: str) -> str:
    if key.state == "active" and key.expiresAt is not None and key.expiresAt <= now:
        return "expired"
    return "disabled" if key.state == "inactive" else key.state

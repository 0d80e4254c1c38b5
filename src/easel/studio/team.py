"""Keys and members: create, disable and revoke keys; add members and change their roles."""

from fastapi import APIRouter, Response

from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.keys import list_keys
from easel.api.people import list_people
from easel.domain import Role
from easel.studio.frame import Framed, Page, show

router = APIRouter(prefix="/studio", include_in_schema=False, route_class=Page)


@router.get("/team")
async def team(services: ServicesDep, caller: CurrentCaller, frame: Framed) -> Response:
    keys = sorted((await list_keys(services, caller)).keys, key=lambda key: (key.state == "revoked", key.createdAt))
    people = (await list_people(services, caller)).people
    roles = [role.value for role in Role if role is not Role.OWNER or frame.me.user.role is Role.OWNER]
    # A key can be created for these members.
    holders = [person for person in people if person.role.rank <= frame.me.user.role.rank]
    return show("team.html", frame=frame, keys=keys, people=people, holders=holders, roles=roles)

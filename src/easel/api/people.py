"""The members of the team and their roles."""

from fastapi import APIRouter, Request, status

from easel.accounts.members import add_person, change_role, people_of, remove_person
from easel.accounts.teams import User
from easel.api.account_schemas import Person, PersonList, PersonOrder, RoleOrder
from easel.api.body import body_of, read_model
from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.jobs import JobId
from easel.api.refusals import refusals
from easel.domain import Role
from easel.kit.clock import iso

router = APIRouter(prefix="/v2/people", tags=["Account"])


@router.get("", summary="List members", responses=refusals())
async def list_people(services: ServicesDep, caller: CurrentCaller) -> PersonList:
    """All members of the team."""
    return PersonList(people=[_present(user) for user in await people_of(services, caller)])


@router.post(
    "",
    summary="Add a member",
    status_code=status.HTTP_201_CREATED,
    responses=refusals(400, 409, 413),
    openapi_extra=body_of(PersonOrder),
)
async def create_person(request: Request, services: ServicesDep, caller: CurrentCaller) -> Person:
    """Add a member to the team, who then needs a key. For admins."""
    parsed = await read_model(request, PersonOrder)
    return _present(await add_person(services, caller, email=parsed.email, role=parsed.role))


@router.post(
    "/{id}/role",
    summary="Change a member's role",
    responses=refusals(400, 404, 409, 413),
    openapi_extra=body_of(RoleOrder),
)
async def set_role(request: Request, services: ServicesDep, caller: CurrentCaller, id: JobId) -> Person:
    """Change the role of a member to member, admin or, by an owner, owner."""
    parsed = await read_model(request, RoleOrder)
    return _present(await change_role(services, caller, id.lower(), parsed.role))


@router.delete(
    "/{id}", summary="Remove a member", status_code=status.HTTP_204_NO_CONTENT, responses=refusals(400, 404, 409)
)
async def delete_person(services: ServicesDep, caller: CurrentCaller, id: JobId) -> None:
    """Remove a member: their keys are revoked, their sessions end, their running jobs finish. For admins.

    Jobs and images stay with the team. Adding the address to the team again restores the member, without keys.
    """
    await remove_person(services, caller, id.lower())


def _present(user: User) -> Person:
    return Person(id=user.id, email=user.email, role=Role(user.role), createdAt=iso(user.created_at) or "")

"""People and their keys: everybody has a say over their own keys, who leads a team over all of the team's."""

from collections.abc import Sequence

from easel.accounts.keys import KeyListing, NewKey, create_key, list_keys, set_key_state
from easel.accounts.teams import User, create_user, list_users, set_role
from easel.domain import Caller, Role
from easel.errors import Forbidden, NotFound
from easel.workflow.stations import Stations


async def keys_of(stations: Stations, caller: Caller) -> Sequence[KeyListing]:
    """The caller's keys; the whole team's, for its admins."""
    await stations.last_used.write_down(stations.db)
    async with stations.db.read() as connection:
        user_id = None if caller.role.leads else caller.user_id
        return await list_keys(connection, team_id=caller.team_id, user_id=user_id)


async def make_key(stations: Stations, caller: Caller, *, name: str, test: bool, email: str | None = None) -> NewKey:
    """A key for the caller, or for somebody else of a team the caller leads. A test key makes only test keys."""
    owner = caller.user_id
    async with stations.db.write() as tx:
        if email is not None and email != caller.email:
            _must_lead(caller, "Only admins make keys for others.")
            owner = _find(await list_users(tx.connection, caller.team_id), email).id
        if caller.test and not test:
            raise Forbidden("A test key cannot make a key that spends.")
        return await create_key(tx, user_id=owner, name=name, test=test, now=stations.clock.now())


async def change_key(stations: Stations, caller: Caller, key_id: str, state: str) -> KeyListing:
    """Switch a key on (`active`) or off (`inactive`), or revoke it (`revoked`) for good; raises NotFound."""
    if caller.test:
        raise Forbidden("A test key cannot change keys.")
    async with stations.db.write() as tx:
        visible = None if caller.role.leads else caller.user_id
        if all(key.id != key_id for key in await list_keys(tx.connection, team_id=caller.team_id, user_id=visible)):
            raise NotFound("There is no such key.")
        await set_key_state(tx, key_id, state)
        keys = await list_keys(tx.connection, team_id=caller.team_id)
    return next(key for key in keys if key.id == key_id)


async def people_of(stations: Stations, caller: Caller) -> Sequence[User]:
    async with stations.db.read() as connection:
        return await list_users(connection, caller.team_id)


async def add_person(stations: Stations, caller: Caller, *, email: str, role: Role) -> User:
    """Raises Forbidden, or Conflict when somebody has the address already."""
    _must_lead(caller, "Only admins add people.")
    _only_owners_make_owners(caller, role)
    async with stations.db.write() as tx:
        await create_user(tx, team_id=caller.team_id, email=email, role=role, now=stations.clock.now())
        return _find(await list_users(tx.connection, caller.team_id), email)


async def change_role(stations: Stations, caller: Caller, user_id: str, role: Role) -> User:
    """Raises Forbidden, NotFound, or Conflict for the last owner."""
    _must_lead(caller, "Only admins change roles.")
    async with stations.db.write() as tx:
        people = await list_users(tx.connection, caller.team_id)
        user = next((one for one in people if one.id == user_id), None)
        if user is None:
            raise NotFound("There is nobody with this id in the team.")
        _only_owners_make_owners(caller, role, Role(user.role))
        await set_role(tx, user_id, role)
        return _find(await list_users(tx.connection, caller.team_id), user.email)


def _must_lead(caller: Caller, sentence: str) -> None:
    if not caller.role.leads or caller.test:
        raise Forbidden(sentence)


def _only_owners_make_owners(caller: Caller, *roles: Role) -> None:
    if Role.OWNER in roles and caller.role is not Role.OWNER:
        raise Forbidden("Only an owner makes or unmakes owners.")


def _find(people: Sequence[User], email: str) -> User:
    for user in people:
        if user.email == email:
            return user
    raise NotFound(f"Nobody in the team has the address {email!r}.")

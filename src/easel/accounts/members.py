"""Members and their keys: members manage their own keys, admins and owners those of lower or equal ranks.

Each change first reads the caller's current role while the team is locked: a role that was lost does not count.
"""

from collections.abc import Sequence

from easel.accounts.access import alone_with_members, need_admin, need_live_key, need_rank
from easel.accounts.keys import KeyListing, NewKey, count_keys, create_key, list_keys, set_key_state
from easel.accounts.teams import User, create_user, list_users, set_role
from easel.db.engine import Transaction
from easel.domain import Caller, Role
from easel.errors import Conflict, NotFound
from easel.services import Services


async def keys_of(services: Services, caller: Caller) -> Sequence[KeyListing]:
    """The caller's keys; for admins all keys of the team. Raises Forbidden for a test key."""
    need_live_key(caller, "see keys")
    await services.last_used.write_down(services.db)
    return await services.db.read(list_keys, team_id=caller.team_id, user_id=caller.scope.user_id)


async def make_key(services: Services, caller: Caller, *, name: str, test: bool, email: str | None = None) -> NewKey:
    """A key for the caller, or for a member of no higher rank in a team the caller leads; raises Forbidden or Conflict.

    The creator of a key may keep a copy, so it never exceeds the creator's role.
    """
    need_live_key(caller, "create keys")
    return await services.db.write(_make_key, services, caller, name, test, email)


def _make_key(tx: Transaction, services: Services, caller: Caller, name: str, test: bool, email: str | None) -> NewKey:
    caller = alone_with_members(tx, caller)
    owner, cap = caller.user_id, caller.role if caller.capped else None
    if email is not None and email != caller.email:
        need_admin(caller, "create keys for others")
        person = _find(list_users(tx.connection, caller.team_id), email)
        need_rank(caller, Role(person.role), f"create a key for an {person.role.lower()}")
        owner, cap = person.id, caller.role
    most = services.settings.max_keys_per_person
    if count_keys(tx.connection, owner) >= most:
        raise Conflict(
            f"A member can have at most {most} keys, and all are in use.",
            code="too_many_keys",
            hint="Revoke a key that is no longer needed.",
        )
    return create_key(tx, user_id=owner, name=name, test=test, now=services.clock.now(), role_cap=cap)


async def change_key(services: Services, caller: Caller, key_id: str, state: str) -> KeyListing:
    """Enable (`active`), disable (`inactive`) or revoke (`revoked`) a key; raises Forbidden or NotFound."""
    need_live_key(caller, "change keys")
    return await services.db.write(_change_key, caller, key_id, state)


def _change_key(tx: Transaction, caller: Caller, key_id: str, state: str) -> KeyListing:
    caller = alone_with_members(tx, caller)
    seen = list_keys(tx.connection, team_id=caller.team_id, user_id=caller.scope.user_id)
    key = next((one for one in seen if one.id == key_id), None)
    if key is None:
        raise NotFound("There is no such key.")
    if key.id != caller.key_id:  # every key may revoke itself
        need_rank(caller, key.role, f"change a key of an {key.role.lower()}")
    set_key_state(tx, key_id, state)
    return next(key for key in list_keys(tx.connection, team_id=caller.team_id) if key.id == key_id)


async def people_of(services: Services, caller: Caller) -> Sequence[User]:
    """All members of the team; raises Forbidden for a test key."""
    need_live_key(caller, "see the team's members")
    return await services.db.read(list_users, caller.team_id)


async def add_person(services: Services, caller: Caller, *, email: str, role: Role) -> User:
    """Raises Forbidden, or Conflict when the address is already a member of a team."""
    need_admin(caller, "add members")
    return await services.db.write(_add_person, caller, email, role, services.clock.now())


def _add_person(tx: Transaction, caller: Caller, email: str, role: Role, now: int) -> User:
    caller = alone_with_members(tx, caller)
    need_admin(caller, "add members")
    need_rank(caller, role, f"add an {role.lower()}")
    create_user(tx, team_id=caller.team_id, email=email, role=role, now=now)
    return _find(list_users(tx.connection, caller.team_id), email)


async def change_role(services: Services, caller: Caller, user_id: str, role: Role) -> User:
    """Raises Forbidden, NotFound, or Conflict for the last owner."""
    need_admin(caller, "change roles")
    return await services.db.write(_change_role, caller, user_id, role)


def _change_role(tx: Transaction, caller: Caller, user_id: str, role: Role) -> User:
    caller = alone_with_members(tx, caller)
    need_admin(caller, "change roles")
    people = list_users(tx.connection, caller.team_id)
    user = next((one for one in people if one.id == user_id), None)
    if user is None:
        raise NotFound("The team has no member with this id.")
    for affected in (role, Role(user.role)):
        need_rank(caller, affected, f"promote or demote an {affected.lower()}")
    set_role(tx, user_id, role)
    return _find(list_users(tx.connection, caller.team_id), user.email)


def _find(people: Sequence[User], email: str) -> User:
    for user in people:
        if user.email == email:
            return user
    raise NotFound(f"The team has no member with the address {email!r}.")

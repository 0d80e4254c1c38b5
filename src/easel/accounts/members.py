"""Members and their keys: members manage their own keys, admins and owners those of lower or equal ranks.

Each change first reads the caller's current role while the team is locked: a role that was lost does not count.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from easel.accounts.access import alone_with_members, need_admin, need_live_key, need_rank
from easel.accounts.key_limits import need_unlimited_key
from easel.accounts.keys import KeyListing, count_keys, create_key, edit_key, list_keys, set_key_state
from easel.accounts.teams import User, create_user, list_users, remove_user, set_role
from easel.db.engine import Transaction
from easel.domain import Caller, KeyLimits, Role
from easel.errors import Conflict, NotFound
from easel.services import Services


async def keys_of(services: Services, caller: Caller) -> Sequence[KeyListing]:
    """The caller's keys; for admins all keys of the team. Raises Forbidden for a test key."""
    need_live_key(caller, "see keys")
    await services.last_used.write_down(services.db)
    now = services.clock.now()
    return await services.db.read(list_keys, now, team_id=caller.team_id, user_id=caller.scope.user_id)


async def make_key(
    services: Services, caller: Caller, *, name: str, test: bool, limits: KeyLimits, email: str | None = None
) -> tuple[KeyListing, str]:
    """A key for the caller, or for a member of no higher rank in a team the caller leads; and its secret.

    The creator of a key may keep a copy, so it never exceeds the creator's role. Raises Forbidden or Conflict.
    """
    need_live_key(caller, "create keys")
    return await services.db.write(_make_key, services, caller, name, test, limits, email)


def _make_key(
    tx: Transaction, services: Services, caller: Caller, name: str, test: bool, limits: KeyLimits, email: str | None
) -> tuple[KeyListing, str]:
    now = services.clock.now()
    caller = alone_with_members(tx, caller, now)
    need_unlimited_key(caller, "create keys")
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
    key = create_key(tx, user_id=owner, name=name, test=test, now=now, role_cap=cap, limits=limits)
    return _listed(tx, caller, key.id, now), key.secret


async def update_key(services: Services, caller: Caller, key_id: str, changes: Mapping[str, Any]) -> KeyListing:
    """Change the name and the limits of a key, by column; None lifts a limit. Raises Forbidden or NotFound."""
    need_live_key(caller, "change keys")
    return await services.db.write(_update_key, caller, key_id, changes, services.clock.now())


def _update_key(tx: Transaction, caller: Caller, key_id: str, changes: Mapping[str, Any], now: int) -> KeyListing:
    caller = alone_with_members(tx, caller, now)
    need_unlimited_key(caller, "change keys")
    _need_rank_for(tx, caller, key_id, now)
    edit_key(tx, key_id, changes)
    return _listed(tx, caller, key_id, now)


async def change_key(services: Services, caller: Caller, key_id: str, state: str) -> KeyListing:
    """Enable (`active`), disable (`inactive`) or revoke (`revoked`) a key; raises Forbidden or NotFound."""
    need_live_key(caller, "change keys")
    return await services.db.write(_change_key, caller, key_id, state, services.clock.now())


def _change_key(tx: Transaction, caller: Caller, key_id: str, state: str, now: int) -> KeyListing:
    caller = alone_with_members(tx, caller, now)
    _need_rank_for(tx, caller, key_id, now)
    set_key_state(tx, key_id, state)
    return _listed(tx, caller, key_id, now)


def _need_rank_for(tx: Transaction, caller: Caller, key_id: str, now: int) -> None:
    """Raises NotFound for a key that the caller cannot see, Forbidden for one of a higher rank."""
    seen = list_keys(tx.connection, now, team_id=caller.team_id, user_id=caller.scope.user_id)
    key = next((one for one in seen if one.id == key_id), None)
    if key is None:
        raise NotFound("There is no such key.")
    if key.id != caller.key_id:  # every key may revoke itself
        need_rank(caller, key.role, f"change a key of an {key.role.lower()}")


def _listed(tx: Transaction, caller: Caller, key_id: str, now: int) -> KeyListing:
    return next(key for key in list_keys(tx.connection, now, team_id=caller.team_id) if key.id == key_id)


async def people_of(services: Services, caller: Caller) -> Sequence[User]:
    """All members of the team; raises Forbidden for a test key."""
    need_live_key(caller, "see the team's members")
    return await services.db.read(list_users, caller.team_id)


async def add_person(services: Services, caller: Caller, *, email: str, role: Role) -> User:
    """Raises Forbidden, or Conflict when the address is already a member of a team."""
    need_admin(caller, "add members")
    return await services.db.write(_add_person, caller, email, role, services.clock.now())


def _add_person(tx: Transaction, caller: Caller, email: str, role: Role, now: int) -> User:
    caller = alone_with_members(tx, caller, now)
    need_admin(caller, "add members")
    need_rank(caller, role, f"add an {role.lower()}")
    create_user(tx, team_id=caller.team_id, email=email, role=role, now=now)
    return _find(list_users(tx.connection, caller.team_id), email)


async def change_role(services: Services, caller: Caller, user_id: str, role: Role) -> User:
    """Raises Forbidden, NotFound, or Conflict for the last owner."""
    need_admin(caller, "change roles")
    return await services.db.write(_change_role, caller, user_id, role, services.clock.now())


def _change_role(tx: Transaction, caller: Caller, user_id: str, role: Role, now: int) -> User:
    caller = alone_with_members(tx, caller, now)
    need_admin(caller, "change roles")
    user = _member(tx, caller, user_id)
    for affected in (role, Role(user.role)):
        need_rank(caller, affected, f"promote or demote an {affected.lower()}")
    set_role(tx, user_id, role)
    return _find(list_users(tx.connection, caller.team_id), user.email)


async def remove_person(services: Services, caller: Caller, user_id: str) -> None:
    """Raises Forbidden, NotFound, or Conflict for the last owner."""
    need_admin(caller, "remove members")
    await services.db.write(_remove_person, caller, user_id, services.clock.now())


def _remove_person(tx: Transaction, caller: Caller, user_id: str, now: int) -> None:
    caller = alone_with_members(tx, caller, now)
    need_admin(caller, "remove members")
    role = Role(_member(tx, caller, user_id).role)
    need_rank(caller, role, f"remove an {role.lower()}")
    remove_user(tx, user_id, now)


def _member(tx: Transaction, caller: Caller, user_id: str) -> User:
    user = next((one for one in list_users(tx.connection, caller.team_id) if one.id == user_id), None)
    if user is None:
        raise NotFound("The team has no member with this id.")
    return user


def _find(people: Sequence[User], email: str) -> User:
    for user in people:
        if user.email == email:
            return user
    raise NotFound(f"The team has no member with the address {email!r}.")

"""API keys: shown once, stored only as a digest, looked up by that digest.

A lookup by digest takes equally long for a nearly correct key and a wrong one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, delete, func, insert, select, update

from easel.accounts.key_limits import credits_this_month, limits_of
from easel.accounts.valid import valid_name
from easel.db.engine import Transaction
from easel.db.tables import api_keys, sessions, teams, users
from easel.domain import NO_LIMITS, Caller, KeyLimits, Role
from easel.errors import Forbidden, NotFound, Unauthorized
from easel.kit.ids import digest, new_id, new_secret

LIVE_PREFIX = "afk_"
TEST_PREFIX = "afk_test_"
LIMITS = (api_keys.c.expires_at, api_keys.c.monthly_credits, api_keys.c.models)
CALLERS = (
    select(
        api_keys.c.id.label("key_id"),
        api_keys.c.name.label("key_name"),
        api_keys.c.prefix.label("key_prefix"),
        api_keys.c.test,
        api_keys.c.state,
        api_keys.c.role_cap,
        users.c.id.label("user_id"),
        users.c.email,
        users.c.role,
        users.c.team_id,
        *LIMITS,
    )
    .select_from(api_keys)
    .join(users, users.c.id == api_keys.c.user_id)
)
NOT_OF_CALLERS = {"state", "role_cap", *(column.name for column in LIMITS)}
NOT_OF_LISTINGS = {"role", "role_cap", *(column.name for column in LIMITS)}
BY_DIGEST = CALLERS.where(api_keys.c.digest == bindparam("given"))
BY_ID = CALLERS.where(api_keys.c.id == bindparam("given"))


@dataclass(frozen=True, slots=True)
class NewKey:
    """A new key. `secret` is shown once and never again."""

    id: str
    secret: str


@dataclass(frozen=True, slots=True)
class KeyListing:
    """A listed key: everything except the secret, which is not stored."""

    id: str
    name: str
    prefix: str
    user_id: str
    email: str
    role: Role  # its current role
    team: str
    test: bool
    state: str
    created_at: int
    last_used_at: int | None
    limits: KeyLimits
    credits_this_month: int  # charged and reserved


def create_key(
    tx: Transaction,
    *,
    user_id: str,
    name: str,
    test: bool,
    now: int,
    secret: str | None = None,
    role_cap: Role | None = None,
    limits: KeyLimits = NO_LIMITS,
) -> NewKey:
    """Create a key for a member. `secret` presets it, for automation; it must begin with `afk_`.

    `role_cap` is the highest role of the key, even if its member is promoted: its creator may have kept a copy.
    """
    valid_name(name)
    secret = secret or (TEST_PREFIX if test else LIVE_PREFIX) + new_secret()
    key = NewKey(id=new_id(), secret=secret)
    shown = len(TEST_PREFIX if test else LIVE_PREFIX) + 4
    tx.execute(
        insert(api_keys).values(
            id=key.id,
            user_id=user_id,
            name=name,
            prefix=secret[:shown],
            digest=digest(secret),
            test=test,
            state="active",
            created_at=now,
            role_cap=role_cap,
            expires_at=limits.expires_at,
            monthly_credits=limits.monthly_credits,
            models=limits.models,
        )
    )
    return key


def authenticate(connection: Connection, secret: str, now: int) -> Caller:
    """The caller of a key; raises Unauthorized for an unknown, revoked or expired one, Forbidden for a disabled one."""
    row = connection.execute(BY_DIGEST, {"given": digest(secret)}).mappings().first()
    return caller_from(row, now)


def caller_of_key(connection: Connection, key_id: str, now: int) -> Caller:
    """The caller of a key that was seen before, as they are now; raises as `authenticate` does."""
    return caller_from(connection.execute(BY_ID, {"given": key_id}).mappings().first(), now)


def caller_from(row: RowMapping | None, now: int) -> Caller:
    """The caller in a row of CALLERS; raises Unauthorized or Forbidden."""
    if row is None or row["state"] == "revoked":
        raise Unauthorized("Invalid API key")
    if row["state"] != "active":
        raise Forbidden("API key is inactive", code="api_key_inactive")
    if row["expires_at"] is not None and row["expires_at"] <= now:
        raise Unauthorized(
            "This API key has expired.",
            code="api_key_expired",
            hint="Use another key, or ask your administrator to extend this one.",
        )
    fields = {name: value for name, value in row.items() if name not in NOT_OF_CALLERS}
    more = {"role": _role(row), "capped": row["role_cap"] is not None, "limits": limits_of(row)}
    return Caller(**fields | more)


def _role(row: RowMapping) -> Role:
    """The current role of a key: its member's, or the lower one it is capped to."""
    return min(Role(row["role"]), Role(row["role_cap"] or Role.OWNER), key=lambda role: role.rank)


def set_key_state(tx: Transaction, key_id: str, state: str) -> None:
    """Enable, disable or revoke a key; revoking ends its sessions. Takes effect with the next request."""
    query = update(api_keys).where(api_keys.c.id == key_id, api_keys.c.state != "revoked").values(state=state)
    if tx.execute(query).rowcount == 0:
        raise NotFound(f"No key {key_id}, or it is revoked.")
    if state == "revoked":
        tx.execute(delete(sessions).where(sessions.c.key_id == key_id))


def edit_key(tx: Transaction, key_id: str, changes: Mapping[str, Any]) -> None:
    """Change `name`, `expires_at`, `monthly_credits` or `models`; None lifts a limit.

    Sessions end with their key. Raises NotFound for a revoked key, InvalidRequest for its name.
    """
    if "name" in changes:
        valid_name(changes["name"])
    query = update(api_keys).where(api_keys.c.id == key_id, api_keys.c.state != "revoked")
    if tx.execute(query.values(**(dict(changes) or {"id": key_id}))).rowcount == 0:
        raise NotFound(f"No key {key_id}, or it is revoked.")
    if (end := changes.get("expires_at")) is not None:
        longer = (sessions.c.key_id == key_id, sessions.c.expires_at > end)
        tx.execute(update(sessions).where(*longer).values(expires_at=end))


def revoke_keys(tx: Transaction, user_id: str) -> None:
    """Revoke all keys of a member, and end their sessions."""
    tx.execute(update(api_keys).where(api_keys.c.user_id == user_id).values(state="revoked"))
    end_sessions(tx, user_id)


def end_sessions(tx: Transaction, user_id: str) -> None:
    """Sign a member out everywhere."""
    of_person = select(api_keys.c.id).where(api_keys.c.user_id == user_id)
    tx.execute(delete(sessions).where(sessions.c.key_id.in_(of_person)))


def count_keys(connection: Connection, user_id: str) -> int:
    """The number of a member's keys that are not revoked."""
    query = select(func.count()).where(api_keys.c.user_id == user_id, api_keys.c.state != "revoked")
    return int(connection.execute(query).scalar_one())


def note_used(tx: Transaction, times: Mapping[str, int]) -> None:
    for key_id, time in times.items():
        tx.execute(update(api_keys).where(api_keys.c.id == key_id).values(last_used_at=time))


def list_keys(
    connection: Connection, now: int, *, team_id: str | None = None, user_id: str | None = None
) -> list[KeyListing]:
    """All keys, or those of one team or member; oldest first."""
    query = (
        select(
            api_keys.c.id,
            api_keys.c.name,
            api_keys.c.prefix,
            api_keys.c.user_id,
            users.c.email,
            users.c.role,
            api_keys.c.role_cap,
            teams.c.name.label("team"),
            api_keys.c.test,
            api_keys.c.state,
            api_keys.c.created_at,
            api_keys.c.last_used_at,
            *LIMITS,
        )
        .join(users, users.c.id == api_keys.c.user_id)
        .join(teams, teams.c.id == users.c.team_id)
        .order_by(api_keys.c.id)
    )
    if team_id is not None:
        query = query.where(teams.c.id == team_id)
    if user_id is not None:
        query = query.where(users.c.id == user_id)
    spent = credits_this_month(connection, now, team_id=team_id)
    return [_listing(row, spent.get(row["id"], 0)) for row in connection.execute(query).mappings()]


def _listing(row: RowMapping, spent: int) -> KeyListing:
    fields = {name: value for name, value in row.items() if name not in NOT_OF_LISTINGS}
    return KeyListing(**fields, role=_role(row), limits=limits_of(row), credits_this_month=spent)

"""Sessions: a session stands for an API key and has its permissions, until it expires or the key ends.

Only digests of tokens are stored. A link signs in once; a session always gets a new token.
"""

import hashlib
import hmac

from pydantic import Field
from sqlalchemy import Connection, bindparam, delete, insert, select

from easel.accounts.keys import CALLERS, LIMITS, caller_from
from easel.db.engine import Transaction
from easel.db.tables import api_keys, sessions, users
from easel.domain import Caller, Role
from easel.errors import Unauthorized
from easel.kit.clock import HOUR, MINUTE
from easel.kit.ids import digest, new_secret
from easel.kit.settings import SettingsModel

LINK_LIFE = 15 * MINUTE
LATEST = 2**63 - 1
BY_TOKEN = CALLERS.join(sessions, sessions.c.key_id == api_keys.c.id).where(
    sessions.c.digest == bindparam("given"),
    sessions.c.kind == bindparam("kind"),
    sessions.c.expires_at > bindparam("now"),
)
OLD_LINK = "This sign-in link was already used or has expired."


class SessionSettings(SettingsModel):
    session_hours: int = Field(default=168, ge=1)
    """Hours until a Studio session expires."""


def new_link(tx: Transaction, *, key_id: str, now: int) -> str:
    """A code that signs in with this key, once, within 15 minutes."""
    return _new(tx, "link", key_id, now=now, expires_at=now + LINK_LIFE)


def use_link(tx: Transaction, code: str, *, hours: int, now: int) -> str:
    """A session for a link's code, which is consumed; raises Unauthorized when it was used before or has expired."""
    wanted = (sessions.c.digest == digest(code), sessions.c.kind == "link", sessions.c.expires_at > now)
    key_id = tx.execute(delete(sessions).where(*wanted).returning(sessions.c.key_id)).scalar_one_or_none()
    if key_id is None:
        raise Unauthorized(OLD_LINK)
    return new_session(tx, key_id=key_id, hours=hours, now=now)


def new_session(tx: Transaction, *, key_id: str, hours: int, now: int) -> str:
    """The token of a new session, which ends with its key at the latest."""
    key_ends = tx.execute(select(api_keys.c.expires_at).where(api_keys.c.id == key_id)).scalar_one()
    return _new(tx, "session", key_id, now=now, expires_at=min(now + hours * HOUR, key_ends or LATEST))


def caller_of_session(connection: Connection, token: str, now: int) -> Caller:
    """The caller of a session; raises Unauthorized when it has ended, Forbidden when its key is disabled."""
    values = {"given": digest(token), "kind": "session", "now": now}
    return caller_from(connection.execute(BY_TOKEN, values).mappings().first(), now)


def caller_of_link(connection: Connection, code: str, now: int) -> Caller:
    """The caller that a link's code would sign in; raises Unauthorized or Forbidden."""
    values = {"given": digest(code), "kind": "link", "now": now}
    row = connection.execute(BY_TOKEN, values).mappings().first()
    if row is None:
        raise Unauthorized(OLD_LINK)
    return caller_from(row, now)


def end_session(tx: Transaction, token: str) -> None:
    tx.execute(delete(sessions).where(sessions.c.digest == digest(token)))


def forget_old_sessions(tx: Transaction, now: int) -> None:
    tx.execute(delete(sessions).where(sessions.c.expires_at <= now))


def csrf_token(token: str) -> str:
    """The token that a page of this session sends with every change."""
    return hashlib.sha256(b"csrf " + token.encode("utf-8", "surrogatepass")).hexdigest()


def is_csrf_token(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), csrf_token(token).encode())


def key_to_enter_with(connection: Connection) -> str | None:
    """The newest active key without limits of the first owner, for the link a server prints; None without one."""
    query = (
        select(api_keys.c.id)
        .join(users, users.c.id == api_keys.c.user_id)
        .where(users.c.role == Role.OWNER, api_keys.c.state == "active", ~api_keys.c.test)
        .where(api_keys.c.role_cap.is_(None), *(column.is_(None) for column in LIMITS))
        .order_by(users.c.id, api_keys.c.id.desc())
        .limit(1)
    )
    return connection.execute(query).scalar_one_or_none()


def _new(tx: Transaction, kind: str, key_id: str, *, now: int, expires_at: int) -> str:
    token = new_secret(40)
    values = {"digest": digest(token), "kind": kind, "key_id": key_id, "created_at": now, "expires_at": expires_at}
    tx.execute(insert(sessions).values(**values))
    return token

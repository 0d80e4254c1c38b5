"""Permissions beyond one's own jobs: credits, keys, members, secrets. Which jobs a caller sees is `Caller.scope`.

Test keys have none of them: such keys end up in CI logs. The role at the moment of the change counts.
"""

from sqlalchemy import bindparam

from easel.accounts.keys import CALLERS, caller_from
from easel.db.engine import Transaction
from easel.db.tables import api_keys
from easel.domain import Caller, Role
from easel.errors import Forbidden

BY_KEY = CALLERS.where(api_keys.c.id == bindparam("key"))


def need_live_key(caller: Caller, what: str) -> None:
    """`what` ends a sentence, for example `see credits`; raises Forbidden."""
    if caller.test:
        raise Forbidden(f"A test key cannot {what}. Use a live key.", code="live_key_required")


def need_admin(caller: Caller, what: str) -> None:
    """Raises Forbidden for test keys, and for members who do not lead the team."""
    need_live_key(caller, what)
    if not caller.role.leads:
        raise Forbidden(f"Only admins of the team can {what}.")


def need_rank(caller: Caller, role: Role, what: str) -> None:
    """Raises Forbidden when `role` is above the caller's own."""
    if role.rank > caller.role.rank:
        raise Forbidden(f"Only an {role.lower()} can {what}.")


def alone_with_members(tx: Transaction, caller: Caller, now: int) -> Caller:
    """The caller's current state, while the team's members and keys are locked until `tx` ends.

    Raises Unauthorized or Forbidden when the key was revoked or disabled, or has expired, meanwhile.
    """
    alone_with_team(tx, caller.team_id)
    return caller_from(tx.execute(BY_KEY, {"key": caller.key_id}).mappings().first(), now)


def alone_with_team(tx: Transaction, team_id: str) -> None:
    """Lock the team's members and keys until `tx` ends."""
    tx.alone_in(f"people of {team_id}")

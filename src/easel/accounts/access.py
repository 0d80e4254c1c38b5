"""What goes beyond one's jobs: money, keys, people, secrets. Which jobs a caller sees is `Caller.scope`.

A test key does none of it: such keys lie about in CI. The role that counts is the one at the moment of the change.
"""

from sqlalchemy import bindparam

from easel.accounts.keys import CALLERS, caller_from
from easel.db.engine import Transaction
from easel.db.tables import api_keys
from easel.domain import Caller, Role
from easel.errors import Forbidden

BY_KEY = CALLERS.where(api_keys.c.id == bindparam("key"))


def need_live_key(caller: Caller, what: str) -> None:
    """`what` is a sentence's end, such as `see credits`; raises Forbidden."""
    if caller.test:
        raise Forbidden(f"A test key cannot {what}. Use a live key.", code="live_key_required")


def need_admin(caller: Caller, what: str) -> None:
    """Raises Forbidden for test keys, and for those who do not lead the team."""
    need_live_key(caller, what)
    if not caller.role.leads:
        raise Forbidden(f"Only admins of the team can {what}.")


def need_rank(caller: Caller, role: Role, what: str) -> None:
    """Raises Forbidden where `role` is above the caller's own."""
    if role.rank > caller.role.rank:
        raise Forbidden(f"Only an {role.lower()} can {what}.")


async def alone_with_members(tx: Transaction, caller: Caller) -> Caller:
    """The caller as they are now, while nobody else changes the team's people and keys until `tx` ends.

    Raises Unauthorized or Forbidden for a key that was revoked or switched off meanwhile.
    """
    await tx.alone_in(f"people of {caller.team_id}")
    return caller_from((await tx.execute(BY_KEY, {"key": caller.key_id})).mappings().first())

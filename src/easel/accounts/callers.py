"""Current permissions of callers with long connections."""

from collections.abc import Collection, Mapping
from contextlib import suppress

from sqlalchemy import Connection

from easel.accounts.keys import CALLERS, caller_from
from easel.db.tables import api_keys
from easel.domain import Caller
from easel.errors import Forbidden, Unauthorized


def callers_of_keys(connection: Connection, key_ids: Collection[str], now: int) -> Mapping[str, Caller]:
    """The callers of these keys, by key; revoked, disabled and expired keys are absent."""
    callers: dict[str, Caller] = {}
    for row in connection.execute(CALLERS.where(api_keys.c.id.in_(key_ids))).mappings():
        with suppress(Unauthorized, Forbidden):
            callers[row["key_id"]] = caller_from(row, now)
    return callers

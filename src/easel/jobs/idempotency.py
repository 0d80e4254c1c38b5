"""Idempotency keys: the same key within a day is the same job, whatever failed in between.

The key is written in the transaction that writes the job, so there is never one without the other. It holds until the
sweep forgets it, which goes by a time that does not jump: a key that a wrong clock had ended would be paid for twice.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, Self

from sqlalchemy import Connection, LargeBinary, bindparam, delete, select, text

from easel.db.engine import Transaction
from easel.db.tables import idempotency_keys
from easel.errors import Conflict
from easel.kit.clock import DAY

LIFETIME = DAY
BIND = text(
    "INSERT INTO idempotency_keys (team_id, test, key, fingerprint, job_id, created_at) "
    "VALUES (:team_id, :test, :key, :fingerprint, :job_id, :created_at) ON CONFLICT DO NOTHING RETURNING key"
).bindparams(bindparam("fingerprint", type_=LargeBinary))


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """A team's key in live or test mode, and the fingerprint of the request it came with."""

    team_id: str
    test: bool
    key: str
    fingerprint: bytes

    @classmethod
    def of(cls, team_id: str, key: str, body: Any, *, test: bool) -> Self:
        """However its JSON was spelled, a request is itself."""
        spelled = json.dumps([test, body], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return cls(team_id, test, key, hashlib.sha256(spelled.encode()).digest())


def find_original(connection: Connection, given: IdempotencyKey) -> str | None:
    """The job this key already stands for; raises Conflict when it stands for another request."""
    query = select(idempotency_keys).where(
        idempotency_keys.c.team_id == given.team_id,
        idempotency_keys.c.test == given.test,
        idempotency_keys.c.key == given.key,
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    if row["fingerprint"] != given.fingerprint:
        raise Conflict(
            "This Idempotency-Key was used with a different request body.",
            code="idempotency_key_reused",
            hint="Send the original body to get the original job, or a new key for a new one.",
        )
    return str(row["job_id"])


def remember(tx: Transaction, given: IdempotencyKey, *, job_id: str, now: int) -> bool:
    """Bind a key to its job. False when another request has just bound it: it is waited for, and is the original."""
    return tx.execute(BIND, {**asdict(given), "job_id": job_id, "created_at": now}).first() is not None


def forget_old(tx: Transaction, now: int) -> None:
    tx.execute(delete(idempotency_keys).where(idempotency_keys.c.created_at <= now - LIFETIME))

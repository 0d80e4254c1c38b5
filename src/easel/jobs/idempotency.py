"""Idempotency keys: the same key within a day is the same job, whatever failed in between.

The key is written in the transaction that writes the job, so there is never one without the other. It holds until the
sweep forgets it, which goes by a time that does not jump: a key that a wrong clock had ended would be paid for twice.

Clients that repeat requests without a key, but say so, are given one made of the request: `IdempotencyKey.of_repeat`.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any, Self

from sqlalchemy import Connection, LargeBinary, bindparam, delete, select, text

from easel.db.columns import values_of
from easel.db.engine import Transaction
from easel.db.tables import idempotency_keys, is_active, jobs
from easel.domain import Caller
from easel.errors import Conflict
from easel.kit.clock import DAY, MINUTE

LIFETIME = DAY
REPEATED_WITHIN = 10 * MINUTE
FIRST, REPEAT = b"first", b"repeat"
BIND = text(
    "INSERT INTO idempotency_keys (team_id, test, key, fingerprint, job_id, created_at) "
    "VALUES (:team_id, :test, :key, :fingerprint, :job_id, :created_at) "
    "ON CONFLICT (team_id, test, key) DO UPDATE "
    "SET fingerprint = excluded.fingerprint, job_id = excluded.job_id, created_at = excluded.created_at "
    "WHERE idempotency_keys.created_at < :since OR idempotency_keys.fingerprint = :replaces RETURNING key"
).bindparams(bindparam("fingerprint", type_=LargeBinary), bindparam("replaces", type_=LargeBinary))

FIND = (
    select(idempotency_keys, is_active.label("runs"), jobs.c.completed_at)
    .outerjoin(jobs, jobs.c.id == idempotency_keys.c.job_id)
    .where(
        idempotency_keys.c.team_id == bindparam("team"),
        idempotency_keys.c.test == bindparam("mode"),
        idempotency_keys.c.key == bindparam("given"),
    )
)


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """A team's key in live or test mode, and the fingerprint of the request it came with.

    What was bound before `since`, or has the fingerprint `replaces`, does not count; but see `of_repeat`.
    """

    team_id: str
    test: bool
    key: str
    fingerprint: bytes
    since: int = 0
    replaces: bytes = b""

    @classmethod
    def of(cls, caller: Caller, key: str, body: Any) -> Self:
        """The key that a customer sent with a request. However its JSON was spelled, a request is itself."""
        return cls(caller.team_id, caller.test, key, _digest(caller.test, body))

    @classmethod
    def of_repeat(cls, caller: Caller, body: Any, *, repeated: bool, now: int) -> Self:
        """The key of a request whose client says that it `repeated` it, or may do so.

        A repeat stands for the newest request like it, while that one's job runs and for ten minutes afterwards: who
        was told to ask again, or was cut off by a proxy, waits for one job, however long. A first request is a new job,
        unless a repeat of it was here before: then that one's job is its own. `now` is when the request came.
        """
        key = f"\n{_digest(caller.key_id, body).hex()}"  # a header cannot hold a newline
        if repeated:
            return cls(caller.team_id, caller.test, key, REPEAT, since=now - REPEATED_WITHIN)
        return cls(caller.team_id, caller.test, key, FIRST, since=now, replaces=FIRST)

    @classmethod
    def of_told(cls, caller: Caller, body: Any, *, now: int) -> Self:
        """The key of a request that was answered before its job had ended, with the advice to ask again.

        The next request like it is that repeat, whether its client says so or not; see `rebind` and `unbind`.
        """
        key = f"\ntold {_digest(caller.key_id, body).hex()}"
        return cls(caller.team_id, caller.test, key, REPEAT, since=now - REPEATED_WITHIN)


def find_original(connection: Connection, given: IdempotencyKey) -> str | None:
    """The job this key already stands for; raises Conflict when it stands for another request."""
    row = connection.execute(FIND, {"team": given.team_id, "mode": given.test, "given": given.key}).mappings().first()
    if row is None or row["fingerprint"] == given.replaces:
        return None
    lasts = given.fingerprint == REPEAT and (row["runs"] or (row["completed_at"] or 0) >= given.since)
    if row["created_at"] < given.since and not lasts:
        return None
    if row["fingerprint"] not in (given.fingerprint, FIRST, REPEAT):
        raise Conflict(
            "This Idempotency-Key was used with a different request body.",
            code="idempotency_key_reused",
            hint="Send the original body to get the original job, or a new key for a new one.",
        )
    return str(row["job_id"])


def remember(tx: Transaction, given: IdempotencyKey, *, job_id: str, now: int) -> bool:
    """Bind a key to its job. False when another request has just bound it: it is waited for, and is the original."""
    return tx.execute(BIND, {**values_of(given), "job_id": job_id, "created_at": now}).first() is not None


def rebind(tx: Transaction, given: IdempotencyKey, *, job_id: str, now: int) -> None:
    """Bind a key to this job, whatever it stood for."""
    remember(tx, replace(given, replaces=given.fingerprint), job_id=job_id, now=now)


def unbind(tx: Transaction, given: IdempotencyKey) -> None:
    """Forget a key before its time."""
    same = idempotency_keys.c.key == given.key
    mine = (idempotency_keys.c.team_id == given.team_id, idempotency_keys.c.test == given.test)
    tx.execute(delete(idempotency_keys).where(*mine, same))


def _digest(*parts: Any) -> bytes:
    spelled = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(spelled.encode()).digest()


def forget_old(tx: Transaction, now: int) -> None:
    tx.execute(delete(idempotency_keys).where(idempotency_keys.c.created_at <= now - LIFETIME))

"""What narrows a key: its expiry, the credits its jobs can cost per calendar month, and the models it can use.

The month is a calendar month in UTC. What open jobs have reserved counts as if it were charged.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, false, func, select, union_all

from easel.db.tables import api_keys, daily_usage, is_active, jobs
from easel.domain import NO_LIMITS, Caller, KeyLimits
from easel.errors import Forbidden, InsufficientCredits, InvalidRequest
from easel.kit.clock import DAY
from easel.kit.words import listed, nearest

MAX_MODELS = 50
_SETTLED = (
    select(func.coalesce(func.sum(daily_usage.c.credits), 0))
    .where(daily_usage.c.team_id == bindparam("team"), daily_usage.c.user_id == bindparam("user"))
    .where(daily_usage.c.day >= bindparam("first_day"), daily_usage.c.key_id == bindparam("key"))
    .scalar_subquery()
)
_RESERVED = (
    select(func.coalesce(func.sum(jobs.c.quoted), 0))
    .where(jobs.c.user_id == bindparam("user"), jobs.c.key_id == bindparam("key"), is_active, jobs.c.test.is_(false()))
    .scalar_subquery()
)
# One statement, and so one snapshot: a job that ends meanwhile is in exactly one of the two sums.
LEFT = select(api_keys.c.monthly_credits, (api_keys.c.monthly_credits - _SETTLED - _RESERVED).label("left")).where(
    api_keys.c.id == bindparam("key")
)


def limits_of(row: RowMapping) -> KeyLimits:
    """The limits in a row of `api_keys`."""
    models = row["models"]
    if row["expires_at"] is models is row["monthly_credits"] is None:
        return NO_LIMITS
    return KeyLimits(row["expires_at"], row["monthly_credits"], None if models is None else tuple(models))


def need_unlimited_key(caller: Caller, what: str) -> None:
    """`what` ends a sentence, for example `create keys`: a key with limits must not lead to one without them."""
    if caller.limits != NO_LIMITS:
        raise Forbidden(
            f"A key with an expiry, a credit limit or a list of models cannot {what}.",
            code="unlimited_key_required",
            hint="Use a key without limits.",
        )


def need_model(caller: Caller, model: str) -> None:
    """Raises Forbidden for a model that the key cannot use."""
    if not caller.limits.allows(model):
        raise Forbidden(
            f"This API key cannot use the model {model}.",
            code="model_not_allowed",
            param="model",
            hint=f"It can use {listed(caller.limits.models or ())}.",
        )


def credits_left(connection: Connection, caller: Caller, now: int) -> int | None:
    """The credits that the key can still spend this month; None without a limit. It may be below 0."""
    if caller.limits.monthly_credits is None or caller.test:
        return None
    return _left(connection, caller, now)[1]


def need_credits_left(connection: Connection, caller: Caller, credits: int, now: int) -> None:
    """Raises InsufficientCredits for a job that would cost more than the key can still spend this month.

    Decides only in the transaction that has just reserved the credits: that one holds the team's row, so no other job
    of the team begins or ends meanwhile.
    """
    if caller.limits.monthly_credits is None or not credits or caller.test:
        return
    limit, left = _left(connection, caller, now)
    if left is None or limit is None or credits <= left:
        return
    raise InsufficientCredits(
        "The request would exceed the monthly credit limit of the API key.",
        code="key_credit_limit",
        hint=f"This request costs {credits:,} credits; {max(0, left):,} of this month's {limit:,} are left. "
        f"The next month begins on {_next_month(now):%-d %B} (UTC).",
        extra={"creditsRequired": credits, "creditsAvailable": max(0, left)},
    )


def _left(connection: Connection, caller: Caller, now: int) -> tuple[int | None, int | None]:
    """The limit as it is now, and how much of it is left."""
    values = {"team": caller.team_id, "user": caller.user_id, "key": caller.key_id, "first_day": _first_day(now)}
    limit, left = connection.execute(LEFT, values).one()
    return limit, None if left is None else int(left)


def credits_this_month(connection: Connection, now: int, *, team_id: str | None = None) -> dict[str, int]:
    """By key: the credits its jobs cost this month, with what is reserved; of all teams or of one."""
    settled = select(daily_usage.c.key_id, daily_usage.c.credits).where(daily_usage.c.day >= _first_day(now))
    reserved = select(jobs.c.key_id, jobs.c.quoted).where(is_active, jobs.c.test.is_(false()))
    if team_id is not None:
        settled, reserved = settled.where(daily_usage.c.team_id == team_id), reserved.where(jobs.c.team_id == team_id)
    both = union_all(settled, reserved).subquery()
    rows = connection.execute(select(both.c.key_id, func.sum(both.c.credits)).group_by(both.c.key_id))
    return {key_id: int(credits) for key_id, credits in rows}


def read_limits(given: Mapping[str, Any], known: Collection[str], now: int) -> dict[str, Any]:
    """Limits by the API's names as columns of `api_keys`, for those that are given; None lifts a limit.

    `known` are the models of the server. Raises InvalidRequest.
    """
    columns: dict[str, Any] = {}
    if "expiresAt" in given:
        columns["expires_at"] = None if given["expiresAt"] is None else valid_expiry(given["expiresAt"], now)
    if "monthlyCredits" in given:
        columns["monthly_credits"] = given["monthlyCredits"]
    if "models" in given:
        columns["models"] = None if given["models"] is None else valid_models(given["models"], known)
    return columns


def valid_expiry(written: str, now: int) -> int:
    """Milliseconds, from ISO 8601: without a time the end of that day, without an offset UTC.

    Raises InvalidRequest, also for a time that has passed.
    """
    try:
        moment = _end_of_day(written) or datetime.fromisoformat(written)
        in_utc = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
        expires_at = int(in_utc.timestamp()) * 1_000
    except (ValueError, OverflowError):
        raise InvalidRequest(
            f"expiresAt is a date or a time in ISO 8601, such as 2026-12-31 or 2026-12-31T18:00:00Z, unlike "
            f"{written[:60]!r}.",
            param="expiresAt",
        ) from None
    if expires_at <= now:
        raise InvalidRequest(
            "expiresAt must be in the future.", param="expiresAt", hint="To end a key now, disable or revoke it."
        )
    return expires_at


def valid_models(models: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """The models of a key, each once; raises InvalidRequest for an unknown one."""
    for model in models:
        if model not in known:
            near = nearest(model, known)
            raise InvalidRequest(
                f"This server has no model {model[:60]!r}.",
                param="models",
                hint=f"Did you mean {near}?" if near else f"It has {listed(sorted(known))}.",
            )
    return tuple(dict.fromkeys(models))


def _end_of_day(written: str) -> datetime | None:
    """The last second of a date; None for anything else."""
    try:
        return datetime.combine(date.fromisoformat(written), time(23, 59, 59))
    except ValueError:
        return None


def _month(now: int) -> datetime:
    return datetime.fromtimestamp(now / 1_000, UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _first_day(now: int) -> int:
    """The first day of the month; counts from 1970, in UTC."""
    return int(_month(now).timestamp()) * 1_000 // DAY


def _next_month(now: int) -> datetime:
    return (_month(now) + timedelta(days=32)).replace(day=1)

"""Reading the ledger: a team's entries, its statement, one job's receipt, and the verification of the sums."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, Select, func, literal, select, true, union_all

from easel.db.scope import within
from easel.db.tables import daily_usage, jobs, ledger, teams
from easel.domain import Scope
from easel.kit.clock import DAY, iso_day

NEWEST = 4_000  # entries of a team that are read in search of one member's
OPENING = ("hold", "grant")  # the kinds of entries that begin a line of the statement


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the ledger."""

    id: int
    team_id: str
    job_id: str | None
    kind: str
    amount: int
    held: int
    note: str
    created_at: int


@dataclass(frozen=True, slots=True)
class Line:
    """A grant, or all entries of one job. `cost` is what the job was charged; None until it has ended."""

    opening: Entry
    cost: int | None

    @property
    def credits(self) -> int:
        """The change of the available credits, as far as it is known: a running job may cost all that it reserved."""
        if self.opening.kind == "grant":
            return self.opening.amount
        return -(self.opening.held if self.cost is None else self.cost)


@dataclass(frozen=True, slots=True)
class Usage:
    """Credits of one key on one model in one day. `day` counts from 1970, in UTC."""

    day: int
    model: str
    key_id: str
    credits: int
    jobs: int


def entries_within(
    connection: Connection, scope: Scope, limit: int, *, before: int | None = None, kinds: Sequence[str] = ()
) -> Sequence[Entry]:
    """Entries, newest first, continuing `before` one; only of some kinds; only of one member's jobs, if that is the
    scope."""
    query = select(ledger).where(ledger.c.team_id == scope.team_id).order_by(ledger.c.id.desc())
    if before is not None:
        query = query.where(ledger.c.id < before)
    wanted = query.where(ledger.c.kind.in_(kinds)) if kinds else query
    if scope.user_id is None and not scope.test_only:
        return _entries(connection, wanted.limit(limit))
    oldest = connection.execute(query.with_only_columns(ledger.c.id).offset(NEWEST).limit(1)).scalar_one_or_none()
    theirs = wanted.join(jobs, jobs.c.id == ledger.c.job_id)
    if scope.user_id is not None:  # without the team, which the entries say: PostgreSQL would expect too few jobs
        theirs = theirs.where(jobs.c.user_id == scope.user_id)
    if scope.test_only:
        theirs = theirs.where(jobs.c.test.is_(true()))
    if oldest is None:
        return _entries(connection, theirs.limit(limit))
    newest = _entries(connection, theirs.where(ledger.c.id > oldest).limit(limit))
    if len(newest) == limit:
        return newest
    # Few of the team's entries are theirs: their jobs lead to them sooner, which the order must not prevent.
    of_jobs = select(ledger.c.id).join(jobs, jobs.c.id == ledger.c.job_id).where(within(jobs, scope))
    ids = of_jobs.cte("of_jobs").prefix_with("MATERIALIZED")
    older = select(ledger).where(ledger.c.id.in_(select(ids.c.id)), ledger.c.id <= oldest)
    if kinds:
        older = older.where(ledger.c.kind.in_(kinds))
    return [*newest, *_entries(connection, older.order_by(ledger.c.id.desc()).limit(limit - len(newest)))]


def _entries(connection: Connection, query: Select[Any]) -> Sequence[Entry]:
    return [Entry(**row) for row in connection.execute(query).mappings()]


def lines_within(connection: Connection, scope: Scope, limit: int, *, before: int | None = None) -> Sequence[Line]:
    """The statement: a line per grant and per job, newest first, continuing `before` an entry that begins one."""
    opened = entries_within(connection, scope, limit, before=before, kinds=OPENING)
    ended = (
        select(ledger.c.job_id, func.sum(ledger.c.amount))
        .where(ledger.c.job_id.in_([entry.job_id for entry in opened if entry.job_id]), ledger.c.kind != "hold")
        .group_by(ledger.c.job_id)
    )
    costs = {job_id: -int(amount) for job_id, amount in connection.execute(ended)}
    return [Line(entry, costs.get(entry.job_id or "")) for entry in opened]


def usage_within(connection: Connection, scope: Scope, *, since: int) -> Sequence[Usage]:
    """Settled credits since a day, by day, model and key; oldest day first."""
    if scope.test_only:
        return []  # test jobs cost nothing
    columns = [daily_usage.c[field.name] for field in fields(Usage)]
    query = select(*columns).where(within(daily_usage, scope), daily_usage.c.day >= since)
    rows = connection.execute(query.order_by(daily_usage.c.day, daily_usage.c.model, daily_usage.c.key_id)).mappings()
    return [Usage(**row) for row in rows]


def receipt(connection: Connection, job_id: str) -> Sequence[Entry]:
    """The entries of one job, in order."""
    query = select(ledger).where(ledger.c.job_id == job_id).order_by(ledger.c.id)
    return _entries(connection, query)


def unbalanced_teams(connection: Connection) -> Sequence[str]:
    """One sentence for each team whose sums differ from its entries. Empty means the ledger is consistent."""
    sums = (
        select(
            ledger.c.team_id,
            func.sum(ledger.c.amount).label("amount"),
            func.sum(ledger.c.held).label("held"),
        )
        .group_by(ledger.c.team_id)
        .subquery()
    )
    amount, held = func.coalesce(sums.c.amount, 0), func.coalesce(sums.c.held, 0)
    query = (
        select(teams.c.name, teams.c.balance, teams.c.held, amount.label("amount"), held.label("held_sum"))
        .outerjoin(sums, sums.c.team_id == teams.c.id)
        .where((teams.c.balance != amount) | (teams.c.held != held))
    )
    return [
        f"Team {row.name!r} has {row.balance} credits, {row.held} reserved; "
        f"its entries sum to {row.amount} and {row.held_sum}."
        for row in connection.execute(query)
    ]


def miscounted_usage(connection: Connection) -> Sequence[str]:
    """One sentence for each day, model and key whose usage differs from the sum of its settled entries."""
    summed = select(*daily_usage.c["team_id", "day", "model", "key_id", "credits", "jobs"])
    settled = (
        select(
            ledger.c.team_id,
            (ledger.c.created_at // DAY).label("day"),
            jobs.c.model,
            jobs.c.key_id,
            ledger.c.amount.label("credits"),  # negative, as are the jobs: all of it adds up to nothing
            literal(-1).label("jobs"),
        )
        .join(jobs, jobs.c.id == ledger.c.job_id)
        .where(ledger.c.kind == "settle")
    )
    both = union_all(summed, settled).subquery()
    credits, count = func.sum(both.c.credits), func.sum(both.c.jobs)
    query = (
        select(teams.c.name, both.c.day, both.c.model, both.c.key_id, credits.label("credits"), count.label("number"))
        .join(teams, teams.c.id == both.c.team_id)
        .group_by(teams.c.name, both.c.team_id, both.c.day, both.c.model, both.c.key_id)
        .having((credits != 0) | (count != 0))
    )
    return [
        f"The usage of team {row.name!r} on {iso_day(int(row.day))}, model {row.model}, key {row.key_id}, "
        f"differs from its entries by {int(row.credits):+} credits and {int(row.number):+} jobs."
        for row in connection.execute(query)
    ]

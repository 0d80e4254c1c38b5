"""State of the whole installation, read from the database on request, at most every few seconds. Each process reports
the same, so queries take `max` over processes."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from prometheus_client.core import GaugeMetricFamily
from sqlalchemy import Connection, bindparam, case, func, literal_column, select

from easel.db.engine import UNAVAILABLE_ERRORS, Database
from easel.db.fleet_tables import processes
from easel.db.tables import deliveries, is_active, is_waiting, jobs, ledger, teams
from easel.kit.clock import SECOND, Clock

log = structlog.get_logger()

GOOD_FOR = 5.0

SEEN_WITHIN = 30 * SECOND

STATE = case((is_waiting, "waiting"), (jobs.c.status == "QUEUED", "queued"), else_="processing")
PROVIDER = case((jobs.c.test, "test"), else_=func.coalesce(jobs.c.provider, ""))
JOBS = (
    select(
        jobs.c.model,
        PROVIDER.label("served_by"),  # no column has these names: PostgreSQL would prefer a column
        STATE.label("place"),
        func.count().label("jobs"),
        func.min(jobs.c.created_at).label("oldest"),
    )
    .where(is_active)
    .group_by("model", "served_by", "place")
)
IS_PENDING = deliveries.c.state == literal_column("'pending'")  # written exactly as in the partial index
IS_GRANT = ledger.c.kind == literal_column("'grant'")
PENDING = select(func.count().label("pending"), func.min(deliveries.c.due_at).label("due")).where(IS_PENDING)
MONEY = select(
    select(func.coalesce(func.sum(teams.c.balance), 0)).scalar_subquery().label("balance"),
    select(func.coalesce(func.sum(teams.c.held), 0)).scalar_subquery().label("held"),
    select(func.coalesce(func.sum(ledger.c.amount), 0)).where(IS_GRANT).scalar_subquery().label("granted"),
)
PROCESSES = (
    select(processes.c.kind, processes.c.version, func.count().label("processes"))
    .where(processes.c.seen_at > bindparam("since"))
    .group_by(processes.c.kind, processes.c.version)
)


@dataclass(frozen=True, slots=True)
class Group:
    """Jobs of one model, provider and state that have not ended; `oldest` is the age of the oldest."""

    model: str
    provider: str
    state: str
    jobs: int
    oldest: float


@dataclass(frozen=True, slots=True)
class Seen:
    """The installation at one moment; `up` is false when the database did not respond."""

    up: bool
    groups: Sequence[Group] = ()
    processes: Sequence[tuple[str, str, int]] = ()
    pending: int = 0
    overdue: float = 0.0
    balance: int = 0
    held: int = 0
    granted: int = 0


class Installation:
    """Reads the state and caches it for a few seconds."""

    def __init__(self, *, good_for: float = GOOD_FOR) -> None:
        self._good_for, self._lock = good_for, asyncio.Lock()
        self._seen, self._looked_at = Seen(up=False), float("-inf")

    async def look(self, db: Database, clock: Clock) -> Seen:
        async with self._lock:
            if clock.monotonic() - self._looked_at > self._good_for:
                try:
                    self._seen = await db.read(_read, clock.now())
                except UNAVAILABLE_ERRORS as error:
                    log.warning("metrics without the database's part", error=str(error))
                    self._seen = Seen(up=False)
                self._looked_at = clock.monotonic()
            return self._seen


def _read(connection: Connection, now: int) -> Seen:
    rows = connection.execute(JOBS).all()
    alive = [
        (one.kind, one.version, one.processes) for one in connection.execute(PROCESSES, {"since": now - SEEN_WITHIN})
    ]
    pending = connection.execute(PENDING).one()
    money = connection.execute(MONEY).one()
    groups = [Group(one.model, one.served_by, one.place, one.jobs, (now - one.oldest) / SECOND) for one in rows]
    overdue = max(0.0, (now - pending.due) / SECOND) if pending.due is not None else 0.0
    return Seen(True, groups, alive, pending.pending, overdue, int(money.balance), int(money.held), int(money.granted))


def gauge(name: str, text: str, labels: Sequence[str], values: Mapping[Any, float]) -> GaugeMetricFamily:
    """A value for each label, or for each tuple of labels."""
    family = GaugeMetricFamily(name, text, labels=labels)
    for key, value in values.items():
        family.add_metric(key if isinstance(key, tuple) else (key,), float(value))
    return family


def families(seen: Seen) -> Iterator[GaugeMetricFamily]:
    """The state as Prometheus metrics; unknown values are omitted."""
    yield GaugeMetricFamily("easel_database_up", "1 while the database responds.", value=float(seen.up))
    if not seen.up:
        return
    labels = ["model", "provider", "state"]
    groups = {(group.model, group.provider, group.state): group for group in seen.groups}
    yield gauge(
        "easel_jobs",
        "Jobs that have not ended: waiting for the team's limit, queued for a provider, processing.",
        labels,
        {key: group.jobs for key, group in groups.items()},
    )
    yield gauge(
        "easel_oldest_job_seconds",
        "Age of the oldest of these jobs.",
        labels,
        {key: group.oldest for key, group in groups.items()},
    )
    yield gauge(
        "easel_processes",
        "Processes with a current heartbeat that share the database: server, worker, api.",
        ["kind", "version"],
        {(kind, version): number for kind, version, number in seen.processes},
    )
    credits = {
        "granted": seen.granted,
        "spent": seen.granted - seen.balance,
        "held": seen.held,
        "available": seen.balance - seen.held,
    }
    yield gauge("easel_credits", "Credits of all teams, in total: granted, spent, held, available.", ["kind"], credits)
    yield GaugeMetricFamily(
        "easel_deliveries_pending", "Webhook deliveries not yet delivered or failed.", value=seen.pending
    )
    yield GaugeMetricFamily(
        "easel_delivery_overdue_seconds", "How long the next webhook delivery has been due.", value=seen.overdue
    )

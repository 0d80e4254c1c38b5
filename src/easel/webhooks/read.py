"""Events and deliveries as a caller sees them: every query is limited to a scope."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, func, select

from easel.db.scope import within
from easel.db.tables import deliveries, delivery_attempts, events
from easel.domain import Scope
from easel.webhooks.outbox import Delivery, Event, Try


def events_after(connection: Connection, scope: Scope, *, after: int, limit: int) -> Sequence[Event]:
    """Oldest first."""
    columns = [events.c[name] for name in Event.__dataclass_fields__]
    query = select(*columns).where(within(events, scope), events.c.number > after)
    rows = connection.execute(query.order_by(events.c.number).limit(limit))
    return [Event(**row) for row in rows.mappings()]


def newest_event(connection: Connection, scope: Scope) -> int:
    """The number of the newest; 0 when there is none."""
    query = select(func.max(events.c.number)).where(within(events, scope))
    return int(connection.execute(query).scalar() or 0)


def page_of_deliveries(
    connection: Connection,
    scope: Scope,
    *,
    state: str | None = None,
    job_id: str | None = None,
    delivery_id: str | None = None,
    before: str | None = None,
    limit: int = 20,
) -> tuple[Sequence[Delivery], bool]:
    """Newest first, continuing `before` an id; and whether there are more."""
    query = select(deliveries).where(within(deliveries, scope))
    wanted = ((deliveries.c.state, state), (deliveries.c.job_id, job_id), (deliveries.c.id, delivery_id))
    for column, value in wanted:
        if value is not None:
            query = query.where(column == value)
    if before is not None:
        query = query.where(deliveries.c.id < before)
    rows = connection.execute(query.order_by(deliveries.c.id.desc()).limit(limit + 1)).mappings().all()
    return [Delivery(**row) for row in rows[:limit]], len(rows) > limit


def tries_of(connection: Connection, delivery_ids: Sequence[str]) -> Mapping[str, Sequence[Try]]:
    """All attempts of each delivery, in order."""
    names = [delivery_attempts.c[name] for name in Try.__dataclass_fields__]
    query = (
        select(delivery_attempts.c.delivery_id, *names)
        .where(delivery_attempts.c.delivery_id.in_(delivery_ids))
        .order_by(delivery_attempts.c.id)
    )
    by_delivery: dict[str, list[Try]] = {one: [] for one in delivery_ids}
    for row in connection.execute(query).mappings():
        fields = dict(row)
        by_delivery[fields.pop("delivery_id")].append(Try(**fields))
    return by_delivery

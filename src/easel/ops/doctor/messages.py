"""Are webhook messages delivered?"""

from collections.abc import Sequence

from sqlalchemy import Connection, exists, func, select

from easel.db.tables import deliveries, is_active, jobs
from easel.kit.clock import DAY, MINUTE, SECOND
from easel.ops.doctor.finding import all_of

LATE = 2 * MINUTE


def undelivered(connection: Connection, now: int) -> Sequence[str]:
    """Overdue messages, and jobs whose message was never written."""
    late = select(func.count(), func.min(deliveries.c.due_at)).where(
        deliveries.c.state == "pending", deliveries.c.due_at < now - LATE
    )
    count, oldest = connection.execute(late).one()
    untold = select(jobs.c.id).where(
        ~is_active,
        jobs.c.webhook_status == "pending",
        jobs.c.completed_at > now - 7 * DAY,
        ~exists().where(deliveries.c.job_id == jobs.c.id, deliveries.c.state == "pending"),
    )
    overdue = f"{count:,} messages are overdue, the first by {(now - (oldest or now)) // SECOND} s."
    return [
        *([f"{overdue} Is a server or a worker running?"] if count else []),
        *(f"Job {job_id} ended, but its message was never written." for job_id in all_of(connection, untold)),
    ]


def given_up(connection: Connection, now: int) -> Sequence[str]:
    """Endpoints that accepted no message."""
    query = (
        select(deliveries.c.url, func.count().label("count"))
        .where(deliveries.c.state == "failed", deliveries.c.ended_at > now - 7 * DAY)
        .group_by(deliveries.c.url)
        .order_by(func.count().desc())
        .limit(20)
    )
    return [
        f"{row.url} accepted none of {row.count:,} messages of the last 7 days; they can be resent."
        for row in connection.execute(query)
    ]

"""Is the ledger consistent, and are the running jobs counted correctly?"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from easel.db.tables import is_active, jobs, ledger, teams


def unsettled_jobs(connection: Connection) -> Sequence[str]:
    """Jobs whose ledger entries do not fit their state."""

    def total(kind: str, column: str) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((ledger.c.kind == kind, ledger.c[column]), else_=0)), 0)

    held, settled = total("hold", "held"), total("settle", "amount")
    left = func.coalesce(func.sum(ledger.c.held), 0)
    priced = case((jobs.c.test, 0), else_=jobs.c.quoted)
    query = (
        select(jobs.c.id, jobs.c.status, held.label("held"), settled.label("settled"), left.label("left"))
        .outerjoin(ledger, ledger.c.job_id == jobs.c.id)
        .group_by(jobs.c.id)
        .having(
            or_(
                held != priced,
                and_(is_active, or_(left != priced, settled != 0)),
                and_(~is_active, or_(left != 0, -settled != jobs.c.credit_cost)),
            )
        )
    )
    return [
        f"Job {row.id} is {row.status}: reserved {row.held}, charged {-row.settled}, still reserved {row.left}."
        for row in connection.execute(query)
    ]


def miscounted_teams(connection: Connection) -> Sequence[str]:
    at_work = (
        select(jobs.c.team_id, func.count().label("count"))
        .where(is_active, jobs.c.admitted_at.is_not(None))
        .group_by(jobs.c.team_id)
        .subquery()
    )
    count = func.coalesce(at_work.c.count, 0)
    query = (
        select(teams.c.name, teams.c.admitted, count.label("count"))
        .outerjoin(at_work, at_work.c.team_id == teams.c.id)
        .where(teams.c.admitted != count)
    )
    return [
        f"Team {row.name!r} counts {row.admitted} running jobs; there are {row.count}."
        for row in connection.execute(query)
    ]

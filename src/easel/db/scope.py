"""A scope as a condition: every table that callers read from has the same three columns."""

from sqlalchemy import ColumnElement, Table, true

from easel.domain import Scope


def within(table: Table, scope: Scope) -> ColumnElement[bool]:
    """The rows of `table` that the scope holds."""
    condition = table.c.team_id == scope.team_id
    if scope.user_id is not None:
        condition &= table.c.user_id == scope.user_id
    if scope.test_only:
        condition &= table.c.test.is_(true())  # spelled as in the partial indexes of test rows
    return condition

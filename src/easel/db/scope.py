"""A scope as a condition: all tables that callers read have the same three columns."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, Table, literal, true

from easel.domain import Scope


def within(table: Table, scope: Scope, spelled: Callable[[str], ColumnElement[str]] = literal) -> ColumnElement[bool]:
    """The rows of `table` within the scope. `spelled` inlines the ids into the statement."""
    condition = table.c.team_id == spelled(scope.team_id)
    if scope.user_id is not None:
        condition &= table.c.user_id == spelled(scope.user_id)
    if scope.test_only:
        condition &= table.c.test.is_(true())  # written exactly as in the partial indexes of test rows
    return condition

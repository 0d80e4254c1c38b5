"""The result of one check."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Select

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One check. Without problems it passed. Notes are for the operator to look into, facts for information."""

    subject: str
    problems: Sequence[str]
    notes: Sequence[str] = ()
    facts: Sequence[str] = ()


def all_of(connection: Connection, query: Select[str]) -> Sequence[str]:
    return list(connection.execute(query).scalars())


def shortened(lines: Sequence[str]) -> Sequence[str]:
    """The first of many, and the number of the others."""
    more = len(lines) - SHOWN
    return lines if more <= 0 else [*lines[:SHOWN], f"… and {more:,} more."]

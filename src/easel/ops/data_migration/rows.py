"""Copies rows from one database to another: in batches, unchanged, and with a checksum."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    TableClause,
    Text,
    cast,
    column,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    tuple_,
)
from sqlalchemy import table as lightweight
from sqlalchemy.types import NullType

from easel.db.engine import Transaction
from easel.db.fleet_tables import limiters, processes, queue_entries, request_counts
from easel.db.tables import daily_usage, metadata

BATCH = 500
# Run-time state of processes.
TRANSIENT_ERRORS = (limiters, queue_entries, processes, request_counts)
DERIVED = (daily_usage,)  # the target's triggers make it from the ledger; the check of the books compares it
# In an order in which every row comes after those it references.
TABLES: Sequence[Table] = [table for table in metadata.sorted_tables if table not in (*TRANSIENT_ERRORS, *DERIVED)]
SETVAL = text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)")


@dataclass(frozen=True, slots=True)
class Sum:
    """The count of rows and the sum of their SHA-256: the databases may differ in their order."""

    rows: int = 0
    checksum: int = 0

    def plus(self, rows: Sequence[Row[Any]]) -> "Sum":
        digests = (hashlib.sha256(repr(tuple(row)).encode()).digest() for row in rows)
        added = sum(int.from_bytes(digest) for digest in digests)
        return Sum(self.rows + len(rows), (self.checksum + added) % 2**256)


def sum_of(connection: Connection, table: Table) -> Sum:
    total = Sum()
    for page in pages(connection, table):
        total = total.plus(page)
    return total


def copy_rows(connection: Connection, tx: Transaction, table: Table) -> Iterator[int]:
    """Write a table's rows; yields the count per batch. Sequences of the target continue after the source's."""
    statement = insert(_as_it_comes(table))
    counter, last = table.autoincrement_column, 0
    for page in pages(connection, table):
        rows = [dict(row._mapping) for row in page]  # noqa: SLF001 - its public name is identical
        tx.connection.execute(statement, rows)
        last = rows[-1][counter.name] if counter is not None else 0
        yield len(page)
    if counter is not None and last and tx.dialect == "postgresql":
        tx.execute(SETVAL, {"table": table.name, "column": counter.name, "last": last})


def pages(connection: Connection, table: Table) -> Iterator[Sequence[Row[Any]]]:
    """All rows in the order of their key, in batches."""
    keys = list(table.primary_key)
    query = select(*(_as_kept(one).label(one.name) for one in table.columns)).order_by(*keys).limit(BATCH)
    page = connection.execute(query).all()
    while page:
        yield page
        last = tuple_(*(literal(page[-1]._mapping[key.name], key.type) for key in keys))  # noqa: SLF001
        page = connection.execute(query.where(tuple_(*keys) > last)).all()


def _as_kept(one: "Column[Any]") -> ColumnElement[Any]:
    """JSON as its text: parsed and written again, an SQL NULL would become a JSON null."""
    return cast(one, Text) if isinstance(one.type, JSON) else one


def _as_it_comes(table: Table) -> TableClause:
    """The table with its JSON columns as text."""
    columns = [column(one.name, NullType() if isinstance(one.type, JSON) else one.type) for one in table.columns]
    return lightweight(table.name, *columns)


def first_full(connection: Connection) -> str | None:
    """The name of a table with rows; None when all are empty."""
    for table in TABLES:
        if connection.execute(select(literal(1)).select_from(table).limit(1)).first():
            return table.name
    return None


def unfit(connection: Connection, table: Table) -> Sequence[str]:
    """One sentence for each row of an SQLite table that the stricter PostgreSQL would reject."""
    wrong = {one.name: _unfit(one) for one in table.columns}
    tests = {name: test for name, test in wrong.items() if test is not None}
    query = select(*table.primary_key, *(test.label(f"wrong {name}") for name, test in tests.items()))
    rows = connection.execute(query.where(or_(*tests.values())).limit(100)).mappings()
    return [
        f"{table.name} {row[next(iter(table.primary_key)).name]}: PostgreSQL rejects its {name}."
        for row in rows
        for name in tests
        if row[f"wrong {name}"]
    ]


def _unfit(one: "Column[Any]") -> ColumnElement[bool] | None:
    kind = one.type
    if isinstance(kind, LargeBinary):
        return None
    if isinstance(kind, String):
        holds_nul = func.instr(one, func.char(0)) > 0
        return or_(holds_nul, func.length(one) > kind.length) if kind.length else holds_nul
    if isinstance(kind, Integer):
        broken = (func.typeof(one) != "integer") & one.is_not(None)
        return broken if isinstance(kind, BigInteger) else or_(broken, ~one.between(-(2**31), 2**31 - 1))
    return None

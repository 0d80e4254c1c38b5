"""Shared by all tables: the naming of constraints, and a few column types."""

from typing import Any

from sqlalchemy import BigInteger, Integer, MetaData, String

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = String(36)
Time = BigInteger
# SQLite autoincrements only INTEGER primary keys.
Serial = BigInteger().with_variant(Integer, "sqlite")


def values_of(row: Any) -> dict[str, Any]:
    """The fields of a flat dataclass, for the columns of the same names. Nothing is copied, as `asdict` would do."""
    return {name: getattr(row, name) for name in row.__dataclass_fields__}

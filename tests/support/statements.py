"""Statements are compiled once per process: SQLAlchemy keeps them by engine, and every test has engines of its own.

The library offers no other way to share them: its cache knows them by the dialect, and an engine makes its own.
"""

from typing import Any

from sqlalchemy import Dialect, Engine, create_engine

from easel.runtime.embedded import database as embedded
from easel.runtime.postgres import database as postgres

_first: dict[tuple[str, Any], tuple[Dialect, Any]] = {}


def compile_once() -> None:
    embedded.create_engine = postgres.create_engine = _engine  # type: ignore[attr-defined]


def _engine(*address: Any, **options: Any) -> Engine:
    """An engine with the dialect and the statements of the first of its kind that has connected."""
    engine = create_engine(*address, **options)
    kind = engine.dialect.name, options.get("isolation_level")
    first = _first.get(kind)
    if first is None or not hasattr(first[0], "default_isolation_level"):  # it has never connected
        _first[kind] = engine.dialect, engine._compiled_cache  # noqa: SLF001
    else:
        engine.dialect, engine._compiled_cache = first  # noqa: SLF001
    return engine
